"""Stream records as DynamoDB hands them to a function, recorded from a table with NEW_AND_OLD_IMAGES."""

from __future__ import annotations

import copy
import itertools
from collections.abc import Mapping
from typing import Any

_sequence = itertools.count(4421584500000000017450439091)

ORDER_INSERT: dict[str, Any] = {
    "eventID": "c9fbe7d0261a5163fcb6940593e41797",
    "eventName": "INSERT",
    "eventVersion": "1.1",
    "eventSource": "aws:dynamodb",
    "awsRegion": "us-east-1",
    "dynamodb": {
        "ApproximateCreationDateTime": 1795340953.0,
        "Keys": {
            "PK": {"S": "CUSTOMER#0a6f1c3e-1111-4222-8333-444455556666"},
            "SK": {"S": "ORDER#ord_01m822z1pgffjbmng83r10pbq8"},
        },
        "NewImage": {
            "PK": {"S": "CUSTOMER#0a6f1c3e-1111-4222-8333-444455556666"},
            "SK": {"S": "ORDER#ord_01m822z1pgffjbmng83r10pbq8"},
            "GSI1PK": {"S": "ORDER#ord_01m822z1pgffjbmng83r10pbq8"},
            "GSI1SK": {"S": "ORDER"},
            "id": {"S": "ord_01m822z1pgffjbmng83r10pbq8"},
            "number": {"S": "XB-7K4M-9QPT"},
            "lines": {"L": [{"M": {"sku": {"S": "TEE-IND-M"}, "quantity": {"N": "2"}, "unit_price": {"N": "4900"}}}]},
            "version": {"N": "1"},
        },
        "SequenceNumber": "4421584500000000017450439091",
        "SizeBytes": 412,
        "StreamViewType": "NEW_AND_OLD_IMAGES",
    },
    "eventSourceARN": "arn:aws:dynamodb:us-east-1:123456789012:table/xpressbuy/stream/2026-11-22T09:00:00.000",
}


def record(event_name: str = "INSERT", *, pk: Any = None, sk: Any = None) -> dict[str, Any]:
    """A record with its own sequence number; `pk` and `sk` as DynamoDB writes them, `{"S": …}`."""
    made = copy.deepcopy(ORDER_INSERT)
    made["eventName"] = event_name
    change = made["dynamodb"]
    change["SequenceNumber"] = str(next(_sequence))
    for name, value in (("PK", pk), ("SK", sk)):
        if value is not None:
            change["Keys"][name] = value
            change["NewImage"][name] = value
    if event_name in ("MODIFY", "REMOVE"):
        change["OldImage"] = copy.deepcopy(change["NewImage"])
    if event_name == "REMOVE":
        del change["NewImage"]
    return made


def order_insert(order_id: str) -> dict[str, Any]:
    return record(sk={"S": f"ORDER#{order_id}"})


def expired(order_id: str) -> dict[str, Any]:
    """As the table's own expiry removes an item."""
    made = record("REMOVE", sk={"S": f"ORDER#{order_id}"})
    made["userIdentity"] = {"type": "Service", "principalId": "dynamodb.amazonaws.com"}
    return made


def number_of(made: Mapping[str, Any]) -> str:
    """A record's sequence number; one that no record has if it is too damaged to have one."""
    change = made.get("dynamodb")
    return str(change["SequenceNumber"]) if isinstance(change, dict) else f"none-{id(made)}"


def batch(*records: dict[str, Any]) -> dict[str, Any]:
    return {"Records": list(records)}


def poisons() -> list[dict[str, Any]]:
    """Inserts that claim to be something and cannot be read."""
    strange: list[dict[str, Any]] = [
        {"pk": {"N": "7"}},
        {"sk": {"N": "7"}},
        {"sk": {"S": 7}},
        {"sk": {"S": None}},
        {"sk": {"B": "T1JERVIj"}},
        {"sk": {"SS": ["ORDER#ord_x"]}},
        {"sk": "ORDER#ord_x"},
        {"sk": {}},
        {"sk": {"S": "ORDER#"}},
        {"sk": {"S": "ORDER#../../etc"}},
        {"sk": {"S": "ORDER#ord_01m822z1pgffjbmng83r10pbq8#LINE"}},
        {"sk": {"S": "ORDER#prd_01m822z1pgffjbmng83r10pbq8"}},
        {"sk": {"S": "ORDER#" + "x" * 400_000}},
        {"pk": {"S": "PRODUCT#prd_01m822z1pgffjbmng83r10pbq8"}},
    ]
    made = [record(**keys) for keys in strange]
    shapes: list[Any] = ["missing", None, [], "text", 7, {}, {"Keys": None}, {"Keys": []}, {"Keys": {"PK": {"S": "x"}}}]
    for shape in shapes:
        broken = record()
        if shape == "missing":
            del broken["dynamodb"]
        else:
            broken["dynamodb"] = {**shape, "SequenceNumber": number_of(broken)} if isinstance(shape, dict) else shape
        made.append(broken)
    return made
