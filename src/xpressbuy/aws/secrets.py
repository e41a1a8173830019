"""Secrets Manager and Cognito at start: the secrets that no template, image or environment variable holds.

Read once, before anything is served; nothing here keeps or logs a value.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from botocore.session import Session

CONNECT_SECONDS_MAX = 2.0
READ_SECONDS_MAX = 5.0
ATTEMPTS_MAX = 3
_TRANSIENT = 500


class SecretsUnread(Exception):
    """The shop cannot start as it is set up. Its text says what was refused and what would help."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where AWS is for this process. `access_key` is None where a role gives the keys."""

    region: str
    endpoint: str | None
    access_key: tuple[str, str] | None


def read_secret(place: Place, secret_id: str) -> Mapping[str, str]:
    """The texts of the shop's secret by name. SecretsUnread if it is away, refused or no JSON object."""
    answer = _call(
        place,
        "secretsmanager",
        "get_secret_value",
        {"SecretId": secret_id},
        f"Allow secretsmanager:GetSecretValue on {secret_id}, and check XPRESSBUY_SECRET_ID.",
    )
    try:
        found = json.loads(answer.get("SecretString", ""))
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise SecretsUnread(f'The secret {secret_id} is no JSON object. Write it as {{"cookie_keys": "…"}}.')
    return {name: value for name, value in found.items() if isinstance(value, str)}


def read_client_secret(place: Place, user_pool_id: str, client_id: str) -> str:
    """The app client's secret, from the user pool that made it. SecretsUnread if it is away, refused or has none."""
    answer = _call(
        place,
        "cognito-idp",
        "describe_user_pool_client",
        {"UserPoolId": user_pool_id, "ClientId": client_id},
        f"Allow cognito-idp:DescribeUserPoolClient on {user_pool_id}, and check XPRESSBUY_USER_POOL_CLIENT_ID.",
    )
    secret = answer["UserPoolClient"].get("ClientSecret", "")
    if not secret:
        raise SecretsUnread(f"The app client {client_id} has no secret. Use the client that the data stack made.")
    return str(secret)


def _call(place: Place, service: str, operation: str, arguments: Mapping[str, str], advice: str) -> dict[str, Any]:
    try:
        answer: dict[str, Any] = getattr(_client(place, service), operation)(**arguments)
    except ClientError as error:
        code = str(error.response.get("Error", {}).get("Code", ""))[:80]
        status = int(error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", _TRANSIENT))
        help_ = "It may pass: start again." if status >= _TRANSIENT else advice
        raise SecretsUnread(f"{service} said {code or status}. {help_}") from None
    except BotoCoreError as error:
        raise SecretsUnread(
            f"{service} could not be asked ({type(error).__name__}). Check AWS_REGION, the network and the role."
        ) from None
    return answer


def _client(place: Place, service: str) -> Any:  # noqa: ANN401 - the SDK's clients are made at run time
    key, secret = place.access_key or (None, None)
    return Session().create_client(
        service,
        region_name=place.region,
        endpoint_url=place.endpoint,
        aws_access_key_id=key,
        aws_secret_access_key=secret,
        config=Config(
            connect_timeout=CONNECT_SECONDS_MAX,
            read_timeout=READ_SECONDS_MAX,
            retries={"total_max_attempts": ATTEMPTS_MAX, "mode": "standard"},
        ),
    )
