"""The settings: one frozen object, read once, and the only reader of the environment.

AWS's own names are taken as every AWS tool has them; the shop's begin with `XPRESSBUY_`. Each has a sentence in
`docs/settings.md`.
"""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AliasChoices, Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from xpressbuy.alive import PORT_OF_ROLE

KEY_BYTES = 32
Role = Literal["all", "web", "api"]


class Settings(BaseSettings):
    """Everything that differs between two shops or two machines."""

    model_config = SettingsConfigDict(
        env_prefix="XPRESSBUY_", frozen=True, extra="ignore", populate_by_name=True, hide_input_in_errors=True
    )

    aws_region: str = Field(
        "us-east-1",
        validation_alias=AliasChoices("aws_region", "AWS_REGION", "AWS_DEFAULT_REGION"),
        description="The AWS region of the shop.",
    )
    aws_endpoint_url: str | None = Field(
        None,
        validation_alias=AliasChoices("aws_endpoint_url", "AWS_ENDPOINT_URL"),
        description="Another address for all AWS services; unset on AWS.",
    )
    aws_endpoint_url_dynamodb: str | None = Field(
        None,
        validation_alias=AliasChoices("aws_endpoint_url_dynamodb", "AWS_ENDPOINT_URL_DYNAMODB"),
        description="Another address for DynamoDB alone.",
    )
    aws_access_key_id: str = Field(
        "",
        validation_alias=AliasChoices("aws_access_key_id", "AWS_ACCESS_KEY_ID"),
        description="A fixed access key, for local runs; on AWS the task's role is used.",
    )
    aws_secret_access_key: SecretStr = Field(
        SecretStr(""),
        validation_alias=AliasChoices("aws_secret_access_key", "AWS_SECRET_ACCESS_KEY"),
        description="The secret of the fixed access key.",
    )
    aws_session_token: SecretStr = Field(
        SecretStr(""),
        validation_alias=AliasChoices("aws_session_token", "AWS_SESSION_TOKEN"),
        description="Set by AWS beside a role's temporary key; then the role is asked for keys.",
    )
    dynamodb_seconds_max: float = Field(2.0, gt=0, le=30, description="How long one DynamoDB call may take.")
    environment: Literal["production", "local"] = Field(
        "production", description="`local` allows http and the pages under /dev; anything else is production."
    )
    role: Role = Field("all", description="What this process serves: `web`, `api` or `all`.")
    host: str = Field(
        "0.0.0.0",  # noqa: S104 - a container's door is open to its network; the security group decides who comes
        description="The address that the server listens on.",
    )
    port: int | None = Field(
        None, ge=1, le=65535, description="Where it listens; if not set, 8000 for the role `api` and 3000 for others."
    )
    drain_seconds: float = Field(
        12.0,
        ge=0,
        le=30,
        description="How long it serves on after SIGTERM while `/readyz` sends the load balancer away.",
    )
    stop_seconds: float = Field(
        25.0, gt=0, le=25, description="How long after that the requests under way may take before they are cut."
    )
    public_url: str = Field(
        "http://localhost:3000", description="The shop's own origin, scheme and host, without a path."
    )
    table_name: str = Field("xpressbuy", description="The DynamoDB table.")
    images_bucket: str = Field("xpressbuy-images", description="The S3 bucket of the pictures.")
    images_url: str = Field("", description="Origin that serves the pictures; empty means the shop's own origin.")
    user_pool_id: str = Field("", description="The Cognito user pool.")
    user_pool_client_id: str = Field("", description="The confidential app client of the pool.")
    user_pool_client_secret: SecretStr = Field(SecretStr(""), description="The app client's secret.")
    identity_url: str = Field(
        "", description="The Cognito domain, for example https://shop.auth.us-east-1.amazoncognito.com."
    )
    jwks_url: str = Field("", description="Where the pool's public keys are; empty means Cognito's own address.")
    cookie_keys: Annotated[tuple[SecretStr, ...], NoDecode] = Field(
        (),
        description="One or two base64 keys of 32 bytes, newest first, separated by commas: cookies and cursors.",
    )
    secret_id: str = Field(
        "",
        max_length=2048,
        description="Name or ARN of the Secrets Manager secret that holds `cookie_keys`; read if they are not set.",
    )
    origin_secret: SecretStr = Field(
        SecretStr(""),
        description="What `X-Origin-Verify` must say, if set: then nobody is answered who comes past CloudFront.",
    )
    shop_name: str = Field("XpressBuy", description="The shop's name in titles and mails.")
    edit_title: str = Field("The edit", max_length=60, description="The headline of the home page.")
    edit_text: str = Field(
        "Three things we would pick first right now.",
        max_length=200,
        description="The sentence below it; the products there are the newest three with the tag `edit`.",
    )
    trusted_proxies: int = Field(
        0,
        ge=0,
        le=5,
        description="Proxies in front that add to `X-Forwarded-For`: 2 with CloudFront and the ALB, 0 with a function.",
    )
    currency: str = Field("USD", description="The one currency of the shop, ISO 4217.")
    country: str = Field("US", description="Where the shop is, ISO 3166; its shipping estimate before an address.")
    locale: str = Field("en_US", description="How the server writes money and dates in mails.")
    mail_sender: str = Field("orders@xpressbuy.example", description="The verified address that mails come from.")
    mail_configuration_set: str = Field("", description="The SES configuration set, if any.")
    support_email: str = Field("help@xpressbuy.example", description="Where shoppers reach the shop.")
    feed_poll_seconds: float = Field(1.0, gt=0, le=60, description="How often the catalogue feed is read.")
    snapshot: Literal["auto", "on", "off"] = Field(
        "auto",
        description="Whether a copy of the catalogue is kept in `images_bucket` for quick starts; `auto`: on AWS.",
    )
    web_dist: Path = Field(Path("web/storefront/dist"), description="The built storefront.")
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        "INFO", description="The least level that is logged."
    )

    @field_validator("cookie_keys", mode="before")
    @classmethod
    def _split_keys(cls, value: object) -> object:
        if isinstance(value, str):
            return tuple(part.strip() for part in value.split(",") if part.strip())
        return value

    @model_validator(mode="after")
    def _refuse_unsafe(self) -> Settings:
        for key in self.cookie_keys:
            if len(_key_bytes(key)) != KEY_BYTES:
                raise ValueError("each of XPRESSBUY_COOKIE_KEYS must be 32 bytes in base64")
        if len(self.cookie_keys) > 2:
            raise ValueError("at most two XPRESSBUY_COOKIE_KEYS: the new one and the one it replaces")
        if self.public_url.endswith("/") or "://" not in self.public_url:
            raise ValueError("XPRESSBUY_PUBLIC_URL is a scheme and a host, without a slash at the end")
        return self

    @property
    def dynamodb_endpoint(self) -> str | None:
        """DynamoDB's own override, else the general one."""
        return self.aws_endpoint_url_dynamodb or self.aws_endpoint_url

    @property
    def listen_port(self) -> int:
        """Where the server listens: as set, else as the role has it."""
        return self.port or PORT_OF_ROLE[self.role]

    @property
    def issuer(self) -> str:
        """`iss` of the pool's tokens, exactly as Cognito writes it."""
        return f"https://cognito-idp.{self.aws_region}.amazonaws.com/{self.user_pool_id}"

    @property
    def is_local(self) -> bool:
        """Whether this is a local run."""
        return self.environment == "local"

    @property
    def keeps_snapshots(self) -> bool:
        """Whether a snapshot of the catalogue is read and written. Locally the table may forget what it knew of."""
        return self.snapshot == "on" or (self.snapshot == "auto" and not self.is_local)

    @property
    def access_key(self) -> tuple[str, str] | None:
        """Key id and secret, unless a session token says that they belong to a role."""
        if not self.aws_access_key_id or self.aws_session_token.get_secret_value():
            return None
        return self.aws_access_key_id, self.aws_secret_access_key.get_secret_value()

    def secret_keys(self) -> tuple[bytes, ...]:
        """The cookie keys as bytes, newest first. ValueError if there is none."""
        if not self.cookie_keys:
            raise ValueError("XPRESSBUY_COOKIE_KEYS is not set")
        return tuple(map(_key_bytes, self.cookie_keys))


def _key_bytes(key: SecretStr) -> bytes:
    """A key as bytes. CloudFormation generates 43 letters and digits, which are 32 bytes without their padding."""
    text = key.get_secret_value()
    return base64.b64decode(text + "=" * (-len(text) % 4), validate=True)


def explain(error: ValidationError) -> str:
    """What is wrong with the settings, one sentence for each, by the variables' names and without their values."""
    return " ".join(f"{_said(detail['loc'], detail['msg'])}." for detail in error.errors(include_input=False))


def _said(location: tuple[int | str, ...], message: str) -> str:
    message = message.removeprefix("Value error, ").rstrip(".")
    if not location:
        return message
    name = str(location[0]).upper()
    known = Settings.model_fields.get(str(location[0]))
    return f"{name if known is None or known.validation_alias else f'XPRESSBUY_{name}'}: {message}"
