"""Adds a part to the end of a topic, or removes one, in every language at once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from ivr.desk.workbench.adding import CannotAdd, written_at
from ivr.desk.workbench.bench import Bench, Checked
from ivr.desk.workbench.choices import with_paragraphs, without_paragraphs
from ivr.desk.workbench.edits import edited, lines_of
from ivr.desk.workbench.facts import facts_typed, with_facts
from ivr.library.document import Document
from ivr.library.library import Library
from ivr.library.load import Content

ONLY_PART = "this is the topic's only part: delete the topic instead"
NO_PART = "there is no such part: was it removed already?"
NEEDED = "words of danger or despair bring this part: `{file}` names it at `brings:`"


def with_part(
    bench: Bench, state: Checked, name: str, facts: str, words: Mapping[str, tuple[str, str]]
) -> dict[str, bytes]:
    """A topic with one part more in every language; `words`: by voice and by text, of each. Raises CannotAdd."""
    wrong = {f"{tag}.{side}": "write something here" for tag, both in words.items() for side in _empty(both)}
    if wrong:
        raise CannotAdd(wrong)
    (named,), new = facts_typed(state.content, [facts])
    files: dict[str, bytes] = {"facts.md": with_facts(bench, new)} if new else {}
    for tag, (voice, text) in words.items():
        document = written_at(state.content, tag, f"topics/{name}")
        longer = with_paragraphs(_text(bench, f"{tag}/topics/{name}.md"), document, voice, text)
        given = {f"facts.{len(document.sections['voice']) + 1}": named} if named else {}
        files[f"{tag}/topics/{name}.md"] = edited(longer, document, given).encode()
    return files


def _empty(both: tuple[str, str]) -> list[str]:
    return [side for side, words in zip(("voice", "text"), both, strict=True) if not words]


def without_part(bench: Bench, state: Checked, name: str, part: int) -> dict[str, bytes | None]:
    """The topic without this part in every language. Later parts move up: their entries in the header, the headings
    and examples of listening, and their recordings follow them. Raises CannotAdd."""
    files: dict[str, bytes | None] = {}
    for tag in state.content.libraries:
        files |= _without_in(bench, state.content, tag, name, part)
    return files


def _without_in(bench: Bench, content: Content, tag: str, name: str, part: int) -> dict[str, bytes | None]:
    library, document = content.libraries[tag], written_at(content, tag, f"topics/{name}")
    if wrong := _why_not(library, tag, document, part):
        raise CannotAdd({"part": wrong})
    path = f"{tag}/topics/{name}.md"
    files: dict[str, bytes | None] = {path: _shorter(_text(bench, path), document, part).encode()}
    for menu, there in library.menus.items():
        silent = [one for one in (_moved_up(entry, name, part) for entry in there.silent) if one]
        if tuple(silent) != tuple(there.silent):
            inside, given = f"{tag}/menus/{menu}.md", {"silent": ", ".join(silent)}
            files[inside] = edited(_text(bench, inside), written_at(content, tag, f"menus/{menu}"), given).encode()
    for file in library.listening:
        inside = f"{tag}/listening/{file}.md"
        before = _text(bench, inside)
        if (after := _heard_without(before, name, part)) != before:
            files[inside] = after.encode()
    return files | dict(_recordings(bench, tag, name, part))


def _why_not(library: Library, tag: str, document: Document, part: int) -> str:
    number = len(document.sections["voice"])
    if not 1 <= part <= number:
        return NO_PART
    if number == 1:
        return ONLY_PART
    for file, about in library.listening.items():
        entry = about.header.get("brings")
        if entry and entry.words.text == f"{document.name}.{part}":
            return NEEDED.format(file=f"{tag}/listening/{file}.md")
    return ""


def _text(bench: Bench, inside: str) -> str:
    return (bench.read(inside) or b"").decode("utf-8")


def _shorter(text: str, document: Document, part: int) -> str:
    """The topic's file without the part: its paragraphs, and its entries in the header."""
    lines = lines_of(without_paragraphs(text, document, part))
    gone: set[int] = set()
    for entry in document.header.values():
        numbered = {int(key): words.line for key, words in entry.under.items() if key.isdecimal()}
        if set(numbered) == {part}:
            gone.add(entry.words.line)
        for number, line in numbered.items():
            if number == part:
                gone.add(line)
            elif number > part:
                lines[line - 1] = re.sub(r"^(\s*)\d+", rf"\g<1>{number - 1}", lines[line - 1])
    return "".join(words for number, words in enumerate(lines, start=1) if number not in gone)


def _moved_up(entry: str, name: str, part: int) -> str:
    """A place after the removal: `goals.3` is `goals.2` if part 1 or 2 goes; empty for the part itself."""
    topic, _, number = entry.partition(".")
    if topic != name or not number.isdecimal() or int(number) < part:
        return entry
    return "" if int(number) == part else f"{name}.{int(number) - 1}"


def _heard_without(text: str, name: str, part: int) -> str:
    """A file of listening without the part's heading, patterns and examples; those of later parts get its number."""
    before = r"(?P<before>##+\s+|-\s+|(?:brings|offers):\s*)"
    place = re.compile(rf"{before}{re.escape(name)}\.(?P<part>\d+)(?P<after>\b.*)", re.DOTALL)
    kept, is_ours = [], False
    for line in lines_of(text):
        match = place.fullmatch(line)
        if line.startswith("#"):
            is_ours = match is not None and int(match["part"]) == part
        if is_ours or (match and int(match["part"]) == part):
            continue
        if match and int(match["part"]) > part:
            kept.append(f"{match['before']}{name}.{int(match['part']) - 1}{match['after']}")
        else:
            kept.append(line)
    return "".join(kept)


def _recordings(bench: Bench, tag: str, name: str, part: int) -> Iterator[tuple[str, bytes | None]]:
    """The part's recordings go; those of later parts get the number before theirs."""
    named = re.compile(rf"{re.escape(name)}-(?P<part>\d+)(?P<after>\..+)")
    found = {path.name: named.fullmatch(path.name) for path in (bench.root / tag / "audio").glob(f"{name}-*")}
    later = {old: match for old, match in found.items() if match and int(match["part"]) >= part}
    for old in later:
        yield f"{tag}/audio/{old}", None
    for old, match in later.items():
        if int(match["part"]) > part:
            new = f"{name}-{int(match['part']) - 1}{match['after']}"
            yield f"{tag}/audio/{new}", bench.read(f"{tag}/audio/{old}")
