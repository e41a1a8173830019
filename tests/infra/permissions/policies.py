"""The roles of a template: whose each is, what it allows, what it must allow, and what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.infra.permissions.bodies import Door
from tests.infra.permissions.cloudformation import ACCOUNT, BUCKET, GIVEN, REGION, SHOP, TABLE_ARN, Resolver
from tests.infra.permissions.needs import Need

SES = f"arn:aws:ses:{REGION}:{ACCOUNT}"
WITHOUT_RESOURCES = {
    "ecr:GetAuthorizationToken": "the reference lists no resource: a token is the registry's, not a repository's",
}
"""Actions that AWS gives on everything only."""
NARROWED = {
    ("ses:SendEmail", f"{SES}:identity/*"): (
        "ses:FromAddress",
        "in the SES sandbox the recipient's identity is asked for too; the condition leaves one sender",
    ),
    ("dynamodb:UpdateItem", TABLE_ARN): (
        "dynamodb:LeadingKeys",
        "a web process only puts stock markers and sold counts of products right",
    ),
}
"""Resources wider than the need, or rights on part of one: the condition that must stand with them, and why."""
CONDITIONS = frozenset({"ses:FromAddress", "dynamodb:LeadingKeys", "aws:SourceAccount", "kms:ViaService"})
_LISTED_STREAMS = "dynamodb:ListStreams", f"{TABLE_ARN}/stream/*"
_ON_OBJECTS = frozenset({"s3:GetObject", "s3:GetObjectVersion", "s3:PutObject"})
_PREFIX = re.compile(r"arn:aws:s3:::[^/*]+/[a-z]+/\*")
_STREAM = re.compile(rf"{re.escape(TABLE_ARN)}/stream/[^*]+")
_LOG_STREAMS = re.compile(rf"arn:aws:logs:{REGION}:{ACCOUNT}:log-group:[^*]+:\*")


@dataclass(frozen=True, slots=True, order=True)
class Grant:
    """One action on one resource that a role allows, with the keys of the conditions on it."""

    action: str
    resource: str
    conditions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Role:
    """A role and what runs with it: doors of ours, and what the platform does in its name."""

    name: str
    grants: frozenset[Grant]
    doors: tuple[Door, ...]
    platform: frozenset[Grant] = field(default_factory=frozenset)


def roles_of(template: Mapping[str, Any]) -> list[Role]:
    """Every role of a template."""
    resolver = Resolver(template)
    doors, platform = _users(resolver)
    return [
        Role(
            name,
            frozenset(_grants(resolver, name, properties)),
            tuple(doors.get(name, ())),
            frozenset(platform.get(name, ())),
        )
        for name, properties in resolver.of_type("AWS::IAM::Role").items()
    ]


def judge(role: Role, needed: Callable[[Door], set[Need]]) -> list[str]:
    """What is wrong with a role, a sentence each. Nothing for one that allows what it must and no more."""
    wanted = {grant for door in role.doors for need in needed(door) for grant in _arns(need)} | role.platform
    said = [*_wildcards(role.grants), *_foreign_conditions(role.grants)]
    said += [
        f"{role.name} does not allow {want.action} on {want.resource}, which it calls"
        for want in sorted(wanted)
        if not any(_allows(grant, want) for grant in role.grants)
    ]
    said += [
        f"{role.name} allows {grant.action} on {grant.resource}, which nothing calls"
        for grant in sorted(role.grants)
        if not any(_allows(grant, want) for want in wanted)
    ]
    if not wanted:
        said.append(f"{role.name} is nobody's: say in the test who uses it")
    return said


def endpoints_of(template: Mapping[str, Any]) -> dict[str, frozenset[Grant]]:
    """What the gateways to a service let through, by the service's name; an empty policy lets everything."""
    resolver = Resolver(template)
    found = {}
    for name, properties in resolver.of_type("AWS::EC2::VPCEndpoint").items():
        service = properties["ServiceName"].rpartition(".")[2]
        found[service] = frozenset(_grants(resolver, name, {"Policies": [properties]}))
    return found


def closed_to(grants: frozenset[Grant], needs: frozenset[Need]) -> list[Need]:
    """Of these needs, what a gateway does not let through."""
    return [
        need for need in sorted(needs) if not all(any(_allows(grant, want) for grant in grants) for want in _arns(need))
    ]


