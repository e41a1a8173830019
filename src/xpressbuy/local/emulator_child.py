"""Runs the AWS emulator and ends with its parent. A script of its own: it runs in the emulator's environment.

The parent holds the other end of standard input. When that closes, for whatever reason, the emulator gets the signal
on which it writes its state and stops. A second signal follows only if it has not stopped in time.
"""

import os
import signal
import sys
import threading
import time

STOP_SECONDS_MAX = 20.0


def _follow_parent() -> None:
    while sys.stdin.buffer.read(1024):
        pass
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(STOP_SECONDS_MAX)
    os._exit(1)


class _Forgetful(dict[str, object]):
    """Keeps nothing."""

    def __setitem__(self, key: str, value: object) -> None:
        """Refuses silently."""


def _keep_groups_on_refresh() -> None:
    """The emulator's first way of refreshing tokens loses a person's groups, its second keeps them.

    The second serves whatever the first does not know, so the first must know nothing.
    """
    from ministack.services import cognito  # noqa: PLC0415 - likewise

    cognito._refresh_tokens = _Forgetful()  # noqa: SLF001 - there is no public switch


def main() -> None:
    """Starts the watcher, then the emulator in this very process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_follow_parent, daemon=True).start()
    from ministack.app import main as serve  # noqa: PLC0415 - only this environment has it

    _keep_groups_on_refresh()
    sys.argv = ["ministack"]
    serve()


if __name__ == "__main__":
    main()
