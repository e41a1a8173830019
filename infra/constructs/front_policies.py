"""What CloudFront keeps, hands on and adds: its policies, those of AWS by id and those of the shop."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from aws_cdk import Aws, Fn
from aws_cdk import aws_cloudfront as cloudfront
from constructs import Construct

CACHING_OPTIMIZED = "658327ea-f89d-4fab-a63d-7e88639e58f6"
ALL_VIEWER = "216adef6-5c7f-47e4-b989-5492eafa07d3"
"""Everything the browser sent, `Host` included: the balancer and the app are known by the shop's name."""
ALL_VIEWER_EXCEPT_HOST = "b689b0a8-53d0-40ab-baf2-68738e2966ac"
"""The same without `Host`, since a function is found by its own, and with CloudFront's headers about the viewer."""
CLOSED_CODE = Path(__file__).with_name("closed.js")
YEAR_SECONDS = 31_536_000
HSTS_SECONDS = 2 * YEAR_SECONDS
"""As long as the app says it, so that the closed page does not say something else."""
RETRY_SECONDS = 3600
PICTURE_CSP = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
CLOSED_CSP = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'"


@dataclass(frozen=True, slots=True)
class Policies:
    """The shop's own policies by their ids."""

    app_cache: str
    picture_headers: str
    closed_headers: str


def global_name(shop_name: str, part: str) -> str:
    """A name for what has to be unique in the whole account: two regions may each have a shop of one name."""
    return Fn.join("-", [shop_name, Aws.REGION, part])


def add_policies(scope: Construct, shop_name: str) -> Policies:
    """The cache policy of the app's answers and the headers of what comes from the bucket."""
    return Policies(
        app_cache=_add_cache(scope, shop_name).attr_id,
        picture_headers=_add_headers(scope, "PictureHeaders", global_name(shop_name, "pictures"), PICTURE_CSP).attr_id,
        closed_headers=_add_headers(
            scope,
            "ClosedHeaders",
            global_name(shop_name, "closed"),
            CLOSED_CSP,
            more={"Retry-After": str(RETRY_SECONDS), "Cache-Control": "no-store"},
        ).attr_id,
    )


def _add_cache(scope: Construct, shop_name: str) -> cloudfront.CfnCachePolicy:
    """The app says what may be kept and how long; what says nothing is not kept.

    No cookie and no header is part of the key. That is right as long as every answer which depends on one says
    `no-store`: the app's tests hold it to that.
    """
    return cloudfront.CfnCachePolicy(
        scope,
        "AppCache",
        cache_policy_config=cloudfront.CfnCachePolicy.CachePolicyConfigProperty(
            name=global_name(shop_name, "app"),
            min_ttl=0,
            default_ttl=0,
            max_ttl=YEAR_SECONDS,
            parameters_in_cache_key_and_forwarded_to_origin=cloudfront.CfnCachePolicy.ParametersInCacheKeyAndForwardedToOriginProperty(
                enable_accept_encoding_brotli=True,
                enable_accept_encoding_gzip=True,
                cookies_config=cloudfront.CfnCachePolicy.CookiesConfigProperty(cookie_behavior="none"),
                headers_config=cloudfront.CfnCachePolicy.HeadersConfigProperty(header_behavior="none"),
                query_strings_config=cloudfront.CfnCachePolicy.QueryStringsConfigProperty(query_string_behavior="all"),
            ),
        ),
    )


def _add_headers(
    scope: Construct, logical_id: str, name: str, csp: str, more: dict[str, str] | None = None
) -> cloudfront.CfnResponseHeadersPolicy:
    policy = cloudfront.CfnResponseHeadersPolicy
    custom = [
        policy.CustomHeaderProperty(header=header, value=value, override=True) for header, value in (more or {}).items()
    ]
    return policy(
        scope,
        logical_id,
        response_headers_policy_config=policy.ResponseHeadersPolicyConfigProperty(
            name=name,
            custom_headers_config=policy.CustomHeadersConfigProperty(items=custom) if custom else None,
            security_headers_config=policy.SecurityHeadersConfigProperty(
                content_security_policy=policy.ContentSecurityPolicyProperty(
                    content_security_policy=csp, override=True
                ),
                content_type_options=policy.ContentTypeOptionsProperty(override=True),
                referrer_policy=policy.ReferrerPolicyProperty(
                    referrer_policy="strict-origin-when-cross-origin", override=True
                ),
                strict_transport_security=policy.StrictTransportSecurityProperty(
                    access_control_max_age_sec=HSTS_SECONDS, include_subdomains=True, override=True
                ),
            ),
        ),
    )
