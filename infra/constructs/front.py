"""The front of the shop: CloudFront, the shop's names, and the page that says it is closed.

It is the same in both profiles, to the logical ids, and it stays when the shop is paused: nothing of it bills by the
hour. What is behind it comes and goes; every reference to that stands inside an `Fn::If`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from aws_cdk import Aws, CfnCondition, Fn, IResolvable, Token
from aws_cdk import aws_cloudfront as cloudfront
from aws_cdk import aws_route53 as route53
from constructs import Construct

from infra.constructs import front_policies
from infra.constructs.service_parameters import Conditions, FrontFacts
from infra.shop_stack import accept

APP, PICTURES = "app", "pictures"
CLOSED_PAGE = "/closed/index.html"
METHODS = ["GET", "HEAD", "OPTIONS", "PUT", "POST", "PATCH", "DELETE"]
READS = ["GET", "HEAD"]
CLOUDFRONT_ZONE = "Z2FDTNDATAQYW2"
"""The hosted zone of every CloudFront distribution, as Route 53 wants it in an alias."""
CONNECT_SECONDS = 5
ANSWER_SECONDS = 30
"""The app answers within 10 s by its own bound; a function's first start comes on top."""
KEEPALIVE_SECONDS = 50
"""Shorter than the balancer's 60 s, so that CloudFront never sends into a connection that is just being closed."""
NOBODY_ANSWERED = (502, 504)
"""What CloudFront or the balancer says when no process answers. The app itself never says it."""
PASSED_ERRORS = (400, 403, 404, 405, 414, 416, 500, 501, 503)
"""The app's own refusals. CloudFront would keep them for 10 s if not told otherwise, and one person's answer is not
another's: cookies are no part of what it keeps answers by."""
BUCKET_REFUSALS = (403, 404)
NOBODY_ANSWERED_KEPT_SECONDS = 2
CLOSED_KEPT_SECONDS = 10
PICTURES_PATH, CLOSED_PATH = "/images/*", "/closed/*"


@dataclass(frozen=True, slots=True)
class AppOrigin:
    """Where the app answers while the shop runs. `protocol` is CloudFront's word; the policy says what is handed on."""

    domain: str
    protocol: str
    request_policy: str


def either(condition: CfnCondition, one: Any, other: Any) -> IResolvable:  # noqa: ANN401 - any part of a template
    """The one if the condition holds, else the other; None stands for leaving it out."""
    return Fn.condition_if(
        condition.logical_id,
        *(Aws.NO_VALUE if value is None else value for value in (one, other)),
    )


def add_front(
    scope: Construct, facts: FrontFacts, origin: AppOrigin, answered_by: Mapping[str, str], when: Conditions
) -> cloudfront.CfnDistribution:
    """All of it. The distribution names in its tags by whom it is answered, a name for each role."""
    access = _add_access(scope, facts)
    policies = front_policies.add_policies(scope, facts.shop_name)
    closed = _add_closed_function(scope, facts)
    running = when.running
    distribution = cloudfront.CfnDistribution(
        scope,
        "Distribution",
        distribution_config=cloudfront.CfnDistribution.DistributionConfigProperty(
            enabled=True,
            comment=Fn.sub("${ShopName}: the shop's front"),
            http_version="http2and3",
            ipv6_enabled=True,
            price_class=facts.price_class,
            aliases=_texts(either(when.with_domain, [facts.domain], None)),
            viewer_certificate=_certificate(facts, when),
            web_acl_id=either(when.with_firewall, facts.firewall, None).to_string(),
            origins=[_bucket_origin(facts, access), either(running, _app_origin(facts, origin), None)],
            default_cache_behavior=_default_behavior(origin, policies, closed, running),
            cache_behaviors=[
                _bucket_behavior(PICTURES_PATH, policies.picture_headers),
                _bucket_behavior(CLOSED_PATH, policies.closed_headers),
            ],
            custom_error_responses=either(running, _errors_running(), _errors_paused()),
        ),
    )
    # The names are those of services that are well, so the front turns to them no earlier. `DependsOn` would say the
    # same, but not of something that a pause removes.
    tags = [{"Key": f"xpressbuy:answered-by:{role}", "Value": name} for role, name in answered_by.items()]
    distribution.add_property_override("Tags", either(running, tags, None))
    _accept_choices(distribution)
    _add_names(scope, facts, distribution, when)
    return distribution


def _add_access(scope: Construct, facts: FrontFacts) -> cloudfront.CfnOriginAccessControl:
    return cloudfront.CfnOriginAccessControl(
        scope,
        "PicturesAccess",
        origin_access_control_config=cloudfront.CfnOriginAccessControl.OriginAccessControlConfigProperty(
            name=front_policies.global_name(facts.shop_name, "pictures"),
            origin_access_control_origin_type="s3",
            signing_behavior="always",
            signing_protocol="sigv4",
        ),
    )


def _add_closed_function(scope: Construct, facts: FrontFacts) -> cloudfront.CfnFunction:
    return cloudfront.CfnFunction(
        scope,
        "ClosedFunction",
        name=front_policies.global_name(facts.shop_name, "closed"),
        auto_publish=True,
        function_code=front_policies.CLOSED_CODE.read_text(encoding="utf-8"),
        function_config=cloudfront.CfnFunction.FunctionConfigProperty(
            comment="Answers for a paused shop", runtime="cloudfront-js-2.0"
        ),
    )


