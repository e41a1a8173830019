"""What was deployed sells: both roles as processes that know what the stack says and no more, behind its listener.

A product is brought in by the command line, bought over HTTP, and its mail comes by the stream and the function.
"""

from __future__ import annotations

import asyncio
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import httpx
import pytest
from tests.cloud.listener import listening, rules_of
from tests.cloud.shell import Shell
from tests.cloud.test_commands import begin
from tests.container.process import Process
from tests.e2e.test_rush import CSV, order_body

from xpressbuy.cloud.account import Cloud
from xpressbuy.cloud.deploying import survey
from xpressbuy.local.emulator import ACCESS_KEY, SECRET_KEY
from xpressbuy.local.mailbox import Sent, read_mailbox

pytestmark = pytest.mark.cloud
ROOT = Path(__file__).resolve().parents[2]
SECONDS_MAX = 30.0
BUYER = "first-buyer@example.com"


def outputs(cloud: Cloud, role: Any) -> Mapping[str, str]:
    stack = survey(cloud)[role]
    assert stack is not None
    return stack.outputs


def tasks(cloud: Cloud) -> dict[str, tuple[str, dict[str, str]]]:
    """Container name -> the target group that leads to it, and its environment, as ECS has them."""
    facts = outputs(cloud, "service")
    found = {}
    services: Any = cloud.containers.describe_services(
        cluster=facts["ClusterName"], services=[facts["WebService"], facts["ApiService"]]
    )["services"]
    for service in services:
        (lead,) = service["loadBalancers"]
        task: Any = cloud.containers.describe_task_definition(taskDefinition=service["taskDefinition"])
        (container,) = task["taskDefinition"]["containerDefinitions"]
        assert container["name"] == lead["containerName"]
        environment = {one["name"]: one["value"] for one in container["environment"]}
        found[container["name"]] = (lead["targetGroupArn"], environment)
    return found


def on_local_aws(cloud: Cloud, environment: Mapping[str, str]) -> dict[str, str]:
    """What a process on AWS has besides: a role's keys, and the services where they are."""
    pool = environment.get("XPRESSBUY_USER_POOL_ID", "")
    return {
        **environment,
        "AWS_ENDPOINT_URL": str(cloud.endpoint),
        "AWS_ACCESS_KEY_ID": ACCESS_KEY,
        "AWS_SECRET_ACCESS_KEY": SECRET_KEY,
        "XPRESSBUY_JWKS_URL": f"{cloud.endpoint}/{pool}/.well-known/jwks.json",
        "XPRESSBUY_DYNAMODB_SECONDS_MAX": "10",
    }


def import_product(shell: Shell, folder: Path) -> None:
    """As the owner does it: with the settings that the command line tells, and keys of AWS."""
    (folder / "shop.env").write_text(shell.ok("settings"))
    file = folder / "products.csv"
    file.write_text(CSV.format(slug="first-mug", sku="FIRST-MUG", stock=2))
    command = [sys.executable, "-m", "xpressbuy.cli", "catalog", "import", str(file), "--data-dir", str(folder)]
    environment = on_local_aws(shell.cloud, {})
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def origin_secret(cloud: Cloud) -> str:
    """As CloudFront sends it."""
    distribution: Any = cloud.client("cloudfront").get_distribution_config(
        Id=outputs(cloud, "service")["DistributionId"]
    )
    origins = distribution["DistributionConfig"]["Origins"]["Items"]
    (header,) = next(one for one in origins if one["Id"] == "app")["CustomHeaders"]["Items"]
    assert header["HeaderName"] == "X-Origin-Verify"
    return str(header["HeaderValue"])


def buy(browser: httpx.Client) -> dict[str, Any]:
    page = browser.get("/p/first-mug")
    assert page.status_code == 200, page.text
    assert "Rush mug" in page.text
    quote = browser.post(
        "/api/checkout/quote",
        json={
            "shipping_address": {"country": "US"},
            "shipping_method": "standard",
            "lines": [{"sku": "FIRST-MUG", "quantity": 1}],
        },
    )
    assert quote.status_code == 200, quote.text
    body = order_body("FIRST-MUG", BUYER, int(quote.json()["totals"]["total"]["amount"]))
    placed = browser.post("/api/orders", json=body, headers={"idempotency-key": "first-order-1"})
    assert placed.status_code == 201, placed.text
    return dict(placed.json())


def mails_to(endpoint: str, address: str) -> list[Sent]:
    deadline = time.monotonic() + SECONDS_MAX
    while time.monotonic() < deadline:
        found = [mail for mail in asyncio.run(read_mailbox(endpoint)) if mail.to == address]
        if found:
            return found
        time.sleep(0.1)
    return []


@pytest.mark.usefixtures("out_of_the_sandbox")
def test_what_was_deployed_sells(shell: Shell, tmp_path: Path) -> None:
    begin(shell, "fargate")
    cloud = shell.cloud
    found = tasks(cloud)
    assert set(found) == {"web", "api"}
    import_product(shell, tmp_path)
    url = outputs(cloud, "service")["Url"]
    with ExitStack() as stack:
        ports = {}
        for name, (group, environment) in found.items():
            process = Process(on_local_aws(cloud, environment), tmp_path / f"{name}.log")
            ports[group] = stack.enter_context(process).port
        port = stack.enter_context(listening(rules_of(cloud), ports))
        headers = {"host": url.removeprefix("https://"), "origin": url, "x-origin-verify": origin_secret(cloud)}
        browser = stack.enter_context(httpx.Client(base_url=f"http://127.0.0.1:{port}", headers=headers, timeout=20))
        for path in ("/", "/api/products/first-mug"):
            assert browser.get(path, headers={"x-origin-verify": "guessed"}).status_code == 403
        order = buy(browser)
        assert browser.get("/api/products/first-mug").status_code == 200
        mails = mails_to(str(cloud.endpoint), BUYER)
    assert [mail.kind for mail in mails] == ["confirmation"]
    assert order["number"] in mails[0].subject
    assert f"{url}/orders/{order['id']}" in mails[0].text
    shell.ok("destroy", "--no-export", "--yes-destroy", cloud.shop)
