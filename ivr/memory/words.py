"""Words that the line does not know, counted by how many different callers use them; in clear only from then on.

Until enough callers have used a word in a month, the store holds it as a keyed hash alone, and its callers as a
HyperLogLog: a sketch from which nobody can be read back. For so few callers its count is exact, or (one time in 1600)
one too low; it is never too high.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from ivr.memory.keys import COUNTS_KEPT, MONTH, word_key, words_key
from ivr.memory.scripts import put, sketch

ENOUGH_CALLERS = 5


@dataclass(frozen=True, slots=True)
class Used:
    """A word that somebody used in a month such as `2026-11`. `name` and `by` are keyed hashes of it and of the caller,
    `by` another one for each word: two words of one caller cannot be told to be of the same."""

    month: str
    word: str
    name: str
    by: str


def used(words: Iterable[str], caller: str, secret: bytes, month: str) -> list[Used]:
    """`caller`: a keyed hash already."""
    return [
        Used(month, word, _hashed(secret, "word", month, word), _hashed(secret, "by", month, word, caller))
        for word in words
    ]


def _hashed(secret: bytes, *parts: str) -> str:
    return hmac.digest(secret, " ".join(parts).encode(), "sha256").hex()[:32]


def write_words(client: Any, noted: Iterable[Used]) -> None:
    """A month's words are keyed by the month, so that a count is never of more than one."""
    pipe, in_order = client.pipeline(transaction=False), list(noted)
    for use in in_order:
        sketch(pipe, word_key(use.month, use.name), MONTH, use.by)
    _write_in_clear(client, zip(in_order, pipe.execute(), strict=True))


def _write_in_clear(client: Any, counted: Iterable[tuple[Used, int]]) -> None:
    enough = [(use, callers) for use, callers in counted if callers >= ENOUGH_CALLERS]
    if not enough:
        return
    pipe = client.pipeline(transaction=False)
    for use, callers in enough:
        put(pipe, words_key(use.month), COUNTS_KEPT, {use.word: callers})
    pipe.execute()