def _bucket_origin(
    facts: FrontFacts, access: cloudfront.CfnOriginAccessControl
) -> cloudfront.CfnDistribution.OriginProperty:
    return cloudfront.CfnDistribution.OriginProperty(
        id=PICTURES,
        domain_name=facts.images_domain,
        origin_access_control_id=access.attr_id,
        # Says "a bucket", and that the older kind of access is not used.
        s3_origin_config=cloudfront.CfnDistribution.S3OriginConfigProperty(origin_access_identity=""),
    )


def _app_origin(facts: FrontFacts, origin: AppOrigin) -> dict[str, Any]:
    return {
        "Id": APP,
        "DomainName": origin.domain,
        "ConnectionAttempts": 2,
        "ConnectionTimeout": CONNECT_SECONDS,
        "CustomOriginConfig": {
            "OriginProtocolPolicy": origin.protocol,
            "HTTPPort": 80,
            "HTTPSPort": 443,
            "OriginSSLProtocols": ["TLSv1.2"],
            "OriginReadTimeout": ANSWER_SECONDS,
            "OriginKeepaliveTimeout": KEEPALIVE_SECONDS,
        },
        "OriginCustomHeaders": [{"HeaderName": "X-Origin-Verify", "HeaderValue": facts.origin_secret}],
    }


def _default_behavior(
    origin: AppOrigin, policies: front_policies.Policies, closed: cloudfront.CfnFunction, running: CfnCondition
) -> cloudfront.CfnDistribution.DefaultCacheBehaviorProperty:
    return cloudfront.CfnDistribution.DefaultCacheBehaviorProperty(
        target_origin_id=either(running, APP, PICTURES).to_string(),
        viewer_protocol_policy="redirect-to-https",
        allowed_methods=METHODS,
        cached_methods=READS,
        compress=True,
        cache_policy_id=either(running, policies.app_cache, front_policies.CACHING_OPTIMIZED).to_string(),
        origin_request_policy_id=either(running, origin.request_policy, None).to_string(),
        # The app gives its headers itself; the closed page has nobody else to do so.
        response_headers_policy_id=either(running, None, policies.closed_headers).to_string(),
        function_associations=either(
            running, None, [{"EventType": "viewer-request", "FunctionARN": closed.attr_function_arn}]
        ),
    )


def _bucket_behavior(path: str, headers_policy: str) -> cloudfront.CfnDistribution.CacheBehaviorProperty:
    return cloudfront.CfnDistribution.CacheBehaviorProperty(
        path_pattern=path,
        target_origin_id=PICTURES,
        viewer_protocol_policy="redirect-to-https",
        allowed_methods=READS,
        cached_methods=READS,
        compress=True,
        cache_policy_id=front_policies.CACHING_OPTIMIZED,
        response_headers_policy_id=headers_policy,
    )


def _certificate(facts: FrontFacts, when: Conditions) -> IResolvable:
    own = {
        "AcmCertificateArn": facts.certificate,
        "MinimumProtocolVersion": "TLSv1.2_2021",
        "SslSupportMethod": "sni-only",
    }
    return either(when.with_domain, own, {"CloudFrontDefaultCertificate": True})


def _errors_running() -> list[dict[str, Any]]:
    passed = [{"ErrorCode": code, "ErrorCachingMinTTL": 0} for code in PASSED_ERRORS]
    return [*passed, *(_closed_page(code, NOBODY_ANSWERED_KEPT_SECONDS) for code in NOBODY_ANSWERED)]


def _errors_paused() -> list[dict[str, Any]]:
    return [_closed_page(code, CLOSED_KEPT_SECONDS) for code in BUCKET_REFUSALS]


def _closed_page(code: int, kept_seconds: int) -> dict[str, Any]:
    """503, so that search engines come back instead of keeping the page as the shop's."""
    return {
        "ErrorCode": code,
        "ErrorCachingMinTTL": kept_seconds,
        "ResponseCode": 503,
        "ResponsePagePath": CLOSED_PAGE,
    }


def _add_names(scope: Construct, facts: FrontFacts, distribution: cloudfront.CfnDistribution, when: Conditions) -> None:
    for name, kind in (("DomainAddress", "A"), ("DomainAddressV6", "AAAA")):
        record = route53.CfnRecordSet(
            scope,
            name,
            hosted_zone_id=facts.zone,
            name=facts.domain,
            type=kind,
            alias_target=route53.CfnRecordSet.AliasTargetProperty(
                dns_name=distribution.attr_domain_name, hosted_zone_id=CLOUDFRONT_ZONE
            ),
        )
        record.cfn_options.condition = when.with_domain


def _accept_choices(distribution: cloudfront.CfnDistribution) -> None:
    accept(distribution, ["AwsSolutions-CFR1"], "The shop sells to every country its shipping zones name.")
    accept(
        distribution,
        ["AwsSolutions-CFR3"],
        "An access log would keep the address of every visitor and need a bucket with ACLs; the app logs each request "
        "without it, and CloudFront's own metrics count the rest.",
    )
    accept(
        distribution,
        ["AwsSolutions-CFR4"],
        "With a domain TLS 1.2 is the least. On CloudFront's own name AWS alone decides, and no template can raise it.",
    )


def _texts(value: IResolvable) -> list[str]:
    """A list that is decided when the stack is made, as the type wants it."""
    return Token.as_list(value)
