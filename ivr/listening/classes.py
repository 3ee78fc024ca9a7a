"""Word classes, and where the symbols of patterns stand in a text.

A class is a heading in classes.md over words and short phrases, separated by commas: `weak: weak, gave way, give* out`.
An entry may be another class (`[leg]`), may end in a star, or may be a range of numbers (`100.4 to 109`).
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import accumulate, chain
from typing import Any, cast

from ivr.library.document import Words, listed
from ivr.listening.normalise import Text, split_words
from ivr.listening.patterns import IT, RANGE, Ground, Span, alternatives_of

NOT = "[not]"
NAMED = re.compile(r"\[[^\[\]]*\]")
ONLY_IN_PATTERNS = re.compile(r"[\[\]()/?]|\.{2,}")

MOST_PLACES = 12
"""Most occurrences of one symbol that count. In a long text that repeats itself, the first ones do."""
LONG = 40
"""A text with more words than this is long in that sense."""

Entry = tuple[str, ...]
"""The words of an entry, in order; a word may end in a star."""


def is_class(symbol: str) -> bool:
    return symbol.startswith("[")


Classes = Mapping[str, Collection[str]]
"""The entries of each class as written. No class contains itself, and every class that an entry names exists."""


def sound_classes(sections: Mapping[str, Iterable[Words]]) -> tuple[Classes, list[tuple[int, str]]]:
    """The classes of classes.md without their invalid entries, and what is wrong with those, as (line, remedy)."""
    written = {
        name: [(entry, words.line) for words in section for entry in listed(words.text)]
        for name, section in sections.items()
    }
    within = {name: {_named(entry) for entry, _ in entries} for name, entries in written.items()}
    remedies = {
        name: [(entry, line, _remedy(name, entry, within)) for entry, line in entries]
        for name, entries in written.items()
    }
    sound = {name: [entry for entry, _, remedy in found if not remedy] for name, found in remedies.items()}
    return sound, [(line, remedy) for found in remedies.values() for _, line, remedy in found if remedy]


def _named(entry: str) -> str:
    """The name of the class that the entry refers to; empty if the entry is words."""
    return entry[1:-1] if NAMED.fullmatch(entry) else ""


def _remedy(name: str, entry: str, within: Mapping[str, Collection[str]]) -> str:
    """What to do about an invalid entry; empty if it is valid."""
    named = _named(entry)
    if named and named not in within:
        return f"there is no class `{named}`: write its words under a heading `## {named}`, or remove `{entry}`"
    if named and _is_reached(name, named, within):
        return f"`{entry}` contains `[{name}]` in turn: remove one of them from the other"
    if not named and ONLY_IN_PATTERNS.search(entry):
        return f"write `{entry}` as words separated by commas: brackets, slashes, dots and `?` are for patterns"
    limits = RANGE.fullmatch(entry)
    if limits and float(limits[1]) > float(limits[2]):
        return f"write the smaller number first: `{limits[2]} to {limits[1]}`"
    if not named and not limits and not _words(entry):
        return f"no letters or digits are in `{entry}`: remove it"
    return ""


def _is_reached(name: str, start: str, within: Mapping[str, Collection[str]]) -> bool:
    """Whether class `name` is `start`, or is nested in it at any depth."""
    reached, pending = set[str](), [start]
    while pending:
        here = pending.pop()
        if here and here not in reached:
            reached.add(here)
            pending.extend(within.get(here, ()))
    return name in reached


def entries_of(name: str, classes: Classes) -> Iterator[Entry]:
    """All entries of a class, including those of nested classes."""
    for written in classes.get(name, ()):
        if named := _named(written):
            yield from entries_of(named, classes)
        elif RANGE.fullmatch(written):
            yield (written,)
        elif words := _words(written):
            yield words


def _words(written: str) -> Entry:
    return tuple(word for part in written.split() for word in _with_star(part))


def _with_star(part: str) -> Entry:
    words = split_words(part.rstrip("*")).words
    return (*words[:-1], f"{words[-1]}*") if words and part.endswith("*") else words


Phrases = tuple[tuple[Entry, tuple[str, ...]], ...]
"""For a first word: the words that may follow it to make a phrase, and the symbols that the phrase stands for."""
Standing = tuple[tuple[str, ...], Phrases]
"""The symbols that a word alone stands for, and the phrases that it may begin."""
BySecond = Mapping[str, Phrases]
"""The phrases of one first word by their second, so that few are compared with the text: a common word begins hundreds.
Those whose second word ends in a star are listed under each word that begins so, and again under STAR."""
STAR = "*"


@dataclass(frozen=True, slots=True, repr=False)
class Symbols:
    """Which words stand for which symbols. `words`: whole words; `beginnings`: beginnings of words; `ranges`: numbers.
    `known` replaces `words` once it is computed: it holds whole words and beginnings together, for every word of a
    vocabulary, and phrases by their second words."""

    words: Mapping[str, Standing]
    beginnings: Mapping[str, Standing]
    lengths: tuple[int, ...]
    ranges: tuple[tuple[float, float, str], ...]
    known: Mapping[str, tuple[tuple[str, ...], BySecond]] = field(default_factory=dict, repr=False)

    def of(self, word: str) -> Standing:
        found = [self.words[word]] if word in self.words else []
        for size in self.lengths:
            if size > len(word):
                break
            if (beginning := word[:size]) in self.beginnings:
                found.append(self.beginnings[beginning])
        if len(found) == 1:
            return found[0]
        return tuple(one for symbols, _ in found for one in symbols), tuple(one for _, more in found for one in more)

    def knows(self, word: str) -> bool:
        """Whether any symbol begins with this word."""
        return any(self.known.get(word) or self.of(word))

    def with_known(self, vocabulary: Iterable[str]) -> Symbols:
        """A copy with `known` filled in. `vocabulary`: all of `words`, and others. Words that stand for the same
        symbols share one value in memory."""
        kept: dict[Hashable, Any] = {}
        grouped: dict[Phrases, BySecond] = {}
        pairs: dict[Standing, tuple[tuple[str, ...], BySecond]] = {}

        def shared(standing: Standing) -> Standing:
            pair = tuple(kept.setdefault(part, part) for part in standing)
            return cast(Standing, kept.setdefault(pair, pair))

        def by_second(standing: Standing) -> tuple[tuple[str, ...], BySecond]:
            if standing not in pairs:
                symbols, phrases = shared(standing)
                if phrases not in grouped:
                    grouped[phrases] = _by_second(phrases)
                pairs[standing] = symbols, grouped[phrases]
            return pairs[standing]

        known = {word: by_second(self.of(word)) for word in vocabulary}
        beginnings = {beginning: shared(standing) for beginning, standing in self.beginnings.items()}
        return replace(self, words={}, beginnings=beginnings, known=known)

    def ground(self, text: Text) -> Ground:
        places: dict[str, tuple[Span, ...]] = {}
        words, last = text.words, len(text.words)
        for here, word in enumerate(words):
            symbols, phrases = self.known.get(word) or self._unknown(word)
            _put(places, symbols, (here, here))
            following = words[here + 1] if phrases and here + 1 < last else ""
            for rest, more in _begun_by(phrases, following) if following else ():
                if _follow(words, here + 2, rest):
                    _put(places, more, (here, here + len(rest)))
            if self.ranges and word[0].isdigit():
                self._number(places, word, here)
        denied = _denied(places.get(NOT, ()), last)
        if last > LONG:
            places |= {symbol: found[:MOST_PLACES] for symbol, found in places.items() if len(found) > MOST_PLACES}
        return Ground(places, frozenset((*places, IT)), text.at, denied)

    def _unknown(self, word: str) -> tuple[tuple[str, ...], BySecond]:
        symbols, phrases = self.of(word)
        return symbols, _by_second(phrases)

    def _number(self, places: dict[str, tuple[Span, ...]], word: str, here: int) -> None:
        try:
            number = float(word)
        except ValueError:
            return
        for low, high, symbol in self.ranges:
            if low <= number <= high:
                _put(places, (symbol,), (here, here))


def _put(places: dict[str, tuple[Span, ...]], symbols: tuple[str, ...], span: Span) -> None:
    """Adds a place to each of the symbols. A word stands for dozens, all added at once, with the same tuple for those
    that have no other place. A symbol that is listed twice has the place twice."""
    alone: tuple[Span, ...] = (span,)
    fresh = dict.fromkeys(symbols, alone)
    for symbol in places.keys() & fresh.keys():
        fresh[symbol] = (*places[symbol], span)
    if len(fresh) < len(symbols):
        for symbol, times in Counter(symbols).items():
            fresh[symbol] += alone * (times - 1)
    places |= fresh


def _by_second(phrases: Phrases) -> BySecond:
    starred = tuple(phrase for phrase in phrases if phrase[0][0].endswith(STAR))
    seconds = {rest[0] for rest, _ in phrases if not rest[0].endswith(STAR)}
    found = {
        second: tuple(phrase for phrase in phrases if phrase[0][0] == second or _is_begun(second, phrase[0][0]))
        for second in seconds
    }
    return {**found, STAR: starred} if starred else found


def _begun_by(phrases: BySecond, following: str) -> Phrases:
    """The phrases whose second word is `following`."""
    exact = phrases.get(following)
    if exact is not None:
        return exact
    return tuple(phrase for phrase in phrases.get(STAR, ()) if _is_begun(following, phrase[0][0]))


def _denied(spans: Iterable[Span], words: int) -> tuple[int, ...]:
    """How many denials end before each word."""
    denied = [0] * (words + 1)
    for _, end in spans:
        denied[end + 1] += 1
    return tuple(accumulate(denied))


def _is_begun(word: str, entry: str) -> bool:
    return entry[-1] == "*" and word.startswith(entry[:-1])


def _follow(words: tuple[str, ...], here: int, rest: Entry) -> bool:
    """Whether the words of `rest`, after its first, stand in the text from position `here` on."""
    if len(rest) == 1:
        return True
    found = words[here : here + len(rest) - 1]
    return len(found) == len(rest) - 1 and all(
        word == entry or _is_begun(word, entry) for word, entry in zip(found, rest[1:], strict=True)
    )


def symbols_of(used: Iterable[str], classes: Classes) -> Symbols:
    """Looks up the words behind symbols. `used`: the symbols of all patterns."""
    words: defaultdict[str, list[str]] = defaultdict(list)
    beginnings: defaultdict[str, list[str]] = defaultdict(list)
    phrases: defaultdict[Entry, list[str]] = defaultdict(list)
    ranges: list[tuple[float, float, str]] = []
    of_class = {name: tuple(entries_of(name, classes)) for name in classes}
    options = {symbol: alternatives_of(symbol) for symbol in {*used, *([NOT] if NOT.strip("[]") in classes else [])}}
    named = set(chain.from_iterable(options.values()))
    of_option = {option: sorted(set(_entries(option, of_class))) for option in named}
    for symbol in sorted(options):
        own, *others = (of_option[option] for option in options[symbol])
        for entry in sorted({*own, *chain.from_iterable(others)}) if others else own:
            found = RANGE.fullmatch(entry[0]) if entry[0][0].isdigit() else None
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
    shared: dict[tuple[str, ...], tuple[str, ...]] = {}
    for (first, *rest), symbols in phrases.items():
        words_after, stands_for = tuple(rest), tuple(symbols)
        kept = (shared.setdefault(words_after, words_after), shared.setdefault(stands_for, stands_for))
        if first.endswith("*"):
            begun[first[:-1]].append(kept)
        else:
            whole[first].append(kept)
    return Symbols(
        {word: (tuple(words.get(word, ())), tuple(whole.get(word, ()))) for word in {*words, *whole}},
        {word: (tuple(beginnings.get(word, ())), tuple(begun.get(word, ()))) for word in {*beginnings, *begun}},
        tuple(sorted({len(word) for word in (*beginnings, *begun)})),
        tuple(ranges),
    )


def _entries(option: str, of_class: Mapping[str, tuple[Entry, ...]]) -> tuple[Entry, ...]:
    if option.startswith("["):
        return of_class.get(option[1:-1], ())
    if RANGE.fullmatch(option):
        return ((option,),)
    words = _words(option)
    return (words,) if words else ()
