"""What the commands say when something is wrong: no credentials, no answer, no shop, a no, a Ctrl-C, another deploy."""

from __future__ import annotations

import copy
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from tests.cloud import small
from tests.cloud.conftest import deployment
from tests.cloud.shell import Shell

from xpressbuy.cloud.account import Cloud
from xpressbuy.cloud.deploying import survey
from xpressbuy.cloud.problem import CloudProblem
from xpressbuy.cloud.stacks import Stacks
from xpressbuy.local.emulator import ACCESS_KEY, REGION, SECRET_KEY, free_port

pytestmark = pytest.mark.cloud
ROOT = Path(__file__).resolve().parents[2]
ENDED_SECONDS_MAX = 60


@pytest.mark.parametrize("command", ["deploy", "diff", "status", "pause", "resume", "destroy", "settings"])
def test_without_credentials_every_command_says_how_to_get_them(shell: Shell, command: str, tmp_path: Path) -> None:
    nobody = {
        "AWS_ACCESS_KEY_ID": "", "AWS_SECRET_ACCESS_KEY": "", "AWS_CONFIG_FILE": str(tmp_path / "none"),
        "AWS_SHARED_CREDENTIALS_FILE": str(tmp_path / "none"), "AWS_EC2_METADATA_DISABLED": "true",
    }  # fmt: skip
    result = shell.run(command, **nobody)
    assert result.exit_code == 2
    assert "No AWS credentials were found" in result.output
    assert "Traceback" not in result.output


def test_an_aws_that_does_not_answer_is_a_sentence(shell: Shell) -> None:
    result = shell.run("status", AWS_ENDPOINT_URL=f"http://127.0.0.1:{free_port()}")
    assert result.exit_code == 2
    assert "AWS cannot be reached" in result.output


@pytest.mark.parametrize("command", ["pause", "resume", "settings"])
def test_no_shop_is_a_sentence(shell: Shell, command: str) -> None:
    result = shell.run(command)
    assert result.exit_code == 2
    assert f"There is no shop named {shell.cloud.shop}" in result.output


def test_status_of_nothing(shell: Shell) -> None:
    assert "not deployed" in shell.ok("status")


def test_a_size_that_is_not_sold_is_a_sentence(shell: Shell) -> None:
    refused = shell.run("deploy", "--yes", "--mail-sender", "shop@example.com", "--cpu", "256", "--memory", "4096")
    assert refused.exit_code == 2
    assert "With --cpu 256 take --memory 512, 1024 or 2048" in refused.output
    refused = shell.run("diff", "--mail-sender", "shop@example.com", "--web-memory", "128")
    assert refused.exit_code == 2
    assert not any(survey(shell.cloud).values())


def test_a_first_deploy_asks_for_the_sender_and_a_no_changes_nothing(shell: Shell) -> None:
    asked = shell.run("deploy", "--yes")
    assert (asked.exit_code, "--mail-sender" in asked.output) == (2, True)
    declined = shell.run("deploy", "--mail-sender", "shop@example.com", typed="n\n")
    assert declined.exit_code == 1
    assert f"{shell.cloud.shop}-data (us-east-1): new" in declined.output
    assert not any(survey(shell.cloud).values())
    differs = shell.run("diff", "--mail-sender", "shop@example.com")
    assert differs.exit_code == 1


def test_a_bad_name_and_a_bad_option_are_refused(shell: Shell, cloud_place: Cloud) -> None:
    named = Shell(
        Cloud(cloud_place.session, shop="good", region=REGION, endpoint=cloud_place.endpoint), shell.templates
    )
    object.__setattr__(named.cloud, "shop", "Not Good")
    result = named.run("status")
    assert (result.exit_code, "cannot name a shop" in result.output) == (2, True)
    result = shell.run("deploy", "--mail-sender", "nobody")
    assert (result.exit_code, "is no e-mail address" in result.output) == (2, True)


