"""What is remembered of a caller: forgotten seven days after the last call or text, but for the wish to get no texts.

The line never depends on it. Every fault of the store is answered with nothing remembered, within a bounded time
(link.py), and what a turn of a call leaves behind is written without its waiting (notes.py).
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from ivr.memory.behind import GATHERED
from ivr.memory.keys import A_WHILE, KEPT, OF_A_CALLER, counts_key, key_of
from ivr.memory.link import Link
from ivr.memory.notes import Notes

WRITTEN = 4 * GATHERED
"""Seconds after which what has been noted is being written, by whichever worker."""

QUESTIONS = 3
"""Round trips of one writing: places and counts, words, words in clear."""

TEXTS_KEPT = 5
"""How many texts back a second delivery of the same text is still recognised."""
ANSWERED = tuple(f"answered-{number}" for number in range(1, TEXTS_KEPT + 1))
"""A field for each, the oldest first: the store keeps a hash of short values in a third of the room."""


@dataclass(frozen=True, slots=True)
class Remembered:
    """Places as paths (dialogue/path.py): `call`, where the last call stood; `text`, the last segment sent by text;
    `answered`, the place that each of the last texts was answered from, by what names the text; `lost`: a text that the
    caller asked for has not got through, and that has not been told."""

    call: str | None = None
    text: str | None = None
    answered: Mapping[str, str | None] = field(default_factory=dict)
    lost: bool = False


NOTHING = Remembered()


@dataclass(frozen=True, slots=True)
class TextMemory:
    """What a text finds: `replies`, how many this caller has had of late, this one counted."""

    remembered: Remembered = NOTHING
    stopped: bool = False
    replies: int = 0


@dataclass(frozen=True, slots=True)
class Claim:
    """What is known of a wish before it is met. `number`: which one of its kind it is for this caller, None if nobody
    can tell; `stopped`: the caller wants no texts; `before`: what became of the same wish when it was delivered before,
    empty while it is being met, None if it is new."""

    number: int | None = None
    stopped: bool = False
    before: str | None = None


CLAIM = """
if redis.call('EXISTS', KEYS[1]) == 1 then
  return {1, 0}
