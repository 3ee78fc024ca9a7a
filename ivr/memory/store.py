"""What is remembered of a caller: one key each, forgotten seven days after the last call or text.

The line never depends on it. Every fault of the store is answered here, with nothing remembered, and within a bounded
time; after a fault the store is left alone for a while, so that no turn waits for a dead one.
"""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

log = logging.getLogger(__name__)

KEPT = 7 * 24 * 3600
TIMEOUT = 0.3
LEFT_ALONE = 5.0
"""Seconds that a store which failed is not asked again."""

TEXTS_KEPT = 5
"""How many texts back a second delivery of the same text is still recognised."""

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Remembered:
    """Places as paths (dialogue/path.py): `call`, where the last call stood; `text`, the last segment sent by text;
    `answered`, the place that each of the last texts was answered from, by what names the text."""

    call: str | None = None
    text: str | None = None
    answered: Mapping[str, str | None] = field(default_factory=dict)


NOTHING = Remembered()


class Store:
    """One connection pool. Connections are made on first use, so it may be created before a fork."""

    def __init__(self, address: str) -> None:
        self._redis: Any = redis.Redis.from_url(
            address,
            socket_timeout=TIMEOUT,
            socket_connect_timeout=TIMEOUT,
            retry=Retry(NoBackoff(), 0),
            decode_responses=True,
            protocol=2,
        )
        self._left_alone_until = 0.0

    def recall(self, caller: str | None) -> Remembered:
        if caller is None:
            return NOTHING
        found: dict[str, str] = self._try(lambda: self._redis.hgetall(_key(caller)), {})
        return Remembered(found.get("call"), found.get("text"), _answered(found.get("answered")))

    def keep_call(self, caller: str | None, place: str) -> None:
        self._keep(caller, {"call": place})

    def keep_text(self, caller: str | None, place: str | None, answered: Mapping[str, str | None]) -> None:
        """`answered` with the newest text last."""
        recent = dict(list(answered.items())[-TEXTS_KEPT:])
        self._keep(caller, {"answered": json.dumps(recent), **({"text": place} if place else {})})

    def is_up(self) -> bool:
        return self._try(self._redis.ping, False)

    def _keep(self, caller: str | None, values: dict[str, str]) -> None:
        if caller is None:
            return
        pipe = self._redis.pipeline(transaction=False)
        pipe.hset(_key(caller), mapping=values)
        pipe.expire(_key(caller), KEPT)
        self._try(pipe.execute, None)

    def _try(self, ask: Callable[[], Result], otherwise: Result) -> Result:
        """One round trip, or `otherwise`."""
        if time.monotonic() < self._left_alone_until:
            return otherwise
        try:
            return ask()
        except redis.ResponseError as refusal:
            log.warning("the store refused: %s", type(refusal).__name__)
        except (redis.RedisError, OSError) as fault:
            self._left_alone_until = time.monotonic() + LEFT_ALONE
            log.warning("the store is down, left alone for %.0f s: %s", LEFT_ALONE, type(fault).__name__)
        return otherwise


def _key(caller: str) -> str:
    return f"caller:{caller}"


def _answered(kept: str | None) -> dict[str, str | None]:
    try:
        found = json.loads(kept) if kept else {}
    except ValueError:
        return {}
    places = found.items() if isinstance(found, dict) else ()
    return {text: place for text, place in places if place is None or isinstance(place, str)}
