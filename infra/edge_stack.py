"""The edge stack: what CloudFront takes from us-east-1 only, a certificate for the shop's domain and a firewall.

It is made only for a shop that wants one of them. The firewall costs 5 USD a month and 1 for each rule.
"""

from __future__ import annotations

from aws_cdk import CfnCondition, CfnWaitConditionHandle, Fn
from aws_cdk import aws_certificatemanager as acm
from aws_cdk import aws_wafv2 as waf
from constructs import Construct

from infra.shop_stack import SHOP_NAME_PATTERN, ShopStack

WRITES_MAX = 300
REQUESTS_MAX = 3000
"""Of one address in five minutes. A shopper makes some dozens; an office behind one address still fits."""
WINDOW_SECONDS = 300
READING = ("GET", "HEAD")


class EdgeStack(ShopStack):
    """`Certificate` if there is a domain, `Firewall` if it is switched on, `Holder` always."""

    def __init__(self, scope: Construct, name: str) -> None:
        super().__init__(scope, name, description="XpressBuy edge stack - certificate and firewall of the front")
        self.text(
            "ShopName",
            "What names of resources begin with: 3 to 28 small letters, digits and hyphens",
            default="xpressbuy",
            pattern=SHOP_NAME_PATTERN,
        )
        # CloudFormation refuses a template of which no resource is left: a firewall alone, switched off by a pause.
        # A handle that nobody waits for is only a name, costs nothing and is in every state.
        CfnWaitConditionHandle(self, "Holder")
        certificate, with_domain = self._add_certificate()
        firewall, with_firewall = self._add_firewall()
        self.output(
            "EdgeCertificateArn",
            Fn.condition_if(with_domain.logical_id, certificate.ref, "").to_string(),
            "The certificate for CloudFront; empty without a domain",
        )
        self.output(
            "WebAclArn",
            Fn.condition_if(with_firewall.logical_id, firewall.attr_arn, "").to_string(),
            "The firewall for CloudFront; empty while it is off",
        )

    def _add_certificate(self) -> tuple[acm.CfnCertificate, CfnCondition]:
        domain = self.text("DomainName", "The shop's own domain; empty: CloudFront's name is used", default="")
        zone = self.text("HostedZoneId", "The Route 53 zone that proves it", default="")
        with_domain = CfnCondition(self, "WithDomain", expression=Fn.condition_not(Fn.condition_equals(domain, "")))
        certificate = acm.CfnCertificate(
            self,
            "Certificate",
            domain_name=domain,
            validation_method="DNS",
            domain_validation_options=[
                acm.CfnCertificate.DomainValidationOptionProperty(domain_name=domain, hosted_zone_id=zone)
            ],
        )
        certificate.cfn_options.condition = with_domain
        return certificate, with_domain

    def _add_firewall(self) -> tuple[waf.CfnWebACL, CfnCondition]:
        switch = self.text("Waf", "on or off: the firewall", default="off", allowed=["on", "off"])
        with_firewall = CfnCondition(self, "WithFirewall", expression=Fn.condition_equals(switch, "on"))
        firewall = waf.CfnWebACL(
            self,
            "Firewall",
            name=Fn.sub("${ShopName}"),
            description="Slows down who asks for too much from one address",
            scope="CLOUDFRONT",
            default_action=waf.CfnWebACL.DefaultActionProperty(allow={}),
            visibility_config=_counted("all"),
            rules=[
                _rate_rule(1, "writes", WRITES_MAX, _signs_in_or_writes()),
                _rate_rule(2, "requests", REQUESTS_MAX, None),
            ],
        )
        firewall.cfn_options.condition = with_firewall
        return firewall, with_firewall


def _rate_rule(
    priority: int, name: str, limit: int, only: waf.CfnWebACL.StatementProperty | None
) -> waf.CfnWebACL.RuleProperty:
    """Answers 429 to an address that made more than `limit` such requests in the window, until it makes fewer."""
    return waf.CfnWebACL.RuleProperty(
        name=name,
        priority=priority,
        action=waf.CfnWebACL.RuleActionProperty(
            block=waf.CfnWebACL.BlockActionProperty(
                custom_response=waf.CfnWebACL.CustomResponseProperty(
                    response_code=429,
                    response_headers=[
                        waf.CfnWebACL.CustomHTTPHeaderProperty(name="retry-after", value=str(WINDOW_SECONDS))
                    ],
                )
            )
        ),
        statement=waf.CfnWebACL.StatementProperty(
            rate_based_statement=waf.CfnWebACL.RateBasedStatementProperty(
                aggregate_key_type="IP",
                evaluation_window_sec=WINDOW_SECONDS,
                limit=limit,
                scope_down_statement=only,
            )
        ),
        visibility_config=_counted(name),
    )


def _signs_in_or_writes() -> waf.CfnWebACL.StatementProperty:
    """Anything below /auth, and what is not only read below /api."""
    reads = [_matches(waf.CfnWebACL.FieldToMatchProperty(method={}), method, "EXACTLY", "NONE") for method in READING]
    writes = waf.CfnWebACL.StatementProperty(
        not_statement=waf.CfnWebACL.NotStatementProperty(
            statement=waf.CfnWebACL.StatementProperty(or_statement=waf.CfnWebACL.OrStatementProperty(statements=reads))
        )
    )
    auth, api = (
        _matches(waf.CfnWebACL.FieldToMatchProperty(uri_path={}), path, "STARTS_WITH", "NORMALIZE_PATH")
        for path in ("/auth/", "/api/")
    )
    api_writes = waf.CfnWebACL.StatementProperty(
        and_statement=waf.CfnWebACL.AndStatementProperty(statements=[api, writes])
    )
    return waf.CfnWebACL.StatementProperty(
        or_statement=waf.CfnWebACL.OrStatementProperty(statements=[auth, api_writes])
    )


def _matches(
    field: waf.CfnWebACL.FieldToMatchProperty, text: str, how: str, transformation: str
) -> waf.CfnWebACL.StatementProperty:
    return waf.CfnWebACL.StatementProperty(
        byte_match_statement=waf.CfnWebACL.ByteMatchStatementProperty(
            field_to_match=field,
            positional_constraint=how,
            search_string=text,
            text_transformations=[waf.CfnWebACL.TextTransformationProperty(priority=0, type=transformation)],
        )
    )


def _counted(name: str) -> waf.CfnWebACL.VisibilityConfigProperty:
    return waf.CfnWebACL.VisibilityConfigProperty(
        cloud_watch_metrics_enabled=True, metric_name=name, sampled_requests_enabled=True
    )