def _allows(grant: Grant, want: Grant) -> bool:
    return _matches(grant.action, want.action) and _matches(grant.resource, want.resource)


def _matches(pattern: str, name: str) -> bool:
    shape = "".join(".*" if letter == "*" else "." if letter == "?" else re.escape(letter) for letter in pattern)
    # A right on a prefix or on a log group's streams is wanted as such.
    return pattern == name or re.fullmatch(shape, name, re.DOTALL) is not None


def _wildcards(grants: frozenset[Grant]) -> Iterator[str]:
    for grant in sorted(grants):
        if "*" in grant.action or "?" in grant.action:
            yield f"{grant.action} is a wildcard: name the actions"
        if grant.resource == "*":
            if grant.action not in WITHOUT_RESOURCES:
                yield f"{grant.action} is allowed on everything: name the resource"
        elif ("*" in grant.resource or "?" in grant.resource) and not _narrow_enough(grant):
            yield f"{grant.action} on {grant.resource} is wider than it must be"


def _narrow_enough(grant: Grant) -> bool:
    if (grant.action, grant.resource) in NARROWED:
        return NARROWED[grant.action, grant.resource][0] in grant.conditions
    if grant.action in _ON_OBJECTS and _PREFIX.fullmatch(grant.resource):
        return True
    # Lambda lists a table's streams before it reads one; the reference knows no narrower resource for that, and
    # AWS's own tutorial grants it so.
    return (grant.action, grant.resource) == _LISTED_STREAMS or _LOG_STREAMS.fullmatch(grant.resource) is not None


def _foreign_conditions(grants: frozenset[Grant]) -> Iterator[str]:
    for grant in sorted(grants):
        for condition in grant.conditions:
            if condition not in CONDITIONS:
                yield f"{grant.action} on {grant.resource} depends on {condition}, which this test cannot weigh"


def _arns(need: Need) -> list[Grant]:
    """A need by our name as a right on an ARN."""
    name = need.resource
    if name.startswith("table"):
        arn = TABLE_ARN + name.removeprefix("table")
    elif name.startswith("bucket/"):
        arn = f"arn:aws:s3:::{BUCKET}/{name.removeprefix('bucket/')}"
    else:
        arn = {
            "secret": GIVEN["ShopSecretArn"],
            "pool": GIVEN["UserPoolArn"],
            "sender": f"{SES}:identity/{GIVEN['MailSender']}",
            "configuration-set": f"{SES}:configuration-set/{SHOP}",
        }[name]
    return [Grant(need.action, arn)]


def _grants(resolver: Resolver, name: str, properties: Mapping[str, Any]) -> Iterator[Grant]:
    assert not properties.get("ManagedPolicyArns"), f"{name}: a managed policy allows more than is needed"
    policies = list(properties.get("Policies", []))
    policies += [
        {"PolicyDocument": other["PolicyDocument"]}
        for other in resolver.of_type("AWS::IAM::Policy").values()
        if name in other.get("Roles", [])
    ]
    for policy in policies:
        for statement in _listed(policy["PolicyDocument"]["Statement"]):
            assert not {"NotAction", "NotResource"} & set(statement), f"{name}: says what is not allowed"
            if statement["Effect"] == "Allow":
                conditions = tuple(sorted({key for test in statement.get("Condition", {}).values() for key in test}))
                for action in _listed(statement["Action"]):
                    for resource in _listed(statement["Resource"]):
                        yield Grant(str(action), str(resource), conditions)


def _users(resolver: Resolver) -> tuple[dict[str, list[Door]], dict[str, set[Grant]]]:
    """Doors and the platform's own rights, by role."""
    doors: dict[str, list[Door]] = {}
    platform: dict[str, set[Grant]] = {}
    for logical, function in resolver.of_type("AWS::Lambda::Function").items():
        role = _role_of(resolver, logical, "Role")
        settings = function.get("Environment", {}).get("Variables", {})
        doors.setdefault(role, []).append(Door(function["Handler"], settings.get("XPRESSBUY_ROLE", "")))
        platform.setdefault(role, set()).update(_function_rights(resolver, logical, function))
    for logical, task in resolver.of_type("AWS::ECS::TaskDefinition").items():
        for container in task["ContainerDefinitions"]:
            settings = {pair["Name"]: pair["Value"] for pair in container["Environment"]}
            door = Door("xpressbuy.serve.main", settings["XPRESSBUY_ROLE"])
            doors.setdefault(_role_of(resolver, logical, "TaskRoleArn"), []).append(door)
            group = container["LogConfiguration"]["Options"]["awslogs-group"]
            starts = platform.setdefault(_role_of(resolver, logical, "ExecutionRoleArn"), set())
            starts.update(_image_rights(), _log_rights(group))
    for logical in resolver.of_type("AWS::CodeBuild::Project"):
        platform.setdefault(_role_of(resolver, logical, "ServiceRole"), set()).update(_build_rights(resolver, logical))
    return doors, platform


