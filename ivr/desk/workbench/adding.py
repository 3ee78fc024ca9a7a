"""Adds a topic, moves it to another menu or deletes it: what changes in the files of each language."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ivr.desk.workbench.bench import Bench, Checked
from ivr.desk.workbench.choices import CODE, label_of, sentence_like, with_choice, with_paragraphs, without_choice
from ivr.desk.workbench.edits import as_one_line, boxes, edited, lines_of
from ivr.library.document import Document, listed
from ivr.library.library import NAME, Library
from ivr.library.limits import BETWEEN_CHOICES, MOST_LEVELS, MOST_TOPICS, SECONDS_A_SENTENCE, WORDS_A_MINUTE
from ivr.library.lint.menus import menu_seconds, most_seconds
from ivr.library.load import FACT, Content
from ivr.library.rules.shelf import Shelf

LEAST_WORDS = 2
"""A choice has a label and asks for its key, so it has more words than these."""
PARAGRAPHS = re.compile(r"\n[^\S\n]*(?:\n[^\S\n]*)+")


@dataclass(frozen=True, slots=True)
class Time:
    """How long a menu takes in a language, and may take. `words`: how many words one more choice may have, including
    its key."""

    language: str
    seconds: float
    most: float

    @property
    def words(self) -> int:
        left = self.most - self.seconds - BETWEEN_CHOICES - SECONDS_A_SENTENCE
        return max(0, int(left * WORDS_A_MINUTE / 60))


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


def rooms(content: Content, tag: str) -> list[Room]:
    """Every menu, in the order of their numbers."""
    library = content.libraries[tag]
    return [_room(content, tag, name) for name in library.codes if name in library.menus]


def _room(content: Content, tag: str, name: str) -> Room:
    library = content.libraries[tag]
    menu = library.menus[name]
    key, times = len(menu.choices) + 1, tuple(_times(content, name))
    full = ""
    if key > MOST_TOPICS:
        full = f"it has {MOST_TOPICS} choices, and more cannot be kept in mind"
    elif len(library.codes[name]) >= MOST_LEVELS:
        full = "it is too deep"
    elif any(time.words <= LEAST_WORDS for time in times):
        full = "its choices take too long to say already"
    return Room(name, menu.title, key - 1, times, f"{library.codes[name]}{key}", full)


def _times(content: Content, name: str) -> Iterator[Time]:
    for library in content.libraries.values():
        if name in library.menus:
            yield Time(library.language.name, menu_seconds(library, library.menus[name]), most_seconds(library))


def paragraphs(written: str) -> tuple[str, ...]:
    """What was typed, split into parts at blank lines."""
    pieces = PARAGRAPHS.split(written.replace("\r\n", "\n").strip())
    return tuple(as_one_line(piece) for piece in pieces if piece.strip())


def files_of(bench: Bench, state: Checked, new: NewTopic) -> dict[str, bytes]:
    """Every file that the topic is written into. Raises CannotAdd if no files can be made; whether the words keep the
    rules is left to the check."""
    wrong = dict(_wrong(state.content, new))
    if wrong:
        raise CannotAdd(wrong)
    files: dict[str, bytes] = {}
    for tag in state.content.libraries:
        wording = new.wordings[tag]
        files[f"{tag}/topics/{new.name}.md"] = _topic(state.content, tag, new, wording).encode()
        files[f"{tag}/menus/{new.menu}.md"] = _menu(bench, state.content, tag, new, wording)
    if new.new_facts:
        files["facts.md"] = _facts((bench.read("facts.md") or b"").decode("utf-8"), new.new_facts).encode()
    return files


def _wrong(content: Content, new: NewTopic) -> Iterator[tuple[str, str]]:
    library = content.libraries[content.original]
    if not re.fullmatch(NAME, new.name):
        yield "name", "write a short name for the file: small letters, digits and hyphens, such as `side-effects`"
    elif new.name in library.topics or new.name in library.menus:
        yield "name", f"there is `{new.name}` already: choose another name"
    if new.menu not in library.menus:
        yield "menu", "choose the menu to add it to"
    elif full := _room(content, content.original, new.menu).full:
        yield "menu", f"this menu has no room: {full}"
    for line in new.new_facts:
        if not FACT.fullmatch(line):
            yield "new_facts", f"write each new fact like `X10: What it says.`, not `{line}`"
    for tag, wording in new.wordings.items():
        yield from _wrong_in(tag, wording)


def _wrong_in(tag: str, wording: Wording) -> Iterator[tuple[str, str]]:
    for name, what in (("title", "a title"), ("label", "what the menu says"), ("voice", "what the line says")):
        if not getattr(wording, name):
            yield f"{tag}.{name}", f"write {what}"
    if len(wording.voice) != len(wording.text):
        parts = f"Voice has {len(wording.voice)} parts and Text has {len(wording.text)}"
        yield f"{tag}.text", f"{parts}: each part of Voice needs one of Text, with a blank line between parts"


def _topic(content: Content, tag: str, new: NewTopic, wording: Wording) -> str:
    like = _first_choice(content, tag, new.menu)
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
    document = _written(content, tag, f"menus/{new.menu}")
    code = _room(content, tag, new.menu).code
    said = sentence_like(_first_choice(content, tag, new.menu), wording.label, code[-1])
    written = wording.written or wording.label[:1].lower() + wording.label[1:]
    text = (bench.read(name) or b"").decode("utf-8")
    return with_choice(text, document, new.name, said, f"{code} {written}").encode()


def _first_choice(content: Content, tag: str, menu: str) -> str:
    choices = content.libraries[tag].menus[menu].choices
    return choices[0].voice if choices else ""


def _written(content: Content, tag: str, inside: str) -> Document:
    return content.as_written[f"{Shelf(content, tag).base}/{inside}.md"]


def _facts(text: str, new: tuple[str, ...]) -> str:
    """Inserts each new fact after the last one whose name begins with the same letters, otherwise at the end."""
    lines = lines_of(text)
    for line in new:
        letters = re.match("[A-Z]+", line)
        alike = re.compile(rf"^- {letters[0] if letters else ''}\d+: ")
        at = max((number for number, one in enumerate(lines, start=1) if alike.match(one)), default=len(lines))
        lines.insert(at, f"- {line}\n")
    return "".join(lines)


def with_part(
    bench: Bench, state: Checked, name: str, facts: str, words: Mapping[str, tuple[str, str]]
) -> dict[str, bytes]:
    """A topic with one part more in every language; `words`: by voice and by text, of each. Raises CannotAdd."""
    wrong = {f"{tag}.{side}": "write something here" for tag, both in words.items() for side in _empty(both)}
    if wrong:
        raise CannotAdd(wrong)
    files: dict[str, bytes] = {}
    for tag, (voice, text) in words.items():
        document = _written(state.content, tag, f"topics/{name}")
        written = (bench.read(f"{tag}/topics/{name}.md") or b"").decode("utf-8")
        longer = with_paragraphs(written, document, voice, text)
        given = {f"facts.{len(document.sections['voice']) + 1}": facts} if facts else {}
        files[f"{tag}/topics/{name}.md"] = edited(longer, document, given).encode()
    return files


def _empty(both: tuple[str, str]) -> list[str]:
    return [side for side, words in zip(("voice", "text"), both, strict=True) if not words]


# --- moving and deleting -----------------------------------------------------------------------------------------


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
    return [(_title(library, one.leads_to), code + one.key, f"{code}{int(one.key) - 1}") for one in later]


def _title(library: Library, name: str) -> str:
    there = library.menus.get(name) or library.topics.get(name)
    return there.title if there else name


def moved(bench: Bench, state: Checked, name: str, menu: str) -> dict[str, bytes]:
    """Moves the topic to the end of another menu. Raises CannotAdd."""
    library = state.content.libraries[state.content.original]
    above = menu_above(library, name)
    if above is None or above[0] == menu or menu not in library.menus:
        raise CannotAdd({"menu": "choose another menu than the one that it is in now"})
    if full := _room(state.content, state.content.original, menu).full:
        raise CannotAdd({"menu": f"this menu has no room: {full}"})
    files: dict[str, bytes] = {}
    for tag in state.content.libraries:
        shorter, old = _without(bench, state.content, tag, name)
        files |= shorter
        code = _room(state.content, tag, menu).code
        said = sentence_like(_first_choice(state.content, tag, menu), label_of(old["voice"]), code[-1])
        text = (bench.read(f"{tag}/menus/{menu}.md") or b"").decode("utf-8")
        document = _written(state.content, tag, f"menus/{menu}")
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
                document = _written(state.content, tag, f"menus/{menu}")
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
    document = _written(content, tag, f"menus/{menu}")
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
            document = _written(content, tag, f"menus/{name}")
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


def facts_named(facts: str) -> tuple[str, ...]:
    """One line for each part."""
    return tuple(", ".join(listed(line)) for line in facts.replace("\r\n", "\n").split("\n"))
