"""The menu as a picture, from the same library that the line speaks from."""

from __future__ import annotations

from collections.abc import Iterator

from ivr.desk.documents.menu_map.draw import draw
from ivr.desk.documents.menu_map.layout import Kind, Node
from ivr.library.library import HOME, Library
from ivr.library.phrases import TextPhrase
from ivr.model import Choice, Menu


def menu_map(library: Library) -> str:
    """An SVG file with nothing outside it. Its `desc` lists the same menus and topics for who cannot see it."""
    line_name = library.line_name
    title = f"{line_name}: the menu, in {library.language.name}"
    tree = _menu(library, library.menus[HOME], "")
    return draw(tree, title, tuple(_listed(tree)), library.text[TextPhrase.KEYS], library.language.tag)


# --- the tree ----------------------------------------------------------------------------------------------


def _menu(library: Library, menu: Menu, key: str) -> Node:
    silence = library.codes.get(menu.overview or "")
    notes = ("menu", f"no key pressed: {silence}") if silence else ("menu",)
    children = tuple(_choice(library, menu, choice) for choice in menu.choices)
    return Node(Kind.MENU, key, library.codes[menu.name], menu.title, notes, children)


def _choice(library: Library, menu: Menu, choice: Choice) -> Node:
    name = choice.leads_to
    code = library.codes[name]
    if name == HOME or code != library.codes[menu.name] + choice.key:
        return Node(Kind.ELSEWHERE, choice.key, code, _title(library, name), ("shown elsewhere",))
    if name in library.menus:
        return _menu(library, library.menus[name], choice.key)
    parts = len(library.topics[name].segments) if name in library.topics else 0
    note = "1 segment" if parts == 1 else f"{parts} segments"
    return Node(Kind.TOPIC, choice.key, code, _title(library, name), (note,))


def _title(library: Library, name: str) -> str:
    entry = library.menus.get(name) or library.topics.get(name)
    return entry.title if entry else name


def _listed(node: Node, depth: int = 0) -> Iterator[str]:
    pressed = f"Key {node.key}: " if node.key else ""
    yield "  " * depth + f"{pressed}{node.label} ({', '.join(node.notes)})"
    for child in node.children:
        yield from _listed(child, depth + 1)
