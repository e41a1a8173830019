"""The model's own promises: more of a shop never costs less, lines make the sum, a paused shop costs no more."""

from __future__ import annotations

from dataclasses import asdict, replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as some

from xpressbuy.cloud.cost.model import estimate
from xpressbuy.cloud.cost.page import SIZES
from xpressbuy.cloud.cost.prices import Price, Step, price_list, regions
from xpressbuy.cloud.cost.shape import shape
from xpressbuy.cloud.cost.shop import COUNT_MAX, Shop
from xpressbuy.cloud.problem import CloudProblem

COUNTS = some.one_of(some.integers(0, 10_000), some.integers(0, COUNT_MAX))
SHOPS = some.builds(
    Shop,
    visits=COUNTS,
    orders=COUNTS,
    catalog=COUNTS,
    profile=some.sampled_from(["fargate", "serverless"]),
    region=some.sampled_from(regions()),
    state=some.sampled_from(["running", "paused"]),
    domain=some.booleans(),
    waf=some.booleans(),
)


def changed(shop: Shop, name: str, count: int) -> Shop:
    return Shop(**{**asdict(shop), name: count})


@given(shop=SHOPS, what=some.sampled_from(["visits", "orders", "catalog"]), more=COUNTS)
def test_more_never_costs_less(shop: Shop, what: str, more: int) -> None:
    larger = changed(shop, what, min(COUNT_MAX, getattr(shop, what) + more))
    after = {(line.service, line.what): line.quantity for line in estimate(larger).lines}
    for line in estimate(shop).lines:
        assert after.get((line.service, line.what), 0) >= line.quantity
    assert estimate(larger).total >= estimate(shop).total
    assert estimate(larger).total_after_free >= estimate(shop).total_after_free


@given(shop=SHOPS)
def test_the_lines_are_the_sum_and_allowances_only_lower_it(shop: Shop) -> None:
    found = estimate(shop)
    assert found.total == sum(line.amount for line in found.lines)
    assert all(0 <= line.amount_after_free <= line.amount for line in found.lines)
    priced = [id(line.price) for line in found.lines]
    assert len(priced) == len(set(priced)), "an allowance would be given twice"


@given(shop=SHOPS)
def test_a_paused_shop_costs_no_more_than_a_running_one(shop: Shop) -> None:
    assert estimate(replace(shop, state="paused")).total <= estimate(replace(shop, state="running")).total


@pytest.mark.parametrize("name", ["visits", "orders", "catalog"])
@pytest.mark.parametrize("count", [-1, COUNT_MAX + 1])
def test_a_number_out_of_bounds_is_refused_by_name(name: str, count: int) -> None:
    with pytest.raises(CloudProblem, match=f"--{name} as a number from 0 to 1,000,000,000"):
        changed(Shop(1, 1, 1), name, count)


def test_a_region_without_prices_is_refused_with_those_that_have_some() -> None:
    with pytest.raises(CloudProblem, match=r"no prices for mars-1\. Choose one of us-east-1, eu-west-1"):
        estimate(Shop(1, 1, 1, region="mars-1"))


def test_without_traffic_it_is_what_the_design_said_less_arm_plus_what_it_left_out() -> None:
    """The design's 49 USD: two x86 tasks of 0.25/0.5 (18.02), a balancer (16.43), four addresses (14.60).

    arm64 takes 3.60 off. Polling the feed, alarms (autoscaling makes eight of its own), the secret and the images put
    2.54 on.
    """
    lines = {f"{line.service}: {line.what}": line.amount for line in estimate(Shop(0, 0, 0)).lines}
    hours = Decimal(730)
    tasks = lines.pop("Fargate: processors") + lines.pop("Fargate: memory")
    x86 = 2 * hours * (Decimal("0.25") * Decimal("0.04048") + Decimal("0.5") * Decimal("0.004445"))
    assert round(x86 - tasks, 2) == Decimal("3.60")
    balancer, addresses = lines.pop("Load balancer: hours"), lines.pop("VPC: public IPv4 addresses")
    assert (balancer, addresses) == (hours * Decimal("0.0225"), 4 * hours * Decimal("0.005"))
    assert abs(x86 + balancer + addresses - 49) < Decimal("0.1")
    assert round(sum(lines.values()), 2) == Decimal("2.54")


