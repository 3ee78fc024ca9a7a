"""What is known of the line beside its calls and texts, for whoever shows it; the phone itself cannot know."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from ivr.phone.origin import FindOrigins, unknown
from ivr.phone.why import TellWhy, untold


@dataclass(frozen=True)
class Place:
    """`at`: as writers of the line call it, such as `goals.2`."""

    at: str
    name: str


@dataclass(frozen=True)
class Places:
    """Where a call can begin in one language of the line."""

    language: str
    name: str
    """Of the language, in itself."""
    places: tuple[Place, ...]


FindPlace: TypeAlias = Callable[[str, str], str | None]
"""From a place and the tag of a language to the address that says it once # is pressed there. None for a place that
does not exist."""
ListPlaces: TypeAlias = Callable[[], Sequence[Places]]
MeasureEase: TypeAlias = Callable[[str, str], str]
"""How hard words are to understand, by the language that they are said in; empty where nobody can tell."""
TellLanguage: TypeAlias = Callable[[str], str]
"""What a text is in, such as `es-US`; empty where nobody can tell."""


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
