"""The two linters of CloudFormation as functions: what they find, a line for each."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from cdk_nag import AwsSolutionsChecks
from cfnlint import ManualArgs
from cfnlint.api import lint as cfn_lint
from constructs import IConstruct

REGIONS = ("us-east-1", "eu-west-1", "ap-south-1")


def nag(scope: IConstruct) -> list[str]:
    """What cdk-nag's AwsSolutions rules find and nobody gave a reason for: `rule path: text`."""
    report = AwsSolutionsChecks(verbose=True).validate_scope(scope)
    return [
        f"{violation.rule_name} {resource.construct_path}: {violation.description}"
        for violation in report.violations
        for resource in violation.violating_resources
    ]


def lint(template: Mapping[str, Any], regions: Sequence[str] = REGIONS) -> list[str]:
    """What cfn-lint finds: `rule path: text`. Warnings count; nothing is switched off."""
    matches = cfn_lint(json.dumps(template), config=ManualArgs(regions=list(regions)))
    return [f"{match.rule.id} {'/'.join(map(str, match.path or []))}: {match.message}" for match in matches]
