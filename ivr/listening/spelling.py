"""Misspelt words, put right where it is clear what was meant.

Only a word that is in no list of real words is corrected, only to a word that the line itself knows, and only over one
typing mistake (two in long words): a letter too many, too few, wrong, or two that changed places.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from rapidfuzz.distance import OSA, JaroWinkler

from ivr.library.dictionary import Dictionary

SHORTEST = 3
LONG = 8
"""Letters from which two mistakes are put right."""
LONGEST = 40
MOST_COMPARED = 20
"""Words of one text that are compared with long words, which takes longest."""
SHORTEST_RUN_TOGETHER, SHORTEST_PIECE = 6, 2


@dataclass(frozen=True, slots=True)
class Spelling:
    """`vocabulary`: what the line knows. `without_one`: its words by what is left of them without one letter."""

    vocabulary: frozenset[str]
    real: Dictionary
    without_one: Mapping[str, tuple[str, ...]]
    long: tuple[str, ...]

    def mend(self, words: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
        """For each word what it is read as: itself, another word, or several that nobody put blanks between."""
        left = MOST_COMPARED
        mended: list[tuple[str, ...]] = []
        for word in words:
            if self._stays(word):
                mended.append((word,))
                continue
            found = self._close(word)
            if found is None and LONG <= len(word) <= LONGEST and left:
                left -= 1
                found = self._further(word)
            mended.append((found,) if found else self._apart(word) or (word,))
        return tuple(mended)

    def _stays(self, word: str) -> bool:
        return (
            word in self.vocabulary or not SHORTEST <= len(word) <= LONGEST or not word.isalpha() or word in self.real
        )

    def _close(self, word: str) -> str | None:
        """The known word that is one mistake away; of several, the most alike."""
        near: dict[str, None] = {}
        for piece in (word, *_without_one(word)):
            if piece in self.vocabulary and len(piece) >= SHORTEST:
                near[piece] = None
            for known in self.without_one.get(piece, ()):
                near[known] = None
        found = [known for known in near if OSA.distance(word, known) == 1 and _is_likely(word, known)]
        return max(found, key=lambda known: (JaroWinkler.similarity(word, known), known), default=None)

    def _further(self, word: str) -> str | None:
        found = [
            (OSA.distance(word, known, score_cutoff=2), known)
            for known in self.long
            if abs(len(known) - len(word)) <= 2 and known[0] == word[0]
        ]
        return min((one for one in found if one[0] <= 2), default=(0, None))[1]

    def _apart(self, word: str) -> tuple[str, ...] | None:
        """As words side by side, as few as possible."""
        if not SHORTEST_RUN_TOGETHER <= len(word) <= LONGEST:
            return None
        best: list[tuple[str, ...] | None] = [()] + [None] * len(word)
        for end in range(1, len(word) + 1):
            for start in range(max(0, end - LONGEST), end):
                before, piece = best[start], word[start:end]
                if before is None or (len(piece) < SHORTEST_PIECE and piece not in ("i", "a")):
                    continue
                known = best[end]
                if piece in self.vocabulary and (known is None or len(before) + 1 < len(known)):
                    best[end] = (*before, piece)
        return best[-1]


def _is_likely(word: str, known: str) -> bool:
    """A short word keeps its first letter: `pian` is pain, `rain` is not."""
    return len(known) > SHORTEST and (word[0] == known[0] or len(word) > SHORTEST + 1 or sorted(word) == sorted(known))


def _without_one(word: str) -> Iterator[str]:
    return (word[:gone] + word[gone + 1 :] for gone in range(len(word)))


def spelling_of(vocabulary: Collection[str], real: Dictionary) -> Spelling:
    without: defaultdict[str, list[str]] = defaultdict(list)
    known = sorted(word for word in set(vocabulary) if word.isalpha())
    for word in known:
        if len(word) > SHORTEST:
            for piece in set(_without_one(word)):
                without[piece].append(word)
    long = tuple(word for word in known if len(word) >= LONG - 1)
    return Spelling(frozenset(known), real, {piece: tuple(words) for piece, words in without.items()}, long)
