"""E: words, as they are heard and read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise
from statistics import mean

from ivr.audit.access.ear import Span, Word
from ivr.audit.access.measurement import Measurement, Rule, in_seconds, of
from ivr.audit.access.survey import Survey
from ivr.library.limits import (
    LONGEST_EXPLANATION,
    LONGEST_SEGMENT,
    LONGEST_SENTENCE,
    LONGEST_WARNING,
    MEAN_SENTENCE,
    MOST_FACTS,
    MOST_TERMS,
    MOST_WORDS,
    MOST_WORDS_OF_WARNING,
)
from ivr.library.lint.spoken import LONG_NUMBER, SIGN, abbreviation_in
from ivr.library.measures import uses, words
from ivr.library.reading import HEAVIEST_LOAD, MEAN_LOAD, formula_of
from ivr.model import Position

E1 = Rule(
    "E1",
    "Short segments with a natural stop",
    f"<= {MOST_WORDS} words, <= {LONGEST_SEGMENT:.0f} s "
    f"(what may take longer <= {MOST_WORDS_OF_WARNING} words, <= {LONGEST_WARNING:.0f} s)",
)
E2 = Rule("E2", "Main message first, few facts", f"<= {MOST_FACTS} facts a segment")
E3 = Rule("E3", "Patient reading level", "English: grade <= 6, raw <= 8; Spanish: INFLESZ >= 65")
E4 = Rule(
    "E4",
    "Built for the ear",
    f"mean <= {MEAN_SENTENCE} words, none > {LONGEST_SENTENCE}; English: ELF mean <= 6, none > 12",
)
E5 = Rule(
    "E5",
    "Every medical word is explained where it is first used",
    f"gloss <= {LONGEST_EXPLANATION} words; <= {MOST_TERMS} terms",
)
E6 = Rule("E6", "Spoken as people say it", "no symbols; phone numbers in groups, slowly, twice")

SLOWLY = 0.8
LONGEST_GROUP, SHORTEST_NUMBER = 4, 7
TWICE = 2
REST = 0.1
"""Seconds of quiet that separate two groups of a number, if no comma does."""


def short_segments(survey: Survey) -> Measurement:
    """A segment's own words, from the first to the last, including the pauses between them."""
    measured = [
        (position, span.last - span.first + 1, span.end - span.begin) for position, _, span in survey.segment_turns
    ]
    warning = [one for one in measured if not survey.longer.isdisjoint(survey.segments[one[0]].facts)]
    usual = [one for one in measured if one not in warning]
    astray = {
        *_too_long(usual, MOST_WORDS, LONGEST_SEGMENT),
        *_too_long(warning, MOST_WORDS_OF_WARNING, LONGEST_WARNING),
    }
    missing = survey.segments.keys() - {position for position, _, _ in measured}
    longer = f"longer ones {_most(warning)}; " if survey.longer else ""
    figure = f"{_most(usual)}; {longer}{len(missing)} segments not heard"
    return E1.measured(figure, bool(measured) and not astray and not missing, _not_so(astray))


Length = tuple[Position, int, float]
"""A segment, its words, its seconds."""


def _too_long(measured: Iterable[Length], most: int, longest: float) -> Iterator[str]:
    return (
        f"{position.name} {position.part}" for position, count, length in measured if count > most or length > longest
    )


def _most(measured: Sequence[Length]) -> str:
    count = max((count for _, count, _ in measured), default=0)
    return f"{count} words, {in_seconds(max((length for _, _, length in measured), default=0))}"


def _not_so(names: Iterable[str]) -> str:
    shown = sorted(names)[:3]
    return f"Not so: {' | '.join(shown)}" if shown else ""


def few_facts(survey: Survey) -> Measurement:
    counts = [len(survey.facts_at(survey.heard(turn))) for _, turn, _ in survey.segment_turns]
    note = "Whether the main one comes first: read each segment."
    return E2.measured(f"{max(counts, default=0)} facts at most", 0 < max(counts, default=0) <= MOST_FACTS, note)


def reading_level(survey: Survey) -> Measurement:
    """Each segment as heard and as texted, by the formula of its language; other languages are judged by people."""
    passages = [_said(turn.words, span) for _, turn, span in survey.segment_turns]
    passages += [segment.texted for segment in survey.segments.values()]
    formula = formula_of(survey.library.language)
    if formula is None:
        return E3.measured("no formula for this language", None, "Ask three patients to tell each segment again.")
    if not passages:
        return E3.measured("no segment heard", False)
    measured = [formula.measure(passage, survey.glossary) for passage in passages]
    hardest = max(measured, key=lambda ease: ease.hardness)
    return E3.measured(f"{hardest.figure} in the hardest", not any(ease.remedy for ease in measured))


def _said(heard: Sequence[Word], span: Span) -> str:
    return " ".join(word.text for word in heard[span.first : span.last + 1])


