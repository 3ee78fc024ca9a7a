"""Moves a topic to another menu or deletes it: what changes in the files of each language."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ivr.desk.workbench.adding import CannotAdd, written_at
from ivr.desk.workbench.bench import Bench, Checked
from ivr.desk.workbench.choices import CODE, label_of, sentence_like, with_choice, without_choice
from ivr.desk.workbench.edits import boxes, edited, lines_of
from ivr.desk.workbench.rooms import first_choice, room, titled
from ivr.library.library import Library
from ivr.library.load import Content


def menu_above(library: Library, name: str) -> tuple[str, str] | None:
    """The menu that leads there, and its key; None if no menu does."""
    for menu in library.menus.values():
        for choice in menu.choices:
            if choice.leads_to == name:
                return menu.name, choice.key
    return None


def renumbered(library: Library, name: str) -> list[tuple[str, str, str]]:
    """Titles, old and new numbers of the choices that move up when this topic leaves its menu: leaflets have these
    numbers."""
    above = menu_above(library, name)
    if above is None:
        return []
    menu, key = above
    code = library.codes.get(menu, "")
    later = [choice for choice in library.menus[menu].choices if choice.key > key]
    return [(titled(library, one.leads_to), code + one.key, f"{code}{int(one.key) - 1}") for one in later]


def moved(bench: Bench, state: Checked, name: str, menu: str) -> dict[str, bytes]:
    """Moves the topic to the end of another menu. Raises CannotAdd."""
    library = state.content.libraries[state.content.original]
    above = menu_above(library, name)
    if above is None or above[0] == menu or menu not in library.menus:
        raise CannotAdd({"menu": "choose another menu than the one that it is in now"})
    if full := room(state.content, state.content.original, menu).full:
        raise CannotAdd({"menu": f"this menu has no room: {full}"})
    files: dict[str, bytes] = {}
    for tag in state.content.libraries:
        shorter, old = _without(bench, state.content, tag, name)
        files |= shorter
        code = room(state.content, tag, menu).code
        said = sentence_like(first_choice(state.content.libraries[tag].menus[menu]), label_of(old["voice"]), code[-1])
        text = (bench.read(f"{tag}/menus/{menu}.md") or b"").decode("utf-8")
        document = written_at(state.content, tag, f"menus/{menu}")
        written = f"{code} {old['text'].partition(' ')[2]}"
        files[f"{tag}/menus/{menu}.md"] = with_choice(text, document, name, said, written).encode()
    return files


def deleted(bench: Bench, state: Checked, name: str) -> dict[str, bytes | None]:
    """Removes the topic's files, its choice in the menu, its entries in the tour of silent callers, and the headings
    that lead questions to it. Raises CannotAdd for a topic that the line needs."""
    files: dict[str, bytes | None] = {}
    for tag, library in state.content.libraries.items():
        if any(name in (menu.person, menu.urgent, menu.privacy) for menu in library.menus.values()):
            raise CannotAdd({"topic": "the line needs this topic: a key, or words of danger, lead to it"})
        files |= _without(bench, state.content, tag, name)[0]
        files[f"{tag}/topics/{name}.md"] = None
        for menu, about in library.menus.items():
            inside = f"{tag}/menus/{menu}.md"
            left = [entry for entry in about.silent if entry.partition(".")[0] != name]
            if len(left) != len(about.silent):
                text = (files.get(inside) or bench.read(inside) or b"").decode("utf-8")
                document = written_at(state.content, tag, f"menus/{menu}")
                files[inside] = edited(text, document, {"silent": ", ".join(left)}).encode()
        topics = bench.read(f"{tag}/listening/topics.md")
        if topics is not None:
            files[f"{tag}/listening/topics.md"] = _without_headings(topics.decode("utf-8"), name).encode()
    return files


def _without(bench: Bench, content: Content, tag: str, name: str) -> tuple[dict[str, bytes], dict[str, str]]:
    """The menu's file without the choice, and what the choice said and texted."""
    above = menu_above(content.libraries[tag], name)
    if above is None:
        raise CannotAdd({"topic": "no menu leads to this topic"})
    menu, key = above
    document = written_at(content, tag, f"menus/{menu}")
    known = boxes(document)
    text = (bench.read(f"{tag}/menus/{menu}.md") or b"").decode("utf-8")
    words = {side: known[f"{side}/{key}"].words for side in ("voice", "text")}
    files = {f"{tag}/menus/{menu}.md": without_choice(text, document, key).encode()}
    return files | dict(_numbered_anew(bench, content, tag, menu, key)), words


def _numbered_anew(bench: Bench, content: Content, tag: str, menu: str, key: str) -> Iterator[tuple[str, bytes]]:
    """The menus behind the choices that move up: the texts of their choices begin with a number that changes."""
    library = content.libraries[tag]
    for choice in library.menus[menu].choices:
        if choice.key > key and choice.leads_to in library.menus:
            name, code = choice.leads_to, f"{library.codes[menu]}{int(choice.key) - 1}"
            document = written_at(content, tag, f"menus/{name}")
            words = enumerate(document.sections["text"], start=1)
            given = {f"text/{number}": CODE.sub(f"{code}{number}", one.text) for number, one in words}
            text = (bench.read(f"{tag}/menus/{name}.md") or b"").decode("utf-8")
            yield f"{tag}/menus/{name}.md", edited(text, document, given).encode()


def _without_headings(text: str, name: str) -> str:
    """The text without the headings of a topic's parts and what is below them."""
    ours = re.compile(rf"^##+\s+{re.escape(name)}\.\d+\b")
    kept, is_ours = [], False
    for line in lines_of(text):
        if line.startswith("#"):
            is_ours = ours.match(line) is not None
        if not is_ours:
            kept.append(line)
    return "".join(kept)
