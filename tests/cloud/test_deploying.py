"""The engine against small templates: plan, first deploy, nothing to do, refusals, failures and going on after them."""

from __future__ import annotations

import copy
from datetime import datetime
from pathlib import Path

import pytest
from tests.cloud import small
from tests.cloud.conftest import deployment

from xpressbuy.cloud.account import SHOP_TAG, Cloud
from xpressbuy.cloud.blueprints import Role
from xpressbuy.cloud.deploying import survey
from xpressbuy.cloud.options import Options
from xpressbuy.cloud.problem import CloudProblem
from xpressbuy.cloud.stacks import StackFailed, Stacks

pytestmark = pytest.mark.cloud


def deploy(cloud: Cloud, templates: Path, options: Options | None = None) -> str:
    run, _ = deployment(cloud, templates, options)
    return run.run()


def note(cloud: Cloud) -> str:
    return str(cloud.client("ssm").get_parameter(Name=f"/{cloud.shop}/note")["Parameter"]["Value"])


def test_a_first_deploy_makes_all_stacks_and_tells_everybody_the_address(cloud_place: Cloud, templates: Path) -> None:
    run, _ = deployment(cloud_place, templates)
    plan = run.plan()
    assert [(one.name, one.verdict) for one in plan.stacks] == [
        (f"{cloud_place.shop}-release", "new"),
        (f"{cloud_place.shop}-data", "new"),
        (f"{cloud_place.shop}-service", "new"),
    ]
    address = run.run()
    standing = survey(cloud_place)
    service = standing["service"]
    assert service is not None
    assert address == f"https://{service.outputs['DistributionDomain']}"
    assert service.parameters["PublicUrl"] == address
    assert service.parameters["State"] == "running"
    assert note(cloud_place).startswith(f"{address} shop@example.com code/mail-1.zip")
    assert all(stack is None or stack.tags[SHOP_TAG] == cloud_place.shop for stack in standing.values())
    assert standing["edge"] is None


def test_a_second_deploy_changes_nothing(cloud_place: Cloud, templates: Path) -> None:
    deploy(cloud_place, templates)
    before = {stack.id: stack for stack in survey(cloud_place).values() if stack}
    comment = distribution_comment(cloud_place)
    run, shown = deployment(cloud_place, templates)
    assert run.plan().empty
    run.run()
    assert {stack.id: stack for stack in survey(cloud_place).values() if stack} == before
    assert distribution_comment(cloud_place) == comment, "the origin's secret stays what it was"
    assert "Stack" not in shown.text


def distribution_comment(cloud: Cloud) -> str:
    service = survey(cloud)["service"]
    assert service is not None
    domain = service.outputs["DistributionDomain"]
    listed = cloud.client("cloudfront").list_distributions()["DistributionList"]["Items"]
    return str(next(one["Comment"] for one in listed if one["DomainName"] == domain))


def test_options_are_remembered_by_the_stacks(cloud_place: Cloud, templates: Path) -> None:
    deploy(cloud_place, templates, Options(currency="EUR", mail_sender="post@example.com"))
    run, _ = deployment(cloud_place, templates)
    assert (run.goal.options.currency, run.goal.options.mail_sender) == ("EUR", "post@example.com")
    run, _ = deployment(cloud_place, templates, Options(currency="GBP"))
    plan = run.plan()
    assert [(one.name.rpartition("-")[2], one.verdict) for one in plan.stacks if one.verdict != "same"] == [
        ("data", "changed")
    ]
    run.run()
    assert note(cloud_place).endswith("GBP")


def test_a_plan_changes_nothing_and_leaves_nothing_behind(cloud_place: Cloud, templates: Path) -> None:
    run, _ = deployment(cloud_place, templates)
    run.plan()
    assert cloud_place.formation().list_stacks()["StackSummaries"] == [] or all(
        one["StackName"] != f"{cloud_place.shop}-data"
        for one in cloud_place.formation().list_stacks()["StackSummaries"]
        if one["StackStatus"] != "DELETE_COMPLETE"
    )
    deploy(cloud_place, templates)
    run, _ = deployment(cloud_place, templates, Options(currency="GBP"))
    run.plan()
    left = cloud_place.formation().list_change_sets(StackName=f"{cloud_place.shop}-data")["Summaries"]
    assert [one for one in left if one["ExecutionStatus"] == "AVAILABLE"] == []
    assert note(cloud_place).endswith("USD")


