"""What is decided and said without AWS: options, changes, advice, the closed page, what goes into a build."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from botocore.exceptions import ClientError, EndpointConnectionError, NoCredentialsError
from tests.container import ignore

from xpressbuy.cloud.advice import EXPIRED, NO_CREDENTIALS, advice_for, explain
from xpressbuy.cloud.blueprints import Templates, blueprint
from xpressbuy.cloud.changes import Change, Kind, forbidden, read_change, summary
from xpressbuy.cloud.closed_page import closed_page
from xpressbuy.cloud.options import ADDRESS_FOLLOWS, Options, is_paused, profile_of, remembered
from xpressbuy.cloud.problem import CloudProblem
from xpressbuy.cloud.release import ROOT, Artefact, Artefacts, chosen, source_artefact
from xpressbuy.cloud.remains import parse_arn
from xpressbuy.cloud.sizes import TASK_CPU, TASK_MEMORY, TASK_SIZES
from xpressbuy.cloud.stacks import Stack

SENDER = "shop@example.com"


def stack(parameters: dict[str, str], tags: dict[str, str] | None = None) -> Stack:
    return Stack("s", "id", "CREATE_COMPLETE", "", parameters, {}, tags or {})


@pytest.mark.parametrize(
    ("options", "part"),
    [
        (Options(), "--mail-sender shop@your-domain.com"),
        (Options(mail_sender="shop"), "no e-mail address"),
        (Options(mail_sender=SENDER, alarm_email="a b@c.d"), "--alarm-email"),
        (Options(mail_sender=SENDER, domain="https://shop.example.com"), "without https://"),
        (Options(mail_sender=SENDER, domain="shop.example.com"), "--hosted-zone"),
        (Options(mail_sender=SENDER, currency="euro"), "ISO 4217"),
        (Options(mail_sender=SENDER, country="Germany"), "ISO 3166"),
        (Options(mail_sender=SENDER, locale="german"), "such as de_DE"),
        (Options(mail_sender=SENDER, min_tasks=5, max_tasks=4), "--min-tasks 5"),
        (Options(mail_sender=SENDER, cpu=300), "Take one of 256, 512, 1024, 2048, 4096, 8192 or 16384"),
        (Options(mail_sender=SENDER, cpu=512), "With --cpu 512 take --memory 1024, 2048, 3072 or 4096, or --cpu 256"),
        (Options(mail_sender=SENDER, memory=4096), "or --cpu 512, 1024 or 2048 with --memory 4096"),
        (Options(mail_sender=SENDER, cpu=4096, memory=7), "take --memory 8192 to 30720 in steps of 1024."),
    ],
)
def test_bad_options_are_refused_before_aws_is_asked(options: Options, part: str) -> None:
    with pytest.raises(CloudProblem, match=re.escape(part)):
        options.check()


def test_every_size_of_a_task_is_taken_and_is_the_templates() -> None:
    declared = blueprint("service", "fargate").content["Parameters"]
    for cpu, memories in TASK_SIZES.items():
        assert str(cpu) in declared["Cpu"]["AllowedValues"]
        assert {str(one) for one in memories} <= set(declared["Memory"]["AllowedValues"])
        for memory in memories:
            Options(mail_sender=SENDER, cpu=cpu, memory=memory).check()
    Options(mail_sender=SENDER, web_memory=3008).check()
    assert (declared["Cpu"]["Default"], declared["Memory"]["Default"]) == (str(TASK_CPU), str(TASK_MEMORY))
    said = Options(cpu=512, memory=1024, web_memory=3008).parameters()
    assert (said["Cpu"], said["Memory"], said["WebMemory"]) == ("512", "1024", "3008")


def test_what_was_said_stands_over_what_is_remembered() -> None:
    known = remembered(
        {
            "data": stack({"MailSender": SENDER, "Currency": "EUR", "BudgetUsd": "60", "AlarmEmail": ""}),
            "edge": stack({"DomainName": "shop.example.com", "HostedZoneId": "Z1"}, {"xpressbuy:waf": "on"}),
            "service": stack({"ImageUri": "a:b", "MinTasks": "2", "Cpu": "512", "Memory": "1024"}),
        }
    )
    assert known == Options(
        profile="fargate", domain="shop.example.com", hosted_zone="Z1", waf=True, mail_sender=SENDER, currency="EUR",
        budget=60, min_tasks=2, cpu=512, memory=1024,
    )  # fmt: skip
    merged = Options(domain="", waf=False, currency="GBP").over(known)
    assert (merged.domain, merged.waf, merged.currency, merged.mail_sender) == ("", False, "GBP", SENDER)
    assert not merged.wants_edge
    assert merged.parameters()["HostedZoneId"] == ""
    assert merged.parameters()["SupportEmail"] == SENDER


def test_the_domain_of_the_mails_is_not_taken_for_the_shops() -> None:
    known = remembered({"data": stack({"DomainName": "example.com", "HostedZoneId": "Z1", "MailSender": SENDER})})
    assert known == Options(mail_sender=SENDER)


def test_a_pause_is_told_from_a_first_deploy_that_broke_off() -> None:
    assert is_paused(stack({"State": "paused", "PublicUrl": "https://a.example"}))
    assert not is_paused(stack({"State": "paused", "PublicUrl": ADDRESS_FOLLOWS}))
    assert not is_paused(stack({"State": "running", "PublicUrl": "https://a.example"}))
    assert not is_paused(None)
    assert profile_of(stack({"WebCodeKey": "k"})) == "serverless"
    assert profile_of(None) is None


@pytest.mark.parametrize(
    ("action", "replacement", "kind"),
    [
        ("Add", None, Kind.ADDED),
        ("Remove", None, Kind.REMOVED),
        ("Modify", "False", Kind.CHANGED),
        ("Modify", "True", Kind.REPLACED),
        ("Modify", "Conditional", Kind.PERHAPS_REPLACED),
    ],
)
@pytest.mark.parametrize(
    "type_", ["AWS::DynamoDB::Table", "AWS::Cognito::UserPool", "AWS::S3::Bucket", "AWS::SQS::Queue"]
)
def test_only_what_loses_data_is_forbidden(action: str, replacement: str | None, kind: Kind, type_: str) -> None:
    facts = {"Action": action, "LogicalResourceId": "One", "ResourceType": type_}
    change = read_change({"ResourceChange": facts | ({"Replacement": replacement} if replacement else {})})
    assert change == Change(kind, "One", type_)
    loses = kind in (Kind.REMOVED, Kind.REPLACED, Kind.PERHAPS_REPLACED) and type_ != "AWS::SQS::Queue"
    assert forbidden([change]) == ([change] if loses else [])


def test_a_summary_counts_by_kind() -> None:
    changes = [Change(Kind.ADDED, "a", "t"), Change(Kind.REMOVED, "b", "t"), Change(Kind.ADDED, "c", "t")]
    assert summary(changes) == "2 added, 1 removed"
    assert summary([]) == "nothing to do"


@pytest.mark.parametrize(
    ("reason", "part"),
    [
        ("Your account must be verified before you can add new CloudFront resources.", "verify a new account"),
        ("User: arn:aws:iam::1:user/x is not authorized to perform: iam:CreateRole", "AdministratorAccess"),
        ("Specified ReservedConcurrentExecutions decreases account's UnreservedConcurrentExecution", "Lambda quota"),
        ("You've reached the limit on the number of vCPUs you can run concurrently", "Fargate"),
        ("'MemorySize' value failed to satisfy constraint: Member must have value less than or equal to 3008", "3008"),
        ("ECS Deployment Circuit Breaker was triggered", "did not become healthy"),
        ("DNS validation timed out", "hosted zone"),
        ("xpressbuy-images already exists (BucketAlreadyExists)", "another name"),
        ("Resource handler returned message: shop-mail already exists in stack", "another name"),
        ("Email address is not verified.", "sandbox"),
        ("Rate exceeded (Service: Lambda, Status Code: 429)", "busy"),
        ("The maximum number of VPCs has been reached.", "quota"),
        ("One or more of the CNAMEs you provided CNAMEAlreadyExists", "distribution has this domain"),
        (
            "Unable to assume the service linked role. Please verify that the ECS service linked role exists.",
            "a minute",
        ),
        ("something that nobody has seen before", "Mend that"),
    ],
)
def test_known_reasons_have_advice(reason: str, part: str) -> None:
    assert part in advice_for(reason)


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (NoCredentialsError(), NO_CREDENTIALS),
        (ClientError({"Error": {"Code": "ExpiredToken", "Message": "The security token is expired"}}, "X"), EXPIRED),
        (EndpointConnectionError(endpoint_url="https://a"), "cannot be reached"),
        (ClientError({"Error": {"Code": "AccessDenied", "Message": "no"}}, "CreateRole"), "AWS refused CreateRole"),
    ],
)
def test_failed_calls_are_sentences(error: ClientError, sentence: str) -> None:
    assert sentence in str(explain(error))


def test_the_closed_page_needs_nothing_else_and_says_how_to_reach_the_shop() -> None:
    page = closed_page(Options(title="Tea & <b>Toast</b>", support_email="help@tea.example"))
    assert "Tea &amp; &lt;b&gt;Toast&lt;/b&gt;" in page
    assert 'href="mailto:help@tea.example"' in page
    assert "prefers-color-scheme: dark" in page
    assert not re.search(r"<script|<link|<img|url\(|https?://|@import", page)
    assert SENDER in closed_page(Options(mail_sender=SENDER))


def test_a_source_is_what_the_image_is_built_of_and_named_by_its_content() -> None:
    rules = (ROOT / ".dockerignore").read_text().splitlines()
    names = [
        "Dockerfile", "pyproject.toml", "uv.lock", "README.md", ".env", "infra/app.py", "tests/a.py",
        "src/xpressbuy/asgi.py", "src/xpressbuy/cli.py", "src/xpressbuy/cloud/plan.py", "src/xpressbuy/lambdas/http.py",
        "src/xpressbuy/local/run.py", "src/xpressbuy/http/__pycache__/a.pyc", "web/package.json",
        "web/storefront/src/main.tsx", "web/storefront/dist/a.js", "web/node_modules/a/b.js", "web/eslint/rule.js",
        "web/storefront/node_modules/a.js",
    ]  # fmt: skip
    assert chosen(names, rules) == [name for name in names if not ignore.ignored(name)]
    first, second = source_artefact(ROOT), source_artefact(ROOT)
    assert first == second
    assert re.fullmatch(r"source/shop-[0-9a-f]{16}\.zip", first.key)


def test_an_image_built_anew_has_a_tag_of_its_own_and_stays() -> None:
    first = Artefacts(Artefact("code/mail-1.zip", b""), source=Artefact("source/shop-0123456789abcdef.zip", b""))
    assert first.image_tag == "0123456789abcdef"
    second = first.built_anew(datetime(2026, 3, 1, 12, 30, 5, tzinfo=UTC))
    assert second.image_tag == "0123456789abcdef-20260301123005"
    uri = second.known({"RepositoryUri": "registry/shop"})["ImageUri"]
    assert uri == "registry/shop:0123456789abcdef-20260301123005"
    assert first.as_it_runs(uri) == second, "a plain deploy keeps it"
    for other in ("registry/shop:0123456789abcdef", "registry/shop:fedcba9876543210-20260301123005", ""):
        assert first.as_it_runs(other) == first
    with pytest.raises(CloudProblem, match="a shop on Lambda has none"):
        Artefacts(first.mail).built_anew(datetime(2026, 3, 1, tzinfo=UTC))


def test_a_source_outside_of_a_checkout_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CloudProblem, match="Deploy from a checkout"):
        source_artefact(tmp_path)


def test_a_template_that_is_missing_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(CloudProblem, match="cannot be read"):
        Templates(tmp_path).of("data")


def test_what_a_template_makes_follows_its_conditions() -> None:
    template = blueprint("service", "fargate")
    paused = template.resources({"State": "paused"}, "eu-west-1")
    running = template.resources({"State": "running"}, "eu-west-1")
    assert "Distribution" in paused
    assert not set(paused.values()) & {
        "AWS::ElasticLoadBalancingV2::LoadBalancer",
        "AWS::EC2::VPC",
        "AWS::ECS::Service",
    }
    assert set(running) > set(paused)
    assert "FrontFailures" not in running
    assert "FrontFailures" in template.resources({"State": "running"}, "us-east-1")


@pytest.mark.parametrize(
    ("arn", "service", "kind", "name"),
    [
        ("arn:aws:s3:::shop-images", "s3", "", "shop-images"),
        ("arn:aws:dynamodb:us-east-1:1:table/shop", "dynamodb", "table", "shop"),
        ("arn:aws:lambda:us-east-1:1:function:shop-mail", "lambda", "function", "shop-mail"),
        ("arn:aws:ecs:us-east-1:1:service/cluster/web", "ecs", "service", "cluster/web"),
        ("arn:aws:secretsmanager:us-east-1:1:secret:Shop-AbC", "secretsmanager", "secret", "Shop-AbC"),
    ],
)
def test_an_arn_is_read(arn: str, service: str, kind: str, name: str) -> None:
    found = parse_arn(arn)
    assert (found.service, found.kind, found.name) == (service, kind, name)
