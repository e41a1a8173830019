"""The data stack: what a shop keeps - table, pictures, people, its secret, its mails - and what watches over it.

It costs next to nothing while nobody asks for anything, and stays when the service stack goes. A local run creates
this very template.
"""

from __future__ import annotations

from aws_cdk import Aws, CfnCondition, Fn
from constructs import Construct

from infra.constructs.images import add_images
from infra.constructs.mail_function import MailCode
from infra.constructs.mails import Mails, add_configuration_set, add_mails, add_senders
from infra.constructs.people import BY_COGNITO, BY_SES, CodeMails, People, add_people
from infra.constructs.secrets import add_secret
from infra.constructs.table import add_table
from infra.constructs.watch import add_budget, add_topic, watch_data
from infra.shop_stack import SHOP_NAME_PATTERN, ShopStack

BUDGET_USD = 60


class DataStack(ShopStack):
    """Reads the parameters, adds the parts, names the outputs."""

    def __init__(self, scope: Construct, name: str) -> None:
        super().__init__(
            scope, name, description="XpressBuy data stack - what a shop keeps - table, pictures, people, order mail"
        )
        shop_name = self.text(
            "ShopName",
            "What names of resources begin with: 3 to 28 small letters, digits and hyphens",
            default="xpressbuy",
            pattern=SHOP_NAME_PATTERN,
        )
        public_url = self.text(
            "PublicUrl", "The shop's own origin, scheme and host, without a slash at the end", pattern=r"https?://[^/]+"
        )
        sender = self.text("MailSender", "Address that mails come from")

        self._table = add_table(self, shop_name)
        self._images = add_images(self)
        mails = self._code_mails(sender)
        self._people = add_people(self, shop_name=shop_name, public_url=public_url, mails=mails)
        self._secret = add_secret(self)
        self._mails = self._add_mails(public_url, sender)
        self._watch()
        self._tell(sender, self._people, self._mails)

    def _code_mails(self, sender: str) -> CodeMails:
        domain = self.text(
            "DomainName",
            "The domain of MailSender if its zone is here; empty: the owner of the one address confirms it by mail",
            default="",
        )
        zone = self.text("HostedZoneId", "The Route 53 zone of DomainName", default="")
        by = self.text(
            "PeopleMail",
            "Who sends codes to people: cognito, about 50 a day, or ses, once it may write to anybody",
            default=BY_COGNITO,
            allowed=[BY_COGNITO, BY_SES],
        )
        name = self.text("PeopleMailName", "The name that ses puts before MailSender, as RFC 5322", default="XpressBuy")
        return CodeMails(by, name, sender, add_senders(self, sender=sender, domain=domain, zone=zone))

    def _add_mails(self, public_url: str, sender: str) -> Mails:
        configuration_set = add_configuration_set(self)
        code = MailCode(
            bucket=self.text("CodeBucket", "Bucket of the release stack, with the code"),
            key=self.text("MailCodeKey", "Key of the mail functions' zip in it"),
            runtime=self.text("FunctionRuntime", "What runs the zip", default="python3.13"),
            architecture=self.text(
                "FunctionArchitecture", "What the zip is built for", default="arm64", allowed=["arm64", "x86_64"]
            ),
            settings={
                "XPRESSBUY_ENVIRONMENT": self.text(
                    "Environment",
                    "local: plain http is allowed",
                    default="production",
                    allowed=["production", "local"],
                ),
                "XPRESSBUY_TABLE_NAME": self._table.ref,
                "XPRESSBUY_PUBLIC_URL": public_url,
                "XPRESSBUY_IMAGES_URL": self.text(
                    "ImagesUrl", "Origin of the pictures; empty: the shop's own", default=""
                ),
                "XPRESSBUY_MAIL_SENDER": sender,
                "XPRESSBUY_MAIL_CONFIGURATION_SET": configuration_set.ref,
                "XPRESSBUY_SHOP_NAME": self.text(
                    "ShopTitle", "The shop's name in titles and mails", default="XpressBuy"
                ),
                "XPRESSBUY_SUPPORT_EMAIL": self.text(
                    "SupportEmail", "Where shoppers reach the shop", default="help@xpressbuy.example"
                ),
                "XPRESSBUY_CURRENCY": self.text("Currency", "The shop's one currency, ISO 4217", default="USD"),
                "XPRESSBUY_LOCALE": self.text("Locale", "How mails write money and dates", default="en_US"),
            },
        )
        return add_mails(self, table=self._table, sender=sender, configuration_set=configuration_set, code=code)

    def _watch(self) -> None:
        address = self.text("AlarmEmail", "Where alarms and the budget's notes go; empty: nowhere", default="")
        limit = self.number("BudgetUsd", "What the account may cost a month, in USD; 0: no budget", default=BUDGET_USD)
        has_address = Fn.condition_not(Fn.condition_equals(address, ""))
        with_address = CfnCondition(self, "WithAlarmEmail", expression=has_address)
        # A budget without an address would tell nobody.
        with_budget = CfnCondition(
            self,
            "WithBudget",
            expression=Fn.condition_and(has_address, Fn.condition_not(Fn.condition_equals(limit, "0"))),
        )
        self._topic = add_topic(self, address, with_address)
        watch_data(self, self._topic, self._mails, self._table)
        add_budget(self, limit, address, with_budget)

    def _tell(self, sender: str, people: People, mails: Mails) -> None:
        self.output("TableName", self._table.ref, "The table")
        self.output("TableArn", self._table.attr_arn, "The table's ARN")
        self.output("ImagesBucket", self._images.ref, "The pictures' bucket")
        self.output("ImagesBucketArn", self._images.attr_arn, "The bucket's ARN")
        self.output("ImagesBucketDomain", self._images.attr_regional_domain_name, "The bucket as CloudFront's origin")
        self.output("UserPoolId", people.pool.ref, "The user pool")
        self.output("UserPoolArn", people.pool.attr_arn, "The user pool's ARN")
        self.output("UserPoolClientId", people.client.ref, "The shop's client of the pool")
        self.output("UserPoolDomain", people.domain.ref, "First part of the name of the sign-in pages")
        self.output(
            "IdentityUrl",
            f"https://{people.domain.ref}.auth.{Aws.REGION}.amazoncognito.com",
            "Origin of the sign-in pages",
        )
        self.output("OrderMailFunction", mails.order_mail.ref, "Sends an order's mail")
        self.output("SweepFunction", mails.sweep.ref, "Sends the mails that the stream missed")
        self.output("ShopSecretArn", self._secret.attr_id, "The secret with the cookie keys")
        self.output("ConfigurationSet", mails.configuration_set.ref, "SES's name for the shop's mails")
        self.output("AlarmTopicArn", self._topic.ref, "Where alarms are sent")
        self.output("MailSender", sender, "Address that mails come from")
