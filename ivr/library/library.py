"""All that one language can say, and where each thing is in its menus."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise, takewhile

from ivr.library.dictionary import Dictionary
from ivr.library.document import Document
from ivr.library.likeness import Likeness
from ivr.library.phrases import CallPhrase, LeafletPhrase, TextPhrase
from ivr.model import Language, Menu, Pace, Position, Recording, Segment, Topic

HOME = "main"

NAME = r"[a-z0-9]+(?:-[a-z0-9]+)*"
"""Names allowed for content files and languages' folders: they become parts of a URL path."""

SLOT = re.compile(r"\{([\w-]+)\}")


PositionAtPace = tuple[Position, Pace]


def fill(sentence: str, slots: Mapping[str, str]) -> str:
    """Puts words into the named slots of a sentence. A slot without a value stays as it is."""
    return SLOT.sub(lambda slot: slots.get(slot[1], slot[0]), sentence)


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Library:
    """`call`, `text` and `leaflet` are the phrases; `words` what texters may send; `codes` gives each menu and topic
    the keys that lead to it from the main menu (`12`), `parents` the menu above it, `order` the topics as the menus
    list them, `following` the next topic in that order, `numbers` a number for each segment, from 0."""

    language: Language
    menus: Mapping[str, Menu]
    topics: Mapping[str, Topic]
    call: Mapping[CallPhrase, tuple[str, ...]]
    text: Mapping[TextPhrase, tuple[str, ...]]
    words: Mapping[str, tuple[str, ...]]
    leaflet: Mapping[LeafletPhrase, tuple[str, ...]] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    """Names as they are written, from names.md: `line`, `helpline_name`, `emergency`, ..."""
    treatments: tuple[str, ...] = ()
    """Short forms of treatments' names that callers use: the first menus say each of them."""
    listening: Mapping[str, Document] = field(default_factory=dict)
    """What people say and what they mean by it, by file name."""
    listens_with: object = None
    """What `ivr.listening` has made of these documents before; a line that serves keeps this for most of them."""
    dictionary: Dictionary = field(default_factory=Dictionary)
    likeness: Likeness = field(default_factory=Likeness)
    can_text: bool = False
    """Whether the line can send texts of its own, so that key 9 may be offered."""
    can_change_pace: bool = True
    """Whether the carrier can speak slower and faster, so that key 7 may be offered."""
    can_hear: bool = False
    """Whether callers may speak instead of pressing a key."""
    connects_silent: bool = False
    """Whether a caller who presses nothing is connected to a person in the end (SILENT_CALLERS)."""
    urgent_number: str = ""
    """What key 0 dials among the warning signs, in E.164; empty: the helpline's."""
    second_helpline: str = ""
    """The number dialled when the helpline does not answer, in E.164; empty: none."""
    answers_carrier_words: bool = False
    """Whether the line answers STOP, START and HELP; otherwise the carrier does."""
    recordings: Mapping[PositionAtPace, Recording] = field(default_factory=dict)
    """Segments that are played rather than spoken, each at the pace it was recorded for."""
    codes: Mapping[str, str] = field(init=False)
    parents: Mapping[str, str] = field(init=False)
    order: tuple[str, ...] = field(init=False)
    following: Mapping[str, str] = field(init=False)
    numbers: Mapping[Position, int] = field(init=False)
    tour: tuple[Position, ...] = field(init=False)
    """The segments that are read to a caller who presses nothing at the main menu."""

    def __post_init__(self) -> None:
        codes, parents = _walk(self.menus)
        object.__setattr__(self, "codes", codes)
        object.__setattr__(self, "parents", parents)
        object.__setattr__(self, "order", tuple(name for name in codes if name in self.topics))
        object.__setattr__(self, "following", dict(pairwise(self.order)))
        positions = [
            Position(name, part) for name in self.order for part in range(1, len(self.topics[name].segments) + 1)
        ]
        object.__setattr__(self, "numbers", {position: number for number, position in enumerate(positions)})
        silent = self.menus[HOME].silent if HOME in self.menus else ()
        object.__setattr__(self, "tour", tuple(stop for entry in silent for stop in self._stops(entry)))

    def _stops(self, entry: str) -> list[Position]:
        """The segments that an entry stands for. `goals`: all of that topic; `urgent.1`: that segment, and those after
        it that continue one of its facts, since a fact is told whole."""
        name, _, part = entry.partition(".")
        all_of_it = [at for at in self.numbers if at.name == name]
        if not part:
            return all_of_it
        first = [at for at in all_of_it if str(at.part) == part]
        facts = {fact for at in first for fact in self._facts(at)}
        behind = (at for at in all_of_it for one in first if at.part > one.part)
        return [*first, *takewhile(lambda at: not facts.isdisjoint(self._facts(at)), behind)]

    def _facts(self, at: Position) -> tuple[str, ...]:
        return self.topics[at.name].segments[at.part - 1].facts

    @property
    def line_name(self) -> str:
        """The line's name; empty for older content without names.md."""
        return self.names.get("line", "")

    def segment(self, position: Position) -> Segment | None:
        """The segment at a position; None for a menu, and for a segment that no longer exists."""
        topic = self.topics.get(position.name)
        if topic is None or not 1 <= position.part <= len(topic.segments):
            return None
        return topic.segments[position.part - 1]

    def recorded(self, position: Position) -> tuple[Recording, ...]:
        """All recordings of a segment, at any pace."""
        return tuple(self.recordings[position, pace] for pace in Pace if (position, pace) in self.recordings)

    def nearest(self, position: Position) -> Position:
        """The position itself if it still exists, else the menu closest to where it was."""
        if self.segment(position) is not None or (
            position.name in self.menus and not position.part and not position.resuming
        ):
            return position
        if position.name in self.menus:
            return Position(position.name)
        return Position(self.parents.get(position.name, HOME))

    def above(self, position: Position) -> Position:
        """The menu one step back. From an offer to go on, the main menu: any other would give the topic away."""
        return Position(HOME) if position.resuming else Position(self.parents.get(position.name, HOME))

    def after(self, position: Position) -> Position | None:
        """The next segment, else the first one of the next topic; None after the last."""
        if self.segment(Position(position.name, position.part + 1)):
            return Position(position.name, position.part + 1)
        following = self.following.get(position.name)
        return Position(following, 1) if following else None

    def is_last(self, position: Position) -> bool:
        return self.segment(Position(position.name, position.part + 1)) is None

    def at(self, name: str) -> Position:
        """Where a choice leads: a menu, or the first segment of a topic."""
        return Position(name) if name in self.menus else Position(name, 1)


def _walk(menus: Mapping[str, Menu]) -> tuple[dict[str, str], dict[str, str]]:
    codes: dict[str, str] = {HOME: ""}
    parents: dict[str, str] = {}
    pending = [HOME]
    while pending:
        name = pending.pop(0)
        for choice in menus[name].choices if name in menus else ():
            if choice.leads_to not in codes:
                codes[choice.leads_to] = codes[name] + choice.key
                parents[choice.leads_to] = name
                pending.append(choice.leads_to)
    return dict(sorted(codes.items(), key=lambda item: item[1])), parents
