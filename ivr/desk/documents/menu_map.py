"""The menu as a page of nested lists, from the same library that the line speaks from. Style sheets draw the tree."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ivr.desk.documents.rendering import rendered
from ivr.library.library import HOME, Library
from ivr.library.phrases import TextPhrase
from ivr.model import Choice, Menu


class BoxKind(StrEnum):
    """The class that a box has in the style sheet."""

    MENU = "menu"
    TOPIC = "topic"
    ELSEWHERE = "elsewhere"
    """A choice that leads to something shown elsewhere on the map."""


@dataclass(frozen=True, slots=True)
class Box:
    """`key`: leads here from the menu above; `code`: all keys from the main menu."""

    kind: BoxKind
    key: str
    code: str
    title: str
    notes: tuple[str, ...]
    choices: tuple[Box, ...] = ()


def menu_map(library: Library) -> str:
    """A self-contained HTML page, to read and to print."""
    root = _menu(library, library.menus[HOME], "")
    return rendered("menu_map.html", library=library, root=root, keys=library.text[TextPhrase.KEYS])


def _menu(library: Library, menu: Menu, key: str) -> Box:
    silence = library.codes.get(menu.overview or "")
    notes = ("menu", f"no key pressed: {silence}") if silence else ("menu",)
    choices = tuple(_choice(library, menu, choice) for choice in menu.choices)
    return Box(BoxKind.MENU, key, library.codes[menu.name], menu.title, notes, choices)


def _choice(library: Library, menu: Menu, choice: Choice) -> Box:
    name = choice.leads_to
    code = library.codes[name]
    if name == HOME or code != library.codes[menu.name] + choice.key:
        return Box(BoxKind.ELSEWHERE, choice.key, code, _title(library, name), ("shown elsewhere",))
    if name in library.menus:
        return _menu(library, library.menus[name], choice.key)
    parts = len(library.topics[name].segments) if name in library.topics else 0
    note = "1 segment" if parts == 1 else f"{parts} segments"
    return Box(BoxKind.TOPIC, choice.key, code, _title(library, name), (note,))


def _title(library: Library, name: str) -> str:
    entry = library.menus.get(name) or library.topics.get(name)
    return entry.title if entry else name
