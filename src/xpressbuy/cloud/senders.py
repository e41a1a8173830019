"""Who the shop's mails come from, as SES knows it, and whether Cognito may send its codes by SES. Reads only."""

from __future__ import annotations

from typing import Any, Literal, cast

from botocore.exceptions import BotoCoreError, ClientError

from xpressbuy.aws.mail import mailbox
from xpressbuy.cloud.account import Cloud, error_code
from xpressbuy.cloud.options import Options
from xpressbuy.cloud.problem import CloudProblem
from xpressbuy.cloud.stacks import Stack

PeopleMail = Literal["cognito", "ses"]


def mail_parameters(cloud: Cloud, options: Options, data: Stack | None) -> dict[str, str]:
    """What the data stack alone is given: the sender's domain if its zone is known, and who sends codes.

    CloudProblem if the shop's domain does not lie in its zone, ClientError if there is no such zone.
    """
    sender, domain = options.mail_sender or "", ""
    if options.domain and options.hosted_zone:
        zone = _zone_name(cloud, options.hosted_zone)
        if not lies_in(options.domain, zone):
            raise CloudProblem(f"--domain {options.domain} does not lie in the hosted zone of {zone}. Give that of it.")
        domain = mail_domain(sender, zone)
    before = cast("PeopleMail", data.parameters.get("PeopleMail", "cognito") if data else "cognito")
    given = {
        "DomainName": domain,
        "HostedZoneId": options.hosted_zone or "" if domain else "",
        "PeopleMail": choose_people_mail(cloud, domain or sender, before),
    }
    if options.title:
        given["PeopleMailName"] = mailbox(options.title, sender).removesuffix(f" <{sender}>")
    return given


def mail_domain(sender: str, zone: str) -> str:
    """The sender's domain if its records belong into this zone, else "".

    What counts is the zone, not the shop's domain: a shop at shop.example.com writes as shop@example.com, and both lie
    in the zone of example.com. SES signs for the domain that stands in the address.
    """
    domain = sender.rpartition("@")[2].lower()
    return domain if lies_in(domain, zone) else ""


def lies_in(domain: str, zone: str) -> bool:
    """Whether a name is a zone's own or one below it."""
    return domain == zone or domain.endswith(f".{zone}")


def choose_people_mail(cloud: Cloud, identity: str, before: PeopleMail) -> PeopleMail:
    """`ses` once SES lets this identity write to anybody, and from then on as long as the identity is verified.

    An account that is put back into the sandbox changes nothing: Cognito's own mails would not be better for it.
    """
    mails: Any = cloud.client("sesv2")
    try:
        if not is_verified(mails, identity):
            return "cognito"
        if before == "ses" or mails.get_account().get("ProductionAccessEnabled", False):
            return "ses"
    except (ClientError, BotoCoreError):
        # Who may not ask SES must not move anything by that.
        return before
    return "cognito"


def is_verified(mails: Any, identity: str) -> bool:  # noqa: ANN401 - boto3's clients are made at run time
    """Whether SES has this identity and sends for it. ClientError if it does not tell."""
    try:
        return bool(mails.get_email_identity(EmailIdentity=identity).get("VerifiedForSendingStatus"))
    except ClientError as error:
        if error_code(error) == "NotFoundException":
            return False
        raise


def _zone_name(cloud: Cloud, zone: str) -> str:
    found = cloud.client("route53").get_hosted_zone(Id=zone)["HostedZone"]["Name"]
    return str(found).rstrip(".").lower()
