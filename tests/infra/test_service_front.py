"""CloudFront in front of the shop: what it lets through, keeps, adds and shows when nobody is behind it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from tests.infra.conditions import Decided
from tests.infra.conftest import Built
from tests.infra.test_service_states import DOMAIN, FIREWALL, PAUSED, PROFILES, RUNNING, decided

from xpressbuy.http import middleware, problems

Config = dict[str, Any]
CACHING_OPTIMIZED = "658327ea-f89d-4fab-a63d-7e88639e58f6"
SECRET = {"Ref": "OriginSecret"}


@pytest.fixture(params=PROFILES)
def profile(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def config(front: Decided) -> Config:
    found: Config = front.properties("Distribution")["DistributionConfig"]
    return found


def origins(front: Decided) -> Mapping[str, Config]:
    return {origin["Id"]: origin for origin in config(front)["Origins"]}


def errors(front: Decided) -> Mapping[int, Config]:
    return {one["ErrorCode"]: one for one in config(front)["CustomErrorResponses"]}


def test_visitors_get_https_of_today(built: Built, profile: str) -> None:
    running = config(decided(built, profile, RUNNING, DOMAIN, FIREWALL))
    assert running["Aliases"] == [{"Ref": "DomainName"}]
    assert running["ViewerCertificate"] == {
        "AcmCertificateArn": {"Ref": "EdgeCertificateArn"},
        "MinimumProtocolVersion": "TLSv1.2_2021",
        "SslSupportMethod": "sni-only",
    }
    assert running["WebACLId"] == {"Ref": "WebAclArn"}
    assert running["HttpVersion"] == "http2and3"
    assert running["IPV6Enabled"] is True
    behaviors = [running["DefaultCacheBehavior"], *running["CacheBehaviors"]]
    assert {one["ViewerProtocolPolicy"] for one in behaviors} == {"redirect-to-https"}
    assert {one["Compress"] for one in behaviors} == {True}


def test_without_a_domain_or_a_firewall_it_names_neither(built: Built, profile: str) -> None:
    running = config(decided(built, profile, RUNNING))
    assert running["ViewerCertificate"] == {"CloudFrontDefaultCertificate": True}
    assert "Aliases" not in running
    assert "WebACLId" not in running


def test_the_shops_names_lead_to_cloudfront(built: Built, profile: str) -> None:
    records = decided(built, profile, PAUSED, DOMAIN).of_type("AWS::Route53::RecordSet").values()
    assert {record["Type"] for record in records} == {"A", "AAAA"}
    for record in records:
        assert record["Name"] == {"Ref": "DomainName"}
        assert record["HostedZoneId"] == {"Ref": "HostedZoneId"}
        assert record["AliasTarget"] == {
            "DNSName": {"Fn::GetAtt": ["Distribution", "DomainName"]},
            "HostedZoneId": "Z2FDTNDATAQYW2",
        }


def test_the_app_answers_all_but_the_bucket_s_paths(built: Built, profile: str) -> None:
    running = config(decided(built, profile, RUNNING))
    default = running["DefaultCacheBehavior"]
    assert default["TargetOriginId"] == "app"
    assert set(default["AllowedMethods"]) == {"GET", "HEAD", "OPTIONS", "PUT", "POST", "PATCH", "DELETE"}
    assert "FunctionAssociations" not in default
    assert "ResponseHeadersPolicyId" not in default, "the app gives its headers itself"
    paths = {one["PathPattern"]: one["TargetOriginId"] for one in running["CacheBehaviors"]}
    assert paths == {"/images/*": "pictures", "/closed/*": "pictures"}
    assert all(one["AllowedMethods"] == ["GET", "HEAD"] for one in running["CacheBehaviors"])


def test_the_app_alone_says_what_is_kept(built: Built, profile: str) -> None:
    running = decided(built, profile, RUNNING)
    assert config(running)["DefaultCacheBehavior"]["CachePolicyId"] == {"Fn::GetAtt": ["AppCache", "Id"]}
    policy = running.properties("AppCache")["CachePolicyConfig"]
    assert (policy["MinTTL"], policy["DefaultTTL"]) == (0, 0)
    key = policy["ParametersInCacheKeyAndForwardedToOrigin"]
    assert key["QueryStringsConfig"] == {"QueryStringBehavior": "all"}
    assert key["CookiesConfig"] == {"CookieBehavior": "none"}
    assert key["HeadersConfig"] == {"HeaderBehavior": "none"}
    assert key["EnableAcceptEncodingBrotli"] is key["EnableAcceptEncodingGzip"] is True


def test_the_visitors_host_reaches_the_balancer_but_no_function(built: Built) -> None:
    """CloudFront's own policies: one hands everything on, the other everything but `Host`."""
    policies = {
        profile: config(decided(built, profile, RUNNING))["DefaultCacheBehavior"]["OriginRequestPolicyId"]
        for profile in PROFILES
    }
    assert policies == {
        "service-fargate": "216adef6-5c7f-47e4-b989-5492eafa07d3",
        "service-serverless": "b689b0a8-53d0-40ab-baf2-68738e2966ac",
    }


def test_the_app_is_told_who_asks(built: Built, profile: str) -> None:
    running = origins(decided(built, profile, RUNNING))
    assert running["app"]["OriginCustomHeaders"] == [{"HeaderName": "X-Origin-Verify", "HeaderValue": SECRET}]
    assert "OriginCustomHeaders" not in running["pictures"]
    waits = running["app"]["CustomOriginConfig"]
    assert waits["OriginReadTimeout"] > middleware.REQUEST_SECONDS_MAX
    assert waits["OriginSSLProtocols"] == ["TLSv1.2"]


