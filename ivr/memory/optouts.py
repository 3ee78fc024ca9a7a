"""Everyone who opted out: counted, looked up, lifted, and moved between stores, for an operator's command."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from typing import Any

from ivr.memory.journal import Wish, WishKind
from ivr.memory.keys import COUNTS_KEPT, key_of
from ivr.memory.scripts import put
from ivr.memory.wishes import EVERYWHERE, standing_of

HEADER = "opt-outs of a line"


class NotAnExport(ValueError):
    """The message says what is wrong with the file."""


@dataclass(frozen=True, slots=True)
class OptOut:
    """`since`: microseconds since 1970, of the newest STOP; 1 where an older version kept no time. `places`: short
    hashes of the line's numbers where it was sent; `lifted`: those where START was sent after it, and when."""

    caller: str
    since: int
    places: tuple[str, ...] = ()
    lifted: Mapping[str, int] = field(default_factory=dict)

    @property
    def wishes(self) -> tuple[Wish, ...]:
        stops = [Wish(self.caller, WishKind.STOP, place, self.since) for place in self.places or (EVERYWHERE,)]
        return (*stops, *(Wish(self.caller, WishKind.START, place, at) for place, at in self.lifted.items()))


@dataclass(frozen=True, slots=True)
class Lifted:
    """An opt-out that an operator lifted. `at`: a date and time."""

    at: str
    reason: str


def opt_outs(client: Any) -> Iterator[OptOut]:
    for key in client.scan_iter(match="stopped:*", count=1000):
        found = opt_out(client, key.partition("{")[2].removesuffix("}"))
        if found:
            yield found


def opt_out(client: Any, caller: str) -> OptOut | None:
    stopped = client.get(key_of("stopped", caller))
    if stopped is None:
        return None
    lifted = client.hgetall(key_of("started", caller))
    times = {place: standing_of(None, [at]).lifted for place, at in lifted.items()}
    return OptOut(caller, standing_of(stopped, ()).since, tuple(stopped.split(" ")[1:]), times)


def note_lifted(client: Any, caller: str, reason: str) -> Any:
    values = {"at": datetime.now(UTC).isoformat(timespec="seconds"), "reason": reason}
    return put(client, key_of("lifted", caller), COUNTS_KEPT, values)


def lifted_by_hand(client: Any, caller: str) -> Lifted | None:
    found = client.hgetall(key_of("lifted", caller))
    return Lifted(found.get("at", ""), found.get("reason", "")) if found else None


def export_lines(found: Iterable[OptOut], mark: str) -> Iterator[str]:
    """The lines of an export. `mark`: of the secret under which the opt-outs are stored."""
    yield json.dumps({"file": HEADER, "secret": mark})
    for one in found:
        yield json.dumps(asdict(one))


def read_export(lines: Iterable[str], mark: str) -> list[Wish]:
    """All wishes of an export. Raises NotAnExport, before anything is imported."""
    rows = [_row(number, line) for number, line in enumerate(lines, 1) if line.strip()]
    if not rows or rows[0].get("file") != HEADER:
        raise NotAnExport("this is not a file that `optouts export` wrote: give that file")
    if rows[0].get("secret") != mark:
        raise NotAnExport(
            "these opt-outs are kept under another secret, so nobody would be known by them: set CALLER_SECRET to the "
            "one of the store that they come from"
        )
    return [wish for number, row in enumerate(rows[1:], 2) for wish in _opt_out(number, row).wishes]


def _row(number: int, line: str) -> Mapping[str, Any]:
    try:
        row = json.loads(line)
    except ValueError:
        row = None
    if not isinstance(row, dict):
        raise NotAnExport(f"line {number} cannot be read: export once more")
    return row


def _opt_out(number: int, row: Mapping[str, Any]) -> OptOut:
    try:
        lifted = {str(place): int(at) for place, at in row["lifted"].items()}
        return OptOut(str(row["caller"]), int(row["since"]), tuple(map(str, row["places"])), lifted)
    except (LookupError, TypeError, ValueError, AttributeError):
        raise NotAnExport(f"line {number} cannot be read: export once more") from None
