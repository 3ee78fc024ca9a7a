"""What a clinician who reads another language looks at first, beside English, as Markdown: danger, despair, then every
sentence of the line's own with a number in it. `python -m tools.first_read es > first-es.md`

`script` has all the words of one language; this is the page to begin with.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from typing import TypeVar

from ivr.library.library import HOME, Library
from ivr.library.load import content_of
from ivr.settings import CONTENT, DEFAULT_HELPLINE

FIRST = "en"
NUMBER = re.compile(r"\d")

Pair = tuple[str, str, str]
"""Where the words stand, then they in English and in the other language."""


def page(english: Library, other: Library) -> str:
    home, name = english.menus[HOME], other.language.name
    topics = [one for one in (home.urgent, home.person) if one and one in english.topics]
    urgent = {english.names[one] for one in ("emergency", "crisis_line") if one in english.names}
    phrases = [*_phrases("call.md", english.call, other.call), *_phrases("text.md", english.text, other.text)]
    parts = {
        "Danger and despair": [pair for one in topics for pair in _segments(english, other, one)],
        "What names an emergency number": [pair for pair in phrases if _names(pair, urgent)],
        "Other numbers": [pair for pair in phrases if not _names(pair, urgent) and NUMBER.search(pair[1] + pair[2])],
    }
    tables = (f"## {title}\n\n{_table(name, pairs)}" for title, pairs in parts.items())
    return "\n\n".join([f"# To look at first: {name} beside {english.language.name}", *tables]) + "\n"


def _segments(english: Library, other: Library, topic: str) -> Iterator[Pair]:
    both = zip(english.topics[topic].segments, other.topics[topic].segments, strict=True)
    for part, (one, two) in enumerate(both, start=1):
        yield f"{topic}.{part}, voice", one.voice, two.voice
        yield f"{topic}.{part}, text", one.text, two.text
        yield f"{topic}.{part}, symptom words", ", ".join(one.signs), ", ".join(two.signs)


Phrase = TypeVar("Phrase", bound=StrEnum)


def _phrases(
    file: str, english: Mapping[Phrase, tuple[str, ...]], other: Mapping[Phrase, tuple[str, ...]]
) -> Iterator[Pair]:
    for phrase, said in english.items():
        yield f"{file}, {phrase}", " ".join(said), " ".join(other.get(phrase, ()))


def _names(pair: Pair, numbers: Iterable[str]) -> bool:
    """Also where a number is said digit by digit."""
    words = " ".join(pair[1:])
    return any(number in words or " ".join(number) in words for number in numbers)


def _table(name: str, pairs: Iterable[Pair]) -> str:
    rows = (" | ".join(one.replace("\n", " ").replace("|", "\\|") for one in pair) for pair in pairs if any(pair[1:]))
    return "\n".join(
        [f"| where | English | {name} | right? |", "|---|---|---|---|", *(f"| {row} |  |" for row in rows)]
    )


def main(tag: str) -> None:
    libraries = content_of(CONTENT, DEFAULT_HELPLINE).libraries
    print(page(libraries[FIRST], libraries[tag]))


if __name__ == "__main__":
    main(*sys.argv[1:])
