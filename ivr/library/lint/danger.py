"""Danger: whichever segment of its topic somebody gets, by voice or by text, the emergency number is first; and the
symptoms that a topic lists as its signs are said."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ivr.library.library import HOME
from ivr.library.measures import sentences, uses
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


def check_signs(shelf: Shelf) -> Iterator[Problem]:
    """J4: what is listened for on a bad line has to be said."""
    for topic in shelf.library.topics.values():
        document = shelf.document("topics", topic.name)
        for part, segment in enumerate(topic.segments, start=1):
            for sign in segment.signs:
                if not uses(segment.voice, sign):
                    line = document.header["signs"].under[str(part)].line
                    remedy = f"say `{sign}` in segment {part} under Voice, or take it away here"
                    yield at(document, line, "J4", remedy)
