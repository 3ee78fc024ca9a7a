"""What a text is most like, of all the texts in the tables: a small model of words, for when no pattern is sure.

It adds up how much each word, pair of words and word class speaks for each thing that can be meant. It cannot say why, so
it may make the line ask; it never answers. `make likeness` trains it from the tables under tests/listening/.
"""

from __future__ import annotations

import gzip
import json
import math
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

FILE = "likeness.json.gz"
"""Inside a language's folder."""
STEM = 4
"""Letters by which forms of a word are taken for the same."""
SCALE = 20.0
"""The file holds whole numbers: weights times this."""


Feature = tuple[float, tuple[tuple[int, int], ...]]


@dataclass(frozen=True, slots=True)
class Likeness:
    """`labels`: what can be meant; `bias`: a weight for each. `weights`: for each feature, how rare it is (its inverse
    document frequency), and pairs of a label's number and a weight, which is multiplied by that already."""

    labels: tuple[str, ...] = ()
    bias: tuple[float, ...] = ()
    weights: Mapping[str, Feature] = field(default_factory=dict, repr=False)

    def ranked(self, words: tuple[str, ...], classes: Iterable[str]) -> list[tuple[str, float]]:
        """Labels with their probabilities, the likeliest first. Empty without a model."""
        if not self.labels:
            return []
        known = [found for feature in features(words, classes) if (found := self.weights.get(feature))]
        sums = [0] * len(self.labels)
        for _, weights in known:
            for label, weight in weights:
                sums[label] += weight
        scale = SCALE * math.sqrt(sum([rare * rare for rare, _ in known]) or 1.0)
        scores = [math.exp(bias + total / scale) for bias, total in zip(self.bias, sums, strict=True)]
        whole = sum(scores)
        shares = zip(self.labels, (score / whole for score in scores), strict=True)
        return sorted(shares, key=lambda one: -one[1])


def features(words: tuple[str, ...], classes: Iterable[str]) -> set[str]:
    """Words, their beginnings and groups of three letters, pairs of words side by side and one apart, and the word
    classes that stand in a text."""
    stems = [word[:STEM] for word in words]
    return {
        *words,
        *[f"{word[:STEM]}~" for word in words if len(word) > STEM],
        *[f"{one} {two}" for one, two in zip(stems, stems[1:], strict=False)],
        *[f"{one}_{two}" for one, two in zip(stems, stems[2:], strict=False)],
        *[f"#{edged[at : at + 3]}" for edged in [f"^{word}$" for word in words] for at in range(len(edged) - 2)],
        *classes,
    }


def read_likeness(folder: Path) -> Likeness:
    """That of a language's folder; an empty one if it has none. Raises ValueError if the file is damaged."""
    try:
        packed = (folder / FILE).read_bytes()
    except OSError:
        return Likeness()
    try:
        read = json.loads(gzip.decompress(packed))
        weights = {
            feature: (rare, tuple(zip(numbers[::2], numbers[1::2], strict=True)))
            for feature, (rare, *numbers) in read["weights"].items()
        }
        return Likeness(tuple(read["labels"]), tuple(read["bias"]), weights)
    except (OSError, EOFError, KeyError, TypeError, ValueError, zlib.error):
        raise ValueError(FILE) from None
