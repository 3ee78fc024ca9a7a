"""How words sound, for spelling by ear: `kiebre` sounds like `quiebre`, `asucar` like `azúcar`.

What sounds alike is content: pairs such as `qu: k` in a language's `sounds.md`. The longest that fits is taken first,
and what it gives is not read again, so `ce: se` comes before `c: k`.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from zlib import crc32

SHORTEST = 4
"""Fewest letters of a word that is corrected by sound: shorter ones sound like too many others."""

NO_LETTERS = re.compile("(?!)")


@dataclass(frozen=True, slots=True)
class Sounds:
    """`written`: how groups of letters sound; `letters` finds any of those groups. `known`: the words, as given.
    `checksums`: of how each word sounds, sorted; `places`: the index in `known` for each checksum."""

    written: Mapping[str, str] = field(default_factory=dict)
    known: Sequence[str] = field(default=(), repr=False)
    checksums: Sequence[int] = field(default=(), repr=False)
    places: Sequence[int] = field(default=(), repr=False)
    letters: re.Pattern[str] = field(default=NO_LETTERS, repr=False)

    def alike(self, word: str) -> Iterator[str]:
        """The known words that sound like this one."""
        if not self.written or len(word) < SHORTEST:
            return
        heard = _heard(word, self.written, self.letters)
        wanted = crc32(heard.encode())
        for at in range(bisect_left(self.checksums, wanted), len(self.checksums)):
            if self.checksums[at] != wanted:
                return
            if _heard(known := self.known[self.places[at]], self.written, self.letters) == heard:
                yield known


def sounds_of(written: Mapping[str, str], known: Sequence[str]) -> Sounds:
    """`known`: at most 65,536 words."""
    if not written:
        return Sounds()
    longest_first = sorted(written, key=lambda group: -len(group))
    letters = re.compile("|".join(map(re.escape, longest_first)))
    long = ((word, at) for at, word in enumerate(known) if len(word) >= SHORTEST)
    checksums, places = by_checksum((_heard(word, written, letters), at) for word, at in long)
    return Sounds(written, known, checksums, places, letters)


def by_checksum(words: Iterable[tuple[str, int]]) -> tuple[Sequence[int], Sequence[int]]:
    """The checksums of words, sorted, and the number (at most 65,535) that came with each."""
    found = sorted(crc32(word.encode()) << 16 | number for word, number in words)
    return array("I", (one >> 16 for one in found)), array("H", (one & 0xFFFF for one in found))


def pairs_in(lines: Iterable[str]) -> dict[str, str]:
    """The pairs in the lines, such as `qu: k`; `h:` means that the letter is silent. Lines without a colon are
    skipped."""
    pairs = (line.partition(":") for line in lines if ":" in line)
    return {letters.strip(): sound.strip() for letters, _, sound in pairs if letters.strip()}


def _heard(word: str, written: Mapping[str, str], letters: re.Pattern[str]) -> str:
    return letters.sub(lambda found: written[found[0]], word)
