"""SES: hands one mail over, once, and says what is known of it afterwards. Nothing here knows what an order is.

SES has no token that makes a repeat the same mail, so the SDK's own retries are off: each would be a second mail.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from email.utils import formataddr
from enum import StrEnum
from typing import TYPE_CHECKING, cast

from botocore.config import Config
from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    ConnectTimeoutError,
    EndpointConnectionError,
    HTTPClientError,
    ParamValidationError,
)
from botocore.session import Session

if TYPE_CHECKING:
    from mypy_boto3_sesv2 import SESV2Client
    from mypy_boto3_sesv2.type_defs import SendEmailRequestTypeDef

CONNECT_SECONDS_MAX = 2.0
READ_SECONDS_MAX = 10.0
CONNECTIONS_MAX = 10
_SERVER_ERROR = 500


class RefusalCode(StrEnum):
    """Why SES surely did not take a mail."""

    THROTTLED = "throttled"
    """Too fast; the next second may do."""
    QUOTA = "quota"
    """The day's quota is used up."""
    PAUSED = "sending_paused"
    """SES or the operator has stopped this account."""
    MISCONFIGURED = "misconfigured"
    """Rights, keys, the sender's domain or the configuration set: it is our doing and no mail will pass."""
    UNREACHABLE = "unreachable"
    """The request never left."""
    SUPPRESSED = "suppressed"
    """The address is on the suppression list."""
    REJECTED = "rejected"
    """SES does not take this mail: an unverified sender, a bad address, bad content."""


_THROTTLES = frozenset({"TooManyRequestsException", "ThrottlingException", "Throttling", "RequestLimitExceeded"})
_PAUSES = frozenset({"AccountSuspendedException", "SendingPausedException"})
_REJECTIONS = frozenset({"MessageRejected", "BadRequestException", "InvalidParameterValue", "ValidationException"})
_PERMANENT = frozenset({RefusalCode.SUPPRESSED, RefusalCode.REJECTED})


@dataclass(frozen=True, slots=True)
class OutgoingMail:
    """One mail to one address. `tags` come back in SES's events; letters, digits, `-` and `_` only."""

    to: str
    subject: str
    text: str
    html: str
    tags: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Accepted:
    """SES has it."""

    message_id: str


@dataclass(frozen=True, slots=True)
class Refused:
    """SES surely does not have it. A permanent refusal would be the same again."""

    permanent: bool
    code: RefusalCode
    detail: str = ""
    """SES's own name for it, for the log."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """The answer was lost or is a server error: SES may have it."""

    detail: str = ""


Outcome = Accepted | Refused | Unknown


class Mailer:
    """Sends from the shop's one verified address."""

    def __init__(
        self,
        client: SESV2Client,
        *,
        sender_name: str,
        sender: str,
        reply_to: str = "",
        configuration_set: str = "",
    ) -> None:
        self._client = client
        self._sender = mailbox(sender_name, sender)
        self._reply_to = reply_to
        self._configuration_set = configuration_set

    async def send(self, mail: OutgoingMail) -> Outcome:
        """Hands one mail over. Never raises for what SES or the network does."""
        return await asyncio.to_thread(self._send, self._request(mail))

    def _request(self, mail: OutgoingMail) -> SendEmailRequestTypeDef:
        request: SendEmailRequestTypeDef = {
            "FromEmailAddress": self._sender,
            "Destination": {"ToAddresses": [mail.to]},
            "Content": {
                "Simple": {
                    "Subject": {"Data": " ".join(mail.subject.split()), "Charset": "UTF-8"},
                    "Body": {
                        "Text": {"Data": mail.text, "Charset": "UTF-8"},
                        "Html": {"Data": mail.html, "Charset": "UTF-8"},
                    },
                }
            },
            "EmailTags": [{"Name": name, "Value": value} for name, value in mail.tags],
        }
        if self._reply_to:
            request["ReplyToAddresses"] = [self._reply_to]
        if self._configuration_set:
            request["ConfigurationSetName"] = self._configuration_set
        return request

    def _send(self, request: SendEmailRequestTypeDef) -> Outcome:
        try:
            return Accepted(self._client.send_email(**request)["MessageId"])
        except ClientError as error:
            return _understood(error)
        except ParamValidationError as error:
            return Refused(permanent=True, code=RefusalCode.REJECTED, detail=type(error).__name__)
        except (EndpointConnectionError, ConnectTimeoutError) as error:
            return Refused(permanent=False, code=RefusalCode.UNREACHABLE, detail=type(error).__name__)
        except HTTPClientError as error:
            return Unknown(type(error).__name__)
        except BotoCoreError as error:
            # No credentials, no region, no such endpoint: raised before anything is sent.
            return Refused(permanent=False, code=RefusalCode.MISCONFIGURED, detail=type(error).__name__)


def make_client(*, region: str, endpoint: str | None, read_seconds_max: float = READ_SECONDS_MAX) -> SESV2Client:
    """A client that tries once and waits a bounded time.

    Made by botocore itself: boto3 adds nothing to it but 0.2 s of imports, which a function pays at every cold start.
    """
    config = Config(
        retries={"total_max_attempts": 1, "mode": "standard"},
        connect_timeout=CONNECT_SECONDS_MAX,
        read_timeout=read_seconds_max,
        max_pool_connections=CONNECTIONS_MAX,
    )
    client = Session().create_client("sesv2", region_name=region, endpoint_url=endpoint, config=config)
    return cast("SESV2Client", client)


def mailbox(name: str, address: str) -> str:
    """`XpressBuy <orders@…>` as a header takes it: quoted where it must be, in ASCII, on one line."""
    shown = "".join(letter for letter in name if letter.isprintable()).strip()
    return formataddr((shown, address))


def _understood(error: ClientError) -> Outcome:
    """What an answer of SES means. Anything that we do not know and that is not a server error keeps the mail."""
    code = str(error.response.get("Error", {}).get("Code", ""))
    message = str(error.response.get("Error", {}).get("Message", ""))
    status = int(error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", _SERVER_ERROR))
    if code in _THROTTLES:
        ours = RefusalCode.QUOTA if "daily" in message.lower() else RefusalCode.THROTTLED
    elif status >= _SERVER_ERROR:
        return Unknown(code or str(status))
    elif code == "LimitExceededException":
        ours = RefusalCode.QUOTA
    elif code in _PAUSES:
        ours = RefusalCode.PAUSED
    elif code in _REJECTIONS:
        ours = RefusalCode.SUPPRESSED if "suppress" in message.lower() else RefusalCode.REJECTED
    else:
        ours = RefusalCode.MISCONFIGURED
    return Refused(permanent=ours in _PERMANENT, code=ours, detail=code or str(status))
