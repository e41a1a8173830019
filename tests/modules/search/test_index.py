"""The engine against the plainest thing that can be right: a loop over all entries."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xpressbuy.kit.ids import ProductId
from xpressbuy.search.model.entry import Entry, EntryVariant, SortKey
from xpressbuy.search.model.index import BUCKETS_MAX, BULK_MIN, Index, price_range
from xpressbuy.search.model.lexicon import Lexicon
from xpressbuy.search.model.query import Filters, Sort
from xpressbuy.search.model.words import nearly_begins

TREE: Mapping[str, tuple[str, ...]] = {"clothing": ("clothing", "tees", "hats"), "tees": ("tees",), "hats": ("hats",)}
COLOURS, SIZES = ("Red", "Blue"), ("S", "M")


def variants() -> st.SearchStrategy[tuple[EntryVariant, ...]]:
    one = st.builds(
        lambda colour, size, in_stock: EntryVariant(frozenset({("Colour", colour), ("Size", size)}), in_stock),
        st.sampled_from(COLOURS),
        st.sampled_from(SIZES),
        st.booleans(),
    )
    return st.lists(one, min_size=1, max_size=3).map(tuple)


def entries() -> st.SearchStrategy[list[Entry]]:
    one = st.builds(
        Entry,
        id=st.integers(0, 40).map(lambda number: ProductId(f"prd_{number:02d}")),
        name=st.just("x"),
        price=st.integers(0, 5).map(lambda step: step * 500),
        created_ms=st.integers(0, 5),
        rating_sum=st.just(0),
        rating_count=st.just(0),
        sold=st.integers(0, 3),
        brand=st.sampled_from(["a", "b"]),
        categories=st.frozensets(st.sampled_from(["clothing", "tees", "hats"]), max_size=2),
        tags=st.frozensets(st.sampled_from(["sale", "new"]), max_size=2),
        variants=variants(),
        weights=st.dictionaries(
            st.sampled_from(["linen", "linoleum", "shirt", "wool"]), st.integers(1, 60), max_size=3
        ),
    )
    rated = one.flatmap(
        lambda entry: st.integers(0, 4).flatmap(
            lambda count: st.integers(count, 5 * count).map(lambda total: rated_entry(entry, total, count))
        )
    )
    return st.lists(rated, max_size=45)


def rated_entry(entry: Entry, total: int, count: int) -> Entry:
    return replace(entry, rating_sum=total, rating_count=count)


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


def plainly(known: Mapping[ProductId, Entry], wanted: Filters) -> list[Entry]:
    return [entry for entry in known.values() if fits(entry, wanted)]


def fits(entry: Entry, wanted: Filters) -> bool:
    terms = wanted.q.split()
    average = entry.rating_sum / entry.rating_count if entry.rating_count else None
    return (
        all(any(word.startswith(term) for word in entry.weights) for term in terms)
        and (wanted.category is None or bool(entry.categories & set(TREE.get(wanted.category, ()))))
        and (wanted.price_min is None or entry.price >= wanted.price_min)
        and (wanted.price_max is None or entry.price <= wanted.price_max)
        and (not wanted.rating_min_tenths or (average is not None and average >= wanted.rating_min_tenths / 10 - 1e-9))
        and (not wanted.brands or entry.brand in wanted.brands)
        and (not wanted.tags or bool(entry.tags & set(wanted.tags)))
        and any(
            (variant.in_stock or not wanted.in_stock)
            and all(dict(variant.options).get(name) in values for name, values in wanted.options.items())
            for variant in entry.variants
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


@settings(max_examples=150, deadline=None)
@given(entries(), entries(), filters(), st.sampled_from(list(Sort)), st.integers(1, 7))
def test_every_list_holds_what_fits_in_order_on_any_page_size(
    before: list[Entry], after: list[Entry], wanted: Filters, sort: Sort, limit: int
) -> None:
    index = Index()
    known = {entry.id: entry for entry in before}
    index.change(known.values())
    newer = {entry.id: entry for entry in after}
    gone = [key for key in known if key not in newer][::2]
    index.change(newer.values(), gone)
    known = {key: entry for key, entry in {**known, **newer}.items() if key not in gone}

    expected = plainly(known, wanted)
    ids = all_pages(index, wanted, sort, limit)
    assert sorted(ids) == sorted(entry.id for entry in expected)
    assert index.find(wanted, sort, TREE, limit=limit).total == len(expected)
    if sort is not Sort.RELEVANCE or not wanted.q:
        assert ids == [entry.id for entry in sorted(expected, key=lambda entry: entry.sort_key(sort))]


@settings(max_examples=80, deadline=None)
@given(entries(), filters())
def test_each_facet_counts_without_its_own_filter(made: list[Entry], wanted: Filters) -> None:
    index = Index()
    known = {entry.id: entry for entry in made}
    index.change(known.values())
    facets = index.facets(wanted, TREE)
    for category in facets.categories:
        assert category.count == len(plainly(known, replace(wanted, category=category.value)))
    for name in wanted.options:
        for value in facets.options.get(name, ()):
            held = plainly(known, replace(wanted, options={k: v for k, v in wanted.options.items() if k != name}))
            assert value.count == sum((name, value.value) in entry.masks for entry in held)
    for brand in facets.brands:
        assert brand.count == len(plainly(known, replace(wanted, brands=(brand.value,))))
    for stars in facets.ratings:
        assert stars.count == len(plainly(known, replace(wanted, rating_min_tenths=int(stars.value) * 10)))
    if facets.price:
        for bucket in facets.price.buckets:
            narrowed = replace(wanted, price_min=bucket.low, price_max=bucket.high)
            assert bucket.count == len(plainly(known, narrowed))


def entry(number: int, **changes: object) -> Entry:
    facts: dict[str, object] = {
        "id": ProductId(f"prd_{number:04d}"),
        "name": f"Product {number}",
        "price": 1000 + number,
        "created_ms": number,
        "rating_sum": 0,
        "rating_count": 0,
        "sold": 0,
        "brand": "a",
        "categories": frozenset({"tees"}),
        "tags": frozenset[str](),
        "variants": (EntryVariant(frozenset(), in_stock=True),),
        "weights": {"product": 60},
    }
    return Entry(**{**facts, **changes})  # type: ignore[arg-type]


def test_what_comes_in_between_two_pages_loses_and_doubles_nothing() -> None:
    index = Index()
    index.change(entry(number) for number in range(0, 40, 2))
    first = index.find(Filters(), Sort.PRICE_ASC, TREE, limit=7)
    assert first.last is not None
    index.change(entry(number) for number in range(1, 40, 2))
    rest = index.find(Filters(), Sort.PRICE_ASC, TREE, limit=100, after=first.last)
    seen = [*first.ids, *rest.ids]
    assert len(seen) == len(set(seen))
    assert {f"prd_{number:04d}" for number in range(0, 40, 2)} <= set(seen)


def test_a_page_that_just_fits_is_the_last() -> None:
    index = Index()
    index.change(entry(number) for number in range(6))
    assert index.find(Filters(), Sort.NEWEST, TREE, limit=6).last is None
    assert index.find(Filters(), Sort.NEWEST, TREE, limit=5).last is not None
    assert index.find(Filters(q="product"), Sort.RELEVANCE, TREE, limit=6).last is None


def test_sold_out_sinks_where_the_shop_recommends() -> None:
    index = Index()
    gone = (EntryVariant(frozenset(), in_stock=False),)
    index.change([entry(1, variants=gone, sold=99, weights={"tee": 60}), entry(2, weights={"tee": 4})])
    for sort in (Sort.RELEVANCE, Sort.BEST_SELLING):
        assert index.find(Filters(), sort, TREE, limit=9).ids == ["prd_0002", "prd_0001"]
    assert index.find(Filters(q="tee"), Sort.RELEVANCE, TREE, limit=9).ids == ["prd_0002", "prd_0001"]
    assert index.find(Filters(), Sort.PRICE_ASC, TREE, limit=9).ids == ["prd_0001", "prd_0002"]


def test_options_and_stock_must_meet_in_one_variant() -> None:
    index = Index()
    red_s = EntryVariant(frozenset({("Colour", "Red"), ("Size", "S")}), in_stock=True)
    blue_m = EntryVariant(frozenset({("Colour", "Blue"), ("Size", "M")}), in_stock=False)
    index.change([entry(1, variants=(red_s, blue_m))])

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
    index.change(entry(number) for number in range(3))
    generation = index.generation
    index.change([entry(1)], gone=[ProductId("prd_9999")])
    assert index.generation == generation


@pytest.mark.parametrize("count", [1, BULK_MIN - 1, BULK_MIN, 100])
def test_few_and_many_changes_end_in_the_same_order(count: int) -> None:
    index = Index()
    index.change(entry(number) for number in range(200))
    index.change([entry(number, price=9000 - number) for number in range(count)], gone=[ProductId("prd_0199")])
    found = index.find(Filters(), Sort.PRICE_ASC, TREE, limit=300)
    prices = [kept.price for key in found.ids if (kept := index.entry(key))]
    assert prices == sorted(prices)
    assert len(prices) == 199


def test_the_better_place_of_a_word_wins_and_typing_errors_come_last() -> None:
    index = Index()
    index.change([entry(1, weights={"linen": 4}), entry(2, weights={"linen": 60}), entry(3, weights={"linens": 60})])
    assert index.find(Filters(q="linen"), Sort.RELEVANCE, TREE, limit=9).ids == ["prd_0002", "prd_0003", "prd_0001"]
    assert set(index.find(Filters(q="lnien"), Sort.RELEVANCE, TREE, limit=9).ids) == {
        "prd_0001",
        "prd_0002",
        "prd_0003",
    }
    assert index.find(Filters(q="?!"), Sort.RELEVANCE, TREE, limit=9).total == 0


def test_words_of_a_changed_product_are_forgotten() -> None:
    index = Index()
    index.change([entry(1, weights={"linen": 4}), entry(2, weights={"linen": 4})])
    index.change([entry(1, weights={"wool": 4})])
    assert index.find(Filters(q="linen"), Sort.RELEVANCE, TREE, limit=9).ids == ["prd_0002"]
    index.change([], gone=[ProductId("prd_0002")])
    assert index.scores("linen") == {}


def test_alike_prefers_what_can_be_bought() -> None:
    index = Index()
    gone = (EntryVariant(frozenset(), in_stock=False),)
    index.change(
        [
            entry(1, tags=frozenset({"linen"})),
            entry(2, tags=frozenset({"linen"}), variants=gone),
            entry(3),
            entry(4, tags=frozenset({"linen"})),
            entry(5, categories=frozenset({"hats"})),
        ]
    )
    assert index.alike(ProductId("prd_0001"), 8) == ["prd_0004", "prd_0003", "prd_0002"]
    assert index.alike(ProductId("prd_0404"), 8) == []


@given(st.lists(st.integers(0, 10**9), min_size=1, max_size=50))
def test_price_buckets_are_few_round_and_hold_every_price_once(prices: list[int]) -> None:
    found = price_range(prices)
    assert found is not None
    assert (found.low, found.high) == (min(prices), max(prices))
    assert len(found.buckets) <= BUCKETS_MAX
    assert sum(bucket.count for bucket in found.buckets) == len(prices)
    for left, right in zip(found.buckets, found.buckets[1:], strict=False):
        assert left.high + 1 == right.low
    assert all(bucket.low % 100 == 0 for bucket in found.buckets)


LETTERS = "abct"


@given(st.sets(st.text(LETTERS, min_size=1, max_size=7), max_size=30), st.text(LETTERS, min_size=4, max_size=7))
def test_mistyped_words_are_all_found_without_looking_at_every_word(known: set[str], typed: str) -> None:
    lexicon = Lexicon()
    for number, word in enumerate(sorted(known)):
        lexicon.add(ProductId(str(number)), {word: 1})
    beginning = {word for word in known if word.startswith(typed)}
    near = {word for word in known if nearly_begins(word, typed)}
    expected = {ProductId(str(number)) for number, word in enumerate(sorted(known)) if word in (beginning or near)}
    assert set(lexicon.scores(typed)) == expected
    assert (lexicon.correction(typed) is None) == (bool(beginning) or not near)
