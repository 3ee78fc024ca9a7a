"""Words that the line does not know, counted by how many different callers use them. A word is stored readably only
once enough callers have used it.

Until then the store holds, for a month, only a keyed hash of the word, and its callers as a HyperLogLog: a sketch from
which nobody can be read back. For so few callers its count is exact, or (one time in 1600) one too low; it is never too
high.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from ivr.memory.keyed import keyed_hash
from ivr.memory.keys import COUNTS_KEPT, MONTH, word_key, words_key
from ivr.memory.scripts import put, sketch

ENOUGH_CALLERS = 5


@dataclass(frozen=True, slots=True)
class Used:
    """A word that somebody used in a month such as `2026-11`. `name` and `by`: keyed hashes of the word and of the
    caller. `by` differs for each word, so that two words cannot be recognised as the same caller's."""

    month: str
    word: str
    name: str
    by: str


def used(words: Iterable[str], caller: str, secret: bytes, month: str) -> list[Used]:
    """`caller`: a keyed hash already."""
    return [
        Used(month, word, keyed_hash(secret, f"word {month} {word}"), keyed_hash(secret, f"by {month} {word} {caller}"))
        for word in words
    ]


def write_words(client: Any, noted: Iterable[Used]) -> None:
    """The hashes differ from month to month, so that a count never covers more than one month."""
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
