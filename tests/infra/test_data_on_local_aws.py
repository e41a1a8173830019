"""Data, release and edge stack created by CloudFormation on the local AWS; and what it says that it does not know."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from botocore.exceptions import ClientError
from tests.infra.conftest import Built

from xpressbuy.local.emulator import REGION, Emulator
from xpressbuy.local.stack import Stack, client, ensure_stack
from xpressbuy.local.stack import template as local_template
from xpressbuy.local.unknown_types import UNKNOWN_TYPES, strip

pytestmark = pytest.mark.cloud

SHOP = "infra-shop"
STACK_SECONDS_MAX = 60
GIVEN: Mapping[str, Mapping[str, str]] = {
    "release": {"ShopName": SHOP},
    "edge": {"ShopName": SHOP, "Waf": "on", "DomainName": "shop.test", "HostedZoneId": "Z0123456789"},
}
CONDITIONAL = {"AlarmMail", "Budget", "SenderDomain", "SenderSignature1", "SenderSignature2", "SenderSignature3"}
"""Of the data stack, for a domain or an address that a local run does not have."""


@pytest.fixture(scope="module")
def code(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A zip that is code enough for creating functions."""
    file = tmp_path_factory.mktemp("code") / "code.zip"
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w") as archive:
        archive.writestr(zipfile.ZipInfo("empty.py"), "")
    file.write_bytes(body.getvalue())
    return file


@pytest.fixture(scope="module")
def stack(cloud: Emulator, code: Path) -> Stack:
    return ensure_stack(cloud.url, public_url="https://shop.test", code=code, shop_name=SHOP)


def states(url: str, name: str) -> dict[str, str]:
    """Logical id -> status of every resource."""
    listed = client("cloudformation", url).describe_stack_resources(StackName=name)["StackResources"]
    return {one["LogicalResourceId"]: one["ResourceStatus"] for one in listed}


def test_every_resource_of_the_data_stack_is_created(cloud: Emulator, stack: Stack) -> None:
    found = states(cloud.url, f"{SHOP}-data")
    assert set(found) == set(local_template()["Resources"]) - CONDITIONAL
    assert set(found.values()) == {"CREATE_COMPLETE"}


def test_the_stack_gives_all_its_outputs(built: Built, stack: Stack) -> None:
    assert set(stack.outputs) == set(built.templates["data"]["Outputs"])
    assert all(stack.outputs.values())
    assert stack.outputs["TableArn"].endswith(f":table/{stack.outputs['TableName']}")
    assert stack.outputs["ImagesBucketDomain"] == f"{stack.outputs['ImagesBucket']}.s3.{REGION}.amazonaws.com"
    assert stack.outputs["IdentityUrl"].startswith(f"https://{stack.outputs['UserPoolDomain']}.auth.")


def test_the_secret_holds_a_key_of_32_bytes(cloud: Emulator, stack: Stack) -> None:
    secrets = client("secretsmanager", cloud.url)
    held = json.loads(secrets.get_secret_value(SecretId=stack.outputs["ShopSecretArn"])["SecretString"])
    assert set(held) == {"cookie_keys"}
    assert len(held["cookie_keys"]) == 43
    assert held["cookie_keys"].isalnum()


def test_a_second_run_changes_nothing(cloud: Emulator, stack: Stack, code: Path) -> None:
    formation = client("cloudformation", cloud.url)
    before = formation.describe_stack_events(StackName=f"{SHOP}-data")["StackEvents"]
    again = ensure_stack(cloud.url, public_url="https://shop.test", code=code, shop_name=SHOP)
    assert again == stack
    assert formation.describe_stack_events(StackName=f"{SHOP}-data")["StackEvents"] == before


def test_a_new_address_changes_client_and_functions_and_nothing_that_is_kept(
    cloud: Emulator, stack: Stack, code: Path
) -> None:
    moved = ensure_stack(cloud.url, public_url="https://elsewhere.test", code=code, shop_name=SHOP)
    assert moved.outputs == stack.outputs
    assert moved.client_secret == stack.client_secret
    people = client("cognito-idp", cloud.url)
    shop = people.describe_user_pool_client(
        UserPoolId=stack.outputs["UserPoolId"], ClientId=stack.outputs["UserPoolClientId"]
    )["UserPoolClient"]
    assert shop["CallbackURLs"] == ["https://elsewhere.test/auth/callback"]
    assert ensure_stack(cloud.url, public_url="https://shop.test", code=code, shop_name=SHOP) == stack


@pytest.fixture(params=sorted(GIVEN))
def made(request: pytest.FixtureRequest, cloud: Emulator, built: Built) -> Iterator[tuple[str, dict[str, str]]]:
    """Each of the small stacks in turn: the name of its template and its outputs."""
    name = str(request.param)
    formation = client("cloudformation", cloud.url)
    formation.create_stack(**_arguments(name, built))
    formation.get_waiter("stack_create_complete").wait(
        StackName=f"{SHOP}-{name}", WaiterConfig={"Delay": 1, "MaxAttempts": STACK_SECONDS_MAX}
    )
    stack = formation.describe_stacks(StackName=f"{SHOP}-{name}")["Stacks"][0]
    yield name, {one["OutputKey"]: one["OutputValue"] for one in stack["Outputs"]}
    formation.delete_stack(StackName=f"{SHOP}-{name}")


def _arguments(name: str, built: Built) -> Any:
    return {
        "StackName": f"{SHOP}-{name}",
        "TemplateBody": json.dumps(strip(built.templates[name]), separators=(",", ":")),
        "Capabilities": ["CAPABILITY_IAM"],
        "Parameters": [{"ParameterKey": key, "ParameterValue": value} for key, value in GIVEN[name].items()],
    }


def test_a_small_stack_is_created_whole_and_not_changed_by_a_second_run(
    cloud: Emulator, built: Built, made: tuple[str, dict[str, str]]
) -> None:
    name, outputs = made
    found = states(cloud.url, f"{SHOP}-{name}")
    assert set(found) == set(built.templates[name]["Resources"])
    assert set(found.values()) == {"CREATE_COMPLETE"}
    assert set(outputs) == set(built.templates[name]["Outputs"])
    assert all(outputs.values())
    with pytest.raises(ClientError, match="No updates are to be performed"):
        client("cloudformation", cloud.url).update_stack(**_arguments(name, built))


@pytest.mark.parametrize("kind", sorted(UNKNOWN_TYPES))
def test_what_is_taken_out_is_really_not_known(cloud: Emulator, kind: str) -> None:
    """When a newer local AWS learns a type, its line can go."""
    body = json.dumps({"Resources": {"Thing": {"Type": kind, "Properties": {}}}})
    with pytest.raises(ClientError, match="Unrecognized resource types"):
        client("cloudformation", cloud.url).validate_template(TemplateBody=body)


def test_all_else_is_known(cloud: Emulator, template: Mapping[str, Any]) -> None:
    kinds = sorted({one["Type"] for one in strip(template)["Resources"].values()})
    things = {f"Thing{number}": {"Type": kind, "Properties": {}} for number, kind in enumerate(kinds)}
    client("cloudformation", cloud.url).validate_template(TemplateBody=json.dumps({"Resources": things}))
