"""What is known about the line apart from its calls and texts, for whoever displays it; the phone itself cannot
know."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from ivr.phone.origin import FindOrigins, unknown
from ivr.phone.why import TellWhy, untold


@dataclass(frozen=True)
class Place:
    """`at`: the name that authors of content use, such as `goals.2`."""

    at: str
    name: str


@dataclass(frozen=True)
class Places:
    """The places in one language at which a call can begin."""

    language: str
    name: str
    """The language's own name for itself."""
    places: tuple[Place, ...]


FindPlace: TypeAlias = Callable[[str, str], str | None]
"""From a place and a language tag to the address that says it after # is pressed there. None for a place that does not
exist."""
ListPlaces: TypeAlias = Callable[[], Sequence[Places]]
MeasureEase: TypeAlias = Callable[[str, str], str]
"""How hard words are to understand in the given language; empty if that cannot be told."""
TellLanguage: TypeAlias = Callable[[str], str]
"""The language of a text, such as `es-US`; empty if that cannot be told."""


def nowhere(_place: str, _language: str) -> None:
    return None


def no_places() -> Sequence[Places]:
    return ()


def unmeasured(_words: str, _language: str) -> str:
    return ""


def untold_language(_text: str) -> str:
    return ""


@dataclass(frozen=True)
class Insight:
    find_origins: FindOrigins = unknown
    tell_why: TellWhy = untold
    find_place: FindPlace = nowhere
    list_places: ListPlaces = no_places
    measure_ease: MeasureEase = unmeasured
    tell_language: TellLanguage = untold_language
