"""The way to the store, whichever kind it is: one server, a cluster, or a pair that sentinels watch.

Every fault is answered here, with what the asker would rather have, and within a bounded time. After a fault the store
is left alone: nobody waits for it, until a thread that tries it now and then has found it well.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from queue import Empty, SimpleQueue
from typing import Any, TypeVar

import redis
from redis.exceptions import ClusterDownError, NoPermissionError, OutOfMemoryError, ReadOnlyError

from ivr.memory.askers import Askers
from ivr.memory.client import TIMEOUT, client_maker
from ivr.memory.keys import key_of
from ivr.memory.trouble import trouble

log = logging.getLogger(__name__)

LOOKS = (0.2, 0.5, 1.0, 2.0)
"""Seconds before each look at a store that has failed, the last of them again and again."""
WELL = 10.0
"""Seconds after which a store that was found again is trusted like any other. One that fails sooner is looked at as
rarely as it was last: nobody waits often for a store that comes and goes."""
PATIENCE = 0.35
"""Seconds that an asker waits, all in all. The client's own time-outs bound each step, but not a name to look up, the
nodes of a cluster one after another, or an answer that comes byte by byte."""

REFUSES_WRITES = (OutOfMemoryError, ReadOnlyError, NoPermissionError)
REFUSING = ("OOM", "READONLY", "NOPERM", "MISCONF", "NOREPLICAS")
"""What a refusal begins with that the library has no name for, or that comes out of a script."""

Result = TypeVar("Result")


class Link:
    """Connections are made on first use, so it may be created before a fork. `seconds`: for each step of the client,
    where nobody waits; `revive`: done before each look at a store that has failed. Raises ValueError for an address
    with an option that no store has."""

    def __init__(self, address: str, seconds: float = TIMEOUT, revive: Callable[[], object] | None = None) -> None:
        self._connect = client_maker(address, seconds)
        self._revive = revive
        self._client: Any = None
        self._askers = Askers()
        self._connecting = threading.Lock()
        self._losing = threading.Lock()
        self._closed = threading.Event()
        self._seeking: threading.Thread | None = None
        self.left_alone = False
        self.refuses = False
        self._looks = 0
        self._found_at = 0.0

    def ask(self, act: Callable[[Any], Result], otherwise: Result) -> Result:
        """What `act` gets from the store's client, or `otherwise`."""
        if self.left_alone:
            return otherwise
        asked, answers = self._client, SimpleQueue[Result]()
        try:
            self._askers.ask(lambda: answers.put(self.ask_at_leisure(act, otherwise)))
            return answers.get(timeout=PATIENCE)
        except Empty:
            self._lose(asked, TimeoutError())
        except RuntimeError:  # No room for another thread.
            pass
        return otherwise

    def ask_at_leisure(self, act: Callable[[Any], Result], otherwise: Result) -> Result:
        """The same in this thread, where nobody waits for it. Clients raise more than the library's own errors: all of
        them are faults of the store."""
        if self.left_alone:
            return otherwise
        client = self._client
        try:
            client = client or self._first_client()
            return act(client)
        except redis.ResponseError as refusal:
            self.refused(client, refusal)
        except Exception as fault:
            self._lose(client, fault)
        return otherwise

    @property
    def is_closed(self) -> bool:
        return self._closed.is_set()

    @property
    def state(self) -> str:
        """`up`; `down`, which nobody waits for; `refusing`: it reads and does not write."""
        return "down" if self.left_alone else "refusing" if self.refuses else "up"

    def refused(self, client: Any, refusal: redis.ResponseError) -> None:
        """The store answered, and would not."""
        self._note(refuses=self.refuses or _is_of_writes(refusal))
        log.warning("the store refused: %s", type(refusal).__name__)
        if isinstance(refusal, ClusterDownError):
            self._lose(client, refusal)
        elif isinstance(refusal, ReadOnlyError):
            self._renew(client)

    def answers(self, client: Any, pipe: Any, writes: bool = True) -> list[Any]:
        """To several questions, in one round trip: None for one that is refused. `writes`: some of them write."""
        answers = pipe.execute(raise_on_error=False)
        faults = [one for one in answers if isinstance(one, Exception)]
        for fault in faults:
            if not isinstance(fault, redis.ResponseError):
                raise fault
            self.refused(client, fault)
        if writes and not faults:
            self._note(refuses=False)
        return [None if isinstance(one, Exception) else one for one in answers]

    def _note(self, refuses: bool) -> None:
        """Logged once, however many were refused."""
        if refuses is not self.refuses:
            self.refuses = refuses
            log.warning("the store refuses to write" if refuses else "the store writes again")

    def close(self) -> None:
        """Nobody asks any more. A store that is lost is not looked for either, once this returns."""
        self._closed.set()
        self._askers.close()
        with self._losing:
            seeking, client = self._seeking, self._client
        if seeking:
            seeking.join()
        if client:
            client.close()

    def _first_client(self) -> Any:
        with self._connecting:
            self._client = self._client or self._connect()
            return self._client

    def _renew(self, client: Any) -> None:
        """The next connections are new: the one that may be written to may have moved to another machine."""
        with self._losing:
            if client is self._client:
                self._client = None

    def _lose(self, client: Any, fault: Exception) -> None:
        """Once for each client, however many were asking it."""
        with self._losing:
            if self.left_alone or client is not self._client:
                return
            self._client, self.left_alone = None, True
            log.warning("the store is down and left alone: %s: %s", type(fault).__name__, trouble(fault)[0])
            try:
                seeking = threading.Thread(target=self._seek, args=(client,), name="seeking", daemon=True)
                seeking.start()
                self._seeking = seeking
            except RuntimeError:  # No room for another, or the process ends: whoever asks next finds out.
                self.left_alone = False

    def _seek(self, lost: Any) -> None:
        """A new client asks anew where the store is: after a failover it is elsewhere."""
        with suppress(Exception):
            lost.close()
        if time.monotonic() - self._found_at > WELL:
            self._looks = 0
        while self.left_alone and not self._closed.wait(LOOKS[min(self._looks, len(LOOKS) - 1)]):
            self._looks += 1
            with suppress(Exception):
                if self._revive:
                    self._revive()
                found = self._connect()
                if _answers_in_time(found):
                    self._found_at = time.monotonic()
                    self._client, self.left_alone = found, False
                    log.warning("the store is back")


def _is_of_writes(refusal: redis.ResponseError) -> bool:
    """Not one that a damaged value brings about."""
    told = str(refusal)
    return isinstance(refusal, REFUSES_WRITES) or told.startswith(REFUSING) or "ACL failure" in told


def _answers_in_time(client: Any) -> bool:
    """An answer that comes byte by byte is none. The first question makes the connection, and may take longer."""
    client.exists(key_of("caller", "nobody"))
    begun = time.monotonic()
    client.exists(key_of("caller", "nobody"))
    return time.monotonic() - begun < PATIENCE
