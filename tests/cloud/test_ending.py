"""Bringing a shop's data home and ending it: nothing is lost on the way, and a break in the middle is no end."""

from __future__ import annotations

import base64
import copy
import gzip
import json
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import boto3
import pytest
from boto3.dynamodb.types import TypeDeserializer
from tests.cloud import small
from tests.cloud.conftest import deployment, new_screen
from tests.cloud.shell import kept

from xpressbuy.cloud.account import SHOP_TAG, Cloud
from xpressbuy.cloud.deploying import survey
from xpressbuy.cloud.destroying import End
from xpressbuy.cloud.export import export, export_pictures, export_table
from xpressbuy.cloud.problem import CloudProblem
from xpressbuy.cloud.stacks import Stacks

pytestmark = pytest.mark.cloud
ITEMS: list[dict[str, Any]] = [
    {"PK": {"S": "a"}, "n": {"N": "1234567890123456789.01"}, "b": {"B": b"\x00\xff"}, "none": {"NULL": True}},
    {"PK": {"S": "b"}, "ss": {"SS": ["x", "y"]}, "ns": {"NS": ["1", "2"]}, "bs": {"BS": [b"1", b"\xfe"]}},
    {"PK": {"S": "c"}, "m": {"M": {"l": {"L": [{"BOOL": False}, {"M": {}}]}, "text": {"S": "Grüße, 茶\n\"'"}}}},
]


def nothing(_: object) -> None:
    """A report that nobody reads."""


def small_shop(cloud: Cloud, templates: Path) -> None:
    run, _ = deployment(cloud, templates)
    run.run()


def ended(cloud: Cloud, export_to: Path | None = None) -> End:
    end = End(cloud, new_screen().screen)
    assert end.look()
    end.run(export_to)
    return end


def stands(cloud: Cloud) -> set[str]:
    return {name for name, found in kept(cloud).items() if found}


def test_an_export_keeps_every_type_and_every_page(cloud_place: Cloud, templates: Path, tmp_path: Path) -> None:
    small_shop(cloud_place, templates)
    for item in ITEMS:
        cloud_place.tables.put_item(TableName=cloud_place.shop, Item=item)
    # More than the 1 MB of one page.
    large = [{"PK": {"S": f"large-{n}"}, "text": {"S": "x" * 300_000}} for n in range(6)]
    for item in large:
        cloud_place.tables.put_item(TableName=cloud_place.shop, Item=item)
    assert export_table(cloud_place, cloud_place.shop, tmp_path, nothing) == len(ITEMS) + len(large)
    with gzip.open(tmp_path / "table.jsonl.gz", "rt", encoding="utf-8") as file:
        lines = [json.loads(line)["Item"] for line in file]
    there = {item["PK"]["S"]: item for item in cloud_place.tables.scan(TableName=cloud_place.shop)["Items"]}
    read = TypeDeserializer().deserialize
    for line in lines:
        if line["PK"]["S"] in there:
            given: Any = {"M": json.loads(json.dumps(line), object_hook=bytes_again)}
            kept_there: Any = {"M": there[line["PK"]["S"]]}
            assert read(given) == read(kept_there)


def bytes_again(value: dict[str, Any]) -> dict[str, Any]:
    if set(value) == {"B"} and isinstance(value["B"], str):
        return {"B": base64.b64decode(value["B"])}
    if set(value) == {"BS"}:
        return {"BS": [base64.b64decode(one) for one in value["BS"]]}
    return value


def test_no_name_of_a_picture_leaves_the_export(cloud_place: Cloud, tmp_path: Path) -> None:
    name = f"{cloud_place.shop}-pictures"
    cloud_place.objects.create_bucket(Bucket=name)
    for key in ("images/a.webp", "images/../../../../escaped.webp", "folder/"):
        cloud_place.objects.put_object(Bucket=name, Key=key, Body=b"x")
    (tmp_path / "in").mkdir()
    assert export_pictures(cloud_place, name, tmp_path / "in", nothing) == 1
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == ["a.webp"]


