"""WooCommerce's product export: a row a product, and a row a variation that names its parent by SKU or `id:…`.

There is no currency and no slug in it; the slug is made of the name, and where two products share one, of the id too.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product as combinations

from xpressbuy.catalog.model.imports import cells
from xpressbuy.catalog.model.imports.result import (
    Findings,
    ImportedImage,
    ImportedPrice,
    ImportedProduct,
    ImportedVariant,
)
from xpressbuy.catalog.model.imports.table import Row
from xpressbuy.catalog.model.imports.text import plain_text
from xpressbuy.catalog.model.names import slugify
from xpressbuy.catalog.model.product import OPTIONS_MAX, VARIANTS_MAX, Option, OptionValue, ProductStatus

ANY = "Any"
_ATTRIBUTE = re.compile(r"attribute (\d{1,3}) name")
_UNIT = re.compile(r"weight \((\w+)\)")
_READ_PREFIXES = ("attribute ", "weight (")
_READ = frozenset(
    {
        *("id", "type", "sku", "name", "published", "visibility in catalog", "short description", "description"),
        *("in stock?", "stock", "low stock amount", "backorders allowed?", "sale price", "regular price"),
        *("categories", "tags", "images", "parent", "position", "brands", "gtin, upc, ean, or isbn"),
        *("date sale price starts", "date sale price ends"),
    }
)
_SAYS_NOTHING = {
    "is featured?": "0",
    "tax status": "taxable",
    "sold individually?": "0",
    "allow customer reviews?": "1",
}


@dataclass(frozen=True, slots=True)
class Family:
    """A product's row and the rows of its variations, with the slug that it gets."""

    parent: Row
    variations: tuple[Row, ...]
    slug: str


@dataclass(frozen=True, slots=True)
class _Attribute:
    name: str
    values: tuple[str, ...]


def families(rows: Sequence[Row], findings: Findings) -> list[Family]:
    """Which rows belong together. A variation whose parent is not in the file is an error of its own."""
    parents: dict[str, Row] = {}
    for row in rows:
        if _kind(row) != "variation":
            for name in _names(row):
                parents.setdefault(name, row)
    children: dict[int, list[Row]] = {}
    for row in rows:
        if _kind(row) != "variation":
            children.setdefault(row.number, [])
            continue
        parent = parents.get(row.text("parent").replace(" ", "").lower())
        if parent is None:
            findings.error(row.number, "Parent", "parent_missing", "This variation's product is not in the file.")
        else:
            children.setdefault(parent.number, []).append(row)
    heads = [row for row in rows if _kind(row) != "variation"]
    slugs = Counter(slugify(row.text("name")) for row in heads)
    return [Family(row, tuple(children[row.number]), _slug(row, slugs)) for row in heads]


def read(family: Family, findings: Findings) -> ImportedProduct | None:
    """One product; None for the kinds that are no product of their own."""
    head, kind = family.parent, _kind(family.parent)
    if kind not in {"simple", "variable"}:
        findings.error(head.number, "Type", "type_unsupported", f"Products of the type “{kind}” are not imported.")
        return None
    attributes = _attributes(head)
    chosen = _chosen(attributes, family) if kind == "variable" else []
    pictures: dict[str, ImportedImage] = {}
    _images(head, pictures, findings)
    if kind == "simple":
        variants = [_variant(head, {}, pictures, findings)]
    else:
        variants = _variations(family, chosen, pictures, findings)
    descriptions = [plain_text(_unescaped(head.text(name))) for name in ("short description", "description")]
    number = head.text("id")
    return ImportedProduct(
        row=head.number,
        slug=family.slug,
        name=head.text("name"),
        variants=tuple(variants),
        options=_options(chosen, variants),
        status=_status(head, findings),
        brand=", ".join(cells.listed(head.text("brands"), ",")),
        description="\n\n".join(dict.fromkeys(text for text in descriptions if text)),
        details=tuple(f"{one.name}: {', '.join(one.values)}" for one in attributes if one not in chosen and one.values),
        categories=tuple(
            dict.fromkeys(path for text in cells.listed(head.text("categories"), ",") if (path := cells.path(text)))
        ),
        tags=cells.tags(head.text("tags"), head, findings),
        images=tuple(pictures.values()),
        external_id=f"woocommerce:{number}" if number else "",
        extra=cells.extras(_unknown(head, sold=kind == "simple"), head, findings),
    )


