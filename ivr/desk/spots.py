"""A spot as people write it: `one-area.2`, `types`, its number, such as 13, or a word that texters may send for it."""

from __future__ import annotations

import re

from rapidfuzz import fuzz, process

from ivr.library.library import Library
from ivr.model import Spot
from ivr.settings import CannotStart

MOST_NEAR = 3
WRITTEN = re.compile(r"(?P<name>[^.]+)(?:\.(?P<part>\d{1,3}))?")


def spot_named(library: Library, written: str) -> Spot:
    """A topic without a part is its first segment. Raises CannotStart, with what is near."""
    match = WRITTEN.fullmatch(written.strip().lower())
    spot = _known(library, match["name"]) if match else None
    if match and spot and match["part"]:
        spot = Spot(spot.name, int(match["part"]))
    if spot is None or library.nearest(spot) != spot:
        raise CannotStart(f"Nothing is called {written} here: try {' or '.join(_near(library, written))}.")
    return spot


def _known(library: Library, name: str) -> Spot | None:
    if name in library.menus or name in library.topics:
        return library.at(name)
    codes = {code: library.at(name) for name, code in library.codes.items() if code}
    return codes.get(name) or _keywords(library).get(name)


def _keywords(library: Library) -> dict[str, Spot]:
    menus = {word.lower(): Spot(menu.name) for menu in library.menus.values() for word in menu.keywords}
    segments = {
        word.lower(): Spot(topic.name, part)
        for topic in library.topics.values()
        for part, segment in enumerate(topic.segments, start=1)
        for word in segment.keywords
    }
    return menus | segments


def _near(library: Library, written: str) -> list[str]:
    topics = (f"{topic.name}.{part}" for topic in library.topics.values() for part, _ in enumerate(topic.segments, 1))
    found = process.extract(written.lower(), [*library.menus, *topics], scorer=fuzz.WRatio, limit=MOST_NEAR)
    return [name for name, _, _ in found]
