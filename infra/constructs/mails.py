"""The mails: who they come from, what sends them after an order, what looks after the rest, and what SES says later.

Three functions of one zip: the stream's, the schedule's, and the one that hears SES's events. What none of them could
settle ends in one queue.
"""

from __future__ import annotations

from dataclasses import dataclass

from aws_cdk import Aws, CfnCondition, Fn
from aws_cdk import aws_dynamodb as dynamodb
from aws_cdk import aws_events as events
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_route53 as route53
from aws_cdk import aws_ses as ses
from aws_cdk import aws_sqs as sqs
from constructs import Construct

from infra.constructs.mail_function import MailCode, add_mail_function
from infra.constructs.rights import Statement
from infra.shop_stack import accept

SWEEP_MINUTES = 5
QUEUE_SECONDS = 14 * 24 * 3600
"""As long as SQS keeps anything."""
RETRIES_MAX = 5
RECORD_SECONDS_MAX = 6 * 3600
"""A record that nobody could handle for so long is left to the sweep; the shard goes on."""
EVENT_SECONDS_MAX = 6 * 3600
EVENTS_HEARD = ("send", "delivery", "bounce", "complaint", "reject")
ORDERS_PLACED = '{"eventName":["INSERT"],"dynamodb":{"Keys":{"SK":{"S":[{"prefix":"ORDER#"}]}}}}'

SANDBOX: dict[str, str] = {
    "AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:ses:<AWS::Region>:<AWS::AccountId>:identity/*]": (
        "In the SES sandbox the recipient's identity is asked for too. The condition on the sender's address leaves "
        "one sender, whatever the identity."
    )
}
STREAMS: dict[str, str] = {
    "AwsSolutions-IAM5[Resource::<Table.Arn>/stream/*]": (
        "Lambda lists the streams of the one table before it reads one; the right to list is given for a table's "
        "streams, whose names are dates."
    )
}


@dataclass(frozen=True, slots=True)
class Mails:
    """What the outputs and the alarms name."""

    order_mail: lambda_.CfnFunction
    sweep: lambda_.CfnFunction
    failures: sqs.CfnQueue
    configuration_set: ses.CfnConfigurationSet


def add_configuration_set(scope: Construct) -> ses.CfnConfigurationSet:
    """`ConfigurationSet`: by its name SES knows which mails are the shop's. It does not write to who bounced before."""
    kept = ses.CfnConfigurationSet(
        scope,
        "ConfigurationSet",
        name=Fn.sub("${ShopName}"),
        suppression_options=ses.CfnConfigurationSet.SuppressionOptionsProperty(
            suppressed_reasons=["BOUNCE", "COMPLAINT"]
        ),
        sending_options=ses.CfnConfigurationSet.SendingOptionsProperty(sending_enabled=True),
    )
    ses.CfnConfigurationSetEventDestination(
        scope,
        "MailEventsDestination",
        configuration_set_name=kept.ref,
        event_destination=ses.CfnConfigurationSetEventDestination.EventDestinationProperty(
            name="event-bus",
            enabled=True,
            matching_event_types=list(EVENTS_HEARD),
            event_bridge_destination=ses.CfnConfigurationSetEventDestination.EventBridgeDestinationProperty(
                event_bus_arn=f"arn:{Aws.PARTITION}:events:{Aws.REGION}:{Aws.ACCOUNT_ID}:event-bus/default"
            ),
        ),
    )
    return kept


