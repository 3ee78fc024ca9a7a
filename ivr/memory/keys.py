"""The names of all keys in the store, and how long each is kept."""

from __future__ import annotations

import hashlib
from datetime import date

KEPT = 7 * 24 * 3600
QUESTION_KEPT = 3600
"""Seconds for which a question that a texter was asked stays open."""
A_WHILE = 600
"""Seconds in which texts of one sender are counted, and for which a text that got lost is worth telling."""
COUNTS_KEPT = 400 * 24 * 3600
"""A little more than a year, so that a month can be set beside the same month of last year."""
MONTH = 31 * 24 * 3600

OF_A_CALLER = ("caller", "question", "texts", "calls", "lost", "textwish", "callwish")
"""All that is forgotten with a caller. The wish to get no texts, `stopped` and `started`, is not."""


def key_of(kind: str, caller: str) -> str:
    """The braces keep all keys of a caller together in a cluster."""
    return f"{kind}:{{{caller}}}"


def forgotten_key(caller: str) -> str:
    """Says for a while when a caller asked to be forgotten. Its name is a hash of the caller's: nothing in the store
    that could be set beside the caller's other keys, past or to come, is left by forgetting."""
    return key_of("forgotten", hashlib.sha256(f"forgotten {caller}".encode()).hexdigest()[:32])


def counts_key(day: date) -> str:
    """A hash of names and numbers: what was counted on that day, in the operator's time zone."""
    return f"count:{day.isoformat()}"


def month_key(month: str) -> str:
    """The same of a month such as `2026-11`, for what would say too much of a single day: hours, minutes, people."""
    return f"count:{month}"


def people_key(month: str) -> str:
    """A HyperLogLog of those who called or texted in that month."""
    return f"count:{month}:people"


def word_key(month: str, name: str) -> str:
    """A HyperLogLog of the callers who used a word in that month; `name`: a keyed hash of the word."""
    return f"word:{month}:{name}"


def words_key(month: str) -> str:
    """A hash of the words, in clear, that many callers used in that month, and how many they were."""
    return f"words:{month}"