def test_an_export_that_cannot_be_written_deletes_no_data(cloud_place: Cloud, templates: Path, tmp_path: Path) -> None:
    small_shop(cloud_place, templates)
    in_the_way = tmp_path / "file"
    in_the_way.write_text("no folder")
    end = End(cloud_place, new_screen().screen)
    end.look()
    with pytest.raises(CloudProblem, match="--export-to"):
        end.run(in_the_way)
    assert stands(cloud_place) >= {"tables", "buckets", "stacks"}
    assert survey(cloud_place)["data"] is not None
    ended(cloud_place, tmp_path / "folder")
    assert stands(cloud_place) == set()


def test_an_end_that_broke_off_is_finished(cloud_place: Cloud, templates: Path, tmp_path: Path) -> None:
    small_shop(cloud_place, templates)
    stacks = Stacks(cloud_place, cloud_place.region)
    for role in ("service", "data"):
        stack = stacks.find(cloud_place.stack_name(role))
        assert stack is not None
        stacks.delete(stack, nothing)
    assert stands(cloud_place) >= {"tables", "buckets", "stacks"}, "what the template retains, and the release"
    cloud_place.tables.put_item(TableName=cloud_place.shop, Item=ITEMS[0])
    ended(cloud_place, tmp_path)
    assert len(list(tmp_path.rglob("table.jsonl.gz"))) == 1
    assert stands(cloud_place) == set()


def test_a_table_that_only_has_the_name_is_left_alone(cloud_place: Cloud) -> None:
    cloud_place.tables.create_table(
        TableName=cloud_place.shop,
        BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=[{"AttributeName": "PK", "AttributeType": "S"}],
        KeySchema=[{"AttributeName": "PK", "KeyType": "HASH"}],
        Tags=[{"Key": SHOP_TAG, "Value": "another"}],
    )
    assert not End(cloud_place, new_screen().screen).look()


def test_a_bucket_with_old_versions_goes_too(cloud_place: Cloud, templates: Path) -> None:
    small_shop(cloud_place, templates)
    data = survey(cloud_place)["data"]
    assert data is not None
    bucket = data.outputs["ImagesBucket"]
    cloud_place.objects.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Enabled"})
    for body in (b"1", b"2"):
        cloud_place.objects.put_object(Bucket=bucket, Key="images/a", Body=body)
    cloud_place.objects.delete_object(Bucket=bucket, Key="images/a")
    ended(cloud_place)
    assert stands(cloud_place) == set()


def test_the_release_bucket_is_empty_before_its_stack_goes(cloud_place: Cloud, tmp_path: Path) -> None:
    """AWS refuses to delete one that is not, which the local AWS does not. So it is retained here, to be looked at."""
    release = copy.deepcopy(small.RELEASE)
    release["Resources"]["Code"]["DeletionPolicy"] = "Retain"
    small_shop(cloud_place, small.write(tmp_path, release=release))
    bucket = f"{cloud_place.shop}-code"
    assert cloud_place.objects.list_objects_v2(Bucket=bucket)["KeyCount"] > 0
    ended(cloud_place)
    assert cloud_place.objects.list_objects_v2(Bucket=bucket)["KeyCount"] == 0


def test_two_exports_do_not_meet(cloud_place: Cloud, templates: Path, tmp_path: Path) -> None:
    small_shop(cloud_place, templates)
    data = survey(cloud_place)["data"]
    assert data is not None
    place = (cloud_place.shop, data.outputs["ImagesBucket"], tmp_path, new_screen().screen.bar)
    first = export(cloud_place, *place)
    assert re.fullmatch(rf"{cloud_place.shop}-\d{{8}}-\d{{6}}", first.folder.name)
    (tmp_path / "marker").touch()
    with pytest.raises(CloudProblem, match="cannot be made"):
        # The same second: nothing is written over.
        export(Cloud(boto3.Session(), shop=cloud_place.shop, region="us-east-1", clock=_At(first.folder)), *place)


class _At:
    """A clock that gives the instant in an export's name."""

    def __init__(self, folder: Path) -> None:
        self._stamp = folder.name[-15:]

    def now(self) -> datetime:
        return datetime.strptime(self._stamp, "%Y%m%d-%H%M%S").replace(tzinfo=UTC)