def add_senders(scope: Construct, *, sender: str, domain: str, zone: str) -> str:
    """`Sender`, one address that its owner confirms by mail, or `SenderDomain`, confirmed by records in its zone.

    Returns the name of the one that there is.
    """
    without = Fn.condition_or(Fn.condition_equals(domain, ""), Fn.condition_equals(zone, ""))
    with_domain = CfnCondition(scope, "WithDomain", expression=Fn.condition_not(without))
    address = ses.CfnEmailIdentity(scope, "Sender", email_identity=sender)
    address.cfn_options.condition = CfnCondition(scope, "WithoutDomain", expression=without)
    whole = ses.CfnEmailIdentity(scope, "SenderDomain", email_identity=domain)
    whole.cfn_options.condition = with_domain
    signatures = (
        (whole.attr_dkim_dns_token_name1, whole.attr_dkim_dns_token_value1),
        (whole.attr_dkim_dns_token_name2, whole.attr_dkim_dns_token_value2),
        (whole.attr_dkim_dns_token_name3, whole.attr_dkim_dns_token_value3),
    )
    for number, (name, value) in enumerate(signatures, 1):
        record = route53.CfnRecordSet(
            scope,
            f"SenderSignature{number}",
            hosted_zone_id=zone,
            name=name,
            type="CNAME",
            ttl="1800",
            resource_records=[value],
        )
        record.cfn_options.condition = with_domain
    return Fn.condition_if(with_domain.logical_id, whole.ref, address.ref).to_string()


def add_mails(
    scope: Construct,
    *,
    table: dynamodb.CfnTable,
    sender: str,
    configuration_set: ses.CfnConfigurationSet,
    code: MailCode,
) -> Mails:
    """`OrderMail`, `Sweep` and `MailEvents` with what calls each, and `OrderMailFailures`."""
    failures = _failures(scope)
    tell_failures = _allow(["sqs:SendMessage"], [failures.attr_arn])
    send = _may_send(sender, configuration_set)
    on_items = _allow(["dynamodb:GetItem", "dynamodb:UpdateItem"], [table.attr_arn])

    order_mail = add_mail_function(
        scope,
        "OrderMail",
        title="order-mail",
        handler="xpressbuy.lambdas.order_email.handler",
        code=code,
        statements=[on_items, *_may_follow(table), send, tell_failures],
        accepted=SANDBOX | STREAMS,
    )
    _follow(scope, table, order_mail, failures)

    open_mails = _allow(["dynamodb:Query"], [f"{table.attr_arn}/index/GSI2"])
    sweep = add_mail_function(
        scope,
        "Sweep",
        title="sweep",
        handler="xpressbuy.lambdas.sweep.handler",
        code=code,
        statements=[on_items, open_mails, send],
        accepted=SANDBOX,
    )
    every = events.CfnRule(
        scope,
        "SweepSchedule",
        description="Sends the mails that the stream missed",
        schedule_expression=f"rate({SWEEP_MINUTES} minutes)",
        targets=[events.CfnRule.TargetProperty(id="sweep", arn=sweep.attr_arn)],
    )
    _may_call(scope, "SweepPermission", sweep, every)
    # It fails on purpose while an old mail is open, and runs again in minutes; trying at once would tell nothing new.
    _bound_retries(scope, "SweepRetries", sweep, retries=0)

    on_events = _allow(["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:UpdateItem"], [table.attr_arn])
    mail_events = add_mail_function(
        scope,
        "MailEvents",
        title="mail-events",
        handler="xpressbuy.lambdas.mail_events.handler",
        code=code,
        statements=[on_events, tell_failures],
        accepted={},
    )
    heard = events.CfnRule(
        scope,
        "MailEventsRule",
        description="What SES says of the shop's mails",
        event_pattern={
            "source": ["aws.ses"],
            "detail": {"mail": {"tags": {"ses:configuration-set": [configuration_set.ref]}}},
        },
        targets=[events.CfnRule.TargetProperty(id="mail-events", arn=mail_events.attr_arn)],
    )
    _may_call(scope, "MailEventsPermission", mail_events, heard)
    _bound_retries(scope, "MailEventsRetries", mail_events, retries=2, failures=failures)
    return Mails(order_mail, sweep, failures, configuration_set)


