"""What `language.md` says about a language besides its voice: whatever rules and texts need to know."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import replace

from ivr.library.document import Document, Field, Words, listed
from ivr.library.measures import gsm_units
from ivr.model import Language, Problem

NOTHING = Field(Words("", 1))


def with_details(language: Language, document: Document, problems: list[Problem]) -> Language:
    """The language with everything in its file; `problems` collects what cannot be understood."""

    def written(name: str) -> str:
        return document.header.get(name, NOTHING).words.text

    def number(name: str, otherwise: float) -> float:
        try:
            return float(written(name) or otherwise)
        except ValueError:
            problems.append(_wrong(document, name, f"write a number of seconds, such as `{name}: {otherwise:.0f}`"))
            return otherwise

    return replace(
        language,
        in_texts=tuple(_in_texts(document, problems).items()),
        reading=written("reading"),
        longest_menu=number("longest-menu", language.longest_menu),
        last_choice_by=number("last-choice-by", language.last_choice_by),
        abbreviations=listed(written("abbreviations")),
        called=listed(written("called")),
        espeak=written("espeak"),
    )


def _in_texts(document: Document, problems: list[Problem]) -> Mapping[str, str]:
    """A pair for a lower-case letter holds for its capital too."""
    found: dict[str, str] = {}
    for pair in listed(document.header.get("in-texts", NOTHING).words.text):
        instead = dict([unicodedata.normalize("NFC", pair).split()]) if len(pair.split()) == 2 else {}
        remedy = "; ".join(_unfit(character, plain) for character, plain in (instead or {pair: ""}).items())
        if remedy:
            problems.append(_wrong(document, "in-texts", remedy))
            continue
        found |= instead | {a.upper(): b.capitalize() for a, b in instead.items() if len(a.upper()) == 1}
    return found


def _unfit(character: str, plain: str) -> str:
    """What is wrong with a pair; empty if nothing."""
    if not plain:
        return (
            f"write pairs, separated by commas: a character and what texts have in its place (`á a`), not `{character}`"
        )
    if len(character) != 1:
        return f"write one character before its replacement, not `{character}`"
    if gsm_units(character) is not None:
        return f"remove `{character} {plain}`: plain texts have `{character}`, and without it a word can mean another"
    return (
        ""
        if gsm_units(plain) is not None
        else f"write plain letters after `{character}`: plain texts cannot hold `{plain}`"
    )


def _wrong(document: Document, name: str, remedy: str) -> Problem:
    return Problem(document.path, document.header[name].words.line, "language", remedy)