@pytest.mark.parametrize("lost", ["replaced", "removed"])
def test_what_a_shop_keeps_is_never_replaced_or_removed(cloud_place: Cloud, tmp_path: Path, lost: str) -> None:
    deploy(cloud_place, small.write(tmp_path / "first"))
    data = copy.deepcopy(small.DATA)
    if lost == "replaced":
        data["Resources"]["Table"]["Properties"]["TableName"] = {"Fn::Sub": "${ShopName}-second"}
    else:
        del data["Resources"]["Table"]
        del data["Outputs"]["TableName"]
    run, _ = deployment(cloud_place, small.write(tmp_path / "second", data=data))
    with pytest.raises(CloudProblem, match=rf"Table \(AWS::DynamoDB::Table\) {lost}"):
        run.plan()
    with pytest.raises(CloudProblem, match="would lose what the shop keeps"):
        run.run()
    assert cloud_place.tables.describe_table(TableName=cloud_place.shop)


def test_a_failure_names_resource_reason_and_advice_and_a_rerun_goes_on(cloud_place: Cloud, tmp_path: Path) -> None:
    broken = copy.deepcopy(small.DATA)
    broken["Resources"]["Broken"] = {**copy.deepcopy(small.BROKEN), "DependsOn": ["Table", "Images"]}
    run, _ = deployment(cloud_place, small.write(tmp_path / "first", data=broken))
    with pytest.raises(StackFailed) as failed:
        run.run()
    assert "Broken (AWS::KMS::Alias)" in str(failed.value)
    assert f"{cloud_place.shop}-data could not be changed; it is rollback complete" in str(failed.value)
    assert cloud_place.tables.describe_table(TableName=cloud_place.shop), "the template retains it"
    # The stack that never stood and the empty table and bucket that it left give way.
    run, shown = deployment(cloud_place, small.write(tmp_path / "second"))
    assert [one.verdict for one in run.plan().stacks] == ["same", "again", "new"]
    run.run()
    data = survey(cloud_place)["data"]
    assert data is not None
    assert data.status in ("CREATE_COMPLETE", "UPDATE_COMPLETE")
    assert f"Removed {cloud_place.shop}, empty" in shown.text


def test_a_leftover_that_holds_data_is_not_removed(cloud_place: Cloud, tmp_path: Path) -> None:
    broken = copy.deepcopy(small.DATA)
    broken["Resources"]["Broken"] = {**copy.deepcopy(small.BROKEN), "DependsOn": ["Table", "Images"]}
    run, _ = deployment(cloud_place, small.write(tmp_path / "first", data=broken))
    with pytest.raises(StackFailed):
        run.run()
    cloud_place.tables.put_item(TableName=cloud_place.shop, Item={"PK": {"S": "kept"}})
    run, _ = deployment(cloud_place, small.write(tmp_path / "second"))
    with pytest.raises(CloudProblem, match="holds data"):
        run.run()
    assert cloud_place.tables.scan(TableName=cloud_place.shop)["Count"] == 1


def test_a_failed_update_leaves_what_stood_and_a_rerun_goes_on(cloud_place: Cloud, tmp_path: Path) -> None:
    good = small.write(tmp_path / "good")
    deploy(cloud_place, good)
    broken = copy.deepcopy(small.SERVICE)
    broken["Resources"]["Broken"] = copy.deepcopy(small.BROKEN)
    run, _ = deployment(cloud_place, small.write(tmp_path / "broken", service_fargate=broken))
    with pytest.raises(StackFailed, match="update rollback complete"):
        run.run()
    service = survey(cloud_place)["service"]
    assert service is not None
    assert service.outputs["State"] == "running"
    deploy(cloud_place, good, Options(currency="EUR"))
    assert note(cloud_place).endswith("EUR")


def test_a_first_deploy_that_broke_off_before_the_shop_ran_is_finished(cloud_place: Cloud, tmp_path: Path) -> None:
    good = small.write(tmp_path / "good")
    run, _ = deployment(cloud_place, good)
    run.settle()
    run.apply("release")
    run.apply("data")
    run.apply("service", state="paused")
    run, _ = deployment(cloud_place, good)
    assert run.goal.state == "running", "nobody has paused it"
    address = run.run()
    assert note(cloud_place).startswith(address)
    service = survey(cloud_place)["service"]
    assert service is not None
    assert (service.outputs["State"], service.parameters["PublicUrl"]) == ("running", address)


