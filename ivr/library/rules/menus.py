"""Menus: few choices, two levels, the choice before its key, labels that cannot be mistaken for each other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from ivr.library.document import Document
from ivr.library.library import HOME
from ivr.library.measures import BETWEEN_CHOICES, seconds, words
from ivr.library.rules.shelf import Shelf, at, header_line
from ivr.model import Menu, Problem

MOST_CHOICES = 5
MOST_LEVELS = 2
LONGEST_LABEL = 8
LONGEST_MENU = 30.0
LAST_TOPIC_NAMED = 20.0
MOST_SHARED = 0.5

SPECIAL = {
    "overview": "what a caller hears who presses nothing",
    "person": "what a texter gets for 0",
    "urgent": "what words of danger lead to",
}

KEY_LAST = re.compile(r"^(?P<label>.+),\s+\w+\s+(?P<key>\d)\.$")


def check_menus(shelf: Shelf) -> Iterator[Problem]:
    for menu in shelf.library.menus.values():
        document = shelf.document("menus", menu.name)
        yield from _structure(shelf, menu, document)
        yield from _choices(shelf, menu, document)
        yield from _alike(shelf, menu, document)
    yield from _reached(shelf)


def _structure(shelf: Shelf, menu: Menu, document: Document) -> Iterator[Problem]:
    known = {**shelf.library.menus, **shelf.library.topics}
    if len(menu.choices) > MOST_CHOICES:
        yield at(document, header_line(document, "choices"), "B1", f"offer {MOST_CHOICES} choices at most")
    for choice in menu.choices:
        if choice.leads_to not in known:
            line = header_line(document, "choices", choice.key)
            yield at(document, line, "choices", f"there is no file {choice.leads_to}.md among the menus or topics")
    for name, target in (("overview", menu.overview), ("person", menu.person), ("urgent", menu.urgent)):
        if target is None and menu.name == HOME:
            yield at(document, 1, name, f"add `{name}: name-of-topic` to the header: {SPECIAL[name]}")
        elif target is not None and target not in shelf.library.topics:
            yield at(document, header_line(document, name), name, f"there is no topic {target}.md")
    spoken = sum(seconds(choice.voice) + BETWEEN_CHOICES for choice in menu.choices)
    if spoken > LONGEST_MENU:
        line = document.lines["voice"]
        yield at(document, line, "B5", f"shorten these choices: {spoken:.0f} s, {LONGEST_MENU:.0f} s at most")
    named = spoken - (seconds(menu.choices[-1].voice) + BETWEEN_CHOICES if menu.choices else 0)
    if named > LAST_TOPIC_NAMED:
        line = document.lines["voice"]
        remedy = f"name the last choice sooner: {named:.0f} s in, {LAST_TOPIC_NAMED:.0f} s at most"
        yield at(document, line, "B5", remedy)


def _choices(shelf: Shelf, menu: Menu, document: Document) -> Iterator[Problem]:
    code = shelf.library.codes.get(menu.name, "")
    for choice, said, text in zip(menu.choices, document.sections["voice"], document.sections["text"], strict=False):
        match = KEY_LAST.match(choice.voice)
        if match is None or match["key"] != choice.key:
            yield at(document, said.line, "B3", f"end this sentence with the key: `..., press {choice.key}.`")
        elif len(words(match["label"])) > LONGEST_LABEL:
            yield at(document, said.line, "B6", f"say this in {LONGEST_LABEL} words or fewer before the key")
        if choice.text.partition(" ")[0] != code + choice.key:
            yield at(document, text.line, "H4", f"begin this line with its number: `{code}{choice.key} ...`")


def _alike(shelf: Shelf, menu: Menu, document: Document) -> Iterator[Problem]:
    small = {word.lower() for word in shelf.library.words.get("small", ())}
    labels = [(choice.key, _label_words(choice.voice) - small) for choice in menu.choices]
    for (key, first), (other, second) in combinations(labels, 2):
        shorter = min(len(first), len(second))
        if shorter and len(first & second) / shorter >= MOST_SHARED:
            line = document.sections["voice"][int(other) - 1].line
            yield at(document, line, "B6", f"choices {key} and {other} sound alike: use other words in one of them")


def _label_words(sentence: str) -> set[str]:
    match = KEY_LAST.match(sentence)
    label = (match["label"] if match else sentence).lower()
    return set(re.findall(r"[\w']+", label))


def _reached(shelf: Shelf) -> Iterator[Problem]:
    library = shelf.library
    for folder, names in (("menus", library.menus), ("topics", library.topics)):
        for name in names:
            document = shelf.document(folder, name)
            if name not in library.codes:
                yield at(document, 1, "choices", "no menu leads here: add it to the choices of a menu")
            elif len(library.codes[name]) > MOST_LEVELS:
                yield at(document, 1, "B2", "this is too deep: bring it within two keys of the main menu")
            if name in library.menus and name in library.topics:
                yield at(document, 1, "name", "a menu and a topic have the same name: rename one file")
