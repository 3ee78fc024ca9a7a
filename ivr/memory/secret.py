"""The secret that keys the hash of a caller's number. If it is lost, nobody knows any more who opted out. So with
`REDIS_URL` the operator keeps it; with the embedded store it is kept beside the data. The store carries a mark of
it."""

from __future__ import annotations

import hmac
import logging
import secrets
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ivr.memory.connection import StoreConnection
from ivr.memory.keys import key_of
from ivr.memory.locks import locked
from ivr.memory.private import private_folder, put_private
from ivr.settings import CannotStart, Settings, WrongSetting

log = logging.getLogger(__name__)

FILE = "secret"
MARK = key_of("secret", "mark")
OF_CALLERS = ("caller:", "stopped:")
SECONDS_TO_SCAN = 4.0
MEND = "Restore the previous secret and restart the line: a start that reaches its store says more."


@dataclass(frozen=True, slots=True)
class Found:
    """What the store says of its secret. `mark`: the mark of the secret under which it is kept, if there is one.
    `has_callers`: it holds some callers, under whatever secret."""

    is_up: bool = False
    mark: str | None = None
    has_callers: bool = False


def settle_secret(settings: Settings, connection: StoreConnection, keep: bool = True) -> bytes:
    """The secret to use. Raises WrongSetting if there is none, or if the store is kept under another. `keep`: a newly
    made secret is written down, and the store is marked; without it nothing is written."""
    found = connection.ask_at_leisure(_look, Found())
    secret = settings.caller_secret or _kept(settings, found, keep)
    if found.mark not in (None, mark_of(secret)):
        raise WrongSetting(_another(settings))
    if found.has_callers and found.mark is None and settings.caller_secret not in (None, older_secret(settings)):
        log.warning(
            "The store holds callers from before and no mark of their secret: they are taken to be under CALLER_SECRET"
            ". If the line ran without it until now, set it to the words `callers of` followed by the auth token."
        )
    if keep and found.mark is None:
        marked = connection.ask_at_leisure(lambda client: _mark(client, mark_of(secret)), None)
        if marked not in (None, mark_of(secret)):
            raise WrongSetting(_another(settings))
    return secret


def is_known(secret: bytes, connection: StoreConnection) -> bool:
    """Whether a store that was down at the start is kept under this secret, asked now. A store without a mark gets this
    one's."""
    marked = connection.ask(lambda client: _mark(client, mark_of(secret)), None)
    if marked in (None, mark_of(secret)):
        return True
    log.error("CALLER_SECRET is not the one under which this store is kept: whoever opted out is not known. %s", MEND)
    return False


def mark_of(secret: bytes) -> str:
    """A mark by which the secret is recognised, and from which it cannot be found."""
    return hmac.digest(secret, b"the mark of this secret", "sha256").hex()[:32]


def older_secret(settings: Settings) -> bytes:
    """The secret that older versions made from the token if none was set."""
    return b"callers of " + settings.auth_token.encode()


def _look(client: Any) -> Found:
    mark = client.get(MARK)
    return Found(True, mark, mark is None and _has_callers(client))


def _has_callers(client: Any) -> bool:
    """Looks only once in the life of a store, and only for a while: it may hold many other keys."""
    until = time.monotonic() + SECONDS_TO_SCAN
    for key in client.scan_iter(count=1000):
        if key.startswith(OF_CALLERS):
            return True
        if time.monotonic() > until:
            break
    return False


def _mark(client: Any, mark: str) -> str:
    """Sets the mark unless another process was first; returns the one that holds."""
    client.set(MARK, mark, nx=True)
    return str(client.get(MARK))


def _kept(settings: Settings, found: Found, keep: bool) -> bytes:
    older = older_secret(settings)
    is_older = found.has_callers or found.mark == mark_of(older)
    if settings.redis_url is not None:
        raise WrongSetting(_missing(older.decode() if is_older else secrets.token_urlsafe(32), is_older))
    made = older if is_older else secrets.token_urlsafe(32).encode()
    is_fitting = is_older or (found.is_up and found.mark is None)
    kept = _in_folder(settings.data_dir, made, may_make=keep and is_fitting)
    if kept is None and not found.is_up:
        raise CannotStart("The embedded store does not answer, so nobody can tell whom it holds: start again.")
    return kept or made


def _in_folder(data: Path, made: bytes, may_make: bool) -> bytes | None:
    try:
        with locked(private_folder(data / "store") / "secret.lock"):
            with suppress(FileNotFoundError):
                if kept := (data / FILE).read_bytes().strip():
                    return kept
            if may_make:  # Missing, or empty because the machine went down while writing.
                put_private(data / FILE, made.decode() + "\n")
            return None
    except OSError:
        raise WrongSetting(
            f"DATA_DIR is not a folder where {FILE} can be read and written: choose another, or set CALLER_SECRET."
        ) from None


def _missing(fitting: str, is_older: bool) -> str:
    words = "CALLER_SECRET is not set, and with REDIS_URL it must be: without it nobody knows any more who opted out. "
    words += (
        "This store holds callers, so set it to the words `callers of`, a space and the auth token of that time."
        if is_older
        else "Set it to 16 characters or more, made at random, and keep it for good."
    )
    return f"{words} Copy this line: CALLER_SECRET={fitting}" if sys.stderr.isatty() else words


def _another(settings: Settings) -> str:
    place = "in CALLER_SECRET" if settings.redis_url else f"in {settings.data_dir / FILE} or in CALLER_SECRET"
    return (
        "CALLER_SECRET is not the one under which this store is kept, so nobody who opted out would be known: put the "
        f"previous one back {place}, or name another store."
    )
