"""Slots: only those that will be filled, and no other curly braces."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ivr.library.document import Document, Words
from ivr.library.library import SLOT
from ivr.library.names import FILE
from ivr.library.rules.shelf import at
from ivr.model import Problem

SPOKEN = frozenset({"helpline", "pen"})
"""The helpline's number, and a pause for finding a pen."""
TEXTED = frozenset({"helpline"})
NONE: frozenset[str] = frozenset()


def check_slots(document: Document, words: Words, known: frozenset[str]) -> Iterator[Problem]:
    """For words with their names filled in: slots that are left are filled when they are said, or never."""
    names = ", ".join(f"{{{name}}}" for name in sorted(known))
    instead = f"use only {names} or a name from {FILE}" if known else f"write the words, or a name from {FILE}"
    for slot in sorted(set(SLOT.findall(words.text)) - known):
        yield at(document, words.line, "slot", f"nothing fills in {{{slot}}} here: {instead}")
    if re.search(r"[{}]", SLOT.sub("", words.text)):
        yield at(document, words.line, "slot", f"remove this curly brace, which is not part of a slot: {instead}")
