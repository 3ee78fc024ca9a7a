"""Writes content/<language>/dictionary.txt.gz, the real words of a language: `make dictionaries`.

docs/decisions/031-* says where the words come from and which are left out. The same package gives the same bytes.
"""

from __future__ import annotations

import gzip
import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from importlib.resources import files
from pathlib import Path

from rapidfuzz.distance import OSA

from ivr.library.dictionary import FILE
from ivr.listening.normalise import plain

CONTENT = Path(__file__).resolve().parents[1] / "content"
LANGUAGES = ("en",)
RARE = 50
"""How often a word was seen at most that may be a mistake: the least that the list has, where nothing else is known."""
COMMON = 5000
"""How often a word was seen at least whose misspelling a rare one may be: three times in a million words."""


def counted(language: str) -> dict[str, int]:
    """Words as the line reads them, and how often each was seen."""
    listed = files("spellchecker").joinpath("resources", f"{language}.json.gz").read_bytes()
    counts: Counter[str] = Counter()
    for word, count in json.loads(gzip.decompress(listed)).items():
        if (read := plain(word)).isalpha():
            counts[read] += count
    return counts


def real_words(counts: Mapping[str, int]) -> list[str]:
    """In alphabetical order, without rare words that are one typing mistake away from a common one."""
    common: defaultdict[str, list[str]] = defaultdict(list)
    for word, count in counts.items():
        if count >= COMMON:
            for piece in _pieces(word):
                common[piece].append(word)
    return sorted(word for word, count in counts.items() if count > RARE or not _is_near(word, common))


def _is_near(word: str, common: Mapping[str, list[str]]) -> bool:
    return any(OSA.distance(word, other) == 1 for piece in _pieces(word) for other in common.get(piece, ()))


def _pieces(word: str) -> Iterator[str]:
    """A word, and what is left of it without one letter: two words that are one mistake apart share one of these."""
    yield word
    yield from {word[:gone] + word[gone + 1 :] for gone in range(len(word))}


def main() -> None:
    for language in LANGUAGES:
        counts = counted(language)
        words = real_words(counts)
        packed = gzip.compress("\n".join(words).encode(), compresslevel=9, mtime=0)
        (CONTENT / language / FILE).write_bytes(packed)
        print(f"{language}: {len(words):,} words of {len(counts):,}, {len(packed):,} bytes")


if __name__ == "__main__":
    main()
