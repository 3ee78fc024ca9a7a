"""Words and numbers that the line tells people to send: each one works, and leads where the line says it does.

They are recognised by their form, in any language: a word in capitals, a number of up to three digits. The words beside
one in its sentence are understood as if somebody had sent them; if both lead somewhere, they have to lead to the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ivr.audit.listening.blame import what_has
from ivr.library.document import Document, Words
from ivr.library.library import HOME
from ivr.library.measures import sentences
from ivr.library.rules.shelf import Shelf, at
from ivr.library.sent_words import normalised
from ivr.listening.listening import listening_of
from ivr.listening.meaning import Ask, CarrierWord, Danger, Meaning, NoRequest, Unclear
from ivr.listening.rules import Listening
from ivr.listening.understand import understand
from ivr.model import Move, Position, Problem

CODE = "L11"
CAPITALS = re.compile(r"\b[^\W\d_]{3,}\b")
NUMBER = re.compile(r"(?<![\w/-])(?<!\d[.,:])\d{1,3}(?![\w/-]|[.,:]\d)")
OUTSIDE = re.compile(r"\b\d{3}\b")
"""Other people's numbers in facts, such as that of the ambulance: they are called or texted, not sent to the line."""
KEY_OF_A_CALL = re.compile(r"[*#]")
CALLING = "calling"
"""The phrase that is sent while the phone rings: its number is a key to press."""
WISHES = frozenset({"stop", "start"})


@dataclass(frozen=True, slots=True)
class Recommendation:
    """A sentence, where it stands, and whether every number in it is to be sent; otherwise only one at its end is, if
    words about a topic precede it."""

    document: Document
    line: int
    sentence: str
    all_numbers: bool


def check_recommended(shelf: Shelf) -> Iterator[Problem]:
    listening = listening_of(shelf.library)
    languages = {normalised(name) for library in shelf.content.libraries.values() for name in library.language.called}
    outside = {number for fact in shelf.content.facts.values() for number in OUTSIDE.findall(fact)}
    for said in _said(shelf):
        words, numbers = _recommended(said, outside)
        for sent in (*words, *(numbers if said.all_numbers else ())):
            if normalised(sent) in languages:
                continue
            yield from _is_known(listening, said, sent)
        if len(words) + len(numbers) == 1:
            yield from _leads_there(listening, said, (words or numbers)[0])


def _said(shelf: Shelf) -> Iterator[Recommendation]:
    for name in ("phrases/text.md", "phrases/leaflet.md"):
        document = shelf.file(name)
        if document is not None:
            for heading, paragraphs in document.sections.items():
                if heading != CALLING:
                    yield from _sentences(document, paragraphs, all_numbers=True)
    for folder, names in (("menus", shelf.library.menus), ("topics", shelf.library.topics)):
        for name in names:
            document = shelf.document(folder, name)
            yield from _sentences(document, document.sections.get("text", ()), all_numbers=folder == "menus")


def _sentences(document: Document, paragraphs: tuple[Words, ...], all_numbers: bool) -> Iterator[Recommendation]:
    for words in paragraphs:
        for sentence in sentences(words.text):
            yield Recommendation(document, words.line, sentence, all_numbers)


def _recommended(said: Recommendation, outside: set[str]) -> tuple[list[str], list[str]]:
    """The words and the numbers in a sentence that people are told to send to the line."""
    numbers = NUMBER.findall(said.sentence)
    if outside.intersection(numbers):
        return [], []
    words = [word for word in CAPITALS.findall(said.sentence) if word.isupper()]
    if KEY_OF_A_CALL.search(said.sentence) or not (said.all_numbers or _ends_in(said.sentence, numbers)):
        return words, []
    return words, numbers


def _ends_in(sentence: str, numbers: list[str]) -> bool:
    return bool(numbers) and sentence.rstrip(".!").endswith(numbers[-1])


def _is_known(listening: Listening, said: Recommendation, sent: str) -> Iterator[Problem]:
    understood = understand(listening, sent)
    if isinstance(understood.meaning, Unclear | Ask | NoRequest):
        remedy = f"people are told to send `{sent}`, and nothing answers to it: {what_has(understood)}"
        yield at(said.document, said.line, CODE, remedy)


def _leads_there(listening: Listening, said: Recommendation, sent: str) -> Iterator[Problem]:
    about = understand(listening, re.sub(rf"\b{re.escape(sent)}\b", " ", said.sentence))
    leads_to, told = _thing(understand(listening, sent).meaning), _thing(about.meaning)
    if leads_to and told and leads_to != told:
        remedy = f"`{sent}` leads to `{leads_to}`, and the words beside it speak of `{told}`: change one of them"
        yield at(said.document, said.line, CODE, remedy)


def _thing(meaning: Meaning) -> str:
    """The topic, menu or wish that a text is plainly about, otherwise empty."""
    match meaning:
        case Danger(_, Position(name)) | Position(name) if name != HOME:
            return name
        case Move(name) | CarrierWord(name) if name in WISHES:
            return name
    return ""
