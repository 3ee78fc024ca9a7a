"""Patterns: how a writer says what people say. A pattern is a line of words and a few symbols:

    numb                    the word
    cough*                  any word that begins so
    [limb]                  any word of the class `limb` (classes.md)
    leg/legs/[arm]          any of these
    (no one/nobody)         any of these, where one has several words
    (3 to 90)               any number between
    so?                     may be left out
    a ... b                 at most five other words between
    a .. b                  at most two
    a NEAR b                one after the other in either order, at most five words between
    a WITH b                the same, however many words between
    [it]                    in a guard: what was found

Words that are side by side in a pattern have to be side by side in the text. A gap never reaches across a word of the
class `not`, so `legs NEAR weak` does not find `legs are not weak`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise, product
from typing import Any

from ivr.listening.normalise import APOSTROPHES
from ivr.listening.wrong_signs import remedy_of

GAPS = {"...": 5, "..": 2}
"""Most words that may stand in each gap."""
BETWEEN = {"NEAR": 5, "WITH": 40}
"""Most words that may stand between the two sides of `NEAR` and of `WITH`."""
IT = "[it]"
ONE = r"(?:\[[a-z0-9-]+\]|[^\W_]+\*?|[\u2600-\u27bf\U0001f170-\U0001f19a\U0001f300-\U0001faff])"
RANGE = re.compile(r"(\d+(?:\.\d+)?) to (\d+(?:\.\d+)?)")
OPTION = re.compile(rf"{ONE}|(?:[^\W_]+\*?)(?:\s+[^\W_]+\*?)*")
RANGE_WITHOUT_BRACKETS = re.compile(r"(?<![\d.])(\d[\d.]* to \d[\d.]*)")
ITEM = re.compile(rf"\s*((?:\([^()]+\)|{ONE}(?:/{ONE})*)\??|\.{{2,3}})")

IN_CAPITALS = {
    "AND": "write `WITH` or `NEAR` where both have to be there, or `and` for the word",
    "OR": "write `leg/arm` where either will do, give each a line of its own, or write `or` for the word",
    "NOT": f"write what speaks against it under `but not`, as `not .. {IT}`, or write `not` for the word",
}
"""Words in capitals that look as if they connected two sides."""

Span = tuple[int, int]
"""Indexes of the first and the last word of a match."""


class PatternError(ValueError):
    """The message tells the author of the pattern what is wrong with it."""


@dataclass(frozen=True, slots=True)
class PatternItem:
    """A symbol, and how many words may stand between it and the previous item."""

    symbol: str
    gap: int


def pickled(self: Any) -> tuple[type, tuple[object, ...]]:
    """`__reduce__` of a dataclass of which there are thousands: pickled by the names of its fields, as dataclasses are,
    they would leave 2 MB in pieces when they are read, and take a third longer."""
    return type(self), tuple(getattr(self, name) for name in self.__slots__)


@dataclass(frozen=True, slots=True)
class Way:
    """A sequence of symbols, and, one byte each, how many words may stand before each. All ways of a language are kept
    in memory; objects for the steps, or a stored set of the symbols needed, would take half as much again."""

    symbols: tuple[str, ...]
    gaps: bytes
    __reduce__ = pickled

    @property
    def needs(self) -> tuple[str, ...]:
        """The symbols that a text must contain, each once."""
        return tuple(sorted(set(self.symbols)))


@dataclass(frozen=True, slots=True)
class Pattern:
    """`ways`: the pattern matches if any of them does. `written`, `path`, `line`: its text in content, and where it
    stands."""

    written: str
    path: str
    line: int
    ways: tuple[Way, ...] = field(repr=False)
    __reduce__ = pickled

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.written}"


def parse(written: str, path: str = "", line: int = 0) -> Pattern:
    """Raises PatternError."""
    plain = APOSTROPHES.sub("", unicodedata.normalize("NFC", written)).strip()
    halves = re.split(r"\s+(NEAR|WITH)\s+", plain)
    if len(halves) > 3:
        raise PatternError("write `NEAR` or `WITH` once: one thing near another")
    sides = [list(_sequences(half)) for half in halves[::2]]
    if any(not way for side in sides for way in side):
        raise PatternError("write a word that has to be there: all of it may be left out")
    if len(sides) == 1:
        ways = sides[0]
    else:
        gap = BETWEEN[halves[1]]
        ways = [joined for one, two in product(*sides) for joined in (_joined(one, two, gap), _joined(two, one, gap))]
    return Pattern(written.strip(), path, line, tuple(map(_way, ways)))


def _way(steps: tuple[PatternItem, ...]) -> Way:
    return Way(tuple(step.symbol for step in steps), bytes(step.gap for step in steps))


def with_shared_steps(pattern: Pattern, kept: dict[Hashable, Any]) -> Pattern:
    """An equal pattern whose symbols and gaps are shared in memory with other patterns. `kept`: what has been shared so
    far."""
    return replace(pattern, ways=tuple(_shared(way, kept) for way in pattern.ways))


def _shared(way: Way, kept: dict[Hashable, Any]) -> Way:
    symbols = tuple(kept.setdefault(symbol, symbol) for symbol in way.symbols)
    return Way(kept.setdefault(symbols, symbols), kept.setdefault(way.gaps, way.gaps))


def _joined(one: tuple[PatternItem, ...], two: tuple[PatternItem, ...], gap: int) -> tuple[PatternItem, ...]:
    return (*one, PatternItem(two[0].symbol, gap), *two[1:])


def _sequences(half: str) -> Iterator[tuple[PatternItem, ...]]:
    """Every sequence, with and without each optional item."""
    items = _items(half)
    plain = " ".join(item for item in items if not item.startswith("(")) if "to" in items else ""
    if found := RANGE_WITHOUT_BRACKETS.search(plain):
        raise PatternError(f"write a range of numbers in brackets: `({found[1]})`")
    if items and (items[0] in GAPS or items[-1] in GAPS):
        raise PatternError("write a word before `..` and one after it: it says how far from each other they may stand")
    _check_words(items)
    needed: list[list[str | None]] = []
    for item in items:
        needed.append([item.removesuffix("?"), None] if item.endswith("?") else [item])
    for chosen in product(*needed):
        yield _steps([item for item in chosen if item])


def _items(half: str) -> list[str]:
    """The items of one side. Raises PatternError for what is not an item, and for what no text can match."""
    items, here = list[str](), 0
    while item := ITEM.match(half, here):
        if item[1].startswith("("):
            _check_options(item[1].removesuffix("?"))
        items.append(item[1])
        here = item.end()
    if rest := half[here:].lstrip():
        raise PatternError(f"`{half.strip()}` has `{rest[0]}` where no pattern has it: {remedy_of(rest)}")
    return items


def _check_options(brackets: str) -> None:
    for option in alternatives_of(brackets):
        if option.isalpha() and option.islower():
            continue
        if limits := RANGE.fullmatch(option):
            if float(limits[1]) > float(limits[2]):
                raise PatternError(f"write the smaller number first: `{limits[2]} to {limits[1]}`")
        elif words := IN_CAPITALS.keys() & set(option.split()):
            raise PatternError(f"`{min(words)}` connects nothing: {IN_CAPITALS[min(words)]}")
        elif not OPTION.fullmatch(option):
            remedy = "between brackets and slashes stand words, one class, or a range such as `3 to 90`"
            raise PatternError(f"no text can be `{option}` in `{brackets}`: {remedy}")


def _check_words(items: Sequence[str]) -> None:
    for item in items:
        if item in IN_CAPITALS:
            raise PatternError(f"`{item}` connects nothing: {IN_CAPITALS[item]}")
        if item in BETWEEN:
            raise PatternError(f"write something on both sides of `{item}`: `[arm] {item} [weak]`")
    for (before, item), (_, after) in pairwise(pairwise(items)):
        if before.startswith("[") and after.startswith("[") and item in ("near", "Near", "With"):
            raise PatternError(f"write `{item.upper()}` in capitals; for the word itself write `({item.lower()})`")


def _steps(items: list[str]) -> tuple[PatternItem, ...]:
    steps: list[PatternItem] = []
    gap = 0
    for item in items:
        if item in GAPS:
            gap = GAPS[item]
            continue
        steps.append(PatternItem(item, gap))
        gap = 0
    return tuple(steps)


def alternatives_of(symbol: str) -> tuple[str, ...]:
    """The alternatives in a symbol such as `leg/legs/[arm]`: words, and classes in brackets."""
    if symbol.isalnum():
        return (symbol,)
    return tuple(option.strip() for option in symbol.strip("()").split("/"))


Places = Mapping[str, Sequence[Span]]
"""Where each symbol stands in a text."""


@dataclass(frozen=True, slots=True)
class Ground:
    """A text prepared for matching: where each symbol stands, the set of those symbols (and `[it]`), the position of
    each word, and how many words of the class `not` come before it."""

    places: Places
    present: frozenset[str]
    at: tuple[int, ...]
    denied: tuple[int, ...]

    @property
    def order(self) -> Mapping[str, int]:
        """Where each symbol comes in the order of `places`."""
        return dict(zip(self.places, range(len(self.places)), strict=True))

    @property
    def classes(self) -> list[str]:
        """Those of the symbols that begin with a class, in their order."""
        return [symbol for symbol in self.places if symbol[0] == "["]

    def with_it(self, span: Span) -> Ground:
        """The text as guards see it: the match has a place of its own, `[it]`, and a gap may run over `not`."""
        return Ground({**self.places, IT: (span,)}, self.present, self.at, (0,) * len(self.denied))


def follow(way: Way, ground: Ground) -> Sequence[Span]:
    """The stretches of the text in which the steps follow each other, one for each place where they can end. Requires
    that every symbol of the way has a place in the text."""
    places, at, denied = ground.places, ground.at, ground.denied
    reached: Sequence[Span] = places[way.symbols[0]]
    for symbol, gap in zip(way.symbols[1:], way.gaps[1:], strict=True):
        reached = [
            (start, last)
            for start, end in reached
            for begin, last in places[symbol]
            if end < begin and at[begin] - at[end] <= gap + 1 and denied[begin] == denied[end + 1]
        ]
        if not reached:
            return ()
    return reached
