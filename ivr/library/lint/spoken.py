"""What a voice can say as people say it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from ivr.library.document import Document, Words
from ivr.library.library import SLOT
from ivr.library.rules.shelf import Shelf, at
from ivr.model import Language, Problem

SIGN = re.compile(r"[^\w\s.,?!¿¡:;'\u2019{}-]|_")
"""Curly braces are checked by another rule."""
ABBREVIATION = r"\b(?:[A-ZÀ-ÖØ-Þ]{2,}|[^\W\d_]\.[^\W\d_]\.)"
"""Abbreviations in any language; `language.md` lists the others."""
LONG_NUMBER = re.compile(r"\d{5,}|\d+[.,]\d+|(?<![\d-])(?:\d+-)*\d{3,}-\d+(?:-\d+)*")
EMERGENCY_NUMBER = re.compile(r"\b(?:911|988|999|112)\b")
"""A voice would say "nine hundred and eleven"."""
UNSPOKEN = {
    "\u2012\u2013\u2014\u2015\u2212\u2026": "write a comma or a full stop in place of `{character}`",
    '"\u2018\u201a\u201c\u201d\u201e\u00ab\u00bb`': "remove the quotation marks: nobody hears them",
    "()[]": "remove the brackets: give what is inside a sentence of its own",
    "*_#<>\u2022": "remove `{character}`: marks for bold and the like do nothing here",
}
"""Characters that a voice cannot say, and the remedy."""


def unspeakable(shelf: Shelf, document: Document, words: Words) -> Iterator[Problem]:
    """E6: characters, abbreviations and numbers in their written form, which a voice would misread."""
    plain = unicodedata.normalize("NFC", SLOT.sub("", words.text))
    text = "".join(character for character in plain if not unicodedata.category(character).startswith("M"))
    for remedy in sorted({_instead(character) for character in SIGN.findall(text)}):
        yield at(document, words.line, "E6", remedy)
    for pattern, remedy in (
        (abbreviation_in(shelf.library.language), "write `{found}` out as people say it"),
        (LONG_NUMBER, "write `{found}` as it is said, digit by digit or in words"),
        (EMERGENCY_NUMBER, "write `{found}` as it is said: {digits}"),
    ):
        found = pattern.search(text)
        if found:
            yield at(document, words.line, "E6", remedy.format(found=found[0], digits=" ".join(found[0])))


@lru_cache(maxsize=32)
def abbreviation_in(language: Language) -> re.Pattern[str]:
    own = (re.sub(r"\d+", r"\\d+", re.escape(short)).replace(r"\ ", r"\s*") for short in language.abbreviations)
    return re.compile("|".join([ABBREVIATION, *(rf"(?<!\w){short}(?!\w)" for short in own)]))


def _instead(character: str) -> str:
    for characters, remedy in UNSPOKEN.items():
        if character in characters:
            return remedy.format(character=character)
    return f"say `{character}` in words: a voice cannot read this character"
