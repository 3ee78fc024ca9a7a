"""What the doctor has found."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    OK = "OK"
    WARN = "WARN"
    """The line can go live like this, if its operator has thought about it."""
    FAIL = "FAIL"
    SKIP = "SKIP"
    """Not looked at: something else has to be mended first."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What a check found, and what the operator can do about it."""

    level: Level
    seen: str
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    name: str
    level: Level
    seen: str
    remedy: str


def ok(seen: str) -> Seen:
    return Seen(Level.OK, seen)


def warn(seen: str, remedy: str) -> Seen:
    return Seen(Level.WARN, seen, remedy)


def fail(seen: str, remedy: str) -> Seen:
    return Seen(Level.FAIL, seen, remedy)


def failing(reason: Exception) -> Seen:
    """The result for an exception whose message is `what is wrong: what to do`."""
    wrong, _, remedy = str(reason).partition(": ")
    return fail(wrong, remedy)
