"""How hard a passage is to read and to understand by ear, by the formula that its language names.

Only checks need this: it loads an English pronouncing dictionary.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from ivr.library.measures import sentences, words
from ivr.library.spanish_syllables import spanish_syllables
from ivr.library.syllables import syllables
from ivr.model import Language

NEUTRAL_WORD = "body"
"""Replaces each explained medical word when the reading grade is computed: two plain syllables."""

GRADE, RAW_GRADE = 6.0, 8.0
"""The highest Flesch-Kincaid grades allowed: with explained words counted as plain, and with all words as they are."""
INFLESZ = 65.0
"""The lowest ease allowed. On this scale 65 and more is `quite easy`; newspapers are at 55 to 65."""
MEAN_LOAD, HEAVIEST_LOAD = 6, 12

_WORD = re.compile(r"\w")


def grade(text: str, explained: Iterable[str] = ()) -> float:
    """Flesch-Kincaid grade, with the `explained` words counted as plain ones."""
    for term in sorted(explained, key=len, reverse=True):
        text = re.sub(rf"\b{re.escape(term)}\b", NEUTRAL_WORD, text, flags=re.IGNORECASE)
    spoken, number = _counted(text)
    if not spoken:
        return 0.0
    return 0.39 * len(spoken) / number + 11.8 * sum(map(syllables, spoken)) / len(spoken) - 15.59


def inflesz(text: str) -> float:
    """Szigriszt-Pazos perspicuity of a Spanish text, 0 (hard) to 100 and more; an empty text gets the easiest score."""
    spoken, number = _counted(text)
    if not spoken:
        return 100.0
    return 206.835 - 62.3 * sum(map(spanish_syllables, spoken)) / len(spoken) - len(spoken) / number


def listening_load(sentence: str) -> int:
    """Fang's Easy Listening Formula: syllables beyond the first of each word, summed over the sentence."""
    spoken = (re.sub(r"[^\w']", "", word) for word in re.split(r"[\s-]+", sentence))
    return sum(max(0, syllables(word) - 1) for word in spoken if word.isalpha() or "'" in word)


def _counted(text: str) -> tuple[list[str], int]:
    """The words, and the number of sentences that are not empty."""
    spoken = [word for word in words(text) if _WORD.search(word)]
    return spoken, sum(_WORD.search(sentence) is not None for sentence in sentences(text))


# --- formulas, by the name that language.md gives -----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Ease:
    """How easy one passage is. `hardness`: for comparison with others by the same formula; `figure`: for people to
    read; `remedy`: empty if it is easy enough."""

    hardness: float
    figure: str
    remedy: str = ""


Terms = Iterable[str]
"""Medical words that the line explains."""


@dataclass(frozen=True, slots=True)
class Formula:
    """`load`: of a sentence by ear; None where the limits on syllables were not made for the language, so only those on
    words apply."""

    name: str
    measure: Callable[[str, Terms], Ease]
    load: Callable[[str], int] | None = None


def _flesch_kincaid(passage: str, explained: Terms) -> Ease:
    eased, raw = grade(passage, explained), grade(passage)
    remedy = ""
    if eased > GRADE:
        remedy = f"use shorter words and sentences: reading grade {eased:.1f}, {GRADE:.0f} at most"
    elif raw > RAW_GRADE:
        remedy = f"use fewer medical words: reading grade {raw:.1f} with them, {RAW_GRADE:.0f} at most"
    return Ease(eased, f"reading grade {eased:.1f}, {raw:.1f} with medical words", remedy)


def _inflesz(passage: str, _explained: Terms) -> Ease:
    """Explained medical words get no allowance."""
    found = inflesz(passage)
    hard = f"use shorter words and sentences: INFLESZ {found:.1f}, {INFLESZ:.0f} at least"
    return Ease(-found, f"INFLESZ {found:.0f}", hard if found < INFLESZ else "")


FORMULAS: Mapping[str, Formula] = {
    formula.name.lower(): formula
    for formula in (
        Formula("Flesch-Kincaid", _flesch_kincaid, listening_load),
        Formula("INFLESZ", _inflesz),
    )
}
"""For a language that names none of these, only words are counted."""


def formula_of(language: Language) -> Formula | None:
    return FORMULAS.get(language.reading.lower())
