"""Writes `web/openapi.json` from the app, with nothing running; `--check` only says whether the file is up to date."""

import base64
import json
import sys
from pathlib import Path

from xpressbuy.asgi import create_api
from xpressbuy.settings import Settings
from xpressbuy.wiring import build

TARGET = Path(__file__).resolve().parents[1] / "web" / "openapi.json"


def description() -> str:
    """The API's description as it stands in the file."""
    key = base64.b64encode(bytes(32)).decode()
    shop = build(Settings(role="api", environment="local", cookie_keys=(key,)))
    return json.dumps(create_api(shop).openapi(), indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def main() -> None:
    wanted = description()
    if "--check" in sys.argv:
        if not TARGET.exists() or TARGET.read_text() != wanted:
            sys.exit("web/openapi.json is out of date: run `make openapi` and commit it.")
        return
    TARGET.write_text(wanted)


if __name__ == "__main__":
    main()
