"""The four applications beside each other: round by round, so that other load affects them alike."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from random import Random
from statistics import median

from bench.asked import Asked, on_wire, texts, turns
from bench.figures import percentile
from bench.load import Round, load
from bench.processes import cpu_seconds, descendants
from bench.servers import EMPTY, LINE, SAMPLE, served_by
from ivr.library.library import Library

DOCUMENT = b"<Response"
WARMING_UP = 0.3
"""Of a round, before the first."""


@dataclass(frozen=True, slots=True)
class Row:
    """Medians of rounds; times in milliseconds. `cpu`: microseconds of processor time a request, of the web server's
    processes alone. `to_a`, `to_b`: its rate over theirs. `tail_to_a`: the same of p99."""

    name: str
    rate: float
    cpu: float
    p50: float
    p99: float
    to_a: float
    to_b: float
    tail_to_a: float
    failures: int


@dataclass(frozen=True, slots=True)
class Measured:
    """`cpu`: seconds of processor time a request."""

    round: Round
    cpu: float


@dataclass(frozen=True, slots=True)
class Contender:
    """`server`: the web server's first process."""

    name: str
    server: int
    port: int
    asked: Iterator[Asked]
    path: str | None
    wanted: bytes = DOCUMENT

    def round(self, count: int) -> Measured:
        requests = [on_wire(one, self.port, self.path) for one in itertools.islice(self.asked, count)]
        before = self._cpu()
        done = load(self.port, requests, self.wanted)
        return Measured(done, (self._cpu() - before) / max(1, len(done.latencies)))

    def _cpu(self) -> float:
        return sum(map(cpu_seconds, (self.server, *descendants(self.server))))


def compare(libraries: Mapping[str, Library], folder: Path, store: str, rounds: int, count: int) -> list[Row]:
    """`count` requests to each in a round. The first three are sent the same forms."""
    with ExitStack() as stack:
        started = [stack.enter_context(served_by(app, folder, store)) for app in (EMPTY, SAMPLE, LINE)]
        empty, sample, line = ((web.pid, port) for web, port in started)
        calls = itertools.tee(turns(libraries, Random(1)), 3)
        contenders = [
            Contender("a: an empty route", *empty, calls[0], "/", b""),
            Contender("b: the usual pattern", *sample, calls[1], "/voice"),
            Contender("c: a turn of a call", *line, calls[2], None),
            Contender("d: a text", *line, texts(Random(1)), None),
        ]
        for contender in contenders:
            contender.round(round(count * WARMING_UP))
        measured = [[contender.round(count) for contender in contenders] for _ in range(rounds)]
    return [_row(contender.name, nth, measured) for nth, contender in enumerate(contenders)]


def _row(name: str, nth: int, measured: list[list[Measured]]) -> Row:
    rounds = [[one.round for one in beside] for beside in measured]
    own = [beside[nth] for beside in rounds]
    tails = [[percentile(one.latencies, 0.99) for one in beside] for beside in rounds]
    return Row(
        name,
        rate=median(one.rate for one in own),
        cpu=1_000_000 * median(beside[nth].cpu for beside in measured),
        p50=1000 * median(percentile(one.latencies, 0.5) for one in own),
        p99=1000 * median(tail[nth] for tail in tails),
        to_a=median(beside[nth].rate / beside[0].rate for beside in rounds),
        to_b=median(beside[nth].rate / beside[1].rate for beside in rounds),
        tail_to_a=median(tail[nth] / tail[0] for tail in tails),
        failures=sum(one.failures for one in own),
    )
