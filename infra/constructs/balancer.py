"""The load balancer: it answers CloudFront alone, and sends each path to the process that serves it.

Three walls: the security group admits CloudFront's addresses only, each rule demands the header that only our
distribution adds, and whatever fits no rule is answered 403.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from aws_cdk import CfnCondition, CfnResource, Fn
from aws_cdk import aws_certificatemanager as acm
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_elasticloadbalancingv2 as elb
from constructs import Construct

from infra.constructs.front import either
from infra.constructs.network import RANGE, Network
from infra.constructs.service_parameters import Conditions, FrontFacts
from infra.shop_stack import accept

PORTS: Mapping[str, int] = {"web": 3000, "api": 8000}
API_PATHS = ("/api/*", "/auth/*")
IDLE_SECONDS = 60
LEAVING_SECONDS = 20
"""How long a leaving process may finish what is under way; no request takes more than half of it."""
PROBE_SECONDS, PROBE_TIMEOUT_SECONDS = 5, 3
HEALTHY_AFTER, UNHEALTHY_AFTER = 2, 2
"""A process that leaves says so for 12 s, and is out of the way after 10."""
TLS_POLICY = "ELBSecurityPolicy-TLS13-1-2-2021-06"


@dataclass(frozen=True, slots=True)
class Balancer:
    """What the services hang on to. `rules` must be there before a service may name its target group."""

    balancer: elb.CfnLoadBalancer
    group: ec2.CfnSecurityGroup
    targets: Mapping[str, elb.CfnTargetGroup]
    rules: tuple[elb.CfnListenerRule, ...]


def add_balancer(scope: Construct, facts: FrontFacts, network: Network, prefix_list: str, when: Conditions) -> Balancer:
    """Balancer, listeners, rules and target groups; with a domain also its certificate and HTTPS."""
    group = _add_group(scope, "BalancerGroup", network, prefix_list, 80)
    # One prefix list counts as 55 rules of a group's 60, so each port has a group of its own.
    secure_group = _add_group(scope, "SecureBalancerGroup", network, prefix_list, 443)
    balancer = elb.CfnLoadBalancer(
        scope,
        "Balancer",
        type="application",
        scheme="internet-facing",
        ip_address_type="ipv4",
        subnets=list(network.subnets),
        security_groups=[
            group.attr_group_id,
            either(when.with_domain, secure_group.attr_group_id, None).to_string(),
        ],
        load_balancer_attributes=_attributes(),
    )
    balancer.add_resource_dependency(network.ready)
    accept(
        balancer,
        ["AwsSolutions-ELB2"],
        "An access log would keep the address of every visitor in one more bucket. The app logs each request without "
        "it, and the balancer's metrics have an alarm.",
    )
    listener = _add_listeners(scope, facts, balancer, when)
    targets = {role: _add_targets(scope, role, network) for role in PORTS}
    secret = facts.origin_secret
    rules = (
        _add_rule(scope, "ApiRule", listener, targets["api"], _Way(secret, 10, API_PATHS)),
        _add_rule(scope, "WebRule", listener, targets["web"], _Way(secret, 20)),
    )
    _exist_with_domain(scope, when, ("SecureBalancerGroup", "BalancerCertificate", "SecureListener"))
    return Balancer(balancer, group, targets, rules)


def _add_group(scope: Construct, name: str, network: Network, prefix_list: str, port: int) -> ec2.CfnSecurityGroup:
    return ec2.CfnSecurityGroup(
        scope,
        name,
        group_description="The load balancer: in from CloudFront, out to the containers",
        vpc_id=network.vpc.ref,
        security_group_ingress=[
            ec2.CfnSecurityGroup.IngressProperty(
                ip_protocol="tcp",
                from_port=port,
                to_port=port,
                source_prefix_list_id=prefix_list,
                description="CloudFront",
            )
        ],
        # By range and not by group: two groups that name each other cannot be made or removed in one go.
        security_group_egress=[
            ec2.CfnSecurityGroup.EgressProperty(
                ip_protocol="tcp", from_port=to, to_port=to, cidr_ip=RANGE, description=f"The containers of {role}"
            )
            for role, to in PORTS.items()
        ],
    )


def _attributes() -> list[elb.CfnLoadBalancer.LoadBalancerAttributeProperty]:
    attributes = {
        "idle_timeout.timeout_seconds": str(IDLE_SECONDS),
        "routing.http.drop_invalid_header_fields.enabled": "true",
        "routing.http.desync_mitigation_mode": "strictest",
        "routing.http.xff_header_processing.mode": "append",
        # A pause removes it, and nothing is lost with it.
        "deletion_protection.enabled": "false",
    }
    return [
        elb.CfnLoadBalancer.LoadBalancerAttributeProperty(key=key, value=value) for key, value in attributes.items()
    ]


def _add_listeners(scope: Construct, facts: FrontFacts, balancer: elb.CfnLoadBalancer, when: Conditions) -> str:
    """The ARN of the listener that serves: HTTPS with a domain, else HTTP."""
    refuse = {
        "Type": "fixed-response",
        "FixedResponseConfig": {"StatusCode": "403", "ContentType": "text/plain", "MessageBody": "Not here."},
    }
    redirect = {"Type": "redirect", "RedirectConfig": {"Protocol": "HTTPS", "Port": "443", "StatusCode": "HTTP_301"}}
    plain = elb.CfnListener(
        scope,
        "PlainListener",
        load_balancer_arn=balancer.ref,
        port=80,
        protocol="HTTP",
        default_actions=[either(when.with_domain, redirect, refuse)],
    )
    secure = _add_secure_listener(scope, facts, balancer)
    return either(when.with_domain, secure.ref, plain.ref).to_string()


def _add_secure_listener(scope: Construct, facts: FrontFacts, balancer: elb.CfnLoadBalancer) -> elb.CfnListener:
    """HTTPS under the shop's domain. CloudFront hands `Host` on, so that is the name it looks for."""
    certificate = acm.CfnCertificate(
        scope,
        "BalancerCertificate",
        domain_name=facts.domain,
        validation_method="DNS",
        domain_validation_options=[
            acm.CfnCertificate.DomainValidationOptionProperty(domain_name=facts.domain, hosted_zone_id=facts.zone)
        ],
    )
    refuse = elb.CfnListener.FixedResponseConfigProperty(
        status_code="403", content_type="text/plain", message_body="Not here."
    )
    return elb.CfnListener(
        scope,
        "SecureListener",
        load_balancer_arn=balancer.ref,
        port=443,
        protocol="HTTPS",
        ssl_policy=TLS_POLICY,
        certificates=[elb.CfnListener.CertificateProperty(certificate_arn=certificate.ref)],
        default_actions=[elb.CfnListener.ActionProperty(type="fixed-response", fixed_response_config=refuse)],
    )


