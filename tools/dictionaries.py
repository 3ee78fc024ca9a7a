"""Writes content/<language>/dictionary.txt.gz and dictionary.bits, the real words of a language: `make dictionaries`.

docs/decisions/031-* says where the words come from and which are left out. The same package gives the same bytes.
"""

from __future__ import annotations

import gzip
import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from importlib.resources import files
from pathlib import Path

from rapidfuzz.distance import OSA

from ivr.library.dictionary import BITS_FILE, FILE, filter_of, packed, with_checksum
from ivr.listening.normalise import folded
from tools import spanish

CONTENT = Path(__file__).resolve().parents[1] / "content"
FORMS: Mapping[str, Callable[[Mapping[str, int]], set[str]]] = {"en": lambda _: set(), "es": spanish.forms_of}
"""For each language, the forms of words that its list leaves out, from the counts of those that it has."""
RARE = 50
"""Highest frequency of a word that may be a mistake: the lowest in the list, where nothing else is known."""
COMMON = 5000
"""Lowest frequency of a word that a rare one may be a misspelling of: three in a million words."""


def counted(language: str) -> dict[str, int]:
    """Words in the form in which the line reads them, and how often each occurs."""
    listed = files("spellchecker").joinpath("resources", f"{language}.json.gz").read_bytes()
    counts: Counter[str] = Counter()
    for word, count in json.loads(gzip.decompress(listed)).items():
        if (read := folded(word)).isalpha():
            counts[read] += count
    return counts


def real_words(counts: Mapping[str, int], forms: set[str]) -> tuple[set[str], set[str]]:
    """The frequent words, and the others without rare ones that are one typing mistake away from a common one. Forms of
    a frequent word are never mistakes."""
    common: defaultdict[str, list[str]] = defaultdict(list)
    for word, count in counts.items():
        if count >= COMMON:
            for piece in _pieces(word):
                common[piece].append(word)
    often = {word for word, count in counts.items() if count > RARE}
    return often, {word for word in (counts.keys() | forms) - often if word in forms or not _is_near(word, common)}


def _is_near(word: str, common: Mapping[str, list[str]]) -> bool:
    return any(OSA.distance(word, other) == 1 for piece in _pieces(word) for other in common.get(piece, ()))


def _pieces(word: str) -> Iterator[str]:
    """A word, and what is left of it without each one letter: two words that are one mistake apart share one of
    these."""
    yield word
    yield from {word[:gone] + word[gone + 1 :] for gone in range(len(word))}


def main() -> None:
    for language, forms_of in FORMS.items():
        if not (CONTENT / language).is_dir():
            continue
        counts = counted(language)
        often, others = real_words(counts, forms_of(counts))
        words, bits = packed(often), with_checksum(filter_of(sorted(often | others)))
        (CONTENT / language / FILE).write_bytes(words)
        (CONTENT / language / BITS_FILE).write_bytes(bits)
        print(f"{language}: {len(often):,} words in {len(words):,} bytes, with {len(others):,} more in {len(bits):,}")


if __name__ == "__main__":
    main()
