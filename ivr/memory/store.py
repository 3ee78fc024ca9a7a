"""What is remembered of a caller: forgotten seven days after the last call or text, but for the wish to get no texts.

All keys of one caller carry the same hash tag, so that a cluster keeps them together.

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

A_WHILE = 600
"""Seconds in which replies to one caller are counted, and for which a text that got lost is worth telling."""

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Remembered:
    """Places as paths (dialogue/path.py): `call`, where the last call stood; `text`, the last segment sent by text;
    `answered`, the place that each of the last texts was answered from, by what names the text."""

    call: str | None = None
    text: str | None = None
    answered: Mapping[str, str | None] = field(default_factory=dict)


NOTHING = Remembered()


@dataclass(frozen=True, slots=True)
class TextMemory:
    """What a text finds: `replies`, how many this caller has had of late, this one counted."""

    remembered: Remembered = NOTHING
    stopped: bool = False
    replies: int = 0


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
        return _remembered(self._try(lambda: self._redis.hgetall(_key("caller", caller)), {}))

    def keep_call(self, caller: str | None, place: str, can_tell: bool = False) -> bool:
        """Whether a text that this caller asked for has got lost; asked only if that `can_tell` the caller now, since
        it is told once."""
        if caller is None:
            return False
        pipe = self._keeping(caller, {"call": place})
        if can_tell:
            pipe.delete(_key("lost", caller))
        return bool(self._try(pipe.execute, [0])[-1]) and can_tell

    def open_text(self, caller: str | None) -> TextMemory:
        """All that the answer to a text depends on, and one reply more on the count: in one round trip."""
        if caller is None:
            return TextMemory()
        pipe = self._redis.pipeline(transaction=False)
        pipe.hgetall(_key("caller", caller))
        pipe.exists(_key("stopped", caller))
        _count(pipe, _key("replies", caller), A_WHILE)
        found = self._try(pipe.execute, None)
        return TextMemory(_remembered(found[0]), bool(found[1]), found[-1]) if found else TextMemory()

    def keep_text(self, caller: str | None, place: str | None, answered: Mapping[str, str | None]) -> None:
        """`answered` with the newest text last."""
        recent = dict(list(answered.items())[-TEXTS_KEPT:])
        if caller is not None:
            pipe = self._keeping(caller, {"answered": json.dumps(recent), **({"text": place} if place else {})})
            self._try(pipe.execute, None)

    def keep_text_place(self, caller: str | None, place: str) -> None:
        """Where a text stands that was not an answer: MORE goes on from there."""
        if caller is not None:
            self._try(self._keeping(caller, {"text": place}).execute, None)

    def forget(self, caller: str | None) -> bool:
        """Erases all that is kept, but for the wish to get no texts. Whether that is done."""
        if caller is None:
            return True
        kinds = ("caller", "replies", "texts", "calls", "lost", "wish")
        return self._try(lambda: self._redis.delete(*(_key(kind, caller) for kind in kinds)), None) is not None

    def stop(self, caller: str | None) -> bool:
        """Kept until `start`, however long that is. Whether it is."""
        return caller is not None and bool(self._try(lambda: self._redis.set(_key("stopped", caller), "1"), False))

    def start(self, caller: str | None) -> None:
        if caller is not None:
            self._try(lambda: self._redis.delete(_key("stopped", caller)), None)

    def may(self, kind: str, caller: str, most: int, seconds: int) -> bool | None:
        """One more of a kind on the count of so many seconds: False beyond `most`, None if nobody can tell."""
        pipe = self._redis.pipeline(transaction=False)
        _count(pipe, _key(kind, caller), seconds)
        found = self._try(pipe.execute, None)
        return None if found is None else bool(found[-1] <= most)

    def has_stopped(self, caller: str) -> bool:
        return bool(self._try(lambda: self._redis.exists(_key("stopped", caller)), False))

    def outcome_before(self, caller: str, wish: str) -> str | None:
        """What became of a wish, if it is the last one and was met lately; empty while it is being met."""
        kept: str | None = self._try(lambda: self._redis.get(_key("wish", caller)), None)
        name, _, outcome = (kept or "").partition(" ")
        return outcome if name == wish else None

    def note_wish(self, caller: str, wish: str, outcome: str, seconds: int) -> None:
        """`seconds`: how long the same request again is the same wish, delivered twice."""
        self._try(lambda: self._redis.set(_key("wish", caller), f"{wish} {outcome}", ex=seconds), None)

    def note_lost(self, caller: str | None) -> None:
        """A text did not get through: worth telling while the caller may still be on the line."""
        if caller is not None:
            self._try(lambda: self._redis.set(_key("lost", caller), "1", ex=A_WHILE), None)

    def is_up(self) -> bool:
        return self._try(self._redis.ping, False)

    def _keeping(self, caller: str, values: dict[str, str]) -> Any:
        pipe = self._redis.pipeline(transaction=False)
        pipe.hset(_key("caller", caller), mapping=values)
        pipe.expire(_key("caller", caller), KEPT)
        return pipe

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


def _key(kind: str, caller: str) -> str:
    return f"{kind}:{{{caller}}}"


def _count(pipe: Any, key: str, seconds: int) -> None:
    """One more; the count is gone so many seconds after its first."""
    pipe.set(key, 0, nx=True, ex=seconds)
    pipe.incr(key)


def _remembered(found: Mapping[str, str]) -> Remembered:
    return Remembered(found.get("call"), found.get("text"), _answered(found.get("answered")))


def _answered(kept: str | None) -> dict[str, str | None]:
    try:
        found = json.loads(kept) if kept else {}
    except ValueError:
        return {}
    places = found.items() if isinstance(found, dict) else ()
    return {text: place for text, place in places if place is None or isinstance(place, str)}
