"""Everything that the rules look at: what the walk found, and what the line should have said."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from statistics import median

from ivr.audit.access.ear import Option, Span, Tongue, find, find_all, options_heard, tongue_of
from ivr.audit.access.journeys import Journeys
from ivr.audit.access.spoken_walk import SpokenWalk
from ivr.audit.access.text_walk import Texts
from ivr.audit.access.turns import SILENCE, ObservedTurn, Walk
from ivr.library.heard import Heard
from ivr.library.library import HOME, SLOT, Library
from ivr.library.measures import sentences
from ivr.library.sent_text import as_sent
from ivr.model import Position, Prompt, Segment
from ivr.phone.handset import TextsReceived


@dataclass(frozen=True, repr=False)
class Survey:
    """`libraries`: every language, the walked one first. `glossary`: medical words and their explanations. `kept`: the
    contents of the line's store and logs, as text; None if nobody could look. `tried`: what the test bench `make hear`
    heard of the words; None if nobody tried. `spoken`: the walk by words; None if the line takes keys only. `longer`:
    facts that may take longer to say. `outside`: first letters of the names of facts that are not from the source."""

    libraries: Mapping[str, Library]
    facts: Mapping[str, str]
    glossary: Mapping[str, tuple[str, ...]]
    walk: Walk
    journeys: Journeys
    texts: Texts
    kept: tuple[str, ...] | None = None
    tried: Heard | None = None
    spoken: SpokenWalk | None = None
    longer: frozenset[str] = frozenset()
    outside: str = ""
    segments_in: dict[str, tuple[Position, ...]] = field(init=False, default_factory=dict, compare=False)
    facts_in: dict[str, frozenset[str]] = field(init=False, default_factory=dict, compare=False)

    @property
    def library(self) -> Library:
        return next(iter(self.libraries.values()))

    @cached_property
    def tongue(self) -> Tongue:
        return tongue_of(self.library)

    @cached_property
    def segments(self) -> Mapping[Position, Segment]:
        return {
            Position(topic.name, part): segment
            for topic in self.library.topics.values()
            for part, segment in enumerate(topic.segments, start=1)
        }

    def is_from_outside(self, fact: str) -> bool:
        return bool(self.outside) and fact.startswith(self.outside)

    @cached_property
    def signs(self) -> tuple[Position, ...]:
        """The segments of the warning signs; the first of them comes first everywhere. Empty if the line has none."""
        urgent = self.library.menus[HOME].urgent
        return tuple(position for position in self.segments if position.name == urgent)

    @cached_property
    def main_points(self) -> tuple[Position, ...]:
        """What a silent caller hears first: the segments of the first topic that is read to them."""
        first = next((position.name for position in self.library.tour), "")
        return tuple(position for position in self.library.tour if position.name == first)

    def options(self, turn: ObservedTurn) -> tuple[Option, ...]:
        return options_heard(turn.sentences, self.tongue)

    def topic_options(self, turn: ObservedTurn) -> tuple[Option, ...]:
        """The choices of the menu that was heard, without the keys that mean the same everywhere."""
        return tuple(option for option in self.options(turn) if option.key in "12345")

    def heard(self, turn: ObservedTurn) -> tuple[Position, ...]:
        """The segments whose every sentence was heard in that turn."""
        if turn.said not in self.segments_in:
            self.segments_in[turn.said] = tuple(position for position in self.segments if self.span(turn, position))
        return self.segments_in[turn.said]

    def facts_heard(self, turn: ObservedTurn) -> frozenset[str]:
        if turn.said not in self.facts_in:
            self.facts_in[turn.said] = self.facts_at(self.heard(turn))
        return self.facts_in[turn.said]

    def span(self, turn: ObservedTurn, position: Position) -> Span | None:
        """The whole segment in one stretch, or all its sentences; None if it was not heard."""
        voice = self.said_by(position)
        return find(turn.words, voice) or find_all(turn.words, sentences(voice))

    def said_by(self, position: Position) -> str:
        """The segment's words. A slot left in them is not a word: the line is quiet there."""
        return SLOT.sub("", self.segments[position].voice)

    def facts_at(self, positions: Iterable[Position]) -> frozenset[str]:
        return frozenset(fact for position in positions for fact in self.segments[position].facts)

    def read_in(self, answer: TextsReceived) -> tuple[Position, ...]:
        """The segments whose text was read in that answer."""
        read = "\n".join(answer.texts)
        return tuple(position for position in self.segments if all(text in read for text in self.sent(position)))

    def facts_read(self, answer: TextsReceived) -> frozenset[str]:
        return self.facts_at(self.read_in(answer))

    def sent(self, position: Position) -> tuple[str, ...]:
        """The segment's texts as they arrive."""
        segment = self.segments[position]
        return tuple(as_sent(self.library.language, text) for text in (segment.text, segment.follow_up) if text)

    def has_choices(self, menu: str, answer: TextsReceived) -> bool:
        read = "\n".join(answer.texts)
        return all(as_sent(self.library.language, one.text) in read for one in self.library.menus[menu].choices)

    @cached_property
    def segment_turns(self) -> tuple[tuple[Position, ObservedTurn, Span], ...]:
        """Each segment as it was heard by itself at the normal pace, whichever way the caller came."""
        return tuple(
            (position, turn, span)
            for turn in self.walk.normal
            if turn.prompt is Prompt.PLAIN
            and (position := turn.position) is not None
            and position in self.segments
            and (span := self.span(turn, position))
        )

    @cached_property
    def menu_turns(self) -> tuple[ObservedTurn, ...]:
        """Menus at the normal pace, including the greeting's, wherever their choices were heard."""
        return tuple(
            turn
            for turn in self.walk.normal
            if turn.position and turn.position.name in self.library.menus and self.topic_options(turn)
        )

    @cached_property
    def key_turns(self) -> tuple[ObservedTurn, ...]:
        """Everything that one key led to, at every place where keys are live."""
        acts = (turn for acts in self.walk.listening.values() for turn in acts.values())
        return tuple(turn for turn in acts if turn.act != SILENCE)

    def presses_to(self, starts: Iterable[str], silence: int = 0, normally: bool = False) -> Mapping[str, int]:
        """Fewest presses from the nearest start to each place walked. Waiting costs `silence` presses. `normally`: at
        the normal pace only, since at other paces one place may stand for others that differ in more than their
        words."""
        cost = {self.walk.walked(path): 0 for path in starts}
        pending = list(cost)
        for path in pending:
            for act, turn in self.walk.at(path).items():
                there = "" if normally and not turn.normal else self.walk.walked(turn.there)
                step = cost[path] + (silence if act == SILENCE else 1)
                if there and step < cost.get(there, step + 1):
                    cost[there] = step
                    pending.append(there)
        return cost

    def presses_to_facts(self, silence: int = 0) -> Mapping[str, int]:
        """Fewest presses after the greeting until each fact has been heard."""
        places = self.presses_to([str(self.walk.arrivals[0].there)], silence)
        found: dict[str, int] = {}
        for path, presses in places.items():
            for act, turn in self.walk.at(path).items():
                step = presses + (silence if act == SILENCE else 1)
                for fact in self.facts_heard(turn):
                    found[fact] = min(step, found.get(fact, step))
        return found

    @property
    def home(self) -> Position:
        return Position(HOME)


def middle(numbers: Iterable[float]) -> float:
    found = list(numbers)
    return median(found) if found else float("inf")
