"""Danger: each segment of an urgent topic begins with the emergency number, by voice and by text; and the symptoms
listed as a topic's signs are said in it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ivr.library.library import HOME
from ivr.library.measures import sentences, uses
from ivr.library.names import name_as_said
from ivr.library.rules.shelf import Shelf, at
from ivr.model import Problem


def check_danger(shelf: Shelf) -> Iterator[Problem]:
    """J3, for a line that has an emergency number among its facts."""
    number, urgent = shelf.library.names["emergency"], shelf.library.menus[HOME].urgent or ""
    is_fact = any(number in re.findall(r"\d+", fact) for fact in shelf.content.facts.values())
    if not is_fact or urgent not in shelf.library.topics:
        return
    document = shelf.document("topics", urgent)
    for section, written in (("voice", name_as_said(number)), ("text", number)):
        for words in document.sections[section]:
            if written not in sentences(words.text)[0]:
                remedy = f"say {written} in the first sentence: somebody in danger may get these words alone"
                yield at(document, words.line, "J3", remedy)


def check_signs(shelf: Shelf) -> Iterator[Problem]:
    """J4: symptom words that `make hear` listens for have to be said."""
    for topic in shelf.library.topics.values():
        document = shelf.document("topics", topic.name)
        for part, segment in enumerate(topic.segments, start=1):
            for sign in segment.signs:
                if not uses(segment.voice, sign):
                    line = document.header["signs"].under[str(part)].line
                    remedy = f"say `{sign}` in segment {part} under Voice, or remove it here"
                    yield at(document, line, "J4", remedy)
