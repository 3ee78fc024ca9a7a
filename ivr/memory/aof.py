"""Reads a damaged append-only file of Valkey: every whole command, and from the damaged stretches whatever opt-outs can
still be read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ivr.memory.keys import key_of

Command = tuple[bytes, ...]

COUNT = re.compile(rb"\*([1-9][0-9]{0,6})\r\n")
LENGTH = re.compile(rb"\$([0-9]{1,9})\r\n")
BEGINNING = re.compile(rb"\*[1-9][0-9]{0,6}\r\n\$[0-9]{1,2}\r\n[A-Za-z]{3,16}\r\n")
"""How a command begins; a value hardly ever contains it."""
COMMENT = re.compile(rb"#[^\r\n]*\r\n")
TRANSACTION = (b"MULTI", b"EXEC")
STOPPED = re.compile(
    rb"(?P<lifted>(?:DEL|UNLINK)\r\n\$[0-9]+\r\n)?(?P<key>"
    + re.escape(key_of("stopped", "?")).encode().replace(rb"\?", rb"[0-9A-Za-z_=+/-]{8,128}")
    + rb")(?:(?:\r\n\$[0-9]+\r\n|.)(?P<value>[0-9]{12,17}(?: [0-9a-f*]{1,8})+))?",
    re.IGNORECASE | re.DOTALL,
)
"""An opt-out's key, and its value (memory/wishes.py) where it can be read: here, or in a snapshot after a length
byte."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Bytes that are not a whole command, and commands that restore the opt-outs found in them."""

    size: int
    stops: tuple[Command, ...]


def commands_in(data: bytes, at: int) -> Iterator[Command | Gap]:
    """In file order. `at`: the time, in microseconds since 1970, given to a wish whose own time cannot be read.
    Transactions are split into their commands, because Valkey would discard one whose end is lost and all after it."""
    position = 0
    while position < len(data):
        found = _command(data, position)
        if found is None:
            after = _next(data, position + 1)
            yield Gap(after - position, stops_in(data[position:after], at))
            position = after
            continue
        command, position = found
        if command and command[0].upper() not in TRANSACTION:
            yield command


def stops_in(data: bytes, at: int) -> tuple[Command, ...]:
    """From bytes in any format. If a START cannot be recognised the opt-out stays: its sender can text START again."""
    return tuple(
        (b"DEL", found["key"]) if found["lifted"] else (b"SET", found["key"], found["value"] or b"%d *" % at)
        for found in STOPPED.finditer(data)
    )


def _next(data: bytes, position: int) -> int:
    """Where the next whole command begins, or the end."""
    for found in BEGINNING.finditer(data, position):
        if _command(data, found.start()):
            return found.start()
    return len(data)


def _command(data: bytes, position: int) -> tuple[Command, int] | None:
    """A command (empty for a comment) and where it ends; None if there is no whole command at `position`."""
    if comment := COMMENT.match(data, position):
        return (), comment.end()
    count = COUNT.match(data, position)
    if count is None:
        return None
    words, position = [], count.end()
    for _ in range(int(count[1])):
        length = LENGTH.match(data, position)
        if length is None:
            return None
        end = length.end() + int(length[1])
        if data[end : end + 2] != b"\r\n":
            return None
        words.append(data[length.end() : end])
        position = end + 2
    return tuple(words), position
