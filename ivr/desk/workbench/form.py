"""The form of a file: its boxes, each segment by voice and by text side by side, and what is measured below each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import zip_longest

from ivr.desk.workbench.edits import Box, boxes
from ivr.desk.workbench.measured import NOTHING, Measures, of_choice, of_text, of_voice
from ivr.desk.workbench.meters import Meter, menu_meters
from ivr.desk.workbench.rooms import titled
from ivr.library.document import Document
from ivr.library.naming import code_of
from ivr.library.rules.shelf import Shelf
from ivr.library.signing import NOT_WORDS
from ivr.model import Position, Problem, Segment

ONLY_VOICE = "Voice was changed here and Text was not: does the text still say the same?"
ONLY_TEXT = "Text was changed here and Voice was not: does the line still say the same?"
LISTS = {
    "keywords": "Words that texters send for this",
    "hints": "Words at which the line asks whether this is meant",
    "asked-as": "What a question calls this",
    "signs": "Words of symptoms that have to be heard",
}
LABELS = {
    "title": "Title",
    "offer": "Invitation, at the end of the topic before",
    "source": "Where the words come from",
    "keywords": "Words that texters send for this",
    "silent": "Read to a caller who presses nothing, in this order: topics, or single parts such as urgent.1",
}


@dataclass(frozen=True, slots=True)
class ShownBox:
    """A box in the form. `remarks`: the problems under it."""

    box: Box
    label: str
    is_long: bool
    remarks: tuple[Problem, ...] = ()

    @property
    def id(self) -> str:
        return re.sub(r"[^\w-]", "-", self.box.name)

    @property
    def has_error(self) -> bool:
        return any(not remark.warning for remark in self.remarks)


@dataclass(frozen=True, slots=True)
class Side:
    """A segment or a choice by voice or by text."""

    field: ShownBox
    measures: Measures = NOTHING


@dataclass(frozen=True, slots=True)
class Part:
    """`label`: such as `Part 2`; `code`: the keys that lead there, which are also the number of a text. `uneven`: a
    warning if only one of the two sides was changed."""

    label: str
    code: str
    place: str
    """The phone page's name for it; empty if no call can begin there."""
    voice: Side | None
    text: Side | None
    fields: tuple[ShownBox, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    uneven: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    shelf: Shelf
    inside: str
    document: Document
    texts: Mapping[str, str]
    remarks: Mapping[str, tuple[Problem, ...]]
    changed: frozenset[str]

    def fields(self) -> tuple[ShownBox, ...]:
        """Boxes of the header that concern the file as a whole."""
        names = [name for name in LABELS if name in self.document.header and not self.document.header[name].under]
        return tuple(self._field(name, LABELS[name], name == "source") for name in names)

    def parts(self) -> tuple[Part, ...]:
        kind = self.inside.partition("/")[0]
        if kind == "topics":
            return tuple(self._segments())
        if kind == "menus":
            return tuple(self._choices())
        return tuple(self._paragraphs())

    def _field(self, name: str, label: str, is_long: bool) -> ShownBox:
        box = boxes(self.document).get(name, Box(name, "", 0))
        return ShownBox(
            Box(name, self.texts.get(name, box.words), box.line), label, is_long, self.remarks.get(name, ())
        )

    def _segments(self) -> Iterator[Part]:
        topic = self.shelf.library.topics.get(self.document.name)
        segments = topic.segments if topic else ()
        voices, texts = (self.document.sections.get(heading, ()) for heading in ("voice", "text"))
        for number, (voice, text) in enumerate(zip_longest(voices, texts), start=1):
            segment = segments[number - 1] if number <= len(segments) else None
            position = Position(self.document.name, number)
            names = [name for name in LISTS if name == "keywords" or self._has(f"{name}.{number}")]
            facts = segment.facts if segment else ()
            yield Part(
                f"Part {number}",
                code_of(self.shelf.library, position) if segment else "",
                f"{position.name}.{number}",
                self._voice(number, segment) if voice else None,
                self._text(number, segment, position) if text else None,
                tuple(self._field(f"{name}.{number}", LISTS[name], name in ("hints", "signs")) for name in names),
                tuple((fact, self.shelf.content.facts.get(fact, "")) for fact in facts),
                self._uneven(number),
            )

    def _voice(self, number: int, segment: Segment | None) -> Side:
        measures = of_voice(self.shelf, segment) if segment else NOTHING
        return self._side(f"voice/{number}", "Voice", measures)

    def _text(self, number: int, segment: Segment | None, position: Position) -> Side:
        measures = of_text(self.shelf, position, segment) if segment else NOTHING
        return self._side(f"text/{number}", "Text", measures)

    def _side(self, name: str, label: str, measures: Measures = NOTHING) -> Side:
        return Side(self._field(name, label, True), measures)

    def _uneven(self, number: int) -> str:
        voice, text = (f"{heading}/{number}" in self.changed for heading in ("voice", "text"))
        return "" if voice == text else ONLY_VOICE if voice else ONLY_TEXT

    def _has(self, name: str) -> bool:
        return name in boxes(self.document) or bool(self.texts.get(name))

    def _choices(self) -> Iterator[Part]:
        choices = self.document.header.get("choices")
        keys = list(choices.under) if choices else []
        voices, texts = (self.document.sections.get(heading, ()) for heading in ("voice", "text"))
        for number, (voice, text) in enumerate(zip_longest(voices, texts), start=1):
            leads_to = choices.under[str(number)].text if choices and str(number) in keys else "nowhere"
            code = self.shelf.library.codes.get(self.document.name, "") + str(number)
            yield Part(
                f"Key {number}, to {titled(self.shelf.library, leads_to)}",
                code,
                "",
                self._side(f"voice/{number}", "Voice", of_choice(voice.text)) if voice else None,
                self._side(f"text/{number}", "Text") if text else None,
                uneven=self._uneven(number),
            )

    def _paragraphs(self) -> Iterator[Part]:
        """For files of phrases: each heading with what is below it. For files of names: each line of the header."""
        for name in self.document.header:
            if name not in NOT_WORDS and name != "title" and not self.document.header[name].under:
                yield Part(name, "", "", Side(self._field(name, "Words", False)), None)
        for heading, paragraphs in self.document.sections.items():
            for number in range(1, len(paragraphs) + 1):
                label = heading if len(paragraphs) == 1 else f"{heading}, {number}"
                yield Part(label, "", "", Side(self._field(f"{heading}/{number}", "Words", True)), None)

    def menu(self) -> tuple[Meter, ...]:
        """How long the whole menu takes, if this is one."""
        there = self.shelf.library.menus.get(self.document.name) if self.inside.startswith("menus/") else None
        return tuple(menu_meters(self.shelf.library, there)) if there else ()
