"""What is known of a mail after SES was asked once to send it."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from email import policy
from email.parser import Parser

import pytest
from tests.modules.notifications.fake_ses import LOST, SERVER_ERROR, THROTTLE, Answer, FakeSes, refusal

from xpressbuy.aws.mail import Accepted, Mailer, OutgoingMail, RefusalCode, Refused, Unknown, mailbox, make_client

pytestmark = pytest.mark.anyio
MAIL = OutgoingMail("asha@example.com", "Your order", "text", "<p>html</p>", (("order", "ord_1"),))


def _kept(code: RefusalCode, detail: str) -> Refused:
    return Refused(permanent=False, code=code, detail=detail)


def _final(code: RefusalCode, detail: str) -> Refused:
    return Refused(permanent=True, code=code, detail=detail)


@pytest.fixture(autouse=True)
def _credentials(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "local")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "local")


@pytest.fixture
def ses() -> Iterator[FakeSes]:
    with FakeSes() as fake:
        yield fake


def _mailer(endpoint: str, **extra: str) -> Mailer:
    client = make_client(region="us-east-1", endpoint=endpoint, read_seconds_max=0.5)
    return Mailer(client, sender_name="XpressBuy", sender="orders@shop.test", reply_to="help@shop.test", **extra)


async def test_everything_of_a_mail_arrives(ses: FakeSes) -> None:
    outcome = await _mailer(ses.url, configuration_set="orders").send(MAIL)
    assert outcome == Accepted("message-1")
    assert ses.sent == [
        {
            "FromEmailAddress": "XpressBuy <orders@shop.test>",
            "ReplyToAddresses": ["help@shop.test"],
            "Destination": {"ToAddresses": ["asha@example.com"]},
            "ConfigurationSetName": "orders",
            "EmailTags": [{"Name": "order", "Value": "ord_1"}],
            "Content": {
                "Simple": {
                    "Subject": {"Data": "Your order", "Charset": "UTF-8"},
                    "Body": {
                        "Text": {"Data": "text", "Charset": "UTF-8"},
                        "Html": {"Data": "<p>html</p>", "Charset": "UTF-8"},
                    },
                }
            },
        }
    ]


async def test_a_subject_never_brings_a_header(ses: FakeSes) -> None:
    hostile = OutgoingMail("a@example.com", "Hello\r\nBcc: eve@example.com\n\n", "t", "h")
    await _mailer(ses.url).send(hostile)
    assert ses.sent[0]["Content"]["Simple"]["Subject"]["Data"] == "Hello Bcc: eve@example.com"


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (THROTTLE, _kept(RefusalCode.THROTTLED, "TooManyRequestsException")),
        (refusal("ThrottlingException"), _kept(RefusalCode.THROTTLED, "ThrottlingException")),
        (
            refusal("TooManyRequestsException", 429, "Daily message quota exceeded."),
            _kept(RefusalCode.QUOTA, "TooManyRequestsException"),
        ),
        (refusal("LimitExceededException"), _kept(RefusalCode.QUOTA, "LimitExceededException")),
        (refusal("AccountSuspendedException"), _kept(RefusalCode.PAUSED, "AccountSuspendedException")),
        (refusal("SendingPausedException"), _kept(RefusalCode.PAUSED, "SendingPausedException")),
        (
            refusal("MailFromDomainNotVerifiedException"),
            _kept(RefusalCode.MISCONFIGURED, "MailFromDomainNotVerifiedException"),
        ),
        (refusal("AccessDeniedException", 403), _kept(RefusalCode.MISCONFIGURED, "AccessDeniedException")),
        (refusal("NotFoundException", 404), _kept(RefusalCode.MISCONFIGURED, "NotFoundException")),
        (refusal("SomethingNew"), _kept(RefusalCode.MISCONFIGURED, "SomethingNew")),
        (refusal("MessageRejected"), _final(RefusalCode.REJECTED, "MessageRejected")),
        (refusal("BadRequestException"), _final(RefusalCode.REJECTED, "BadRequestException")),
        (
            refusal("MessageRejected", message="Address is on the suppression list."),
            _final(RefusalCode.SUPPRESSED, "MessageRejected"),
        ),
        (SERVER_ERROR, Unknown("InternalServiceErrorException")),
        (Answer(status=503, code="ServiceUnavailable"), Unknown("ServiceUnavailable")),
        (Answer(status=502), Unknown("502")),
        (LOST, Unknown("ConnectionClosedError")),
        (Answer(hang_seconds=1.0), Unknown("ReadTimeoutError")),
    ],
)
async def test_each_answer_is_understood_and_asked_for_once(ses: FakeSes, answer: Answer, expected: object) -> None:
    ses.usual = answer
    assert await _mailer(ses.url).send(MAIL) == expected
    # The SDK's own second try would be a second mail.
    assert len(ses.requests) == 1


async def test_nobody_there_means_surely_not_sent() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        endpoint = f"http://127.0.0.1:{probe.getsockname()[1]}"
        outcome = await _mailer(endpoint).send(MAIL)
    assert outcome == _kept(RefusalCode.UNREACHABLE, "EndpointConnectionError")


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("XpressBuy", "XpressBuy"),
        ("", ""),
        ("Asha & Sons, Ltd.", "Asha & Sons, Ltd."),
        ('The "Best" Shop', 'The "Best" Shop'),
        ("Bücher für alle", "Bücher für alle"),
        ("Eve\r\nBcc: all@example.com", "EveBcc: all@example.com"),
        ("a@b.c <x@y.z>", "a@b.c <x@y.z>"),
    ],
)
def test_a_senders_name_is_one_name_of_one_address(name: str, shown: str) -> None:
    header = mailbox(name, "orders@shop.test")
    assert header.isascii()
    parsed = Parser(policy=policy.default).parsestr(f"From: {header}\n\n")
    addresses = parsed["From"].addresses
    assert [(address.display_name, address.addr_spec) for address in addresses] == [(shown, "orders@shop.test")]
    assert parsed.keys() == ["From"]
