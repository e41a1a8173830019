"""The commands on the package's own templates, from nothing to nothing, judged by what the account lists."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from tests.cloud.conftest import new_screen
from tests.cloud.shell import SENDER, Shell, hourly, kept, push_image

from xpressbuy.cloud.account import SHOP_TAG, Cloud
from xpressbuy.cloud.blueprints import SHIPPED
from xpressbuy.cloud.deploying import prepare, survey
from xpressbuy.cloud.options import Options
from xpressbuy.cloud.stacks import Stacks
from xpressbuy.local.unknown_types import UNKNOWN_TYPES

pytestmark = pytest.mark.cloud
BY_THE_HOUR = {
    "fargate": {"balancers": 1, "networks": 1, "endpoints": 2, "services": 2},
    "serverless": {"functions": 1},
}


def begin(shell: Shell, profile: str) -> None:
    """A first deploy to its end. The local AWS only notes a build, so the image is put there in its place."""
    if profile == "fargate":
        stopped = shell.run("deploy", "--yes", "--mail-sender", SENDER)
        assert stopped.exit_code == 2
        assert "its image is not in the registry" in stopped.output
        push_image(shell.cloud)
    shell.deploy("--profile", profile)


def address(cloud: Cloud) -> str:
    service = survey(cloud)["service"]
    assert service is not None
    return f"https://{service.outputs['DistributionDomain']}"


def states(cloud: Cloud) -> dict[str, list[str]]:
    """Of each stack the resources that are not complete."""
    found: dict[str, list[str]] = {}
    for role, stack in survey(cloud).items():
        if stack is not None:
            held = Stacks(cloud, cloud.region_of(role)).resources(stack)
            found[role] = [f"{name} {status}" for name, _, _, status in held if not status.endswith("_COMPLETE")]
    return found


def new(now: dict[str, set[str]], before: dict[str, set[str]]) -> dict[str, int]:
    return {name: len(found - before[name]) for name, found in now.items() if found - before[name]}


@pytest.mark.parametrize("profile", ["fargate", "serverless"])
def test_from_nothing_to_nothing(shell: Shell, profile: str, tmp_path: Path) -> None:
    cloud, before = shell.cloud, hourly(shell.cloud)
    begin(shell, profile)
    assert states(cloud) == {"release": [], "data": [], "service": []}
    running = hourly(cloud)
    made = new(running, before)
    assert made.items() >= BY_THE_HOUR[profile].items()
    assert "addresses" not in made
    first = address(cloud)
    assert closed_page_of(cloud), "it is there before it is needed"

    diff = shell.ok("diff")
    assert f"Nothing to do. The shop is running at {first}" in diff
    status = shell.ok("status")
    for part in ("running", profile, first, f"{cloud.shop}-data"):
        assert part in status
    assert ("ApiService: 1 of 1 run" in status) is (profile == "fargate")

    paused = shell.ok("pause", "--yes")
    assert {"fargate": "LoadBalancer", "serverless": "Lambda::Function"}[profile] in paused
    left = new(hourly(cloud), before)
    assert set(left) <= {"alarms"}, "nothing that bills by the hour"
    assert left["alarms"] < made["alarms"], "the data stack's alarms watch the mails that wait"
    assert "closed for now" in closed_page_of(cloud)
    assert "paused already" in shell.ok("pause")
    assert "Nothing to do. The shop is paused" in shell.ok("deploy")
    assert "paused" in shell.ok("status")

    assert f"The shop is open: {first}" in shell.ok("resume")
    assert new(hourly(cloud), before) == made
    assert address(cloud) == first
    assert survey(cloud)["service"].outputs["State"] == "running"  # type: ignore[union-attr]  # it stands

    end(shell, tmp_path)
    assert new(hourly(cloud), before) == {}


def closed_page_of(cloud: Cloud) -> str:
    return cloud.objects.get_object(Bucket=bucket(cloud), Key="closed/index.html")["Body"].read().decode()


def bucket(cloud: Cloud) -> str:
    data = survey(cloud)["data"]
    assert data is not None
    return data.outputs["ImagesBucket"]


def end(shell: Shell, folder: Path) -> None:
    """Ends a shop with an item and a picture in it, and looks at what is left and what was brought home."""
    cloud = shell.cloud
    cloud.tables.put_item(TableName=cloud.shop, Item={"PK": {"S": "P"}, "SK": {"S": "s"}, "n": {"N": "12.5"}})
    cloud.objects.put_object(Bucket=bucket(cloud), Key="images/a/b.webp", Body=b"picture")
    refused = shell.run("destroy", "--export-to", str(folder), typed="another\n")
    assert refused.exit_code == 1
    assert "Nothing was deleted" in refused.output
    assert survey(cloud)["service"] is not None
    output = shell.ok("destroy", "--export-to", str(folder), typed=f"{cloud.shop}\n")
    assert "Exported 1 items and 2 files" in output
    (exported,) = folder.iterdir()
    with gzip.open(exported / "table.jsonl.gz", "rt") as file:
        assert [json.loads(line) for line in file] == [
            {"Item": {"PK": {"S": "P"}, "SK": {"S": "s"}, "n": {"N": "12.5"}}}
        ]
    assert (exported / "pictures/images/a/b.webp").read_bytes() == b"picture"
    left = {name: found for name, found in kept(cloud).items() if found}
    assert set(left) == {"pools"}, left
    assert next(iter(left["pools"])) in output
    assert "passwords cannot be exported" in output
    assert "Nothing that bills is left." in output
    assert "There is nothing of a shop" in shell.ok("destroy")


def test_another_profile_keeps_the_address(shell: Shell) -> None:
    begin(shell, "serverless")
    # The local AWS hands a stack's tags to everything but buckets.
    assert tagged(shell.cloud) >= {"dynamodb", "lambda", "cognito-idp", "ecr", "cloudfront", "sqs", "sns"}
    first, before = address(shell.cloud), hourly(shell.cloud)
    push_image(shell.cloud)
    shell.deploy("--profile", "fargate", "--cpu", "512", "--memory", "1024")
    assert address(shell.cloud) == first
    assert sizes(shell.cloud) == {("512", "1024")}
    now = hourly(shell.cloud)
    assert before["functions"] - now["functions"], "the function went"
    assert new(now, before).items() >= BY_THE_HOUR["fargate"].items()
    assert "Nothing to do" in shell.ok("deploy"), "the profile and the sizes are remembered"
    rebuild(shell)
    shell.ok("destroy", "--no-export", "--yes-destroy", shell.cloud.shop)


def rebuild(shell: Shell) -> None:
    """Builds the image of the same source anew and looks whether a plain deploy leaves it."""
    refused = shell.run("deploy", "--yes", "--rebuild")
    assert "its image is not in the registry" in refused.output, "the local AWS only notes a build"
    before = image(shell.cloud)
    run = prepare(shell.cloud, Options(), shell.templates, new_screen().screen, rebuild=True)
    assert run.artefacts is not None
    assert run.plan().builds_image
    push_image(shell.cloud, run.artefacts.image_tag)
    run.run()
    assert image(shell.cloud) == f"{before}-{run.artefacts.build}"
    assert "Nothing to do" in shell.ok("deploy"), "it stays"


def image(cloud: Cloud) -> str:
    service = survey(cloud)["service"]
    assert service is not None
    return service.parameters["ImageUri"]


def sizes(cloud: Cloud) -> set[tuple[str, str]]:
    """Processor and memory of what the shop's services run."""
    ask: Any = cloud.containers
    service = survey(cloud)["service"]
    assert service is not None
    cluster = service.outputs["ClusterName"]
    running = ask.describe_services(cluster=cluster, services=ask.list_services(cluster=cluster)["serviceArns"])
    tasks = [
        ask.describe_task_definition(taskDefinition=one["taskDefinition"])["taskDefinition"]
        for one in running["services"]
    ]
    return {(one["cpu"], one["memory"]) for one in tasks}


