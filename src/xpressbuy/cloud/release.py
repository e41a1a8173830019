"""What is shipped to AWS besides templates: the functions' code as zips, and the image that AWS builds of our source.

Names are made of contents, so that what is there already is neither sent nor built again.
"""

from __future__ import annotations

import fnmatch
import hashlib
import io
import subprocess
import time
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from botocore.exceptions import ClientError

from xpressbuy.cloud.account import Cloud, error_code
from xpressbuy.cloud.advice import advice_for
from xpressbuy.cloud.blueprints import Blueprint, Profile
from xpressbuy.cloud.bundle import Platform, build_lambda_zip
from xpressbuy.cloud.problem import CloudProblem
from xpressbuy.cloud.stacks import TEMPLATE_BYTES_MAX, Report, Steps

ROOT = Path(__file__).resolve().parents[3]
MADE = ROOT / "build" / "cloud"
"""Zips made on this machine, kept by content; may go at any time."""
HASH_LENGTH = 16
BUILD_SECONDS_MAX = 2400.0
SOURCE_BYTES_MAX = 64_000_000
SOURCE_FILES_MAX = 20_000
GIT_SECONDS_MAX = 30
DONE_PHASES = ("SUBMITTED", "QUEUED", "PROVISIONING", "DOWNLOAD_SOURCE", "INSTALL", "PRE_BUILD", "BUILD", "POST_BUILD")
_ABSENT = frozenset({"404", "NoSuchKey", "NotFound", "ImageNotFoundException"})
_EPOCH = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Artefact:
    """Something to be put into the release bucket under a name made of its content."""

    key: str
    body: bytes


@dataclass(frozen=True, slots=True)
class Artefacts:
    """What one release of the shop's code consists of: `web` for a shop on Lambda, `source` for one in containers."""

    mail: Artefact
    web: Artefact | None = None
    source: Artefact | None = None
    build: str = ""
    """Tells images of the same source from each other; empty for the first."""

    @property
    def image_tag(self) -> str:
        """The image's tag is its source's hash, and which build of it this is; empty if there is no image."""
        return f"{self._source_hash}-{self.build}" if self.build else self._source_hash

    @property
    def _source_hash(self) -> str:
        return self.source.key.removesuffix(".zip").rpartition("-")[2] if self.source else ""

    def built_anew(self, now: datetime) -> Artefacts:
        """With an image of its own, although the source may be as before. CloudProblem if there is no image."""
        if self.source is None:
            raise CloudProblem("--rebuild builds an image, and a shop on Lambda has none. Leave it out.")
        return replace(self, build=f"{now:%Y%m%d%H%M%S}")

    def as_it_runs(self, image_uri: str) -> Artefacts:
        """With the build of this same source that runs, if one does; so that a later deploy does not go back."""
        source, _, build = image_uri.rpartition(":")[2].partition("-")
        return replace(self, build=build) if self.source and source == self._source_hash else self

    def known(self, release: dict[str, str]) -> dict[str, str]:
        """The templates' parameters about code, with the release stack's outputs."""
        found = {"MailCodeKey": self.mail.key}
        if self.web:
            found["WebCodeKey"] = self.web.key
        if self.image_tag and "RepositoryUri" in release:
            found["ImageUri"] = f"{release['RepositoryUri']}:{self.image_tag}"
        return found


def make_artefacts(profile: Profile, locale: str, platform: Platform, folder: Path = MADE) -> Artefacts:
    """Makes the zips on this machine. CloudProblem if a package cannot be fetched or the source is not there."""
    languages = sorted({"en", locale.partition("_")[0]})
    mail = _zip("mail", platform, languages, folder)
    if profile == "serverless":
        return Artefacts(mail, web=_zip("web", platform, languages, folder))
    return Artefacts(mail, source=source_artefact(ROOT))


def _zip(kind: Literal["mail", "web"], platform: Platform, languages: list[str], folder: Path) -> Artefact:
    target = folder / f"{kind}-{platform}.zip"
    body = build_lambda_zip(target, kind=kind, platform=platform, languages=languages).read_bytes()
    return Artefact(f"code/{kind}-{_hash(body)}.zip", body)


