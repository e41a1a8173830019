"""What a process reads at start, from the local AWS: the shop's secret and the app client's."""

from __future__ import annotations

import json
import secrets
import string
from collections.abc import Callable, Iterator

import pytest
from pydantic import ValidationError
from tests.conftest import ORIGIN

from xpressbuy.aws.secrets import SecretsUnread
from xpressbuy.local.emulator import ACCESS_KEY, REGION, SECRET_KEY, Emulator, free_port
from xpressbuy.local.stack import client, new_cookie_key
from xpressbuy.settings import Settings
from xpressbuy.wiring import complete_settings

pytestmark = pytest.mark.cloud
LETTERS = string.ascii_letters + string.digits


@pytest.fixture
def keep(cloud: Emulator) -> Iterator[Callable[[str], str]]:
    """Makes a secret of a text and gives its ARN."""
    manager, made = client("secretsmanager", cloud.url), []

    def make(text: str) -> str:
        made.append(manager.create_secret(Name=f"shop-{secrets.token_hex(4)}", SecretString=text)["ARN"])
        return str(made[-1])

    yield make
    for arn in made:
        manager.delete_secret(SecretId=arn, ForceDeleteWithoutRecovery=True)


def bare(endpoint: str, **more: object) -> Settings:
    return Settings.model_validate(
        {
            "aws_region": REGION,
            "aws_endpoint_url": endpoint,
            "aws_access_key_id": ACCESS_KEY,
            "aws_secret_access_key": SECRET_KEY,
            "environment": "local",
            "public_url": ORIGIN,
            **more,
        }
    )


def generated() -> str:
    """As CloudFormation generates one: 43 letters and digits."""
    return "".join(secrets.choice(LETTERS) for _ in range(43))


def test_keys_come_from_the_secret_newest_first(cloud: Emulator, keep: Callable[[str], str]) -> None:
    new, old = generated(), new_cookie_key()
    settings = bare(cloud.url, secret_id=keep(json.dumps({"cookie_keys": f"{new},{old}", "later": "x"})))
    with pytest.raises(ValueError, match="not set"):
        settings.secret_keys()
    completed = complete_settings(settings)
    assert [key.get_secret_value() for key in completed.cookie_keys] == [new, old]
    assert [len(key) for key in completed.secret_keys()] == [32, 32]
    assert new not in repr(completed)
    assert completed.model_copy(update={"cookie_keys": ()}) == settings


def test_a_key_that_is_set_counts_and_nothing_is_asked() -> None:
    settings = bare(f"http://localhost:{free_port()}", secret_id="absent", cookie_keys=(new_cookie_key(),))
    assert complete_settings(settings) is settings


def test_the_app_client_tells_its_secret(cloud: Emulator) -> None:
    idp = client("cognito-idp", cloud.url)
    pool = idp.create_user_pool(PoolName="people")["UserPool"]["Id"]
    made = idp.create_user_pool_client(UserPoolId=pool, ClientName="shop", GenerateSecret=True)["UserPoolClient"]
    settings = bare(cloud.url, user_pool_id=pool, user_pool_client_id=made["ClientId"])
    assert complete_settings(settings).user_pool_client_secret.get_secret_value() == made["ClientSecret"]
    public = idp.create_user_pool_client(UserPoolId=pool, ClientName="page", GenerateSecret=False)["UserPoolClient"]
    with pytest.raises(SecretsUnread, match="has no secret"):
        complete_settings(bare(cloud.url, user_pool_id=pool, user_pool_client_id=public["ClientId"]))
    with pytest.raises(SecretsUnread, match="Allow cognito-idp:DescribeUserPoolClient"):
        complete_settings(bare(cloud.url, user_pool_id=pool, user_pool_client_id="absent"))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("plain text", "no JSON object"),
        ("[]", "no JSON object"),
        ("{}", "has no cookie_keys"),
        ('{"cookie_keys": 3}', "has no cookie_keys"),
        ('{"cookie_keys": "planted"}', "cannot be used"),
        (json.dumps({"cookie_keys": "planted" * 6 + "x,"}), None),
        (json.dumps({"cookie_keys": ",".join(["a" * 43] * 3)}), "cannot be used"),
    ],
)
def test_a_useless_secret_is_named_and_not_shown(
    cloud: Emulator, keep: Callable[[str], str], text: str, said: str | None
) -> None:
    settings = bare(cloud.url, secret_id=keep(text))
    if said is None:
        assert len(complete_settings(settings).secret_keys()) == 1
        return
    with pytest.raises(SecretsUnread, match=said) as refused:
        complete_settings(settings)
    assert settings.secret_id in str(refused.value)
    assert "planted" not in str(refused.value)


def test_an_absent_secret_says_what_to_allow(cloud: Emulator) -> None:
    with pytest.raises(SecretsUnread, match="Allow secretsmanager:GetSecretValue on absent"):
        complete_settings(bare(cloud.url, secret_id="absent"))


def test_no_answer_says_where_to_look() -> None:
    with pytest.raises(SecretsUnread, match="could not be asked"):
        complete_settings(bare(f"http://localhost:{free_port()}", secret_id="shop"))


@pytest.mark.parametrize("key", ["a" * 42, "a" * 44, "a" * 42 + "!", "a" * 43 + "=="])
def test_a_key_of_another_length_is_refused(key: str) -> None:
    with pytest.raises(ValidationError):
        Settings(cookie_keys=(key,))
