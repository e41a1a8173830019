"""The shop's one secret: a JSON object of named texts, which the processes read themselves when they start."""

from __future__ import annotations

import string

from aws_cdk import Fn
from aws_cdk import aws_secretsmanager as secretsmanager
from constructs import Construct

from infra.shop_stack import accept

KEY_CHARACTERS = 43
"""Letters and digits of base64 for 32 bytes, without the padding: 6 bits each, 256 of the 258 bits are used."""


def add_secret(scope: Construct) -> secretsmanager.CfnSecret:
    """`ShopSecret` with a first key for cookies. Nobody sees it: neither the template nor a parameter holds it."""
    secret = secretsmanager.CfnSecret(
        scope,
        "ShopSecret",
        description=Fn.sub("What ${ShopName} keeps to itself, a JSON object"),
        generate_secret_string=secretsmanager.CfnSecret.GenerateSecretStringProperty(
            secret_string_template="{}",  # noqa: S106 - the object that the key is put into
            generate_string_key="cookie_keys",
            password_length=KEY_CHARACTERS,
            exclude_punctuation=True,
            # The same once more for what does not know the line above.
            exclude_characters=string.punctuation,
            include_space=False,
        ),
    )
    accept(
        secret,
        ["AwsSolutions-SMG4"],
        "A new cookie key has to live beside the old one until every session is sealed anew, so a person rotates it; "
        "docs/operate.md says how.",
    )
    return secret
