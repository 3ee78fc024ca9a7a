"""What a person can have meant."""

from __future__ import annotations

from dataclasses import dataclass

from ivr.listening.patterns import Pattern
from ivr.model import Goal, Move, Position


@dataclass(frozen=True, slots=True)
class Danger:
    """Signs of danger; `at` holds what to do. `kind` is the file in content that knows them."""

    kind: str
    at: Position


MOST_CHOICES = 2
"""Things that one question offers."""


@dataclass(frozen=True, slots=True)
class Ask:
    """One thing or two that may have been meant: to be asked, never assumed."""

    goals: tuple[Goal, ...]


@dataclass(frozen=True, slots=True)
class Lacks:
    """Something that the line has nothing about. `offer`: the nearest that it has; `person_only`: nothing is near;
    `is_urgent`: the care team is to be called now."""

    subject: str
    offer: Position | None
    person_only: bool
    is_urgent: bool = False


@dataclass(frozen=True, slots=True)
class CarrierWord:
    """A whole text that belongs to the carrier: `stop`, `start` or `help`."""

    family: str


@dataclass(frozen=True, slots=True)
class StopInDoubt:
    """Something is to stop, perhaps the texts."""


@dataclass(frozen=True, slots=True)
class NoRequest:
    """Nothing was asked: a reaction, a quotation, an empty text."""


@dataclass(frozen=True, slots=True)
class Unasked:
    """Yes or no, and nothing else, where nothing was asked."""


@dataclass(frozen=True, slots=True)
class Unclear:
    pass


Meaning = Danger | Ask | Lacks | CarrierWord | StopInDoubt | NoRequest | Unasked | Unclear | Position | Move


@dataclass(frozen=True, slots=True)
class Evidence:
    """One thing that spoke for a meaning: the words of the text, the pattern that they fit, and the guard (another
    pattern) because of which they do not count, or are only asked about, if there is one."""

    words: str
    pattern: Pattern
    guard: Pattern | None = None


@dataclass(frozen=True, slots=True)
class Understood:
    """`read_as`: the words as they were read, spelling mended. `evidence`: what decided. `besides`: what else spoke
    up and was guarded against. `likely`: the labels that the likeness to other texts finds likeliest, with their
    probabilities. `unaided`: what the patterns alone say, where the likeness has changed it. `by`: the reading that
    decided, empty if none did."""

    meaning: Meaning
    read_as: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    besides: tuple[Evidence, ...] = ()
    likely: tuple[tuple[str, float], ...] = ()
    unaided: Meaning | None = None
    by: str = ""
