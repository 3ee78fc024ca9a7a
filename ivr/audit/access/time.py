"""D: time, silence and mistakes."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ivr.audit.access.ear import find_all
from ivr.audit.access.measurement import Measurement, Rule, in_seconds, of
from ivr.audit.access.survey import Survey
from ivr.audit.access.turns import KEYS, SILENCE, ObservedTurn
from ivr.audit.access.walk import place_in_words
from ivr.dialogue.keys import LAST_TRY, NOT_TEXTED
from ivr.dialogue.prompts import prompt_phrase
from ivr.library.limits import (
    BEFORE_DIALLING,
    LONGEST_PROMPT,
    PATIENT_WAIT,
    SHORTEST_SILENCE,
    SHORTEST_WAIT,
    TRIES,
    WARNING_WAIT,
)
from ivr.library.phone_number import number_as_said
from ivr.library.phrases import CallPhrase
from ivr.model import Position, Prompt

D1 = Rule("D1", "Wait long enough", f"every timeout >= {SHORTEST_WAIT:g} s")
D2 = Rule(
    "D2", "After one silence the line waits longer, for the rest of the call", f">= {PATIENT_WAIT:g} s", must=False
)
D3 = Rule("D3", f"Warn before ending, then >= {WARNING_WAIT:g} s; any key stays", "ten resets in a row work")
D4 = Rule(
    "D4", "Silence and a wrong key told apart; three tries, each different", f"each <= {LONGEST_PROMPT:g} s; no blame"
)
D5 = Rule("D5", "No dead end; a fault still speaks a phone number", "100 %")
D6 = Rule("D6", "Slow enough for a relay typist", f"no hang-up on silence before {SHORTEST_SILENCE:g} s")
D7 = Rule("D7", "A late key is no mistake: while the next place is named it means what it meant", "100 %")
D8 = Rule(
    "D8",
    "Nobody is given up on: a silent call hears all, then a person or a number",
    f"100 %; {BEFORE_DIALLING:g} s; once",
)

BLAME = re.compile(r"\b(invalid|wrong|errors?|incorrect|mistakes?|fail(ed|ure)?)\b", re.IGNORECASE)
RESETS = 10


def long_enough(survey: Survey) -> Measurement:
    waits = [turn.listening.timeout for turn in survey.walk.different if turn.listening]
    return D1.measured(f"{min(waits, default=0):g} s at least", min(waits, default=0) >= SHORTEST_WAIT)


def patience(survey: Survey) -> Measurement:
    """Everything that can follow a silence that was not an answer, for as long as the call lasts."""
    silent = [turn for turn in _silences(survey) if turn.normal]
    reached = survey.presses_to((str(turn.there) for turn in silent), normally=True)
    heard = [*silent, *(turn for path in reached for turn in survey.walk.at(path).values() if _is_own(survey, turn))]
    waits = [turn.listening.timeout for turn in heard if turn.listening and not _goes_on(survey, turn)]
    note = "Silence that goes on, from one part of a topic to the next, is an answer and changes nothing."
    return D2.measured(f"{min(waits, default=0):g} s at least", min(waits, default=0) >= PATIENT_WAIT, note)


def _is_own(survey: Survey, turn: ObservedTurn) -> bool:
    """Whether the turn is in this walk's language; other languages are walked separately."""
    return turn.state is not None and turn.state.language == survey.library.language.tag


def _silences(survey: Survey) -> list[ObservedTurn]:
    turns = (acts[SILENCE] for acts in survey.walk.listening.values())
    return [turn for turn in turns if turn.prompt is Prompt.SILENT]


def _goes_on(survey: Survey, turn: ObservedTurn) -> bool:
    """Whether silence leads from one part to the next, so that a longer wait would only slow the caller down."""
    after = survey.walk.at(turn.there).get(SILENCE)
    moves = after is not None and after.position != turn.position
    return moves and turn.position in survey.segments and after is not None and after.position in survey.segments


def warned(survey: Survey) -> Measurement:
    """The wait before every goodbye and every hang-up; every key at a warning; ten returns from one."""
    last = [acts[SILENCE] for acts in survey.walk.listening.values() if acts[SILENCE].prompt in (Prompt.GOODBYE, None)]
    known = _waits(survey)
    waits = [known[turn.here] for turn in last if turn.here in known]
    warnings = [survey.walk.at(turn.here) for turn in last]
    gone = sum(acts[key].there is None for acts in warnings for key in KEYS if key in acts)
    resets = sum(turn.here is not None and _is_warning(turn) for turn in survey.journeys.resets.turns)
    stays = resets >= RESETS and not survey.journeys.resets.ended
    figure = f"{min(waits, default=0):g} s after a warning; {gone} keys that end; {resets} resets"
    return D3.measured(figure, min(waits, default=0) >= WARNING_WAIT and not gone and stays)


