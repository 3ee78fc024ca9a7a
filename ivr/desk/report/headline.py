"""The single numbers of a month, in the form in which they may be shown: small ones are hidden."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from ivr.desk.report.hiding import FEW, NOT_COUNTED, TOO_FEW, Figure, breakdown, figure, mean, part_of, share, share_of
from ivr.desk.report.places import by_place, by_topic, holds_facts
from ivr.dialogue.metrics import (
    CALL,
    FACT_HEARD,
    FAULT,
    FIRST_SEGMENT,
    FRAGMENT,
    MINUTE,
    MINUTE_TO_A_PERSON,
    NOT_REACHED,
    OVERVIEW,
    PRESS_BEFORE,
    REACHED,
    SENT,
    TEXT,
    TEXT_ASKED_FOR,
    TEXT_LOST,
    TEXT_REFUSED,
    UNDERSTOOD_AS,
)
from ivr.library.library import Library
from ivr.memory.counts import Counts
from ivr.memory.people import PEOPLE
from ivr.model import Understanding


@dataclass(frozen=True, slots=True)
class Headline:
    """The single numbers of a month. Each is a whole, or a part of a whole that is named with it."""

    calls: Figure
    texts: Figure
    people: Figure
    calls_with_fact: Figure
    texts_with_fact: Figure
    danger: Figure
    asked: Figure
    asked_share: Figure
    accepted: Figure
    unclear: Figure
    unclear_share: Figure
    lacking: Figure
    silent: Figure
    silent_share: Figure
    reached: Figure
    not_reached: Figure
    key_9: Figure
    key_9_refused: Figure
    lost: Figure
    minutes: Figure
    minutes_to_a_person: Figure
    fragments: Figure
    faults: Figure
    presses: Figure


def is_empty(counts: Counts) -> bool:
    sums = counts.sums()
    return not sums[CALL] and not sums[TEXT]


def headline(counts: Counts, library: Library) -> Headline:
    sums, monthly = counts.sums(), counts.monthly
    calls, texts = sums[CALL], sums[TEXT]
    understood = dict(zip((*UNDERSTOOD_AS, Understanding.UNDERSTOOD), how_understood(sums), strict=True))
    was_counted = bool(monthly) or is_empty(counts)
    enough_calls = calls >= FEW or not calls
    return Headline(
        calls=figure(calls),
        texts=figure(texts),
        people=figure(monthly.get(PEOPLE, 0)) if was_counted else NOT_COUNTED,
        calls_with_fact=share(sums[FACT_HEARD], calls) if was_counted else NOT_COUNTED,
        texts_with_fact=share(_texts_with_fact(sums, library), texts),
        danger=understood[Understanding.DANGER],
        asked=understood[Understanding.ASKED],
        asked_share=share_of(understood[Understanding.ASKED], texts),
        accepted=understood[Understanding.ACCEPTED],
        unclear=understood[Understanding.UNCLEAR],
        unclear_share=share_of(understood[Understanding.UNCLEAR], texts),
        lacking=understood[Understanding.LACKING],
        silent=part_of(min(sums[OVERVIEW], calls), calls),
        silent_share=share(min(sums[OVERVIEW], calls), calls),
        reached=figure(sums[REACHED]),
        not_reached=figure(sums[NOT_REACHED]),
        key_9=figure(sums[TEXT_ASKED_FOR]),
        key_9_refused=figure(sums[TEXT_REFUSED]),
        lost=figure(sums[TEXT_LOST]),
        minutes=_minutes(monthly.get(MINUTE, 0), enough_calls, was_counted),
        minutes_to_a_person=_minutes(monthly.get(MINUTE_TO_A_PERSON, 0), sums[REACHED] >= FEW, was_counted),
        fragments=figure(sums[FRAGMENT]) if was_counted else NOT_COUNTED,
        faults=figure(sums[FAULT]),
        presses=mean(sums[PRESS_BEFORE], sums[FIRST_SEGMENT]),
    )


def _minutes(number: int, enough: bool, was_counted: bool) -> Figure:
    """Hidden for few calls, whose length would be their callers' own."""
    if not was_counted:
        return NOT_COUNTED
    return figure(number) if enough or not number else Figure(TOO_FEW)


def how_understood(sums: Counter[str]) -> tuple[Figure, ...]:
    """For all texts: the kinds in the order of UNDERSTOOD_AS, then those that were understood at once."""
    known = [sums[name] for name in UNDERSTOOD_AS.values()]
    return breakdown([*known, max(0, sums[TEXT] - sum(known))])


def _texts_with_fact(sums: Counter[str], library: Library) -> int:
    sent = by_topic(by_place(sums, SENT))
    return sum(number for name, number in sent.items() if holds_facts(library, name))
