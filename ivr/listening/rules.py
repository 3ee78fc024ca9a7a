"""What one language knows of what people mean: its rules, and the names of the files and sections that hold them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ivr.library.likeness import Likeness
from ivr.listening.classes import Classes, Symbols
from ivr.listening.filing import Filing
from ivr.listening.patterns import Pattern, pickled
from ivr.listening.spelling import Spelling
from ivr.model import Position, Problem

CLASSES, GUARDS, DESPAIR, TEXTS, ANSWERS, MOVES = "classes", "guards", "despair", "texts", "answers", "moves"
TOPICS, LACKS, AUTOMATIC = "topics", "lacks", "automatic"
NAMED = "texts named"
"""Section of texts.md: texts, or the sending of them, are named and nothing else is said of them."""
SPOKEN = "spoken"
DANGER = "danger-"
PATTERNS, ASK_FIRST, BUT_NOT, CLUES = "patterns", "ask first", "but not", "clues"
EXAMPLES, OTHER_EXAMPLES = "examples", "other examples"
PLAIN = "said plainly"
"""Section of guards.md: what needs no comparison with other texts where it is all that is said."""
NO_PATTERNS = frozenset({EXAMPLES, OTHER_EXAMPLES, BUT_NOT})
PERHAPS, ANYWHERE, WHOLE, SENTENCE, OF_CLUES = ", perhaps", ", anywhere", ", alone", ", a sentence", ", clues"
SUFFIXES = (PERHAPS, ANYWHERE, WHOLE, SENTENCE, OF_CLUES)
"""Suffixes of a heading that decide how the patterns under it count."""
OFFERS, PERSON_ONLY, CALL_NOW = "offers:", "person only", "care team now"
DICTATED, GRAMMAR, SOUNDS, BORROWED = "dictated", "grammar", "sounds", "borrowed"
POLITE, COURTESY = "[polite]", "[courtesy]"
"""Words that may accompany what must otherwise be the whole text: POLITE beside a number or a move, COURTESY beside a
wish about texts."""


def bare(heading: str) -> str:
    """The heading without its suffix."""
    return next((heading.removesuffix(suffix) for suffix in SUFFIXES if heading.endswith(suffix)), heading)


@dataclass(frozen=True, slots=True)
class PatternRule:
    """A pattern, and what it speaks for. `file` and `section`: where it stands in content/<language>/listening/.
    `weak`: it may only make the line ask, not answer. `whole`: it counts only if nothing but polite words is said
    besides; `of_sentence`: the same within its sentence. `is_clue`: it counts only if the whole text resembles others
    of its kind."""

    pattern: Pattern
    file: str
    section: str
    weak: bool = False
    whole: bool = False
    is_clue: bool = False
    of_sentence: bool = False
    __reduce__ = pickled


@dataclass(frozen=True, slots=True)
class Subject:
    """Something that the line lacks, and the nearest thing to offer instead, if any. `is_urgent`: the care team has to
    hear of it now."""

    name: str
    offer: Position | None
    person_only: bool
    is_urgent: bool = False


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Listening:
    """`guards`: by the file whose matches they cancel or put in doubt, and by section. `dangers`: the position for each
    kind of danger, the most urgent first; `kinds`: the same with despair. `goals`: the segments and menus of topics.md
    by section. `sound_alikes`: words that only sound like a number, such as `for`. `codes`: the positions by their
    keys; `code_of`: the reverse. `has_model`: whether the language has a model of words; without one, the line asks
    about clues. `grammar`: the small words that sentences of this language are built with."""

    symbols: Symbols
    spelling: Spelling
    rules: Filing[PatternRule]
    guards: Mapping[tuple[str, str], Filing[Pattern]]
    dangers: Mapping[str, Position]
    despair: Position | None
    kinds: Mapping[str, Position]
    goals: Mapping[str, Position]
    subjects: Mapping[str, Subject]
    numbers: Mapping[str, str]
    sound_alikes: frozenset[str]
    codes: Mapping[str, Position]
    code_of: Mapping[Position, str]
    person: Position | None
    urgent: Position | None
    dictated: tuple[tuple[str, ...], ...]
    likeness: Likeness
    has_model: bool = True
    classes: Classes = field(default_factory=dict)
    problems: tuple[Problem, ...] = field(default=())
    grammar: frozenset[str] = frozenset()

    def knows(self, word: str) -> bool:
        """Whether any pattern, class or keyword contains the word."""
        return self.symbols.knows(word) or word in self.spelling.vocabulary
