"""The resources of a local run, made by CloudFormation from the data stack's template, and the settings they give."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

from xpressbuy.local.emulator import ACCESS_KEY, REGION, SECRET_KEY, LocalProblem
from xpressbuy.local.unknown_types import strip

if TYPE_CHECKING:
    from mypy_boto3_cloudformation import CloudFormationClient

CODE_BUCKET = "xpressbuy-code"
STACK_SECONDS_MAX = 60.0
STACK_NAME = "xpressbuy-data"
SHOP_NAME = "xpressbuy"


@dataclass(frozen=True, slots=True)
class Stack:
    """What the template gave, by output name, and the app client's secret."""

    outputs: Mapping[str, str]
    client_secret: str

    def environment(self, endpoint: str, public_url: str, cookie_key: str) -> dict[str, str]:
        """The settings of a process that serves this stack, as environment variables."""
        pool = self.outputs["UserPoolId"]
        return {
            "AWS_REGION": REGION,
            "AWS_ENDPOINT_URL": endpoint,
            "AWS_ACCESS_KEY_ID": ACCESS_KEY,
            "AWS_SECRET_ACCESS_KEY": SECRET_KEY,
            "XPRESSBUY_ENVIRONMENT": "local",
            "XPRESSBUY_PUBLIC_URL": public_url,
            "XPRESSBUY_TABLE_NAME": self.outputs["TableName"],
            "XPRESSBUY_IMAGES_BUCKET": self.outputs["ImagesBucket"],
            "XPRESSBUY_USER_POOL_ID": pool,
            "XPRESSBUY_USER_POOL_CLIENT_ID": self.outputs["UserPoolClientId"],
            "XPRESSBUY_USER_POOL_CLIENT_SECRET": self.client_secret,
            "XPRESSBUY_IDENTITY_URL": endpoint,
            "XPRESSBUY_JWKS_URL": f"{endpoint}/{pool}/.well-known/jwks.json",
            "XPRESSBUY_COOKIE_KEYS": cookie_key,
            "XPRESSBUY_MAIL_SENDER": self.outputs["MailSender"],
            "XPRESSBUY_MAIL_CONFIGURATION_SET": self.outputs["ConfigurationSet"],
        }


MAIL_SENDER = "orders@xpressbuy.example"


def client(service: str, endpoint: str) -> Any:  # noqa: ANN401 - boto3's clients are made at run time
    """A client of the local AWS."""
    return boto3.client(
        service,  # type: ignore[call-overload]
        endpoint_url=endpoint,
        region_name=REGION,
        aws_access_key_id=ACCESS_KEY,
        aws_secret_access_key=SECRET_KEY,
        config=Config(retries={"total_max_attempts": 3}, connect_timeout=5, read_timeout=60),
    )


def new_cookie_key() -> str:
    """A key for cookies and cursors, base64."""
    return base64.b64encode(secrets.token_bytes(32)).decode()


def ensure_stack(endpoint: str, *, public_url: str, code: Path, shop_name: str = SHOP_NAME) -> Stack:
    """Creates the resources, or updates them if something differs. Running it again changes nothing.

    `code` is the order-mail zip. LocalProblem with CloudFormation's reason if a resource cannot be made.
    """
    parameters = {
        "ShopName": shop_name,
        "PublicUrl": public_url,
        "MailSender": MAIL_SENDER,
        "CodeBucket": CODE_BUCKET,
        "MailCodeKey": _upload_code(endpoint, code),
        "Environment": "local",
    }
    name = STACK_NAME if shop_name == SHOP_NAME else f"{shop_name}-data"
    outputs = _apply(client("cloudformation", endpoint), name, parameters)
    _expire_items(endpoint, outputs["TableName"])
    described = client("cognito-idp", endpoint).describe_user_pool_client(
        UserPoolId=outputs["UserPoolId"], ClientId=outputs["UserPoolClientId"]
    )
    return Stack(outputs, described["UserPoolClient"]["ClientSecret"])


def warm_order_mail(endpoint: str, function: str) -> None:
    """Loads the mail function's code before the first order needs it. Does not wait for the end of it."""
    client("lambda", endpoint).invoke(FunctionName=function, InvocationType="Event", Payload=b'{"Records": []}')


def create_bare_table(endpoint: str, name: str) -> None:
    """A table with the template's keys and indexes and nothing around it, for tests."""
    wanted = template()["Resources"]["Table"]["Properties"]
    kept = ("AttributeDefinitions", "KeySchema", "GlobalSecondaryIndexes", "BillingMode")
    client("dynamodb", endpoint).create_table(TableName=name, **{key: wanted[key] for key in kept})


def template() -> dict[str, Any]:
    """The data stack's template as it is deployed, without what the local AWS does not know."""
    file = resources.files("xpressbuy.cloud") / "templates" / "data.json"
    return strip(json.loads(file.read_text(encoding="utf-8")))


def _upload_code(endpoint: str, code: Path) -> str:
    store = client("s3", endpoint)
    body = code.read_bytes()
    key = f"order-mail/{hashlib.sha256(body).hexdigest()[:16]}.zip"
    try:
        store.head_object(Bucket=CODE_BUCKET, Key=key)
    except ClientError:
        store.create_bucket(Bucket=CODE_BUCKET)
        store.put_object(Bucket=CODE_BUCKET, Key=key, Body=body)
    return key


def _apply(formation: CloudFormationClient, name: str, parameters: Mapping[str, str]) -> dict[str, str]:
    arguments: Any = {
        "StackName": name,
        "TemplateBody": json.dumps(template(), separators=(",", ":")),
        "Capabilities": ["CAPABILITY_IAM"],
        "Parameters": [{"ParameterKey": key, "ParameterValue": value} for key, value in parameters.items()],
    }
    try:
        formation.describe_stacks(StackName=name)
    except ClientError:
        formation.create_stack(**arguments)
    else:
        try:
            formation.update_stack(**arguments)
        except ClientError as error:
            if "No updates" not in str(error):
                raise
    return _outputs(formation, name)


def _outputs(formation: CloudFormationClient, name: str) -> dict[str, str]:
    deadline = time.monotonic() + STACK_SECONDS_MAX
    while time.monotonic() < deadline:
        stack = formation.describe_stacks(StackName=name)["Stacks"][0]
        status = stack["StackStatus"]
        if status in ("CREATE_COMPLETE", "UPDATE_COMPLETE"):
            return {output["OutputKey"]: output["OutputValue"] for output in stack["Outputs"]}
        if "PROGRESS" not in status:
            reason = stack.get("StackStatusReason", status)
            raise LocalProblem(f"The local AWS could not make the shop's resources: {reason}")
        time.sleep(0.05)
    raise LocalProblem(f"The local AWS did not make the shop's resources in {STACK_SECONDS_MAX:.0f} s.")


def _expire_items(endpoint: str, table: str) -> None:
    """The emulator's CloudFormation leaves expiry off; switch it on as the template says."""
    dynamodb = client("dynamodb", endpoint)
    described = dynamodb.describe_time_to_live(TableName=table)["TimeToLiveDescription"]
    if described["TimeToLiveStatus"] == "DISABLED":
        wanted = template()["Resources"]["Table"]["Properties"]["TimeToLiveSpecification"]
        dynamodb.update_time_to_live(TableName=table, TimeToLiveSpecification=wanted)
