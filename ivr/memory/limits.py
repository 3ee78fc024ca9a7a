"""How many texts of one sender are answered within a time window, so that two machines cannot answer each other
forever.

Texts are counted in this process and, for all processes together, in the store; the higher count decides. So the limit
holds while the store is down, and for a sender who was forgotten. A text that is delivered twice counts once.
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
"""How many senders a process keeps at a time; beyond that the oldest is dropped."""
MOST_TEXTS = 100
"""How many texts of one sender are told apart; beyond that every delivery counts as a new text."""

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
"""The number of this text among the sender's texts in the window."""

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
"""Whether this text is the one that gets an answer given only once."""


@dataclass(slots=True)
class _Window:
    """One sender's texts in the current window, each with its number; and for each answer that is given only once, the
    text that got it."""

    ends: float
    texts: dict[str, int] = field(default_factory=dict)
    answers: defaultdict[str, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))


class Limits:
    def __init__(self, connection: StoreConnection, clock: Callable[[], float] = time.monotonic) -> None:
        self._connection, self._clock = connection, clock
        self._guard = threading.Lock()
        self._windows: OrderedDict[str, _Window] = OrderedDict()

    def count(self, name: str, text: str) -> int:
        """The number of this text among the sender's recent ones, as far as this process knows."""
        with self._guard:
            texts = self._window(name).texts
            if text not in texts and len(texts) < MOST_TEXTS:
                texts[text] = len(texts) + 1
            return texts.get(text, MOST_TEXTS + 1)

    def may_answer(self, name: str, text: str, kind: str, what: str, most: int) -> bool:
        """Whether this text gets an answer of a kind that is given at most `most` times in the window, once for each
        `what` (a hash of what it answers)."""
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
