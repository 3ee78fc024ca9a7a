"""The ordinary words of a language, for one question: is this a real word? A real word is never corrected.

A set of 140,000 Python strings takes 15 MB. Here all words that share their first letters stand in one string, so that
a language takes about 2 MB and a look-up is one search in a short string.
"""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path

FILE = "dictionary.txt.gz"
"""Inside a language's folder: one word a line, sorted. `make dictionaries` makes it."""
PREFIX = 3


@dataclass(frozen=True, slots=True)
class Dictionary:
    """`shelves`: the words that begin with the same three letters, as `|word|word|`."""

    shelves: Mapping[str, str] = field(default_factory=dict, repr=False)

    def __contains__(self, word: str) -> bool:
        return f"|{word}|" in self.shelves.get(word[:PREFIX], "")

    def beginning(self, letters: str, longest: int) -> list[str]:
        """All words that begin with these three or more letters, up to a length."""
        words = self.shelves.get(letters[:PREFIX], "").split("|")
        return [word for word in words if word.startswith(letters) and len(word) <= longest]


def dictionary_of(words: Iterable[str]) -> Dictionary:
    """`words` in alphabetical order."""
    groups = groupby((word for word in words if word), key=lambda word: word[:PREFIX])
    return Dictionary({prefix: f"|{'|'.join(group)}|" for prefix, group in groups})


def read_dictionary(folder: Path) -> Dictionary:
    """That of a language's folder; an empty one if it has none. Raises ValueError if the file is damaged."""
    try:
        packed = (folder / FILE).read_bytes()
    except OSError:
        return Dictionary()
    try:
        words = gzip.decompress(packed).decode()
    except (OSError, EOFError, zlib.error, UnicodeDecodeError):
        raise ValueError(FILE) from None
    if not words:
        raise ValueError(FILE)
    return dictionary_of(words.split("\n"))
