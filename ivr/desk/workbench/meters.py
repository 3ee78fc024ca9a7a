"""How a passage compares with the limits: the meters that move while an author types."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from statistics import mean

from ivr.desk.workbench.choices import label_of
from ivr.dialogue.utterances import PEN
from ivr.library.library import SLOT, Library
from ivr.library.limits import (
    LONGEST_LABEL,
    LONGEST_SENTENCE,
    MEAN_SENTENCE,
    MOST_FRAGMENTS,
    MOST_TOPICS,
    MOST_UNITS,
)
from ivr.library.lint.menus import menu_seconds, most_seconds, named_by, named_seconds
from ivr.library.lint.segments import longest, most_words, spoken_seconds
from ivr.library.measures import RATES, fragments, gsm_units, sentences, uses, words
from ivr.library.naming import named_texts
from ivr.library.reading import formula_of
from ivr.library.rules.shelf import Shelf
from ivr.library.sent_text import as_sent
from ivr.model import Menu, Pace, Position, Segment

PACES = {Pace.SLOWER: "slowest", Pace.SLOW: "slow", Pace.NORMAL: "normal", Pace.FAST: "fast"}


@dataclass(frozen=True, slots=True)
class Meter:
    """`figure`: in words, with its limit. `value` out of `most`: for a bar; `most` 0: no bar. `rule`: the rule that
    sets the limit."""

    label: str
    figure: str
    value: float = 0
    most: float = 0
    rule: str = ""

    @property
    def is_over(self) -> bool:
        return self.most > 0 and self.value > self.most


@dataclass(frozen=True, slots=True)
class Term:
    """A medical word that the glossary explains, and whether the passage explains it."""

    word: str
    explanations: tuple[str, ...]
    is_explained: bool


def voice_meters(shelf: Shelf, segment: Segment) -> Iterator[Meter]:
    said = SLOT.sub("", PEN.sub("", segment.voice))
    spoken = sentences(said)
    if not spoken:
        return
    length, most = spoken_seconds(said), longest(shelf, segment)
    yield Meter("Seconds", f"{length:.0f} of {most:.0f}", length, most, "E1")
    paces = (f"{PACES[pace]} {spoken_seconds(said, rate):.0f} s" for pace, rate in RATES.items())
    yield Meter("At each pace", ", ".join(paces))
    number, limit = len(words(said)), most_words(shelf, segment)
    yield Meter("Words", f"{number} of {limit}", number, limit, "E1")
    lengths = [len(words(sentence)) for sentence in spoken]
    yield Meter("Longest sentence", f"{max(lengths)} words of {LONGEST_SENTENCE}", max(lengths), LONGEST_SENTENCE, "E4")
    yield Meter(
        "Sentences on average", f"{mean(lengths):.1f} words of {MEAN_SENTENCE}", mean(lengths), MEAN_SENTENCE, "E4"
    )
    yield from _ease(shelf, segment.voice)


def text_meters(shelf: Shelf, position: Position, segment: Segment) -> Iterator[Meter]:
    """Measures the text as it is sent, including its first line."""
    for whole in named_texts(shelf.library, position, segment):
        yield from _size(as_sent(shelf.library.language, whole))
    yield from _ease(shelf, segment.texted)


def _size(sent: str) -> Iterator[Meter]:
    units, number = gsm_units(sent), fragments(sent)
    yield Meter("Fragments", f"{number} of {MOST_FRAGMENTS}", number, MOST_FRAGMENTS, "G1")
    if units is None:
        yield Meter("Characters", "one of them makes every text cost more than twice as much", rule="G2")
    else:
        left = MOST_UNITS - units
        yield Meter("Characters left", f"{left} of {MOST_UNITS}", units, MOST_UNITS, "G1")


def _ease(shelf: Shelf, passage: str) -> Iterator[Meter]:
    formula = formula_of(shelf.library.language)
    if formula and passage:
        yield Meter("How hard to read", formula.measure(passage, shelf.explanations()).figure, rule="E3")


def terms(shelf: Shelf, passage: str) -> Iterator[Term]:
    for word, explanations in shelf.explanations().items():
        if uses(passage, word):
            given = tuple(explanation.text for explanation in explanations)
            yield Term(word, given, any(uses(passage, explanation) for explanation in given))


def label_meters(sentence: str) -> Iterator[Meter]:
    number = len(words(label_of(sentence)))
    yield Meter("Words before the key", f"{number} of {LONGEST_LABEL}", number, LONGEST_LABEL, "B6")


def menu_meters(library: Library, menu: Menu) -> Iterator[Meter]:
    """The whole menu, and when its last choice is named."""
    length, most = menu_seconds(library, menu), most_seconds(library)
    yield Meter("The whole menu", f"{length:.1f} of {most:.0f} seconds", length, most, "B5")
    named, by = named_seconds(menu.title, menu.choices[:-1]), named_by(library)
    yield Meter("Until its last choice is named", f"{named:.1f} of {by:.0f} seconds", named, by, "B5")
    left = f"{len(menu.choices)} of {MOST_TOPICS}"
    yield Meter("Choices", left, len(menu.choices), MOST_TOPICS, "B1")
