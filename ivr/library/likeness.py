"""What a text is most like, of all the texts in the tables: a small model of words, for when no pattern is sure.

It adds up how much each word, pair of words and word class speaks for each thing that can be meant. It cannot say why,
so it may make the line ask; it never answers alone. `make likeness` trains it from the tables under tests/listening/.
"""

from __future__ import annotations

import gzip
import json
import math
import struct
import sys
import zlib
from array import array
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

FILE = "likeness.json.gz"
"""Inside a language's folder."""
STEM = 4
"""Letters by which forms of a word are taken for the same."""
SCALE = 10.0
"""The file holds whole numbers: weights times this."""
ZERO = 128
"""What stands for the weight 0 in a lane."""
MOST_WEIGHT, MOST_RARITY = 127, 255
"""The largest numbers that a feature may have: a weight, which may be negative too, and a squared rarity."""
MOST_FEATURES = 250
"""Features of one text that are added up: so many fit a lane of 16 bits."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """`labels`: what can be meant; `bias`: a weight for each. `lanes`: for each feature one number that holds all its
    weights, 16 bits each, and last its squared rarity (inverse document frequency): one addition adds all of them."""

    labels: tuple[str, ...] = ()
    bias: tuple[float, ...] = ()
    lanes: Mapping[str, int] = field(default_factory=dict, repr=False)

    def ranked(self, words: tuple[str, ...], classes: Iterable[str]) -> list[tuple[str, float]]:
        """Labels with their probabilities, the likeliest first. Empty without a model."""
        if not self.labels:
            return []
        known = [lane for lane in map(self.lanes.get, features(words, classes)) if lane is not None][:MOST_FEATURES]
        sums = array("H", sum(known).to_bytes(2 * len(self.labels) + 2, sys.byteorder))
        if sys.byteorder == "big":
            sums.reverse()
        zero, scale = ZERO * len(known), SCALE * math.sqrt(sums.pop() or 1)
        scores = [math.exp(bias + (total - zero) / scale) for bias, total in zip(self.bias, sums, strict=True)]
        whole = sum(scores)
        return sorted(zip(self.labels, [score / whole for score in scores], strict=True), key=lambda one: -one[1])


def lane_of(weights: Iterable[int], rarity: int) -> int:
    """`weights` of at most `MOST_WEIGHT`, and a squared rarity."""
    parts = [*(ZERO + weight for weight in weights), rarity]
    return int.from_bytes(struct.pack(f"<{len(parts)}H", *parts), "little")


def features(words: tuple[str, ...], classes: Iterable[str]) -> list[str]:
    """Words, their beginnings and groups of three letters, pairs of words side by side and one apart, and the word
    classes that stand in a text; each once, always in the same order."""
    stems = [word[:STEM] for word in words]
    found = (
        *words,
        *[f"{word[:STEM]}~" for word in words if len(word) > STEM],
        *[f"{one} {two}" for one, two in pairwise(stems)],
        *[f"{one}_{two}" for one, two in zip(stems, stems[2:], strict=False)],
        *[f"#{edged[at : at + 3]}" for edged in [f"^{word}$" for word in words] for at in range(len(edged) - 2)],
        *classes,
    )
    return list(dict.fromkeys(found))


def read_likeness(folder: Path) -> Likeness:
    """That of a language's folder; an empty one if it has none. Raises ValueError if the file is damaged."""
    try:
        packed = (folder / FILE).read_bytes()
    except OSError:
        return Likeness()
    try:
        read = json.loads(gzip.decompress(packed))
        return Likeness(tuple(read["labels"]), tuple(read["bias"]), _lanes(read["weights"]))
    except (OSError, EOFError, KeyError, TypeError, ValueError, struct.error, zlib.error):
        raise ValueError(FILE) from None


def _lanes(weights: Mapping[str, list[int]]) -> dict[str, int]:
    """Features that stand in the same texts weigh the same, and share one number."""
    shared: dict[int, int] = {}
    lanes = ((feature, lane_of(weighed, rarity)) for feature, (rarity, *weighed) in weights.items())
    return {feature: shared.setdefault(lane, lane) for feature, lane in lanes}
