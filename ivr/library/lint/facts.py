"""Facts: each is delivered in every language, by segments whose headers name them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ivr.library.document import Document
from ivr.library.limits import MOST_FACTS
from ivr.library.lint.dates import day_of
from ivr.library.rules.shelf import Shelf, at, header_line
from ivr.model import Problem, Topic

ORIGINS = ("source", "outside", "line")
FACT_NAME = re.compile(r"[A-Z]+[0-9]+")


def check_facts(shelf: Shelf) -> Iterator[Problem]:
    delivered: set[str] = set()
    for topic in shelf.library.topics.values():
        document = shelf.document("topics", topic.name)
        yield from _segments(shelf, topic, document)
        yield from _origin(topic, document, shelf.content.outside)
        delivered |= _facts(topic)
    for fact in shelf.content.facts:
        if fact not in delivered:
            remedy = f"no topic delivers fact {fact}: write it into a segment and name it in that topic's header"
            yield Problem(f"{shelf.base}/topics", 1, "H1", remedy)


def _facts(topic: Topic) -> set[str]:
    return {fact for segment in topic.segments for fact in segment.facts}


def _segments(shelf: Shelf, topic: Topic, document: Document) -> Iterator[Problem]:
    for part, segment in enumerate(topic.segments, start=1):
        line = header_line(document, "facts", str(part))
        if not segment.facts and topic.origin != "line":
            yield at(document, line, "H1", f"name the facts of segment {part} under `facts:`")
        if len(segment.facts) > MOST_FACTS:
            yield at(document, line, "E2", f"spread these facts over two segments: {MOST_FACTS} at most")
        for fact in segment.facts:
            if not FACT_NAME.fullmatch(fact):
                yield at(document, line, "facts", f"write facts like `G1, G2`, separated by commas, not `{fact}`")
            elif fact not in shelf.content.facts:
                yield at(document, line, "facts", f"add fact {fact} to facts.md, or remove it here")


def _origin(topic: Topic, document: Document, beginning: str) -> Iterator[Problem]:
    outside = {fact for fact in _facts(topic) if beginning and fact.startswith(beginning)}
    if topic.origin not in ORIGINS:
        remedy = "write `origin: source`, `origin: outside`, or `origin: line` for a topic about the line itself"
        yield at(document, header_line(document, "origin"), "origin", remedy)
    elif topic.origin == "line" and _facts(topic):
        yield at(document, header_line(document, "origin"), "origin", "remove the facts: this topic is about the line")
    elif (topic.origin == "outside") != bool(outside) or outside not in (set(), _facts(topic)):
        which = f"those that begin with {beginning}" if beginning else "name them in facts.md, such as `outside: X`"
        remedy = f"keep facts from outside the source ({which}) in files of their own, marked `origin: outside`"
        yield at(document, header_line(document, "origin"), "origin", remedy)
    for name, written in (("reviewed", topic.reviewed), ("checked", topic.checked)):
        if written and not day_of(written):
            remedy = f"write this date as year, month and day, like `{name}: 2012-05-03`"
            yield at(document, header_line(document, name), "reviewed", remedy)
    if topic.origin == "source" and not topic.reviewed:
        remedy = "write after `reviewed:` when the source was last reviewed, like `2012-05-03`"
        yield at(document, header_line(document, "reviewed"), "reviewed", remedy)
