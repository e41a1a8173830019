"""A template's intrinsic functions, worked out with made-up parameters, so that its policies name whole ARNs."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

REGION, ACCOUNT, SHOP = "us-east-1", "123456789012", "shop"
TABLE_ARN = f"arn:aws:dynamodb:{REGION}:{ACCOUNT}:table/{SHOP}"
BUCKET = f"{SHOP}-images"
PSEUDO = {
    "AWS::Region": REGION,
    "AWS::AccountId": ACCOUNT,
    "AWS::Partition": "aws",
    "AWS::URLSuffix": "amazonaws.com",
    "AWS::StackName": f"{SHOP}-stack",
    "AWS::NoValue": "",
}
GIVEN = {
    "ShopName": SHOP,
    "TableName": SHOP,
    "TableArn": TABLE_ARN,
    "ImagesBucket": BUCKET,
    "ImagesBucketArn": f"arn:aws:s3:::{BUCKET}",
    "ShopSecretArn": f"arn:aws:secretsmanager:{REGION}:{ACCOUNT}:secret:{SHOP}-AbCdEf",
    "UserPoolId": f"{REGION}_Shop",
    "UserPoolArn": f"arn:aws:cognito-idp:{REGION}:{ACCOUNT}:userpool/{REGION}_Shop",
    "RepositoryName": SHOP,
    "MailSender": "orders@shop.example",
}
"""Parameters whose values stand in ARNs. Any other is given its own name."""
_SERVICE = re.compile(r"AWS::(\w+)::\w+")
_NAMES = {
    "AWS::DynamoDB::Table": ("TableName", f"arn:aws:dynamodb:{REGION}:{ACCOUNT}:table/{{}}"),
    "AWS::SQS::Queue": ("QueueName", f"arn:aws:sqs:{REGION}:{ACCOUNT}:{{}}"),
    "AWS::S3::Bucket": ("BucketName", "arn:aws:s3:::{}"),
    "AWS::Logs::LogGroup": ("LogGroupName", f"arn:aws:logs:{REGION}:{ACCOUNT}:log-group:{{}}:*"),
    "AWS::ECR::Repository": ("RepositoryName", f"arn:aws:ecr:{REGION}:{ACCOUNT}:repository/{{}}"),
    "AWS::Lambda::Function": ("FunctionName", f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:{{}}"),
    "AWS::SES::ConfigurationSet": ("Name", f"arn:aws:ses:{REGION}:{ACCOUNT}:configuration-set/{{}}"),
    "AWS::CodeBuild::Project": ("Name", f"arn:aws:codebuild:{REGION}:{ACCOUNT}:project/{{}}"),
}
"""Where a resource's name stands, and its ARN."""


class Resolver:
    """One template with values for its parameters."""

    def __init__(self, template: Mapping[str, Any]) -> None:
        self.template = template
        self.resources: Mapping[str, Any] = template["Resources"]

    def of_type(self, kind: str) -> Mapping[str, Mapping[str, Any]]:
        """Properties by logical id, worked out."""
        return {
            name: self.value(resource.get("Properties", {}))
            for name, resource in self.resources.items()
            if resource["Type"] == kind
        }

    def value(self, part: Any) -> Any:
        """Any part of the template without intrinsic functions. ValueError for one that is not known here."""
        if isinstance(part, list):
            return [self.value(inner) for inner in part]
        if not isinstance(part, dict):
            return part
        if len(part) == 1:
            ((name, argument),) = part.items()
            if name == "Ref":
                return self._reference(argument)
            if name.startswith("Fn::"):
                return self._function(name, argument)
        return {key: self.value(inner) for key, inner in part.items()}

    def _function(self, name: str, argument: Any) -> Any:
        found = self._functions.get(name)
        if found is None:
            raise ValueError(f"{name} is not known to this test")
        return found(argument)

    @property
    def _functions(self) -> Mapping[str, Callable[[Any], Any]]:
        return {
            "Fn::GetAtt": lambda path: self._attribute(*(path.split(".", 1) if isinstance(path, str) else path)),
            "Fn::Join": lambda given: given[0].join(self.value(given[1])),
            "Fn::Sub": lambda given: (
                self._substituted(given, {})
                if isinstance(given, str)
                else self._substituted(given[0], self.value(given[1]))
            ),
            # Whatever a policy allows in one of the two ways is what it allows.
            "Fn::If": lambda given: self.value(given[1]) or self.value(given[2]),
            "Fn::Select": lambda given: self.value(given[1])[int(given[0])],
            "Fn::Split": lambda given: self.value(given[1]).split(given[0]),
        }

    def _reference(self, name: str) -> str:
        if name in PSEUDO:
            return PSEUDO[name]
        if name in self.resources:
            kind = self.resources[name]["Type"]
            if kind == "AWS::SecretsManager::Secret":
                return GIVEN["ShopSecretArn"]
            if kind == "AWS::Cognito::UserPool":
                return GIVEN["UserPoolId"]
            return self._name(name)
        return GIVEN.get(name, name)

    def _attribute(self, name: str, attribute: str) -> str:
        kind = self.resources[name]["Type"]
        if kind == "AWS::Cognito::UserPool" and attribute == "Arn":
            return GIVEN["UserPoolArn"]
        if attribute == "Arn" and kind in _NAMES:
            return _NAMES[kind][1].format(self._name(name))
        if attribute == "StreamArn":
            return f"{self._attribute(name, 'Arn')}/stream/2026-11-22T09:00:00.000"
        service = _SERVICE.fullmatch(kind)
        return f"arn:aws:{service[1].lower() if service else 'other'}:{REGION}:{ACCOUNT}:{name}/{attribute}"

    def _name(self, logical: str) -> str:
        resource = self.resources[logical]
        attribute = _NAMES.get(resource["Type"], ("", ""))[0]
        given = self.value(resource.get("Properties", {}).get(attribute, ""))
        return str(given or (SHOP if resource["Type"] == "AWS::DynamoDB::Table" else logical))

    def _substituted(self, text: str, values: Mapping[str, Any]) -> str:
        def one(match: re.Match[str]) -> str:
            name = match[1]
            if name in values:
                return str(values[name])
            return str(self._attribute(*name.split(".", 1)) if "." in name else self._reference(name))

        return re.sub(r"\$\{([A-Za-z0-9:.]+)\}", one, text)
