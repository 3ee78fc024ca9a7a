"""F: the voice."""

from __future__ import annotations

from ivr.audit.access.measurement import Measurement, Rule, in_seconds
from ivr.audit.access.survey import Survey
from ivr.audit.access.turns import ObservedTurn
from ivr.library.limits import SECONDS_A_SENTENCE, WORDS_A_MINUTE
from ivr.phone.handset import Sound

F1 = Rule("F1", "Moderate pace, adjustable both ways, remembered", "about 150; >= 3 paces, <= 120 to >= 180")
F2 = Rule("F2", "Clean sound: no music, pauses", ">= 0.3 s after sentences, >= 0.7 s between facts", must=False)

DEFAULT, SLOW, FAST = (140, 160), 120, 180
PACES = 3
AFTER_SENTENCE, BETWEEN_FACTS = 0.3, 0.7
CLOSE = 1e-6


def pace(survey: Survey) -> Measurement:
    """Key 7 in the middle of a segment, once through all paces; once more, and then in the next call."""
    turns = [turn for turn in survey.journeys.paced.turns if turn.words]
    pressed = [turn for turn in turns if turn.act == "7"]
    paces = [_usual(turn) for turn in pressed]
    again = all(_same_segment(survey, turn, turns[-len(pressed) - 1]) for turn in pressed)
    next_call = _usual(survey.journeys.paced_next.turns[0])
    default = _usual(turns[0]) if turns else 0.0
    varied = len(set(paces)) >= PACES and min(paces) <= SLOW and max(paces) >= FAST
    kept = bool(paces) and next_call == paces[-1] != default
    figure = f"{default:.0f} words a minute; {_listed(set(paces))}; {'kept' if kept else 'lost'} for the next call"
    holds = DEFAULT[0] <= default <= DEFAULT[1] and varied and again and kept
    note = "Audio: play a call to somebody, clock a minute, and count the words."
    return F1.measured(figure if again else f"{figure}; the segment does not start again", holds, note)


def _usual(turn: ObservedTurn) -> float:
    """The pace of most words: phone numbers are spoken at their own."""
    rates = [word.rate for word in turn.words]
    return WORDS_A_MINUTE * max(set(rates), key=rates.count) if rates else 0.0


def _same_segment(survey: Survey, turn: ObservedTurn, first: ObservedTurn) -> bool:
    return turn.position == first.position and turn.position in survey.heard(turn)


def _listed(paces: set[float]) -> str:
    return ", ".join(f"{pace:.0f}" for pace in sorted(paces)) or "one pace"


def clean_sound(survey: Survey) -> Measurement:
    """Between two sentences of one Say there is the voice's own pause, which the rules estimate at 0.35 s. Pauses
    inside a recording are not measured, so somebody has to listen to each recording."""
    recordings = {m.item.url for turn in survey.walk.different for m in turn.moments if isinstance(m.item, Sound)}
    after = [
        s.pause + SECONDS_A_SENTENCE for turn in survey.walk.different for s in turn.sentences if s.pause is not None
    ]
    between = [
        pause
        for _, turn, span in survey.segment_turns
        if not any(isinstance(m.item, Sound) and span.begin <= m.begin < span.end for m in turn.moments)
        for pause in _pauses(turn, span.begin, span.end)
    ]
    least, apart = in_seconds(min(after, default=0)), in_seconds(min(between, default=0))
    figure = f"{least} after sentences; {apart} between facts; {len(recordings)} recordings"
    long_enough = min(after, default=0) >= AFTER_SENTENCE - CLOSE and min(between, default=0) >= BETWEEN_FACTS - CLOSE
    note = "Audio: listen to each recording for music and noise." if recordings else ""
    return F2.measured(figure, None if long_enough and recordings else long_enough, note)


def _pauses(turn: ObservedTurn, begin: float, end: float) -> list[float]:
    inside = [sentence for sentence in turn.sentences if begin <= sentence.begin and sentence.end < end - CLOSE]
    return [sentence.pause for sentence in inside if sentence.pause is not None]


RULES = (pace, clean_sound)
