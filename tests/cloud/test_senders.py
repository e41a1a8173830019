"""Who the mails come from: whose identity SES is given, and when Cognito's codes go through SES too."""

from __future__ import annotations

from typing import Any

import pytest
from botocore.exceptions import ClientError
from tests.cloud.conftest import leave_sandbox
from tests.cloud.shell import SENDER, Shell

from xpressbuy.cloud.account import Cloud
from xpressbuy.cloud.deploying import survey
from xpressbuy.cloud.options import Options
from xpressbuy.cloud.problem import CloudProblem
from xpressbuy.cloud.senders import choose_people_mail, mail_domain, mail_parameters
from xpressbuy.cloud.stacks import Stack
from xpressbuy.cloud.telling import next_steps

POOL = {"UserPoolId": "us-east-1_none"}


@pytest.mark.parametrize(
    ("sender", "zone", "domain"),
    [
        ("shop@example.com", "example.com", "example.com"),
        ("shop@Example.com", "example.com", "example.com"),
        ("shop@mail.example.com", "example.com", "mail.example.com"),
        ("shop@example.com", "shop.example.com", ""),
        ("shop@notexample.com", "example.com", ""),
        ("shop@gmail.com", "example.com", ""),
    ],
)
def test_a_domain_is_the_senders_if_its_zone_is_here(sender: str, zone: str, domain: str) -> None:
    assert mail_domain(sender, zone) == domain


@pytest.fixture
def zone(cloud_place: Cloud) -> str:
    made = cloud_place.client("route53").create_hosted_zone(Name="example.com", CallerReference=cloud_place.shop)
    return str(made["HostedZone"]["Id"]).rpartition("/")[2]


@pytest.mark.cloud
def test_the_data_stack_is_told_of_the_mails_domain(cloud_place: Cloud, zone: str) -> None:
    options = Options(domain="shop.example.com", hosted_zone=zone, mail_sender=SENDER, title="Caf\u00e9, Tea")
    given = mail_parameters(cloud_place, options, None)
    assert given == {
        "DomainName": "example.com",
        "HostedZoneId": zone,
        "PeopleMail": "cognito",
        "PeopleMailName": "=?utf-8?q?Caf=C3=A9=2C_Tea?=",
    }
    elsewhere = Options(domain="shop.example.com", hosted_zone=zone, mail_sender="shop@gmail.com")
    assert mail_parameters(cloud_place, elsewhere, None) == {
        "DomainName": "",
        "HostedZoneId": "",
        "PeopleMail": "cognito",
    }
    without = mail_parameters(cloud_place, Options(hosted_zone=zone, mail_sender=SENDER), None)
    assert (without["DomainName"], without["HostedZoneId"]) == ("", "")


@pytest.mark.cloud
def test_a_domain_of_another_zone_is_refused_at_once(cloud_place: Cloud, zone: str) -> None:
    with pytest.raises(CloudProblem, match=r"does not lie in the hosted zone of example\.com"):
        mail_parameters(cloud_place, Options(domain="shop.other.com", hosted_zone=zone, mail_sender=SENDER), None)
    with pytest.raises(ClientError, match="NoSuchHostedZone"):
        mail_parameters(cloud_place, Options(domain="a.example.com", hosted_zone="Z0", mail_sender=SENDER), None)


@pytest.mark.cloud
@pytest.mark.usefixtures("out_of_the_sandbox")
def test_ses_is_taken_once_it_may_and_kept_as_long_as_the_sender_is_verified(cloud_place: Cloud) -> None:
    sender = f"{cloud_place.shop}@example.com"
    mails = cloud_place.client("sesv2")
    assert choose_people_mail(cloud_place, sender, "cognito") == "cognito", "nobody knows the sender"
    mails.create_email_identity(EmailIdentity=sender)
    assert choose_people_mail(cloud_place, sender, "cognito") == "ses"
    leave_sandbox(cloud_place, left=False)
    assert choose_people_mail(cloud_place, sender, "cognito") == "cognito"
    assert choose_people_mail(cloud_place, sender, "ses") == "ses"
    mails.delete_email_identity(EmailIdentity=sender)
    assert choose_people_mail(cloud_place, sender, "ses") == "cognito"


def configuration(cloud: Cloud) -> dict[str, Any]:
    """How the shop's pool sends its mails."""
    data = survey(cloud)["data"]
    assert data is not None
    pool: Any = cloud.client("cognito-idp").describe_user_pool(UserPoolId=data.outputs["UserPoolId"])["UserPool"]
    found: dict[str, Any] = pool["EmailConfiguration"]
    return found


@pytest.mark.cloud
def test_codes_move_to_ses_with_the_deploy_after_the_sandbox(shell: Shell) -> None:
    cloud = shell.cloud
    first = shell.deploy("--profile", "serverless", "--title", "Tea & Toast")
    assert "deploy again: the codes that people sign up with" in first
    assert configuration(cloud) == {"EmailSendingAccount": "COGNITO_DEFAULT"}
    assert "come from Cognito, 50 a day" in shell.ok("status")
    leave_sandbox(cloud, left=True)
    try:
        second = shell.deploy()
    finally:
        leave_sandbox(cloud, left=False)
    assert "the codes that people sign up with" not in second
    account = cloud.account_id()
    assert configuration(cloud) == {
        "EmailSendingAccount": "DEVELOPER",
        "From": f"Tea & Toast <{SENDER}>",
        "SourceArn": f"arn:aws:ses:{cloud.region}:{account}:identity/{SENDER}",
    }
    assert "by SES" in shell.ok("status")
    assert "Nothing to do" in shell.ok("deploy"), "it stays so"
    shell.ok("destroy", "--no-export", "--yes-destroy", cloud.shop)


@pytest.mark.cloud
def test_a_deploy_says_what_the_sender_still_waits_for(cloud_place: Cloud) -> None:
    address, domain = f"post@{cloud_place.shop}.example", f"{cloud_place.shop}.example"
    cloud_place.client("sesv2").create_email_identity(EmailIdentity=domain)

    def first_step(**parameters: str) -> str:
        data = Stack("s", "id", "CREATE_COMPLETE", "", {"PeopleMail": "cognito", **parameters}, POOL, {})
        return next_steps(cloud_place, Options(mail_sender=address), data)[0]

    assert "Order mails go out already" in first_step()
    assert first_step(DomainName=domain).startswith("SES still holds your account in its sandbox")
    assert "looks for its records in the zone of other.example" in first_step(DomainName="other.example")
    cloud_place.client("sesv2").delete_email_identity(EmailIdentity=domain)
    assert first_step() == f"Open the link that AWS has mailed to {address}. Until then no mail goes out."
