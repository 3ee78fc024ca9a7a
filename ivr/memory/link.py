"""The way to the store, whichever kind it is: one server, a cluster, or a pair that sentinels watch.

Every fault is answered here, with what the asker would rather have, and within a bounded time. After a fault the store
is left alone for a while; then one asker tries it, while the others still go without.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from typing import Any, TypeVar

import redis
from redis.exceptions import ReadOnlyError

from ivr.memory.client import client_maker

log = logging.getLogger(__name__)

LEFT_ALONE = 5.0
"""Seconds that a store which failed is not asked again."""

Result = TypeVar("Result")


class Link:
    """Connections are made on first use, so it may be created before a fork. Raises ValueError for an address with an
    option that no store has."""

    def __init__(self, address: str) -> None:
        self._connect = client_maker(address)
        self._client: Any = None
        self._left_alone_until = 0.0
        self._trying = threading.Lock()

    @property
    def left_alone(self) -> bool:
        """Whether a fault has been met so lately that nobody asks."""
        return time.monotonic() < self._left_alone_until

    def ask(self, act: Callable[[Any], Result], otherwise: Result) -> Result:
        """What `act` gets from the store's client, or `otherwise`."""
        if self._left_alone_until == 0.0:
            return self._ask(act, otherwise)
        if self.left_alone or not self._trying.acquire(blocking=False):
            return otherwise
        try:
            return self._ask(act, otherwise)
        finally:
            self._trying.release()

    def _ask(self, act: Callable[[Any], Result], otherwise: Result) -> Result:
        try:
            self._client = self._client or self._connect()
            result = act(self._client)
        except redis.ResponseError as refusal:
            log.warning("the store refused: %s", type(refusal).__name__)
            if isinstance(refusal, ReadOnlyError):
                self._drop()
            return otherwise
        except (redis.RedisError, OSError) as fault:
            self._left_alone_until = time.monotonic() + LEFT_ALONE
            self._drop()
            log.warning("the store is down, left alone for %.0f s: %s", LEFT_ALONE, type(fault).__name__)
            return otherwise
        self._left_alone_until = 0.0
        return result

    def _drop(self) -> None:
        """The next connections ask anew where the store is: after a failover it is elsewhere."""
        client, self._client = self._client, None
        if client is not None:
            client.close()
