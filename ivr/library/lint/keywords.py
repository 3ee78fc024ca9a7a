"""Words that texters send: each leads to one place, and none is a carrier word or a number."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ivr.library.carrier_words import ANSWERED_BY_CARRIER
from ivr.library.document import Document, listed
from ivr.library.library import HOME
from ivr.library.rules.shelf import Shelf, at, header_line
from ivr.library.sent_words import MOVES, Phrase, normalised
from ivr.model import Problem


@dataclass(frozen=True, slots=True)
class Sent:
    """A word that may be sent, what it leads to, and where it is written."""

    word: str
    leads_to: str
    document: Document
    line: int

    @property
    def phrase(self) -> Phrase:
        return normalised(self.word)

    def problem(self, code: str, why: str) -> Problem:
        return at(self.document, self.line, code, f"use a word other than {self.word}: {why}")


def check_keywords(shelf: Shelf) -> Iterator[Problem]:
    taken: dict[Phrase, Sent] = {}
    for sent in (*_keywords(shelf), *_moves(shelf), *_numbers(shelf)):
        yield from _readable(sent)
        if sent.phrase and all(word.isdecimal() for word in sent.phrase):
            yield sent.problem("keywords", "numbers are the keys of menus")
        yield from _shared(sent, taken)


def _readable(sent: Sent) -> Iterator[Problem]:
    if ";" in sent.word:
        yield at(sent.document, sent.line, "keywords", f"separate these words with commas: `{sent.word}`")
    if not sent.phrase:
        yield sent.problem("keywords", "without its punctuation nothing is left of it")
    if " ".join(sent.phrase) in ANSWERED_BY_CARRIER:
        yield sent.problem("G3", "the carrier answers that one itself")


def _shared(sent: Sent, taken: dict[Phrase, Sent]) -> Iterator[Problem]:
    other = taken.setdefault(sent.phrase, sent)
    if sent.phrase and other.leads_to != sent.leads_to:
        yield sent.problem("keywords", f"{other.document.path}:{other.line} has it too, for another place")


# --- where words are written ---------------------------------------------------------------------------------


def _keywords(shelf: Shelf) -> Iterator[Sent]:
    """The keywords of everything that a menu leads to. Titles count as keywords."""
    reached = shelf.library.codes
    for menu in (menu for menu in shelf.library.menus.values() if menu.name in reached):
        document = shelf.document("menus", menu.name)
        yield Sent(menu.title, menu.name, document, header_line(document, "title"))
        for word in menu.keywords:
            yield Sent(word, menu.name, document, header_line(document, "keywords"))
    for topic in (topic for topic in shelf.library.topics.values() if topic.name in reached):
        document = shelf.document("topics", topic.name)
        yield Sent(topic.title, f"{topic.name}.1", document, header_line(document, "title"))
        for part, segment in enumerate(topic.segments, start=1):
            for word in segment.keywords:
                yield Sent(word, f"{topic.name}.{part}", document, header_line(document, "keywords", str(part)))


def _moves(shelf: Shelf) -> Iterator[Sent]:
    for name in MOVES:
        yield from _listed(shelf, name, HOME if name == "menu" else name)


def _numbers(shelf: Shelf) -> Iterator[Sent]:
    for name, place in _places(shelf).items():
        yield from _listed(shelf, name, place)


def _listed(shelf: Shelf, heading: str, leads_to: str) -> Iterator[Sent]:
    """The words under a heading of words.md."""
    document = shelf.file("words.md")
    if document is None:
        return
    for paragraph in document.sections.get(heading, ()):
        for word in listed(paragraph.text):
            yield Sent(word, leads_to, document, paragraph.line)


def _places(shelf: Shelf) -> dict[str, str]:
    """Where each number leads."""
    library = shelf.library
    places = {code: name if name in library.menus else f"{name}.1" for name, code in library.codes.items() if code}
    return {**places, "0": f"{library.menus[HOME].person}.1"}