def _kind(row: Row) -> str:
    """`simple, downloadable, virtual` is simple."""
    kinds = [part for part in cells.listed(row.text("type").lower(), ",") if part not in {"downloadable", "virtual"}]
    return kinds[0] if kinds else "simple"


def _names(row: Row) -> list[str]:
    names = [row.text("sku").replace(" ", "").lower()]
    names += [f"id:{row.text('id')}"] if row.text("id") else []
    return [name for name in names if name]


def _slug(row: Row, slugs: Mapping[str, int]) -> str:
    slug = slugify(row.text("name"))
    if slugs[slug] == 1:
        return slug
    return slugify(f"{slug}-{row.text('id') or row.text('sku')}")


def _attributes(row: Row) -> list[_Attribute]:
    numbers = sorted(int(match[1]) for name in row.cells if (match := _ATTRIBUTE.fullmatch(name)))
    return [
        _Attribute(row.text(f"attribute {number} name"), cells.listed(row.text(f"attribute {number} value(s)"), ","))
        for number in numbers
    ]


def _value(row: Row, name: str) -> str:
    """A variation's value of an attribute. It may stand under another number than in the parent's row."""
    values = [one.values for one in _attributes(row) if one.name.casefold() == name.casefold()]
    return values[0][0] if values and values[0] else ""


def _chosen(attributes: Sequence[_Attribute], family: Family) -> list[_Attribute]:
    """The attributes that variations differ by: those that any of them names. The rest only describes."""
    named = {one.name.casefold() for row in family.variations for one in _attributes(row)}
    return [one for one in attributes if one.name.casefold() in named]


def _variations(
    family: Family, chosen: Sequence[_Attribute], pictures: dict[str, ImportedImage], findings: Findings
) -> list[ImportedVariant]:
    rows = sorted(family.variations, key=lambda row: int(row.text("position") or 0) if _is_number(row) else 0)
    if len(chosen) > OPTIONS_MAX:
        findings.error(
            family.parent.number,
            "Attribute 4 name",
            "too_many_options",
            f"A product has at most {OPTIONS_MAX} options.",
        )
        return []
    exact: dict[tuple[str, ...], ImportedVariant] = {}
    open_: list[tuple[Row, list[tuple[str, ...]]]] = []
    for row in rows:
        values = [_value(row, one.name) for one in chosen]
        if all(values):
            exact[tuple(values)] = _variant(row, _choice(chosen, values), pictures, findings)
        else:
            open_.append((row, [(value,) if value else one.values for value, one in zip(values, chosen, strict=True)]))
    # "Any" stands behind what is named exactly, as in the shop that the file comes from.
    for row, choices in open_:
        _expand(_variant(row, {}, pictures, findings), chosen, choices, exact, findings)
    return list(exact.values())


def _expand(
    one: ImportedVariant,
    chosen: Sequence[_Attribute],
    choices: Sequence[tuple[str, ...]],
    exact: dict[tuple[str, ...], ImportedVariant],
    findings: Findings,
) -> None:
    """A variation for any value of an option becomes one for each. A stock that they share cannot be split."""
    whole = [listed or (ANY,) for listed in choices]
    if one.tracked and one.stock:
        whole = [listed if len(listed) == 1 else (ANY,) for listed in whole]
        findings.note(one.row, "Stock", "any_kept", "This stock counts for any value of an option, named “Any”.")
    for values in list(combinations(*whole))[: VARIANTS_MAX + 1]:
        sku = one.sku and "-".join([one.sku, *(slugify(value) for value in values)])
        exact.setdefault(values, replace(one, sku=sku, options=_choice(chosen, values)))


def _choice(chosen: Sequence[_Attribute], values: Sequence[str]) -> dict[str, str]:
    return {one.name: value for one, value in zip(chosen, values, strict=True)}


