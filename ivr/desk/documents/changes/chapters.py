"""What is heard and read, in pieces that can be compared between two revisions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from ivr.library.library import Library
from ivr.library.load import Content
from ivr.model import Menu, Position, Segment, Topic

Name = TypeVar("Name", bound=str)
Piece = Mapping[str, str]
"""Words by their role: said, texted, ..."""
SAID, RECORDING = "Said", "Recording"
"""A segment's recording has to say what is written: if one changes, so must the other."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """`named`: pieces that keep their name. `parts`: pieces in order, among which new ones may be inserted."""

    title: str
    named: Mapping[str, Piece]
    parts: tuple[Piece, ...] = ()


def chapters(content: Content, tag: str) -> dict[str, Chapter]:
    """By path in the language's folder; empty for a language that did not exist."""
    if tag not in content.libraries:
        return {}
    library = content.libraries[tag]
    found = dict(_places(library))
    return found | {
        "phrases/call.md": Chapter("What the line itself says in a call", _phrases(library.call, "Said")),
        "phrases/text.md": Chapter("What the line itself writes in a text", _phrases(library.text, "Texted")),
        "words.md": Chapter("Words a texter may send", _phrases(library.words, "Words", ", ")),
        "language.md": Chapter(
            "The voice", {"Voice": {"Voice": f"{library.language.voice}, {library.language.speech}"}}
        ),
        "facts.md": Chapter("Facts to deliver", {name: {"Fact": fact} for name, fact in content.facts.items()}),
    }


def _places(library: Library) -> Iterator[tuple[str, Chapter]]:
    for name in dict.fromkeys([*library.codes, *library.menus, *library.topics]):
        code = library.codes.get(name, "")
        if name in library.menus:
            yield f"menus/{name}.md", _menu(library.menus[name], code)
        elif name in library.topics:
            yield f"topics/{name}.md", _topic(library, library.topics[name], code)


def _phrases(found: Mapping[Name, tuple[str, ...]], kind: str, between: str = "\n") -> dict[str, Piece]:
    return {str(name): {kind: between.join(paragraphs)} for name, paragraphs in found.items()}


def _menu(menu: Menu, code: str) -> Chapter:
    choices = {f"Key {c.key}": {"Said": c.voice, "Texted": c.text, "Leads to": c.leads_to} for c in menu.choices}
    topics = {"person": menu.person, "urgent": menu.urgent, "privacy": menu.privacy, "practice": menu.practice or ""}
    others = {"silent": ", ".join(menu.silent), **topics}
    roles = {
        "Read after silence, for a person, for danger, for what is kept, for trying keys": {
            k: v or "" for k, v in others.items()
        }
    }
    about = {"Heading": {"Number": code, "Title": menu.title, "Words that lead here": ", ".join(menu.keywords)}}
    return Chapter(f"{code} {menu.title} (menu)".strip(), {**about, **choices, **roles})


def _topic(library: Library, topic: Topic, code: str) -> Chapter:
    heading = {
        "Number": code,
        "Title": topic.title,
        "Invitation": topic.offer,
        "Origin": topic.origin,
        "Source": topic.source,
        "Reviewed": topic.reviewed,
        "Reviewer": topic.reviewer,
        "Checked": topic.checked,
        "Signed": topic.signed,
    }
    parts = tuple(
        {
            **_segment(segment),
            RECORDING: ", ".join(found.name for found in library.recorded(Position(topic.name, part))),
        }
        for part, segment in enumerate(topic.segments, start=1)
    )
    return Chapter(f"{code} {topic.title}".strip(), {"Heading": heading}, parts)


def _segment(segment: Segment) -> Piece:
    return {
        "Said": segment.voice,
        "Texted": segment.texted,
        "Facts": ", ".join(segment.facts),
        "Words that lead here": ", ".join(segment.keywords),
        "Words at which the line asks about it": ", ".join(segment.hints),
    }
