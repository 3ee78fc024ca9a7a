"""Places: their titles in the content, and counts by place. One that no longer exists keeps the name it was counted
under."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from ivr.library.library import Library

RESUMING = "resuming"


def topic_of(place: str) -> str | None:
    """The topic of `goals.1`; None for a menu."""
    name, _, part = place.rpartition(".")
    return name if part.isdecimal() else None


def topic_names(library: Library, counted: Iterable[str]) -> dict[str, str]:
    """All topics in the order of the menus, then those that were counted and no longer exist."""
    gone = sorted(set(counted) - set(library.topics))
    return {name: _titled(library, name) for name in (*library.order, *gone)}


def place_name(library: Library, place: str) -> str:
    if place == RESUMING:
        return "The offer to carry on"
    topic = topic_of(place)
    return _titled(library, place) if topic is None else f"{_titled(library, topic)}, part {place.rpartition('.')[2]}"


def _titled(library: Library, name: str) -> str:
    entry = library.menus.get(name) or library.topics.get(name)
    return f"{library.codes.get(name, '')} {entry.title}".strip() if entry else name


def by_place(sums: Counter[str], kind: str) -> Counter[str]:
    return Counter({name.removeprefix(kind): number for name, number in sums.items() if name.startswith(kind)})


def by_topic(places: Counter[str]) -> Counter[str]:
    found: Counter[str] = Counter()
    for place, number in places.items():
        topic = topic_of(place)
        if topic is not None:
            found[topic] += number
    return found


def holds_facts(library: Library, name: str) -> bool:
    """Whether a topic has facts. Topics about the line itself have none; a topic that no longer exists had some."""
    topic = library.topics.get(name)
    return topic is None or any(segment.facts for segment in topic.segments)