def test_a_quiet_serverless_shop_costs_one_or_two_dollars() -> None:
    assert 1 <= estimate(replace(SIZES[0], profile="serverless")).total <= 2


@pytest.mark.parametrize("region", regions())
@pytest.mark.parametrize("profile", ["fargate", "serverless"])
@pytest.mark.parametrize("size", SIZES[:2], ids=str)
def test_a_paused_small_shop_costs_less_than_a_dollar(size: Shop, profile: str, region: str) -> None:
    paused = Shop(size.visits, size.orders, size.catalog, profile, region, "paused")  # type: ignore[arg-type]
    assert estimate(paused).total < 1


def test_a_paused_shop_pays_for_all_that_stays() -> None:
    found = estimate(Shop(300, 3, 50, state="paused", domain=True, waf=True))
    assert {f"{line.service}: {line.what}" for line in found.lines} == {
        "CloudFront: function",
        "CloudFront: requests",
        "CloudFront: transfer",
        "CloudWatch: alarms",
        "CloudWatch: logs",
        "CloudWatch: logs kept",
        "DynamoDB: reads",
        "DynamoDB: recovery to any second",
        "DynamoDB: storage",
        "ECR: images",
        "Lambda: requests",
        "Lambda: time",
        "Route 53: hosted zone",
        "S3: storage",
        "Secrets Manager: secret",
        "WAF: requests",
        "WAF: rules",
        "WAF: web ACL",
    }


def test_alarms_and_sizes_are_the_templates() -> None:
    fargate, serverless = shape("fargate"), shape("serverless")
    assert fargate.data_alarms == serverless.data_alarms >= 4
    assert fargate.service_alarms > serverless.service_alarms > 0
    assert (fargate.task_cpu, fargate.task_memory) == (Decimal("0.25"), Decimal("0.5"))
    in_ireland = estimate(Shop(0, 0, 0, region="eu-west-1"))
    (alarms,) = [line for line in in_ireland.lines if line.what == "alarms"]
    assert alarms.quantity == fargate.data_alarms + fargate.service_alarms, "CloudFront counts in us-east-1 only"


def test_a_large_catalogue_gets_a_larger_task_and_says_so() -> None:
    small, large, huge = (estimate(Shop(0, 0, count)) for count in (1_000, 100_000, 100_000_000))
    assert small.notes == ()
    assert [note for note in large.notes if "--cpu 512 --memory 4096" in note]
    assert [note for note in huge.notes if "the sum is too low" in note]


def test_a_shop_in_india_is_told_that_no_edge_is_near() -> None:
    assert [note for note in estimate(Shop(1, 0, 1, region="ap-south-1")).notes if "set PriceClass" in note]
    assert not [note for note in estimate(Shop(1, 0, 1)).notes if "PriceClass" in note]


def test_a_busy_shop_is_told_that_the_templates_stop_earlier() -> None:
    assert [note for note in estimate(Shop(100_000_000, 0, 10)).notes if "--max-tasks" in note]


def test_steps_of_a_price_and_what_is_free() -> None:
    page, day = "https://aws.amazon.com/", price_list("us-east-1").looked_up
    steps = (Step(Decimal(10), Decimal(3)), Step(None, Decimal(2)))
    price = Price("GB", steps, Decimal(4), page, day, evidence="", is_stand_in=False)
    assert [price.amount(Decimal(count)) for count in (0, 10, 11, 20)] == [0, 30, 32, 50]
    assert [price.amount_after_free(Decimal(count)) for count in (3, 4, 5, 20)] == [0, 0, 3, 38]


def test_every_price_has_a_source_and_a_date_and_every_region_all_of_them() -> None:
    names = {region: set(price_list(region).prices) for region in regions()}
    assert len(set(map(frozenset, names.values()))) == 1
    for region in regions():
        for price in price_list(region).prices.values():
            assert price.page.startswith("https://aws.amazon.com/")
            assert price.as_of <= price_list(region).looked_up
            assert all(step.usd > 0 for step in price.steps)
    assert not any(price.is_stand_in for price in price_list("us-east-1").prices.values())
