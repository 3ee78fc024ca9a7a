"""Which texts in the tables a text is most like: a small bag-of-words model, for when no pattern is sure.

It adds up a weight of each word, pair of words and word class for each possible meaning. It cannot explain itself, so
it may make the line ask; it never decides an answer alone. `make likeness` trains it from the tables under
tests/listening/.
"""

from __future__ import annotations

import gzip
import json
import math
import struct
import zlib
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from operator import itemgetter
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
FIRST, REST = 12, 20
"""How many first bits of a checksum say where to look for it, and how many are left: a handful of features share
them."""


@dataclass(frozen=True, slots=True, repr=False)
class Likeness:
    """`labels`: the possible meanings; `bias`: a weight for each. `checksums`: of the features, sorted; `starts`: for
    the first bits of a checksum, the index of the first one that has them. `rows`: for each feature its weights, a byte
    each, then its squared rarity (inverse document frequency). A mapping of strings would take five times the memory.
    One in 100,000 unknown words is taken for a feature. `texts`: how many it has learned from."""

    labels: tuple[str, ...] = ()
    bias: tuple[float, ...] = ()
    checksums: Sequence[int] = field(default=(), repr=False)
    starts: Sequence[int] = field(default=(), repr=False)
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
        *totals, rarity = self._sums(self._known(checksums_of(words, classes)))
        scale = SCALE * math.sqrt(max(rarity * RARITY, LEAST_RARITY))
        scores = [bias + total / scale for bias, total in zip(self.bias, totals, strict=True)]
        most = max(scores)
        shares = [math.exp(score - most) for score in scores]
        whole = sum(shares)
        ranked = zip(self.labels, [share / whole for share in shares], strict=True)
        return sorted(ranked, key=itemgetter(1), reverse=True)

    def _known(self, found: Iterable[int]) -> list[int]:
        """The row numbers of those that are features of this model."""
        checksums, starts, known = self.checksums, self.starts, list[int]()
        for checksum in found:
            first = checksum >> REST
            end = starts[first + 1]
            at = bisect_left(checksums, checksum, starts[first], end)
            if at < end and checksums[at] == checksum:
                known.append(at)
        return known[:MOST_FEATURES]

    def _sums(self, known: Sequence[int]) -> list[int]:
        """The sum of each column. Adds rows as big integers, even and odd bytes separately, so that no sum
        overflows: what all bytes add up to, less what the even ones do, is the sum of the odd ones."""
        size, read = len(self.labels) + 1, int.from_bytes
        half = size // 2 + 1
        lanes = read(b"\xff\x00" * half, "little")
        rows = [read(self.rows[at : at + size], "little") for at in [size * one for one in known]]
        even = sum([row & lanes for row in rows])
        both = even.to_bytes(2 * half, "little"), (sum(rows) - even >> 8).to_bytes(2 * half, "little")
        sums = [total for pair in zip(*map(_numbers, both), strict=True) for total in pair]
        none = ZERO * len(known)
        return [*[total - none for total in sums[: size - 1]], sums[size - 1]]


def _numbers(pairs: bytes) -> tuple[int, ...]:
    """The numbers of 16 bits in a row of bytes, each with its lower byte first."""
    return struct.unpack(f"<{len(pairs) // 2}H", pairs)


def row_of(weights: Sequence[int], rarity: int) -> bytes:
    """`weights` of at most `MOST_WEIGHT`, and a squared rarity. Raises ValueError if one does not fit a byte."""
    try:
        return array("b", weights).tobytes().translate(FROM_ZERO) + bytes((rarity,))
    except OverflowError:
        raise ValueError("a weight does not fit a byte") from None


def checksums_of(words: tuple[str, ...], classes: Iterable[str]) -> list[int]:
    """The checksums of the words of a text, repeated as in the text, then of its pairs of words (as in `pairs`, without
    writing them out) and its word classes, each once, always in the same order."""
    stems = [word[:STEM].encode() for word in words]
    near = [crc32(two, crc32(one + b" ")) for one, two in pairwise(stems)]
    far = [crc32(two, crc32(one + b"_")) for one, two in zip(stems, stems[2:], strict=False)]
    named = [crc32(name.encode()) for name in classes]
    return [*[crc32(word.encode()) for word in words], *dict.fromkeys((*near, *far, *named))]


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
    ordered = array("I", sorted(rows))
    starts = array("I", (bisect_left(ordered, first << REST) for first in range((1 << FIRST) + 1)))
    return Likeness(labels, bias, ordered, starts, b"".join(map(rows.__getitem__, ordered)), texts)