def _failures(scope: Construct) -> sqs.CfnQueue:
    queue = sqs.CfnQueue(
        scope,
        "OrderMailFailures",
        queue_name=Fn.sub("${ShopName}-order-mail-failures"),
        message_retention_period=QUEUE_SECONDS,
        sqs_managed_sse_enabled=True,
    )
    sqs.CfnQueuePolicy(
        scope,
        "OrderMailFailuresPolicy",
        queues=[queue.ref],
        policy_document={
            "Version": "2012-10-17",
            "Statement": [
                {
                    "Sid": "OnlyOverTls",
                    "Effect": "Deny",
                    "Principal": "*",
                    "Action": "sqs:*",
                    "Resource": queue.attr_arn,
                    "Condition": {"Bool": {"aws:SecureTransport": "false"}},
                }
            ],
        },
    )
    accept(
        queue,
        ["AwsSolutions-SQS3"],
        "It is itself where failures end. Nobody but a person takes from it, so nothing can fail a second time.",
    )
    return queue


def _follow(scope: Construct, table: dynamodb.CfnTable, function: lambda_.CfnFunction, failures: sqs.CfnQueue) -> None:
    lambda_.CfnEventSourceMapping(
        scope,
        "OrderMailMapping",
        event_source_arn=table.attr_stream_arn,
        function_name=function.ref,
        starting_position="TRIM_HORIZON",
        batch_size=10,
        maximum_batching_window_in_seconds=0,
        bisect_batch_on_function_error=True,
        maximum_retry_attempts=RETRIES_MAX,
        maximum_record_age_in_seconds=RECORD_SECONDS_MAX,
        function_response_types=["ReportBatchItemFailures"],
        destination_config=lambda_.CfnEventSourceMapping.DestinationConfigProperty(
            on_failure=lambda_.CfnEventSourceMapping.OnFailureProperty(destination=failures.attr_arn)
        ),
        filter_criteria=lambda_.CfnEventSourceMapping.FilterCriteriaProperty(
            filters=[lambda_.CfnEventSourceMapping.FilterProperty(pattern=ORDERS_PLACED)]
        ),
    )


def _bound_retries(
    scope: Construct,
    logical_id: str,
    function: lambda_.CfnFunction,
    *,
    retries: int,
    failures: sqs.CfnQueue | None = None,
) -> None:
    end = lambda_.CfnEventInvokeConfig.OnFailureProperty(destination=failures.attr_arn) if failures else None
    lambda_.CfnEventInvokeConfig(
        scope,
        logical_id,
        function_name=function.ref,
        qualifier="$LATEST",
        maximum_retry_attempts=retries,
        maximum_event_age_in_seconds=EVENT_SECONDS_MAX if retries else SWEEP_MINUTES * 60,
        destination_config=lambda_.CfnEventInvokeConfig.DestinationConfigProperty(on_failure=end) if end else None,
    )


def _may_call(scope: Construct, logical_id: str, function: lambda_.CfnFunction, rule: events.CfnRule) -> None:
    lambda_.CfnPermission(
        scope,
        logical_id,
        action="lambda:InvokeFunction",
        function_name=function.ref,
        principal="events.amazonaws.com",
        source_arn=rule.attr_arn,
    )


def _may_send(sender: str, configuration_set: ses.CfnConfigurationSet) -> Statement:
    account = f"arn:{Aws.PARTITION}:ses:{Aws.REGION}:{Aws.ACCOUNT_ID}"
    return {
        **_allow(["ses:SendEmail"], [f"{account}:identity/*", f"{account}:configuration-set/{configuration_set.ref}"]),
        "Condition": {"StringEquals": {"ses:FromAddress": sender}},
    }


def _may_follow(table: dynamodb.CfnTable) -> list[Statement]:
    """What Lambda does with the function's role to read the stream. Listing is given for a table, not for a stream."""
    reading = ["dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator"]
    return [
        _allow(reading, [table.attr_stream_arn]),
        _allow(["dynamodb:ListStreams"], [f"{table.attr_arn}/stream/*"]),
    ]


def _allow(actions: list[str], resources: list[str]) -> Statement:
    return {"Effect": "Allow", "Action": actions, "Resource": resources}
