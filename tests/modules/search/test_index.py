"""The engine against the plainest thing that can be right: a loop over all entries."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xpressbuy.kit.ids import ProductId
from xpressbuy.search.model.columns import BULK_MIN, SCAN_MAX
from xpressbuy.search.model.entry import Entry, SortKey, Texts, shape_of
from xpressbuy.search.model.index import Document, Index
from xpressbuy.search.model.query import Filters, Sort
from xpressbuy.search.model.synonyms import SynonymTable

TREE: Mapping[str, tuple[str, ...]] = {"clothing": ("clothing", "tees", "hats"), "tees": ("tees",), "hats": ("hats",)}
COLOURS, SIZES = ("Red", "Blue"), ("S", "M")
WORDS = ("linen", "linoleum", "shirt", "wool")
Variant = tuple[dict[str, str], bool]
"""Options, and whether it is in stock."""
Known = Mapping[ProductId, Document]


def document(
    number: int, *, texts: Texts | None = None, variants: Sequence[Variant] = (({}, True),), **facts: object
) -> Document:
    """A product of the index with a few facts of its own."""
    texts = texts or Texts(f"Product {number}")
    plain: dict[str, object] = {
        "price": 1000 + number,
        "created_ms": number,
        "rating_sum": 0,
        "rating_count": 0,
        "sold": 0,
        "brand": "a",
        "categories": ("tees",),
        "tags": (),
    }
    made = Entry(
        id=ProductId(f"prd_{number:04d}"),
        shape=shape_of(tuple(frozenset(options.items()) for options, _ in variants)),
        stock=sum(in_stock << at for at, (_, in_stock) in enumerate(variants)),
        digest=hash(texts),
        name_words=len(texts.name.split()),
        **{**plain, **facts},  # type: ignore[arg-type]
    )
    return Document(made, texts)


def some_variants() -> st.SearchStrategy[list[Variant]]:
    options = st.fixed_dictionaries({"Colour": st.sampled_from(COLOURS), "Size": st.sampled_from(SIZES)})
    return st.lists(st.tuples(options, st.booleans()), min_size=1, max_size=4)


@st.composite
def documents(draw: st.DrawFn) -> list[Document]:
    made = []
    for number in draw(st.lists(st.integers(0, 40), max_size=45)):
        count = draw(st.integers(0, 4))
        made.append(
            document(
                number,
                texts=Texts(" ".join(draw(st.lists(st.sampled_from(WORDS), max_size=3, unique=True)))),
                variants=draw(some_variants()),
                price=draw(st.integers(0, 5)) * 500,
                created_ms=draw(st.integers(0, 5)),
                rating_count=count,
                rating_sum=draw(st.integers(count, 5 * count)),
                sold=draw(st.integers(0, 3)),
                brand=draw(st.sampled_from(["a", "b"])),
                categories=tuple(draw(st.sets(st.sampled_from(["clothing", "tees", "hats"]), max_size=2))),
                tags=tuple(draw(st.sets(st.sampled_from(["sale", "new"]), max_size=2))),
            )
        )
    return made


def filters() -> st.SearchStrategy[Filters]:
    values = st.dictionaries(
        st.sampled_from(["Colour", "Size"]),
        st.sampled_from([("Red",), ("Blue", "Red"), ("M",), ("S", "M")]),
        max_size=2,
    )
    return st.builds(
        Filters,
        q=st.sampled_from(["", "lin", "linen", "shirt lin"]),
        category=st.sampled_from([None, "clothing", "tees", "unknown"]),
        price_min=st.sampled_from([None, 0, 500]),
        price_max=st.sampled_from([None, 1000, 2500]),
        rating_min_tenths=st.sampled_from([None, 0, 30, 45]),
        in_stock=st.booleans(),
        options=values,
        brands=st.sampled_from([(), ("a",), ("a", "b")]),
        tags=st.sampled_from([(), ("sale",)]),
    )


def plainly(known: Known, wanted: Filters) -> list[Document]:
    return [one for one in known.values() if fits(one, wanted)]


def variants_of(entry: Entry) -> list[tuple[dict[str, str], bool]]:
    return [(dict(options), bool(entry.stock >> at & 1)) for at, options in enumerate(entry.shape.variants)]


def fits(one: Document, wanted: Filters) -> bool:
    entry, terms = one.entry, wanted.q.split()
    average = entry.rating_sum / entry.rating_count if entry.rating_count else None
    return (
        all(any(word.startswith(term) for word in one.texts.name.split()) for term in terms)
        and (wanted.category is None or bool(set(entry.categories) & set(TREE.get(wanted.category, ()))))
        and (wanted.price_min is None or entry.price >= wanted.price_min)
        and (wanted.price_max is None or entry.price <= wanted.price_max)
        and (not wanted.rating_min_tenths or (average is not None and average >= wanted.rating_min_tenths / 10 - 1e-9))
        and (not wanted.brands or entry.brand in wanted.brands)
        and (not wanted.tags or bool(set(entry.tags) & set(wanted.tags)))
        and any(
            (in_stock or not wanted.in_stock)
            and all(options.get(name) in values for name, values in wanted.options.items())
            for options, in_stock in variants_of(entry)
        )
    )


def all_pages(index: Index, wanted: Filters, sort: Sort, limit: int) -> list[str]:
    ids: list[str] = []
    after: SortKey | None = None
    for _ in range(100):
        found = index.find(wanted, sort, TREE, limit=limit, after=after)
        assert len(found.ids) <= limit
        ids += found.ids
        if found.last is None:
            return ids
        after = found.last
    raise AssertionError("the list does not end")


@settings(max_examples=100, deadline=None)
@given(documents(), documents(), filters(), st.sampled_from(list(Sort)), st.integers(1, 7))
def test_every_list_holds_what_fits_in_order_on_any_page_size(
    before: list[Document], after: list[Document], wanted: Filters, sort: Sort, limit: int
) -> None:
    index = Index()
    known = {one.entry.id: one for one in before}
    index.change(known.values())
    newer = {one.entry.id: one for one in after}
    gone = [key for key in known if key not in newer][::2]
    index.change(newer.values(), gone)
    known = {key: entry for key, entry in {**known, **newer}.items() if key not in gone}

    expected = plainly(known, wanted)
    ids = all_pages(index, wanted, sort, limit)
    assert sorted(ids) == sorted(one.entry.id for one in expected)
    assert index.find(wanted, sort, TREE, limit=limit).total == len(expected)
    if sort is not Sort.RELEVANCE or not wanted.q:
        assert ids == [key for *_, key in sorted(one.entry.sort_key(sort) for one in expected)]


@settings(max_examples=60, deadline=None)
@given(documents(), filters())
def test_each_facet_counts_without_its_own_filter(made: list[Document], wanted: Filters) -> None:
    index = Index()
    known = {one.entry.id: one for one in made}
    index.change(known.values())
    facets = index.facets(wanted, TREE)
    for category in facets.categories:
        assert category.count == len(plainly(known, replace(wanted, category=category.value)))
    for name in wanted.options:
        for value in facets.options.get(name, ()):
            held = plainly(known, replace(wanted, options={k: v for k, v in wanted.options.items() if k != name}))
            assert value.count == sum((name, value.value) in one.entry.shape.masks for one in held)
    for brand in facets.brands:
        assert brand.count == len(plainly(known, replace(wanted, brands=(brand.value,))))
    for stars in facets.ratings:
        assert stars.count == len(plainly(known, replace(wanted, rating_min_tenths=int(stars.value) * 10)))
    if facets.price:
        for bucket in facets.price.buckets:
            narrowed = replace(wanted, price_min=bucket.low, price_max=bucket.high)
            assert bucket.count == len(plainly(known, narrowed))


def test_what_comes_in_between_two_pages_loses_and_doubles_nothing() -> None:
    index = Index()
    index.change(document(number) for number in range(0, 40, 2))
    first = index.find(Filters(), Sort.PRICE_ASC, TREE, limit=7)
    assert first.last is not None
    index.change(document(number) for number in range(1, 40, 2))
    rest = index.find(Filters(), Sort.PRICE_ASC, TREE, limit=100, after=first.last)
    seen = [*first.ids, *rest.ids]
    assert len(seen) == len(set(seen))
    assert {f"prd_{number:04d}" for number in range(0, 40, 2)} <= set(seen)


def test_a_page_that_just_fits_is_the_last() -> None:
    index = Index()
    index.change(document(number) for number in range(6))
    assert index.find(Filters(), Sort.NEWEST, TREE, limit=6).last is None
    assert index.find(Filters(), Sort.NEWEST, TREE, limit=5).last is not None
    assert index.find(Filters(q="product"), Sort.RELEVANCE, TREE, limit=6).last is None


def test_sold_out_sinks_where_the_shop_recommends() -> None:
    index = Index()
    gone: list[Variant] = [({}, False)]
    index.change(
        [document(1, texts=Texts("Tee"), variants=gone, sold=99), document(2, texts=Texts("x", body=("tee",)))]
    )
    for sort in (Sort.RELEVANCE, Sort.BEST_SELLING):
        assert index.find(Filters(), sort, TREE, limit=9).ids == ["prd_0002", "prd_0001"]
    assert index.find(Filters(q="tee"), Sort.RELEVANCE, TREE, limit=9).ids == ["prd_0002", "prd_0001"]
    assert index.find(Filters(), Sort.PRICE_ASC, TREE, limit=9).ids == ["prd_0001", "prd_0002"]


def test_options_and_stock_must_meet_in_one_variant() -> None:
    index = Index()
    index.change(
        [document(1, variants=[({"Colour": "Red", "Size": "S"}, True), ({"Colour": "Blue", "Size": "M"}, False)])]
    )

    def total(options: Mapping[str, Sequence[str]], *, in_stock: bool = False) -> int:
        wanted = {name: tuple(values) for name, values in options.items()}
        return index.find(Filters(options=wanted, in_stock=in_stock), Sort.NEWEST, TREE, limit=1).total

    assert total({"Colour": ["Red"], "Size": ["S"]}) == 1
    assert total({"Colour": ["Red"], "Size": ["M"]}) == 0
    assert total({"Colour": ["Red", "Blue"], "Size": ["M"]}) == 1
    assert total({"Size": ["M"]}, in_stock=True) == 0
    assert total({"Size": ["S"]}, in_stock=True) == 1


def test_equal_entries_change_nothing() -> None:
    index = Index()
    index.change(document(number) for number in range(3))
    generation = index.generation
    index.change([document(1)], gone=[ProductId("prd_9999")])
    assert index.generation == generation


@pytest.mark.parametrize("count", [1, BULK_MIN - 1, BULK_MIN, 100])
def test_few_and_many_changes_end_in_the_same_order(count: int) -> None:
    index = Index()
    index.change(document(number) for number in range(200))
    index.change([document(number, price=9000 - number) for number in range(count)], gone=[ProductId("prd_0199")])
    found = index.find(Filters(), Sort.PRICE_ASC, TREE, limit=300)
    prices = [kept.price for key in found.ids if (kept := index.entry(key))]
    assert prices == sorted(prices)
    assert len(prices) == 199


def found(index: Index, query: str) -> list[str]:
    return [str(key) for key in index.find(Filters(q=query), Sort.RELEVANCE, TREE, limit=9).ids]


def test_the_better_place_of_a_word_wins() -> None:
    index = Index()
    index.change(
        [
            document(1, texts=Texts("x", body=("linen",))),
            document(2, texts=Texts("Linen")),
            document(3, texts=Texts("Linen shirt"), sold=5),
            document(4, texts=Texts("x", brand="Linen")),
        ]
    )
    # A name that is nothing but what was typed leads its equals, whatever sells better.
    assert found(index, "linen") == ["prd_0002", "prd_0003", "prd_0004", "prd_0001"]
    assert found(index, "?!") == []


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("shirts", True),
        ("shirt striped", True),
        ("stripe shirt", True),
        ("strpied shirt", True),
        ("striped shir", True),
        ("shrit", True),
        ("lumberjakcs", True),
        ("lumbrejakc", True),
        ("the shirt for lumberjacks", True),
        ("shirt wool", False),
        ("stri shirt", True),
        ("hsrti", False),
    ],
)
def test_words_are_found_as_people_type_them(query: str, expected: bool) -> None:
    index = Index()
    index.change([document(1, texts=Texts("Striped Shirt", tags=("lumberjack",))), document(2, texts=Texts("Mug"))])
    assert found(index, query) == (["prd_0001"] if expected else [])


def test_a_word_that_is_known_is_not_taken_for_another() -> None:
    index = Index()
    index.change([document(1, texts=Texts("Shirt")), document(2, texts=Texts("Skirt"))])
    assert found(index, "shirt") == ["prd_0001"]
    assert set(found(index, "sjirt")) == {"prd_0001", "prd_0002"}


def test_synonyms_are_found_after_the_word_itself_and_can_be_changed() -> None:
    index = Index()
    index.change([document(1, texts=Texts("Green sofa"), sold=9), document(2, texts=Texts("Green couch"))])
    assert found(index, "green couches") == ["prd_0002", "prd_0001"]
    index.use_synonyms(SynonymTable([]))
    assert found(index, "green couches") == ["prd_0002"]
    index.use_synonyms(SynonymTable([["Divan", "sofa"]]))
    assert found(index, "divan") == ["prd_0001"]


def test_near_matches_hold_as_many_of_the_words_as_any() -> None:
    index = Index()
    index.change([document(1, texts=Texts("Wool scarf")), document(2, texts=Texts("Wool hat")), document(3)])
    assert found(index, "wool scraf purple") == []
    assert index.find_near("wool scraf purple", 9) == ["prd_0001"]
    assert index.find_near("purple", 9) == []


def test_words_of_a_changed_product_are_forgotten() -> None:
    index = Index()
    index.change([document(1, texts=Texts("Linen")), document(2, texts=Texts("Linen"))])
    index.change([document(1, texts=Texts("Wool"))])
    assert found(index, "linen") == ["prd_0002"]
    index.change([], gone=[ProductId("prd_0002")])
    assert found(index, "linen") == []
    index.change([document(3, texts=Texts("Hemp"))])
    assert found(index, "linen") == []
    assert found(index, "hemp") == ["prd_0003"]


def test_alike_prefers_what_can_be_bought() -> None:
    index = Index()
    gone: list[Variant] = [({}, False)]
    index.change(
        [
            document(1, tags=("linen",)),
            document(2, tags=("linen",), variants=gone),
            document(3),
            document(4, tags=("linen",)),
            document(5, categories=("hats",)),
        ]
    )
    assert index.alike(ProductId("prd_0001"), 8) == ["prd_0004", "prd_0003", "prd_0002"]
    assert index.alike(ProductId("prd_0404"), 8) == []


def test_many_products_are_listed_as_few_are() -> None:
    index = Index()
    count = 2 * SCAN_MAX + 50
    index.change(
        document(number, price=number * 7 % 1000, brand="ab"[number % 2], texts=Texts("Tee"), sold=number % 5)
        for number in range(count)
    )
    for filters in (Filters(), Filters(brands=("a",)), Filters(q="tee", brands=("b",))):
        for sort in (Sort.PRICE_ASC, Sort.RELEVANCE, Sort.RATING):
            whole = index.find(filters, sort, TREE, limit=count)
            assert all_pages(index, filters, sort, 99) == list(whole.ids)
            kept = [entry for key in whole.ids if (entry := index.entry(key))]
            assert [entry.sort_key(sort) for entry in kept] == sorted(entry.sort_key(sort) for entry in kept)
            assert len(kept) == whole.total == (count if not filters.brands else count // 2)
