"""Examples under `listening`: texts that mean what their file is about, and others that only look as if they did.

They are first read by patterns alone, so that each result can be traced to a line that the author sees. Then the
likeness to other texts is added: if that changes an example, the author gets a warning.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from ivr.audit.listening.blame import what_finds, why_not
from ivr.library.document import Document, Words
from ivr.library.library import HOME, Library
from ivr.library.likeness import Likeness
from ivr.library.rules.shelf import Shelf, at
from ivr.listening.listening import listening_of
from ivr.listening.meaning import Danger, Lacks, Meaning, NoRequest, StopInDoubt, WrongNumber
from ivr.listening.readings import READINGS
from ivr.listening.rules import (
    ANSWERS,
    AUTOMATIC,
    DANGER,
    DESPAIR,
    EXAMPLES,
    GUARDS,
    LACKS,
    MOVES,
    NO_PATTERNS,
    OTHER_EXAMPLES,
    SPOKEN,
    TEXTS,
    TOPICS,
    Listening,
    bare,
)
from ivr.listening.spoken import READINGS_SAID
from ivr.listening.understand import understand
from ivr.model import Move, Position, Problem

CODE = "example"
OF_MANY_KINDS = frozenset({TEXTS, ANSWERS, MOVES, LACKS, TOPICS, SPOKEN})
"""Files whose headings are different meanings: an example there begins with the heading that it means."""
ONLY_KIND = ""
"""Stands for the heading in a file that is about one thing."""
IN_DOUBT = "in doubt"
WISHES = frozenset({"stop", "start"})


Asked = tuple[Position, ...]
"""What an open question offered."""


@dataclass(frozen=True, slots=True)
class Example:
    """`heading`: what the text means, or must not mean; empty in a file about one thing, and for a text that means
    nothing the file is about."""

    document: Document
    file: str
    text: str
    heading: str
    line: int
    is_other: bool

    @property
    def named(self) -> str:
        return f"`{self.text}`"


def check_examples(shelf: Shelf) -> Iterator[Problem]:
    listening = listening_of(shelf.library)
    patterns_alone = replace(listening, likeness=Likeness())
    pending = _pending(shelf.library)
    for name, document in shelf.library.listening.items():
        if not _has_examples(listening, name):
            continue
        for heading in (EXAMPLES, OTHER_EXAMPLES):
            for words in document.sections.get(heading, ()):
                example = _example(document, name, words, heading == OTHER_EXAMPLES)
                if isinstance(example, Problem):
                    yield example
                else:
                    yield from _run(patterns_alone, listening, example, pending)


def _has_examples(listening: Listening, file: str) -> bool:
    """Whether the file's examples can be tried. A kind of danger without a position cannot; that has to be fixed
    first."""
    if file == DESPAIR:
        return listening.despair is not None
    return file in listening.dangers or file in {*OF_MANY_KINDS, AUTOMATIC, GUARDS}


def _example(document: Document, file: str, words: Words, is_other: bool) -> Example | Problem:
    if file not in OF_MANY_KINDS:
        return Example(document, file, words.text, ONLY_KIND, words.line, is_other)
    headings = {bare(heading) for heading in document.sections if heading not in NO_PATTERNS}
    named, colon, text = words.text.partition(":")
    if colon and named.strip().lower() in headings and text.strip():
        return Example(document, file, text.strip(), named.strip().lower(), words.line, is_other)
    if is_other:
        return Example(document, file, words.text, ONLY_KIND, words.line, is_other)
    remedy = f"write the heading that `{words.text}` belongs to before it: `{min(headings, default='stop')}: ...`"
    return at(document, words.line, CODE, remedy)


def _pending(library: Library) -> Asked:
    """Two things that a question might have offered."""
    return tuple(library.at(name) for name in library.order[:2])


def _run(patterns_alone: Listening, listening: Listening, example: Example, pending: Asked) -> Iterator[Problem]:
    asked = pending if example.file == ANSWERS else ()
    readings = READINGS_SAID if example.file == SPOKEN else READINGS
    understood = understand(patterns_alone, example.text, asked, readings)
    if _is_found(example, understood.meaning, asked) == example.is_other:
        if example.is_other:
            remedy = f"{example.named} is not to mean this, and does: {what_finds(understood)}"
        else:
            why = why_not(patterns_alone, understood, example.file, example.heading)
            remedy = f"{example.named} does not mean this yet: {why}"
        yield at(example.document, example.line, CODE, remedy)
    elif _is_found(example, understand(listening, example.text, asked, readings).meaning, asked) == example.is_other:
        doubt = "takes it for this" if example.is_other else "is not sure, so the line asks or answers otherwise"
        remedy = f"add texts like {example.named} to the tables and run `make likeness`: the model of texts {doubt}"
        yield at(example.document, example.line, CODE, remedy, warning=True)


def _is_found(example: Example, meaning: Meaning, pending: Asked) -> bool:
    meant = _headings(example.file, meaning, pending)
    if example.is_other and not example.heading:
        return bool(meant - {IN_DOUBT})
    return example.heading in meant


def _headings(file: str, meaning: Meaning, pending: Asked) -> set[str]:
    """The headings of a file that a meaning belongs to."""
    match meaning:
        case Danger(kind):
            return {ONLY_KIND} if file in (GUARDS, kind, DANGER + kind) else set()
        case NoRequest():
            return {ONLY_KIND} if file == AUTOMATIC else set()
        case WrongNumber():
            return {"wrong number"} if file == TEXTS else set()
        case StopInDoubt():
            return {IN_DOUBT} if file == TEXTS else set()
        case Lacks(subject):
            return {subject} if file == LACKS else set()
        case Move(name) if file == SPOKEN:
            return {name}
        case Move(name):
            return {name} if (file == TEXTS) == (name in WISHES) and file in (TEXTS, MOVES) else set()
        case Position() as position:
            return _headings_of_place(file, position, pending)
        case _:
            return set()


def _headings_of_place(file: str, position: Position, pending: Asked) -> set[str]:
    if file == ANSWERS:
        answers = dict(zip(pending, ({"yes", "first"}, {"second"}), strict=False))
        return {**answers, Position(HOME): {"no"}}.get(position, set())
    if position == Position(HOME):
        return {"menu"} if file == MOVES else set()
    if file != TOPICS:
        return set()
    return (
        {position.name}
        if not position.part
        else {f"{position.name}.{position.part}", *({position.name} if position.part == 1 else ())}
    )
