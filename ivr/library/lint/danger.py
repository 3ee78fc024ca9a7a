"""The topic of danger: whichever of its segments somebody gets, by voice or by text, the emergency number is first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ivr.library.library import HOME
from ivr.library.measures import sentences
from ivr.library.rules.shelf import Shelf, at
from ivr.model import Problem

EMERGENCY_FACT = "X1"


def emergency_number(facts: Mapping[str, str]) -> str:
    """The digits of the emergency number, as the facts have it; empty if they have none."""
    found = (word.strip(".,") for word in facts.get(EMERGENCY_FACT, "").split())
    return next((word for word in found if word.isdecimal()), "")


def check_danger(shelf: Shelf) -> Iterator[Problem]:
    """J3."""
    number, urgent = emergency_number(shelf.content.facts), shelf.library.menus[HOME].urgent or ""
    if not number or urgent not in shelf.library.topics:
        return
    document = shelf.document("topics", urgent)
    for section, written in (("voice", " ".join(number)), ("text", number)):
        for words in document.sections[section]:
            if written not in sentences(words.text)[0]:
                remedy = f"say {written} in the first sentence: somebody in danger may get these words alone"
                yield at(document, words.line, "J3", remedy)
