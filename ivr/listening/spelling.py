"""Misspelt words, put right where it is clear what was meant.

Only a word that is in no list of real words is corrected, only to a word that the line itself knows, and only over one
typing mistake (two in long words): a letter too many, too few, wrong, or two that changed places.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from zlib import crc32

from rapidfuzz.distance import OSA, JaroWinkler

from ivr.library.dictionary import Dictionary

SHORTEST = 3
LONG = 8
"""Letters from which two mistakes are put right."""
LONGEST = 40
MOST_COMPARED = 20
"""Words of one text that are compared with long words, which takes longest."""
SHORTEST_RUN_TOGETHER, SHORTEST_PIECE = 6, 2
HALF = 32
"""Bits of a number that hold a checksum, above as many that hold the place of a word."""


@dataclass(frozen=True, slots=True)
class Spelling:
    """`vocabulary`: what the line knows; `known`: the same in order, `long`: of it the long words. `without_one`: for
    each of them and each letter, the checksum of what is left without it and the word's place in `known`, in order.
    A mapping of strings would take ten times the memory; a checksum that two share costs one comparison more."""

    vocabulary: frozenset[str]
    real: Dictionary
    known: Sequence[str] = field(repr=False)
    without_one: Sequence[int] = field(repr=False)
    long: tuple[str, ...] = field(repr=False)

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
            near |= dict.fromkeys(self._losing_a_letter(piece))
        found = [known for known in near if OSA.distance(word, known) == 1 and _is_likely(word, known)]
        return max(found, key=lambda known: (JaroWinkler.similarity(word, known), known), default=None)

    def _losing_a_letter(self, piece: str) -> Iterator[str]:
        """The known words that become `piece` without one letter, and perhaps others."""
        wanted = crc32(piece.encode())
        for place in range(bisect_left(self.without_one, wanted << HALF), len(self.without_one)):
            checksum, number = divmod(self.without_one[place], 1 << HALF)
            if checksum != wanted:
                return
            yield self.known[number]

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
    known = sorted(word for word in set(vocabulary) if word.isalpha())
    pieces = (
        crc32(piece.encode()) << HALF | number
        for number, word in enumerate(known)
        if len(word) > SHORTEST
        for piece in set(_without_one(word))
    )
    long = tuple(word for word in known if len(word) >= LONG - 1)
    return Spelling(frozenset(known), real, tuple(known), array("Q", sorted(pieces)), long)
