"""K: speech, on a line that listens to words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import wraps

from ivr.audit.access.measurement import NOT_TURNED_ON, Measurement, Rule, of
from ivr.audit.access.spoken_walk import Comparison, SpokenWalk
from ivr.audit.access.survey import Survey
from ivr.audit.access.time import is_dropped
from ivr.audit.access.turns import ObservedTurn
from ivr.library.library import Library
from ivr.library.measures import sentences
from ivr.library.phrases import CallPhrase
from ivr.model import Prompt

K0 = Rule("K0", "Said once: a computer listens, keys do without, nothing is kept", "once")
K1 = Rule("K1", "All that a key does can be said", "100 %")
K2 = Rule("K2", "Noise and guesses are silence; words cut nothing off", "0 wrong moves")
K3 = Rule("K3", "What is nearly understood is asked; danger is answered at once", "100 %")


def _only_if_on(rule: Rule, measure: Callable[[Library, SpokenWalk], Measurement]) -> Callable[[Survey], Measurement]:
    @wraps(measure)
    def measurement(survey: Survey) -> Measurement:
        spoken = survey.spoken
        return (
            rule.measured(NOT_TURNED_ON, None, "SPEECH is off") if spoken is None else measure(survey.library, spoken)
        )

    return measurement


def said_once(library: Library, spoken: SpokenWalk) -> Measurement:
    words = sentences(" ".join(library.call[CallPhrase.SPEECH]))
    at_arrival = min(spoken.arrival.said.count(one) for one in words)
    others = sum(words[0] in turn.said for turn in spoken.turns if turn.there != spoken.arrival.there)
    return K0.measured(f"{at_arrival} at the arrival, {others} elsewhere", at_arrival == 1 and not others)


def keys_can_be_said(_library: Library, spoken: SpokenWalk) -> Measurement:
    return _alike(K1, spoken.commands, "words do what the key does")


def noise_is_silence(_library: Library, spoken: SpokenWalk) -> Measurement:
    cut = sum(turn.listening is not None and turn.listening.speech_cuts for turn in spoken.turns)
    measurement = _alike(K2, spoken.noise, "are silence")
    return replace(
        measurement, figure=f"{measurement.figure}; {cut} turns that words cut off", holds=measurement.holds and not cut
    )


def nearly_is_asked(_library: Library, spoken: SpokenWalk) -> Measurement:
    astray = [turn for position, turn in spoken.dangers if turn.position != position]
    measurement = _alike(K3, spoken.nearly, "questions take yes as they take 1")
    danger = of(len(spoken.dangers) - len(astray), len(spoken.dangers), "signs of danger at once")
    ends = sum(map(is_dropped, spoken.unanswered))
    ended = of(ends, len(spoken.unanswered), "questions end after three silences")
    repeated = sum(map(_ends_with_a_person, spoken.silent_signs))
    signs = of(repeated, len(spoken.silent_signs), "signs repeated by silence, then a person")
    unasked = f"; not asked: {', '.join(spoken.unasked)}" if spoken.unasked else ""
    counted = 0 < ends == len(spoken.unanswered) and 0 < repeated == len(spoken.silent_signs)
    holds = bool(measurement.holds and spoken.dangers and not astray and not spoken.unasked and counted)
    return replace(measurement, figure=f"{measurement.figure}; {danger}; {ended}; {signs}{unasked}", holds=holds)


def _ends_with_a_person(turns: Sequence[ObservedTurn]) -> bool:
    signs, again, last = turns
    repeats = again.prompt is Prompt.SILENT and again.position == signs.position
    return repeats and last.prompt is Prompt.CONNECTING


def _alike(rule: Rule, said: Iterable[Comparison], things: str) -> Measurement:
    every = tuple(said)
    astray = list(dict.fromkeys(one.words for one in every if not one.is_same))
    count = sum(one.is_same for one in every)
    return rule.measured(of(count, len(every), things), 0 < len(every) == count, ", ".join(astray[:5]))


RULES = (
    _only_if_on(K0, said_once),
    _only_if_on(K1, keys_can_be_said),
    _only_if_on(K2, noise_is_silence),
    _only_if_on(K3, nearly_is_asked),
)
