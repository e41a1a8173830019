"""What the commands say when they are through: the address, what to do next, how the shop stands. Words only."""

from __future__ import annotations

from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from xpressbuy.cloud.account import Cloud
from xpressbuy.cloud.options import Options
from xpressbuy.cloud.senders import is_verified
from xpressbuy.cloud.stacks import Stack
from xpressbuy.cloud.status import Status

STATES = {
    "none": "not deployed",
    "running": "running",
    "paused": "paused",
    "changing": "being changed at this moment",
    "broken": "not whole; `xpressbuy cloud deploy` mends it",
}
CODES = {
    "cognito": "for people come from Cognito, 50 a day; a deploy moves them to SES once it may write to anybody",
    "ses": "for people come from the shop's address, by SES",
}


def next_steps(cloud: Cloud, options: Options, data: Stack) -> list[str]:
    """What a person has to do after a deploy, as far as it is not done yet."""
    steps = [*_mail_steps(cloud, options, data)]
    if data.parameters.get("PeopleMail") == "cognito":
        when = "When that is done, deploy again" if steps else "Deploy once more"
        steps.append(
            f"{when}: the codes that people sign up with then come by SES too. Until then Cognito sends them itself, "
            "about 50 a day."
        )
    named = f" --shop {cloud.shop}" if cloud.shop != "xpressbuy" else ""
    steps.append(
        "Products:\n"
        f"     mkdir -p {cloud.shop} && xpressbuy cloud settings{named} > {cloud.shop}/shop.env\n"
        f"     xpressbuy catalog import --data-dir {cloud.shop} products.csv"
    )
    pool = data.outputs.get("UserPoolId", "")
    if not _has_operator(cloud, pool):
        steps.append(
            "The first operator: sign up in the shop, then\n"
            f"     aws cognito-idp admin-add-user-to-group --region {cloud.region} --user-pool-id {pool} "
            "--group-name operators --username YOUR-ADDRESS"
        )
    if options.alarm_email:
        steps.append(f"AWS has asked {options.alarm_email} to confirm alarms; they come only after that.")
    else:
        steps.append("Nobody hears of alarms yet: `xpressbuy cloud deploy --alarm-email you@your-domain.com`")
    return steps


def _mail_steps(cloud: Cloud, options: Options, data: Stack) -> list[str]:
    mails: Any = cloud.client("sesv2")
    steps = []
    try:
        steps += _verification(mails, options.mail_sender or "", data.parameters.get("DomainName", ""))
        if not mails.get_account().get("ProductionAccessEnabled", False):
            steps.append(
                "SES still holds your account in its sandbox: mails go only to verified addresses. Ask for production "
                f"access once: https://console.aws.amazon.com/ses/home?region={cloud.region}#/account"
            )
    except (ClientError, BotoCoreError):
        steps.append("Look in SES whether the sender's address is verified and the account has left the sandbox.")
    return steps


def _verification(mails: Any, address: str, domain: str) -> list[str]:  # noqa: ANN401 - boto3's clients are made at run time
    """`domain` is the identity that the stack has made, verified by records; without it that is the address itself.

    A domain that the owner has verified before lets order mails out, but Cognito is told of the stack's identity.
    """
    if is_verified(mails, domain or address):
        return []
    if domain:
        return [
            f"AWS looks for its records in the zone of {domain}, mostly within the hour. Until then no mail goes out."
        ]
    if is_verified(mails, address.partition("@")[2]):
        return [f"Open the link that AWS has mailed to {address}. Order mails go out already, by its domain."]
    return [f"Open the link that AWS has mailed to {address}. Until then no mail goes out."]


def _has_operator(cloud: Cloud, pool: str) -> bool:
    try:
        found: Any = cloud.client("cognito-idp").list_users_in_group(UserPoolId=pool, GroupName="operators", Limit=1)
    except ClientError:
        return False
    return bool(found["Users"])


def status_lines(cloud: Cloud, status: Status) -> list[str]:
    """`xpressbuy cloud status`."""
    lines = [f"Shop       {cloud.shop} in {cloud.region}", f"State      {STATES[status.state]}"]
    if status.profile:
        lines.append(f"Profile    {status.profile}")
    if status.address:
        lines.append(f"Address    {status.address}")
    for position, (name, region, state) in enumerate(status.stacks):
        title = "Stacks" if position == 0 else ""
        lines.append(f"{title:<10} {name:<26} {region:<15} {state.replace('_', ' ').lower()}")
    for position, (name, running, wanted) in enumerate(status.tasks):
        lines.append(f"{'Tasks' if position == 0 else '':<10} {name}: {running} of {wanted} run")
    if status.function:
        lines.append(f"Function   {status.function}")
    if status.image:
        lines.append(f"Image      {status.image.rpartition('/')[2]}")
    if status.stacks:
        lines.append(f"Alarms     {', '.join(status.alarms) or 'none'}")
    if status.people_mail:
        lines.append(f"Codes      {CODES[status.people_mail]}")
    if status.failed_mails:
        lines.append(f"Mails      {status.failed_mails} failed; the sweep tries again every 5 minutes")
    lines.append("Cost       `xpressbuy cloud cost` estimates a month")
    return lines
