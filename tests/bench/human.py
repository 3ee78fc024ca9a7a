"""Many callers at once, each acting when a person would: what they have to wait for."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count, takewhile
from random import Random

from bench.asked import a_call, number, on_wire
from bench.figures import percentile
from bench.load import Connection, Sender, undisturbed
from ivr.library.library import Library

SOONEST, LATEST = 5.0, 15.0
"""Seconds between two acts of a caller."""
LINGERS = 5.0
"""Seconds after the last request in which answers still count."""

Due = tuple[float, bytes]
"""When a request is to be sent, in seconds from the start, and the request."""


@dataclass(frozen=True, slots=True)
class Crowd:
    """Times in milliseconds, from the first byte sent to the last received. `late`: p99 of how long after its time a
    request was sent; more than a little of it would mean that the measuring itself is too slow."""

    callers: int
    requests: int
    failures: int
    p50: float
    p99: float
    longest: float
    late: float


def crowd(libraries: Mapping[str, Library], port: int, callers: int, seconds: float) -> Crowd:
    dues = sorted(due for nth in range(callers) for due in _acts(libraries, port, nth, seconds))
    sender = Sender(port, b"<Response")
    with undisturbed():
        late = _send(sender, dues)
    unanswered = len(dues) - len(sender.latencies) - sender.failures
    sender.close()
    times = [1000 * latency for latency in sender.latencies] or [float("inf")]
    middle, tail, behind = percentile(times, 0.5), percentile(times, 0.99), 1000 * percentile(late, 0.99)
    return Crowd(callers, len(dues), sender.failures + unanswered, middle, tail, max(times), behind)


def _acts(libraries: Mapping[str, Library], port: int, nth: int, seconds: float) -> Iterator[Due]:
    """One caller's requests: whoever has hung up calls again a while later."""
    chance = Random(nth)
    asked = (asked for _ in count() for asked in a_call(libraries, chance, number(nth)))
    for due in takewhile(lambda due: due < seconds, _times(chance)):
        yield due, on_wire(next(asked), port)


def _times(chance: Random) -> Iterator[float]:
    due = chance.uniform(0, LATEST)
    while True:
        yield due
        due += chance.uniform(SOONEST, LATEST)


def _send(sender: Sender, dues: Sequence[Due]) -> list[float]:
    """Sends each at its time, on a connection that is free or on a new one, as a carrier does. How late each was."""
    free: list[Connection] = []
    late: list[float] = []
    begun = time.perf_counter()
    for due, request in dues:
        while (wait := begun + due - time.perf_counter()) > 0:
            free += sender.answered(wait)
        (_open(free) or sender.connect()).send(request)
        late.append(-wait)
    until = time.perf_counter() + LINGERS
    while len(sender.latencies) + sender.failures < len(dues) and time.perf_counter() < until:
        free += sender.answered(0.1)
    return late


def _open(free: list[Connection]) -> Connection | None:
    """One that the other side has not closed meanwhile."""
    while free and free[-1].line.fileno() < 0:
        free.pop()
    return free.pop() if free else None
