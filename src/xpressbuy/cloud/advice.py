"""What to do about the failures that AWS is known to answer with. Sentences only; nothing here calls AWS."""

from __future__ import annotations

import re

from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    ConnectTimeoutError,
    EndpointConnectionError,
    NoCredentialsError,
    PartialCredentialsError,
    ProfileNotFound,
    ReadTimeoutError,
    SSOTokenLoadError,
    TokenRetrievalError,
    UnauthorizedSSOTokenError,
)

from xpressbuy.cloud.problem import CloudProblem

REASON_LENGTH_MAX = 600
NO_CREDENTIALS = (
    "No AWS credentials were found. Sign in with `aws configure sso` or `aws login`, or set AWS_PROFILE to a profile "
    "that has them."
)
EXPIRED = "The AWS credentials have run out. Sign in again (`aws sso login` or `aws login`) and run this once more."
OFFLINE = "AWS cannot be reached. Look at the network and at AWS_ENDPOINT_URL, then run this once more."
AGAIN = "Run this once more; what is done already stays done."

_KNOWN: tuple[tuple[str, str], ...] = (
    (r"ExpiredToken|TokenExpired|token (included in the request )?(is|has) expired|RequestExpired", EXPIRED),
    (
        r"InvalidClientTokenId|UnrecognizedClient|SignatureDoesNotMatch|InvalidAccessKeyId|AuthFailure",
        "AWS does not know these credentials. Look at AWS_PROFILE and the keys that it names.",
    ),
    (
        r"account must be verified|verify your account|account is (currently )?not verified|pending verification",
        (
            "AWS wants to verify a new account before it may do this (CloudFront and load balancers are asked "
            "first). Open a case at https://console.aws.amazon.com/support for `Account and billing`; it takes about "
            "a day. Then run this once more."
        ),
    ),
    (
        r"assume the service[- ]linked role",
        (
            "The account lacks a role of AWS's own, or has had it for a moment only. Wait a minute and deploy again. "
            "If it stays so, have somebody who may do iam:CreateServiceLinkedRole run `aws iam "
            "create-service-linked-role --aws-service-name ecs.amazonaws.com`."
        ),
    ),
    (
        r"AccessDenied|UnauthorizedOperation|not authorized to perform|explicit deny|Forbidden",
        "The credentials may not do this. Use a profile with AdministratorAccess, or have the action above allowed.",
    ),
    (
        r"MemorySize.*(less than or equal to|must be)",
        (
            "The account's functions may not have so much memory; a new account's get 3008 MB. Deploy with less "
            "(`--web-memory 3008`), or ask AWS for more at https://console.aws.amazon.com/support."
        ),
    ),
    (
        r"unreserved account concurrency|ConcurrentExecutions|ReservedConcurrentExecutions",
        "The account's Lambda quota is too small. Ask for more: Service Quotas > AWS Lambda > Concurrent executions.",
    ),
    (
        r"vCPU|limit on the number of (tasks|vCPUs)|Fargate On-Demand|capacity is unavailable|RESOURCE:",
        (
            "Fargate has no room for the tasks: ask for more under Service Quotas > AWS Fargate, or deploy with fewer "
            "(`--min-tasks 1`). A new account's quota rises by itself after a while."
        ),
    ),
    (
        r"LimitExceeded|limit exceeded|quota|maximum number of|ServiceQuotaExceeded|TooMany(?!Requests)",
        (
            "A quota of the account is used up. The reason names it; ask for more under Service Quotas, or remove "
            "what is no longer used."
        ),
    ),
    (
        r"DNS validation|validation (has )?timed out|PENDING_VALIDATION|CAA|InvalidDomainValidation",
        (
            "The certificate waits for the domain. Look whether the domain's name servers at its registrar are those "
            "of the hosted zone, then run this once more."
        ),
    ),
    (
        r"CNAMEAlreadyExists|alternate domain names? .*already",
        "Another CloudFront distribution has this domain. Take it off there first; then run this once more.",
    ),
    (
        r"No hosted zone|NoSuchHostedZone",
        "That hosted zone is not in this account. `aws route53 list-hosted-zones` shows those that are.",
    ),
    (
        r"Email address is not verified|MessageRejected|sandbox",
        (
            "The sender's address is not verified at SES, or SES still holds the account in its sandbox. Open the link "
            "that SES has mailed to the address; leave the sandbox at SES > Account dashboard > Request production."
        ),
    ),
    (
        r"BucketAlreadyExists|bucket name is not available",
        "Somebody else has a bucket of this name. Give the shop another name with --shop.",
    ),
    (
        r"BucketNotEmpty|not empty",
        "Something was put into the bucket or repository meanwhile. Run this once more; it empties it first.",
    ),
    (
        r"already exists|AlreadyExists|BucketAlreadyOwnedByYou|ResourceInUse",
        (
            "Something of this name is there already, perhaps from an earlier shop of the same name. Remove it, or "
            "give the shop another name with --shop."
        ),
    ),
    (
        r"scheduled for deletion",
        (
            "A secret of this name waits for its end. `aws secretsmanager delete-secret "
            "--force-delete-without-recovery` ends it at once."
        ),
    ),
    (
        r"circuit breaker|failed to stabilize|did not stabilize|tasks failed to start|health checks|ELB health",
        (
            "The shop's tasks did not become healthy. Their logs say why: `aws logs tail LOG-GROUP --since 1h`, with "
            "the log group that the console shows for the service. The version before runs on."
        ),
    ),
    (
        r"CannotPullContainer|manifest .*not found|image .*does not exist",
        "The image is not in the registry. Deploy again; it is built where it is missing.",
    ),
    (
        r"Throttling|Rate exceeded|TooManyRequests|RequestLimitExceeded|ServiceUnavailable|Internal ?Failure",
        f"AWS is busy. Wait a minute. {AGAIN}",
    ),
    (
        r"OptInRequired|SubscriptionRequired|not subscribed",
        "Finish the account's sign-up with AWS, a payment card included.",
    ),
    (
        r"CREATE_IN_PROGRESS|UPDATE_IN_PROGRESS|in progress",
        (
            "Something is being changed there at this moment. Wait until it has ended (`xpressbuy cloud status`), "
            "then run this once more."
        ),
    ),
)
_TABLE = tuple((re.compile(pattern, re.IGNORECASE), sentence) for pattern, sentence in _KNOWN)


def advice_for(reason: str) -> str:
    """What to do about CloudFormation's reason or an error's text."""
    for pattern, sentence in _TABLE:
        if pattern.search(reason):
            return sentence
    return f"AWS's reason above says what it did not like. Mend that. {AGAIN}"


def explain(error: ClientError | BotoCoreError) -> CloudProblem:
    """A refused or failed call as a sentence to the operator."""
    if isinstance(error, NoCredentialsError | PartialCredentialsError | ProfileNotFound):
        return CloudProblem(NO_CREDENTIALS)
    if isinstance(error, SSOTokenLoadError | TokenRetrievalError | UnauthorizedSSOTokenError):
        return CloudProblem(EXPIRED)
    if isinstance(error, EndpointConnectionError | ConnectTimeoutError | ReadTimeoutError):
        return CloudProblem(f"{OFFLINE} ({error})"[:REASON_LENGTH_MAX])
    if not isinstance(error, ClientError):
        return CloudProblem(f"{error}"[:REASON_LENGTH_MAX])
    details = error.response.get("Error", {})
    code, message = str(details.get("Code", "")), str(details.get("Message", ""))[:REASON_LENGTH_MAX]
    return CloudProblem(f"AWS refused {error.operation_name}: {message} ({code}). {advice_for(f'{code} {message}')}")
