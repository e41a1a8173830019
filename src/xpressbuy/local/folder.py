"""The data folder of a local run: its lock, its keys, and the settings file that the command line finds there."""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from xpressbuy.local.emulator import LocalProblem, port_taken
from xpressbuy.local.stack import new_cookie_key

SETTINGS_FILE = "shop.env"
FACTS_FILE = "shop.json"


class DataFolder:
    """One shop's folder, `.xpressbuy/` if nothing else is said."""

    def __init__(self, path: Path) -> None:
        self.path = path.resolve()

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Holds the folder for this process; the lock goes with the process, however that ends."""
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            with (self.path / "lock").open("a") as file:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                try:
                    yield
                finally:
                    (self.path / SETTINGS_FILE).unlink(missing_ok=True)
        except BlockingIOError as error:
            raise LocalProblem(
                f"A shop is already running on {self.path}. Stop it first, or choose another folder with "
                "XPRESSBUY_DATA_DIR=."
            ) from error
        except (NotADirectoryError, FileExistsError, PermissionError) as error:
            raise LocalProblem(
                f"{self.path} cannot be used as a folder. Move it away, or set XPRESSBUY_DATA_DIR=."
            ) from error

    def facts(self) -> dict[str, str]:
        """What stays between runs: the cookie key and the emulator's port. Made on the first run."""
        file = self.path / FACTS_FILE
        if not file.exists():
            return self.keep({"cookie_key": new_cookie_key()})
        try:
            facts = json.loads(file.read_text())
            return {str(name): str(value) for name, value in facts.items()} | {"cookie_key": str(facts["cookie_key"])}
        except (ValueError, KeyError, AttributeError) as error:
            raise LocalProblem(
                f"{file} is broken. Remove the folder {self.path} to start afresh; its orders go with it."
            ) from error

    def keep(self, facts: Mapping[str, str]) -> dict[str, str]:
        """Writes the facts, whole or not at all."""
        draft = self.path / f"{FACTS_FILE}.draft"
        draft.write_text(json.dumps(facts))
        draft.replace(self.path / FACTS_FILE)
        return dict(facts)

    def emulator_port(self, facts: Mapping[str, str]) -> int | None:
        """The last run's port if it is free, so that open sign-in pages go on working; else None."""
        port = int(facts["emulator_port"]) if facts.get("emulator_port", "").isdigit() else None
        return port if port and not port_taken(port) else None

    def write_settings(self, environment: Mapping[str, str]) -> None:
        """Lets the command line work on this shop while it runs. Readable by its owner only."""
        file = self.path / SETTINGS_FILE
        lines = "".join(f"{name}={value}\n" for name, value in environment.items())
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w") as opened:
            opened.write(lines)
