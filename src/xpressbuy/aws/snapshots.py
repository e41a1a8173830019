"""S3: one private object that may be missing. Reading and writing it never fails; at worst there is none.

Not reachable through CloudFront, which may read pictures and the closed page only.
"""

from __future__ import annotations

import structlog

from xpressbuy.aws import signed
from xpressbuy.aws.signed import Place, Unreachable

_ABSENT = frozenset({403, 404})
"""Without the right to list the bucket, S3 says 403 of what is not there."""
_log = structlog.get_logger("xpressbuy.snapshots")


class SnapshotObject:
    """A key of a bucket. Calls block; make them in a thread."""

    def __init__(self, place: Place, bucket: str, key: str) -> None:
        self._place = place
        self._bucket = bucket
        self._key = key

    def read(self) -> bytes | None:
        """Its bytes, or None."""
        try:
            answer = signed.get_object(self._place, self._bucket, self._key)
        except Unreachable as reason:
            _log.warning("snapshot_unread", reason=str(reason))
            return None
        if answer.status == 200:
            return answer.body
        if answer.status not in _ABSENT:
            _log.warning("snapshot_unread", status=answer.status)
        return None

    def write(self, body: bytes, content_type: str) -> bool:
        """Replaces it. False if that did not work, or nobody knows whether it did."""
        try:
            answer = signed.put_object(self._place, self._bucket, self._key, body, content_type)
        except Unreachable as reason:
            _log.warning("snapshot_unwritten", reason=str(reason))
            return False
        if answer.status != 200:
            _log.warning("snapshot_unwritten", status=answer.status)
        return answer.status == 200
