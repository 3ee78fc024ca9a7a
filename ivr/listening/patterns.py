"""Patterns: how a writer says what people say. A pattern is a line of words and a few signs:

    numb                    the word
    cough*                  any word that begins so
    [limb]                  any word of the class `limb` (classes.md)
    leg/legs/[arm]          any of these
    (no one/nobody)         any of these, where one has several words
    so?                     may be left out
    a ... b                 at most five other words between
    a .. b                  at most two
    a NEAR b                one after the other in either order, at most five words between
    a WITH b                the same, however many words between
    [it]                    in a guard: what was found

What stands side by side in a pattern stands side by side in the text. A gap never runs over a word of the class `not`,
so that `legs NEAR weak` does not find `legs are not weak`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import product

GAPS = {"...": 5, "..": 2}
"""Words that may stand between."""
BETWEEN = {"NEAR": 5, "WITH": 40}
"""The same between the two sides of `NEAR` and of `WITH`."""
IT = "[it]"
ONE = r"(?:\[[a-z0-9-]+\]|[^\W_]+\*?|[\u2600-\u27bf\U0001f300-\U0001faff])"
ITEM = re.compile(rf"(?:\([^()]+\)|{ONE}(?:/{ONE})*)\??|\.{{2,3}}")

Span = tuple[int, int]
"""The first word of what was found and the last."""


class PatternError(ValueError):
    """The text says what is wrong with a pattern, for its writer."""


@dataclass(frozen=True, slots=True)
class Step:
    """A symbol, and how many words may stand between it and the one before."""

    symbol: str
    gap: int


@dataclass(frozen=True, slots=True)
class Pattern:
    """`ways`: the sequences of which any one suffices. `written`, `path`, `line`: what stands in content, and where."""

    written: str
    path: str
    line: int
    ways: tuple[tuple[Step, ...], ...] = field(repr=False)

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.written}"


def parse(written: str, path: str = "", line: int = 0) -> Pattern:
    """Raises PatternError."""
    halves = re.split(r"\s+(NEAR|WITH)\s+", written.strip())
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
    return Pattern(written.strip(), path, line, tuple(ways))


def _joined(one: tuple[Step, ...], two: tuple[Step, ...], gap: int) -> tuple[Step, ...]:
    return (*one, Step(two[0].symbol, gap), *two[1:])


def _sequences(half: str) -> Iterator[tuple[Step, ...]]:
    """With and without each item that may be left out."""
    items = ITEM.findall(half)
    if re.sub(r"\s+", "", "".join(items)) != re.sub(r"\s+", "", half):
        raise PatternError(f"`{half.strip()}` has a sign that no pattern has")
    needed: list[list[str | None]] = []
    for item in items:
        needed.append([item.removesuffix("?"), None] if item.endswith("?") else [item])
    for chosen in product(*needed):
        yield _steps([item for item in chosen if item])


def _steps(items: list[str]) -> tuple[Step, ...]:
    steps: list[Step] = []
    gap = 0
    for item in items:
        if item in GAPS:
            gap = GAPS[item]
            continue
        steps.append(Step(item, gap))
        gap = 0
    return tuple(steps)


def options_of(symbol: str) -> tuple[str, ...]:
    """What a symbol such as `leg/legs/[arm]` is made of: words, and classes in brackets."""
    return tuple(option.strip() for option in symbol.strip("()").split("/"))


Places = Mapping[str, list[Span]]
"""Where each symbol stands in a text."""


@dataclass(frozen=True)
class Ground:
    """A text made ready for patterns: where symbols stand, how far in each word is, and how many words of the class
    `not` come before it."""

    places: Places
    at: tuple[int, ...]
    denied: tuple[int, ...]

    def with_it(self, span: Span) -> Ground:
        return Ground({**self.places, IT: [span]}, self.at, (0,) * len(self.denied))

    @cached_property
    def symbols(self) -> frozenset[str]:
        return frozenset(self.places)


def find(pattern: Pattern, ground: Ground) -> Iterator[Span]:
    """All stretches of the text that the pattern finds, one for each place where it can end."""
    for way in pattern.ways:
        if all(step.symbol in ground.places for step in way):
            yield from follow(way, ground)


def follow(way: tuple[Step, ...], ground: Ground) -> Iterable[Span]:
    """The stretches of the text in which the steps follow each other. Every symbol has a place in it."""
    first, *rest = way
    reached = ground.places[first.symbol]
    at, denied = ground.at, ground.denied
    for step in rest:
        reached = [
            (start, last)
            for start, end in reached
            for begin, last in ground.places[step.symbol]
            if end < begin and at[begin] - at[end] <= step.gap + 1 and denied[begin] == denied[end + 1]
        ]
        if not reached:
            return ()
    return reached
