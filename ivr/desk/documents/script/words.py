"""The parts of the script that are lists: the line's own phrases, and the words a texter may send."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TypeVar

from ivr.desk.documents.script.parts import Keyword, KeywordRow, Phrase, PhraseGroup, WordGroup
from ivr.dialogue.prompts import SAID_BY_PACE, SAID_BY_TRIES
from ivr.library.carrier_words import ANSWERED_BY_CARRIER
from ivr.library.library import HOME, Library
from ivr.library.phrases import CallPhrase
from ivr.library.sent_words import ALONE, NEVER_SENT, normalised
from ivr.model import Prompt

Name = TypeVar("Name", bound=str)

MOMENTS: Mapping[str, tuple[CallPhrase, ...]] = {
    "When a call begins": (
        CallPhrase.ARRIVED,
        CallPhrase.ARRIVED_MORE,
        CallPhrase.RESUMING,
        CallPhrase.LANGUAGE_KEY,
    ),
    "Keys that are named": (CallPhrase.AGAIN_KEY, CallPhrase.PACE_KEY, CallPhrase.PERSON_KEY, CallPhrase.BACK_KEY),
    "In a topic": (
        CallPhrase.OVERVIEW,
        CallPhrase.TOUR_KEYS,
        CallPhrase.PLACE,
        CallPhrase.PLACE_FIRST,
        CallPhrase.PLACE_AGAIN,
        CallPhrase.PLACE_SINGLE,
        CallPhrase.GO_ON,
        CallPhrase.GO_ON_AGAIN,
        CallPhrase.END_OF_TOPIC,
        CallPhrase.AGAIN_TOPIC,
    ),
    "After silence": (*SAID_BY_TRIES[Prompt.SILENT], CallPhrase.CONNECTING),
    "Among the warning signs": (
        CallPhrase.SIGNS_PERSON,
        CallPhrase.SIGNS_TEAM,
        CallPhrase.SIGNS_AGAIN,
        CallPhrase.CONNECTING_SIGNS,
        CallPhrase.CONNECTING_TEAM,
        CallPhrase.UNREACHED_SIGNS,
        CallPhrase.GOODBYE_SIGNS,
    ),
    "After a key without a choice": SAID_BY_TRIES[Prompt.UNKNOWN_KEY],
    "Slower and faster": (*SAID_BY_PACE.values(), CallPhrase.PACE_FIXED),
    "Waiting": SAID_BY_TRIES[Prompt.WAITING],
    "A person": (CallPhrase.TALKED, CallPhrase.UNREACHED),
    "When something changed or failed": (CallPhrase.MOVED, CallPhrase.FAULT),
    "When the line is down": (CallPhrase.FALLBACK, CallPhrase.FALLBACK_NUMBER, CallPhrase.FALLBACK_END),
    "When a call ends": (CallPhrase.GOODBYE,),
}
OTHER_MOMENTS = "At other moments"


def call_phrases(library: Library) -> tuple[PhraseGroup, ...]:
    """Every phrase of a call, grouped by when it is said; phrases in no group come last."""
    left = dict(library.call)
    groups = []
    for moment, phrases in MOMENTS.items():
        said = [phrase for phrase in phrases if phrase in left]
        groups.append(PhraseGroup(moment, tuple(Phrase(phrase, left.pop(phrase)) for phrase in said)))
    groups.append(PhraseGroup(OTHER_MOMENTS, _phrases(left)))
    return tuple(group for group in groups if group.phrases)


def text_phrases(library: Library) -> tuple[Phrase, ...]:
    return _phrases(library.text)


def _phrases(found: Mapping[Name, tuple[str, ...]]) -> tuple[Phrase, ...]:
    return tuple(Phrase(name, paragraphs) for name, paragraphs in found.items())


def keyword_rows(library: Library, anchor: Callable[[str, str, int], str]) -> Iterator[KeywordRow]:
    """Each position that a text can ask for, by code: its number, the number in words, its title, its keywords."""
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


def words_for_carrier() -> tuple[str, ...]:
    return tuple(sorted(ANSWERED_BY_CARRIER))
