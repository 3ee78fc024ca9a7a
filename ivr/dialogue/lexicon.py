"""All words that one library knows, made ready for reading a text. Every one of them comes from content."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from ivr.library.carrier_words import HELP, START, STOP
from ivr.library.library import HOME, Library
from ivr.library.sent_words import (
    ALONE,
    ASK_FIRST,
    DANGER_WHAT,
    DANGER_WHERE,
    DISTRESS,
    MOVES,
    POLITE,
    SMALL,
    URGENT,
    Phrase,
    normalised,
)
from ivr.model import Spot, Topic

FAMILIES = {"stop": STOP, "start": START, "help": HELP}
"""Whole texts that belong to the carrier."""

STEM = 5
"""Letters by which two forms of a word are held for the same when a text is compared with what a topic says."""


def stem(word: str) -> str:
    """Near enough: `breaks` and `breaking` have the same one."""
    return word.removesuffix("S")[:STEM]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """`keywords`: titles and keywords, and where each leads. `inside`: those that also count in the middle of a
    sentence. `moves`: words that move about. `numbers`: number words. `polite`: words that add nothing. `urgent`:
    phrases that mean danger anywhere; so does one of `danger_where` together with one of `danger_what`. `ask_first`:
    words beside which a keyword may mean something else. `subjects`: for each stem, the segments that speak of it."""

    keywords: Mapping[Phrase, Spot]
    inside: Mapping[Phrase, Spot]
    moves: Mapping[Phrase, str]
    numbers: Mapping[str, str]
    codes: Mapping[str, Spot]
    polite: frozenset[str]
    urgent: frozenset[Phrase]
    distress: frozenset[Phrase]
    danger_where: frozenset[Phrase]
    danger_what: frozenset[Phrase]
    urgent_spot: Spot | None
    person_spot: Spot | None
    ask_first: frozenset[str]
    small: frozenset[str]
    subjects: Mapping[str, frozenset[Spot]]


@lru_cache(maxsize=64)
def lexicon_of(library: Library) -> Lexicon:
    home = library.menus[HOME]
    codes = {code: library.at(name) for name, code in library.codes.items() if code}
    if home.person:
        codes["0"] = Spot(home.person, 1)
    keywords = dict(_keywords(library))
    alone = _listed(library, ALONE)
    return Lexicon(
        keywords=keywords,
        inside={phrase: spot for phrase, spot in keywords.items() if phrase not in alone},
        moves={phrase: name for name in MOVES for phrase in _listed(library, name)},
        numbers={phrase[0]: name for name in library.words if name.isdecimal() for phrase in _listed(library, name)},
        codes=codes,
        polite=frozenset(word for phrase in _listed(library, POLITE) for word in phrase),
        urgent=_listed(library, URGENT),
        distress=_listed(library, DISTRESS),
        danger_where=_listed(library, DANGER_WHERE),
        danger_what=_listed(library, DANGER_WHAT),
        urgent_spot=Spot(home.urgent, 1) if home.urgent else None,
        person_spot=Spot(home.person, 1) if home.person else None,
        ask_first=frozenset(phrase[0] for phrase in _listed(library, ASK_FIRST)),
        small=frozenset(phrase[0] for phrase in _listed(library, SMALL) if phrase),
        subjects=_subjects(library),
    )


def _listed(library: Library, name: str) -> frozenset[Phrase]:
    """Without words of which nothing is left: an empty one would be found in every text."""
    return frozenset(phrase for word in library.words.get(name, ()) if (phrase := normalised(word)))


def _keywords(library: Library) -> Iterator[tuple[Phrase, Spot]]:
    """Content rules see to it that no word leads to two places."""
    for menu in library.menus.values():
        for word in (menu.title, *menu.keywords):
            yield normalised(word), Spot(menu.name)
    for topic in library.topics.values():
        yield normalised(topic.title), Spot(topic.name, 1)
        for part, segment in enumerate(topic.segments, start=1):
            for word in segment.keywords:
                yield normalised(word), Spot(topic.name, part)


def _subjects(library: Library) -> dict[str, frozenset[Spot]]:
    small = {word for name in (SMALL, POLITE) for phrase in _listed(library, name) for word in phrase}
    found: defaultdict[str, set[Spot]] = defaultdict(set)
    for name in library.order:
        for spot, words in _said(library.topics[name]):
            for word in words:
                if word not in small and not word.isdecimal():
                    found[stem(word)].add(spot)
    return {word: frozenset(spots) for word, spots in found.items()}


def _said(topic: Topic) -> Iterable[tuple[Spot, Phrase]]:
    for part, segment in enumerate(topic.segments, start=1):
        words = " ".join((topic.title, segment.voice, segment.text, *segment.keywords, *segment.hints))
        yield Spot(topic.name, part), normalised(words)


def plain_words(lexicon: Lexicon, words: Phrase) -> Phrase:
    """Without the words that add nothing."""
    return tuple(word for word in words if word not in lexicon.polite)
