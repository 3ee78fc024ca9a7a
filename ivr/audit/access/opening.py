"""A: the first seconds of a call."""

from __future__ import annotations

from ivr.audit.access.ear import Span, find
from ivr.audit.access.measurement import Measurement, Rule, in_seconds
from ivr.audit.access.survey import Survey
from ivr.audit.access.turns import ObservedTurn
from ivr.library.limits import (
    CONTENT_BY,
    EMERGENCY_BY,
    EMERGENCY_WORDS,
    LINE_NAMED_BY,
    OPTION_BY,
    OVERVIEW_BY,
    SIGNS_BY,
    WORDS_BEFORE_OPTION,
)
from ivr.model import Position

A1 = Rule("A1", "The emergency line comes first, short", f"<= {EMERGENCY_BY:g} s, <= {EMERGENCY_WORDS} words")
A2 = Rule("A2", "A usable choice almost at once; keys live from second 0", f"first option <= {OPTION_BY:g} s")
A3 = Rule(
    "A3",
    "Content is near, even for someone who presses nothing",
    f"1 key, <= {CONTENT_BY:g} s; main points <= {OVERVIEW_BY:g} s, warning signs <= {SIGNS_BY:g} s",
)
A4 = Rule("A4", "No padding", f"named <= {LINE_NAMED_BY:g} s; <= {WORDS_BEFORE_OPTION} words before an option")


def emergency_first(survey: Survey) -> Measurement:
    """The words up to the end of the sentence with the emergency number; only the service's name may come before it."""
    number = " ".join(survey.library.names.get("emergency", ""))
    ends = [_sentence_with(turn, number) for turn in survey.walk.arrivals]
    found = [end for end in ends if end is not None]
    if len(found) < len(ends) or not ends:
        return A1.measured("no emergency number in a greeting", False)
    latest, words, place = (max(values) for values in zip(*found, strict=True))
    holds = latest <= EMERGENCY_BY and words <= EMERGENCY_WORDS and place <= 2
    return A1.measured(f"{in_seconds(latest)}, {words} words, sentence {place}", holds)


def _sentence_with(turn: ObservedTurn, number: str) -> tuple[float, int, int] | None:
    words = 0
    for place, sentence in enumerate(turn.sentences, start=1):
        words += len(sentence.words)
        if number and find(sentence.words, number):
            return sentence.end, words, place
    return None


def usable_choice(survey: Survey) -> Measurement:
    """A key pressed at second 0 has to work, too."""
    firsts = [options[0].sentence.begin for turn in survey.walk.arrivals if (options := survey.options(turn))]
    deaf = sum(m.end - m.begin for turn in survey.walk.arrivals for m in turn.moments if _deaf(m.item))
    hasty = survey.journeys.hasty.turns
    works = len(hasty) > 1 and hasty[1].position not in (None, survey.home) and not hasty[-1].warnings
    if len(firsts) < len(survey.walk.arrivals) or not firsts:
        return A2.measured("a greeting without an option", False)
    figure = (
        f"first option at {in_seconds(max(firsts))}; deaf for {in_seconds(deaf)}; a key at second 0 {_works(works)}"
    )
    return A2.measured(figure, max(firsts) <= OPTION_BY and deaf == 0 and works)


def _deaf(item: object) -> bool:
    return not getattr(item, "interruptible", True)


def _works(works: bool) -> str:
    return "works" if works else "is lost"


def content_near(survey: Survey) -> Measurement:
    """Every key that leads from the greeting directly to a segment; and the first words of the main points."""
    waits = [span.begin for turn in _one_key(survey) if (span := _first_words(survey, turn))]
    overview = _overview(survey)
    signs = _signs(survey)
    told = f"main points from {in_seconds(overview[0])}" if overview else "no main points"
    signs_told = "no warning signs" if signs is None else f"warning signs from {in_seconds(signs)}"
    figure = f"{_near(waits)}; {told}, {signs_told}"
    near = bool(waits) and max(waits) <= CONTENT_BY
    holds = near and overview is not None and overview[0] <= OVERVIEW_BY and (signs is None or signs <= SIGNS_BY)
    note = f"The overview has been heard after {in_seconds(overview[1])}." if overview else ""
    return A3.measured(figure, holds, note)


def _near(waits: list[float]) -> str:
    return f"1 key, then {in_seconds(min(waits), max(waits))}" if waits else "no content one key away"


def _one_key(survey: Survey) -> list[ObservedTurn]:
    start = survey.walk.at(survey.walk.arrivals[0].there)
    return [turn for act, turn in start.items() if act in "12345" and turn.position in survey.segments]


def _first_words(survey: Survey, turn: ObservedTurn) -> Span | None:
    return survey.span(turn, turn.position or Position(""))


def _overview(survey: Survey) -> tuple[float, float] | None:
    """When a silent caller hears the first and the last word of the main points; None if never."""
    heard = survey.journeys.silent.words
    spans = [find(heard, survey.said_by(position)) for position in survey.main_points]
    found = [span for span in spans if span is not None]
    if not found or len(found) < len(spans):
        return None
    return min(span.begin for span in found), max(span.end for span in found)


def _signs(survey: Survey) -> float | None:
    """When a silent caller hears the first of the warning signs; None if the line has none."""
    if not survey.signs:
        return None
    span = find(survey.journeys.silent.words, survey.said_by(survey.signs[0]))
    return span.begin if span else 999.0


def no_padding(survey: Survey) -> Measurement:
    names = [find(turn.words, survey.library.line_name) for turn in survey.walk.arrivals]
    ends = [span.end for span in names if span is not None]
    before = [_words_before_option(survey, turn) for turn in survey.walk.arrivals]
    if len(ends) < len(names) or not ends:
        return A4.measured("a greeting does not name the service", False)
    figure = f"named by {in_seconds(max(ends))}; {max(before)} words before an option"
    return A4.measured(figure, max(ends) <= LINE_NAMED_BY and max(before) <= WORDS_BEFORE_OPTION)


def _words_before_option(survey: Survey, turn: ObservedTurn) -> int:
    options = survey.options(turn)
    first = options[0].sentence.begin if options else float("inf")
    return sum(word.begin < first for word in turn.words)


RULES = (emergency_first, usable_choice, content_near, no_padding)
