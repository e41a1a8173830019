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


def main() -> None:
    """Starts the watcher, then the emulator in this very process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_follow_parent, daemon=True).start()
    from ministack.app import main as serve  # noqa: PLC0415 - only this environment has it

    sys.argv = ["ministack"]
    serve()


if __name__ == "__main__":
    main()
