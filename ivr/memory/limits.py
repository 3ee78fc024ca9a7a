"""How many texts a sender is answered in a while, so that two machines cannot go on answering each other.

Counted in this process, and in the store, where all processes count together: the stricter of the two holds. So a limit
outlives a store that is down, and a sender who is forgotten. A text that is delivered again counts once.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field

from ivr.memory.connection import StoreConnection
from ivr.memory.keys import A_WHILE, key_of
from ivr.memory.scripts import run_script

MOST_SENDERS = 20_000
"""Kept in a process at a time; beyond them the one that was heard of first is let go."""
MOST_TEXTS = 100
"""Texts of one sender that are told apart; beyond them each counts as one more."""

COUNT_TEXT = """
local known = redis.call('HGET', KEYS[1], ARGV[1])
if known then
  return tonumber(known)
end
local number = redis.call('HLEN', KEYS[1]) + 1
if number <= tonumber(ARGV[2]) then
  redis.call('HSET', KEYS[1], ARGV[1], number)
  if redis.call('TTL', KEYS[1]) < 0 then
    redis.call('EXPIRE', KEYS[1], ARGV[3])
  end
end
return number
"""
"""Which of a sender's texts in so many seconds this is."""

CLAIM_ANSWER = """
local known = redis.call('HGET', KEYS[1], ARGV[1])
if not known and redis.call('HLEN', KEYS[1]) < tonumber(ARGV[3]) then
  redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
  if redis.call('TTL', KEYS[1]) < 0 then
    redis.call('EXPIRE', KEYS[1], ARGV[4])
  end
  return 1
end
return known == ARGV[2] and 1 or 0
"""
"""Whether this text, and none before it, has an answer that is given once."""


@dataclass(slots=True)
class _Window:
    """One sender's texts until a moment: which one each was; and of each kind of answer that is given once, the text
    that it went to."""

    ends: float
    texts: dict[str, int] = field(default_factory=dict)
    answers: defaultdict[str, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))


class Limits:
    def __init__(self, connection: StoreConnection, clock: Callable[[], float] = time.monotonic) -> None:
        self._connection, self._clock = connection, clock
        self._guard = threading.Lock()
        self._windows: OrderedDict[str, _Window] = OrderedDict()

    def count(self, name: str, text: str) -> int:
        """Which of this sender's texts of late this is, as far as this process knows."""
        with self._guard:
            texts = self._window(name).texts
            if text not in texts and len(texts) < MOST_TEXTS:
                texts[text] = len(texts) + 1
            return texts.get(text, MOST_TEXTS + 1)

    def may_answer(self, name: str, text: str, kind: str, what: str, most: int) -> bool:
        """Whether an answer that is given once in a while, of `most` of its kind, is for this text. `what`: a hash of
        what it answers."""
        with self._guard:
            answers = self._window(name).answers[kind]
            if what not in answers and len(answers) < most:
                answers[what] = text
            if answers.get(what) != text:
                return False
        key, given = key_of(kind, name), (what, text, most, A_WHILE)
        return bool(self._connection.ask(lambda client: run_script(client, CLAIM_ANSWER, [key], *given), 1))

    def _window(self, name: str) -> _Window:
        now = self._clock()
        window = self._windows.get(name)
        if window is None or window.ends <= now:
            self._windows.pop(name, None)
            window = self._windows[name] = _Window(now + A_WHILE)
            while len(self._windows) > MOST_SENDERS or next(iter(self._windows.values())).ends <= now:
                self._windows.popitem(last=False)
        return window
