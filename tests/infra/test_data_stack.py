"""What the data stack promises, property by property: what a shop keeps is safe, private, and watched."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest
from aws_cdk.assertions import Match, Template
from infra.data_stack import BUDGET_USD
from tests.infra.conditions import Decided
from tests.infra.conftest import Built

from xpressbuy.cloud.bundle import HANDLER, SWEEP_HANDLER

OUTPUTS = {
    "AlarmTopicArn", "ConfigurationSet", "IdentityUrl", "ImagesBucket", "ImagesBucketArn", "ImagesBucketDomain",
    "MailSender", "OrderMailFunction", "ShopSecretArn", "SweepFunction", "TableArn", "TableName", "UserPoolArn",
    "UserPoolClientId", "UserPoolDomain", "UserPoolId",
}  # fmt: skip
KEPT = {"Table", "Images", "People"}
ALARMS_MAX = 4
"""Each costs 0.10 USD a month, also while the shop is paused."""


@pytest.fixture(scope="module")
def data(built: Built) -> Mapping[str, Any]:
    return built.templates["data"]


@pytest.fixture(scope="module")
def checked(built: Built) -> Template:
    return Template.from_stack(built.stacks["data"])


def properties(data: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found: Mapping[str, Any] = data["Resources"][name]["Properties"]
    return found


def test_what_is_kept_stays_when_the_stack_goes(data: Mapping[str, Any]) -> None:
    kept = {
        name
        for name, resource in data["Resources"].items()
        if resource.get("DeletionPolicy") == "Retain" and resource.get("UpdateReplacePolicy") == "Retain"
    }
    assert kept == KEPT
    assert properties(data, "Table")["DeletionProtectionEnabled"] is True
    assert properties(data, "People")["DeletionProtection"] == "ACTIVE"


def test_the_table(checked: Template) -> None:
    index = {"Projection": {"ProjectionType": "ALL"}, "KeySchema": Match.any_value()}
    checked.has_resource_properties(
        "AWS::DynamoDB::Table",
        {
            "BillingMode": "PAY_PER_REQUEST",
            "StreamSpecification": {"StreamViewType": "NEW_AND_OLD_IMAGES"},
            "TimeToLiveSpecification": {"AttributeName": "expires_at", "Enabled": True},
            "PointInTimeRecoverySpecification": {"PointInTimeRecoveryEnabled": True},
            "GlobalSecondaryIndexes": [{"IndexName": "GSI1", **index}, {"IndexName": "GSI2", **index}],
        },
    )


def test_the_pictures_are_private_and_only_cloudfront_of_this_account_reads_them(data: Mapping[str, Any]) -> None:
    assert set(properties(data, "Images")["PublicAccessBlockConfiguration"].values()) == {True}
    rules = properties(data, "Images")["LifecycleConfiguration"]["Rules"]
    assert rules[0]["AbortIncompleteMultipartUpload"] == {"DaysAfterInitiation": 1}
    tls, cloudfront = properties(data, "ImagesPolicy")["PolicyDocument"]["Statement"]
    assert (tls["Effect"], tls["Action"]) == ("Deny", "s3:*")
    assert cloudfront["Principal"] == {"Service": "cloudfront.amazonaws.com"}
    assert cloudfront["Action"] == "s3:GetObject"
    source = json.dumps(cloudfront["Condition"]["ArnLike"]["aws:SourceArn"])
    assert '{"Ref": "AWS::AccountId"}' in source
    assert ":distribution/*" in source
    assert [resource["Fn::Join"][1][1] for resource in cloudfront["Resource"]] == ["/images/*", "/closed/*"]


def test_people_sign_in_by_mail_with_a_confidential_client(checked: Template) -> None:
    checked.has_resource_properties(
        "AWS::Cognito::UserPool",
        {
            "UsernameAttributes": ["email"],
            "UsernameConfiguration": {"CaseSensitive": False},
            "AutoVerifiedAttributes": ["email"],
            "Policies": {"PasswordPolicy": Match.object_like({"MinimumLength": 8})},
        },
    )
    checked.has_resource_properties(
        "AWS::Cognito::UserPoolClient",
        {
            "GenerateSecret": True,
            "AllowedOAuthFlowsUserPoolClient": True,
            "AllowedOAuthFlows": ["code"],
            "ExplicitAuthFlows": ["ALLOW_REFRESH_TOKEN_AUTH"],
            "PreventUserExistenceErrors": "ENABLED",
            "EnableTokenRevocation": True,
            "AccessTokenValidity": 5,
            "IdTokenValidity": 5,
            "RefreshTokenValidity": 30,
            "TokenValidityUnits": {"AccessToken": "minutes", "IdToken": "minutes", "RefreshToken": "days"},
            "CallbackURLs": [{"Fn::Join": ["", [{"Ref": "PublicUrl"}, "/auth/callback"]]}],
        },
    )
    for group in ("operators", "support"):
        checked.has_resource_properties("AWS::Cognito::UserPoolGroup", {"GroupName": group})


def test_codes_come_by_ses_only_when_told_so(data: Mapping[str, Any]) -> None:
    assert data["Parameters"]["PeopleMail"]["Default"] == "cognito"
    given = {"ShopName": "shop", "MailSender": "post@shop.test", "MailCodeKey": "k", "CodeBucket": "b"}
    plain = Decided(data, given).properties("People")["EmailConfiguration"]
    assert plain == {"EmailSendingAccount": "COGNITO_DEFAULT"}
    for domain, identity in (({}, "Sender"), ({"DomainName": "shop.test", "HostedZoneId": "Z1"}, "SenderDomain")):
        decided = Decided(data, {**given, **domain, "PeopleMail": "ses"})
        sent = decided.properties("People")["EmailConfiguration"]
        assert sent["EmailSendingAccount"] == "DEVELOPER"
        assert sent["From"] == {"Fn::Join": ["", [{"Ref": "PeopleMailName"}, " <", {"Ref": "MailSender"}, ">"]]}
        assert sent["SourceArn"]["Fn::Join"][1][-2:] == [":identity/", {"Ref": identity}]
        assert decided.dangling() == set()


def test_the_stream_tells_of_new_orders_only_and_gives_up_in_a_bounded_way(data: Mapping[str, Any]) -> None:
    mapping = properties(data, "OrderMailMapping")
    pattern = json.loads(mapping["FilterCriteria"]["Filters"][0]["Pattern"])
    assert pattern == {"eventName": ["INSERT"], "dynamodb": {"Keys": {"SK": {"S": [{"prefix": "ORDER#"}]}}}}
    assert mapping["FunctionResponseTypes"] == ["ReportBatchItemFailures"]
    assert mapping["BisectBatchOnFunctionError"] is True
    assert 0 < mapping["MaximumRetryAttempts"] <= 10
    assert 0 < mapping["MaximumRecordAgeInSeconds"] <= 86400
    assert mapping["DestinationConfig"] == {"OnFailure": {"Destination": {"Fn::GetAtt": ["OrderMailFailures", "Arn"]}}}


@pytest.mark.parametrize(
    ("name", "handler"),
    [
        ("OrderMail", HANDLER),
        ("Sweep", SWEEP_HANDLER),
        ("MailEvents", "xpressbuy.lambdas.mail_events.handler"),
    ],
)
def test_a_function_runs_what_the_zip_holds_and_its_log_ends(data: Mapping[str, Any], name: str, handler: str) -> None:
    function = properties(data, name)
    assert function["Handler"] == handler
    assert function["Runtime"] == {"Ref": "FunctionRuntime"}
    assert data["Parameters"]["FunctionRuntime"]["Default"] == "python3.13"
    assert function["Architectures"] == [{"Ref": "FunctionArchitecture"}]
    assert data["Parameters"]["FunctionArchitecture"]["Default"] == "arm64"
    assert function["Environment"]["Variables"]["XPRESSBUY_MAIL_CONFIGURATION_SET"] == {"Ref": "ConfigurationSet"}
    log = properties(data, f"{name}Logs")
    title = function["FunctionName"]["Fn::Sub"]
    assert log["LogGroupName"] == {"Fn::Sub": f"/aws/lambda/{title}"}
    assert 0 < log["RetentionInDays"] <= 30


def test_the_sweep_runs_every_five_minutes_and_does_not_retry(data: Mapping[str, Any]) -> None:
    assert properties(data, "SweepSchedule")["ScheduleExpression"] == "rate(5 minutes)"
    assert properties(data, "SweepRetries")["MaximumRetryAttempts"] == 0
    assert properties(data, "SweepPermission")["SourceArn"] == {"Fn::GetAtt": ["SweepSchedule", "Arn"]}


def test_what_ses_says_of_the_shops_mails_reaches_the_function(data: Mapping[str, Any]) -> None:
    destination = properties(data, "MailEventsDestination")
    assert destination["ConfigurationSetName"] == {"Ref": "ConfigurationSet"}
    assert {"bounce", "complaint", "send"} <= set(destination["EventDestination"]["MatchingEventTypes"])
    tags = properties(data, "MailEventsRule")["EventPattern"]["detail"]["mail"]["tags"]
    assert tags == {"ses:configuration-set": [{"Ref": "ConfigurationSet"}]}
    assert properties(data, "MailEventsRetries")["DestinationConfig"]["OnFailure"]
    assert properties(data, "ConfigurationSet")["SuppressionOptions"] == {"SuppressedReasons": ["BOUNCE", "COMPLAINT"]}


def test_a_mail_is_sent_from_the_shops_address_only(data: Mapping[str, Any]) -> None:
    for role in ("OrderMailRole", "SweepRole"):
        statements = properties(data, role)["Policies"][0]["PolicyDocument"]["Statement"]
        (sending,) = [one for one in statements if one["Action"] == ["ses:SendEmail"]]
        assert sending["Condition"] == {"StringEquals": {"ses:FromAddress": {"Ref": "MailSender"}}}


def test_the_secret_is_made_in_the_account_and_stands_nowhere(data: Mapping[str, Any]) -> None:
    made = properties(data, "ShopSecret")["GenerateSecretString"]
    assert (made["GenerateStringKey"], made["PasswordLength"]) == ("cookie_keys", 43)
    assert made["ExcludePunctuation"] is True
    assert not [name for name in data["Parameters"] if "Secret" in name or ("Key" in name and name != "MailCodeKey")]


def test_four_alarms_tell_the_topic_when_they_begin_and_end(data: Mapping[str, Any]) -> None:
    alarms = [one for one in data["Resources"].values() if one["Type"] == "AWS::CloudWatch::Alarm"]
    assert len(alarms) == ALARMS_MAX
    for alarm in alarms:
        assert alarm["Properties"]["AlarmActions"] == alarm["Properties"]["OKActions"] == [{"Ref": "AlarmTopic"}]
        # One metric each, which AWS's own services count for nothing.
        assert alarm["Properties"]["Namespace"].startswith("AWS/")
        assert "Metrics" not in alarm["Properties"]
    # Where the sweep does not run, there is nothing to count.
    assert properties(data, "MailsPending")["InsufficientDataActions"] == [{"Ref": "AlarmTopic"}]


def test_a_budget_and_a_subscription_only_if_there_is_somebody_to_tell(data: Mapping[str, Any]) -> None:
    assert data["Resources"]["AlarmMail"]["Condition"] == "WithAlarmEmail"
    assert data["Resources"]["Budget"]["Condition"] == "WithBudget"
    assert data["Parameters"]["BudgetUsd"]["Default"] == BUDGET_USD
    alerts = properties(data, "Budget")["NotificationsWithSubscribers"]
    assert [alert["Notification"]["Threshold"] for alert in alerts] == [80, 100]


def test_a_domains_signatures_are_written_into_its_zone(data: Mapping[str, Any]) -> None:
    assert data["Resources"]["Sender"]["Condition"] == "WithoutDomain"
    conditional = {name for name, one in data["Resources"].items() if one.get("Condition") == "WithDomain"}
    assert conditional == {"SenderDomain", "SenderSignature1", "SenderSignature2", "SenderSignature3"}


def test_the_outputs_are_those_that_the_next_stack_takes(built: Built, data: Mapping[str, Any]) -> None:
    assert set(data["Outputs"]) == OUTPUTS
    for service in ("service-fargate", "service-serverless"):
        asked = built.templates[service]["Parameters"]
        assert {"TableArn", "ImagesBucketDomain", "UserPoolArn", "ShopSecretArn", "AlarmTopicArn"} <= set(asked)


def test_nothing_bills_while_nobody_asks(data: Mapping[str, Any]) -> None:
    """No type that is billed by the hour; what bills by the month is one secret and four alarms."""
    hourly = ("AWS::EC2", "AWS::ECS", "AWS::ElasticLoadBalancing", "AWS::RDS", "AWS::ElastiCache", "AWS::KMS")
    assert not [one["Type"] for one in data["Resources"].values() if one["Type"].startswith(hourly)]
    assert properties(data, "Table")["BillingMode"] == "PAY_PER_REQUEST"
    assert [one["Type"] for one in data["Resources"].values()].count("AWS::SecretsManager::Secret") == 1
