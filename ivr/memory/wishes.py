"""Whether a caller wants texts. STOP at one number of the line holds at all of them; START lifts it where it was sent.

A wish is written to the journal on this machine's disk, then to the store, and again from the journal until the store
has had it for a while. It may arrive there late, twice or after a newer one: its time decides, never its order. So the
newest STOP of a caller, and the newest START at each place, are all there is to know.
"""

from __future__ import annotations

import hashlib
import logging
import threading
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any

from ivr.memory.connection import StoreConnection
from ivr.memory.journal import Journal, Wish, WishKind
from ivr.memory.keys import KEPT, key_of
from ivr.memory.scripts import WISH, run_script
from ivr.memory.threads import in_forks, start_thread

log = logging.getLogger(__name__)

EVERYWHERE = "*"
HELD = 60.0
"""Seconds for which the journal keeps a wish at least. A store that fails over within that time may lose it."""
APART = 5.0
"""Seconds between the two looks at which the store has to have a wish: by then it has written it to its disk."""
SOON, LATER = 1.0, 10.0
"""Seconds before the journal is handed to the store again: after a fault, and otherwise."""
AT_ONCE = 500
MOST_UNWRITTEN = 10_000


@dataclass(frozen=True, slots=True)
class Standing:
    """`since`: the newest STOP; `lifted`: the newest START that holds at this place; both in microseconds."""

    since: int = 0
    lifted: int = 0

    @property
    def stopped(self) -> bool:
        return self.since > self.lifted

    def with_(self, other: Standing) -> Standing:
        return Standing(max(self.since, other.since), max(self.lifted, other.lifted))


def now() -> int:
    return time.time_ns() // 1000


@lru_cache(maxsize=64)
def place_of(number: str) -> str:
    """A short hash of one of the line's own numbers; for no number, EVERYWHERE."""
    return hashlib.sha256(number.encode()).hexdigest()[:8] if number else EVERYWHERE


def standing_of(stopped: str | None, lifted: Iterable[str | None]) -> Standing:
    """From what the store holds: `stopped`, a time and the places of STOP, or "1" by an older version; `lifted`, the
    times of START."""
    since = (stopped or "").partition(" ")[0]
    return Standing(_time(since), max(map(_time, lifted), default=0))


def _time(written: str | None) -> int:
    return int(written) if written and written.isascii() and written.isdecimal() else 0


