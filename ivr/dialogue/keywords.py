"""What a text means, in the order in which meanings are tried. Pure; every word it knows comes from content, but for
the words that carriers themselves answer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz, process

from ivr.library.carrier_words import ANSWERED_BY_CARRIER
from ivr.library.library import HOME, Library
from ivr.library.sent_words import ALONE, MOVES, URGENT, Phrase, normalised
from ivr.model import Spot

__all__ = ["ALONE", "normalised", "understand"]

SHORTEST_PREFIX = 3
SHORTEST_NEAR_MISS = 4
NEAR = 75.0
"""Likeness, of 100, from which a misspelt word is asked about."""


@dataclass(frozen=True, slots=True)
class Move:
    """One of MOVES: a step from where the texter is."""

    name: str


@dataclass(frozen=True, slots=True)
class Near:
    """Perhaps this keyword was meant; to be asked, never assumed."""

    word: str
    spot: Spot


@dataclass(frozen=True, slots=True)
class LeftToCarrier:
    pass


@dataclass(frozen=True, slots=True)
class Unclear:
    pass


Meaning = Spot | Move | Near | LeftToCarrier | Unclear


def understand(library: Library, written: str) -> Meaning:
    """The first of the readings below that knows what to make of the text."""
    words = normalised(written)
    if " ".join(words) in ANSWERED_BY_CARRIER:
        return LeftToCarrier()
    lexicon = lexicon_of(library)
    for reading in (_urgency, _whole, _number, _move, _inside, _prefix, _near):
        meaning = reading(lexicon, words)
        if meaning is not None:
            return meaning
    return Unclear()


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All words one library knows, normalised. `inside`: those that also count in the middle of a sentence;
    `urgent`: phrases that mean danger anywhere in a text."""

    keywords: Mapping[Phrase, Spot]
    inside: Mapping[Phrase, Spot]
    numbers: Mapping[Phrase, str]
    codes: Mapping[str, Spot]
    moves: Mapping[Phrase, str]
    urgent: frozenset[Phrase]
    urgent_spot: Spot | None


@lru_cache(maxsize=64)
def lexicon_of(library: Library) -> Lexicon:
    home = library.menus[HOME]
    codes = {code: library.at(name) for name, code in library.codes.items() if code}
    if home.person:
        codes["0"] = Spot(home.person, 1)
    keywords = dict(_keywords(library))
    alone = {normalised(word) for name, word in _each_word(library) if name == ALONE}
    return Lexicon(
        keywords=keywords,
        inside={phrase: spot for phrase, spot in keywords.items() if phrase not in alone},
        numbers={normalised(word): name for name, word in _each_word(library) if name.isdecimal()},
        codes=codes,
        moves={normalised(word): name for name, word in _each_word(library) if name in MOVES},
        urgent=frozenset(normalised(word) for name, word in _each_word(library) if name == URGENT),
        urgent_spot=Spot(home.urgent, 1) if home.urgent else None,
    )


def _each_word(library: Library) -> Iterator[tuple[str, str]]:
    return ((name, word) for name, words in library.words.items() for word in words)


def _keywords(library: Library) -> Iterator[tuple[Phrase, Spot]]:
    """Titles and keywords. Content rules see to it that no word leads to two places."""
    for menu in library.menus.values():
        for word in (menu.title, *menu.keywords):
            yield normalised(word), Spot(menu.name)
    for topic in library.topics.values():
        yield normalised(topic.title), Spot(topic.name, 1)
        for part, segment in enumerate(topic.segments, start=1):
            for word in segment.keywords:
                yield normalised(word), Spot(topic.name, part)


# --- readings: each gives a meaning, or None to leave it to the next -----------------------------------------


def _urgency(lexicon: Lexicon, words: Phrase) -> Meaning | None:
    return lexicon.urgent_spot if any(run in lexicon.urgent for run in _runs(words, lexicon.urgent)) else None


def _whole(lexicon: Lexicon, words: Phrase) -> Meaning | None:
    return lexicon.keywords.get(words)


def _number(lexicon: Lexicon, words: Phrase) -> Meaning | None:
    if len(words) == 1 and words[0].isdecimal() and words[0].isascii():
        return lexicon.codes.get(words[0], Unclear())
    named = lexicon.numbers.get(words)
    return lexicon.codes.get(named) if named is not None else None


def _move(lexicon: Lexicon, words: Phrase) -> Meaning | None:
    name = lexicon.moves.get(words)
    return Move(name) if name else None


def _inside(lexicon: Lexicon, words: Phrase) -> Meaning | None:
    """The longest keyword in a sentence; two that lead apart are too many to choose from, so it asks."""
    found = sorted(_runs(words, lexicon.inside), key=len, reverse=True)
    if not found:
        return None
    spot = lexicon.inside[found[0]]
    apart = any(lexicon.inside[run].name != spot.name for run in found[1:])
    return Near(" ".join(found[0]), spot) if apart else spot


def _prefix(lexicon: Lexicon, words: Phrase) -> Meaning | None:
    """The beginning of words that all lead to one place."""
    begun = "".join(words)
    if len(words) != 1 or len(begun) < SHORTEST_PREFIX:
        return None
    spots = {spot for phrase, spot in lexicon.keywords.items() if "".join(phrase).startswith(begun)}
    return spots.pop() if len(spots) == 1 else None


def _near(lexicon: Lexicon, words: Phrase) -> Meaning | None:
    single = [phrase[0] for phrase in lexicon.keywords if len(phrase) == 1]
    guesses = [
        guess
        for word in words
        if len(word) >= SHORTEST_NEAR_MISS
        and (guess := process.extractOne(word, single, scorer=fuzz.ratio, score_cutoff=NEAR))
    ]
    if not guesses:
        return None
    word = max(guesses, key=lambda guess: guess[1])[0]
    return Near(word, lexicon.keywords[(word,)])


def _runs(words: Phrase, known: Iterable[Phrase]) -> list[Phrase]:
    """The known phrases that stand in these words, side by side and in order."""
    lengths = {len(phrase) for phrase in known}
    starts = range(len(words))
    runs = (words[start : start + length] for length in lengths for start in starts)
    return [run for run in runs if run in known]