def _options(chosen: Sequence[_Attribute], variants: Sequence[ImportedVariant]) -> tuple[Option, ...]:
    """Values in the parent's order, those that only a variation names behind them; none that no variant has."""
    options = []
    for one in chosen:
        used = list(dict.fromkeys(variant.options[one.name] for variant in variants))
        ordered = [value for value in one.values if value in used]
        ordered += [value for value in used if value not in ordered]
        options.append(Option(one.name, tuple(OptionValue(value) for value in ordered)))
    return tuple(options)


def _variant(
    row: Row, choice: Mapping[str, str], pictures: dict[str, ImportedImage], findings: Findings
) -> ImportedVariant:
    stock, tracked = _stock(row, findings)
    unit = next((match[1] for name in row.cells if (match := _UNIT.fullmatch(name))), "kg")
    own = _images(row, pictures, findings) if _kind(row) == "variation" else ()
    return ImportedVariant(
        row=row.number,
        sku=row.text("sku"),
        options=dict(choice),
        prices=(_price(row, findings),),
        stock=stock,
        tracked=tracked,
        low_stock_at=cells.quantity(row, "low stock amount", findings),
        weight_grams=cells.weight(row, f"weight ({unit})", unit, findings),
        barcode=row.text("gtin, upc, ean, or isbn"),
        images=own,
        extra=cells.extras(_unknown(row, sold=True), row, findings) if _kind(row) == "variation" else {},
    )


def _price(row: Row, findings: Findings) -> ImportedPrice:
    """The sale price where it is always on; one with dates is kept aside, since nothing would end it here."""
    regular = cells.amount(row, "regular price", findings)
    sale = cells.amount(row, "sale price", findings)
    if sale is None or (regular is not None and sale >= regular):
        return ImportedPrice(regular)
    if row.text("date sale price starts", "date sale price ends"):
        findings.note(
            row.number, "Sale price", "sale_dated", "A sale with dates was not taken over; its price is kept."
        )
        return ImportedPrice(regular)
    return ImportedPrice(sale, regular)


def _stock(row: Row, findings: Findings) -> tuple[int | None, bool]:
    """Stock, and whether it is counted. An empty stock is not: then `In stock?` decides between endless and none."""
    there = row.text("in stock?").lower() not in {"0", "false", "no"}
    endless = row.text("backorders allowed?").lower() in {"1", "notify", "true", "yes"}
    endless = endless or row.text("in stock?").lower() == "backorder"
    text = row.text("stock").lower()
    if text == "parent":
        findings.note(row.number, "Stock", "stock_shared", "A stock shared with other variations was taken as 0.")
        return 0, True
    if not text:
        return (None, False) if there or endless else (0, True)
    return cells.quantity(row, "stock", findings), not endless


def _images(row: Row, pictures: dict[str, ImportedImage], findings: Findings) -> tuple[str, ...]:
    found = []
    for src in cells.listed(row.text("images"), ","):
        image = cells.image(src, "", row, "Images", findings)
        if image is not None:
            pictures.setdefault(src, image)
            found.append(src)
    return tuple(found)


def _status(row: Row, findings: Findings) -> ProductStatus:
    """1 is published, 0 private, -1 a draft. A hidden product is a draft here: nobody would find it anyway."""
    published = cells.whole(row, "published", findings)
    hidden = row.text("visibility in catalog").lower() == "hidden"
    if hidden and published == 1:
        findings.note(row.number, "Visibility in catalog", "hidden_is_draft", "A hidden product becomes a draft.")
    return "active" if published in {1, None} and not hidden else "draft"


def _unescaped(text: str) -> str:
    """The export writes line breaks as a backslash and an n."""
    return text.replace("\\n", "\n")


def _is_number(row: Row) -> bool:
    return row.text("position").isdigit()


def _unknown(row: Row, *, sold: bool) -> dict[str, str]:
    dated = row.text("date sale price starts", "date sale price ends")
    kept = {
        name: value
        for name, value in row.cells.items()
        if name not in _READ and not name.startswith(_READ_PREFIXES) and _SAYS_NOTHING.get(name) != value
    }
    if sold and dated and row.text("sale price"):
        ends = f"{row.text('date sale price starts')} to {row.text('date sale price ends')}".strip()
        kept["dated sale"] = f"{row.text('sale price')}, {ends}"
    return kept
