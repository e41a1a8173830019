"""Secrets Manager and Cognito at start: the secrets that no template, image or environment variable holds.

Read once, before anything is served; nothing here keeps or logs a value.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from xpressbuy.aws import signed
from xpressbuy.aws.signed import Place, Unreachable


class SecretsUnread(Exception):
    """The shop cannot start as it is set up. Its text says what was refused and what would help."""


def read_secret(place: Place, secret_id: str) -> Mapping[str, str]:
    """The texts of the shop's secret by name. SecretsUnread if it is away, refused or no JSON object."""
    answer = _call(
        place,
        "secretsmanager",
        "secretsmanager.GetSecretValue",
        {"SecretId": secret_id},
        f"Allow secretsmanager:GetSecretValue on {secret_id}, and check XPRESSBUY_SECRET_ID.",
    )
    try:
        found = json.loads(answer.get("SecretString", ""))
    except (TypeError, ValueError):
        found = None
    if not isinstance(found, dict):
        raise SecretsUnread(f'The secret {secret_id} is no JSON object. Write it as {{"cookie_keys": "…"}}.')
    return {name: value for name, value in found.items() if isinstance(value, str)}


def read_client_secret(place: Place, user_pool_id: str, client_id: str) -> str:
    """The app client's secret, from the user pool that made it. SecretsUnread if it is away, refused or has none."""
    answer = _call(
        place,
        "cognito-idp",
        "AWSCognitoIdentityProviderService.DescribeUserPoolClient",
        {"UserPoolId": user_pool_id, "ClientId": client_id},
        f"Allow cognito-idp:DescribeUserPoolClient on {user_pool_id}, and check XPRESSBUY_USER_POOL_CLIENT_ID.",
    )
    described = answer.get("UserPoolClient", {})
    secret = described.get("ClientSecret", "") if isinstance(described, dict) else ""
    if not secret:
        raise SecretsUnread(f"The app client {client_id} has no secret. Use the client that the data stack made.")
    return str(secret)


def _call(place: Place, service: str, target: str, arguments: Mapping[str, str], advice: str) -> dict[str, Any]:
    try:
        answer = signed.call(place, service, target, arguments)
    except Unreachable as reason:
        raise SecretsUnread(
            f"{service} could not be asked ({reason}). Check AWS_REGION, the network and the role, and start again."
        ) from None
    if answer.status >= 400:
        raise SecretsUnread(f"{service} said {answer.error or answer.status}. {advice}")
    try:
        said = json.loads(answer.body)
    except ValueError:
        said = None
    return said if isinstance(said, dict) else {}
