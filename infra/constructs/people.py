"""The people: a user pool, its sign-in pages, the shop's own client, and the groups that run the shop."""

from __future__ import annotations

from dataclasses import dataclass

from aws_cdk import Aws, CfnCondition, Fn, IResolvable, RemovalPolicy
from aws_cdk import aws_cognito as cognito
from constructs import Construct

from infra.shop_stack import accept

PASSWORD_LENGTH_MIN = 8
ACCESS_TOKEN_MINUTES = 5
"""So that a session that was ended is over within minutes, whatever a process may have cached."""
REFRESH_TOKEN_DAYS = 30
BY_COGNITO, BY_SES = "cognito", "ses"
"""Who sends the mails with codes. Cognito needs nothing for it and stops after about 50 a day."""
_CODE_MAIL = (
    "Your code for ${ShopTitle} is {####}. It works for one day. If you did not ask for it, you need not do anything."
)


@dataclass(frozen=True, slots=True)
class People:
    """What the outputs name."""

    pool: cognito.CfnUserPool
    domain: cognito.CfnUserPoolDomain
    client: cognito.CfnUserPoolClient


@dataclass(frozen=True, slots=True)
class CodeMails:
    """How codes reach people, as parameters: `by` is one of the two above, the rest is for SES alone."""

    by: str
    name: str
    """What stands before the address, as a header has it."""
    address: str
    identity: str
    """SES's identity that the address belongs to."""


def add_people(scope: Construct, *, shop_name: str, public_url: str, mails: CodeMails) -> People:
    """`People`, `PeopleDomain`, `ShopClient`, `Operators` and `Support`. The pool stays when its stack goes."""
    pool = _pool(scope, shop_name, mails)
    domain = cognito.CfnUserPoolDomain(
        scope, "PeopleDomain", domain=Fn.sub("${ShopName}-${AWS::AccountId}"), user_pool_id=pool.ref
    )
    client = cognito.CfnUserPoolClient(
        scope,
        "ShopClient",
        client_name="shop",
        user_pool_id=pool.ref,
        generate_secret=True,
        allowed_o_auth_flows_user_pool_client=True,
        allowed_o_auth_flows=["code"],
        allowed_o_auth_scopes=["openid", "email", "profile"],
        supported_identity_providers=["COGNITO"],
        callback_ur_ls=[f"{public_url}/auth/callback"],
        logout_ur_ls=[f"{public_url}/"],
        explicit_auth_flows=["ALLOW_REFRESH_TOKEN_AUTH"],
        access_token_validity=ACCESS_TOKEN_MINUTES,
        id_token_validity=ACCESS_TOKEN_MINUTES,
        refresh_token_validity=REFRESH_TOKEN_DAYS,
        token_validity_units=cognito.CfnUserPoolClient.TokenValidityUnitsProperty(
            access_token="minutes",  # noqa: S106 - a unit of time
            id_token="minutes",  # noqa: S106 - a unit of time
            refresh_token="days",  # noqa: S106 - a unit of time
        ),
        prevent_user_existence_errors="ENABLED",
        enable_token_revocation=True,
    )
    cognito.CfnUserPoolGroup(
        scope, "Operators", group_name="operators", user_pool_id=pool.ref, description="Run the shop", precedence=1
    )
    cognito.CfnUserPoolGroup(
        scope,
        "Support",
        group_name="support",
        user_pool_id=pool.ref,
        description="Read, cancel and refund",
        precedence=2,
    )
    return People(pool, domain, client)


def _sent_by(scope: Construct, mails: CodeMails) -> IResolvable:
    """With SES, Cognito sends by a role of its own, AWSServiceRoleForAmazonCognitoIdpEmailService.

    It makes that role when a pool is first told to use SES, if who deploys may do iam:CreateServiceLinkedRole. So the
    identity needs no policy; it has to be of the same account, and here it is of the same region. The shop's
    configuration set is left out, since its events are read as those of order mails.
    """
    by_ses = CfnCondition(scope, "CodesBySes", expression=Fn.condition_equals(mails.by, BY_SES))
    identity = f"arn:{Aws.PARTITION}:ses:{Aws.REGION}:{Aws.ACCOUNT_ID}:identity/{mails.identity}"
    own = {"EmailSendingAccount": "DEVELOPER", "From": f"{mails.name} <{mails.address}>", "SourceArn": identity}
    return Fn.condition_if(by_ses.logical_id, own, {"EmailSendingAccount": "COGNITO_DEFAULT"})


def _pool(scope: Construct, shop_name: str, mails: CodeMails) -> cognito.CfnUserPool:
    pool = cognito.CfnUserPool(
        scope,
        "People",
        user_pool_name=shop_name,
        username_attributes=["email"],
        username_configuration=cognito.CfnUserPool.UsernameConfigurationProperty(case_sensitive=False),
        auto_verified_attributes=["email"],
        schema=[
            cognito.CfnUserPool.SchemaAttributeProperty(
                name=name, attribute_data_type="String", required=required, mutable=True
            )
            for name, required in (("email", True), ("name", False))
        ],
        policies=cognito.CfnUserPool.PoliciesProperty(
            password_policy=cognito.CfnUserPool.PasswordPolicyProperty(
                minimum_length=PASSWORD_LENGTH_MIN,
                require_lowercase=False,
                require_uppercase=False,
                require_numbers=False,
                require_symbols=False,
            )
        ),
        account_recovery_setting=cognito.CfnUserPool.AccountRecoverySettingProperty(
            recovery_mechanisms=[cognito.CfnUserPool.RecoveryOptionProperty(name="verified_email", priority=1)]
        ),
        verification_message_template=cognito.CfnUserPool.VerificationMessageTemplateProperty(
            default_email_option="CONFIRM_WITH_CODE",
            email_subject=Fn.sub("Your code for ${ShopTitle}"),
            email_message=Fn.sub(_CODE_MAIL),
        ),
        email_configuration=_sent_by(scope, mails),
        deletion_protection="ACTIVE",
    )
    pool.apply_removal_policy(RemovalPolicy.RETAIN)
    accept(
        pool,
        ["AwsSolutions-COG1"],
        "Length decides; rules about the kinds of letters make people choose worse passwords (NIST SP 800-63B, "
        "OWASP ASVS 6.2.5).",
    )
    accept(
        pool,
        ["AwsSolutions-COG2"],
        "A shopper is not to be forced to a second factor to buy a scarf. Guessing is slowed by Cognito's lock-out "
        "and by the shop's own limits.",
    )
    accept(
        pool,
        ["AwsSolutions-COG8"],
        "The Plus tier is paid for each person of the month; a small shop's people fit the free allowance below it.",
    )
    return pool