def test_a_stack_that_somebody_else_changes_is_waited_for(cloud_place: Cloud, templates: Path) -> None:
    run, _ = deployment(cloud_place, templates)
    run.run()
    stacks = Stacks(cloud_place, cloud_place.region)
    name = cloud_place.stack_name("data")
    given: dict[str, str | None] = dict.fromkeys(survey(cloud_place)["data"].parameters)  # type: ignore[union-attr]
    proposal = stacks.propose(name, None, given | {"Currency": "CHF"}, {"xpressbuy:shop": cloud_place.shop})
    assert proposal.id is not None
    other = threading.Thread(target=stacks.execute, args=(proposal, lambda _: None))
    other.start()
    run, _ = deployment(cloud_place, templates)
    run.settle()
    other.join(ENDED_SECONDS_MAX)
    assert all(stack is None or not stack.busy for stack in run.standing.values())


def test_a_shop_that_is_being_deleted_half_way_is_not_deployed_over(cloud_place: Cloud, templates: Path) -> None:
    run, _ = deployment(cloud_place, templates)
    run.run()
    run.settle()
    data = run.standing["data"]
    assert data is not None
    run.standing["data"] = type(data)(**{f: getattr(data, f) for f in data.__slots__} | {"status": "DELETE_FAILED"})
    with pytest.raises(CloudProblem, match="xpressbuy cloud destroy"):
        run.apply("data")


def test_a_stop_says_what_goes_on_and_the_next_run_goes_on(cloud_place: Cloud, tmp_path: Path) -> None:
    """A real process, a real Ctrl-C, while the stack waits for a signal that never comes."""
    slow = copy.deepcopy(small.RELEASE)
    slow["Resources"]["Handle"] = {"Type": "AWS::CloudFormation::WaitConditionHandle"}
    slow["Resources"]["Wait"] = {
        "Type": "AWS::CloudFormation::WaitCondition",
        "Properties": {"Handle": {"Ref": "Handle"}, "Timeout": "4"},
    }
    templates = small.write(tmp_path / "slow", release=slow)
    command = [sys.executable, "-m", "xpressbuy.cli", "cloud", "deploy", "--yes", "--shop", cloud_place.shop]
    command += ["--templates", str(templates), "--environment", "local", "--pace", "0.05"]
    command += ["--mail-sender", "shop@example.com"]
    environment = {
        "PATH": os.defpath, "AWS_ENDPOINT_URL": str(cloud_place.endpoint), "AWS_ACCESS_KEY_ID": ACCESS_KEY,
        "AWS_SECRET_ACCESS_KEY": SECRET_KEY, "AWS_REGION": REGION, "HOME": str(tmp_path),
    }  # fmt: skip
    process = subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    try:
        wait_for_progress(cloud_place, process)
        process.send_signal(signal.SIGINT)
        output, _ = process.communicate(timeout=ENDED_SECONDS_MAX)
    finally:
        process.kill()
        process.wait(ENDED_SECONDS_MAX)
    assert process.returncode == 130, output
    assert f"AWS goes on with the stack {cloud_place.shop}-release by itself" in output
    assert "`xpressbuy cloud deploy` with the same options continues" in output
    assert "Traceback" not in output
    # The next run waits for the end of it, finds that it failed, and makes it anew.
    run, shown = deployment(cloud_place, small.write(tmp_path / "good"))
    run.settle()
    release = run.standing["release"]
    assert release is not None
    assert not release.busy
    run.run()
    assert "is being changed already; waiting for its end" in shown.text
    assert survey(cloud_place)["service"] is not None


def wait_for_progress(cloud: Cloud, process: subprocess.Popen[str]) -> None:
    deadline = time.monotonic() + ENDED_SECONDS_MAX
    while time.monotonic() < deadline and process.poll() is None:
        release = survey(cloud)["release"]
        if release is not None and release.status == "CREATE_IN_PROGRESS":
            time.sleep(0.5)
            return
        time.sleep(0.05)
    raise AssertionError("the deploy did not begin")
