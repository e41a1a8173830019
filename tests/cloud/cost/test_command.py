"""`xpressbuy cloud cost` from the outside, and the page that it filled."""

from __future__ import annotations

import json
import shlex
from decimal import Decimal

import pytest
from typer.testing import CliRunner

from xpressbuy.cli import app
from xpressbuy.cloud.cost.page import SIZES, TARGET, command, page

ASKED = "cloud cost --visits 3000 --orders 60 --catalog 200"


def run(arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, shlex.split(arguments))
    return result.exit_code, result.stdout, result.stderr


def test_it_says_each_line_and_both_sums() -> None:
    code, said, _ = run(ASKED)
    assert code == 0
    for words in (
        "3,000 visits, 60 orders, 200 products: fargate, running, us-east-1",
        "Load balancer: hours",
        "16.43",
    ):
        assert words in said
    assert "A month, in USD" in said
    assert "Pay-as-you-go is 0.10 USD" in said


def test_json_holds_the_same_sum_unrounded_with_sources() -> None:
    code, said, _ = run(f"{ASKED} --profile serverless --region eu-central-1 --domain --waf --json")
    assert code == 0
    found = json.loads(said)
    assert sum(Decimal(line["amount"]) for line in found["lines"]) == Decimal(found["total"])
    assert Decimal(found["total_after_free"]) < Decimal(found["total"])
    assert {"Route 53", "WAF"} <= {line["service"] for line in found["lines"]}
    assert all(line["source"].startswith("https://aws.amazon.com/") and line["why"] for line in found["lines"])
    assert found["shop"]["state"] == "running"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ("cloud cost --visits -1 --orders 1 --catalog 1", "--visits as a number from 0"),
        ("cloud cost --visits 1 --orders 1 --catalog 1000000001", "--catalog as a number from 0"),
        ("cloud cost --visits 1 --orders 1 --catalog 1 --region moon-1", "Choose one of us-east-1"),
        ("cloud cost --visits 1 --orders 1 --catalog 1 --profile mainframe", "mainframe"),
        ("cloud cost --visits many --orders 1 --catalog 1", "--visits"),
        ("cloud cost --visits 1 --orders 1", "--catalog"),
    ],
)
def test_what_is_no_question_is_refused_with_2(arguments: str, words: str) -> None:
    code, said, complaint = run(arguments)
    assert code == 2
    assert said == ""
    assert words in " ".join(complaint.split())


def test_the_page_is_what_the_model_says() -> None:
    assert TARGET.read_text(encoding="utf-8") == page(), "Run `python -m xpressbuy.cloud.cost.page`."


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_a_command_of_the_page_says_the_sum_of_the_page(size: object) -> None:
    words = command(size)  # type: ignore[arg-type]
    code, said, _ = run(f"{words.removeprefix('xpressbuy ')} --json")
    assert code == 0
    total = Decimal(json.loads(said)["total"])
    assert f"{total:,.2f} (" in page()
