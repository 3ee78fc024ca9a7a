"""Metrics for monitoring, in OpenMetrics text: counted since the start by all workers of a server together. They say
what was done, never by whom: every name and label stands in this file.

The workers share one piece of memory, made before the fork, so the counts of a worker that has died are kept
(docs/decisions/048-*). Each process adds to a row of its own, which it holds by a lock for as long as it lives: nobody
waits for another, and no count asks the kernel for anything.
"""

from __future__ import annotations

import fcntl
import mmap
import os
import tempfile
import threading
import time
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping
from itertools import accumulate
from typing import TypeVar

from ivr.model import Outcome

MEDIA_TYPE = "application/openmetrics-text; version=1.0.0; charset=utf-8"
KINDS = ("arrived", "pressed", "said", "silent", "dialended", "hungup", "texted", "other")
"""Kinds of turn, named as in the log."""
WAYS, ACTS = ("call", "text"), ("text", "call")
ANOTHERS = "another secret's"
"""State of a store that was down at the start, and turned out to belong to another secret."""
STORES = ("up", "down", "refusing", ANOTHERS)
BOUNDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
"""Upper bounds of the histograms' buckets, in seconds. A turn waits for the store a third of a second at most, and for
the carrier's API five seconds."""
ROWS = 256
"""Processes that count at the same time; what more of them do is not counted."""

Cell = tuple[str, ...]
Done = TypeVar("Done")


def _cells() -> Iterator[Cell]:
    yield from (("turns", kind) for kind in KINDS)
    yield from (("api", act, outcome) for act in ACTS for outcome in Outcome)
    for name, labels in (("turn", WAYS), ("ask", ACTS)):
        for label in labels:
            yield from ((name, label, str(number)) for number in range(len(BOUNDS) + 1))
            yield name, label, "sum"
    yield from (("faults",), ("refused",))


PLACES: Mapping[Cell, int] = {cell: place for place, cell in enumerate(_cells())}
SIZE = len(PLACES) * 8
"""Bytes of a row."""


class Figures:
    def __init__(self) -> None:
        self._file = _nameless()
        os.truncate(self._file, ROWS * SIZE)
        self._cells = memoryview(mmap.mmap(self._file, ROWS * SIZE)).cast("d")
        self._forked()
        os.register_at_fork(after_in_child=self._forked)

    def _forked(self) -> None:
        self._guard, self._first = threading.Lock(), self._row_of_nobody()

    def _row_of_nobody(self) -> int | None:
        """Index of the first cell of a row that is this process's from now on; the kernel frees the row of a process
        that dies. None if there is no row left."""
        for row in range(ROWS):
            try:
                fcntl.lockf(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB, SIZE, row * SIZE)
            except OSError:
                continue
            return row * len(PLACES)
        return None

    # --- counting --------------------------------------------------------------------------------------------

    def turn(self, kind: str, seconds: float) -> None:
        """Counts a turn of this kind (as named in the log) that took so many seconds."""
        way = "text" if kind == "texted" else "call"
        turns = "turns", kind if kind in KINDS else "other"
        self._add({turns: 1, **_observed("turn", way, seconds)})

    def fault(self) -> None:
        self._add({("faults",): 1})

    def refused(self) -> None:
        """Counts a request without the carrier's signature."""
        self._add({("refused",): 1})

    def asked(self, act: str, ask: Callable[[], Outcome]) -> Outcome:
        """Calls `ask`, a request to the carrier's API to `text` or to `call`, and counts its outcome and duration."""
        began = time.perf_counter()
        outcome = ask()
        self._add({("api", act, outcome): 1, **_observed("ask", act, time.perf_counter() - began)})
        return outcome

    def _add(self, more: Mapping[Cell, float]) -> None:
        if self._first is None:
            return
        with self._guard:
            for cell, number in more.items():
                self._cells[self._first + PLACES[cell]] += number

    # --- telling ---------------------------------------------------------------------------------------------

    def total(self, *cell: str) -> int:
        return int(self._sum(*cell))

    def _sum(self, *cell: str) -> float:
        return sum(self._cells[PLACES[cell] :: len(PLACES)])

    def written(self, store: str, wishes_waiting: int, version: str, content: str) -> str:
        """The document. `store`: its state, one of STORES; `wishes_waiting`: STOP and START that may not be stored
        yet."""
        return "".join(f"{line}\n" for line in self._lines(store, wishes_waiting, version, content))

    def _lines(self, store: str, wishes_waiting: int, version: str, content: str) -> Iterator[str]:
        yield from _family("ivr", "info", "What runs.")
        yield f'ivr_info{{content="{content}",version="{version}"}} 1'
        yield from _family("ivr_turns", "counter", "Answers to the carrier, by what the caller did.")
        yield from (f'ivr_turns_total{{kind="{kind}"}} {self.total("turns", kind)}' for kind in KINDS)
        yield from _family("ivr_turn_seconds", "histogram", "Time to answer the carrier, the store's included.")
        yield from self._histogram("ivr_turn_seconds", "turn", "way", WAYS)
        yield from _family("ivr_faults", "counter", "Faults of the line's own, each told to the caller.")
        yield f"ivr_faults_total {self.total('faults')}"
        yield from _family("ivr_refused_requests", "counter", "Requests that the carrier has not signed.")
        yield f"ivr_refused_requests_total {self.total('refused')}"
        yield from _family("ivr_api_requests", "counter", "What the line asked of the carrier, and what came of it.")
        for act in ACTS:
            for outcome in Outcome:
                told = self.total("api", act, outcome)
                yield f'ivr_api_requests_total{{act="{act}",outcome="{outcome}"}} {told}'
        yield from _family("ivr_api_seconds", "histogram", "Time that the carrier took for it.")
        yield from self._histogram("ivr_api_seconds", "ask", "act", ACTS)
        yield from _family("ivr_store", "stateset", "How the store is.")
        yield from (f'ivr_store{{ivr_store="{state}"}} {int(state == store)}' for state in STORES)
        yield from _family("ivr_wishes_waiting", "gauge", "STOP and START that are not known to be safe in the store.")
        yield f"ivr_wishes_waiting {wishes_waiting}"
        yield "# EOF"

    def _histogram(self, name: str, cell: str, label: str, values: tuple[str, ...]) -> Iterator[str]:
        for value in values:
            counts = accumulate(self.total(cell, value, str(number)) for number in range(len(BOUNDS) + 1))
            for bound, count in zip((*map(str, BOUNDS), "+Inf"), counts, strict=True):
                yield f'{name}_bucket{{{label}="{value}",le="{bound}"}} {count}'
            yield f'{name}_count{{{label}="{value}"}} {count}'
            yield f'{name}_sum{{{label}="{value}"}} {self._sum(cell, value, "sum"):.6f}'


def _observed(name: str, label: str, seconds: float) -> Mapping[Cell, float]:
    return {(name, label, str(bisect_left(BOUNDS, seconds))): 1, (name, label, "sum"): seconds}


def _family(name: str, kind: str, words: str) -> tuple[str, str]:
    return f"# TYPE {name} {kind}", f"# HELP {name} {words}"


def _nameless() -> int:
    """An open file without a name, in memory where the system can: the disk may be read-only."""
    if hasattr(os, "memfd_create"):
        return os.memfd_create("figures")
    with tempfile.TemporaryFile() as file:
        return os.dup(file.fileno())
