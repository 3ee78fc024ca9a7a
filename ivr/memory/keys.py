"""The names of all keys in the store, and how long each is kept."""

from __future__ import annotations

import hashlib
from datetime import date

KEPT = 7 * 24 * 3600
QUESTION_KEPT = 3600
"""Seconds for which a question to a texter stays open."""
A_WHILE = 600
"""Seconds over which one sender's texts are counted, and for which a lost text is still worth mentioning."""
COUNTS_KEPT = 400 * 24 * 3600
"""A little more than a year, so that a month can be compared with the same month a year earlier."""
MONTH = 31 * 24 * 3600

OF_A_CALLER = ("caller", "question", "texts", "calls", "lost", "textwish", "callwish")
"""Everything erased when a caller asks to be forgotten. Opt-outs (`stopped` and `started`) stay."""


def key_of(kind: str, caller: str) -> str:
    """The braces keep all keys of a caller together in a cluster."""
    return f"{kind}:{{{caller}}}"


def forgotten_key(caller: str) -> str:
    """Records for a while when a caller asked to be forgotten. The name is a hash of the caller's key, so that it
    cannot be linked to the caller's earlier or later keys."""
    return key_of("forgotten", hashlib.sha256(f"forgotten {caller}".encode()).hexdigest()[:32])


def counts_key(day: date) -> str:
    """A hash of names and numbers: what was counted on that day, in the operator's time zone."""
    return f"count:{day.isoformat()}"


def month_key(month: str) -> str:
    """The same for a month such as `2026-11`: hours, minutes and people, which would reveal too much by day."""
    return f"count:{month}"


def people_key(month: str) -> str:
    """A HyperLogLog of everyone who called or texted in that month."""
    return f"count:{month}:people"


def word_key(month: str, name: str) -> str:
    """A HyperLogLog of the callers who used a word in that month; `name`: a keyed hash of the word."""
    return f"word:{month}:{name}"


def words_key(month: str) -> str:
    """A hash of the words, in clear, that many callers used in that month, each with the number of callers."""
    return f"words:{month}"
