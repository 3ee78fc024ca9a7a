"""One typing mistake in a text, the way that fingers make them."""

from __future__ import annotations

import re
from random import Random
from string import ascii_lowercase

SHORTEST = 4
WORD = re.compile(rf"[^\W\d_]{{{SHORTEST},}}")
ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
BESIDE = {
    letter: {other for line in ROWS[max(0, row - 1) : row + 2] for other in line[max(0, at - 1) : at + 2]} - {letter}
    for row, letters in enumerate(ROWS)
    for at, letter in enumerate(letters)
}
"""The keys around each."""


def with_mistake(written: str, random: Random) -> str | None:
    """`written` with one mistake in one word of four letters or more: a letter too many, too few, the key beside it, or
    two that changed places. None where no word is that long."""
    words = list(WORD.finditer(written))
    if not words:
        return None
    word = random.choice(words)
    return written[: word.start()] + _mistaken(word.group(), random) + written[word.end() :]


def _mistaken(word: str, random: Random) -> str:
    at = random.randrange(len(word))
    changed = {
        "too few": word[:at] + word[at + 1 :],
        "too many": word[:at] + _beside(word[at], random) + word[at:],
        "another": word[:at] + _beside(word[at], random) + word[at + 1 :],
        "changed places": word[:at] + word[at + 1 : at + 2] + word[at] + word[at + 2 :],
    }
    made = sorted({one for one in changed.values() if one != word})
    return random.choice(made)


def _beside(letter: str, random: Random) -> str:
    return random.choice(sorted(BESIDE.get(letter.lower(), ascii_lowercase)))
