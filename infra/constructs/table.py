"""The one table: on demand, with a stream, expiry of items, and recovery to any second of the last 35 days."""

from __future__ import annotations

from aws_cdk import RemovalPolicy
from aws_cdk import aws_dynamodb as dynamodb
from constructs import Construct

INDEXES = ("GSI1", "GSI2")


def add_table(scope: Construct, name: str) -> dynamodb.CfnTable:
    """`Table`, kept when its stack goes, and not to be deleted before its protection is taken off."""
    keys = [part for prefix in ("", *INDEXES) for part in (f"{prefix}PK", f"{prefix}SK")]
    table = dynamodb.CfnTable(
        scope,
        "Table",
        table_name=name,
        billing_mode="PAY_PER_REQUEST",
        attribute_definitions=[
            dynamodb.CfnTable.AttributeDefinitionProperty(attribute_name=key, attribute_type="S") for key in keys
        ],
        key_schema=_keys(""),
        global_secondary_indexes=[
            dynamodb.CfnTable.GlobalSecondaryIndexProperty(
                index_name=index,
                key_schema=_keys(index),
                projection=dynamodb.CfnTable.ProjectionProperty(projection_type="ALL"),
            )
            for index in INDEXES
        ],
        stream_specification=dynamodb.CfnTable.StreamSpecificationProperty(stream_view_type="NEW_AND_OLD_IMAGES"),
        time_to_live_specification=dynamodb.CfnTable.TimeToLiveSpecificationProperty(
            attribute_name="expires_at", enabled=True
        ),
        point_in_time_recovery_specification=dynamodb.CfnTable.PointInTimeRecoverySpecificationProperty(
            point_in_time_recovery_enabled=True
        ),
        deletion_protection_enabled=True,
    )
    table.apply_removal_policy(RemovalPolicy.RETAIN)
    return table


def _keys(prefix: str) -> list[dynamodb.CfnTable.KeySchemaProperty]:
    return [
        dynamodb.CfnTable.KeySchemaProperty(attribute_name=f"{prefix}PK", key_type="HASH"),
        dynamodb.CfnTable.KeySchemaProperty(attribute_name=f"{prefix}SK", key_type="RANGE"),
    ]
