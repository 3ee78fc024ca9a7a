"""A signature is valid for the words that were read: their code is printed beside it, then written into the header.

Every file whose words are heard, read or listened for needs one, in every language: a sentence in a phrase can harm as
much as one in a topic, and a pattern decides who hears the warning signs. A translation also names its translator.
Files that only say how (words.md, medical.md, language.md) need names in a translation and no code.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from enum import Enum

from ivr.library.document import Document, Field, Words
from ivr.library.kinds import SIGNATURE
from ivr.model import Topic

NOT_WORDS = SIGNATURE | {
    "facts",
    "keywords",
    "hints",
    "signs",
    "origin",
    "source",
    "checked",
    "outside",
    "longer",
    "language",
}
"""Header entries that nobody hears or reads: keywords, facts, origin, signatures."""
DIGITS = 8
CODE = re.compile(rf"[0-9a-f]{{{DIGITS}}}")
WITH_CODE = ("topics/", "menus/", "phrases/", "names.md", "glossary.md", "listening/")
"""Files of a language whose words reach callers and texters, or decide what does, by the beginning of their path inside
its folder."""
EXAMPLES = frozenset({"examples", "other examples"})
"""Headings that the line does not read: a pattern is what is signed, and everybody may add an example to it."""


CALLED = {
    "title": "Title",
    "offer": "Invitation",
    "voice": "Voice",
    "text": "Text",
    "choices": "Key",
    "asked-as": "Called",
}
"""What a sheet calls the entries of a header and the headings."""


class Lack(Enum):
    """The first thing that is missing for a valid signature."""

    TRANSLATOR = "translator"
    NAME = "name and date"
    CODE = "code"
    SAME_WORDS = "the words that were signed"


@dataclass(frozen=True, slots=True)
class SignOff:
    """Who has signed a file, as its header says. `date_line`: the entry that holds the date. `code`: of the words as
    they are now. `translator`: None where the words are not a translation. `has_code`: whether a code is needed."""

    translator: str | None
    reviewer: str
    date_line: str
    date: str
    signed: str
    code: str
    is_wanted: bool
    has_code: bool = True

    @property
    def lack(self) -> Lack | None:
        """None if nothing is missing, or no signature is needed."""
        if not self.is_wanted:
            return None
        if self.translator == "":
            return Lack.TRANSLATOR
        if not self.reviewer or (self.has_code and not self.date):
            return Lack.NAME
        if self.has_code and not self.signed:
            return Lack.CODE
        return Lack.SAME_WORDS if self.signed not in (self.code, *([] if self.has_code else [""])) else None


def code_of_words(document: Document) -> str:
    """Eight hexadecimal digits for the words of a file: for a topic its title, its offer and everything under Voice and
    Text; for other files everything that is not in NOT_WORDS. Line endings and the order of header lines do not change
    it. Names count as they are heard; {helpline} counts as it is written, since that number is a setting. Recordings do
    not count."""
    header = {
        name: [entry.words.text, {key: words.text for key, words in entry.under.items()}]
        for name, entry in document.header.items()
        if name not in NOT_WORDS
    }
    read = {name: section for name, section in document.sections.items() if name not in EXAMPLES}
    sections = {name: [words.text for words in section] for name, section in read.items()}
    return hashlib.sha256(json.dumps([header, sections], sort_keys=True).encode()).hexdigest()[:DIGITS]


def signed_words(document: Document) -> dict[str, str]:
    """All words that the code stands for, by what a reader calls them, such as `Voice 1`. `document`: with its names
    filled in, as callers hear them."""
    found: dict[str, str] = {}
    for name, entry in document.header.items():
        if name in NOT_WORDS:
            continue
        called = CALLED.get(name, name)
        if entry.words.text:
            found[called] = entry.words.text
        found |= {f"{called} {key}": words.text for key, words in entry.under.items()}
    for heading, paragraphs in document.sections.items():
        if heading in EXAMPLES:
            continue
        called = CALLED.get(heading, heading)
        found |= {f"{called} {number}": words.text for number, words in enumerate(paragraphs, start=1)}
    return found


def date_line(topic: Topic) -> str:
    """The header line with the date of the signature: where words come from the source, `reviewed:` is the source's own
    last review."""
    return "checked" if topic.origin == "source" else "reviewed"


def signature_of(topic: Topic) -> SignOff:
    line = date_line(topic)
    return SignOff(
        topic.translator if topic.is_translation else None,
        topic.reviewer,
        line,
        topic.checked if line == "checked" else topic.reviewed,
        topic.signed,
        topic.words_code,
        is_wanted=True,
    )


def signature_in(inside: str, document: Document, is_translation: bool) -> SignOff:
    """For a file that is not a topic; `inside`: its path inside the language's folder."""

    has_code = inside.startswith(WITH_CODE)

    def written(name: str) -> str:
        return document.header.get(name, Field(Words("", 1))).words.text

    return SignOff(
        written("translator") if is_translation else None,
        written("reviewer"),
        "reviewed",
        written("reviewed"),
        written("signed").lower(),
        code_of_words(document),
        has_code or bool(is_translation or written("reviewer") or written("signed")),
        has_code,
    )


def is_unsigned(topic: Topic) -> bool:
    return signature_of(topic).lack is not None