def test_the_waf_comes_before_the_service_and_goes_after_it(cloud_place: Cloud, templates: Path) -> None:
    deploy(cloud_place, templates)
    deploy(cloud_place, templates, Options(waf=True))
    arn = firewall(cloud_place)
    assert arn.startswith("arn:")
    assert distribution_comment(cloud_place).endswith(arn)
    run, _ = deployment(cloud_place, templates)
    assert run.plan().empty, "that it is wanted is remembered"
    run, _ = deployment(cloud_place, templates, Options(waf=False))
    assert [one.verdict for one in run.plan().stacks] == ["same", "same", "changed", "deleted"]
    run.run()
    assert survey(cloud_place)["edge"] is None
    assert distribution_comment(cloud_place).endswith(" ")
    assert Stacks(cloud_place, "us-east-1").find(f"{cloud_place.shop}-edge") is None


def test_what_the_service_uses_of_the_edge_goes_after_it(cloud_place: Cloud, templates: Path) -> None:
    domain = Options(domain="shop.example.com", hosted_zone="Z1")
    deploy(cloud_place, templates, Options(waf=True).over(domain))
    assert firewall(cloud_place)
    deploy(cloud_place, templates, Options(waf=False))
    assert firewall(cloud_place) == ""
    assert last_change(cloud_place, "service") < last_change(cloud_place, "edge"), "first nobody uses it, then it goes"
    deploy(cloud_place, templates, Options(waf=True))
    assert last_change(cloud_place, "edge") < last_change(cloud_place, "service"), "first it is there, then it is used"


def last_change(cloud: Cloud, role: Role) -> datetime:
    name = cloud.stack_name(role)
    return cloud.formation().describe_stack_events(StackName=name)["StackEvents"][0]["Timestamp"]


def test_a_draft_that_a_deploy_left_is_no_stack(cloud_place: Cloud, templates: Path) -> None:
    stacks = Stacks(cloud_place, cloud_place.region)
    name = cloud_place.stack_name("release")
    body = {"TemplateBody": (templates / "release.json").read_text()}
    stacks.propose(name, body, {"ShopName": cloud_place.shop}, {SHOP_TAG: cloud_place.shop})
    assert not any(survey(cloud_place).values())
    run, _ = deployment(cloud_place, templates)
    assert [one.verdict for one in run.plan().stacks] == ["new", "new", "new"]
    run.run()
    assert stacks.find(name) is not None


def firewall(cloud: Cloud) -> str:
    edge = survey(cloud)["edge"]
    assert edge is not None
    return edge.outputs["WebAclArn"]


def test_another_profile_keeps_the_address(cloud_place: Cloud, templates: Path) -> None:
    first = deploy(cloud_place, templates)
    run, _ = deployment(cloud_place, templates, Options(profile="serverless"))
    assert run.run() == first
    run, _ = deployment(cloud_place, templates)
    assert run.goal.options.profile == "serverless"
    assert run.plan().empty


def test_a_new_origin_secret_only_when_told(cloud_place: Cloud, templates: Path) -> None:
    deploy(cloud_place, templates)
    before = distribution_comment(cloud_place)
    run, _ = deployment(cloud_place, templates)
    run.goal = type(run.goal)(run.goal.shop, run.goal.options, "running", run.goal.facts, new_origin_secret=True)
    run.run()
    assert distribution_comment(cloud_place) != before


def test_a_template_too_long_to_be_sent_goes_through_the_bucket(cloud_place: Cloud, tmp_path: Path) -> None:
    data = copy.deepcopy(small.DATA)
    data["Metadata"] = {"Long": "x" * 60_000}
    deploy(cloud_place, small.write(tmp_path, data=data))
    kept = cloud_place.objects.list_objects_v2(Bucket=f"{cloud_place.shop}-code", Prefix="templates/")["Contents"]
    assert [one["Key"].startswith("templates/data-") for one in kept] == [True]


@pytest.mark.parametrize("name", ["Shop", "1shop", "shop_1", "shop--a", "shop-", "a" * 23, "", "../x"])
def test_a_shop_has_a_name_that_aws_takes(cloud_place: Cloud, name: str) -> None:
    with pytest.raises(CloudProblem, match="cannot name a shop"):
        Cloud(cloud_place.session, shop=name, region="us-east-1")


@pytest.mark.parametrize("name", ["aws-shop", "paws", "amazonia", "my-cognito"])
def test_a_shop_has_a_name_that_its_sign_in_address_takes(cloud_place: Cloud, name: str) -> None:
    with pytest.raises(CloudProblem, match=r"no sign-in address with '(aws|amazon|cognito)' in it"):
        Cloud(cloud_place.session, shop=name, region="us-east-1")
