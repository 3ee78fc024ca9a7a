"""Names in names.md: all are there, none is empty, none has the name of a slot that the line fills itself."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ivr.library.names import FILE, NEEDED, NOT_SAID
from ivr.library.phrases import PHRASES
from ivr.library.rules.shelf import Shelf, at
from ivr.library.rules.slots import SPOKEN, TEXTED
from ivr.model import Problem

NAME = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*")
SHAPE = "small letters and digits, joined by `_`, such as `helpline_name`"


def filled_by_the_line() -> frozenset[str]:
    return SPOKEN.union(TEXTED, *(phrase.slots for phrases in PHRASES.values() for phrase in phrases))


def check_names(shelf: Shelf) -> Iterator[Problem]:
    document = shelf.file(FILE)
    if document is None:
        return
    for name, why in NEEDED.items():
        if name not in document.header:
            yield at(document, 1, "names", f"add a line `{name}: ...` to the header: {why}")
    for name, entry in document.header.items():
        line, words = entry.words.line, entry.words.text
        if name in NOT_SAID:
            continue
        if not words and not entry.under:
            yield at(document, line, "names", f"write after `{name}:` {NEEDED.get(name, 'what sentences say for it')}")
        if name in filled_by_the_line():
            yield at(document, line, "names", f"give this another name: the line itself fills in {{{name}}}")
        elif not NAME.fullmatch(name):
            yield at(document, line, "names", f"give this a name of {SHAPE}")
        if "{" in words or "}" in words:
            yield at(document, line, "names", "write the words themselves: a name has no slots")
        if name == "emergency" and words and not words.isdecimal():
            yield at(document, line, "names", f"write only {NEEDED[name]}, such as `emergency: 911`")
