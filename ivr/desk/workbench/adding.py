"""Adds a topic: what changes in the files of each language."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ivr.desk.workbench.bench import Bench, Checked
from ivr.desk.workbench.choices import sentence_like, with_choice
from ivr.desk.workbench.edits import as_one_line
from ivr.desk.workbench.facts import with_facts
from ivr.desk.workbench.rooms import first_choice, room
from ivr.library.document import Document
from ivr.library.library import NAME
from ivr.library.load import FACT, Content
from ivr.library.rules.shelf import Shelf

ABOUT_THE_LINE = "line"
"""The origin of a topic that needs no facts."""
PARAGRAPHS = re.compile(r"\n[^\S\n]*(?:\n[^\S\n]*)+")


@dataclass(frozen=True, slots=True)
class Wording:
    """A topic's words in one language. `label`: what the menu says before the key; `written`: what its text says after
    the number."""

    title: str
    label: str
    written: str
    keywords: str
    voice: tuple[str, ...]
    text: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NewTopic:
    """`name`: the name of its file. `facts`: for each part, separated by commas. `new_facts`: lines for facts.md."""

    name: str
    menu: str
    origin: str
    source: str
    reviewed: str
    facts: tuple[str, ...]
    new_facts: tuple[str, ...]
    wordings: Mapping[str, Wording]


class CannotAdd(Exception):
    """`wrong`: what has to be corrected, by the field of the form."""

    def __init__(self, wrong: Mapping[str, str]) -> None:
        super().__init__("; ".join(wrong.values()))
        self.wrong = wrong


def paragraphs(written: str) -> tuple[str, ...]:
    """What was typed, split into parts at blank lines."""
    pieces = PARAGRAPHS.split(written.replace("\r\n", "\n").strip())
    return tuple(as_one_line(piece) for piece in pieces if piece.strip())


def files_of(bench: Bench, state: Checked, new: NewTopic) -> dict[str, bytes]:
    """Every file that the topic is written into. Raises CannotAdd if no files can be made; whether the words keep the
    rules is left to the check."""
    wrong = dict(wrong_in(state.content, new))
    if wrong:
        raise CannotAdd(wrong)
    files: dict[str, bytes] = {}
    for tag in state.content.libraries:
        wording = new.wordings[tag]
        files[f"{tag}/topics/{new.name}.md"] = _topic(state.content, tag, new, wording).encode()
        files[f"{tag}/menus/{new.menu}.md"] = _menu(bench, state.content, tag, new, wording)
    if new.new_facts:
        files["facts.md"] = with_facts(bench, new.new_facts)
    return files


def wrong_in(content: Content, new: NewTopic) -> Iterator[tuple[str, str]]:
    library = content.libraries[content.original]
    if not re.fullmatch(NAME, new.name):
        yield "name", "write a name for the file: small letters, digits and hyphens, such as `side-effects`"
    elif new.name in library.topics or new.name in library.menus:
        yield "name", f"there is `{new.name}` already: choose another name"
    if new.menu not in library.menus:
        yield "menu", "choose the menu to add it to"
    elif full := room(content, content.original, new.menu).full:
        yield "menu", f"this menu has no room: {full}"
    if not new.source:
        yield "source", "write who says so"
    if new.origin != ABOUT_THE_LINE and not any(new.facts):
        yield "facts", "write the fact that it says"
    for line in new.new_facts:
        if not FACT.fullmatch(line):
            yield "new_facts", f"write each new fact like `X10: What it says.`, not `{line}`"
    for tag, wording in new.wordings.items():
        yield from _wrong_wording(tag, wording)


def _wrong_wording(tag: str, wording: Wording) -> Iterator[tuple[str, str]]:
    for name, what in (("title", "a title"), ("label", "what the menu says"), ("voice", "what the line says")):
        if not getattr(wording, name):
            yield f"{tag}.{name}", f"write {what}"
    if len(wording.voice) != len(wording.text):
        parts = f"Voice has {len(wording.voice)} parts and Text has {len(wording.text)}"
        yield f"{tag}.text", f"{parts}: each part of Voice needs one of Text, with a blank line between parts"


def _topic(content: Content, tag: str, new: NewTopic, wording: Wording) -> str:
    like = first_choice(content.libraries[tag].menus[new.menu])
    facts = [f"  {part}: {one}" for part, one in enumerate(new.facts, start=1) if one]
    header = [
        f"title: {wording.title}",
        f"offer: {sentence_like(like, wording.label, '1')}",
        *(["facts:", *facts] if facts else []),
        *(["keywords:", f"  1: {wording.keywords}"] if wording.keywords else []),
        f"origin: {new.origin}",
        f"source: {new.source}",
        f"reviewed: {new.reviewed}".rstrip(),
        *(["translator:"] if Shelf(content, tag).is_translation else []),
        "reviewer:",
    ]
    voice, text = ("\n\n".join(parts) for parts in (wording.voice, wording.text))
    return "\n".join(["---", *header, "---", "", "## Voice", "", voice, "", "## Text", "", text, ""])


def _menu(bench: Bench, content: Content, tag: str, new: NewTopic, wording: Wording) -> bytes:
    name = f"{tag}/menus/{new.menu}.md"
    document = written_at(content, tag, f"menus/{new.menu}")
    code = room(content, tag, new.menu).code
    said = sentence_like(first_choice(content.libraries[tag].menus[new.menu]), wording.label, code[-1])
    written = wording.written or wording.label[:1].lower() + wording.label[1:]
    text = (bench.read(name) or b"").decode("utf-8")
    return with_choice(text, document, new.name, said, f"{code} {written}").encode()


def written_at(content: Content, tag: str, inside: str) -> Document:
    return content.as_written[f"{Shelf(content, tag).base}/{inside}.md"]
