"""The room that each menu has for one more choice, shown before anybody has written one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ivr.desk.workbench.choices import sentence_like
from ivr.library.library import Library
from ivr.library.limits import (
    BETWEEN_CHOICES,
    LONGEST_LABEL,
    MOST_LEVELS,
    MOST_TOPICS,
    SECONDS_A_SENTENCE,
    WORDS_A_MINUTE,
)
from ivr.library.lint.menus import menu_seconds, most_seconds, named_by, named_seconds
from ivr.library.load import Content
from ivr.library.measures import words
from ivr.model import Menu

LEAST_WORDS = 2
"""A label in fewer words says too little."""
NEARLY = 1e-9


@dataclass(frozen=True, slots=True)
class Time:
    """How long a menu takes in a language, and may take, in seconds. `words`: how many words one more choice may have
    before its key; `named`: when it would begin, which may be by `named_by`."""

    tag: str
    language: str
    seconds: float
    most: float
    words: int
    named: float
    named_by: float

    @property
    def is_full(self) -> bool:
        return self.words < LEAST_WORDS or self.named > self.named_by


@dataclass(frozen=True, slots=True)
class Room:
    """What a menu has room for. `times`: in each language. `code`: the number of its next choice. `full`: why it has no
    room; empty if it has."""

    menu: str
    title: str
    choices: int
    times: tuple[Time, ...]
    code: str
    full: str

    @property
    def most_choices(self) -> int:
        return MOST_TOPICS

    @property
    def to_shorten(self) -> tuple[Time, ...]:
        """The languages in which shorter choices would make room; none if something else is in the way."""
        is_shut = self.choices >= MOST_TOPICS or len(self.code) > MOST_LEVELS
        return () if is_shut else tuple(time for time in self.times if time.is_full)


def rooms(content: Content, tag: str) -> list[Room]:
    """Every menu, those with room first, otherwise in the order of their numbers."""
    library = content.libraries[tag]
    return sorted((room(content, tag, name) for name in library.codes if name in library.menus), key=_is_full)


def _is_full(found: Room) -> bool:
    return bool(found.full)


def room(content: Content, tag: str, name: str) -> Room:
    library = content.libraries[tag]
    menu = library.menus[name]
    key, times = len(menu.choices) + 1, tuple(_times(content, name))
    full = ""
    if key > MOST_TOPICS:
        full = f"it has {MOST_TOPICS} choices, and more cannot be kept in mind"
    elif len(library.codes[name]) >= MOST_LEVELS:
        full = "it is too deep"
    elif any(time.is_full for time in times):
        full = "its choices take too long to say already"
    return Room(name, menu.title, key - 1, times, f"{library.codes[name]}{key}", full)


def _times(content: Content, name: str) -> Iterator[Time]:
    for tag, library in content.libraries.items():
        menu = library.menus[name]
        seconds, most = menu_seconds(library, menu), most_seconds(library)
        yield Time(
            tag,
            library.language.name,
            seconds,
            most,
            _words_left(menu, most - seconds),
            named_seconds(menu.title, menu.choices),
            named_by(library),
        )


def _words_left(menu: Menu, seconds: float) -> int:
    """How many words a choice may have before its key, if it is said in this time."""
    asks = len(words(sentence_like(first_choice(menu), "", "1")))
    said = int((seconds - BETWEEN_CHOICES - SECONDS_A_SENTENCE) * WORDS_A_MINUTE / 60 + NEARLY)
    return min(LONGEST_LABEL, max(0, said - asks))


def first_choice(menu: Menu) -> str:
    return menu.choices[0].voice if menu.choices else ""


def titled(library: Library, name: str) -> str:
    there = library.menus.get(name) or library.topics.get(name)
    return there.title if there else name
