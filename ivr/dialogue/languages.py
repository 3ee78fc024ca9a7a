"""In which language a text is answered: the one that it asks for, otherwise the one that it is written in; and what the
text then means. Only texters who ask for a language that the line lacks are told so."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from ivr.dialogue.state import Libraries, library_of
from ivr.library.library import Library
from ivr.library.naming import languages_offered
from ivr.library.sent_words import MOVES, Phrase, normalised
from ivr.listening.classes import entries_of
from ivr.listening.languages import heard_in
from ivr.listening.listening import listening_of
from ivr.listening.meaning import Meaning, Unclear
from ivr.model import Goal, Language, Move, Texter

ASKED_FOR = Move("language")
"""The text asks for another language, or for one by name."""
SPOKEN = Move("spoken-language")
"""The text asks for the language of the answer, so the same position is repeated in it."""
NOT = "not"
"""The class of words that negate: somebody who writes "no English" asks for another language."""


def understood_in(
    libraries: Libraries, texter: Texter, written: str, pending: tuple[Goal, ...]
) -> tuple[Library, Meaning]:
    """The library that answers, and what the words mean in it."""
    present, words = library_of(libraries, texter), normalised(written)
    if len(libraries) > 1 and (named := _named_alone(libraries, words)) is not None:
        return libraries[named], SPOKEN
    if words in _own_words(present):
        libraries = {present.language.tag: present}
    listenings = {tag: listening_of(library) for tag, library in libraries.items()}
    tag, understood = heard_in(listenings, present.language.tag, written, pending)
    if understood.meaning not in (ASKED_FOR, Unclear()):
        return libraries[tag], understood.meaning
    wanted = _wanted(libraries, tag, understood.read_as)
    if wanted is None and understood.meaning == ASKED_FOR and tag != present.language.tag:
        wanted = tag
    return (libraries[wanted], SPOKEN) if wanted else (libraries[tag], understood.meaning)


def _named_alone(libraries: Libraries, words: Phrase) -> str | None:
    return next((tag for tag, library in libraries.items() if words in _names(library.language)), None)


def _wanted(libraries: Libraries, tag: str, words: Iterable[str]) -> str | None:
    """Which of the line's languages the words ask for; None if that cannot be told. `tag`: the language that the words
    are in."""
    said = normalised(" ".join(words))
    named = {one for one, library in libraries.items() if any(_within(name, said) for name in _names(library.language))}
    denied = {" ".join(entry) for entry in entries_of(NOT, listening_of(libraries[tag]).classes)}
    wanted = libraries.keys() - named if named and denied & {word.lower() for word in said} else named
    return next(iter(wanted)) if len(wanted) == 1 else None


@lru_cache(maxsize=32)
def _own_words(library: Library) -> frozenset[Phrase]:
    """Texts that mean something in this language as a whole. Whoever sends one is not taken for a speaker of another
    language in which it also happens to be a word."""
    menus, topics = library.menus.values(), library.topics.values()
    written = [word for menu in menus for word in (menu.title, *menu.keywords)]
    written += [topic.title for topic in topics]
    written += [word for topic in topics for segment in topic.segments for word in segment.keywords]
    written += [word for name in MOVES for word in library.words.get(name, ())]
    return frozenset(map(normalised, written))


@lru_cache(maxsize=32)
def _names(language: Language) -> frozenset[Phrase]:
    return frozenset(map(normalised, language.called))


def _within(name: Phrase, words: Phrase) -> bool:
    return any(words[at : at + len(name)] == name for at in range(len(words)))


def with_languages(libraries: Libraries, texter: Texter, tag: str, menu: str) -> str:
    """The main menu, with the other languages for texters who are new. `texter`: as they were before this text. Those
    who have had a segment or a call know already."""
    is_new = not texter.language and not texter.call_language
    return "\n".join((menu, *(languages_offered(libraries, tag) if is_new else ())))
