"""The two people that a local run knows from the start."""

from __future__ import annotations

from dataclasses import dataclass

from botocore.exceptions import ClientError

from xpressbuy.local.stack import client


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """A sign-in that is printed at the start of a local run."""

    title: str
    email: str
    name: str
    password: str
    group: str | None = None


DEMO_PEOPLE = (
    DemoPerson("Shopper", "asha@example.com", "Asha Rao", "harbour-lantern-7"),
    DemoPerson("Operator", "operator@example.com", "Omar Diaz", "harbour-lantern-9", "operators"),
)


def ensure_people(endpoint: str, user_pool_id: str) -> None:
    """Creates the demo people who are not there yet. A password somebody changed stays as it is."""
    pool = client("cognito-idp", endpoint)
    for person in DEMO_PEOPLE:
        try:
            pool.admin_get_user(UserPoolId=user_pool_id, Username=person.email)
        except ClientError as error:
            if error.response["Error"]["Code"] != "UserNotFoundException":
                raise
        else:
            continue
        pool.admin_create_user(
            UserPoolId=user_pool_id,
            Username=person.email,
            MessageAction="SUPPRESS",
            UserAttributes=[
                {"Name": "email", "Value": person.email},
                {"Name": "email_verified", "Value": "true"},
                {"Name": "name", "Value": person.name},
            ],
        )
        pool.admin_set_user_password(
            UserPoolId=user_pool_id, Username=person.email, Password=person.password, Permanent=True
        )
        if person.group:
            pool.admin_add_user_to_group(UserPoolId=user_pool_id, Username=person.email, GroupName=person.group)