end
local before = redis.call('GET', KEYS[2])
if before and string.sub(before, 1, #ARGV[1] + 1) == ARGV[1] .. ' ' then
  return {0, 0, string.sub(before, #ARGV[1] + 2)}
end
redis.call('SET', KEYS[2], ARGV[1] .. ' ', 'EX', ARGV[2])
redis.call('SET', KEYS[3], 0, 'NX', 'EX', ARGV[3])
return {0, redis.call('INCR', KEYS[3])}
"""
"""In one step, so that of two deliveries at once only one is new."""


TAKE_LOST = """
local found = redis.call('GET', KEYS[1])
if found == '1' then
  redis.call('SET', KEYS[1], ARGV[1], 'EX', ARGV[2])
  return 1
end
return found == ARGV[1] and 1 or 0
"""
"""A turn takes the news, and leaves its name in their place for a while."""


class Store:
    """Callers by their keyed hash; None stands for one whose number is withheld."""

    def __init__(self, address: str, revive: Callable[[], object] | None = None) -> None:
        """`revive`: done before each look at a store that has failed."""
        self.link = Link(address, revive=revive)
        self.notes = Notes(self.link)

    def recall(self, caller: str | None) -> Remembered:
        """As a call arrives."""
        if caller is None:
            return NOTHING
        found = self._all(lambda pipe: (pipe.hgetall(key_of("caller", caller)), pipe.exists(key_of("lost", caller))))
        return _remembered(found[0], lost=bool(found[1])) if found else NOTHING

    def keep_call(self, caller: str | None, place: str) -> None:
        if caller is not None:
            self.notes.place(caller, place)

    def take_lost(self, caller: str | None, turn: str, once: int) -> bool:
        """Whether a text that this caller asked for has got lost: true for one turn, also if that is delivered again
        within the seconds of `once`."""
        if caller is None:
            return False
        key = key_of("lost", caller)
        return bool(self.link.ask(lambda client: client.eval(TAKE_LOST, 1, key, turn, once), 0))

    def open_text(self, caller: str | None) -> TextMemory:
        """All that the answer to a text depends on, and one reply more on the count: in one round trip."""
        if caller is None:
            return TextMemory()

        def ask(pipe: Any) -> None:
            pipe.hgetall(key_of("caller", caller))
            pipe.exists(key_of("stopped", caller))
            _count(pipe, key_of("replies", caller), A_WHILE)

        found = self._all(ask)
        return TextMemory(_remembered(found[0]), bool(found[1]), found[-1]) if found else TextMemory()

    def keep_text(self, caller: str | None, place: str | None, answered: Mapping[str, str | None]) -> None:
        """`answered` with the newest text last."""
        recent = zip(ANSWERED, list(answered.items())[-TEXTS_KEPT:], strict=False)
        kept = {field: f"{text} {before or ''}" for field, (text, before) in recent}
        self._keep(caller, kept | ({"text": place} if place else {}))

    def keep_text_place(self, caller: str | None, place: str) -> None:
        """Where a text stands that was not an answer: MORE goes on from there."""
        self._keep(caller, {"text": place})

    def forget(self, caller: str | None) -> bool:
        """Erases all that is kept, but for the wish to get no texts; twice, since any worker may still be writing a
        place that it noted before, in as many questions as it asks for one writing. Whether that is done."""
        if caller is None:
            return True
        begun = time.monotonic()
        if not self._erase(caller):
            return False
        time.sleep(WRITTEN + QUESTIONS * (time.monotonic() - begun))
        return self._erase(caller)

    def _erase(self, caller: str) -> bool:
        keys = [key_of(kind, caller) for kind in OF_A_CALLER]
        return self.link.ask(lambda client: client.delete(*keys), None) is not None

    def stop(self, caller: str | None) -> bool:
        """Kept until `start`, however long that is. Whether it is."""
        return caller is not None and bool(
            self.link.ask(lambda client: client.set(key_of("stopped", caller), "1"), False)
        )

    def start(self, caller: str | None) -> bool:
        """Whether nothing keeps texts from this caller any more."""
        return (
            caller is None or self.link.ask(lambda client: client.delete(key_of("stopped", caller)), None) is not None
        )

    def claim(self, kind: str, caller: str, wish: str, once: int, seconds: int) -> Claim:
        """A wish of a kind, counted among those of so many seconds. Within the seconds of `once`, the same wish again
        is one that was delivered twice, and is not counted."""
        keys = [key_of(name, caller) for name in ("stopped", "wish", kind)]
        found = self.link.ask(lambda client: client.eval(CLAIM, len(keys), *keys, wish, once, seconds), None)
        if found is None:
            return Claim()
        stopped, number, *before = found
        return Claim(number, bool(stopped), before[0] if before else None)

    def note_wish(self, caller: str, wish: str, outcome: str, once: int) -> None:
        self.link.ask(lambda client: client.set(key_of("wish", caller), f"{wish} {outcome}", ex=once), None)

    def note_lost(self, caller: str | None) -> None:
        """A text did not get through: worth telling while the caller may still be on the line."""
        if caller is not None:
            self.link.ask(lambda client: client.set(key_of("lost", caller), "1", ex=A_WHILE), None)

    def counted_today(self, name: str) -> int | None:
        """What `count:` of this day holds, by universal time; None without a store."""
        today = counts_key(datetime.now(UTC).date())
        return self.link.ask(lambda client: int(client.hget(today, name) or 0), None)

    def _keep(self, caller: str | None, values: dict[str, str]) -> None:
        def ask(pipe: Any) -> None:
            pipe.hset(key_of("caller", caller or ""), mapping=values)
            pipe.expire(key_of("caller", caller or ""), KEPT)

        if caller is not None:
            self._all(ask)

    def _all(self, ask: Callable[[Any], object]) -> list[Any] | None:
        """The answers to several questions, in one round trip; None without a store."""

        def execute(client: Any) -> list[Any]:
            pipe = client.pipeline(transaction=False)
            ask(pipe)
            return list(pipe.execute())

        return self.link.ask(execute, None)


def _count(pipe: Any, key: str, seconds: int) -> None:
    """One more; the count is gone so many seconds after its first."""
    pipe.set(key, 0, nx=True, ex=seconds)
    pipe.incr(key)


def _remembered(found: Mapping[str, str], lost: bool = False) -> Remembered:
    answered = (found[field].partition(" ") for field in ANSWERED if field in found)
    return Remembered(
        found.get("call"), found.get("text"), {text: before or None for text, _, before in answered}, lost
    )
