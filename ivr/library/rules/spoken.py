"""What a voice can say as people say it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ivr.library.document import Document, Words
from ivr.library.library import SLOT
from ivr.library.rules.shelf import at
from ivr.model import Problem

SIGN = re.compile(r"[^\w\s.,?!:;'\u2019-]|_")
ABBREVIATION = re.compile(r"\b(?:[A-Z]{2,}|[A-Za-z]\.[A-Za-z]\.|(?:Dr|Mr|Mrs|Ms|vs|etc|St|No)\.)")
LONG_NUMBER = re.compile(r"\d{5,}|\d+[.,]\d+|\d{3}-\d")


def unspeakable(document: Document, words: Words) -> Iterator[Problem]:
    """E6: signs, abbreviations and numbers that are written, not said."""
    text = SLOT.sub("", words.text)
    for pattern, remedy in (
        (SIGN, "say `{found}` in words: a voice cannot read this sign"),
        (ABBREVIATION, "write `{found}` out as people say it"),
        (LONG_NUMBER, "write `{found}` as it is said, digit by digit or in words"),
    ):
        found = pattern.search(text)
        if found:
            yield at(document, words.line, "E6", remedy.format(found=found[0]))
