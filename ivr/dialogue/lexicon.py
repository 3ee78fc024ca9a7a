"""All words that one library knows, made ready for reading a text. Every one of them comes from content."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain
from typing import TypeVar

from ivr.dialogue.meaning import Move
from ivr.library.carrier_words import HELP, START, STOP
from ivr.library.library import HOME, Library
from ivr.library.naming import code_of
from ivr.library.sent_words import (
    ALONE,
    ASK_FIRST,
    COURTESY,
    DANGER_WHAT,
    DANGER_WHERE,
    DISTRESS,
    MOVES,
    NO,
    POLITE,
    SMALL,
    STOP_OBJECTS,
    URGENT,
    YES,
    Phrase,
    normalised,
)
from ivr.model import Spot, Topic

FAMILIES = {"stop": STOP, "start": START, "help": HELP}
"""Whole texts that belong to the carrier."""

STEM = 5
"""Letters by which two forms of a word are held for the same when a text is compared with what a topic says."""


MOST_TOPICS = 25
"""Topics that may use a stem which still tells something about them."""
SHORTEST_RUN_TOGETHER = 3
"""Letters of a word that a long word may be made of."""

Meant = TypeVar("Meant")


def stem(word: str) -> str:
    """Near enough: `breaks` and `breaking` have the same one."""
    return word.removesuffix("S")[:STEM]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """`keywords`: titles and keywords, and where each leads. `inside`: those that also count in the middle of a
    sentence. `moves`: words that move about. `numbers`: number words. `polite`: words that add nothing. `urgent`:
    phrases that mean danger anywhere; so does one of `danger_where` together with one of `danger_what`. `ask_first`:
    words beside which a keyword may mean something else. `subjects`: for each stem, the segments that speak of it.
    `hints`: words of everyday life, and the segment that each asks about. `stops`: wishes to get no more texts that
    count anywhere; others count as a whole text, between words of `courtesy`, or close before one of `stop_objects`.
    `yes`, `no`: whole answers to a question.

    The rest is made ready from these, so that reading a text takes no longer for there being many topics. `longest`:
    how many words the longest phrase has. `letters`: the keywords without blanks, in order. `offers`: a keyword of one
    word for each spot that has one, and for each topic under part 0. `vocabulary`: what a long word may be made of.
    `near`, `near_alone`: what a misspelt word may have been, in a sentence and as the whole text; never a word that
    stops, nor one that starts again."""

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
    distress_spot: Spot | None
    ask_first: frozenset[str]
    small: frozenset[str]
    hints: Mapping[Phrase, Spot]
    stops: frozenset[Phrase]
    stop_objects: frozenset[str]
    courtesy: frozenset[str]
    yes: frozenset[Phrase]
    no: frozenset[Phrase]
    subjects: Mapping[str, frozenset[Spot]]
    longest: int = field(init=False)
    letters: Sequence[tuple[str, Spot]] = field(init=False)
    offers: Mapping[Spot, str] = field(init=False)
    vocabulary: frozenset[str] = field(init=False)
    near: Mapping[str, Spot | Move] = field(init=False)
    near_alone: Mapping[str, Spot | Move] = field(init=False)

    def __post_init__(self) -> None:
        letters = sorted((("".join(phrase), spot) for phrase, spot in self.keywords.items()), key=lambda item: item[0])
        near: dict[str, Spot | Move] = dict(_single(self.keywords))
        moves = {word: Move(name) for word, name in _single(self.moves) if name != "stop"}
        help_words = dict.fromkeys(HELP, self.person_spot) if self.person_spot else {}
        object.__setattr__(self, "longest", max((len(phrase) for phrase in _phrases(self)), default=0))
        object.__setattr__(self, "letters", tuple(letters))
        object.__setattr__(self, "offers", _offers(self.keywords))
        object.__setattr__(self, "vocabulary", _vocabulary(self))
        object.__setattr__(self, "near", near)
        object.__setattr__(self, "near_alone", near | moves | help_words)


@lru_cache(maxsize=64)
def lexicon_of(library: Library) -> Lexicon:
    home = library.menus[HOME]
    codes = {code_of(library, spot): spot for spot in library.numbers if library.codes.get(spot.name)}
    codes |= {code: library.at(name) for name, code in library.codes.items() if code}
    if home.person:
        codes["0"] = Spot(home.person, 1)
    keywords = dict(_keywords(library))
    alone, stops = _listed(library, ALONE), _listed(library, "stop")
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
        distress_spot=_distress_spot(library, keywords),
        ask_first=frozenset(phrase[0] for phrase in _listed(library, ASK_FIRST)),
        small=frozenset(phrase[0] for phrase in _listed(library, SMALL) if phrase),
        hints=dict(_hints(library)),
        stops=stops - alone,
        stop_objects=frozenset(phrase[0] for phrase in _listed(library, STOP_OBJECTS)),
        courtesy=frozenset(phrase[0] for phrase in _listed(library, COURTESY)),
        yes=_listed(library, YES),
        no=_listed(library, NO),
        subjects=_subjects(library),
    )


def _distress_spot(library: Library, keywords: Mapping[Phrase, Spot]) -> Spot | None:
    """The segment that has a word of despair for a keyword, else the one about a person to talk to."""
    home = library.menus[HOME]
    found = (keywords[phrase] for phrase in sorted(_listed(library, DISTRESS)) if phrase in keywords)
    return next(found, Spot(home.person, 1) if home.person else None)


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


def _hints(library: Library) -> Iterator[tuple[Phrase, Spot]]:
    for topic in library.topics.values():
        for part, segment in enumerate(topic.segments, start=1):
            for word in segment.hints:
                yield normalised(word), Spot(topic.name, part)


def _subjects(library: Library) -> dict[str, frozenset[Spot]]:
    small = {word for name in (SMALL, POLITE) for phrase in _listed(library, name) for word in phrase}
    found: defaultdict[str, set[Spot]] = defaultdict(set)
    for name in library.order:
        for spot, words in _said(library.topics[name]):
            for word in words:
                if word not in small and not word.isdecimal():
                    found[stem(word)].add(spot)
    return {word: frozenset(spots) for word, spots in found.items() if _tells(spots)}


def _tells(spots: Iterable[Spot]) -> bool:
    """Whether a stem found at these spots tells anything about them."""
    return len({spot.name for spot in spots}) <= MOST_TOPICS


def _said(topic: Topic) -> Iterable[tuple[Spot, Phrase]]:
    for part, segment in enumerate(topic.segments, start=1):
        words = " ".join((topic.title, segment.voice, segment.text, *segment.keywords, *segment.hints))
        yield Spot(topic.name, part), normalised(words)


def plain_words(lexicon: Lexicon, words: Phrase) -> Phrase:
    """Without the words that add nothing."""
    return tuple(word for word in words if word not in lexicon.polite)


# --- made ready ----------------------------------------------------------------------------------------------


def _single(phrases: Mapping[Phrase, Meant]) -> Iterator[tuple[str, Meant]]:
    """The phrases of one word."""
    return ((phrase[0], meant) for phrase, meant in phrases.items() if len(phrase) == 1)


def _phrases(lexicon: Lexicon) -> Iterable[Phrase]:
    """All that may be looked for inside a text."""
    danger = (lexicon.urgent, lexicon.distress, lexicon.danger_where, lexicon.danger_what)
    return chain(lexicon.keywords, lexicon.moves, lexicon.hints, *danger)


def _offers(keywords: Mapping[Phrase, Spot]) -> dict[Spot, str]:
    offers: dict[Spot, str] = {}
    for word, spot in _single(keywords):
        offers.setdefault(spot, word)
        offers.setdefault(Spot(spot.name), word)
    return offers


def _vocabulary(lexicon: Lexicon) -> frozenset[str]:
    phrases = chain(lexicon.inside, lexicon.urgent, lexicon.danger_where, lexicon.danger_what, lexicon.moves)
    known = chain(lexicon.polite, chain.from_iterable(phrases))
    return frozenset(word for word in known if len(word) >= SHORTEST_RUN_TOGETHER)
