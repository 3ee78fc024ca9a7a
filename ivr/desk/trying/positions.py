"""A position as people write it: `one-area.2`, `types`, its number, such as 13, or a word that texters send."""

from __future__ import annotations

import re

from rapidfuzz import fuzz, process

from ivr.library.library import Library
from ivr.model import Position
from ivr.settings import CannotStart

MOST_NEAR = 3
WRITTEN = re.compile(r"(?P<name>[^.]+)(?:\.(?P<part>\d{1,3}))?")


def position_named(library: Library, written: str) -> Position:
    """A topic without a part is its first segment. Raises CannotStart, with similar names."""
    match = WRITTEN.fullmatch(written.strip().lower())
    position = _known(library, match["name"]) if match else None
    if match and position and match["part"]:
        position = Position(position.name, int(match["part"]))
    if position is None or library.nearest(position) != position:
        raise CannotStart(f"Nothing is called {written} here: try {' or '.join(_near(library, written))}.")
    return position


def _known(library: Library, name: str) -> Position | None:
    if name in library.menus or name in library.topics:
        return library.at(name)
    codes = {code: library.at(name) for name, code in library.codes.items() if code}
    return codes.get(name) or _keywords(library).get(name)


def _keywords(library: Library) -> dict[str, Position]:
    menus = {word.lower(): Position(menu.name) for menu in library.menus.values() for word in menu.keywords}
    segments = {
        word.lower(): Position(topic.name, part)
        for topic in library.topics.values()
        for part, segment in enumerate(topic.segments, start=1)
        for word in segment.keywords
    }
    return menus | segments


def _near(library: Library, written: str) -> list[str]:
    topics = (f"{topic.name}.{part}" for topic in library.topics.values() for part, _ in enumerate(topic.segments, 1))
    found = process.extract(written.lower(), [*library.menus, *topics], scorer=fuzz.WRatio, limit=MOST_NEAR)
    return [name for name, _, _ in found]
