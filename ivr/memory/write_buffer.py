"""The write buffer: where callers are, what is counted, words not known. A turn only notes these; they are written
later, in one round trip for all turns of a moment. If the store is down they are lost: that costs only memory."""

from __future__ import annotations

import atexit
import threading
import time
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ivr.memory.calendar import Calendar
from ivr.memory.connection import StoreConnection
from ivr.memory.keys import COUNTS_KEPT, KEPT, counts_key, forgotten_key, key_of, month_key
from ivr.memory.people import write_people
from ivr.memory.scripts import add, put
from ivr.memory.threads import in_forks, telling_faults, weakly
from ivr.memory.wishes import now
from ivr.memory.words import Used, write_words

GATHERED = 0.05
"""Seconds over which notes are gathered. Nobody hangs up and calls again in that time."""
MOST_NOTED = 10_000
"""Most callers with a place to be written, and most words. If there are more, the store is far behind, and new ones are
not noted."""


@dataclass(frozen=True, slots=True)
class Noted:
    """Where a caller is. `at`: when it was noted, in microseconds."""

    path: str
    at: int


class WriteBuffer:
    """A thread writes what was noted a moment later, once for all turns of that moment, and when the process ends. If
    writing fails, it is tried again with the next note."""

    def __init__(self, connection: StoreConnection, calendar: Calendar | None = None) -> None:
        """`calendar`: None stands for universal time."""
        self._connection, self._calendar = connection, calendar or Calendar()
        self._clear()
        in_forks(self._clear)
        atexit.register(weakly(self.write))

    def _clear(self) -> None:
        """A fork starts with nothing noted."""
        self._places: dict[str, Noted] = {}
        self._counts: Counter[tuple[str, ...]] = Counter()
        self._monthly: Counter[tuple[str, str]] = Counter()
        self._people: dict[str, set[str]] = {}
        self._words: set[Used] = set()
        self._guard, self._writing = threading.Lock(), threading.Lock()
        self._is_coming = False

    def place(self, caller: str, path: str) -> None:
        """Notes where a caller is; only the last place is written."""
        with self._guard:
            if caller in self._places or len(self._places) < MOST_NOTED:
                self._places[caller] = Noted(path, now())
        self._write_soon()

    def count(self, names: tuple[str, ...]) -> None:
        """Counts one more of each name. Equal turns are added up first, and separated when they are written."""
        with self._guard:
            self._counts[names] += 1
        self._write_soon()

    def count_in_month(self, month: str, name: str, more: int = 1) -> None:
        """Counts what must not be told for a single day."""
        with self._guard:
            self._monthly[month, name] += more
        self._write_soon()

    def person(self, month: str, person: str) -> None:
        """`person`: as memory/people.py names a person in that month."""
        with self._guard:
            people = self._people.setdefault(month, set())
            if len(people) < MOST_NOTED:
                people.add(person)
        self._write_soon()

    def words(self, used: Iterable[Used]) -> None:
        with self._guard:
            if len(self._words) < MOST_NOTED:
                self._words.update(used)
        self._write_soon()

    def _write_soon(self) -> None:
        if self._is_coming:
            return
        self._is_coming = True
        if not self._connection.soon(self._gather_and_write):
            self._is_coming = False

    def _gather_and_write(self) -> None:
        time.sleep(GATHERED)
        self._is_coming = False
        telling_faults(self.write)

    def write(self) -> None:
        """Writes everything noted so far, after any writing that is under way. Also called when the process ends."""
        with self._writing:
            with self._guard:
                places, self._places = self._places, {}
                counts, self._counts = self._counts, Counter()
                monthly, self._monthly = self._monthly, Counter()
                people, self._people = self._people, {}
                words, self._words = self._words, set()
            if places or counts or monthly:
                self._connection.ask_at_leisure(lambda client: self._write(client, places, counts, monthly), None)
            if people:
                self._connection.ask_at_leisure(lambda client: write_people(client, people), None)
            if words:
                self._connection.ask_at_leisure(lambda client: write_words(client, words), None)

    def _write(
        self,
        client: Any,
        places: Mapping[str, Noted],
        turns: Mapping[tuple[str, ...], int],
        monthly: Mapping[tuple[str, str], int],
    ) -> None:
        pipe = client.pipeline(transaction=False)
        for caller, place in places.items():
            put(pipe, key_of("caller", caller), KEPT, {"call": place.path})
        counts: Counter[str] = Counter()
        for names, more in turns.items():
            for name in names:
                counts[name] += more
        if counts:
            add(pipe, counts_key(self._calendar.today()), COUNTS_KEPT, counts)
        for month in {month for month, _ in monthly}:
            sums = {name: more for (of, name), more in monthly.items() if of == month}
            add(pipe, month_key(month), COUNTS_KEPT, sums)
        self._connection.taken(client, pipe.execute(raise_on_error=False))
        take_back(client, {caller: place.at for caller, place in places.items()}, "call")


def take_back(client: Any, written: Mapping[str, int], *fields: str) -> None:
    """Removes what was written about callers who had asked to be forgotten before: any worker may have been slow.
    `written`: for each caller, when it was known, in microseconds. Called after everything is written, so a caller who
    is forgotten later is forgotten after it was written."""
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
