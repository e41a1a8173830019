"""One CloudFormation stack: find it, propose a change, carry it out, delete it, and wait with bounds.

It knows nothing of shops. Every operation carries a token of its own, so that its events are told from older ones.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from botocore.exceptions import ClientError

from xpressbuy.cloud.account import Cloud, error_code
from xpressbuy.cloud.advice import advice_for
from xpressbuy.cloud.changes import Change, read_change
from xpressbuy.cloud.problem import CloudProblem

if TYPE_CHECKING:
    from mypy_boto3_cloudformation import CloudFormationClient

CHANGE_SET_SECONDS_MAX = 300.0
STACK_SECONDS_MAX = 3600.0
"""A distribution takes up to 25 minutes, tasks that do not become healthy another 20."""
EVENT_PAGES_MAX = 20
CHANGE_PAGES_MAX = 20
REASONS_SHOWN = 3
TEMPLATE_BYTES_MAX = 51_200
"""A longer template cannot be sent; it is read from a bucket."""
NOTHING = ("didn't contain changes", "No updates are to be performed")
STACK_TYPE = "AWS::CloudFormation::Stack"
FAILED_CREATE = frozenset({"ROLLBACK_COMPLETE", "ROLLBACK_FAILED", "CREATE_FAILED"})
"""Such a stack never stood. It can only be deleted."""


@dataclass(frozen=True, slots=True)
class Stack:
    """A stack as it stands. Secret parameters read `****`."""

    name: str
    id: str
    status: str
    reason: str
    parameters: Mapping[str, str]
    outputs: Mapping[str, str]
    tags: Mapping[str, str]

    @property
    def busy(self) -> bool:
        """Whether something is being done to it at this moment."""
        return self.status.endswith("_IN_PROGRESS")


@dataclass(frozen=True, slots=True)
class Steps:
    """How far an operation is: resources that are through, of how many, and the one at work."""

    done: int
    total: int
    doing: str


Report = Callable[[Steps], None]


@dataclass(frozen=True, slots=True)
class Proposal:
    """A change set that waits to be carried out; `id` is None if there is nothing to do."""

    stack: str
    id: str | None
    new: bool
    changes: tuple[Change, ...]


class StackFailed(CloudProblem):
    """An operation that ended badly. The text names the resource, the reason and what to do."""


@dataclass(frozen=True, slots=True)
class Event:
    """One line of a stack's diary."""

    name: str
    type: str
    physical_id: str
    status: str
    reason: str


