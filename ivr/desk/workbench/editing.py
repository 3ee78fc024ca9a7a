"""A file as an author edits it: each segment by voice and by text side by side, with what the check says about each
box."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import zip_longest

from ivr.desk.workbench.bench import Bench, Checked, checksum
from ivr.desk.workbench.edits import Box, as_one_line, boxes, edited, not_taken
from ivr.desk.workbench.meters import Meter, Term, terms, text_meters, voice_meters
from ivr.desk.workbench.standing import ABOUT_SIGNING
from ivr.dialogue.utterances import PEN
from ivr.library.document import Document, listed
from ivr.library.lint.parity import NUMBER
from ivr.library.lint.segments import named_text
from ivr.library.load import Content
from ivr.library.naming import code_of
from ivr.library.rules.shelf import Shelf
from ivr.library.sent_text import as_sent
from ivr.library.signing import NOT_WORDS
from ivr.model import Position, Problem, Segment

WRITE_SOMETHING = "write something here: this would be an empty part"
BEGIN_WITH_A_LETTER = "begin with a letter: `#` and `-` mean something else at the beginning of a paragraph"
ONLY_VOICE = "Voice was changed here and Text was not: does the text still say the same?"
ONLY_TEXT = "Text was changed here and Voice was not: does the line still say the same?"
LISTS = {
    "facts": "Facts said here",
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
NUMBER_OR_KEY = re.compile(rf"(?<![\d{{]){NUMBER.pattern}(?![\d}}])")


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
    """A segment by voice or by text. `numbers`: the keys and numbers that it names, each with where it leads."""

    field: ShownBox
    meters: tuple[Meter, ...] = ()
    terms: tuple[Term, ...] = ()
    numbers: tuple[tuple[str, str], ...] = ()
    said: str = ""
    """For voice: the words with names and numbers filled in."""
    sent: str = ""
    """For text: as it arrives."""


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
class Edited:
    """`files`: what a save would write. `elsewhere`: new problems in other files; `about`: problems of this file that
    belong to no box."""

    inside: str
    opened: str
    content: Content
    files: Mapping[str, bytes | None]
    fields: tuple[ShownBox, ...]
    parts: tuple[Part, ...]
    about: tuple[Problem, ...]
    elsewhere: tuple[Problem, ...]
    errors: int
    warnings: int
    is_changed: bool


def edit(
    bench: Bench, state: Checked, tag: str, inside: str, given: Mapping[str, str] | None = None, whole: bool = False
) -> Edited:
    """`given`: what stands in the boxes; without it, what stands in the file. `whole`: looks also at whether people are
    still understood. Raises KeyError for a file that is not there."""
    shelf = Shelf(state.content, tag)
    path = f"{shelf.base}/{inside}.md"
    written, before = _read(bench, state, tag, inside)
    known = boxes(before)
    wanted = {name: words for name, words in (given or {}).items() if name in known or _may_be_added(name)}
    after = edited(written.decode("utf-8"), before, wanted).encode()
    name = f"{tag}/{inside}.md"
    content, problems = (state.content, state.problems)
    wrong: dict[str, str] = {}
    if after != written:
        content = bench.trial({name: after})
        document = content.as_written[path]
        wrong = {one: _why(wanted, one) for one in not_taken(document, before, wanted)}
        problems = bench.problems_of(content, whole) if not wrong else state.problems
    shown = content.as_written[path] if not wrong else before
    remarks = _by_box(problems, path, shown, wrong)
    texts = {**{one: box.words for one, box in boxes(shown).items()}, **{k: as_one_line(v) for k, v in wanted.items()}}
    changed = frozenset(one for one, words in wanted.items() if as_one_line(words) != _words(known, one))
    form = _Form(Shelf(content, tag) if not wrong else shelf, inside, shown, texts, remarks, changed)
    placed = {one for found in remarks.values() for one in found}
    mine = [one for one in problems if one.path == path and one.code not in ABOUT_SIGNING]
    new = _new(problems, state.problems, path)
    everything = [*(one for found in remarks.values() for one in found), *(one for one in mine if one not in placed)]
    return Edited(
        inside,
        checksum(written),
        content,
        {name: after} if after != written and not wrong else {},
        form.fields(),
        form.parts(),
        tuple(one for one in mine if one not in placed),
        new,
        sum(not one.warning for one in (*everything, *new)),
        sum(one.warning for one in (*everything, *new)),
        bool(changed),
    )


def _read(bench: Bench, state: Checked, tag: str, inside: str) -> tuple[bytes, Document]:
    document = state.content.as_written[f"{Shelf(state.content, tag).base}/{inside}.md"]
    written = bench.read(f"{tag}/{inside}.md")
    if written is None:
        raise KeyError(inside)
    return written, document


def _may_be_added(name: str) -> bool:
    over, _, key = name.partition(".")
    return over in LISTS and key.isdecimal()


def _words(known: Mapping[str, Box], name: str) -> str:
    return known[name].words if name in known else ""


def _why(wanted: Mapping[str, str], name: str) -> str:
    return BEGIN_WITH_A_LETTER if as_one_line(wanted.get(name, "-")) else WRITE_SOMETHING


def _by_box(
    problems: Iterable[Problem], path: str, document: Document, wrong: Mapping[str, str]
) -> dict[str, tuple[Problem, ...]]:
    by_line = {box.line: name for name, box in boxes(document).items()}
    found: dict[str, tuple[Problem, ...]] = {
        name: (Problem(path, 0, "file", remedy),) for name, remedy in wrong.items()
    }
    for one in problems:
        name = by_line.get(one.line) if one.path == path and one.code not in ABOUT_SIGNING else None
        if name and name.partition(".")[0] not in ("reviewer", "signed", "reviewed", "checked"):
            found[name] = (*found.get(name, ()), one)
    return found


def _new(problems: Iterable[Problem], before: Iterable[Problem], path: str) -> tuple[Problem, ...]:
    """Problems in other files that exist only because of this change."""
    known = {(one.path, one.code, one.remedy) for one in before}
    return tuple(
        one
        for one in problems
        if one.path != path and one.code not in ABOUT_SIGNING and (one.path, one.code, one.remedy) not in known
    )


@dataclass(frozen=True, slots=True)
class _Form:
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
            names = [name for name in LISTS if name in ("facts", "keywords") or self._has(f"{name}.{number}")]
            facts = listed(self.texts.get(f"facts.{number}", ""))
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
        field = self._field(f"voice/{number}", "Voice", True)
        meters = tuple(voice_meters(self.shelf, segment)) if segment else ()
        side = self._side(field, meters, segment.voice if segment else "")
        return replace(side, said=PEN.sub("", segment.voice)) if segment else side

    def _text(self, number: int, segment: Segment | None, position: Position) -> Side:
        field = self._field(f"text/{number}", "Text", True)
        meters = tuple(text_meters(self.shelf, position, segment)) if segment else ()
        side = self._side(field, meters, segment.text if segment else "")
        if segment is None:
            return side
        named = named_text(self.shelf.library, position, segment.text)
        return replace(side, sent=as_sent(self.shelf.library.language, named))

    def _side(self, field: ShownBox, meters: tuple[Meter, ...], passage: str) -> Side:
        return Side(field, meters, tuple(terms(self.shelf, passage)), tuple(self._numbers(field.box)))

    def _numbers(self, box: Box) -> Iterator[tuple[str, str]]:
        library = self.shelf.library
        places = {code: name for name, code in library.codes.items() if code}
        for number in dict.fromkeys(NUMBER_OR_KEY.findall(box.words)):
            if number in places:
                name = places[number]
                there = library.menus.get(name) or library.topics[name]
                yield number, there.title

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
                f"Key {number}, to {self._title(leads_to)}",
                code,
                "",
                Side(self._field(f"voice/{number}", "Voice", True)) if voice else None,
                Side(self._field(f"text/{number}", "Text", True)) if text else None,
                uneven=self._uneven(number),
            )

    def _title(self, name: str) -> str:
        there = self.shelf.library.menus.get(name) or self.shelf.library.topics.get(name)
        return there.title if there else name

    def _paragraphs(self) -> Iterator[Part]:
        """For files of phrases: each heading with what is below it. For files of names: each line of the header."""
        for name in self.document.header:
            if name not in NOT_WORDS and name != "title" and not self.document.header[name].under:
                yield Part(name, "", "", Side(self._field(name, "Words", False)), None)
        for heading, paragraphs in self.document.sections.items():
            for number in range(1, len(paragraphs) + 1):
                label = heading if len(paragraphs) == 1 else f"{heading}, {number}"
                yield Part(label, "", "", Side(self._field(f"{heading}/{number}", "Words", True)), None)
