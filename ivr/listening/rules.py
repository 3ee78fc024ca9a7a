"""What one language knows of what people mean: its rules, and the names of the files and sections that hold them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ivr.library.likeness import Likeness
from ivr.listening.classes import Classes, Symbols
from ivr.listening.patterns import Pattern, Way
from ivr.listening.spelling import Spelling
from ivr.model import Position, Problem

CLASSES, GUARDS, DESPAIR, TEXTS, ANSWERS, MOVES = "classes", "guards", "despair", "texts", "answers", "moves"
TOPICS, LACKS, AUTOMATIC = "topics", "lacks", "automatic"
SPOKEN = "spoken"
DANGER = "danger-"
PATTERNS, ASK_FIRST, BUT_NOT, CLUES = "patterns", "ask first", "but not", "clues"
EXAMPLES, OTHER_EXAMPLES = "examples", "other examples"
NO_PATTERNS = frozenset({EXAMPLES, OTHER_EXAMPLES, BUT_NOT})
PERHAPS, ANYWHERE, WHOLE, SENTENCE, OF_CLUES = ", perhaps", ", anywhere", ", alone", ", a sentence", ", clues"
SUFFIXES = (PERHAPS, ANYWHERE, WHOLE, SENTENCE, OF_CLUES)
"""What a heading may end in: how the patterns under it count."""
OFFERS, PERSON_ONLY, CALL_NOW = "offers:", "person only", "care team now"
DICTATED, GRAMMAR, SOUNDS, BORROWED = "dictated", "grammar", "sounds", "borrowed"
POLITE, COURTESY = "[polite]", "[courtesy]"
"""Words beside which a whole text is still the whole text: a number or a move, and a wish about texts."""


def bare(heading: str) -> str:
    """A heading without what says how its patterns count."""
    return next((heading.removesuffix(suffix) for suffix in SUFFIXES if heading.endswith(suffix)), heading)


@dataclass(frozen=True, slots=True)
class PatternRule:
    """A pattern, and what it speaks for. `file` and `section`: where in content/<language>/listening/. `weak`: it may
    make the line ask, not answer. `whole`: it counts only where nothing else is said but polite words;
    `of_sentence`: the same of its sentence. `is_clue`: it counts only where the whole text is like others of its
    kind."""

    pattern: Pattern
    file: str
    section: str
    weak: bool = False
    whole: bool = False
    is_clue: bool = False
    of_sentence: bool = False


@dataclass(frozen=True, slots=True)
class Subject:
    """Something that the line lacks: what it offers instead, if anything is near. `is_urgent`: it is for the care team,
    now."""

    name: str
    offer: Position | None
    person_only: bool
    is_urgent: bool = False


Guards = Mapping[str, tuple[tuple[Pattern, Way], ...]]
"""Filed like rules."""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Listening:
    """`rules` are filed under one symbol that each needs, so that a text looks at few of them. `guards`: by the file
    whose findings they cancel or doubt, and by section. `dangers`: what each kind of danger brings, the most urgent
    first; `kinds`: these and despair. `goals`: the segments and menus of topics.md by section. `sound_alikes`: of the
    words for numbers, those behind the first of each, such as `for`. `codes`: keys to places, `code_of` the reverse.
    `has_model`: whether the language has a model of words; without one, clues are asked about. `grammar`: small words
    that its sentences are built of."""

    symbols: Symbols
    spelling: Spelling
    rules: Mapping[str, tuple[tuple[PatternRule, Way], ...]]
    guards: Mapping[tuple[str, str], Guards]
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
        """Whether any pattern, class or keyword holds it."""
        return self.symbols.knows(word) or word in self.spelling.vocabulary