def _hash(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()[:HASH_LENGTH]


def source_artefact(root: Path) -> Artefact:
    """The tracked files that `.dockerignore` lets in, as a zip named by their contents: equal on every machine."""
    rules = root / ".dockerignore"
    if not rules.is_file() or not (root / "Dockerfile").is_file():
        raise CloudProblem(f"{root} holds no Dockerfile, so no image can be built. Deploy from a checkout of the shop.")
    digest = hashlib.sha256()
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name in [rules.name, *chosen(_tracked(root), rules.read_text().splitlines())]:
            path = root / name
            if path.is_file():
                body, mode = path.read_bytes(), 0o755 if path.stat().st_mode & 0o100 else 0o644
                digest.update(f"{name}\0{mode}\0{len(body)}\0".encode() + body)
                entry = zipfile.ZipInfo(name, _EPOCH)
                entry.compress_type = zipfile.ZIP_DEFLATED
                entry.external_attr = mode << 16
                archive.writestr(entry, body)
    zipped = buffer.getvalue()
    if len(zipped) > SOURCE_BYTES_MAX:
        raise CloudProblem(f"The source takes {len(zipped) // 1_000_000} MB. Was something large added to git?")
    return Artefact(f"source/shop-{digest.hexdigest()[:HASH_LENGTH]}.zip", zipped)


def _tracked(root: Path) -> list[str]:
    """Files that git knows: what lies beside them may be a secret and stays on this machine."""
    command = ["git", "-C", str(root), "ls-files", "-z"]
    try:
        listed = subprocess.run(  # noqa: S603 - a fixed command; the folder is the checkout that this file lies in
            command, check=True, capture_output=True, timeout=GIT_SECONDS_MAX
        ).stdout
    except (OSError, subprocess.SubprocessError) as error:
        raise CloudProblem(f"git cannot list the files of {root}. Deploy from a git checkout of the shop.") from error
    names = sorted(name for name in listed.decode().split("\0") if name)
    if len(names) > SOURCE_FILES_MAX:
        raise CloudProblem(
            f"{len(names)} files are tracked by git, more than the {SOURCE_FILES_MAX} that a build takes."
        )
    return names


def chosen(names: Iterable[str], rules: Iterable[str]) -> list[str]:
    """By `.dockerignore`: the last rule that matches a path, or a folder that it lies in, decides."""
    read = [rule.strip() for rule in rules if rule.strip() and not rule.startswith("#")]
    kept = []
    for name in names:
        parts = name.split("/")
        places = ["/".join(parts[:depth]) for depth in range(1, len(parts) + 1)]
        inside = True
        for rule in read:
            pattern = rule.removeprefix("!").rstrip("/")
            if any(_matches(place, pattern) for place in places):
                inside = rule.startswith("!")
        if inside:
            kept.append(name)
    return kept


def _matches(place: str, pattern: str) -> bool:
    """`**` stands for any number of folders, none included; `*` for anything within one name."""
    heads, tails = pattern.split("/"), place.split("/")

    def match(left: list[str], right: list[str]) -> bool:
        if not left:
            return not right
        if left[0] == "**":
            return any(match(left[1:], right[skip:]) for skip in range(len(right) + 1))
        return bool(right) and fnmatch.fnmatchcase(right[0], left[0]) and match(left[1:], right[1:])

    return match(heads, tails)


def upload(cloud: Cloud, bucket: str, artefact: Artefact) -> None:
    """Unless it is there."""
    try:
        cloud.objects.head_object(Bucket=bucket, Key=artefact.key)
    except ClientError as error:
        if error_code(error) not in _ABSENT:
            raise
        cloud.objects.put_object(Bucket=bucket, Key=artefact.key, Body=artefact.body)


def sent_template(cloud: Cloud, blueprint: Blueprint, bucket: str | None) -> dict[str, str]:
    """The template as CloudFormation is given it: itself, or where it lies if it is too long for that."""
    body = blueprint.body.encode()
    if len(body) <= TEMPLATE_BYTES_MAX:
        return {"TemplateBody": blueprint.body}
    if bucket is None:
        raise CloudProblem(f"The template {blueprint.name} is too long to be sent without the release stack.")
    artefact = Artefact(f"templates/{blueprint.name}-{_hash(body)}.json", body)
    upload(cloud, bucket, artefact)
    return {"TemplateURL": f"https://s3.{cloud.region}.amazonaws.com/{bucket}/{artefact.key}"}


def has_image(cloud: Cloud, repository: str, tag: str) -> bool:
    """Whether the registry holds it."""
    try:
        found = cloud.images.describe_images(repositoryName=repository, imageIds=[{"imageTag": tag}])
    except ClientError as error:
        if error_code(error) in _ABSENT:
            return False
        raise
    return bool(found["imageDetails"])


def build_image(cloud: Cloud, release: dict[str, str], artefacts: Artefacts, report: Report) -> None:
    """Has AWS build the image of the source. CloudProblem with the failed phase's reason."""
    repository, tag = release["RepositoryName"], artefacts.image_tag
    assert artefacts.source is not None
    upload(cloud, release["CodeBucket"], artefacts.source)
    builds: Any = cloud.client("codebuild")
    started = builds.start_build(
        projectName=release["BuildProject"],
        sourceTypeOverride="S3",
        sourceLocationOverride=f"{release['CodeBucket']}/{artefacts.source.key}",
        environmentVariablesOverride=[
            {"name": "IMAGE_URI", "value": f"{release['RepositoryUri']}:{tag}", "type": "PLAINTEXT"}
        ],
        idempotencyToken=tag,
    )["build"]
    deadline = time.monotonic() + BUILD_SECONDS_MAX
    while True:
        build = builds.batch_get_builds(ids=[started["id"]])["builds"][0]
        phase = str(build.get("currentPhase", ""))
        done = DONE_PHASES.index(phase) if phase in DONE_PHASES else 0
        report(Steps(done, len(DONE_PHASES), phase.replace("_", " ").lower()))
        if build["buildStatus"] != "IN_PROGRESS":
            break
        if time.monotonic() > deadline:
            raise CloudProblem(
                f"The image is not built after {BUILD_SECONDS_MAX / 60:.0f} minutes. AWS goes on with it; deploy again."
            )
        time.sleep(cloud.pace)
    if build["buildStatus"] != "SUCCEEDED":
        raise CloudProblem(_build_failure(build))
    if not has_image(cloud, repository, tag):
        raise CloudProblem("The build ended well, but its image is not in the registry. Deploy again.")


def _build_failure(build: dict[str, Any]) -> str:
    failed = [phase for phase in build.get("phases", []) if phase.get("phaseStatus") not in (None, "SUCCEEDED")]
    contexts = failed[0].get("contexts", []) if failed else []
    reason = "; ".join(context.get("message", "") for context in contexts)[:600] or "no reason is given"
    phase = failed[0]["phaseType"] if failed else build["buildStatus"]
    logs = build.get("logs", {}).get("deepLink", "")
    where = f" The whole story: {logs}" if logs else ""
    return f"AWS could not build the image. {phase}: {reason}.{where} {advice_for(reason)}"
