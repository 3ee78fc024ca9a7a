"""How the web server runs: where it listens, how many workers it has, what it logs.

Gunicorn reads WEB_CONCURRENCY before any file of ours, and fails with a traceback if it is not a number. So a container
runs its command as `python -m ivr.settings.serving COMMAND`, which checks first.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import ip_address

from ivr.settings.env_file import take_env_file
from ivr.settings.environment import CannotStart, WrongSetting, given_in

DEFAULT_PORT = 8000
DEFAULT_WORKERS, MOST_WORKERS = 2, 64
LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")


@dataclass(frozen=True, slots=True)
class Serving:
    """`host`: empty for every IPv4 address of the machine."""

    host: str
    port: int
    workers: int
    log_level: str

    @classmethod
    def from_env(cls, env: Mapping[str, str]) -> Serving:
        """Raises WrongSetting."""
        if not env.get("WEB_CONCURRENCY", "2").strip():
            raise WrongSetting("WEB_CONCURRENCY is empty, but gunicorn needs a number: write one or leave it out.")
        given = given_in(env)
        return cls(_host(given), port_in(given) or DEFAULT_PORT, _workers(given), _log_level(given))

    @property
    def bind(self) -> str:
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


def port_in(given: Mapping[str, str]) -> int | None:
    """The port that the hosting platform has set; None if it has set none."""
    written = given.get("PORT")
    if written is None:
        return None
    if not re.fullmatch(r"[0-9]{1,5}", written) or not 1 <= int(written) <= 65535:
        raise WrongSetting(f"PORT is not the number of a port: write one from 1 to 65535, such as {DEFAULT_PORT}.")
    return int(written)


def _host(given: Mapping[str, str]) -> str:
    """A platform that sets a port sends its requests there from outside. Otherwise only a proxy on the same machine can
    connect, unless LISTEN says so."""
    written = given.get("LISTEN")
    if written is None:
        return "" if "PORT" in given else "127.0.0.1"
    bare = written[1:-1] if written.startswith("[") and written.endswith("]") else written
    if bare.lower() == "localhost":
        return "localhost"
    if not _is_ip(bare):
        raise WrongSetting(
            "LISTEN is not an IP address: write it like 127.0.0.1, or :: for all; no name but localhost, and the port "
            "goes into PORT."
        )
    return bare


def _is_ip(written: str) -> bool:
    try:
        return bool(ip_address(written))
    except ValueError:
        return False


def _workers(given: Mapping[str, str]) -> int:
    written = given.get("WEB_CONCURRENCY", str(DEFAULT_WORKERS))
    if not re.fullmatch(r"[0-9]{1,3}", written) or not 1 <= int(written) <= MOST_WORKERS:
        raise WrongSetting(f"WEB_CONCURRENCY is not a number of workers: write one from 1 to {MOST_WORKERS}.")
    return int(written)


def _log_level(given: Mapping[str, str]) -> str:
    level = given.get("LOG_LEVEL", "INFO").upper()
    if level not in LEVELS:
        raise WrongSetting("LOG_LEVEL is not a level of the log: write debug, info, warning or error.")
    return level


def run(command: list[str]) -> None:
    """Replaces this process with the command, unless the web server's settings are wrong."""
    try:
        take_env_file(os.environ)
        Serving.from_env(os.environ)
    except CannotStart as wrong:
        sys.exit(str(wrong))
    os.execvp(command[0], command)  # noqa: S606 (the operator's own words)


if __name__ == "__main__":
    run(sys.argv[1:])
