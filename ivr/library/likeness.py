"""Which texts in the tables a text is most like: a small bag-of-words model, for when no pattern is sure.

It adds up a weight of each word, pair of words and word class for each possible meaning. It cannot explain itself, so
it may make the line ask; it never decides an answer alone. `make likeness` trains it from the tables under
tests/listening/.
"""

from __future__ import annotations

import gzip
import json
import math
import sys
import zlib
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from zlib import crc32

FILE = "likeness.json.gz"
"""Inside a language's folder."""
STEM = 4
"""The number of first letters by which forms of a word count as the same."""
SCALE, RARITY = 4.0, 4.0
"""The file holds whole numbers: weights are multiplied by the first, squared rarities by the second."""
LEAST_RARITY = 100.0
"""Floor of a text's squared norm, so that a text of few and common words is not rated too alike."""
ZERO = 128
"""The byte that means weight 0 in a row."""
FROM_ZERO = bytes((ZERO + byte) % 256 for byte in range(256))
"""For each byte of a signed weight, the byte that a row has for it."""
MOST_WEIGHT, MOST_RARITY = 127, 255
"""The largest numbers in a row: of a weight, positive or negative, and of a squared rarity."""
ENOUGH = 3000
"""The number of texts from which a model is trusted in full."""
MOST_FEATURES = 250
"""The most features of one text that are added up: the sum of so many bytes fits in 16 bits."""


@dataclass(frozen=True, slots=True, repr=False)
class Likeness:
    """`labels`: the possible meanings; `bias`: a weight for each. `checksums`: of the features, sorted. `rows`: for
    each feature its weights, a byte each, then its squared rarity (inverse document frequency). A mapping of
    strings would take five times the memory. One in 100,000 unknown words is taken for a feature.
    `texts`: how many it has learned from."""

    labels: tuple[str, ...] = ()
    bias: tuple[float, ...] = ()
    checksums: Sequence[int] = field(default=(), repr=False)
    rows: bytes = field(default=b"", repr=False)
    texts: int = ENOUGH

    @property
    def doubt(self) -> float:
        """How much more what patterns found counts than it does beside a model of enough texts: 1 or more."""
        return max(1.0, ENOUGH / self.texts)

    def ranked(self, words: tuple[str, ...], classes: Iterable[str]) -> list[tuple[str, float]]:
        """Labels with their probabilities, likeliest first. Empty without a model."""
        if not self.labels:
            return []
        *totals, rarity = self._sums(self._known(features(words, classes)))
        scale = SCALE * math.sqrt(max(rarity * RARITY, LEAST_RARITY))
        scores = [bias + total / scale for bias, total in zip(self.bias, totals, strict=True)]
        most = max(scores)
        shares = [math.exp(score - most) for score in scores]
        whole = sum(shares)
        return sorted(zip(self.labels, [share / whole for share in shares], strict=True), key=lambda one: -one[1])

    def _known(self, found: Iterable[str]) -> list[int]:
        """The row numbers of those that are features of this model."""
        last, known = len(self.checksums), list[int]()
        for feature in found:
            checksum = crc32(feature.encode())
            at = bisect_left(self.checksums, checksum)
            if at < last and self.checksums[at] == checksum:
                known.append(at)
        return known[:MOST_FEATURES]

    def _sums(self, known: Sequence[int]) -> list[int]:
        """The sum of each column. Adds rows as big integers, even and odd bytes separately, so that no sum
        overflows."""
        size = len(self.labels) + 1
        lanes = int.from_bytes(b"\xff\x00" * (size // 2 + 1), "little")
        rows = [int.from_bytes(self.rows[at * size : at * size + size], "little") for at in known]
        sums = [0] * size
        for first in (0, 1):
            added = sum(row >> 8 * first & lanes for row in rows)
            parts = array("H", added.to_bytes(2 * (size // 2 + 1), sys.byteorder))
            if sys.byteorder == "big":
                parts.reverse()
            sums[first::2] = parts[: len(sums[first::2])]
        return [*(total - ZERO * len(known) for total in sums[:-1]), sums[-1]]


def row_of(weights: Sequence[int], rarity: int) -> bytes:
    """`weights` of at most `MOST_WEIGHT`, and a squared rarity. Raises ValueError if one does not fit a byte."""
    try:
        return array("b", weights).tobytes().translate(FROM_ZERO) + bytes((rarity,))
    except OverflowError:
        raise ValueError("a weight does not fit a byte") from None


def features(words: tuple[str, ...], classes: Iterable[str]) -> list[str]:
    """The words of a text, repeated as in the text, then its pairs of words and its word classes, each once, always in
    the same order."""
    return [*words, *dict.fromkeys((*pairs(words), *classes))]


def pairs(words: tuple[str, ...]) -> list[str]:
    """Pairs of words, cut to their first letters, that are neighbours or one word apart."""
    stems = [word[:STEM] for word in words]
    return [
        *[f"{one} {two}" for one, two in pairwise(stems)],
        *[f"{one}_{two}" for one, two in zip(stems, stems[2:], strict=False)],
    ]


def pieces(word: str) -> list[str]:
    """A word, its beginning, and its groups of three letters: what `make likeness` adds up for each word."""
    edged = f"^{word}$"
    stem = [f"{word[:STEM]}~"] if len(word) > STEM else []
    return [word, *stem, *(f"#{edged[at : at + 3]}" for at in range(len(edged) - 2))]


def read_likeness(folder: Path) -> Likeness:
    """The model in a language's folder; an empty one if it has none. Raises ValueError if the file is damaged."""
    try:
        packed = (folder / FILE).read_bytes()
    except OSError:
        return Likeness()
    try:
        read = json.loads(gzip.decompress(packed))
        return _likeness(
            tuple(read["labels"]), tuple(read["bias"]), read["weights"], max(1, int(read.get("texts", ENOUGH)))
        )
    except (OSError, EOFError, KeyError, TypeError, ValueError, zlib.error):
        raise ValueError(FILE) from None


def _likeness(
    labels: tuple[str, ...], bias: tuple[float, ...], weights: Mapping[str, list[int]], texts: int
) -> Likeness:
    """Raises ValueError if a feature does not have one weight for each label."""
    rows = {crc32(feature.encode()): row_of(weighed, rarity) for feature, (rarity, *weighed) in weights.items()}
    if any(len(row) != len(labels) + 1 for row in rows.values()):
        raise ValueError
    ordered = sorted(rows)
    return Likeness(labels, bias, array("I", ordered), b"".join(rows[checksum] for checksum in ordered), texts)
