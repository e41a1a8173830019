"""The end of a shop: what it keeps is brought home first, then everything that bills is deleted, then AWS is asked what
is left. The service goes before the export, so that no order can be placed that the export would miss.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from botocore.exceptions import ClientError

from xpressbuy.cloud.account import SHOP_TAG, Cloud, error_code
from xpressbuy.cloud.blueprints import Role
from xpressbuy.cloud.deploying import survey
from xpressbuy.cloud.export import Exported, export
from xpressbuy.cloud.leftovers import GONE, delete_table
from xpressbuy.cloud.problem import CloudProblem
from xpressbuy.cloud.progress import Screen
from xpressbuy.cloud.remains import Remaining, remaining, tagged
from xpressbuy.cloud.stacks import Stack, Stacks

LISTING_SECONDS_MAX = 180.0
EMPTY_ROUNDS_MAX = 100_000
"""Of a thousand objects each."""
KEPT_KINDS = frozenset({("cognito-idp", "userpool")})
WHY_POOL = (
    "The accounts of your customers are kept, because passwords cannot be exported. An idle user pool costs nothing. "
    "`aws cognito-idp update-user-pool --deletion-protection INACTIVE` and `delete-user-pool` end it."
)
WHY_BACKUP = (
    "DynamoDB keeps one backup of a deleted table with point-in-time recovery for 35 days, free of charge; then it "
    "goes by itself."
)


@dataclass(frozen=True, slots=True)
class Holdings:
    """What a shop keeps outside of what its stacks delete."""

    table: str | None
    bucket: str | None

    @classmethod
    def of(cls, cloud: Cloud, data: Stack | None) -> Holdings:
        """By the data stack's outputs; by name if the stack is gone, as after a destroy that broke off."""
        if data is not None and "TableName" in data.outputs:
            return cls(data.outputs["TableName"], data.outputs.get("ImagesBucket"))
        bucket = f"{cloud.shop}-images-{cloud.account_id()}-{cloud.region}"
        return cls(
            cloud.shop if _is_own_table(cloud, cloud.shop) else None, bucket if _is_there(cloud, bucket) else None
        )


def _is_own_table(cloud: Cloud, name: str) -> bool:
    """A table of this name might be somebody else's; the shop's own carries its tag."""
    try:
        arn = cloud.tables.describe_table(TableName=name)["Table"]["TableArn"]
    except ClientError as error:
        if error_code(error) in GONE:
            return False
        raise
    tags = cloud.tables.list_tags_of_resource(ResourceArn=arn)["Tags"]
    return {"Key": SHOP_TAG, "Value": cloud.shop} in tags


def _is_there(cloud: Cloud, bucket: str) -> bool:
    try:
        cloud.objects.head_bucket(Bucket=bucket)
    except ClientError as error:
        if error_code(error) in GONE:
            return False
        raise
    return True


@dataclass(slots=True)
class End:
    """Ends one shop. What is gone already is passed over, so that it can be run again."""

    cloud: Cloud
    screen: Screen
    standing: dict[Role, Stack | None] = field(default_factory=dict)
    holdings: Holdings = field(default_factory=lambda: Holdings(None, None))

    def look(self) -> bool:
        """Whether there is anything to end."""
        self.standing = survey(self.cloud)
        self.holdings = Holdings.of(self.cloud, self.standing["data"])
        busy = [stack.name for stack in self.standing.values() if stack is not None and stack.busy]
        if busy:
            raise CloudProblem(
                f"{', '.join(busy)} is being changed at this moment. Wait for its end; then run this again."
            )
        return any(self.standing.values()) or bool(self.holdings.table or self.holdings.bucket)

    def plan(self) -> list[str]:
        """What will be deleted, in words."""
        lines = [f"    stack {stack.name}" for stack in self.standing.values() if stack is not None]
        lines += [f"    table {self.holdings.table}, with all orders and products"] if self.holdings.table else []
        lines += [f"    bucket {self.holdings.bucket}, with all pictures"] if self.holdings.bucket else []
        return lines

    def run(self, export_to: Path | None) -> Exported | None:
        """Carries it out; `export_to` None leaves the export out."""
        self._delete_stack("service")
        exported = None
        if export_to is not None and self.holdings.table and self.holdings.bucket:
            exported = export(self.cloud, self.holdings.table, self.holdings.bucket, export_to, self.screen.bar)
        self._delete_stack("edge")
        self._delete_stack("data")
        if self.holdings.table:
            self._delete_table(self.holdings.table)
        if self.holdings.bucket:
            self._delete_bucket(self.holdings.bucket)
        self._delete_secrets()
        release = self.standing["release"]
        if release is not None and "CodeBucket" in release.outputs:
            self._empty(release.outputs["CodeBucket"])
        self._delete_stack("release")
        self._delete_build_logs()
        return exported

    def left(self) -> tuple[list[Remaining], list[Remaining]]:
        """What AWS still lists: what is kept on purpose, and anything else.

        The listing follows deletions after a while, so it is asked until it names nothing else, but not for ever.
        """
        deadline = time.monotonic() + LISTING_SECONDS_MAX
        while True:
            found = remaining(self.cloud)
            kept = [one for one in found if (one.service, one.kind) in KEPT_KINDS]
            over = [one for one in found if one not in kept]
            if not over or time.monotonic() > deadline:
                return kept, over
            time.sleep(self.cloud.pace)

    def _delete_stack(self, role: Role) -> None:
        stack = self.standing[role]
        if stack is None:
            return
        with self.screen.stack(stack.name, f"Stack {role}, deleted") as report:
            Stacks(self.cloud, self.cloud.region_of(role)).delete(stack, report)

    def _delete_table(self, name: str) -> None:
        try:
            delete_table(self.cloud, name)
        except ClientError as error:
            if error_code(error) not in GONE:
                raise

    def _delete_bucket(self, name: str) -> None:
        try:
            self._empty(name)
            self.cloud.objects.delete_bucket(Bucket=name)
        except ClientError as error:
            if error_code(error) not in GONE:
                raise

    def _empty(self, bucket: str) -> None:
        """All objects, in all their versions."""
        with self.screen.bar(f"Bucket {bucket}, emptied"):
            for _ in range(EMPTY_ROUNDS_MAX):
                page: Any = self.cloud.objects.list_object_versions(Bucket=bucket)
                found = [*page.get("Versions", []), *page.get("DeleteMarkers", [])]
                if not found:
                    return
                names = [{"Key": one["Key"], "VersionId": one["VersionId"]} for one in found]
                answer: Any = self.cloud.objects.delete_objects(
                    Bucket=bucket,
                    Delete={"Objects": names, "Quiet": True},  # type: ignore[typeddict-item]
                )
                if answer.get("Errors"):
                    raise CloudProblem(f"{bucket} cannot be emptied: {answer['Errors'][0].get('Message', '')}")

    def _delete_secrets(self) -> None:
        """A secret bills until it is gone; the window in which it could be restored is given up."""
        for one in tagged(self.cloud):
            if one.service == "secretsmanager":
                try:
                    self.cloud.client("secretsmanager").delete_secret(SecretId=one.arn, ForceDeleteWithoutRecovery=True)
                except ClientError as error:
                    if error_code(error) not in GONE:
                        raise

    def _delete_build_logs(self) -> None:
        """CodeBuild makes its log group by itself, so that no stack deletes it."""
        logs: Any = self.cloud.client("logs")
        found = logs.describe_log_groups(logGroupNamePrefix=f"/aws/codebuild/{self.cloud.shop}-")["logGroups"]
        for group in found:
            logs.delete_log_group(logGroupName=group["logGroupName"])