def built_for_the_ear(survey: Survey) -> Measurement:
    """Averages by segment; the longest and the hardest of all sentences that were heard, prompts and menus included."""
    segments = {_said(turn.words, span) for _, turn, span in survey.segment_turns}
    parted = [_sentences(passage) for passage in segments]
    every = {sentence.text for turn in survey.walk.different for sentence in turn.sentences}
    if not parted:
        return E4.measured("no segment heard", False)
    average = max(mean(len(words(sentence)) for sentence in passage) for passage in parted)
    longest = max(len(words(text)) for text in every)
    astray = [text for text in every if len(words(text)) > LONGEST_SENTENCE]
    figure, holds = f"mean {average:.1f}, longest {longest} words", average <= MEAN_SENTENCE
    formula = formula_of(survey.library.language)
    if formula and formula.load:
        load = max(mean(map(formula.load, passage)) for passage in parted)
        heavy = [text for text in every if formula.load(text) > HEAVIEST_LOAD]
        figure += f"; ELF mean {load:.1f}, heaviest {max(map(formula.load, every))}"
        holds, astray = holds and load <= MEAN_LOAD, [*astray, *heavy]
    return E4.measured(figure, holds and not astray, _not_so(astray))


def _sentences(passage: str) -> list[str]:
    return [part for part in re.split(r"(?<=[.!?])\s+", passage) if part]


def explained(survey: Survey) -> Measurement:
    """Topic by topic, in order: first as heard, then as texted."""
    heard = {position: _said(turn.words, span) for position, turn, span in survey.segment_turns}
    written = {position: segment.texted for position, segment in survey.segments.items()}
    found = [row for passages in (heard, written) for row in _terms(survey, passages)]
    bare = {f"{term} at {position.name} {position.part}" for position, new, bare in found for term in bare}
    most = max((len(new) for _, new, _ in found), default=0)
    longest = max((len(words(gloss)) for glosses in survey.glossary.values() for gloss in glosses), default=0)
    uses = sum(len(new) for _, new, _ in found)
    figure = f"{of(uses - len(bare), uses, 'first uses')}; gloss {longest} words, {most} terms at most"
    holds = uses > 0 and not bare and longest <= LONGEST_EXPLANATION and most <= MOST_TERMS
    note = _not_so(bare) or "Medical words that glossary.md does not know: have a lay reader mark every hard word."
    return E5.measured(figure, holds, note)


def _terms(survey: Survey, passages: dict[Position, str]) -> Iterator[tuple[Position, list[str], list[str]]]:
    """For each segment: the medical words that are new in its topic, and those of them left unexplained."""
    for _, positions in groupby(
        sorted(passages, key=lambda position: (position.name, position.part)), key=lambda position: position.name
    ):
        known: set[str] = set()
        for position in positions:
            new = [term for term in survey.glossary if term not in known and uses(passages[position], term)]
            known |= set(new)
            yield position, new, [term for term in new if not _is_explained(survey, passages[position], term)]


def _is_explained(survey: Survey, passage: str, term: str) -> bool:
    return any(uses(passage, gloss) for gloss in survey.glossary[term])


def as_people_say(survey: Survey) -> Measurement:
    spoken = {speech.text for turn in survey.walk.different for speech in turn.speech}
    short = abbreviation_in(survey.library.language)
    signs = [text for text in spoken if SIGN.search(text) or short.search(text) or LONG_NUMBER.search(text)]
    turns = [(turn, numbers) for turn in survey.walk.normal if (numbers := phone_numbers(turn.words))]
    said = [number for _, numbers in turns for number in numbers]
    once = {str(turn.there) for turn, numbers in turns if len(numbers) < TWICE}
    fast = max((word.rate for number in said for word in number), default=1.0)
    rough = sum(not _in_groups(number) for number in said)
    twice = of(len(turns) - len(once), len(turns), "twice")
    figure = f"{len(signs)} symbols; numbers at {fast:.0%} of the voice's pace, {twice}, {rough} not in groups"
    holds = bool(spoken) and not signs and bool(said) and fast <= SLOWLY and not once and not rough
    return E6.measured(figure, holds, _not_so([*signs, *once]))


def phone_numbers(heard: Sequence[Word]) -> list[tuple[Word, ...]]:
    """Runs of single digits longer than an emergency number. The end of a sentence ends a run."""
    found: list[list[Word]] = [[]]
    for word in heard:
        if word.bare.isdecimal() and len(word.bare) == 1:
            found[-1].append(word)
        if not word.bare.isdecimal() or word.text.endswith("."):
            found.append([])
    return [tuple(number) for number in found if len(number) >= SHORTEST_NUMBER]


def _in_groups(number: tuple[Word, ...]) -> bool:
    sizes = [1]
    for one, other in pairwise(number):
        if one.text.endswith(",") or other.begin - one.end >= REST:
            sizes.append(0)
        sizes[-1] += 1
    return max(sizes) <= LONGEST_GROUP


RULES = (short_segments, few_facts, reading_level, built_for_the_ear, explained, as_people_say)
