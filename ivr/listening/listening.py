"""A language's rules of listening, built from content/<language>/listening/ before the server forks."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from ivr.library.carrier_words import ANSWERED_BY_CARRIER
from ivr.library.library import HOME, Library
from ivr.listening.builder import ListeningBuilder
from ivr.listening.classes import Classes, Entry, Symbols, entries_of, symbols_of
from ivr.listening.filing import Filing, commonness_of
from ivr.listening.patterns import IT
from ivr.listening.rules import (
    COURTESY,
    DESPAIR,
    DICTATED,
    GRAMMAR,
    POLITE,
    TOPICS,
    Listening,
)
from ivr.listening.spelling import spelling_of
from ivr.model import Position

LONGEST_ENDING = 4
"""Most letters after a star's beginning in a word that a misspelling is corrected to."""
MOST_KEPT = 16
"""Libraries whose listening is kept, at about 9 MB each: the languages of a line, and those of before a reload."""


@lru_cache(MOST_KEPT)
def listening_of(library: Library) -> Listening:
    """The rules of a library. Whatever is wrong in content is listed in `problems`; the rest works without it."""
    if isinstance(library.listens_with, Listening):
        return library.listens_with
    builder = ListeningBuilder(library)
    rules = list(builder.rules())
    guards = builder.guards()
    patterns = [rule.pattern for rule in rules] + [pattern for listed in guards.values() for pattern in listed]
    used = {symbol for pattern in patterns for way in pattern.ways for symbol in way.symbols} - {IT}
    used |= {symbol for symbol in (POLITE, COURTESY) if symbol.strip("[]") in builder.classes}
    symbols = symbols_of(used, builder.classes)
    home = library.menus[HOME]
    codes = builder.codes()
    code_of = {position: code for code, position in codes.items()}
    person = Position(home.person, 1) if home.person else None
    if person:
        codes["0"] = person
    goals = {
        rule.section: position for rule in rules if rule.file == TOPICS and (position := builder.position(rule.section))
    }
    kinds = builder.kinds()
    dangers = {file: position for file, position in kinds.items() if file != DESPAIR}
    numbers = builder.numbers()
    dictated, grammar = (_entries(name, builder.classes) for name in (DICTATED, GRAMMAR))
    borrowed = builder.borrowed()
    known = _vocabulary(symbols, numbers, dictated) | _begun(symbols, library) | borrowed.keys()
    symbols = symbols.with_known(known)
    common = commonness_of(symbols)
    return Listening(
        symbols,
        spelling_of(symbols.known, library.dictionary, builder.sounds(), borrowed),
        Filing(((rule, way) for rule in rules for way in rule.pattern.ways), common),
        {
            key: Filing(((pattern, way) for pattern in found for way in pattern.ways), common)
            for key, found in guards.items()
        },
        dangers,
        kinds.get(DESPAIR),
        kinds,
        goals,
        builder.subjects(),
        numbers,
        builder.sound_alikes(),
        codes,
        code_of,
        person,
        Position(home.urgent, 1) if home.urgent else None,
        dictated,
        library.likeness,
        bool(library.likeness.labels),
        builder.classes,
        tuple(builder.problems),
        frozenset(entry[0] for entry in grammar),
    )


def _entries(name: str, classes: Classes) -> tuple[Entry, ...]:
    """The entries of a class that a language may leave out."""
    return tuple(entries_of(name, classes)) if name in classes else ()


def _vocabulary(symbols: Symbols, numbers: Iterable[str], dictated: Iterable[tuple[str, ...]]) -> set[str]:
    """All whole words that the line knows. Mere beginnings of words are not candidates for a correction."""
    words = {*symbols.words, *(word.lower() for word in ANSWERED_BY_CARRIER)}
    for _, phrases in (*symbols.words.values(), *symbols.beginnings.values()):
        words |= {word for rest, _ in phrases for word in rest if not word.endswith("*")}
    for phrase in (*(numbered.split() for numbered in numbers), *dictated):
        words |= set(phrase)
    return words


def _begun(symbols: Symbols, library: Library) -> set[str]:
    """The common real words that `breath*` and the like stand for."""
    words = sorted(library.dictionary.words())
    return {word for beginning in symbols.beginnings for word in _with_ending(beginning, words)}


def _with_ending(beginning: str, words: Sequence[str]) -> Iterator[str]:
    """The words that start with `beginning`. `words`: sorted."""
    for at in range(bisect_left(words, beginning), len(words)):
        if not words[at].startswith(beginning):
            return
        if len(words[at]) <= len(beginning) + LONGEST_ENDING:
            yield words[at]
