"""Reading files: three formats, what is kept of everything odd in them, and what is refused with which sentence."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from xpressbuy.catalog.model.imports import Findings, ImportedPrice, ImportedProduct, ImportRefused, Parsed, parse
from xpressbuy.catalog.model.imports import table as sheet
from xpressbuy.catalog.model.imports.text import plain_text
from xpressbuy.catalog.model.product import Option, OptionValue

FILES = Path(__file__).parent / "files"


def read(name: str) -> tuple[Parsed, dict[str, ImportedProduct]]:
    parsed = parse([(FILES / name).read_bytes()])
    return parsed, {product.slug: product for product in parsed.products}


def codes(findings: Findings) -> list[tuple[int, str]]:
    return [(one.row, one.code) for one in (*findings.errors, *findings.notes)]


def test_our_own_format() -> None:
    parsed, products = read("own.csv")
    tee = products["harbour-tee"]
    assert (parsed.format, parsed.failed, codes(parsed.findings)) == ("own", 0, [])
    assert tee.options == (
        Option("Colour", (OptionValue("Ink", "#1b2a41"), OptionValue("Sand", "#ee33cc"))),
        Option("Size", (OptionValue("S"), OptionValue("M"))),
    )
    assert tee.description == "A heavy tee.\n\nCut straight."
    assert tee.details == ("220 g cotton", "Made in Porto, washed | soft")
    assert tee.categories == (("Clothing", "T-shirts"), ("New in",))
    assert tee.tags == ("cotton", "summer, warm")
    assert [image.src for image in tee.images] == ["sample:tee/ink", "sample:tee/ink-back", "sample:tee/sand"]
    assert [image.alt for image in tee.images] == ["Front", "Back", ""]
    first, second, third = tee.variants
    assert first.prices == (ImportedPrice(Decimal("24.50"), Decimal("29.00"), "USD"),)
    assert (first.sku, first.stock, first.low_stock_at, first.weight_grams) == ("HT-INK-S", 12, 4, 210)
    assert (first.barcode, first.images) == ("4006381333931", ("sample:tee/ink", "sample:tee/ink-back"))
    assert (second.stock, second.options) == (0, {"Colour": "Ink", "Size": "M"})
    assert (third.sku, third.options, third.prices[0].currency) == ("", {"Colour": "Sand", "Size": "S"}, "")
    assert (products["plain-mug"].options, products["hidden-lamp"].status) == ((), "draft")


def test_shopify() -> None:
    parsed, products = read("shopify.csv")
    assert (parsed.format, parsed.failed, len(products)) == ("shopify", 0, 3)
    shirt = products["linen-shirt"]
    assert shirt.description == "Light linen.\n\n- Mother-of-pearl\n- Washed"
    assert (shirt.brand, shirt.categories, shirt.tags) == ("Fields & Sons", (("Shirts",),), ("linen", "summer"))
    assert shirt.extra == {"product category": "Apparel & Accessories > Clothing"}
    assert [(image.src[20:], image.alt) for image in shirt.images] == [
        ("shirt-1.jpg", "Front"),
        ("shirt-2.jpg", "Back"),
        ("shirt-3.jpg", ""),
        ("white.jpg", ""),
        ("blue.jpg", ""),
    ]
    white, medium, blue = shirt.variants  # rows of one handle that lie apart are one product
    assert (white.stock, white.tracked, white.barcode, white.weight_grams) == (5, True, "0123", 240)
    assert white.extra == {"cost per item": "31.20", "price / international": "72.00"}
    assert medium.stock == 0
    assert (blue.options, blue.tracked, blue.stock) == ({"Colour": "Blue", "Size": "S"}, False, 3)
    assert blue.extra == {"variant taxable": "false"}
    socks = products["wool-socks"]
    assert (socks.status, socks.options, socks.description) == ("draft", (), "Warm & soft")
    assert (socks.variants[0].tracked, socks.variants[0].stock, socks.variants[0].weight_grams) == (False, None, None)
    tote = products["ete-tote"]
    assert (tote.name, tote.external_id, tote.status, tote.images) == ("Tote d'été", "Été_Tote", "archived", ())
    assert codes(parsed.findings) == [
        (3, "stock_negative"),
        (7, "bad_image_address"),
        (7, "stock_untracked"),
    ]


def test_woocommerce() -> None:
    parsed, products = read("woocommerce.csv")
    assert (parsed.format, parsed.failed, sorted(products)) == (
        "woocommerce",
        2,
        ["album-13", "album-15", "cap", "neck-tee"],
    )
    tee = products["neck-tee"]
    assert tee.options == (
        Option("Color", (OptionValue("Blue"), OptionValue("Red"))),
        Option("Size", (OptionValue("Large"), OptionValue("Small"))),
    )
    assert [(one.sku, dict(one.options), one.tracked, one.stock) for one in tee.variants] == [
        ("neck-tee-blue-small", {"Color": "Blue", "Size": "Small"}, True, 7),
        ("neck-tee-red-red-large", {"Color": "Red", "Size": "Large"}, False, None),
        ("neck-tee-red-red-small", {"Color": "Red", "Size": "Small"}, False, None),
    ]
    assert tee.variants[0].prices == (ImportedPrice(Decimal(21)),)
    assert tee.variants[1].prices == (ImportedPrice(Decimal(18), Decimal(20)),)
    assert (tee.variants[0].weight_grams, tee.variants[0].barcode) == (181, "978020137962")
    assert (tee.brand, tee.tags, tee.external_id) == ("Kettle", ("red, hot",), "woocommerce:10")
    assert tee.categories == (("Clothing", "Tshirts"), ("Sale",))
    assert tee.description == "Soft.\n\nLong text\nSecond line"
    assert [image.src[-7:] for image in tee.images] == ["e/a.jpg", "e/b.jpg", "red.jpg"]
    assert tee.extra == {"is featured?": "1", "length (in)": "24"}
    album = products["album-13"]
    assert (album.details, album.variants[0].stock, album.variants[0].tracked) == (("Artist: Woo",), 0, True)
    assert album.variants[0].prices == (ImportedPrice(Decimal(15)),)
    assert album.extra["dated sale"] == "9, 2026-01-01 to 2026-02-01"
    second = products["album-15"]
    assert (second.status, second.description, second.variants[0].tracked) == ("draft", "Two", False)
    assert second.variants[0].prices[0].price == Decimal("15.50")
    assert (products["cap"].variants[0].sku, products["cap"].status) == ("=SUM(1)", "draft")
    assert codes(parsed.findings) == [
        (8, "parent_missing"),
        (6, "type_unsupported"),
        (5, "sale_dated"),
        (9, "hidden_is_draft"),
    ]


OWN = "slug,name,price,sku,option1_name,option1_value,stock,status,currency\n"


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        (",No slug,1\n", (2, "slug_missing")),
        ("a,A,1.2.3\n", (2, "bad_price")),
        ("a,A,-1\n", (2, "bad_price")),
        ('a,A,"1,299"\n', (2, "bad_price")),
        ("a,A,$5\n", (2, "bad_price")),
        ("a,A,1,,,,many\n", (2, "bad_number")),
        ("a,A,1,,,,,gone\n", (2, "bad_status")),
        ("a,A,1,X,,Red\n", (2, "option_unnamed")),
        ("a,A,1,X,Colour,Red\na,,2,X,,,,,\n", (3, "sku_repeated")),
        ("a,A,1,X,Colour,Red\na,,2,X,,,,,USD\na,,2,X,,,,,USD\n", (4, "sku_repeated")),
        ("a,A,1,X,Colour,Red\na,,2,Y\n", (3, "options_missing")),
        ("a,A,1,X\n\nb,B,1,X\n", (4, "sku_repeated")),
        ("A b,A,1,X\na-b,B,1,Y\n", (3, "slug_repeated")),
    ],
)
def test_an_error_names_its_row_and_keeps_only_its_product_out(rows: str, found: tuple[int, str]) -> None:
    parsed = parse([(OWN + rows + "fine,Fine,1,FINE\n").encode()])
    assert [(one.row, one.code) for one in parsed.findings.errors] == [found]
    assert "fine" in [product.slug for product in parsed.products]
    assert parsed.failed == 1


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file_empty"),
        (b"\n \n", "file_empty"),
        (b"what,is,this\n1,2,3\n", "format_unknown"),
        (OWN.encode() + "a,Caf\u00e9,1\n".encode("cp1252"), "bad_encoding"),
        ((OWN + "a,A,1\n").encode("utf-16"), "bad_encoding"),
        (OWN.encode() + b"a,A\0,1\n", "bad_encoding"),
        (OWN.encode() + b'a,"A,1\n', "bad_csv"),
        (OWN.encode() + b'a,"A"x,1\n', "bad_csv"),
        (OWN.encode() + b"a,A,1,,,,,,,,extra\n", "row_too_long"),
        (b"slug,name,price,Name\n", "column_repeated"),
        (b"slug,name,price" + b",x" * 400 + b"\n", "too_many_columns"),
        (OWN.encode() + b"a," + b"A" * 140_000 + b",1\n", "bad_csv"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_whole(content: bytes, code: str) -> None:
    with pytest.raises(ImportRefused) as refused:
        parse([content])
    assert refused.value.code == code
    assert refused.value.sentence.endswith((".", "again."))


def test_bounds_stop_a_file_while_it_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet, "FILE_BYTES_MAX", 1000)
    monkeypatch.setattr(sheet, "ROWS_MAX", 5)
    taken = 0

    def endless() -> object:
        nonlocal taken
        yield OWN.encode()
        while True:
            taken += 1
            yield b"a,A,1\n" * 10

    with pytest.raises(ImportRefused) as refused:
        parse(endless())  # type: ignore[arg-type]
    assert refused.value.code in {"file_too_large", "too_many_rows"}
    assert taken < 20


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("bom", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("size", [1, 7, 10_000])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_ends_marks_chunks_and_separators(end: str, bom: bytes, size: int, separator: str) -> None:
    text = (OWN + 'a,"Caf\u00e9 ""x""",1\n').replace("\n", end).replace(",", separator)
    content = bom + text.encode()
    parsed = parse(content[at : at + size] for at in range(0, len(content), size))
    assert [product.name for product in parsed.products] == ['Café "x"']


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("plain & simple", "plain & simple"),
        ("1 < 2 and 3 > 2", "1 < 2 and 3 > 2"),
        ("<p>a</p><p>b<br>c</p>", "a\n\nb\nc"),
        ("<ul><li>a<li>b</ul>", "- a\n- b"),
        ("a<script>alert(1)</script><style>p{}</style>b<br>", "ab"),
        ("<p onclick=x>&lt;img src=x onerror=y&gt;</p>", "<img src=x onerror=y>"),
        ("line\nline &amp; line", "line\nline & line"),
        ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\n\nc"),
    ],
)
def test_text_of_html(html: str, text: str) -> None:
    assert plain_text(html).replace("\n\n", "\n") == text.replace("\n\n", "\n")
