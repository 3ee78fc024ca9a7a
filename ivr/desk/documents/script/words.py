"""The parts of the script that are lists: the line's own phrases, and the words a texter may send."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TypeVar

from ivr.desk.documents.script.parts import Keyword, KeywordRow, Phrase, PhraseGroup, WordGroup
from ivr.library.carrier_words import ANSWERED_BY_CARRIER
from ivr.library.library import HOME, Library
from ivr.library.sent_words import ALONE, normalised

Name = TypeVar("Name", bound=str)

MOMENTS: Mapping[str, tuple[str, ...]] = {
    "When a call begins": ("arrived", "resuming", "language-key"),
    "Keys that are named": ("again-key", "pace-key", "person-key", "back-key"),
    "In a topic": ("overview", "place", "place-single", "go-on", "end-of-topic", "again-topic"),
    "After silence": ("silent",),
    "After a key without a choice": ("unknown-key",),
    "Slower and faster": ("paced",),
    "Waiting": ("waiting", "still-waiting"),
    "A person": ("talked", "unreached"),
    "When something changed or failed": ("moved", "fault"),
    "When the line is down": ("fallback",),
    "When a call ends": ("goodbye",),
}
"""Phrases by moment; `silent` stands for `silent-1`, `silent-2` and so on too."""
OTHER_MOMENTS = "At other moments"

NEVER_SENT = frozenset({ALONE, "discreet", "small"})
"""Headings of words.md that are about words; the others hold words that may be sent."""


def call_phrases(library: Library) -> tuple[PhraseGroup, ...]:
    """Every phrase of a call, those of no known moment last."""
    left = dict(library.call)
    groups = []
    for moment, begins in MOMENTS.items():
        names = [name for begin in begins for name in left if name == begin or _numbered(name) == begin]
        groups.append(PhraseGroup(moment, tuple(Phrase(name, left.pop(name)) for name in dict.fromkeys(names))))
    groups.append(PhraseGroup(OTHER_MOMENTS, _phrases(left)))
    return tuple(group for group in groups if group.phrases)


def _numbered(name: str) -> str:
    return name.rpartition("-")[0]


def text_phrases(library: Library) -> tuple[Phrase, ...]:
    return _phrases(library.text)


def _phrases(found: Mapping[Name, tuple[str, ...]]) -> tuple[Phrase, ...]:
    return tuple(Phrase(name, paragraphs) for name, paragraphs in found.items())


def keyword_rows(library: Library, anchor: Callable[[str, str, int], str]) -> Iterator[KeywordRow]:
    """Each place that a text can ask for, by code: its number, the number in words, its title, its keywords."""
    for name in dict.fromkeys([*library.codes, *library.menus, *library.topics]):
        code = library.codes.get(name, "")
        for part, title, keywords in _targets(library, name):
            first = [*_numbers(library, name), title.rstrip(".")] if part <= 1 else []
            different = {normalised(word): word for word in reversed([*first, *keywords])}
            words = tuple(_keyword(library, word) for word in reversed(different.values()))
            if words:
                here = anchor(library.language.tag, name, part)
                yield KeywordRow(here, code, title, part, words)


def _targets(library: Library, name: str) -> Iterator[tuple[int, str, tuple[str, ...]]]:
    if name in library.menus:
        yield 0, library.menus[name].title, library.menus[name].keywords
    elif name in library.topics:
        for part, segment in enumerate(library.topics[name].segments, start=1):
            yield part, library.topics[name].title, segment.keywords


def _numbers(library: Library, name: str) -> list[str]:
    """The code, 0 for the topic about a person, and both in words."""
    person = name in library.topics and HOME in library.menus and library.menus[HOME].person == name
    codes = [library.codes.get(name, ""), "0" if person else ""]
    return [word for code in codes if code for word in (code, *library.words.get(code, ()))]


def _keyword(library: Library, word: str) -> Keyword:
    alone = {normalised(everyday) for everyday in library.words.get(ALONE, ())}
    return Keyword(word, normalised(word) in alone)


def word_groups(library: Library) -> tuple[WordGroup, ...]:
    return tuple(
        WordGroup(name, words)
        for name, words in library.words.items()
        if name not in NEVER_SENT and not name.isdecimal()
    )


def carrier_words() -> tuple[str, ...]:
    return tuple(sorted(ANSWERED_BY_CARRIER))