def _function_rights(resolver: Resolver, logical: str, function: Mapping[str, Any]) -> set[Grant]:
    """What Lambda does with the function's own role: logs, reading a stream, telling of failures."""
    group = function.get("LoggingConfig", {}).get("LogGroup") or f"/aws/lambda/{function['FunctionName']}"
    rights = _log_rights(group)
    name = resolver.value({"Ref": logical})
    for mapping in resolver.of_type("AWS::Lambda::EventSourceMapping").values():
        if mapping["FunctionName"] in {name, resolver.value({"Fn::GetAtt": [logical, "Arn"]})}:
            stream = mapping["EventSourceArn"]
            assert _STREAM.fullmatch(stream)
            reading = ("DescribeStream", "GetRecords", "GetShardIterator")
            rights |= {Grant(f"dynamodb:{action}", stream) for action in reading} | {Grant(*_LISTED_STREAMS)}
            rights |= _destination(mapping)
    for config in resolver.of_type("AWS::Lambda::EventInvokeConfig").values():
        if config["FunctionName"] == name:
            rights |= _destination(config)
    return rights


def _destination(config: Mapping[str, Any]) -> set[Grant]:
    end = config.get("DestinationConfig", {}).get("OnFailure", {}).get("Destination")
    return {Grant("sqs:SendMessage", end)} if end else set()


def _log_rights(group: str) -> set[Grant]:
    arn = f"arn:aws:logs:{REGION}:{ACCOUNT}:log-group:{group}:*"
    return {Grant("logs:CreateLogStream", arn), Grant("logs:PutLogEvents", arn)}


def _image_rights() -> set[Grant]:
    """How ECS fetches an image, by its guide: a token, then the manifest and the layers of one repository."""
    repository = f"arn:aws:ecr:{REGION}:{ACCOUNT}:repository/{SHOP}"
    layers = ("BatchCheckLayerAvailability", "BatchGetImage", "GetDownloadUrlForLayer")
    return {Grant("ecr:GetAuthorizationToken", "*"), *(Grant(f"ecr:{action}", repository) for action in layers)}


def _build_rights(resolver: Resolver, logical: str) -> set[Grant]:
    """How CodeBuild makes the image, by its guide and ECR's: source from the bucket, layers to the repository."""
    project = resolver.of_type("AWS::CodeBuild::Project")[logical]
    (repository,) = [resolver.value({"Fn::GetAtt": [name, "Arn"]}) for name in resolver.of_type("AWS::ECR::Repository")]
    pushing = (
        "BatchCheckLayerAvailability",
        "BatchGetImage",
        "CompleteLayerUpload",
        "InitiateLayerUpload",
        "PutImage",
        "UploadLayerPart",
    )
    rights = {Grant("ecr:GetAuthorizationToken", "*"), *(Grant(f"ecr:{action}", repository) for action in pushing)}
    bucket, _, key = project["Source"]["Location"].partition("/")
    source = f"arn:aws:s3:::{bucket}"
    rights |= {Grant(f"s3:{action}", source) for action in ("GetBucketAcl", "GetBucketLocation")}
    folder = key.rpartition("/")[0]
    rights |= {Grant(f"s3:{action}", f"{source}/{folder}/a.zip") for action in ("GetObject", "GetObjectVersion")}
    return rights | _log_rights(project["LogsConfig"]["CloudWatchLogs"]["GroupName"])


def _role_of(resolver: Resolver, logical: str, attribute: str) -> str:
    """The logical id of the role that a resource names."""
    reference = resolver.resources[logical]["Properties"][attribute]
    role = reference["Fn::GetAtt"]
    return str(role[0] if isinstance(role, Sequence) and not isinstance(role, str) else role.split(".")[0])


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