def _waits(survey: Survey) -> dict[str | None, float]:
    """Seconds that the line listens at each place, as whoever came there first finds it."""
    return {turn.there: turn.listening.timeout for turn in reversed(survey.walk.every) if turn.listening}


def _is_warning(turn: ObservedTurn) -> bool:
    return turn.prompt is Prompt.SILENT and turn.state is not None and turn.state.tries >= TRIES


def told_apart(survey: Survey) -> Measurement:
    """What is said before the choices, after the first, second and third silence, and the same for a wrong key."""
    silent, unknown = _prompts(survey, Prompt.SILENT), _prompts(survey, Prompt.UNKNOWN_KEY)
    told = [said for prompts in (silent, unknown) for said, _ in prompts.values()]
    longest = max((length for prompts in (silent, unknown) for _, length in prompts.values()), default=99.0)
    blamed = [said for said in told if BLAME.search(said)]
    different = len(set(told)) == 2 * TRIES == len(told)
    offers = all(_offers_person(survey, prompt) for prompt in (Prompt.SILENT, Prompt.UNKNOWN_KEY))
    figure = f"{len(set(told))} different prompts, {in_seconds(longest)} at most; {len(blamed)} that blame"
    holds = different and longest <= LONGEST_PROMPT and not blamed and offers
    note = "Whether each helps more than the one before: read the three aloud to somebody."
    return D4.measured(figure if offers else f"{figure}; a third one offers nobody", holds, note)


def _prompts(survey: Survey, prompt: Prompt) -> dict[int, tuple[str, float]]:
    """For each number of tries: the words, and when at the latest their last one has been said."""
    found: dict[int, tuple[str, float]] = {}
    for turn in survey.walk.normal:
        phrase = prompt_phrase(survey.library, turn.state) if turn.state else None
        if turn.prompt is not prompt or turn.state is None or phrase is None:
            continue
        span = find_all(turn.words, survey.library.call.get(phrase, ()))
        said = " ".join(word.bare for word in turn.words[: span.last + 1 if span else None])
        length = span.end if span else turn.seconds
        found[turn.state.tries] = (said, max(length, found.get(turn.state.tries, ("", 0.0))[1]))
    return found


def _offers_person(survey: Survey, prompt: Prompt) -> bool:
    third = [turn for turn in survey.walk.normal if turn.prompt is prompt and turn.state and turn.state.tries == TRIES]
    return bool(third) and all("0" in {option.key for option in survey.options(turn)} for turn in third)


def no_dead_end(survey: Survey) -> Measurement:
    """Every answer says what comes next, whatever was pressed, even for requests that no phone makes."""
    turns = (*survey.walk.every, *survey.journeys.odd)
    falls = [turn for turn in turns if not _leads_on(turn)]
    numbers = {str(turn.dialling) for turn in survey.walk.every if turn.dialling}
    fault = " ".join(survey.library.call.get(CallPhrase.FAULT, ()))
    speaks = any(number_as_said(number) in fault for number in numbers)
    figure = f"{of(len(turns) - len(falls), len(turns), 'answers')}; fault {'speaks' if speaks else 'lacks'} a number"
    note = "Nobody can cause a fault from outside: what it says is read from the content."
    return D5.measured(figure, bool(turns) and not falls and speaks, note)


def _leads_on(turn: ObservedTurn) -> bool:
    """Whether the call goes on somewhere, or the line itself ends it after silence and says so."""
    if turn.listening:
        return turn.there is not None and turn.listening.action_on_empty_result and bool(turn.words)
    return turn.dialling is not None or (turn.verbs[-1:] == ("Hangup",) and turn.act == SILENCE)


def slow_enough(survey: Survey) -> Measurement:
    """The silence from the moment the phone is answered, and after any key at any place, until the line hangs up."""
    call = survey.journeys.silent
    known: dict[str | None, float] = {}
    waits = ((_until_end(survey, turn, known), turn) for turn in (*survey.walk.arrivals, *survey.key_turns))
    least, soonest = min(waits, key=lambda found: found[0], default=(0.0, None))
    figure = f"{in_seconds(call.seconds)} from the answer; {in_seconds(least)} from a key"
    after = f"Soonest after {soonest.act} at {place_in_words(soonest.here)}." if soonest else ""
    return D6.measured(figure, call.ended and min(call.seconds, least) >= SHORTEST_SILENCE, after)


