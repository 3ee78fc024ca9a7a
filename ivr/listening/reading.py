"""A text prepared for the readings: spelling corrected, symbols found, patterns and guards matched."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from ivr.listening.meaning import Evidence, Meaning
from ivr.listening.normalise import SENTENCE_END, Text
from ivr.listening.patterns import Ground, Pattern, Span, Way, follow
from ivr.listening.rules import (
    ASK_FIRST,
    BUT_NOT,
    COURTESY,
    DANGER,
    GUARDS,
    PLAIN,
    POLITE,
    TEXTS,
    TOPICS,
    Listening,
    PatternRule,
)
from ivr.model import Goal


@dataclass(frozen=True, slots=True)
class Hit:
    rule: PatternRule
    span: Span


Found = tuple[Meaning, Sequence[Hit]]
"""What a reading makes of a text, and the matches that speak for it."""


@dataclass
class Reading:
    """A text as the readings see it."""

    listening: Listening
    written: str
    words: tuple[str, ...]
    ground: Ground
    pending: tuple[Goal, ...]
    hits: dict[str, list[Hit]] = field(default_factory=dict)
    guards: dict[tuple[str, str], list[tuple[Pattern, Way]]] = field(default_factory=dict)
    """The guards that may apply to this text."""
    dangers: list[Hit] = field(default_factory=list)
    """Signs of danger and despair, of all kinds, that no guard cancels."""
    besides: dict[Hit, Pattern] = field(default_factory=dict)
    """Matches that a guard cancels, with that guard."""
    doubts: dict[Hit, Pattern] = field(default_factory=dict)
    """Matches that are only asked about, with the guard that makes them doubtful."""

    def of(self, file: str, section: str | None = None) -> list[Hit]:
        if file not in self.hits:
            return []
        hits = [hit for hit in self.hits[file] if not hit.rule.is_clue]
        return [hit for hit in hits if section is None or hit.rule.section == section]


def with_spelling_mended(listening: Listening, text: Text) -> Text:
    """The text with its spelling corrected, run-together words separated and dictated punctuation removed."""
    words: list[str] = []
    at: list[int] = []
    for place, mended in zip(text.at, listening.spelling.mend(text.words), strict=True):
        for word in mended:
            words.append(word)
            at.append(max(place, at[-1] + 1) if at else place)
    for entry in listening.dictated:
        if entry[0] not in words:
            continue
        size = len(entry)
        for here in range(len(words) - size, -1, -1):
            if tuple(words[here : here + size]) == entry and len(words) > size:
                del words[here : here + size], at[here : here + size]
    return Text(tuple(words), tuple(at))


def hits_in(reading: Reading) -> dict[str, list[Hit]]:
    ground, found = reading.ground, dict[str, list[Hit]]()
    for rule, way in reading.listening.rules.possible(ground):
        for span in follow(way, ground):
            if _counts(reading, rule, span, way):
                found.setdefault(rule.file, []).append(Hit(rule, span))
    return found


def _counts(reading: Reading, rule: PatternRule, span: Span, way: Way) -> bool:
    if rule.of_sentence:
        return is_whole(reading, span, COURTESY, *way.symbols, within=_sentence(reading.ground.at, span))
    return not rule.whole or is_whole(reading, span, COURTESY if rule.file == TEXTS else POLITE, *way.symbols)


def _sentence(at: Sequence[int], span: Span) -> Span:
    """The span of the sentence or sentences that the given span is part of."""
    ends = [here for here in range(1, len(at)) if at[here] - at[here - 1] >= SENTENCE_END]
    start = max((here for here in ends if here <= span[0]), default=0)
    return start, min((here for here in ends if here > span[1]), default=len(at)) - 1


def is_whole(reading: Reading, span: Span, *symbols: str, within: Span | None = None) -> bool:
    """Whether everything outside the span, in the text or `within` a part of it, is words that stand for these
    symbols."""
    start, end = span
    first, last = within or (0, len(reading.words) - 1)
    if start == first and end == last:
        return True
    besides = covered(reading, *symbols)
    return all(start <= here <= end or here in besides for here in range(first, last + 1))


def covered(reading: Reading, *symbols: str) -> set[int]:
    """The indexes of all words that stand for these symbols."""
    spans = (span for symbol in symbols for span in reading.ground.places.get(symbol, ()))
    return {here for begin, last in spans for here in range(begin, last + 1)}


def guarded(reading: Reading, file: str, hits: Iterable[Hit]) -> tuple[list[Hit], list[Hit]]:
    """The matches that hold, and those that the line has to ask about."""
    sure, doubtful = [], []
    for hit in hits:
        general = ((GUARDS, BUT_NOT),) if file.startswith(DANGER) else ()
        guard = _guard(reading, (file, BUT_NOT), *general, hit=hit)
        if guard:
            reading.besides[hit] = guard
        elif hit.rule.weak:
            doubtful.append(hit)
        elif doubt := _guard(reading, (GUARDS, ASK_FIRST), hit=hit):
            reading.doubts[hit] = doubt
            doubtful.append(hit)
        else:
            sure.append(hit)
    return sure, doubtful


def _guard(reading: Reading, *guards: tuple[str, str], hit: Hit) -> Pattern | None:
    with_it = reading.ground.with_it(hit.span)
    for guard in guards:
        if guard not in reading.guards:
            reading.guards[guard] = _guards(reading, guard)
        for pattern, way in reading.guards[guard]:
            for start, end in follow(way, with_it):
                if start <= hit.span[1] and hit.span[0] <= end:
                    return pattern
    return None


def _guards(reading: Reading, key: tuple[str, str]) -> list[tuple[Pattern, Way]]:
    filed = reading.listening.guards.get(key)
    return filed.possible(reading.ground) if filed else []


def is_said_plainly(reading: Reading) -> bool:
    """Whether the whole text, but for polite words, is what guards.md lists as said plainly."""
    ways = _guards(reading, (GUARDS, PLAIN))
    spans = [span for _, way in ways for span in follow(way, reading.ground)]
    plain = {here for start, end in spans for here in range(start, end + 1)}
    return bool(plain) and len(plain | covered(reading, POLITE)) == len(reading.words)


def unguarded(reading: Reading, file: str, section: str | None = None) -> list[Hit]:
    return _unguarded(reading, file, reading.of(file, section))


def unguarded_clues(reading: Reading, file: str) -> list[Hit]:
    return _unguarded(reading, file, [hit for hit in reading.hits.get(file, ()) if hit.rule.is_clue])


def _unguarded(reading: Reading, file: str, hits: Iterable[Hit]) -> list[Hit]:
    held = []
    for hit in hits:
        guard = _guard(reading, (file, BUT_NOT), hit=hit)
        if guard:
            reading.besides[hit] = guard
        else:
            held.append(hit)
    return held


def clues_of(reading: Reading, file: str) -> list[Hit]:
    sure, doubtful = guarded(reading, file, reading.hits.get(file, ()))
    return sure + doubtful


def hints_at(reading: Reading, topic: str) -> list[Hit]:
    goals = reading.listening.goals
    return [
        hit
        for hit in reading.hits.get(TOPICS, ())
        if hit.rule.section in goals and goals[hit.rule.section].name == topic
    ]


def besides(reading: Reading) -> tuple[Evidence, ...]:
    return tuple(evidence(reading, hit, guard) for hit, guard in reading.besides.items())


def evidence(reading: Reading, hit: Hit, guard: Pattern | None = None) -> Evidence:
    words = " ".join(reading.words[hit.span[0] : hit.span[1] + 1])
    return Evidence(words, hit.rule.pattern, guard)
