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
from typing import Any, TypeVar

import redis
from redis.exceptions import ClusterDownError, ReadOnlyError

from ivr.memory.client import client_maker
from ivr.memory.keys import key_of

log = logging.getLogger(__name__)

LEFT_ALONE = 5.0
"""Seconds between two looks at a store that has failed."""
PATIENCE = 0.35
"""Seconds that an asker waits, all in all. The client's own time-outs bound each step, but not a name to look up, the
nodes of a cluster one after another, or an answer that comes byte by byte."""

Result = TypeVar("Result")


class Link:
    """Connections are made on first use, so it may be created before a fork. Raises ValueError for an address with an
    option that no store has."""

    def __init__(self, address: str) -> None:
        self._connect = client_maker(address)
        self._client: Any = None
        self._connecting = threading.Lock()
        self._losing = threading.Lock()
        self.left_alone = False

    def ask(self, act: Callable[[Any], Result], otherwise: Result) -> Result:
        """What `act` gets from the store's client, or `otherwise`."""
        answers: list[Result] = []
        answered = threading.Event()

        def run() -> None:
            answers.append(self.ask_at_leisure(act, otherwise))
            answered.set()

        if self.left_alone:
            return otherwise
        asked = self._client
        try:
            threading.Thread(target=run, name="asking", daemon=True).start()
        except RuntimeError:  # No room for another.
            return otherwise
        if answered.wait(PATIENCE):
            return answers[0]
        self._lose(asked, TimeoutError())
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
            log.warning("the store refused: %s", type(refusal).__name__)
            if isinstance(refusal, ClusterDownError):
                self._lose(client, refusal)
            elif isinstance(refusal, ReadOnlyError):
                self._renew(client)
        except Exception as fault:
            self._lose(client, fault)
        return otherwise

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
        log.warning("the store is down, left alone for %.0f s: %s", LEFT_ALONE, type(fault).__name__)
        try:
            threading.Thread(target=self._seek, args=(client,), name="seeking", daemon=True).start()
        except RuntimeError:  # No room for another, or the process ends: whoever asks next finds out.
            self.left_alone = False

    def _seek(self, lost: Any) -> None:
        """A new client asks anew where the store is: after a failover it is elsewhere."""
        with suppress(Exception):
            lost.close()
        while self.left_alone:
            time.sleep(LEFT_ALONE)
            with suppress(Exception):
                found = self._connect()
                found.exists(key_of("caller", "nobody"))
                self._client, self.left_alone = found, False
                log.warning("the store is back")
