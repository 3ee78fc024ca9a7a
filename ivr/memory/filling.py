"""Replays what was read from damaged files into a new server."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, islice
from typing import Any

from redis import ResponseError

from ivr.memory.aof import Command, Gap, stops_in
from ivr.memory.keys import COUNTS_KEPT, KEPT, MONTH, OF_A_CALLER, key_of

IN_ONE_GO = 500
"""How many commands are sent before their answers are read."""
ENDS = {
    **dict.fromkeys(OF_A_CALLER, KEPT),
    "forgotten": KEPT,
    "word": MONTH,
    "words": COUNTS_KEPT,
    "count": COUNTS_KEPT,
}
"""Time to live, in seconds, given to keys of each kind if the command that set it was lost."""


@dataclass(slots=True)
class Saved:
    commands: int = 0
    stops: int = 0
    lost: int = 0
    """Bytes."""

    def __str__(self) -> str:
        return (
            f"{self.commands} commands could be read, and {self.lost} bytes could not; "
            f"{self.stops} wishes to get no texts were found and kept"
        )


def replay(server: Any, pieces: Iterable[Iterable[Command | Gap]], at: int) -> Saved:
    """`server`: a redis-py connection; `at`: as for `aof.commands_in`. Every write command is replayed; one that the
    server refuses is skipped."""
    saved = Saved()
    writing = _names(server, "write") - _names(server, "blocking") | {b"SELECT"}
    commands = _commands(chain.from_iterable(pieces), writing, saved, at)
    while some := list(islice(commands, IN_ONE_GO)):
        server.send_packed_command(server.pack_commands(some))
        saved.commands += sum(_is_taken(server) for _ in some)
    for kind, seconds in ENDS.items():
        for key in _asked(server, "KEYS", f"{kind}:*"):
            _asked(server, "EXPIRE", key, str(seconds), "NX")
    saved.stops = len(_asked(server, "KEYS", key_of("stopped", "*")))
    return saved


def _commands(found: Iterable[Command | Gap], writing: set[bytes], saved: Saved, at: int) -> Iterator[Command]:
    for one in found:
        if isinstance(one, Gap):
            saved.lost += one.size
            yield from one.stops
        elif one[0].upper() in writing:
            yield one
        else:
            saved.lost += sum(map(len, one))
            yield from stops_in(b"\n".join(one), at)


def _names(server: Any, category: str) -> set[bytes]:
    return {name.upper() for name in _asked(server, "COMMAND", "LIST", "FILTERBY", "ACLCAT", category)}


def _asked(server: Any, *words: str | bytes) -> Any:
    server.send_command(*words)
    return server.read_response()


def _is_taken(server: Any) -> bool:
    try:
        server.read_response()
    except ResponseError:
        return False
    return True
