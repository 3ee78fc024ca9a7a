"""Word classes, and where the symbols of patterns stand in a text.

A class is a heading in classes.md over words and short phrases, separated by commas: `weak: weak, gave way, give* out`.
An entry may be another class (`[leg]`), may end in a star, or may be a range of numbers (`100.4 to 109`).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from ivr.listening.normalise import Text, text_of
from ivr.listening.patterns import Ground, Span, options_of

NOT = "[not]"
RANGE = re.compile(r"(\d+(?:\.\d+)?) to (\d+(?:\.\d+)?)")
ENTRY_WORD = re.compile(r"[^\W_]+\*?")

Entry = tuple[str, ...]
"""The words of an entry, side by side; a word may end in a star."""


class ClassError(ValueError):
    """The text says what is wrong with a class, for its writer."""


def is_class(symbol: str) -> bool:
    return symbol.startswith("[")


def entries_of(name: str, classes: Mapping[str, Collection[str]], inside: tuple[str, ...] = ()) -> Iterator[Entry]:
    """All entries of a class, those of classes in it included. Raises ClassError."""
    if name in inside:
        raise ClassError(f"`[{name}]` stands in itself: take it out of one of them")
    if name not in classes:
        raise ClassError(f"there is no class `{name}` in classes.md")
    for written in classes[name]:
        if written.startswith("["):
            yield from entries_of(written.strip("[]"), classes, (*inside, name))
        elif RANGE.fullmatch(written):
            yield (written,)
        elif words := _words(written):
            yield words


def _words(written: str) -> Entry:
    return tuple(word + "*" * starred for part in written.split() for word, starred in _with_star(part))


def _with_star(part: str) -> Iterator[tuple[str, bool]]:
    words = text_of(part.rstrip("*")).words
    for number, word in enumerate(words, start=1):
        yield word, part.endswith("*") and number == len(words)


@dataclass(frozen=True, slots=True)
class Symbols:
    """What stands for which symbols. `words`: a whole word; `beginnings`: the beginning of a word, by its length;
    `phrases`: several words, by the first of them (or its beginning); `ranges`: numbers."""

    words: Mapping[str, tuple[str, ...]]
    beginnings: Mapping[str, tuple[str, ...]]
    lengths: tuple[int, ...]
    phrases: Mapping[str, tuple[tuple[Entry, tuple[str, ...]], ...]]
    phrase_beginnings: Mapping[str, tuple[tuple[Entry, tuple[str, ...]], ...]]
    ranges: tuple[tuple[float, float, str], ...]

    def knows(self, word: str) -> bool:
        """Whether any symbol begins with this word."""
        return (
            word in self.words or word in self.phrases or any(word[:size] in self.beginnings for size in self.lengths)
        )

    def ground(self, text: Text) -> Ground:
        places: defaultdict[str, list[Span]] = defaultdict(list)
        words, last = text.words, len(text.words)
        for here, word in enumerate(words):
            for symbol in self.words.get(word, ()):
                places[symbol].append((here, here))
            for size in self.lengths:
                beginning = word[:size]
                for symbol in self.beginnings.get(beginning, ()):
                    places[symbol].append((here, here))
                for rest, symbols in self.phrase_beginnings.get(beginning, ()):
                    self._phrase(places, words, here, rest, symbols)
                if len(beginning) < size:
                    break
            for rest, symbols in self.phrases.get(word, ()):
                self._phrase(places, words, here, rest, symbols)
            if self.ranges and word[0].isdigit():
                self._number(places, word, here)
        denied = [0] * (last + 1)
        for start, end in places.get(NOT, ()):
            denied[start + 1 if start == end else end + 1] += 1
        for here in range(last):
            denied[here + 1] += denied[here]
        return Ground(places, text.at, tuple(denied))

    def _phrase(
        self, places: dict[str, list[Span]], words: tuple[str, ...], here: int, rest: Entry, symbols: tuple[str, ...]
    ) -> None:
        end = here + len(rest)
        if end < len(words) and all(map(_is_like, words[here + 1 : end + 1], rest)):
            for symbol in symbols:
                places[symbol].append((here, end))

    def _number(self, places: dict[str, list[Span]], word: str, here: int) -> None:
        try:
            number = float(word)
        except ValueError:
            return
        for low, high, symbol in self.ranges:
            if low <= number <= high:
                places[symbol].append((here, here))


def _is_like(word: str, entry: str) -> bool:
    return word == entry or (entry.endswith("*") and word.startswith(entry[:-1]))


def symbols_of(used: Iterable[str], classes: Mapping[str, Collection[str]]) -> Symbols:
    """`used`: the symbols of all patterns. Raises ClassError."""
    words: defaultdict[str, list[str]] = defaultdict(list)
    beginnings: defaultdict[str, list[str]] = defaultdict(list)
    phrases: defaultdict[Entry, list[str]] = defaultdict(list)
    ranges: list[tuple[float, float, str]] = []
    for symbol in sorted(set(used) | ({NOT} if NOT.strip("[]") in classes else set())):
        for entry in set(_entries(symbol, classes)):
            found = RANGE.fullmatch(entry[0])
            if found:
                ranges.append((float(found[1]), float(found[2]), symbol))
            elif len(entry) > 1:
                phrases[entry].append(symbol)
            elif entry[0].endswith("*"):
                beginnings[entry[0][:-1]].append(symbol)
            else:
                words[entry[0]].append(symbol)
    whole: defaultdict[str, list[tuple[Entry, tuple[str, ...]]]] = defaultdict(list)
    begun: defaultdict[str, list[tuple[Entry, tuple[str, ...]]]] = defaultdict(list)
    for (first, *rest), symbols in phrases.items():
        kept = (tuple(rest), tuple(symbols))
        if first.endswith("*"):
            begun[first[:-1]].append(kept)
        else:
            whole[first].append(kept)
    return Symbols(
        {word: tuple(found) for word, found in words.items()},
        {word: tuple(found) for word, found in beginnings.items()},
        tuple(sorted({len(word) for word in (*beginnings, *begun)})),
        {word: tuple(found) for word, found in whole.items()},
        {word: tuple(found) for word, found in begun.items()},
        tuple(ranges),
    )


def _entries(symbol: str, classes: Mapping[str, Collection[str]]) -> Iterator[Entry]:
    for option in options_of(symbol):
        if option.startswith("["):
            yield from entries_of(option[1:-1], classes)
        elif RANGE.fullmatch(option):
            yield (option,)
        elif words := _words(option):
            yield words