def _until_end(survey: Survey, turn: ObservedTurn, known: dict[str | None, float]) -> float:
    """Seconds from the start of a turn until the line hangs up, if nothing is pressed. `known`: the same by place, once
    the line has waited there; it is added to."""
    if turn.listening is None:
        return 0.0 if turn.there is None else float("inf")
    if turn.there not in known:
        known[turn.there] = float("inf")  # A circle has no end.
        following = survey.walk.at(turn.there).get(SILENCE)
        if following is not None:
            known[turn.there] = _until_end(survey, following, known)
    return turn.seconds + turn.listening.timeout + known[turn.there]


def late_keys(survey: Survey) -> Measurement:
    """A `1` pressed late says the new place from its start, as it would have from the place before."""
    late = survey.walk.late
    astray = [
        path for path, acts in late.items() if not acts or not all(_means(survey, path, acts[key]) for key in acts)
    ]
    figure = f"{of(len(late) - len(astray), len(late), 'places')}"
    return D7.measured(
        figure, bool(late) and not astray, f"Not at: {', '.join(map(place_in_words, astray[:3]))}" if astray else ""
    )


def _means(survey: Survey, path: str, late: ObservedTurn) -> bool:
    timely = survey.walk.at(path).get(late.act)
    return timely is not None and (late.position, late.prompt) == (timely.position, timely.prompt)


def _told_to_silent(survey: Survey) -> list[Position]:
    """What a silent caller has to hear: everything that content lists for that, the first of the warning signs, and
    every segment with a fact of the source, in case content has left a topic out."""
    telling = (at for at, one in survey.segments.items() if not all(map(survey.is_from_outside, one.facts)))
    return list(dict.fromkeys((*survey.library.tour, *survey.signs[:1], *telling)))


def nobody_given_up(survey: Survey) -> Measurement:
    """What a caller hears who never presses anything, and how every silent call ends."""
    journey = survey.journeys.silent
    heard = [position for turn in journey.turns for position in survey.heard(turn)]
    wanted = _told_to_silent(survey)
    lacking = [at for at in wanted if heard.count(at) != 1]
    dials = [acts[SILENCE] for acts in survey.walk.listening.values() if acts[SILENCE].dialling]
    known = _waits(survey)
    short = [turn for turn in dials if known.get(turn.here, 0) < BEFORE_DIALLING]
    number = any(turn.prompt in (Prompt.GOODBYE, Prompt.CONNECTING) for turn in journey.turns)
    twice = [turn for turn in dials if turn.before is not None and turn.before.only_asked]
    asked = [turn for turn in survey.walk.normal if turn.prompt in NOT_TEXTED and turn.state and not turn.state.tries]
    uncounted = [turn for turn in asked if not is_dropped(_three_silences(survey, turn))]
    once = of(len(wanted) - len(lacking), len(wanted), "segments once")
    figure = (
        f"{once}; {len(short)} dials without {BEFORE_DIALLING:g} s; {len(twice)} again; "
        f"{of(len(asked) - len(uncounted), len(asked), 'offers end after three silences')}"
    )
    holds = bool(heard) and not (lacking or short or twice or uncounted) and number
    note = f"Not at: {', '.join(place_in_words(turn.there) for turn in uncounted[:3])}" if uncounted else ""
    return D8.measured(figure, holds, note)


def _three_silences(survey: Survey, turn: ObservedTurn) -> list[ObservedTurn]:
    found = [turn]
    while len(found) <= LAST_TRY and (following := survey.walk.at(found[-1].there).get(SILENCE)):
        found.append(following)
    return found


def is_dropped(turns: Sequence[ObservedTurn]) -> bool:
    """Whether a question ends after three silences: asked twice more, then a person or a number, or what is read to a
    silent caller."""
    if len(turns) != LAST_TRY + 1 or any(turn.prompt is not turns[0].prompt for turn in turns[:LAST_TRY]):
        return False
    state = turns[-1].state
    if state is None:
        return False
    warned = state.prompt is Prompt.SILENT and state.tries >= LAST_TRY
    read_to = state.touring and turns[-1].position != turns[0].position
    return warned or state.prompt is Prompt.CONNECTING or read_to


RULES = (long_enough, patience, warned, told_apart, no_dead_end, slow_enough, late_keys, nobody_given_up)
