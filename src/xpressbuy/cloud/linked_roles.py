"""The roles that AWS's own services act by. An account that never used a service lacks its role.

The console makes them on the way; CloudFormation's first ECS service fails without. They belong to the account, cost
nothing, and stay when a shop goes, since other things may use them. Roles of the shop are the templates' business.
"""

from __future__ import annotations

from botocore.exceptions import ClientError

from xpressbuy.cloud.account import Cloud, error_code

CONTAINER_SERVICES = (
    "ecs.amazonaws.com",
    "elasticloadbalancing.amazonaws.com",
    "ecs.application-autoscaling.amazonaws.com",
)
"""Whose roles containers behind a balancer need."""


def make_linked_roles(cloud: Cloud) -> None:
    """Makes those that are missing. ClientError when AWS refuses for any other reason than the two below."""
    roles = cloud.client("iam")
    for service in CONTAINER_SERVICES:
        try:
            roles.create_service_linked_role(AWSServiceName=service)
        except ClientError as error:
            if not (is_there(error) or may_not(error)):
                raise


def is_there(error: ClientError) -> bool:
    """Whether the account has the role. AWS says so with a code that it also has for other mistakes."""
    message = str(error.response.get("Error", {}).get("Message", ""))
    code = error_code(error)
    return code == "EntityAlreadyExists" or (code == "InvalidInput" and "has been taken in this account" in message)


def may_not(error: ClientError) -> bool:
    """Who may not make roles may still deploy where somebody else has made them; else the stack's failure says it."""
    return error_code(error) == "AccessDenied"
