"""What every stack of a shop has in common: plain logical ids, no bootstrap, parameters and outputs by name.

A stack is deployed by the shop's own command line, from its template alone. So it may have no assets, no custom
resources and no imports from other stacks: the outputs of one are the parameters of the same name of the next.
"""

from __future__ import annotations

from collections.abc import Sequence

from aws_cdk import (
    Acknowledgment,
    BootstraplessSynthesizer,
    CfnCondition,
    CfnElement,
    CfnOutput,
    CfnParameter,
    Stack,
    Validations,
)
from constructs import Construct, IConstruct

SHOP_NAME_PATTERN = "[a-z][a-z0-9-]{1,26}[a-z0-9]"
"""28 characters leave room in a bucket's 63 for what follows: `-images-`, an account and a region."""


class ShopStack(Stack):
    """A stack whose resources are named in the template as they are named in the code."""

    def __init__(self, scope: Construct, name: str, *, description: str) -> None:
        super().__init__(
            scope, name, description=description, synthesizer=BootstraplessSynthesizer(), analytics_reporting=False
        )
        self._outputs = Construct(self, "Outputs")

    def _allocate_logical_id(self, cfn_element: CfnElement) -> str:
        """The last part of the path that says something, so that a resource may move within the code.

        Two of one name are refused by CDK when it writes the template.
        """
        parts = cfn_element.node.path.split("/")
        return [part for part in parts if part not in {"Resource", "Default"}][-1]

    def text(
        self,
        name: str,
        description: str,
        *,
        default: str | None = None,
        allowed: Sequence[str] | None = None,
        pattern: str | None = None,
        secret: bool = False,
    ) -> str:
        """A parameter of the stack, as its value. Without a default it must be given."""
        return CfnParameter(
            self,
            name,
            type="String",
            description=description,
            default=default,
            allowed_values=allowed,
            allowed_pattern=pattern,
            no_echo=secret or None,
        ).value_as_string

    def number(self, name: str, description: str, *, default: int, least: int = 0) -> float:
        """A parameter that is a number, as its value."""
        return CfnParameter(
            self, name, type="Number", description=description, default=default, min_value=least
        ).value_as_number

    def output(self, name: str, value: str, description: str, *, condition: CfnCondition | None = None) -> None:
        """What the next stack, or the command line, reads under this name; absent unless its condition holds."""
        # Below a construct of their own, since an output may have the name of a parameter or a resource.
        CfnOutput(self._outputs, name, value=value, description=description, condition=condition)


def accept(resource: IConstruct, findings: Sequence[str], reason: str) -> None:
    """Leaves these findings of cdk-nag standing on one resource, and says why.

    A finding is named as the report names it: `AwsSolutions-S1`, `AwsSolutions-IAM5[Resource::*]`.
    """
    Validations.of(resource).acknowledge(*(Acknowledgment(id=finding, reason=reason) for finding in findings))
