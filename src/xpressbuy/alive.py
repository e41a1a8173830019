"""The container's health check: `python -m xpressbuy.alive api` asks the process on this machine whether it lives.

Runs every half minute beside the shop on a fraction of a core, so it imports nothing that takes time.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from http.client import HTTPConnection, HTTPException

PORT_OF_ROLE = {"web": 3000, "api": 8000, "all": 3000}
"""Where each role listens unless a setting says otherwise."""
SECONDS_MAX = 3.0
_HOST = "127.0.0.1"


def main(arguments: Sequence[str]) -> int:
    """Exit code 0 if `/healthz` answers 200 on the port, or the port of the role, that is the one argument; else 1."""
    word = arguments[0] if len(arguments) == 1 else ""
    port = PORT_OF_ROLE.get(word) or (int(word) if word.isascii() and word.isdigit() else None)
    if port is None:
        sys.stderr.write("Say a role (web, api, all) or a port.\n")
        return 1
    connection = HTTPConnection(_HOST, port, timeout=SECONDS_MAX)
    try:
        connection.request("GET", "/healthz")
        status = connection.getresponse().status
    except (OSError, HTTPException, OverflowError) as error:
        sys.stderr.write(f"Nothing healthy on port {port}: {error}\n")
        return 1
    finally:
        connection.close()
    return 0 if status == 200 else 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
