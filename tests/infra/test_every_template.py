"""What holds for every template, whoever wrote its stack."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from aws_cdk import App, Stack, Validations
from aws_cdk.cloudformation_include import CfnInclude
from infra.app import rendered, stale
from infra.shop_stack import ShopStack
from tests.infra.conftest import Built
from tests.infra.review import lint, nag

REASON_LENGTH_MIN = 20
TEMPLATE_BYTES_MAX = 460_800
"""CloudFormation's limit is 1 MB by way of S3; this leaves room and says when a stack should be two."""


def values(node: Any) -> Iterator[Any]:
    """Every value in a template, the template first."""
    yield node
    inner = node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
    for value in inner:
        yield from values(value)


def test_the_kept_files_say_what_the_code_says(built: Built) -> None:
    assert stale(built.templates) == []


def test_a_stale_a_missing_and_an_unknown_file_are_told(tmp_path: Path) -> None:
    (tmp_path / "kept.json").write_text(rendered({"a": 1}))
    (tmp_path / "old.json").write_text(rendered({"a": 1}))
    (tmp_path / "alien.json").write_text("{}")
    told = stale({"kept": {"a": 1}, "old": {"a": 2}, "gone": {}}, tmp_path)
    assert [sentence.split()[0] for sentence in told] == ["old.json", "gone.json", "alien.json"]
    assert "make infra" in told[0]


def test_cfn_lint_finds_nothing(template: Mapping[str, Any]) -> None:
    assert lint(template) == []


def test_cdk_nag_finds_nothing_without_a_reason(stack: ShopStack) -> None:
    assert nag(stack) == []


def accepted(stack: ShopStack) -> dict[tuple[str, str], str]:
    """Finding and logical id -> the reason that was given."""
    return {
        (re.sub("^annotation::", "", finding, flags=re.IGNORECASE), construct.node.id): reason
        for construct in stack.node.find_all()
        for entry in construct.node.metadata
        if entry.type == Validations.ACKNOWLEDGED_RULES_METADATA_KEY
        for finding, reason in entry.data.items()
    }


def test_each_accepted_finding_has_a_reason(stack: ShopStack) -> None:
    short = {where: reason for where, reason in accepted(stack).items() if len(reason) < REASON_LENGTH_MIN}
    assert not short


def test_nothing_is_accepted_that_is_not_found(
    stack: ShopStack, template: Mapping[str, Any], scratch: App, tmp_path: Path
) -> None:
    """The template once more, without what was accepted: each of that has to be found there."""
    file = tmp_path / "bare.json"
    file.write_text(json.dumps(template))
    bare = Stack(scratch, "bare")
    CfnInclude(bare, "Template", template_file=str(file))
    found = {(finding.split(" ")[0], finding.split(": ")[0].rsplit("/", 1)[-1]) for finding in nag(bare)}
    assert set(accepted(stack)) - found == set()


def test_a_template_can_be_deployed_without_cdk(template: Mapping[str, Any]) -> None:
    assert not {"Rules", "Mappings", "Metadata"} & set(template)
    assert "BootstrapVersion" not in template["Parameters"]
    types = {resource["Type"] for resource in template["Resources"].values()}
    assert not [kind for kind in types if kind.startswith(("AWS::CDK", "Custom::", "AWS::CloudFormation::Custom"))]
    assert not [one for one in template["Resources"].values() if "Metadata" in one]
    assert "Fn::ImportValue" not in json.dumps(template)
    assert not [output for output in template["Outputs"].values() if "Export" in output]
    assert len(json.dumps(template)) < TEMPLATE_BYTES_MAX


def test_a_template_names_no_account_region_or_partition(template: Mapping[str, Any]) -> None:
    """It can be created in any account and any region that has the services."""
    texts = [value for value in values(template) if isinstance(value, str)]
    assert not [text for text in texts if re.search(r"\b\d{12}\b", text)]
    assert not [text for text in texts if text.startswith("arn:aws:")]


def test_something_is_left_in_every_state(template: Mapping[str, Any]) -> None:
    """CloudFormation refuses a template whose resources are all conditioned away."""
    assert [name for name, resource in template["Resources"].items() if "Condition" not in resource]


def test_every_parameter_is_used_and_described(template: Mapping[str, Any]) -> None:
    said = json.dumps({key: template.get(key, {}) for key in ("Resources", "Outputs", "Conditions")})
    for name, parameter in template["Parameters"].items():
        assert parameter.get("Description"), name
        assert f'{{"Ref": "{name}"}}' in said or f"${{{name}}}" in said, name


def test_logical_ids_are_words(template: Mapping[str, Any]) -> None:
    for name in template["Resources"]:
        assert re.fullmatch(r"[A-Z][A-Za-z]*\d{0,2}", name), name
