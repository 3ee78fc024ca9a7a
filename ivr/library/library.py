"""All that one language can say, and where each thing stands in its menus."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from ivr.library.dictionary import Dictionary
from ivr.library.document import Document
from ivr.library.likeness import Likeness
from ivr.model import Language, Menu, Pace, Recording, Segment, Spot, Topic

HOME = "main"

NAME = r"[a-z0-9]+(?:-[a-z0-9]+)*"
"""What a content file and a language's folder may be called: it becomes a piece of a path."""

SLOT = re.compile(r"\{([\w-]+)\}")


SpotAtPace = tuple[Spot, Pace]


def fill(sentence: str, slots: Mapping[str, str]) -> str:
    """Puts words into the named slots of a sentence. A slot that is not given stays as it is."""
    return SLOT.sub(lambda slot: slots.get(slot[1], slot[0]), sentence)


@dataclass(frozen=True, slots=True, eq=False)
class Library:
    """`call`, `text` and `leaflet` are the phrases; `words` what texters may send; `codes` gives each menu and topic
    the keys that lead to it from the main menu (`12`), `parents` the menu above it, `order` the topics as the menus
    name them, `following` the next topic in that order, `numbers` a number for each segment, from 0."""

    language: Language
    menus: Mapping[str, Menu]
    topics: Mapping[str, Topic]
    call: Mapping[str, tuple[str, ...]]
    text: Mapping[str, tuple[str, ...]]
    words: Mapping[str, tuple[str, ...]]
    leaflet: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    listening: Mapping[str, Document] = field(default_factory=dict)
    """What people say and what they mean by it, by the name of the file."""
    dictionary: Dictionary = field(default_factory=Dictionary)
    likeness: Likeness = field(default_factory=Likeness)
    can_text: bool = False
    """Whether the line can send texts of its own, so that key 9 may be offered."""
    recordings: Mapping[SpotAtPace, Recording] = field(default_factory=dict)
    """Segments that are played, not spoken, at the pace that they were recorded for."""
    codes: Mapping[str, str] = field(init=False)
    parents: Mapping[str, str] = field(init=False)
    order: tuple[str, ...] = field(init=False)
    following: Mapping[str, str] = field(init=False)
    numbers: Mapping[Spot, int] = field(init=False)

    def __post_init__(self) -> None:
        codes, parents = _walk(self.menus)
        object.__setattr__(self, "codes", codes)
        object.__setattr__(self, "parents", parents)
        object.__setattr__(self, "order", tuple(name for name in codes if name in self.topics))
        object.__setattr__(self, "following", dict(pairwise(self.order)))
        spots = [Spot(name, part) for name in self.order for part in range(1, len(self.topics[name].segments) + 1)]
        object.__setattr__(self, "numbers", {spot: number for number, spot in enumerate(spots)})

    def segment(self, spot: Spot) -> Segment | None:
        """What stands at a spot; None for a menu and for what is not there any more."""
        topic = self.topics.get(spot.name)
        if topic is None or not 1 <= spot.part <= len(topic.segments):
            return None
        return topic.segments[spot.part - 1]

    def recorded(self, spot: Spot) -> tuple[Recording, ...]:
        """All recordings of a segment, at whatever pace."""
        return tuple(self.recordings[spot, pace] for pace in Pace if (spot, pace) in self.recordings)

    def nearest(self, spot: Spot) -> Spot:
        """The spot itself if it is still there, else the menu closest to where it was."""
        if self.segment(spot) is not None or (spot.name in self.menus and not spot.part and not spot.resuming):
            return spot
        if spot.name in self.menus:
            return Spot(spot.name)
        return Spot(self.parents.get(spot.name, HOME))

    def above(self, spot: Spot) -> Spot:
        """The menu one step back. From an offer to go on, the main menu: any other would tell the topic."""
        return Spot(HOME) if spot.resuming else Spot(self.parents.get(spot.name, HOME))

    def after(self, spot: Spot) -> Spot | None:
        """The next segment, else the first one of the next topic; None behind the last."""
        if self.segment(Spot(spot.name, spot.part + 1)):
            return Spot(spot.name, spot.part + 1)
        following = self.following.get(spot.name)
        return Spot(following, 1) if following else None

    def is_last(self, spot: Spot) -> bool:
        return self.segment(Spot(spot.name, spot.part + 1)) is None

    def at(self, name: str) -> Spot:
        """Where a choice leads: a menu, or the first segment of a topic."""
        return Spot(name) if name in self.menus else Spot(name, 1)


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
