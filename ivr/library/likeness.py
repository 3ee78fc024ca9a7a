"""What a text is most like, of all the texts in the tables: a small model of words, for when no pattern is sure.

It adds up how much each word, pair of words and word class speaks for each thing that can be meant. It cannot say why,
so it may make the line ask; it never answers alone. `make likeness` trains it from the tables under tests/listening/.
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
"""Letters by which forms of a word are taken for the same."""
SCALE, RARITY = 4.0, 4.0
"""The file holds whole numbers: weights times the first, squared rarities by the second."""
LEAST_RARITY = 100.0
"""A text of fewer and commoner words than this, squared, is no more like others than one that has it."""
ZERO = 128
"""What stands for the weight 0 in a row."""
FROM_ZERO = bytes((ZERO + byte) % 256 for byte in range(256))
"""For each byte of a weight, which may be negative, the byte that stands for it."""
MOST_WEIGHT, MOST_RARITY = 127, 255
"""The largest numbers that a row may have: a weight, which may be negative too, and a squared rarity."""
MOST_FEATURES = 250
"""Features of one text that are added up: the sum of so many bytes fits 16 bits."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """`labels`: what can be meant; `bias`: a weight for each. `checksums`: those of the features, in order. `rows`: for
    each feature its weights, a byte each, and last its squared rarity (inverse document frequency). A mapping of
    strings would take five times the memory. Of what is no feature, one in 100,000 passes for one."""

    labels: tuple[str, ...] = ()
    bias: tuple[float, ...] = ()
    checksums: Sequence[int] = field(default=(), repr=False)
    rows: bytes = field(default=b"", repr=False)

    def ranked(self, words: tuple[str, ...], classes: Iterable[str]) -> list[tuple[str, float]]:
        """Labels with their probabilities, the likeliest first. Empty without a model."""
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
        """The places of those that are features here."""
        last, known = len(self.checksums), list[int]()
        for feature in found:
            checksum = crc32(feature.encode())
            at = bisect_left(self.checksums, checksum)
            if at < last and self.checksums[at] == checksum:
                known.append(at)
        return known[:MOST_FEATURES]

    def _sums(self, known: Sequence[int]) -> list[int]:
        """Of each weight, and of the rarities: every second byte of all rows at once, then the others."""
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
    """The words of a text, as often as they stand there, then the pairs of them and the word classes, each once, always
    in the same order."""
    return [*words, *dict.fromkeys((*pairs(words), *classes))]


def pairs(words: tuple[str, ...]) -> list[str]:
    """Pairs of words, as they begin, that stand side by side and one apart."""
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
    """That of a language's folder; an empty one if it has none. Raises ValueError if the file is damaged."""
    try:
        packed = (folder / FILE).read_bytes()
    except OSError:
        return Likeness()
    try:
        read = json.loads(gzip.decompress(packed))
        return _likeness(tuple(read["labels"]), tuple(read["bias"]), read["weights"])
    except (OSError, EOFError, KeyError, TypeError, ValueError, zlib.error):
        raise ValueError(FILE) from None


def _likeness(labels: tuple[str, ...], bias: tuple[float, ...], weights: Mapping[str, list[int]]) -> Likeness:
    """Raises ValueError where a feature has another number of weights than there are labels."""
    rows = {crc32(feature.encode()): row_of(weighed, rarity) for feature, (rarity, *weighed) in weights.items()}
    if any(len(row) != len(labels) + 1 for row in rows.values()):
        raise ValueError
    ordered = sorted(rows)
    return Likeness(labels, bias, array("I", ordered), b"".join(rows[checksum] for checksum in ordered))
