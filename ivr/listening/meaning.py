"""Everything that a person can have meant."""

from __future__ import annotations

from dataclasses import dataclass

from ivr.listening.patterns import Pattern
from ivr.model import Goal, Move, Position


@dataclass(frozen=True, slots=True)
class Danger:
    """Signs of danger. `at`: the position that says what to do. `kind`: the file in content that lists these signs."""

    kind: str
    at: Position


MOST_CHOICES = 2
"""Most things that one question offers."""


@dataclass(frozen=True, slots=True)
class Ask:
    """One or two things that may have been meant: the line asks, and never assumes."""

    goals: tuple[Goal, ...]


@dataclass(frozen=True, slots=True)
class Lacks:
    """Something that the line has nothing about. `offer`: the nearest thing that it has; `person_only`: nothing is
    near, so only a person is offered; `is_urgent`: the care team has to be called now."""

    subject: str
    offer: Position | None
    person_only: bool
    is_urgent: bool = False


@dataclass(frozen=True, slots=True)
class CarrierWord:
    """A text that is nothing but a word for the carrier: `stop`, `start` or `help`."""

    family: str


@dataclass(frozen=True, slots=True)
class WrongNumber:
    """The text says that it reached the wrong person, and no more: a wish to get no more texts, but right after a
    warning perhaps a mistake."""


@dataclass(frozen=True, slots=True)
class StopInDoubt:
    """Something is to stop, perhaps the texts, perhaps something else."""


@dataclass(frozen=True, slots=True)
class NoRequest:
    """The text asks for nothing: a reaction, a quotation, an empty text."""


@dataclass(frozen=True, slots=True)
class Unasked:
    """Only a yes or a no, when no question was open."""


@dataclass(frozen=True, slots=True)
class Unclear:
    pass


Meaning = (
    Danger | Ask | Lacks | CarrierWord | WrongNumber | StopInDoubt | NoRequest | Unasked | Unclear | Position | Move
)


@dataclass(frozen=True, slots=True)
class Evidence:
    """One thing that speaks for a meaning: the words of the text, the pattern that they match and, if there is one, the
    guard (another pattern) because of which they do not count or are only asked about."""

    words: str
    pattern: Pattern
    guard: Pattern | None = None


@dataclass(frozen=True, slots=True)
class Understood:
    """`read_as`: the words after spelling correction. `evidence`: what decided. `besides`: what else matched, but was
    guarded against. `likely`: the most probable labels by likeness to other texts, with their probabilities. `unaided`:
    what the patterns alone say, if the likeness has changed it. `by`: the name of the reading that decided; empty if
    none did."""

    meaning: Meaning
    read_as: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    besides: tuple[Evidence, ...] = ()
    likely: tuple[tuple[str, float], ...] = ()
    unaided: Meaning | None = None
    by: str = ""
