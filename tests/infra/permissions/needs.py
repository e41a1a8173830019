"""From what a door can run to what IAM must allow it: operations of AWS, and the resources by names of ours.

A name of ours is `table`, `table/index/GSI2`, `secret`, `pool`, `sender`, `configuration-set` or `bucket/<key>`.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from mypy.nodes import CallExpr, Expression, MemberExpr, RefExpr, StrExpr
from tests.infra.permissions.bodies import Body
from tests.infra.permissions.program import ROOT, Reached

from xpressbuy.catalog.store.snapshot import KEY as SNAPSHOT_KEY
from xpressbuy.table import schema

TABLE = "xpressbuy.table.client.Table"
WRITES = {"Put": "PutItem", "Update": "UpdateItem", "Delete": "DeleteItem", "Check": "ConditionCheckItem"}
"""A transaction is allowed by the right to each of its actions; there is no right to transactions."""
SERVICES = {"secretsmanager": "secretsmanager", "AWSCognitoIdentityProviderService": "cognito-idp"}
"""Prefix of an operation's name in a signed request -> IAM's prefix."""
TARGETS = {"secretsmanager:GetSecretValue": "secret", "cognito-idp:DescribeUserPoolClient": "pool"}
SDK = {
    "SESV2Client.send_email": (("ses:SendEmail", "sender"), ("ses:SendEmail", "configuration-set")),
    "S3Client.get_object": (("s3:GetObject", "bucket/images/*"),),
    "S3Client.head_object": (("s3:GetObject", "bucket/images/*"),),
    "S3Client.put_object": (("s3:PutObject", "bucket/images/*"),),
}
"""Methods of the SDK's clients that the shop uses. `aws.objects` holds pictures and nothing else."""
SIGNED = {
    "xpressbuy.aws.signed.get_object": ("s3:GetObject", f"bucket/{SNAPSHOT_KEY}"),
    "xpressbuy.aws.signed.put_object": ("s3:PutObject", f"bucket/{SNAPSHOT_KEY}"),
}
"""`aws.snapshots` alone asks for these, for the one key that `wiring` gives it."""
UNSIGNED = {
    ("xpressbuy.aws.identity.Identity.revoke", "revoke_token"): "RevokeToken carries the app client's own secret",
    ("xpressbuy.aws.identity.Identity._call", "getattr"): "sign-up and reset carry the app client's own secret",
}
"""Calls of clients of whose kind the type checker knows nothing, and why IAM is not asked about them."""
AWS_ROOMS = ("xpressbuy.aws.", "xpressbuy.table.", "xpressbuy.wiring.")
_LOG_LEVELS = frozenset({"debug", "info", "warning", "error", "exception", "critical"})
_TARGET = re.compile(r"([A-Za-z]+)\.([A-Z][A-Za-z]+)")


@dataclass(frozen=True, slots=True, order=True)
class Need:
    """One action on one resource, by our name for it."""

    action: str
    resource: str


def needs_of(reached: Reached) -> set[Need]:
    """Everything that IAM must allow. AssertionError for a call that nobody has said anything about."""
    found = set(_table_needs(reached))
    for body in reached.bodies.values():
        found.update(_sdk_needs(body))
        if body.name.startswith("xpressbuy.aws."):
            found.update(_target_needs(body))
    found.update(Need(*SIGNED[name]) for name in reached.names & set(SIGNED))
    return found


def blind_spots(reached: Reached) -> set[tuple[str, str]]:
    """Who calls what on a value of unknown kind, in the rooms that talk to AWS. Logs aside."""
    calls = {call for body in reached.bodies.values() for call in body.library if call.owner == "Any"}
    named = {(call.caller, call.method) for call in calls if call.method not in _LOG_LEVELS}
    computed = {
        (body.name, "getattr")
        for body in reached.bodies.values()
        for call in body.expressions
        if isinstance(call.callee, CallExpr) and _named(call.callee.callee) == "builtins.getattr"
    }
    return {pair for pair in named | computed if pair[0].startswith(AWS_ROOMS)}


def clients_made() -> set[tuple[str, str, str]]:
    """File, service and signature of every client of the SDK that the shop's processes can make."""
    made = set()
    for path in sorted((ROOT / "src" / "xpressbuy").rglob("*.py")):
        if path.relative_to(ROOT / "src" / "xpressbuy").parts[0] in {"cloud", "local"}:
            continue
        tree = ast.parse(path.read_text())
        unsigned = any(isinstance(node, ast.keyword) and node.arg == "signature_version" for node in ast.walk(tree))
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                service = node.args[0] if node.args else None
                if node.func.attr in {"client", "create_client", "resource"} and isinstance(service, ast.Constant):
                    made.add((path.stem, str(service.value), "unsigned" if unsigned else "signed"))
    return made


def _table_needs(reached: Reached) -> Iterator[Need]:
    actions = {action for body in reached.bodies.values() for action in _sent(body)}
    made = {info.name for info in reached.classes if info.module_name == "xpressbuy.table.unit"}
    for action in sorted(actions):
        if action == "Query":
            for index in {index for body in reached.bodies.values() for index in _queried(body)}:
                yield Need("dynamodb:Query", f"table/index/{index}" if index else "table")
        elif action in {"TransactWriteItems", "one write"}:
            yield from (Need(f"dynamodb:{right}", "table") for kind, right in WRITES.items() if kind in made)
        else:
            yield Need(f"dynamodb:{action}", "table")


def _sent(body: Body) -> Iterator[str]:
    """Names of operations that a method of the table sends; `write` computes its own."""
    if body.name.startswith(f"{TABLE}."):
        for call in body.expressions:
            if isinstance(call.callee, MemberExpr) and call.callee.name == "_send":
                first = call.args[0]
                assert isinstance(first, StrExpr) or body.name == f"{TABLE}.write", body.name
                yield first.value if isinstance(first, StrExpr) else "one write"


def _queried(body: Body) -> Iterator[str]:
    """The index of each query that is made here, empty for the table itself."""
    for call in body.expressions:
        if _named(call.callee) == "xpressbuy.table.client.Query":
            given = dict(zip(call.arg_names, call.args, strict=True))
            index = _named(given["index"]) if "index" in given else ""
            assert index is not None, f"{body.name} asks an index that is not named"
            yield getattr(schema, index.rpartition(".")[2]) if index else ""


def _sdk_needs(body: Body) -> Iterator[Need]:
    for call in body.library:
        if call.owner.startswith("mypy_boto3_") and call.owner.endswith("Client"):
            name = f"{call.owner.rpartition('.')[2]}.{call.method}"
            assert name in SDK, f"{name}: say in SDK which rights it takes, and on what"
            yield from (Need(*pair) for pair in SDK[name])


def _target_needs(body: Body) -> Iterator[Need]:
    for text in body.texts:
        if match := _TARGET.fullmatch(text):
            assert match[1] in SERVICES, f"{text}: say in SERVICES what IAM calls the service"
            action = f"{SERVICES[match[1]]}:{match[2]}"
            assert action in TARGETS, f"{action}: say in TARGETS on what it acts"
            yield Need(action, TARGETS[action])


def _named(expression: Expression) -> str | None:
    return expression.fullname if isinstance(expression, RefExpr) else None


def allowed_words(needs: set[Need]) -> Mapping[str, list[str]]:
    """Actions by resource, for a person to read."""
    words: dict[str, list[str]] = {}
    for need in sorted(needs):
        words.setdefault(need.resource, []).append(need.action)
    return words