def test_a_domain_and_a_waf_and_their_pause(shell: Shell) -> None:
    cloud = shell.cloud
    zone = cloud.client("route53").create_hosted_zone(Name="example.com", CallerReference=cloud.shop)["HostedZone"]
    zone_id = zone["Id"].rpartition("/")[2]
    before = hourly(cloud)
    shell.deploy("--profile", "serverless", "--domain", "shop.example.com", "--hosted-zone", zone_id, "--waf")
    assert states(cloud) == {"release": [], "data": [], "edge": [], "service": []}
    assert new(hourly(cloud), before)["firewalls"] == 1
    service = survey(cloud)["service"]
    assert service is not None
    assert service.parameters["PublicUrl"] == "https://shop.example.com"
    assert service.parameters["WebAclArn"]
    data = survey(cloud)["data"]
    assert data is not None
    assert data.parameters["DomainName"] == "example.com", "that of the mails, which lies in the zone too"
    assert "Nothing to do. The shop is running at https://shop.example.com" in shell.ok("diff")
    assert "WAFv2" in shell.ok("pause", "--yes")
    assert "firewalls" not in new(hourly(cloud), before)
    assert "Nothing to do" in shell.ok("deploy"), "a deploy of a paused shop does not bring the firewall back"
    shell.ok("resume")
    assert new(hourly(cloud), before)["firewalls"] == 1
    assert survey(cloud)["service"].parameters["WebAclArn"]  # type: ignore[union-attr]  # it stands
    shell.deploy("--domain", "", "--no-waf")
    assert survey(cloud)["edge"] is None
    assert survey(cloud)["service"].parameters["PublicUrl"] == address(cloud)  # type: ignore[union-attr]
    shell.ok("destroy", "--no-export", "--yes-destroy", cloud.shop)


def tagged(cloud: Cloud) -> set[str]:
    """The services that hold something with the shop's tag."""
    filters = [{"Key": SHOP_TAG, "Values": [cloud.shop]}]
    found = cloud.client("resourcegroupstaggingapi").get_resources(TagFilters=filters)["ResourceTagMappingList"]
    return {one["ResourceARN"].split(":")[2] for one in found}


def test_the_types_that_the_local_aws_does_not_know() -> None:
    """Everything else of the templates is created above, one by one."""
    used = {
        resource["Type"]
        for path in SHIPPED.glob("*.json")
        for resource in json.loads(path.read_text())["Resources"].values()
    }
    assert used & set(UNKNOWN_TYPES) == {
        "AWS::ApplicationAutoScaling::ScalableTarget",
        "AWS::ApplicationAutoScaling::ScalingPolicy",
        "AWS::Budgets::Budget",
    }
    assert all(UNKNOWN_TYPES[one] for one in used & set(UNKNOWN_TYPES))
