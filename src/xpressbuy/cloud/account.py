"""The AWS account and region that a shop lives in: names, tags, clients. It decides nothing about what lies there."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

from xpressbuy.cloud.problem import CloudProblem
from xpressbuy.kit.clock import Clock, SystemClock

if TYPE_CHECKING:
    from mypy_boto3_cloudformation import CloudFormationClient
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_ecr import ECRClient
    from mypy_boto3_ecs import ECSClient
    from mypy_boto3_s3 import S3Client

EDGE_REGION = "us-east-1"
"""CloudFront takes certificates and web ACLs from here only."""
SHOP_TAG = "xpressbuy:shop"
WAF_TAG = "xpressbuy:waf"
"""On the edge stack: whether the owner wants the WAF when the shop runs. A pause switches it off, but not this."""
SHOP_NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
SHOP_NAME_LENGTH_MAX = 22
"""The load balancer's names take 32 characters and the bucket's 63, with what the templates add."""
RESERVED = ("aws", "amazon", "cognito")
"""Not even as a part of a word, since the sign-in pages' address begins with the shop's name."""
CONNECT_SECONDS_MAX = 10
READ_SECONDS_MAX = 60
ATTEMPTS_MAX = 6
PACE_SECONDS = 4.0
"""Between two looks at what AWS is doing."""


def _new_token() -> str:
    return secrets.token_hex(8)


@dataclass(frozen=True, slots=True)
class Cloud:
    """One shop's place in AWS. Opens no connection before a client is asked something.

    `endpoint` is another address for all services (`AWS_ENDPOINT_URL`), `pace` the seconds between two looks.
    """

    session: boto3.Session
    shop: str
    region: str
    endpoint: str | None = None
    pace: float = PACE_SECONDS
    clock: Clock = field(default_factory=SystemClock)
    new_token: Callable[[], str] = _new_token
    _clients: dict[tuple[str, str], Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if len(self.shop) > SHOP_NAME_LENGTH_MAX or not SHOP_NAME.fullmatch(self.shop):
            raise CloudProblem(
                f"{self.shop!r} cannot name a shop. Take lower-case letters, digits and single hyphens, a letter "
                f"first, at most {SHOP_NAME_LENGTH_MAX} characters."
            )
        reserved = [word for word in RESERVED if word in self.shop]
        if reserved:
            raise CloudProblem(
                f"{self.shop!r} cannot name a shop: AWS takes no sign-in address with {reserved[0]!r} in it. "
                "Take a name without these letters in a row."
            )

    def client(self, service: str, region: str | None = None) -> Any:  # noqa: ANN401 - boto3's clients are made at run time
        """The service's client, of the shop's region if no other is named."""
        key = (service, region or self.region)
        if key not in self._clients:
            self._clients[key] = self.session.client(
                service,  # type: ignore[call-overload]
                region_name=key[1],
                endpoint_url=self.endpoint,
                config=Config(
                    connect_timeout=CONNECT_SECONDS_MAX,
                    read_timeout=READ_SECONDS_MAX,
                    retries={"total_max_attempts": ATTEMPTS_MAX, "mode": "standard"},
                    s3={"addressing_style": "path"} if self.endpoint else None,
                ),
            )
        return self._clients[key]

    def formation(self, region: str | None = None) -> CloudFormationClient:
        """CloudFormation."""
        client: CloudFormationClient = self.client("cloudformation", region)
        return client

    @property
    def objects(self) -> S3Client:
        """S3."""
        client: S3Client = self.client("s3")
        return client

    @property
    def tables(self) -> DynamoDBClient:
        """DynamoDB."""
        client: DynamoDBClient = self.client("dynamodb")
        return client

    @property
    def images(self) -> ECRClient:
        """The container registry."""
        client: ECRClient = self.client("ecr")
        return client

    @property
    def containers(self) -> ECSClient:
        """ECS."""
        client: ECSClient = self.client("ecs")
        return client

    def account_id(self) -> str:
        """The account that the credentials belong to. Raises what boto3 raises when there are none."""
        return str(self.client("sts").get_caller_identity()["Account"])

    def stack_name(self, role: str) -> str:
        """The name of the stack with this role: `release`, `data`, `edge` or `service`."""
        return f"{self.shop}-{role}"

    def region_of(self, role: str) -> str:
        """The edge lies in one fixed region, everything else in the shop's."""
        return EDGE_REGION if role == "edge" else self.region


def error_code(error: ClientError) -> str:
    """AWS's own code of a refused call, for example `AccessDenied`."""
    return str(error.response.get("Error", {}).get("Code", ""))
