"""What tells the owner that something is wrong: a topic, four alarms and a budget. An alarm costs 0.10 USD a month."""

from __future__ import annotations

from collections.abc import Mapping

from aws_cdk import Aws, CfnCondition, Fn
from aws_cdk import aws_budgets as budgets
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_dynamodb as dynamodb
from aws_cdk import aws_sns as sns
from constructs import Construct

from infra.constructs.mails import Mails

FIVE_MINUTES = 300
ITERATOR_MILLISECONDS_MAX = 15 * 60 * 1000
"""How far the order mails may lag behind the orders before somebody is told; the sweep takes over after 5 minutes."""
BUDGET_ALERTS = (("ACTUAL", 80), ("FORECASTED", 100))
"""Percent of the budget: spent, or expected by the end of the month."""


def add_topic(scope: Construct, address: str, with_address: CfnCondition) -> sns.CfnTopic:
    """`AlarmTopic`, which CloudWatch of this account may write to; each message is a mail if there is an address."""
    topic = sns.CfnTopic(scope, "AlarmTopic", topic_name=Fn.sub("${ShopName}-alarms"))
    sns.CfnTopicPolicy(
        scope,
        "AlarmTopicPolicy",
        topics=[topic.ref],
        policy_document={
            "Version": "2012-10-17",
            "Statement": [
                {
                    "Sid": "AlarmsOfThisAccount",
                    "Effect": "Allow",
                    "Principal": {"Service": "cloudwatch.amazonaws.com"},
                    "Action": "sns:Publish",
                    "Resource": topic.ref,
                    "Condition": {"StringEquals": {"aws:SourceAccount": Aws.ACCOUNT_ID}},
                },
                {
                    "Sid": "OnlyOverTls",
                    "Effect": "Deny",
                    "Principal": "*",
                    "Action": "sns:Publish",
                    "Resource": topic.ref,
                    "Condition": {"Bool": {"aws:SecureTransport": "false"}},
                },
            ],
        },
    )
    mail = sns.CfnSubscription(scope, "AlarmMail", topic_arn=topic.ref, protocol="email", endpoint=address)
    mail.cfn_options.condition = with_address
    return topic


def watch_data(scope: Construct, topic: sns.CfnTopic, mails: Mails, table: dynamodb.CfnTable) -> None:
    """`MailFailures`, `MailsLate`, `MailsPending` and `TableThrottled`."""
    _alarm(
        scope,
        "MailFailures",
        topic,
        "An order's mail or an event of SES was given up; the queue says which.",
        ("AWS/SQS", "ApproximateNumberOfMessagesVisible", {"QueueName": mails.failures.attr_queue_name}),
        statistic="Maximum",
    )
    _alarm(
        scope,
        "MailsLate",
        topic,
        "The order mails are more than 15 minutes behind the orders.",
        ("AWS/Lambda", "IteratorAge", {"FunctionName": mails.order_mail.ref}),
        statistic="Maximum",
        above=ITERATOR_MILLISECONDS_MAX,
        periods=2,
    )
    pending = _alarm(
        scope,
        "MailsPending",
        topic,
        "A mail is open for more than 30 minutes, or the sweep that looks for such mails does not run.",
        ("AWS/Lambda", "Errors", {"FunctionName": mails.sweep.ref}),
        statistic="Sum",
        periods=3,
        missing="missing",
    )
    # The sweep runs in every period. Where it does not, there is nothing to count, which is told like an alarm.
    pending.insufficient_data_actions = [topic.ref]
    _alarm(
        scope,
        "TableThrottled",
        topic,
        "DynamoDB refused writes: one partition, or the account, is asked for too much at once.",
        ("AWS/DynamoDB", "WriteThrottleEvents", {"TableName": table.ref}),
        statistic="Sum",
        periods=2,
    )


def add_budget(scope: Construct, limit: float, address: str, when: CfnCondition) -> None:
    """`Budget` of the whole account, a month at a time. It tells; it stops nothing."""
    alerts = [
        budgets.CfnBudget.NotificationWithSubscribersProperty(
            notification=budgets.CfnBudget.NotificationProperty(
                notification_type=kind,
                comparison_operator="GREATER_THAN",
                threshold=percent,
                threshold_type="PERCENTAGE",
            ),
            subscribers=[budgets.CfnBudget.SubscriberProperty(subscription_type="EMAIL", address=address)],
        )
        for kind, percent in BUDGET_ALERTS
    ]
    budget = budgets.CfnBudget(
        scope,
        "Budget",
        budget=budgets.CfnBudget.BudgetDataProperty(
            budget_name=Fn.sub("${ShopName}-${AWS::Region}"),
            budget_type="COST",
            time_unit="MONTHLY",
            budget_limit=budgets.CfnBudget.SpendProperty(amount=limit, unit="USD"),
        ),
        notifications_with_subscribers=alerts,
    )
    budget.cfn_options.condition = when


def _alarm(
    scope: Construct,
    logical_id: str,
    topic: sns.CfnTopic,
    text: str,
    metric: tuple[str, str, Mapping[str, str]],
    *,
    statistic: str,
    above: float = 0,
    periods: int = 1,
    missing: str = "notBreaching",
) -> cloudwatch.CfnAlarm:
    """Above a threshold for so many periods of five minutes. `metric`: namespace, name, dimensions."""
    namespace, name, dimensions = metric
    return cloudwatch.CfnAlarm(
        scope,
        logical_id,
        alarm_description=f"{text} docs/operate.md says what to do.",
        namespace=namespace,
        metric_name=name,
        dimensions=[
            cloudwatch.CfnAlarm.DimensionProperty(name=dimension, value=value)
            for dimension, value in dimensions.items()
        ],
        statistic=statistic,
        period=FIVE_MINUTES,
        evaluation_periods=periods,
        threshold=above,
        comparison_operator="GreaterThanThreshold",
        treat_missing_data=missing,
        alarm_actions=[topic.ref],
        ok_actions=[topic.ref],
    )
