"""Positions: every choice leads somewhere, and every menu and topic has exactly one choice that leads to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ivr.library.document import Document
from ivr.library.kinds import meant
from ivr.library.library import HOME
from ivr.library.limits import MOST_LEVELS
from ivr.library.rules.shelf import Shelf, at, header_line
from ivr.model import Menu, Position, Problem

SPECIAL = {
    "person": "what a texter gets for 0",
    "urgent": "what words of danger lead to",
}


def check_places(shelf: Shelf) -> Iterator[Problem]:
    for menu in shelf.library.menus.values():
        yield from _leads_on(shelf, menu, shelf.document("menus", menu.name))
        yield from _read_to_the_silent(shelf, menu, shelf.document("menus", menu.name))
    yield from _reached_once(shelf)
    yield from _reached(shelf)


def _leads_on(shelf: Shelf, menu: Menu, document: Document) -> Iterator[Problem]:
    known = {**shelf.library.menus, **shelf.library.topics}
    for choice in menu.choices:
        if choice.leads_to not in known:
            line = header_line(document, "choices", choice.key)
            yield at(document, line, "choices", _nowhere(choice.leads_to, known))
    for name, target in (
        ("person", menu.person),
        ("urgent", menu.urgent),
        ("privacy", menu.privacy),
        ("practice", menu.practice),
    ):
        if target is None and menu.name == HOME and name in SPECIAL:
            yield at(document, 1, name, f"add `{name}: name-of-topic` to the header: {SPECIAL[name]}")
        elif target is not None and target not in shelf.library.topics:
            yield at(document, header_line(document, name), name, _nowhere(target, shelf.library.topics))


def _read_to_the_silent(shelf: Shelf, menu: Menu, document: Document) -> Iterator[Problem]:
    """Topics and segments in the order in which a caller hears them who presses nothing."""
    if not menu.silent and menu.name == HOME:
        remedy = "add `silent: name-of-topic, ...` to the header: what a caller hears who presses nothing"
        yield at(document, 1, "silent", remedy)
    for entry in menu.silent:
        name, _, part = entry.partition(".")
        if name not in shelf.library.topics:
            yield at(document, header_line(document, "silent"), "silent", _nowhere(name, shelf.library.topics))
        elif part and not (part.isascii() and part.isdigit() and shelf.library.segment(Position(name, int(part)))):
            parts = len(shelf.library.topics[name].segments)
            remedy = f"{name} has segments 1 to {parts}: write `{name}`, or `{name}.1` for the first of them alone"
            yield at(document, header_line(document, "silent"), "silent", remedy)


def _nowhere(name: str, known: Iterable[str]) -> str:
    close = meant([name], known)[name]
    return f"there is no file {name}.md to lead to: {f'write `{close}`' if close else 'make it, or name another'}"


def _reached(shelf: Shelf) -> Iterator[Problem]:
    library = shelf.library
    for folder, names in (("menus", library.menus), ("topics", library.topics)):
        for name in names:
            document = shelf.document(folder, name)
            if name not in library.codes:
                remedy = "no menu leads here: add it to the choices of a menu, or remove this file"
                yield at(document, 1, "choices", remedy)
            elif len(library.codes[name]) > MOST_LEVELS:
                yield at(document, 1, "B2", "this is too deep: bring it within two keys of the main menu")
            if name in library.menus and name in library.topics:
                yield at(document, 1, "name", "a menu and a topic have the same name: rename one file")


def _reached_once(shelf: Shelf) -> Iterator[Problem]:
    """A number in a text is the keys of a call (H4), so each place has one number only."""
    codes = shelf.library.codes
    for menu in shelf.library.menus.values():
        for choice in menu.choices if menu.name in codes else ():
            code = codes[menu.name] + choice.key
            if codes[choice.leads_to] != code:
                document = shelf.document("menus", menu.name)
                other = f"number {codes[choice.leads_to]}" if codes[choice.leads_to] else "no number"
                remedy = f"lead to another place: {choice.leads_to} has {other} already, and cannot have a second one"
                yield at(document, header_line(document, "choices", choice.key), "choices", remedy)
