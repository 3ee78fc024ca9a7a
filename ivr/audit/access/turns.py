"""What a walk collects: turns, the places where they happen, and whole calls. Frozen, because many rules read them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from ivr.audit.access.ear import Sentence, Word, sentences_heard, words_heard
from ivr.dialogue.url import from_path
from ivr.model import Pace, Position, Prompt, State
from ivr.phone.handset import Gather, Moment, Speech

DIAL, SILENCE, NOBODY, TALK = "dial", "silence", "no-answer", "completed"
KEYS = "0123456789*#"


@dataclass(frozen=True, eq=False)
class ObservedTurn:
    """What one act led to. `here` and `there`: places as paths; `here` is None for a new call, `there` once the call is
    over. `moments` start at 0 with the line's answer. `verbs`: those of the answer, in order."""

    here: str | None
    act: str
    there: str | None
    moments: tuple[Moment, ...] = ()
    listening: Gather | None = None
    dialling: str | None = None
    verbs: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()

    @cached_property
    def before(self) -> State | None:
        return from_path(self.here) if self.here else None

    @cached_property
    def state(self) -> State | None:
        return from_path(self.there) if self.there else None

    @property
    def position(self) -> Position | None:
        return self.state.position if self.state else None

    @property
    def prompt(self) -> Prompt | None:
        return self.state.prompt if self.state else None

    @property
    def normal(self) -> bool:
        return self.state is not None and self.state.pace is Pace.NORMAL

    @cached_property
    def words(self) -> tuple[Word, ...]:
        return words_heard(self.moments)

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        return sentences_heard(self.words)

    @cached_property
    def said(self) -> str:
        return " ".join(word.text for word in self.words)

    @property
    def seconds(self) -> float:
        return self.moments[-1].end if self.moments else 0.0

    @property
    def speech(self) -> Iterator[Speech]:
        return (moment.item for moment in self.moments if isinstance(moment.item, Speech))


Acts = Mapping[str, ObservedTurn]


@dataclass(frozen=True)
class Walk:
    """`turns`: by the place walked, then by act. `alike`: places that sound like a walked one, each with that place.
    `arrivals`: what each caller heard on dialling, a new caller first."""

    arrivals: tuple[ObservedTurn, ...]
    turns: Mapping[str, Acts]
    alike: Mapping[str, str] = field(default_factory=dict)
    number: str = "anonymous"
    late: Mapping[str, Acts] = field(default_factory=dict)
    """By the previous place: what a key led to that was pressed while the line named where it had gone on to."""

    def walked(self, path: str | None) -> str:
        """The place that was walked in its stead, or the place itself; empty once the call is over."""
        return self.alike.get(path or "", path or "")

    def at(self, path: str | None) -> Acts:
        """What every act leads to from there; empty if the call is over, or the place was never reached."""
        return self.turns.get(self.walked(path), {})

    @cached_property
    def every(self) -> tuple[ObservedTurn, ...]:
        return (*self.arrivals, *(turn for acts in self.turns.values() for turn in acts.values()))

    @cached_property
    def different(self) -> tuple[ObservedTurn, ...]:
        """One of each group of turns that sound and listen alike, at the same position for the same reason, in the
        language that was walked. Key 6 leads to the others, which have walks of their own."""
        found: dict[object, ObservedTurn] = {}
        for turn in (turn for turn in self.every if self._is_own(turn)):
            patience = turn.listening.timeout if turn.listening else 0.0
            found.setdefault((turn.position, turn.prompt, patience, turn.normal, turn.moments), turn)
        return tuple(found.values())

    def _is_own(self, turn: ObservedTurn) -> bool:
        own = self.arrivals[0].state if self.arrivals else None
        return own is None or turn.state is None or turn.state.language == own.language

    @cached_property
    def listening(self) -> Mapping[str, Acts]:
        """The places where keys are live."""
        return {path: acts for path, acts in self.turns.items() if SILENCE in acts}

    @cached_property
    def normal(self) -> tuple[ObservedTurn, ...]:
        """Different turns at the normal pace, at which seconds are measured."""
        return tuple(turn for turn in self.different if turn.normal)


@dataclass(frozen=True)
class Journey:
    """One whole call. `begins`: when each turn began, in seconds since the call was answered; `seconds`: when it
    ended."""

    turns: tuple[ObservedTurn, ...]
    begins: tuple[float, ...]
    seconds: float
    number: str = "anonymous"

    @property
    def ended(self) -> bool:
        """Whether the line hung up."""
        return bool(self.turns) and self.turns[-1].there is None

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """Timed by the call's own clock, without what a key interrupted."""
        spans = zip(self.turns, self.begins, (*self.begins[1:], float("inf")), strict=True)
        return tuple(
            replace(word, begin=begin + word.begin, end=begin + word.end)
            for turn, begin, until in spans
            for word in turn.words
            if begin + word.begin < until
        )
