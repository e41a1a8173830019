"""Finds a Chromium for the tests and writes its path to `.tools/browser`; on Debian as root it installs one."""

import os
import shutil
import subprocess
from pathlib import Path

from bootstrap import apt_install, stop

ROOT = Path(__file__).resolve().parents[1]
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MAC_PATHS = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)


def find() -> str | None:
    wanted = os.environ.get("CHROMIUM")
    if wanted:
        return wanted if Path(wanted).exists() else None
    for name in NAMES:
        if path := shutil.which(name):
            return path
    return next((path for path in MAC_PATHS if Path(path).exists()), None)


def main() -> None:
    path = find()
    if path is None and shutil.which("apt-get") and os.geteuid() == 0:
        print("Installing Chromium for the browser tests …", flush=True)
        apt_install("chromium")
        path = find()
    if path is None:
        stop("The browser tests need Chromium or Chrome. Install one, or set CHROMIUM to its path, and try again.")
    assert path is not None
    subprocess.run([path, "--version"], check=True, stdout=subprocess.DEVNULL)
    (ROOT / ".tools" / "browser").write_text(path + "\n")


if __name__ == "__main__":
    main()
