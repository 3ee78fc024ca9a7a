"""What an operator should look at and do, and what is in order: judged by the numbers that are shown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ivr.desk.report.headline import Headline
from ivr.desk.report.hiding import Figure

MOST_ASKED = 25
MOST_UNCLEAR = 10
MOST_SILENT = 20
"""Percent: of texts, of texts, of calls."""
FEWEST_ACCEPTED = 0.5
"""Share of the questions asked."""
MOST_FAILED = 0.2
"""Share of the attempts: texts by key 9, calls to a person."""
DANGER_GROWS = 2
"""Factor compared with the month before."""


@dataclass(frozen=True, slots=True)
class Point:
    """`seen`: the number, and what it is part of."""

    title: str
    seen: str
    needs_attention: bool
    advice: str


def attention(now: Headline, before: Headline | None) -> tuple[Point, ...]:
    """What needs attention first."""
    return tuple(sorted(_points(now, before), key=lambda point: not point.needs_attention))


def _points(now: Headline, before: Headline | None) -> Iterator[Point]:
    yield Point(
        "Danger answered, by text",
        now.danger.text,
        before is not None and _number(now.danger) >= DANGER_GROWS * max(_number(before.danger), 5),
        "These are at least twice as many as in the month before. Try “python -m ivr text --why” with such words: a "
        "pattern may be too wide.",
    )
    yield Point(
        "Questions not accepted",
        f"{now.asked.text} asked ({now.asked_share.text} of texts), {now.accepted.text} accepted",
        _is_over(now.asked_share, MOST_ASKED)
        or (now.accepted.number is not None and _number(now.accepted) < FEWEST_ACCEPTED * _number(now.asked)),
        "The line asks too often, or about the wrong thing: add keywords for what people ask about most, and narrow "
        "the hints of topics.",
    )
    yield Point(
        "Texts not understood",
        f"{now.unclear.text} ({now.unclear_share.text} of texts)",
        _is_over(now.unclear_share, MOST_UNCLEAR),
        "Give topics the words listed under “Words the line does not know” for keywords.",
    )
    yield Point(
        "Texts about what the line lacks",
        now.lacking.text,
        False,
        "Ask your clinicians whether a topic is missing.",
    )
    yield Point(
        "Texts that failed",
        f"{now.lost.text} on the way, {now.key_9_refused.text} that key 9 could not send",
        _number(now.lost) > 0 or _fails(now.key_9_refused, now.key_9),
        "Look at the error log of your carrier, and run “python -m ivr doctor”: the sender may not be registered.",
    )
    yield Point(
        "Silent calls",
        f"{now.silent.text} ({now.silent_share.text} of calls)",
        _is_over(now.silent_share, MOST_SILENT),
        "Callers who press no key are read the main points. Listen to the greeting on a real phone: it may be unclear.",
    )
    yield Point(
        "Nobody answered at the helpline",
        f"{now.not_reached.text}; {now.reached.text} reached a person",
        _fails(now.not_reached, now.reached),
        "Ask the helpline about its hours, or set HELPLINE_SECOND.",
    )
    yield Point(
        "Faults of the line",
        now.faults.text,
        now.faults.number != 0,
        "Look for “kind=fault” in the log of the line, and tell whoever keeps it running.",
    )


def _number(figure: Figure) -> int:
    """The number; 0 if it is hidden."""
    return figure.number or 0


def _is_over(share: Figure, percent: int) -> bool:
    return _number(share) > percent


def _fails(failed: Figure, done: Figure) -> bool:
    return _number(failed) > MOST_FAILED * (_number(failed) + _number(done))