def _exist_with_domain(scope: Construct, when: Conditions, names: tuple[str, ...]) -> None:
    # A certificate is renewed only while something uses it, so a paused shop keeps none that could run out.
    both = CfnCondition(scope, "RunningWithDomain", expression=Fn.condition_and(when.is_running, when.has_domain))
    for name in names:
        resource = scope.node.find_child(name)
        assert isinstance(resource, CfnResource)
        resource.cfn_options.condition = both


def _add_targets(scope: Construct, role: str, network: Network) -> elb.CfnTargetGroup:
    attributes = {
        "deregistration_delay.timeout_seconds": str(LEAVING_SECONDS),
        "load_balancing.algorithm.type": "least_outstanding_requests",
    }
    return elb.CfnTargetGroup(
        scope,
        f"{role.title()}Targets",
        vpc_id=network.vpc.ref,
        target_type="ip",
        protocol="HTTP",
        port=PORTS[role],
        health_check_path="/readyz",
        health_check_interval_seconds=PROBE_SECONDS,
        health_check_timeout_seconds=PROBE_TIMEOUT_SECONDS,
        healthy_threshold_count=HEALTHY_AFTER,
        unhealthy_threshold_count=UNHEALTHY_AFTER,
        matcher=elb.CfnTargetGroup.MatcherProperty(http_code="200"),
        target_group_attributes=[
            elb.CfnTargetGroup.TargetGroupAttributeProperty(key=key, value=value) for key, value in attributes.items()
        ],
    )


@dataclass(frozen=True, slots=True)
class _Way:
    """Which requests a rule means: those of CloudFront, on these paths or on all."""

    secret: str
    priority: int
    paths: tuple[str, ...] = ()


def _add_rule(
    scope: Construct, name: str, listener: str, targets: elb.CfnTargetGroup, way: _Way
) -> elb.CfnListenerRule:
    rule = elb.CfnListenerRule
    header = rule.HttpHeaderConfigProperty(http_header_name="X-Origin-Verify", values=[way.secret])
    conditions = [rule.RuleConditionProperty(field="http-header", http_header_config=header)]
    if way.paths:
        paths = rule.PathPatternConfigProperty(values=list(way.paths))
        conditions.append(rule.RuleConditionProperty(field="path-pattern", path_pattern_config=paths))
    return rule(
        scope,
        name,
        listener_arn=listener,
        priority=way.priority,
        conditions=conditions,
        actions=[rule.ActionProperty(type="forward", target_group_arn=targets.ref)],
    )