def test_the_way_to_the_app_is_https_where_it_can_be(built: Built) -> None:
    def protocol(profile: str, *given: Mapping[str, str]) -> str:
        app = origins(decided(built, profile, RUNNING, *given))["app"]
        return str(app["CustomOriginConfig"]["OriginProtocolPolicy"])

    assert protocol("service-fargate", DOMAIN) == "https-only"
    assert protocol("service-fargate") == "http-only"
    assert protocol("service-serverless") == "https-only"


def test_the_bucket_is_read_by_origin_access_control(built: Built, profile: str) -> None:
    front = decided(built, profile, PAUSED)
    bucket = origins(front)["pictures"]
    assert bucket["OriginAccessControlId"] == {"Fn::GetAtt": ["PicturesAccess", "Id"]}
    assert bucket["S3OriginConfig"] == {"OriginAccessIdentity": ""}
    access = front.properties("PicturesAccess")["OriginAccessControlConfig"]
    assert (access["SigningBehavior"], access["SigningProtocol"]) == ("always", "sigv4")


def test_the_apps_refusals_pass_and_are_not_kept(built: Built, profile: str) -> None:
    """Whatever status the app answers with, its own words reach the one who asked and nobody else."""
    shown = errors(decided(built, profile, RUNNING))
    # The statuses that CloudFront would keep for ten seconds, and the two that the app leaves to it.
    for status in (400, 403, 404, 405, 414, 416, 500, 501, 503):
        assert shown[status] == {"ErrorCode": status, "ErrorCachingMinTTL": 0}
    assert not {status for status, _ in problems.STATUSES.values()} & {502, 504}


def test_where_nobody_answers_the_closed_page_does(built: Built, profile: str) -> None:
    shown = errors(decided(built, profile, RUNNING))
    for status in (502, 504):
        assert shown[status]["ResponsePagePath"] == "/closed/index.html"
        assert shown[status]["ResponseCode"] == 503


def test_a_paused_shop_shows_the_closed_page_for_every_path(built: Built, profile: str) -> None:
    """The function asks the bucket for what it never has; the refusal becomes the page, with 503."""
    front = decided(built, profile, PAUSED)
    default = config(front)["DefaultCacheBehavior"]
    assert set(origins(front)) == {"pictures"}
    assert default["TargetOriginId"] == "pictures"
    assert default["CachePolicyId"] == CACHING_OPTIMIZED
    assert "OriginRequestPolicyId" not in default, "a bucket that is sent the shop's Host refuses the signature"
    assert default["FunctionAssociations"] == [
        {"EventType": "viewer-request", "FunctionARN": {"Fn::GetAtt": ["ClosedFunction", "FunctionARN"]}}
    ]
    assert default["ResponseHeadersPolicyId"] == {"Fn::GetAtt": ["ClosedHeaders", "Id"]}
    page = {"ErrorCachingMinTTL": 10, "ResponseCode": 503, "ResponsePagePath": "/closed/index.html"}
    assert errors(front) == {status: {"ErrorCode": status, **page} for status in (403, 404)}


def test_the_closed_page_says_when_to_come_back_and_is_not_kept(built: Built, profile: str) -> None:
    policy = decided(built, profile, PAUSED).properties("ClosedHeaders")["ResponseHeadersPolicyConfig"]
    headers = {one["Header"]: one["Value"] for one in policy["CustomHeadersConfig"]["Items"]}
    assert headers == {"Retry-After": "3600", "Cache-Control": "no-store"}


@pytest.mark.parametrize("name", ["ClosedHeaders", "PictureHeaders"])
def test_what_comes_from_the_bucket_has_the_apps_headers(built: Built, profile: str, name: str) -> None:
    policy = decided(built, profile, PAUSED).properties(name)["ResponseHeadersPolicyConfig"]["SecurityHeadersConfig"]
    ours = {name.decode(): value.decode() for name, value in middleware._security_headers("https://shop.test", "")}
    hsts = policy["StrictTransportSecurity"]
    said = f"max-age={hsts['AccessControlMaxAgeSec']}; includeSubDomains"
    assert hsts["IncludeSubdomains"] is True
    assert said == ours["strict-transport-security"]
    assert policy["ReferrerPolicy"]["ReferrerPolicy"] == ours["referrer-policy"]
    assert policy["ContentTypeOptions"] == {"Override": True}
    assert policy["ContentSecurityPolicy"]["ContentSecurityPolicy"].startswith("default-src 'none'; ")
    assert "script-src" not in policy["ContentSecurityPolicy"]["ContentSecurityPolicy"]


def test_the_front_turns_to_services_only_once_they_are_well(built: Built) -> None:
    """It needs their names, and CloudFormation has a service's name when the service is stable."""
    running = decided(built, "service-fargate", RUNNING).properties("Distribution")
    assert [tag["Value"] for tag in running["Tags"]] == [
        {"Fn::GetAtt": ["WebService", "Name"]},
        {"Fn::GetAtt": ["ApiService", "Name"]},
    ]
    assert "Tags" not in decided(built, "service-fargate", PAUSED).properties("Distribution")


def test_the_url_is_the_domain_or_cloudfronts_name(built: Built, profile: str) -> None:
    own = decided(built, profile, PAUSED, DOMAIN).outputs["Url"]["Value"]
    given = decided(built, profile, PAUSED).outputs["Url"]["Value"]
    assert own == {"Fn::Join": ["", ["https://", {"Ref": "DomainName"}]]}
    assert given == {"Fn::Join": ["", ["https://", {"Fn::GetAtt": ["Distribution", "DomainName"]}]]}
