"""What a failed first deploy leaves behind: resources that the template keeps for ever, made just now and still empty.

Only what is empty goes. What holds anything stays, and is named.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from botocore.exceptions import ClientError

from xpressbuy.cloud.account import Cloud, error_code
from xpressbuy.cloud.problem import CloudProblem
from xpressbuy.cloud.progress import Screen

GONE = frozenset(
    {"ResourceNotFoundException", "NoSuchBucket", "404", "NotFound", "NoSuchKey", "RepositoryNotFoundException"}
)
TABLE_SECONDS_MAX = 120


def clear_leftovers(cloud: Cloud, resources: Iterable[tuple[str, str]], screen: Screen) -> None:
    """`resources` are type and physical id. CloudProblem if one is not empty and would stand in the way."""
    for kind, name in resources:
        clear = _CLEAR.get(kind)
        if clear is None or not name:
            continue
        try:
            clear(cloud, name)
        except ClientError as error:
            if error_code(error) not in GONE:
                raise
        else:
            screen.say(f"Removed {name}, empty, of the failed try.")


def _clear_table(cloud: Cloud, name: str) -> None:
    if cloud.tables.scan(TableName=name, Limit=1)["Items"]:
        raise CloudProblem(
            f"A table named {name} is there and holds data, so no new one can be made. Export and remove it, or give "
            "the shop another name with --shop."
        )
    delete_table(cloud, name)


def delete_table(cloud: Cloud, name: str) -> None:
    """Takes its protection off, deletes it, and waits until it is gone."""
    cloud.tables.update_table(TableName=name, DeletionProtectionEnabled=False)
    cloud.tables.delete_table(TableName=name)
    step = max(1, round(cloud.pace))
    cloud.tables.get_waiter("table_not_exists").wait(
        TableName=name, WaiterConfig={"Delay": step, "MaxAttempts": TABLE_SECONDS_MAX // step}
    )


def _clear_bucket(cloud: Cloud, name: str) -> None:
    if cloud.objects.list_objects_v2(Bucket=name, MaxKeys=1).get("KeyCount"):
        raise CloudProblem(
            f"A bucket named {name} is there and holds files, so no new one can be made. Move them and remove it, or "
            "give the shop another name with --shop."
        )
    cloud.objects.delete_bucket(Bucket=name)


def _clear_pool(cloud: Cloud, name: str) -> None:
    pools: Any = cloud.client("cognito-idp")
    if pools.list_users(UserPoolId=name, Limit=1)["Users"]:
        return  # Pools may share a name, so it stands in nobody's way.
    domain = pools.describe_user_pool(UserPoolId=name)["UserPool"].get("Domain")
    if domain:
        pools.delete_user_pool_domain(Domain=domain, UserPoolId=name)
    pools.update_user_pool(UserPoolId=name, DeletionProtection="INACTIVE")
    pools.delete_user_pool(UserPoolId=name)


_CLEAR = {
    "AWS::DynamoDB::Table": _clear_table,
    "AWS::S3::Bucket": _clear_bucket,
    "AWS::Cognito::UserPool": _clear_pool,
}
