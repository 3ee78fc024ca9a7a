"""Corrects misspelt words where it is clear what was meant.

A word is corrected only if it is in no list of real words, only to a word that the line itself knows, and only if that
word sounds the same or is one typing mistake away (two in long words): a letter too many, a letter missing, a wrong
letter, or two letters swapped.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from zlib import crc32

from rapidfuzz.distance import OSA, JaroWinkler

from ivr.library.dictionary import Dictionary
from ivr.listening.sounds import Sounds, by_checksum, sounds_of

SHORTEST = 3
LONG = 8
"""Fewest letters of a word in which two mistakes are corrected."""
LONGEST = 40
MOST_COMPARED = 20
"""Most words of one text that are compared with long words, which is the slowest part."""
SHORTEST_RUN_TOGETHER, SHORTEST_PIECE = 6, 2


@dataclass(frozen=True, slots=True, repr=False)
class Spelling:
    """`vocabulary`: what the line knows; `known`: its words in order; `long`: the long ones among them. `checksums`:
    for each known word and each of its letters, the checksum of the word without that letter, sorted; `places`: the
    index in `known` for each. A mapping of strings would take ten times the memory; a checksum that two words share
    costs only one more comparison. `heard`: for words that are listed as they are misspelt (an author may do so), the
    real words that sound the same, and what borrowed words are read as."""

    vocabulary: Collection[str]
    real: Dictionary
    known: Sequence[str] = field(repr=False)
    checksums: Sequence[int] = field(repr=False)
    places: Sequence[int] = field(repr=False)
    long: tuple[str, ...] = field(repr=False)
    sounds: Sounds = field(default_factory=Sounds)
    heard: Mapping[str, str] = field(default_factory=dict, repr=False)

    def mend(self, words: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
        """For each word, what it is read as: itself, another word, or several words that were run together."""
        left = MOST_COMPARED
        mended: list[tuple[str, ...]] = []
        for word in words:
            if self._stays(word):
                mended.append((self.heard.get(word, word),))
                continue
            found = self._alike(word) or self._close(word)
            if found is None and LONG <= len(word) <= LONGEST and left:
                left -= 1
                found = self._further(word)
            mended.append((found,) if found else self._apart(word) or (word,))
        return tuple(mended)

    def _stays(self, word: str) -> bool:
        return (
            word in self.vocabulary or not SHORTEST <= len(word) <= LONGEST or not word.isalpha() or word in self.real
        )

    def _alike(self, word: str) -> str | None:
        return _likest(word, self.sounds.alike(word))

    def _close(self, word: str) -> str | None:
        """The known word that is one mistake away; of several, the most similar."""
        near: dict[str, None] = {}
        for piece in (word, *_without_one(word)):
            if piece in self.vocabulary and len(piece) >= SHORTEST:
                near[piece] = None
            near |= dict.fromkeys(self._losing_a_letter(piece))
        return _likest(word, (known for known in near if OSA.distance(word, known) == 1 and _is_likely(word, known)))

    def _losing_a_letter(self, piece: str) -> Iterator[str]:
        """The known words that become `piece` when one letter is removed. May include others, because checksums
        collide."""
        wanted = crc32(piece.encode())
        for at in range(bisect_left(self.checksums, wanted), len(self.checksums)):
            if self.checksums[at] != wanted:
                return
            yield self.known[self.places[at]]

    def _further(self, word: str) -> str | None:
        found = [
            (OSA.distance(word, known, score_cutoff=2), known)
            for known in self.long
            if abs(len(known) - len(word)) <= 2 and known[0] == word[0]
        ]
        return min((one for one in found if one[0] <= 2), default=(0, None))[1]

    def _apart(self, word: str) -> tuple[str, ...] | None:
        """The known words that this one is made of, as few as possible; None if it is not."""
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


def _likest(word: str, others: Iterable[str]) -> str | None:
    return max(others, key=lambda other: (JaroWinkler.similarity(word, other), other), default=None)


def _is_likely(word: str, known: str) -> bool:
    """Whether the correction is plausible. A short word keeps its first letter: `pian` is pain, `rain` is not."""
    return len(known) > SHORTEST and (word[0] == known[0] or len(word) > SHORTEST + 1 or sorted(word) == sorted(known))


def _without_one(word: str) -> Iterator[str]:
    return (word[:gone] + word[gone + 1 :] for gone in range(len(word)))


def spelling_of(
    vocabulary: Collection[str], real: Dictionary, sounds: Mapping[str, str], borrowed: Mapping[str, str]
) -> Spelling:
    """`sounds`: what letters sound like; `borrowed`: words of another language, with those that they are read as."""
    known = tuple(sorted(word for word in vocabulary if word.isalpha()))
    checksums, places = by_checksum(
        (word[:gone] + word[gone + 1 :], number)
        for number, word in enumerate(known)
        if len(word) > SHORTEST
        for gone in range(len(word))
        if not gone or word[gone] != word[gone - 1]  # The second of two equal letters leaves the same word.
    )
    long = tuple(word for word in known if len(word) >= LONG - 1)
    by_ear = sounds_of(sounds, known)
    misspelt = (word for word in known if by_ear.written and word not in real)
    heard = {word: _likest(word, (one for one in by_ear.alike(word) if one in real)) for word in misspelt}
    kept = {word: other for word, other in heard.items() if other}
    return Spelling(vocabulary, real, known, checksums, places, long, by_ear, kept | dict(borrowed))
