"""I: people, privacy, continuity."""

from __future__ import annotations

import re

from ivr.audit.access.ear import find
from ivr.audit.access.measurement import Measurement, Rule, in_seconds, of
from ivr.audit.access.survey import Survey
from ivr.audit.access.text_walk import words_of
from ivr.audit.access.turns import NOBODY, TALK, ObservedTurn
from ivr.dialogue.state import is_among_signs
from ivr.library.limits import LANGUAGE_BY, OFFER_BY, PERSON_BY
from ivr.library.phone_number import number_as_said
from ivr.library.phrases import CallPhrase
from ivr.model import Prompt

I1 = Rule(
    "I1", "A person, from anywhere, by transfer, honest when nobody answers", f"0 in 100 %; named <= {PERSON_BY:g} s"
)
I2 = Rule("I2", "No name, no PIN, no recording; no raw number kept", "0")
I3 = Rule(
    "I3",
    "A dropped call is picked up; the topic is not spoken first",
    f"offer <= {OFFER_BY:g} s; forgotten with FORGET",
)
I4 = Rule("I4", "The language is right on every Say; another is offered in itself", f"offered <= {LANGUAGE_BY:g} s")

DIGITS_OF_A_NUMBER = 10
TWICE = 2


def a_person(survey: Survey) -> Measurement:
    """One number is dialled, `*` leads back while it rings, and if nobody answers the line says so, with the number."""
    places = survey.walk.listening
    rings = [acts["0"].dialling for acts in places.values() if "0" in acts and acts["0"].dialling]
    named = [_person_named(survey, turn) for turn in survey.walk.arrivals]
    honest = _honest(survey)
    figure = f"{of(len(rings), len(places), 'places')}; named by {in_seconds(max(named, default=99))}"
    holds = 0 < len(places) == len(rings) and len(set(rings)) == 1 and max(named, default=99) <= PERSON_BY and honest
    note = "Whether the helpline answers by day and by night: ring it."
    return I1.measured(f"{figure}; {'honest' if honest else 'not honest'} if nobody answers", holds, note)


def _person_named(survey: Survey, turn: ObservedTurn) -> float:
    ends = [option.sentence.end for option in survey.options(turn) if option.key == "0"]
    return min(ends, default=99.0)


def _honest(survey: Survey) -> bool:
    dialling = [acts for acts in survey.walk.turns.values() if NOBODY in acts]
    left_alone = survey.journeys.unreached.turns[-1]
    stays = left_alone.act == NOBODY and left_alone.listening is not None
    numbers = {turn.dialling for turn in survey.walk.every if turn.dialling}
    return (
        bool(dialling)
        and stays
        and all(
            _tells_number(survey, acts[NOBODY], ringing)
            and acts[TALK].said != acts[NOBODY].said
            and acts["*"].there is not None
            for acts in dialling
            for ringing in numbers
        )
    )


def _tells_number(survey: Survey, turn: ObservedTurn, number: str) -> bool:
    """Whether the number is said twice and the caller is then back where they were. Among the warning signs the
    emergency number comes first."""
    same = turn.before is not None and turn.position == turn.before.position
    if turn.state and is_among_signs(survey.library, turn.state):
        return same and find(turn.words, " ".join(survey.library.names["emergency"])) is not None
    first = find(turn.words, number_as_said(number))
    again = find(turn.words[first.last + 1 :], number_as_said(number)) if first else None
    return again is not None and same


def private(survey: Survey) -> Measurement:
    """The walk used a withheld number, and so did two calls, of which the second must not know about the first."""
    heard = survey.facts_at(position for turn in survey.walk.different for position in survey.heard(turn))
    stranger = survey.journeys.withheld_next.turns[0].said == survey.journeys.stranger.turns[0].said
    longer = sum(turn.listening.num_digits != 1 for turn in survey.walk.different if turn.listening)
    whole = heard == survey.facts.keys() and stranger and not longer
    figure = f"{of(len(heard), len(survey.facts), 'facts')} with the number withheld; {longer} longer entries"
    if survey.kept is None:
        how = "Store not looked into: dump it and the logs after a call, and search for the caller's ten digits."
        return I2.measured(figure, None if whole else False, how)
    raw = sum(_holds(survey.kept, number) for number in _callers(survey))
    note = "Logs of a real line: search a day's logs for ten digits in a row."
    return I2.measured(f"{figure}; {raw} numbers in {len(survey.kept)} things kept", whole and not raw, note)


