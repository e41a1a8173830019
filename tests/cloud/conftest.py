"""A local AWS of these tests' own, so that they may list whole services, and a shop's place in it."""

from __future__ import annotations

import io
import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import boto3
import pytest
from rich.console import Console
from tests.cloud import small
from tests.cloud.shell import Shell, write_stripped

from xpressbuy.cloud.account import Cloud
from xpressbuy.cloud.blueprints import Templates
from xpressbuy.cloud.deploying import Deployment, survey
from xpressbuy.cloud.options import Options, remembered
from xpressbuy.cloud.plan import Goal, goal_state
from xpressbuy.cloud.progress import Screen
from xpressbuy.cloud.release import Artefact, Artefacts
from xpressbuy.local.emulator import ACCESS_KEY, REGION, SECRET_KEY, Emulator

PACE = 0.02
_shops = itertools.count()
MAIL = Artefact("code/mail-1.zip", b"mail")


@pytest.fixture(scope="session")
def aws(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Emulator]:
    """Kept in memory only."""
    with Emulator(tmp_path_factory.mktemp("aws"), keep=False) as emulator:
        leave_sandbox(place(emulator, "account"), left=False)
        yield emulator


def leave_sandbox(cloud: Cloud, *, left: bool) -> None:
    """Has SES write to anybody, or only to verified addresses as in a fresh account."""
    cloud.client("sesv2").put_account_details(
        MailType="TRANSACTIONAL", WebsiteURL="https://shop.example.com", ProductionAccessEnabled=left
    )


def place(aws: Emulator, shop: str) -> Cloud:
    session = boto3.Session(aws_access_key_id=ACCESS_KEY, aws_secret_access_key=SECRET_KEY, region_name=REGION)
    return Cloud(session, shop=shop, region=REGION, endpoint=aws.url, pace=PACE)


@pytest.fixture
def cloud_place(aws: Emulator) -> Cloud:
    """A place with nothing in it."""
    return place(aws, f"shop-{next(_shops)}")


@pytest.fixture
def out_of_the_sandbox(cloud_place: Cloud) -> Iterator[None]:
    """SES writes to anybody."""
    leave_sandbox(cloud_place, left=True)
    yield
    leave_sandbox(cloud_place, left=False)


@dataclass
class Shown:
    """A screen, and what was written on it."""

    screen: Screen
    file: io.StringIO

    @property
    def text(self) -> str:
        return self.file.getvalue()


def new_screen() -> Shown:
    file = io.StringIO()
    return Shown(Screen(Console(file=file, width=200)), file)


def deployment(
    cloud: Cloud, templates: Path, options: Options | None = None, artefacts: Artefacts | None = None
) -> tuple[Deployment, Shown]:
    """As the command makes one, with code that is made up."""
    shown = new_screen()
    standing = survey(cloud)
    said = (options or Options()).over(remembered(standing))
    merged = Options(profile="fargate", mail_sender="shop@example.com").over(Options())
    merged = said.over(merged)
    goal = Goal(cloud.shop, merged, goal_state(standing["service"]), {"ImageUri": "registry/shop:1"})
    made = artefacts or Artefacts(MAIL, web=Artefact("code/web-1.zip", b"web"))
    return Deployment(cloud, Templates(templates), shown.screen, goal, made), shown


@pytest.fixture
def templates(tmp_path: Path) -> Path:
    return small.write(tmp_path / "templates")


@pytest.fixture(scope="session")
def stripped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package's own templates, without the types that the local AWS does not know."""
    return write_stripped(tmp_path_factory.mktemp("stripped"))


@pytest.fixture
def shell(cloud_place: Cloud, stripped: Path) -> Shell:
    """The command line of a shop that is not there yet."""
    return Shell(cloud_place, stripped)
