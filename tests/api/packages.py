"""What others wrote and the tests compare the line with, from npm: see package.json. Never needed to run the line."""

import fcntl
import re
import shutil
import subprocess
from functools import cache
from pathlib import Path

import pytest

HERE = Path(__file__).parent
LOCK = HERE / "package-lock.json"
MODULES = HERE / "node_modules"
INSTALLED = MODULES / "installed-lock.json"
OLDEST_NODE = 20
SECONDS = 60
INSTALL = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
GIVE_UP_SOON = ["--fetch-retries=0", "--fetch-timeout=20000"]
WRONG_PINS = ("EINTEGRITY", "EUSAGE")


def node() -> str:
    """The command, once everything that package-lock.json pins is installed. Skips the test where that cannot be."""
    reason = _missing()
    if reason is not None:
        pytest.skip(reason)
    return shutil.which("node") or ""


@cache
def _missing() -> str | None:
    """Why there is nothing to compare with. Found out once, since a network that is down takes long to notice."""
    command, npm = shutil.which("node"), shutil.which("npm")
    if command is None or npm is None:
        return "This needs Node and npm, and at least one of them is not on this machine."
    if _version(command) < OLDEST_NODE:
        return f"This needs Node {OLDEST_NODE} or later."
    with (HERE / "installing.lock").open("w") as lock:  # Tests run side by side, and npm begins by deleting.
        fcntl.flock(lock, fcntl.LOCK_EX)
        return None if _is_installed() else _install(npm)


def _version(command: str) -> int:
    said = subprocess.run([command, "--version"], capture_output=True, text=True, timeout=SECONDS, check=True)
    return int(re.findall(r"\d+", said.stdout)[0])


def _is_installed() -> bool:
    return INSTALLED.is_file() and INSTALLED.read_bytes() == LOCK.read_bytes()


def _install(npm: str) -> str | None:
    command = [npm, *INSTALL, *GIVE_UP_SOON]
    try:
        done = subprocess.run(command, cwd=HERE, capture_output=True, text=True, timeout=SECONDS, check=False)
    except subprocess.TimeoutExpired:
        return f"npm did not install tests/api/package.json within {SECONDS} seconds: is the network slow?"
    if any(code in done.stderr for code in WRONG_PINS):
        pytest.fail(f"tests/api/package-lock.json does not fit: {done.stderr}", pytrace=False)
    if done.returncode != 0:
        why = next(iter(done.stderr.splitlines()), "it gives no reason")
        return f"npm could not install tests/api/package.json: is there a network? ({why})"
    shutil.copy(LOCK, INSTALLED)
    return None
