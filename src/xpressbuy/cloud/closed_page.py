"""The page that visitors see while the shop is closed: one HTML file that needs nothing else, in the shop's look."""

from __future__ import annotations

from pathlib import Path

from botocore.exceptions import ClientError
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from xpressbuy.cloud.account import Cloud, error_code
from xpressbuy.cloud.options import Options

CLOSED_KEY = "closed/index.html"
"""CloudFront shows the object of this name in place of every page of a paused shop."""
KEPT = "public, max-age=60"
_PAGES = Environment(
    loader=FileSystemLoader(Path(__file__).with_name("pages")),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def closed_page(options: Options) -> str:
    """The page of a shop with this title and support address."""
    return _PAGES.get_template("closed.html").render(
        title=options.title or "XpressBuy",
        support_email=options.support_email or options.mail_sender or "",
    )


def upload_closed_page(cloud: Cloud, bucket: str, options: Options) -> None:
    """Unless an equal one is there."""
    body = closed_page(options).encode()
    try:
        there = cloud.objects.get_object(Bucket=bucket, Key=CLOSED_KEY)["Body"].read()
    except ClientError as error:
        if error_code(error) not in ("NoSuchKey", "404"):
            raise
        there = b""
    if there != body:
        cloud.objects.put_object(
            Bucket=bucket, Key=CLOSED_KEY, Body=body, ContentType="text/html; charset=utf-8", CacheControl=KEPT
        )