class Stacks:
    """The stacks of one region."""

    def __init__(self, cloud: Cloud, region: str) -> None:
        self._cloud = cloud
        self._region = region

    @property
    def _formation(self) -> CloudFormationClient:
        return self._cloud.formation(self._region)

    def find(self, name: str) -> Stack | None:
        """By name, or by id even when it is deleted. None if there is none, or nothing but a draft of one."""
        try:
            found: Any = self._formation.describe_stacks(StackName=name)["Stacks"][0]
        except ClientError as error:
            if error_code(error) == "ValidationError" and "does not exist" in str(error):
                return None
            raise
        if found["StackStatus"] == "REVIEW_IN_PROGRESS":
            return None
        return Stack(
            name=found["StackName"],
            id=found["StackId"],
            status=found["StackStatus"],
            reason=found.get("StackStatusReason", ""),
            parameters={one["ParameterKey"]: one.get("ParameterValue", "") for one in found.get("Parameters", [])},
            outputs={one["OutputKey"]: one["OutputValue"] for one in found.get("Outputs", [])},
            tags={one["Key"]: one["Value"] for one in found.get("Tags", [])},
        )

    def propose(
        self,
        name: str,
        template: Mapping[str, str] | None,
        parameters: Mapping[str, str | None],
        tags: Mapping[str, str],
    ) -> Proposal:
        """A change set of the template (`TemplateBody` or `TemplateURL`); None: of the one that the stack has.

        A parameter that is None keeps its value. CloudProblem if CloudFormation cannot make a change set.
        """
        new = self.find(name) is None
        made = self._formation.create_change_set(
            StackName=name,
            ChangeSetName=f"xpressbuy-{self._cloud.new_token()}",
            ChangeSetType="CREATE" if new else "UPDATE",
            Capabilities=["CAPABILITY_IAM", "CAPABILITY_NAMED_IAM"],
            Parameters=[
                {"ParameterKey": key, "UsePreviousValue": True}
                if value is None
                else {"ParameterKey": key, "ParameterValue": value}
                for key, value in parameters.items()
            ],
            Tags=[{"Key": key, "Value": value} for key, value in tags.items()],
            **cast("Any", template or {"UsePreviousTemplate": True}),
        )
        described = self._described(made["Id"])
        if described["Status"] == "FAILED":
            self.withdraw(Proposal(name, made["Id"], new, ()))
            reason = str(described.get("StatusReason", ""))
            if any(part in reason for part in NOTHING):
                return Proposal(name, None, new, ())
            raise CloudProblem(f"CloudFormation cannot plan the stack {name}: {reason} {advice_for(reason)}")
        changes = [read_change(one) for one in described["Changes"] if one.get("Type", "Resource") == "Resource"]
        return Proposal(name, made["Id"], new, tuple(changes))

    def _described(self, change_set: str) -> dict[str, Any]:
        deadline = time.monotonic() + CHANGE_SET_SECONDS_MAX
        while True:
            described: Any = self._formation.describe_change_set(ChangeSetName=change_set)
            if described["Status"] in ("CREATE_COMPLETE", "FAILED"):
                break
            if time.monotonic() > deadline:
                raise CloudProblem(f"CloudFormation has not planned {change_set} in {CHANGE_SET_SECONDS_MAX:.0f} s.")
            time.sleep(self._cloud.pace)
        found = dict(described)
        found["Changes"] = list(described.get("Changes", []))
        for _ in range(CHANGE_PAGES_MAX):
            if not described.get("NextToken"):
                break
            token = described["NextToken"]
            described = self._formation.describe_change_set(ChangeSetName=change_set, NextToken=token)
            found["Changes"].extend(described.get("Changes", []))
        return found

    def withdraw(self, proposal: Proposal) -> None:
        """Removes a change set that nobody will carry out, and the draft of a stack that it has made."""
        if proposal.id is not None:
            self._formation.delete_change_set(ChangeSetName=proposal.id)
            if proposal.new:
                self._formation.delete_stack(StackName=proposal.stack)

    def execute(self, proposal: Proposal, report: Report) -> Stack:
        """Carries it out and waits for the end. StackFailed with the first reason if it does not work out."""
        assert proposal.id is not None
        token = self._cloud.new_token()
        self._formation.execute_change_set(ChangeSetName=proposal.id, ClientRequestToken=token)
        found = self.find(proposal.stack)
        assert found is not None
        stack = self._follow(found.id, token, len(proposal.changes), report)
        if stack.status not in ("CREATE_COMPLETE", "UPDATE_COMPLETE"):
            raise self._failure(stack, token)
        return stack

    def settle(self, stack: Stack, report: Report) -> Stack:
        """The stack when nobody changes it any more."""
        return self._follow(stack.id, None, 0, report) if stack.busy else stack

    def recover(self, stack: Stack, report: Report) -> Stack:
        """Once more back to what stood before, after a rollback that did not come to its end."""
        token = self._cloud.new_token()
        self._formation.continue_update_rollback(StackName=stack.name, ClientRequestToken=token)
        found = self._follow(stack.id, token, 0, report)
        if found.status != "UPDATE_ROLLBACK_COMPLETE":
            raise self._failure(found, token)
        return found

    def delete(self, stack: Stack, report: Report) -> None:
        """Deletes it and waits for the end; what the template retains stays."""
        token = self._cloud.new_token()
        total = sum(1 for _ in self.resources(stack))
        self._formation.delete_stack(StackName=stack.id, ClientRequestToken=token)
        found = self._follow(stack.id, token, total, report)
        if found.status != "DELETE_COMPLETE":
            raise self._failure(found, token)

    def resources(self, stack: Stack) -> Iterator[tuple[str, str, str, str]]:
        """Logical id, type, physical id and status of what it holds."""
        pages = self._formation.get_paginator("list_stack_resources").paginate(StackName=stack.id)
        for page in pages:
            for one in page["StackResourceSummaries"]:
                yield (
                    one["LogicalResourceId"],
                    one["ResourceType"],
                    one.get("PhysicalResourceId", ""),
                    one["ResourceStatus"],
                )

    def _follow(self, stack_id: str, token: str | None, total: int, report: Report) -> Stack:
        deadline = time.monotonic() + STACK_SECONDS_MAX
        while True:
            stack = self.find(stack_id)
            if stack is None:
                raise CloudProblem("The stack is gone: somebody has deleted it meanwhile. Run this once more.")
            events = self._events(stack_id, token)
            through = {one.name for one in events if one.type != STACK_TYPE and not one.status.endswith("PROGRESS")}
            at_work = next((one for one in events if one.type != STACK_TYPE), None)
            doing = f"{at_work.name} {_words(at_work.status)}" if at_work else ""
            report(Steps(min(len(through), total), total, doing))
            # The state may be read a moment before the operation shows in it; its own last event cannot be too early.
            ended = any(one.type == STACK_TYPE and not one.status.endswith("PROGRESS") for one in events)
            if (ended or token is None) and not stack.busy:
                return stack
            if time.monotonic() > deadline:
                raise CloudProblem(
                    f"The stack {stack.name} is not through after {STACK_SECONDS_MAX / 60:.0f} minutes. AWS goes on "
                    "with it by itself; `xpressbuy cloud status` follows it. Running this command again continues."
                )
            time.sleep(self._cloud.pace)

    def _events(self, stack_id: str, token: str | None) -> list[Event]:
        """Newest first, of the operation with this token, or of the last one."""
        found: list[Event] = []
        pages = self._formation.get_paginator("describe_stack_events").paginate(
            StackName=stack_id, PaginationConfig={"MaxItems": EVENT_PAGES_MAX * 100}
        )
        for page in pages:
            for one in page["StackEvents"]:
                if token is not None and one.get("ClientRequestToken") != token:
                    # Events of one operation follow each other; an older one ends them.
                    return found
                status = one["ResourceStatus"]
                found.append(
                    Event(
                        name=one["LogicalResourceId"],
                        type=one["ResourceType"],
                        physical_id=one.get("PhysicalResourceId", ""),
                        status=status,
                        reason=one.get("ResourceStatusReason", ""),
                    )
                )
                if one["ResourceType"] == STACK_TYPE and status in _BEGINNINGS:
                    return found
        return found

    def skipped(self, stack: Stack) -> list[tuple[str, str]]:
        """Type and physical id of what its last operation made, or had, and did not delete."""
        return [(one.type, one.physical_id) for one in self._events(stack.id, None) if one.status == "DELETE_SKIPPED"]

    def _failure(self, stack: Stack, token: str | None) -> StackFailed:
        events = [one for one in reversed(self._events(stack.id, token)) if one.status.endswith("_FAILED")]
        reasons = [
            f"{one.name} ({one.type}): {one.reason}"
            for one in events
            if one.type != STACK_TYPE and "cancelled" not in one.reason.lower()
        ]
        reasons = reasons or self._invalid(stack) or [one.reason for one in events if one.reason]
        reasons = reasons or [stack.reason or "CloudFormation gives no reason."]
        shown = "\n".join(f"  {reason}" for reason in reasons[:REASONS_SHOWN])
        return StackFailed(
            f"The stack {stack.name} could not be changed; it is {_words(stack.status)} now.\n{shown}\n"
            f"{advice_for(reasons[0])}"
        )

    def _invalid(self, stack: Stack) -> list[str]:
        """What CloudFormation found wrong before it began; it tells that apart from the events."""
        try:
            found: Any = self._formation.describe_events(StackName=stack.id, Filters={"FailedEvents": True})
        except ClientError:
            return []  # An older CloudFormation does not know the call; the stack's own reason is told then.
        return [
            f"{one.get('LogicalResourceId', stack.name)} ({one.get('ResourceType', STACK_TYPE)}): "
            f"{one['ValidationStatusReason']}"
            for one in found["OperationEvents"]
            if one.get("ValidationStatusReason")
        ]


_BEGINNINGS = frozenset({"CREATE_IN_PROGRESS", "UPDATE_IN_PROGRESS", "DELETE_IN_PROGRESS"})


def _words(status: str) -> str:
    return status.replace("_", " ").lower()
