"""Brings uv into `.tools/` on a machine that has only Python and make. Uses nothing but the standard library.

Says one clear sentence and exits with 2 if the machine lacks something that only its owner can install.
"""

import os
import platform
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TOOLS = ROOT / ".tools"
UV_VERSION = "0.13.9"
PYTHON_FLOOR = (3, 11)
NODE_FLOOR = (20, 19)
INSTALL_SECONDS_MAX = 600


def main() -> None:
    """Checks Python and Node, then installs uv once."""
    if sys.version_info < PYTHON_FLOOR:
        stop(f"Python {dotted(PYTHON_FLOOR)} or newer is needed, this is {platform.python_version()}.")
    check_node()
    if installed_version() != UV_VERSION:
        install_uv()


def check_node() -> None:
    node, npm = shutil.which("node"), shutil.which("npm")
    if not node or not npm:
        stop(f"Node {dotted(NODE_FLOOR)} or newer with npm is needed. Install it, for example from nodejs.org.")
    printed = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    found = tuple(int(part) for part in re.findall(r"\d+", printed)[:2])
    if found < NODE_FLOOR:
        stop(f"Node {dotted(NODE_FLOOR)} or newer is needed, this is {printed.strip() or 'unknown'}.")


def installed_version() -> str:
    uv = TOOLS / "bin" / "uv"
    if not uv.exists():
        return ""
    printed = subprocess.run([str(uv), "--version"], capture_output=True, text=True, check=False).stdout.split()
    return printed[1] if len(printed) > 1 else ""


def install_uv() -> None:
    print(f"Installing uv {UV_VERSION} into .tools/ …", flush=True)
    shutil.rmtree(TOOLS, ignore_errors=True)
    made = subprocess.run([sys.executable, "-m", "venv", str(TOOLS)], capture_output=True, text=True, check=False)
    if made.returncode != 0:
        shutil.rmtree(TOOLS, ignore_errors=True)
        add_venv_package()
        subprocess.run([sys.executable, "-m", "venv", str(TOOLS)], check=True)
    pip = [str(TOOLS / "bin" / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    done = subprocess.run([*pip, f"uv=={UV_VERSION}"], check=False, timeout=INSTALL_SECONDS_MAX)
    if done.returncode != 0:
        stop("uv could not be installed from PyPI. Check the network and try again.")


def add_venv_package() -> None:
    """Debian keeps Python's own venv module in a package of its own."""
    package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
    if shutil.which("apt-get") and os.geteuid() == 0:
        apt_install(package)
        return
    stop(f"Python cannot make environments here. Install the package {package} (sudo apt-get install {package}).")


def apt_install(package: str) -> None:
    """Installs a Debian package as root."""
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["apt-get", "update", "-qq"], ["apt-get", "install", "-y", "-qq", package]):
        if subprocess.run(command, env=quiet, stdout=subprocess.DEVNULL, check=False).returncode != 0:
            stop(f"apt-get could not install {package}. Install it by hand and try again.")


def stop(sentence: str) -> None:
    print(sentence, file=sys.stderr)
    raise SystemExit(2)


def dotted(version: tuple[int, ...]) -> str:
    return ".".join(str(part) for part in version)


if __name__ == "__main__":
    main()
