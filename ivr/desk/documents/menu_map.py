"""The menu as a page of nested lists, from the same library that the line speaks from. Style sheets draw the tree."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain, zip_longest

from ivr.desk.documents.rendering import rendered
from ivr.dialogue.keys import live_keys
from ivr.library.library import HOME, Library
from ivr.library.phrases import TextPhrase
from ivr.model import Choice, Menu

MOST_WORDS = 5
MENU = "Menu: asks for one more key"


class BoxKind(StrEnum):
    """The class that a box has in the style sheet."""

    MENU = "menu"
    TOPIC = "topic"
    ELSEWHERE = "elsewhere"
    """A choice that leads to something shown elsewhere on the map."""


@dataclass(frozen=True, slots=True)
class Box:
    """`key`: leads here from the menu above; `code`: all keys from the main menu. `words`: some of those that texters
    may send for it, `more`: how many others there are."""

    kind: BoxKind
    key: str
    code: str
    title: str
    notes: tuple[str, ...]
    words: tuple[str, ...] = ()
    more: int = 0
    choices: tuple[Box, ...] = ()

    @property
    def keys(self) -> str:
        return ", then ".join(self.code)


def menu_map(library: Library, languages: int = 1) -> str:
    """A self-contained HTML page, to read and to print. `languages`: how many the line speaks."""
    root = _menu(library, library.menus[HOME], "")
    keys = [(row.key, library.leaflet[row.printed][0]) for row in live_keys(library, languages) if library.leaflet]
    return rendered("menu_map.html", library=library, root=root, keys=keys, told=library.text[TextPhrase.KEYS])


def _menu(library: Library, menu: Menu, key: str) -> Box:
    read = ", ".join(_read(library, entry) for entry in menu.silent)
    notes = (MENU, f"Read to a caller who presses no key: {read}") if read else (MENU,)
    choices = tuple(_choice(library, menu, choice) for choice in menu.choices)
    some, more = _some((menu.keywords,))
    return Box(BoxKind.MENU, key, library.codes[menu.name], menu.title, notes, some, more, choices)


def _read(library: Library, entry: str) -> str:
    name, _, part = entry.partition(".")
    code = library.codes.get(name) or _title(library, name)
    return f"{code} (part {part})" if part else code


def _some(keywords: Sequence[Sequence[str]]) -> tuple[tuple[str, ...], int]:
    """The first ones of each part, and how many others there are."""
    turns = chain.from_iterable(zip_longest(*keywords))
    words = tuple(dict.fromkeys(word for word in turns if word))
    return words[:MOST_WORDS], len(words[MOST_WORDS:])


def _choice(library: Library, menu: Menu, choice: Choice) -> Box:
    name = choice.leads_to
    code = library.codes[name]
    if name == HOME or code != library.codes[menu.name] + choice.key:
        return Box(BoxKind.ELSEWHERE, choice.key, code, _title(library, name), ("Shown elsewhere on this page",))
    if name in library.menus:
        return _menu(library, library.menus[name], choice.key)
    segments = library.topics[name].segments if name in library.topics else ()
    note = "1 part" if len(segments) == 1 else f"{len(segments)} parts"
    some, more = _some([segment.keywords for segment in segments])
    return Box(BoxKind.TOPIC, choice.key, code, _title(library, name), (note,), some, more)


def _title(library: Library, name: str) -> str:
    entry = library.menus.get(name) or library.topics.get(name)
    return entry.title if entry else name
