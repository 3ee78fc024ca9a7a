"""What is noted behind a turn: where a caller is, one more of something, a word not known. No turn waits for it.

A thread writes what has been noted meanwhile, in one round trip. If the store is down it is lost: that is memory only.
"""

from __future__ import annotations

import os
import threading
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from ivr.memory.behind import Behind
from ivr.memory.keys import COUNTS_KEPT, KEPT, counts_key, forgotten_key, key_of
from ivr.memory.link import Link
from ivr.memory.scripts import add, put
from ivr.memory.wishes import now
from ivr.memory.words import Used, write_words

MOST_NOTED = 10_000
"""Callers whose places, and words that, wait to be written. Beyond that the store is far behind, and new ones are not
noted."""


@dataclass(frozen=True, slots=True)
class State:
    """`at`: when it was noted, in microseconds."""

    path: str
    at: int


class Notes:
    def __init__(self, link: Link) -> None:
        self._link = link
        self._clear()
        os.register_at_fork(after_in_child=self._clear)
        self._behind = Behind(self.write, "notes")

    def _clear(self) -> None:
        """A fork begins with nothing noted."""
        self._places: dict[str, State] = {}
        self._counts: Counter[tuple[str, ...]] = Counter()
        self._words: set[Used] = set()
        self._guard, self._writing = threading.Lock(), threading.Lock()

    def place(self, caller: str, path: str) -> None:
        """The last place counts."""
        with self._guard:
            if caller in self._places or len(self._places) < MOST_NOTED:
                self._places[caller] = State(path, now())
        self._behind.ask()

    def count(self, names: tuple[str, ...]) -> None:
        """One more of each. Turns that are alike are added up first, and taken apart when they are written."""
        with self._guard:
            self._counts[names] += 1
        self._behind.ask()

    def words(self, used: Iterable[Used]) -> None:
        with self._guard:
            if len(self._words) < MOST_NOTED:
                self._words.update(used)
        self._behind.ask()

    def write(self) -> None:
        """All that is noted, now, and after what is being written: at the end of a process too."""
        with self._writing:
            with self._guard:
                places, self._places = self._places, {}
                counts, self._counts = self._counts, Counter()
                words, self._words = self._words, set()
            if places or counts:
                self._link.ask_at_leisure(lambda client: self._write(client, places, counts), None)
            if words:
                self._link.ask_at_leisure(lambda client: write_words(client, words), None)

    def _write(self, client: Any, places: Mapping[str, State], turns: Mapping[tuple[str, ...], int]) -> None:
        pipe = client.pipeline(transaction=False)
        for caller, place in places.items():
            put(pipe, key_of("caller", caller), KEPT, {"call": place.path})
        counts: Counter[str] = Counter()
        for names, more in turns.items():
            for name in names:
                counts[name] += more
        if counts:
            add(pipe, counts_key(datetime.now(UTC).date()), COUNTS_KEPT, counts)
        self._link.answers(client, pipe)
        take_back(client, {caller: place.at for caller, place in places.items()}, "call")


def take_back(client: Any, written: Mapping[str, int], *fields: str) -> None:
    """What was known of callers before they asked to be forgotten, and written after: any worker may have been slow.
    `written`: when it was known, in microseconds. Asked once all is written: a caller who is forgotten later than this
    is asked about is forgotten after it was written."""
    if not written:
        return
    pipe = client.pipeline(transaction=False)
    for caller in written:
        pipe.get(forgotten_key(caller))
    late = [
        caller for (caller, at), since in zip(written.items(), pipe.execute(), strict=True) if at <= int(since or 0)
    ]
    for caller in late:
        client.hdel(key_of("caller", caller), *fields)
