"""The topic of danger: whichever of its segments somebody gets, by voice or by text, the emergency number is first."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ivr.library.library import HOME
from ivr.library.measures import sentences
from ivr.library.names import said
from ivr.library.rules.shelf import Shelf, at
from ivr.model import Problem


def check_danger(shelf: Shelf) -> Iterator[Problem]:
    """J3, of a line whose facts have the emergency number."""
    number, urgent = shelf.library.names["emergency"], shelf.library.menus[HOME].urgent or ""
    is_fact = any(number in re.findall(r"\d+", fact) for fact in shelf.content.facts.values())
    if not is_fact or urgent not in shelf.library.topics:
        return
    document = shelf.document("topics", urgent)
    for section, written in (("voice", said(number)), ("text", number)):
        for words in document.sections[section]:
            if written not in sentences(words.text)[0]:
                remedy = f"say {written} in the first sentence: somebody in danger may get these words alone"
                yield at(document, words.line, "J3", remedy)
