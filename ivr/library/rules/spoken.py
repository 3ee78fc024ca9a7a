"""What a voice can say as people say it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from ivr.library.document import Document, Words
from ivr.library.library import SLOT
from ivr.library.rules.shelf import at
from ivr.model import Problem

SIGN = re.compile(r"[^\w\s.,?!¿¡:;'\u2019{}-]|_")
"""Curly braces have a rule of their own."""
ABBREVIATION = re.compile(r"\b(?:[A-Z]{2,}|[A-Za-z]\.[A-Za-z]\.|(?:Dr|Mr|Mrs|Ms|vs|etc|St)\.|No\.(?=\s*\d))")
LONG_NUMBER = re.compile(r"\d{5,}|\d+[.,]\d+|\d{3}-\d")
EMERGENCY_NUMBER = re.compile(r"\b(?:911|988|999|112)\b")
"""A voice would count: nine hundred and eleven."""


def unspeakable(document: Document, words: Words) -> Iterator[Problem]:
    """E6: signs, abbreviations and numbers that are written, not said."""
    plain = unicodedata.normalize("NFC", SLOT.sub("", words.text))
    text = "".join(sign for sign in plain if not unicodedata.category(sign).startswith("M"))
    for pattern, remedy in (
        (SIGN, "say `{found}` in words: a voice cannot read this sign"),
        (ABBREVIATION, "write `{found}` out as people say it"),
        (LONG_NUMBER, "write `{found}` as it is said, digit by digit or in words"),
        (EMERGENCY_NUMBER, "write `{found}` as it is said: {digits}"),
    ):
        found = pattern.search(text)
        if found:
            yield at(document, words.line, "E6", remedy.format(found=found[0], digits=" ".join(found[0])))
