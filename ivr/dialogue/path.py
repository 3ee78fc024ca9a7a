"""A place as the path of an action URL, and back. Opaque to everyone but the line.

`en/slow/patient/1f/silent.2/goals.1`: language, pace, patience, segments visited, cue and tries, spot. While a spot is
only offered, it is written `resume.goals.1`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from ivr.library.library import NAME
from ivr.model import Cue, Goal, Move, Pace, Place, Spot

MOST_VISITED = 256
"""Segments that the path can tell apart; those after them are always named in full."""

PATH = re.compile(
    rf"(?P<language>{NAME})/(?P<pace>{'|'.join(Pace)})/(?P<patience>new|patient)(?P<unkept>-unkept)?(?P<texted>-texted)?"
    rf"/(?P<visited>[0-9a-f]{{1,{MOST_VISITED // 4}}})"
    rf"/(?P<cue>{'|'.join(Cue)})\.(?P<tries>\d{{1,2}})"
    rf"/(?P<resuming>resume\.)?(?P<name>{NAME})\.(?P<part>\d{{1,3}})",
    re.ASCII,
)


def to_path(place: Place) -> str:
    marks = ("-unkept" if place.unkept else "") + ("-texted" if place.texted else "")
    patience = ("patient" if place.patient else "new") + marks
    resuming = "resume." if place.spot.resuming else ""
    spot = f"{resuming}{place.spot.name}.{place.spot.part}"
    return f"{place.language}/{place.pace}/{patience}/{place.visited:x}/{place.cue}.{place.tries}/{spot}"


def from_path(path: str) -> Place | None:
    """None for a path that the line never wrote. The place may still be one that its content no longer has."""
    match = PATH.fullmatch(path)
    if match is None:
        return None
    return Place(
        match["language"],
        Spot(match["name"], int(match["part"]), match["resuming"] is not None),
        Pace(match["pace"]),
        Cue(match["cue"]),
        int(match["tries"]),
        match["patience"] == "patient",
        int(match["visited"], 16),
        match["unkept"] is not None,
        match["texted"] is not None,
    )


TEXT_PATH = re.compile(rf"(?P<language>{NAME})/(?P<name>{NAME})\.(?P<part>\d{{1,3}})", re.ASCII)


def to_text_path(place: Place) -> str:
    """All of a place that texts go on from: `en/goals.1`. Short, since several are kept for each texter."""
    return f"{place.language}/{place.spot.name}.{place.spot.part}"


QUESTION = re.compile(rf"(?P<name>{NAME})(?:\.(?P<part>\d{{1,3}}))?", re.ASCII)


AND = "+"
"""Between two things that a question offers."""


def to_question(offered: Iterable[Goal]) -> str:
    """What a question offers: `goals.1`, a move such as `call`, or two to choose from: `goals.1+types.0`."""
    return AND.join(one.name if isinstance(one, Move) else f"{one.name}.{one.part}" for one in offered)


def from_question(question: str) -> tuple[Goal, ...]:
    """Empty for what the line never wrote."""
    found = [QUESTION.fullmatch(one) for one in question.split(AND)] if question else []
    goals = [
        match and (Spot(match["name"], int(match["part"])) if match["part"] else Move(match["name"])) for match in found
    ]
    return tuple(goal for goal in goals if goal)


def to_standing(text_path: str | None, question: str | None) -> str:
    """All that a text is answered from, in one: `en/goals.1?call`. Each half may be empty."""
    return f"{text_path or ''}?{question or ''}"


def from_standing(standing: str) -> tuple[Place | None, tuple[Goal, ...]]:
    path, _, question = standing.partition("?")
    return from_text_path(path), from_question(question)


def from_text_path(path: str) -> Place | None:
    match = TEXT_PATH.fullmatch(path)
    return Place(match["language"], Spot(match["name"], int(match["part"]))) if match else None
