"""What a service stack is told: the data stack's outputs by the same names, the shop's facts, and its state.

Also the conditions that follow from them. Both profiles read exactly these, so that one can take the other's place.
"""

from __future__ import annotations

from dataclasses import dataclass

from aws_cdk import CfnCondition, Fn, ICfnConditionExpression

from infra.shop_stack import ShopStack

RUNNING = "running"
PAUSED = "paused"


@dataclass(frozen=True, slots=True)
class ShopFacts:
    """What a process of the shop has to know, each as the value of a parameter."""

    public_url: str
    title: str
    support_email: str
    mail_sender: str
    currency: str
    country: str
    locale: str
    table_name: str
    images_bucket: str
    user_pool_id: str
    user_pool_client_id: str
    identity_url: str
    secret_arn: str


@dataclass(frozen=True, slots=True)
class Holdings:
    """What the data stack keeps and a process may touch: ARNs."""

    table: str
    images: str
    user_pool: str
    secret: str


@dataclass(frozen=True, slots=True)
class FrontFacts:
    """What the front has to know."""

    shop_name: str
    domain: str
    zone: str
    certificate: str
    firewall: str
    origin_secret: str
    price_class: str
    images_domain: str


@dataclass(frozen=True, slots=True)
class Conditions:
    """When a resource exists. The expressions are there to make narrower conditions of."""

    running: CfnCondition
    with_domain: CfnCondition
    with_firewall: CfnCondition
    is_running: ICfnConditionExpression
    has_domain: ICfnConditionExpression


def read_shop(stack: ShopStack) -> tuple[ShopFacts, Holdings]:
    """The parameters about the shop and what it keeps."""
    secret = stack.text("ShopSecretArn", "The secret that holds the cookie keys")
    facts = ShopFacts(
        public_url=stack.text(
            "PublicUrl", "The shop's own origin, scheme and host, without a slash at the end", pattern=r"https?://[^/]+"
        ),
        title=stack.text("ShopTitle", "The shop's name in titles and mails", default="XpressBuy"),
        support_email=stack.text("SupportEmail", "Where shoppers reach the shop", default="help@xpressbuy.example"),
        mail_sender=stack.text("MailSender", "The address that mails come from"),
        currency=stack.text("Currency", "The one currency of the shop", default="USD", pattern="[A-Z]{3}"),
        country=stack.text("Country", "Where the shop is", default="US", pattern="[A-Z]{2}"),
        locale=stack.text("Locale", "How money and dates are written", default="en_US"),
        table_name=stack.text("TableName", "The table"),
        images_bucket=stack.text("ImagesBucket", "The bucket of the pictures"),
        user_pool_id=stack.text("UserPoolId", "The user pool"),
        user_pool_client_id=stack.text("UserPoolClientId", "The confidential client of the user pool"),
        identity_url=stack.text("IdentityUrl", "The origin of the pool's own pages"),
        secret_arn=secret,
    )
    holdings = Holdings(
        table=stack.text("TableArn", "The table's ARN"),
        images=stack.text("ImagesBucketArn", "The ARN of the pictures' bucket"),
        user_pool=stack.text("UserPoolArn", "The user pool's ARN"),
        secret=secret,
    )
    return facts, holdings


def read_front(stack: ShopStack, shop_name: str) -> FrontFacts:
    """The parameters about the front."""
    return FrontFacts(
        shop_name=shop_name,
        domain=stack.text("DomainName", "The shop's own domain name; empty for CloudFront's", default=""),
        zone=stack.text("HostedZoneId", "The Route 53 zone of the domain name; needed with one", default=""),
        certificate=stack.text(
            "EdgeCertificateArn", "The domain's certificate in us-east-1; needed with a domain", default=""
        ),
        firewall=stack.text("WebAclArn", "The firewall in front of CloudFront; empty for none", default=""),
        origin_secret=stack.text(
            "OriginSecret",
            "What CloudFront says to the origin, so that nobody else is answered there",
            pattern="[A-Za-z0-9_-]{32,128}",
            secret=True,
        ),
        price_class=stack.text(
            "PriceClass",
            "Where CloudFront answers: 100 is America and Europe, 200 adds Asia, All is everywhere",
            default="PriceClass_100",
            allowed=["PriceClass_100", "PriceClass_200", "PriceClass_All"],
        ),
        images_domain=stack.text("ImagesBucketDomain", "The regional host name of the pictures' bucket"),
    )


def add_conditions(stack: ShopStack, state: str, front: FrontFacts) -> Conditions:
    """The conditions, under their own names."""
    is_running = Fn.condition_equals(state, RUNNING)
    # A domain without its certificate would be a front that browsers refuse.
    has_domain = Fn.condition_and(
        *(Fn.condition_not(Fn.condition_equals(it, "")) for it in (front.domain, front.certificate))
    )
    has_firewall = Fn.condition_not(Fn.condition_equals(front.firewall, ""))
    return Conditions(
        running=CfnCondition(stack, "Running", expression=is_running),
        with_domain=CfnCondition(stack, "WithDomain", expression=has_domain),
        with_firewall=CfnCondition(stack, "WithFirewall", expression=has_firewall),
        is_running=is_running,
        has_domain=has_domain,
    )
