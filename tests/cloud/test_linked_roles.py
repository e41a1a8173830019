"""The roles that AWS's services act by, in an account that has none of them."""

from __future__ import annotations

from pathlib import Path

import pytest
from botocore.exceptions import ClientError
from tests.cloud.conftest import deployment

from xpressbuy.cloud.account import Cloud
from xpressbuy.cloud.linked_roles import CONTAINER_SERVICES, is_there, make_linked_roles, may_not
from xpressbuy.cloud.options import Options


def refused(code: str, message: str) -> ClientError:
    return ClientError({"Error": {"Code": code, "Message": message}}, "CreateServiceLinkedRole")


def services(cloud: Cloud) -> set[str]:
    """Whose roles the account has. The local AWS gives two services of one first name one role."""
    found = cloud.client("iam").list_roles()["Roles"]
    return {one["Path"].split("/")[2] for one in found if one["Path"].startswith("/aws-service-role/")}


def forget(cloud: Cloud) -> None:
    for one in cloud.client("iam").list_roles()["Roles"]:
        if one["Path"].startswith("/aws-service-role/"):
            cloud.client("iam").delete_service_linked_role(RoleName=one["RoleName"])


@pytest.mark.cloud
def test_containers_find_their_roles(cloud_place: Cloud, templates: Path) -> None:
    forget(cloud_place)
    run, _ = deployment(cloud_place, templates)
    run.run()
    assert services(cloud_place) == {"ecs.amazonaws.com", "elasticloadbalancing.amazonaws.com"}
    make_linked_roles(cloud_place)


@pytest.mark.cloud
def test_a_function_needs_none(cloud_place: Cloud, templates: Path) -> None:
    forget(cloud_place)
    run, _ = deployment(cloud_place, templates, Options(profile="serverless"))
    run.run()
    assert services(cloud_place) == set()


def test_what_a_refusal_means() -> None:
    taken = "Service role name AWSServiceRoleForECS has been taken in this account, please try a different suffix."
    assert is_there(refused("InvalidInput", taken))
    assert is_there(refused("EntityAlreadyExists", "Role with name AWSServiceRoleForEcs already exists."))
    assert not is_there(refused("InvalidInput", "Custom suffix is not allowed for ecs.amazonaws.com"))
    assert may_not(refused("AccessDenied", "User is not authorized to perform: iam:CreateServiceLinkedRole"))
    assert not may_not(refused("ServiceFailure", "try again"))


def test_balancing_and_scaling_are_among_them() -> None:
    assert set(CONTAINER_SERVICES) == {
        "ecs.amazonaws.com",
        "elasticloadbalancing.amazonaws.com",
        "ecs.application-autoscaling.amazonaws.com",
    }