class Wishes:
    """`ours`: the line's own numbers; once a START has lifted a wish at all of them, nothing of it is kept.
    `needs_disk`: a wish that only the store has is kept once the store says that its disk has it."""

    def __init__(
        self, connection: StoreConnection, journal: Journal | None, ours: Sequence[str] = (), needs_disk: bool = False
    ) -> None:
        self._connection, self._journal = connection, journal
        self._ours = [place_of(number) for number in ours]
        self._needs_disk = needs_disk
        self._clear()
        in_forks(self._forked)

    def _clear(self) -> None:
        self._unwritten: list[Wish] = []
        self._found: dict[Wish, float] = {}
        self._guard, self._wake = threading.Lock(), threading.Event()
        self._thread: threading.Thread | None = None

    def _forked(self) -> None:
        self._clear()
        self.begin()

    def take(self, caller: str, kind: WishKind, number: str) -> bool:
        """Whether the wish is kept: on a disk, or by a store that can be trusted with it."""
        wish = Wish(caller, kind, place_of(number), max(now(), self._newest(caller) + 1))
        written = self._journal is not None and self._journal.add(wish)
        if not written:
            with self._guard:
                self._unwritten = [*self._unwritten[-MOST_UNWRITTEN:], wish]
        stored = self._connection.ask(lambda client: self._tell(client, wish, "now") is not None, False)
        if stored and not written:
            stored = not self._needs_disk or self._connection.ask_at_leisure(self._is_on_disk, False)
        if not stored:
            self._wake.set()
        self.begin()
        return written or stored

    def pending(self, caller: str, number: str) -> Standing:
        """What is known here and perhaps not in the store yet. Also has it handed to the store."""
        known = self._all()
        if not known:
            return Standing()
        self.begin()
        places = (place_of(number), EVERYWHERE)
        mine = [wish for wish in known if wish.caller == caller]
        stops = [wish.at for wish in mine if wish.kind is WishKind.STOP]
        starts = [wish.at for wish in mine if wish.kind is WishKind.START and wish.place in places]
        return Standing(max(stops, default=0), max(starts, default=0))

    def waiting(self) -> int:
        """How many wishes are not known to be safe in the store yet."""
        return len(self._all())

    def begin(self) -> None:
        """Starts a thread that hands what is pending to the store. Quick if nothing is."""
        if self._thread is not None or not self._all():
            return
        with self._guard:
            self._thread = self._thread or start_thread(self._keep_telling, "wishes")

    def hand_on(self) -> bool:
        """Hands everything pending to the store; returns whether the store took it."""
        self._write_later()
        pending = self._all()
        for first in range(0, len(pending), AT_ONCE):
            some = pending[first : first + AT_ONCE]
            told = self._connection.ask_at_leisure(partial(self._tell_all, some), None)
            if told is None:
                return False
            self._note_found(zip(some, told, strict=True))
        self._drop_safe(pending)
        return True

    def merge(self, wishes: Sequence[Wish]) -> int | None:
        """Hands wishes from elsewhere to the store, with their own times. Returns how many were new to it; None if it
        did not take them."""
        changed = 0
        for first in range(0, len(wishes), AT_ONCE):
            told = self._connection.ask_at_leisure(partial(self._tell_all, wishes[first : first + AT_ONCE]), None)
            if told is None:
                return None
            changed += sum(told)
        return changed

    def _all(self) -> tuple[Wish, ...]:
        written = self._journal.wishes() if self._journal else ()
        return (*written, *self._unwritten) if self._unwritten else written

    def _newest(self, caller: str) -> int:
        return max((wish.at for wish in self._all() if wish.caller == caller), default=0)

    def _keep_telling(self) -> None:
        while not self._connection.is_closed:
            self._wake.wait(SOON if self._all() and not self._tried() else LATER)
            self._wake.clear()

    def _tried(self) -> bool:
        try:
            return self.hand_on()
        except Exception:  # Otherwise the thread would end, and the store never be told.
            log.exception("wishes could not be handed to the store")
            return False

    def _tell(self, client: Any, wish: Wish, when: str) -> Any:
        keys = [key_of(name, wish.caller) for name in ("stopped", "started")]
        return run_script(client, WISH, keys, wish.kind, wish.at, wish.place, when, KEPT, *self._ours)

    def _tell_all(self, wishes: Iterable[Wish], client: Any) -> list[int] | None:
        pipe = client.pipeline(transaction=False)
        for wish in wishes:
            self._tell(pipe, wish, "then")
        told = self._connection.taken(client, pipe.execute(raise_on_error=False))
        return None if None in told else told

    def _is_on_disk(self, client: Any) -> bool:
        """Whether the store's disk has everything that it was told so far, by any connection: once a later write is on
        the disk, so are those before it."""
        with client.client() as one:
            one.set(key_of("health", "disk"), 1, ex=60)
            return any(one.execute_command("WAITAOF", 1, 0, 200)[0] > 0 for _ in range(6))

    def _write_later(self) -> None:
        """Writes to the journal what could not be written before: the disk may work again."""
        for wish in list(self._unwritten):
            if self._journal is None or not self._journal.add(wish):
                return
            self._forget_unwritten({wish})

    def _note_found(self, told: Iterable[tuple[Wish, int]]) -> None:
        for wish, was_new in told:
            if was_new:
                self._found.pop(wish, None)
            else:
                self._found.setdefault(wish, time.monotonic())

    def _drop_safe(self, pending: Iterable[Wish]) -> None:
        """Removes wishes that the store had at two looks, and that have been here for long enough."""
        looked, long_ago = time.monotonic(), now() - int(HELD * 1_000_000)
        found = {wish: self._found[wish] for wish in pending if wish in self._found}
        safe = {wish for wish, since in found.items() if looked - since >= APART and wish.at < long_ago}
        if safe:
            if self._journal:
                self._journal.drop(safe)
            self._forget_unwritten(safe)
        self._found = {wish: since for wish, since in found.items() if wish not in safe}

    def _forget_unwritten(self, wishes: set[Wish]) -> None:
        with self._guard:
            self._unwritten = [wish for wish in self._unwritten if wish not in wishes]