def _callers(survey: Survey) -> set[str]:
    return {*survey.journeys.numbers, *survey.texts.senders}


def _holds(kept: tuple[str, ...], number: str) -> bool:
    digits = re.sub(r"\D", "", number)[-DIGITS_OF_A_NUMBER:]
    return any(digits in thing for thing in kept)


def picked_up(survey: Survey) -> Measurement:
    journeys = survey.journeys
    returned, stopped = journeys.returned.turns[0], journeys.left.turns[-1].position
    offer = next((o for o in survey.options(returned) if o.key == "1"), None)
    back = journeys.carried_on.turns[-1].position == stopped == journeys.stops_at
    told = _tells_topic(survey, returned)
    forgotten = _forgotten(survey)
    begins = offer.sentence.begin if offer and returned.position and returned.position.resuming else 99.0
    leads = "back" if back else "astray"
    figure = (
        f"offer at {in_seconds(begins)}, leads {leads}; topic {'told' if told else 'untold'}; "
        f"FORGET {'works' if forgotten else 'does nothing'}"
    )
    holds = begins <= OFFER_BY and back and not told and forgotten
    return I3.measured(figure, holds, "After 7 days: `TTL` of a caller's key in the store is 604800 or less.")


def _tells_topic(survey: Survey, turn: ObservedTurn) -> bool:
    """Whether the turn says the topic's title, or a sentence of its segments."""
    topic = survey.library.topics.get(turn.position.name) if turn.position else None
    return topic is not None and (bool(find(turn.words, topic.title)) or bool(survey.heard(turn)))


def _forgotten(survey: Survey) -> bool:
    """Whether the next call is treated as a new caller's and MORE has nothing to go on from: a new texter is told so,
    and perhaps how to get another language."""
    stranger = survey.journeys.forgotten.turns[0].said == survey.journeys.stranger.turns[0].said
    more = survey.texts.moves.get((survey.library.words.get("more") or ("",))[0])
    return stranger and more is not None and words_of(survey.texts.after_forget).startswith(words_of(more))


def right_language(survey: Survey) -> Measurement:
    turns = [turn for turn in survey.walk.every if turn.state is not None]
    says = [(turn, speech.text, speech.language, speech.voice) for turn in turns for speech in turn.speech]
    wrong = [text for turn, text, language, voice in says if (language, voice) != _expected(survey, turn, text)]
    offers = [_offered(survey, tag) for tag in list(survey.libraries)[1:]]
    figure = f"{of(len(says) - len(wrong), len(says), 'stretches of speech')}"
    latest = f"; offered by {in_seconds(max(offers))}" if offers else "; one language"
    holds = bool(says) and not wrong and max(offers, default=0.0) <= LANGUAGE_BY
    return I4.measured(figure + latest, holds)


def _expected(survey: Survey, turn: ObservedTurn, text: str) -> tuple[str, str]:
    """The language and voice of the place, except for the offers of other languages."""
    own = turn.state.language if turn.state else ""
    others = (tag for tag in survey.libraries if tag != own)
    tag = next((tag for tag in others if text in survey.libraries[tag].call.get(CallPhrase.LANGUAGE_KEY, ())), own)
    language = survey.libraries[tag].language if tag in survey.libraries else survey.library.language
    return language.speech, language.voice


def _offered(survey: Survey, tag: str) -> float:
    offer = " ".join(survey.libraries[tag].call.get(CallPhrase.LANGUAGE_KEY, ()))
    spans = [find(turn.words, offer) for turn in survey.walk.arrivals if turn.prompt is Prompt.ARRIVED]
    return max((span.end if span else 99.0 for span in spans), default=99.0)


RULES = (a_person, private, picked_up, right_language)
