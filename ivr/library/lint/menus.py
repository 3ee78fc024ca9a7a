"""Menus: few choices, the choice before its key, labels that cannot be mistaken for each other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations

from ivr.library.document import Document
from ivr.library.library import HOME, Library
from ivr.library.limits import BETWEEN_CHOICES, LONGEST_LABEL, MOST_SHARED, MOST_TOPICS
from ivr.library.lint.spoken import unspeakable
from ivr.library.measures import speaking_seconds, words
from ivr.library.phrases import HOME_KEYS, MENU_KEYS
from ivr.library.rules.shelf import Shelf, at, header_line
from ivr.library.rules.slots import NONE, check_slots
from ivr.model import Choice, Menu, Problem

ESTIMATED = 5 / 6
"""Converts a limit in seconds of audio to one for estimates: a voice takes up to a fifth longer for a menu."""

KEY_LAST = re.compile(r"^(?P<label>.+),\s+(?:[^\s\d,.]+\s+){1,4}(?P<key>\d)\.$")
"""`press 1.`, `appuyez sur 1.`, `drücken Sie bitte die 1.`"""


def check_menus(shelf: Shelf) -> Iterator[Problem]:
    for menu in shelf.library.menus.values():
        document = shelf.document("menus", menu.name)
        if len(menu.choices) > MOST_TOPICS:
            yield at(document, header_line(document, "choices"), "B1", f"offer {MOST_TOPICS} choices at most")
        yield from _length(shelf.library, menu, document)
        yield from _sounds(shelf, document)
        yield from _choices(shelf, menu, document)
        yield from _alike(shelf, menu, document)
    yield from _treatments(shelf)


def _length(library: Library, menu: Menu, document: Document) -> Iterator[Problem]:
    """B5, for a menu without anything said before it: title, choices, keys."""
    line = document.lines["voice"]
    whole, longest = menu_seconds(library, menu), most_seconds(library)
    named, latest = named_seconds(menu.title, menu.choices[:-1]), named_by(library)
    if whole > longest:
        remedy = f"shorten these choices: {whole:.1f} s with title and keys, {longest:.0f} s at most"
        yield at(document, line, "B5", remedy)
    if named > latest:
        remedy = f"name the last choice sooner: it comes after {named:.1f} s, {latest:.0f} s at most"
        yield at(document, line, "B5", remedy)


def menu_seconds(library: Library, menu: Menu) -> float:
    """Seconds to say the menu, title and keys included, without anything said before it."""
    return _seconds(plain_menu(library, menu)) - BETWEEN_CHOICES


def most_seconds(library: Library) -> float:
    """How long a menu may be, as an estimate."""
    return ESTIMATED * library.language.longest_menu


def named_seconds(title: str, before: Sequence[Choice]) -> float:
    """Seconds until a choice is named that has these before it."""
    return _seconds([f"{title}.", *(choice.voice for choice in before)])


def named_by(library: Library) -> float:
    """By when the last choice of a menu has to be named, as an estimate."""
    return ESTIMATED * library.language.last_choice_by


def plain_menu(library: Library, menu: Menu) -> list[str]:
    """What a caller hears who comes to a menu by a key."""
    keys = (words for key in (HOME_KEYS if menu.name == HOME else MENU_KEYS) for words in library.call[key])
    return [f"{menu.title}.", *(choice.voice for choice in menu.choices), *keys]


def _seconds(said: list[str]) -> float:
    return sum(speaking_seconds(sentence) + BETWEEN_CHOICES for sentence in said)


def _sounds(shelf: Shelf, document: Document) -> Iterator[Problem]:
    said = (document.header["title"].words, *document.sections["voice"])
    for passage in said:
        yield from unspeakable(shelf, document, passage)
    for passage in (*said, *document.sections["text"]):
        yield from check_slots(document, passage, NONE)


def _choices(shelf: Shelf, menu: Menu, document: Document) -> Iterator[Problem]:
    code = shelf.library.codes.get(menu.name, "")
    for choice, said, text in zip(menu.choices, document.sections["voice"], document.sections["text"], strict=False):
        match = KEY_LAST.match(choice.voice)
        if match is None or match["key"] != choice.key:
            yield at(document, said.line, "B3", f"end this sentence with the key: `..., press {choice.key}.`")
        elif len(words(match["label"])) > LONGEST_LABEL:
            yield at(document, said.line, "B6", f"say this in {LONGEST_LABEL} words or fewer before the key")
        if choice.text.partition(" ")[0] != code + choice.key:
            yield at(document, text.line, "H4", f"begin this line with just its number: `{code}{choice.key} ...`")


def _alike(shelf: Shelf, menu: Menu, document: Document) -> Iterator[Problem]:
    small = {word.lower() for word in shelf.library.words.get("small", ())}
    labels = [(choice.key, _label_words(choice.voice) - small) for choice in menu.choices]
    for (key, first), (other, second) in combinations(labels, 2):
        shorter = min(len(first), len(second))
        if shorter and len(first & second) / shorter >= MOST_SHARED:
            line = document.sections["voice"][int(other) - 1].line
            yield at(document, line, "B6", f"choices {key} and {other} sound alike: use other words in one of them")


def _treatments(shelf: Shelf) -> Iterator[Problem]:
    """B7: people call about a treatment and listen for its name."""
    said = first_menus(shelf.library)
    for word in shelf.library.treatments:
        if HOME in shelf.library.menus and word.lower() not in said:
            document = shelf.document("menus", HOME)
            remedy = f"say `{word}`, which glossary.md names, in a choice of this menu or of the one behind its key 1"
            yield at(document, document.lines["voice"], "B7", remedy)


def first_menus(library: Library) -> str:
    """All choices of the main menu and of the menu at its key 1, in lower case."""
    main = library.menus[HOME]
    behind = library.menus.get(main.choices[0].leads_to) if main.choices else None
    return " ".join(choice.voice for menu in (main, behind) if menu for choice in menu.choices).lower()


def _label_words(sentence: str) -> set[str]:
    match = KEY_LAST.match(sentence)
    label = (match["label"] if match else sentence).lower()
    return set(re.findall(r"[\w']+", label))
