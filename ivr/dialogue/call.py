"""Where a caller goes next. All of it, and nothing else: what is said there is in `speech.py`.

A turn depends on nothing but the place, which says what the caller has just heard, and on what came back. So a webhook
that arrives twice leads to the same place twice.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from ivr.dialogue.offers import LAST_PROMPT, following_language, offered, offered_cues
from ivr.dialogue.path import MOST_VISITED
from ivr.dialogue.speech import say
from ivr.library.library import HOME, Library
from ivr.model import (
    Arrived,
    Cue,
    DialEnded,
    Forgotten,
    Heard,
    Outcome,
    Pace,
    Place,
    Pressed,
    Reply,
    Silent,
    Spot,
    TextSent,
)

Libraries = Mapping[str, Library]

LONGEST_WAIT = 24
"""How many waiting cues in a row (25 s and more each, so over ten minutes) before the line asks if anyone is there."""

NEXT_PACE = {Pace.NORMAL: Pace.SLOW, Pace.SLOW: Pace.FAST, Pace.FAST: Pace.NORMAL}

TWICE = 2
"""How often a person who was called back is told so before the line asks whether anyone is there."""

TEXT_CUES = {
    Outcome.SENT: Cue.TEXT_SENT,
    Outcome.WITHHELD: Cue.TEXT_WITHHELD,
    Outcome.NO_TEXTS: Cue.TEXT_NO_TEXTS,
    Outcome.BAD_NUMBER: Cue.TEXT_NO_TEXTS,
    Outcome.STOPPED: Cue.TEXT_STOPPED,
    Outcome.NO_CREDIT: Cue.TEXT_NO_CREDIT,
    Outcome.TOO_MANY: Cue.TEXT_TOO_MANY,
    Outcome.BUSY: Cue.TEXT_NO_CREDIT,
    Outcome.FAILED: Cue.TEXT_FAILED,
}


def take_turn(libraries: Libraries, place: Place, heard: Heard) -> tuple[Place, Reply]:
    """The heart: where the caller is now, and what they hear there."""
    there = next_place(libraries, place, heard)
    return there, say(libraries, there)


def first_place(libraries: Libraries) -> Place:
    return Place(next(iter(libraries)), Spot(HOME))


def next_place(libraries: Libraries, place: Place, heard: Heard) -> Place:
    """A caller who leaves a segment has visited it. Whoever stays, by `#`, hears the same words again."""
    there = _next(libraries, place, heard)
    return there if there == place else replace(there, visited=there.visited | _visiting(libraries, place))


def _visiting(libraries: Libraries, place: Place) -> int:
    """The bit of the segment that has just been heard; 0 if none was."""
    library = libraries.get(place.language)
    number = library.numbers.get(place.spot, MOST_VISITED) if library else MOST_VISITED
    return 1 << number if number < MOST_VISITED and not place.spot.resuming else 0


def _next(libraries: Libraries, place: Place, heard: Heard) -> Place:
    if place.language not in libraries:
        place = replace(place, language=first_place(libraries).language)
    nearest = libraries[place.language].nearest(place.spot)
    if nearest != place.spot:
        moved = _to(place, nearest, Cue.MOVED)
        return PLAIN_KEYS["0"](moved) if heard == Pressed("0") else moved
    match heard:
        case Arrived(remembered, lost):
            return replace(_arrive(libraries, remembered), texted=lost)
        case DialEnded(talked):
            return _cue(place, Cue.TALKED if talked else Cue.UNREACHED)
        case TextSent(outcome):
            sent = place.texted or outcome is Outcome.SENT
            return replace(place, cue=TEXT_CUES[outcome], tries=0, texted=sent)
        case Forgotten(done):
            return replace(place, cue=Cue.FORGOTTEN if done else Cue.NOT_FORGOTTEN, tries=0, unkept=done)
        case Silent():
            return _after_silence(libraries[place.language], place)
        case Pressed(key):
            return _after_key(libraries, place, key)


def _to(place: Place, spot: Spot, cue: Cue = Cue.PLAIN) -> Place:
    return replace(place, spot=spot, cue=cue, tries=0)


def _cue(place: Place, cue: Cue) -> Place:
    """The same spot with another cue, counted if it comes again."""
    return replace(place, cue=cue, tries=place.tries + 1 if place.cue is cue else 1)


# --- arrival -----------------------------------------------------------------------------------------------


def _arrive(libraries: Libraries, remembered: Place | None) -> Place:
    """Choices are kept from the last call; where it stopped is offered if it is still there to hear."""
    start = replace(first_place(libraries), cue=Cue.ARRIVED)
    if remembered is None or remembered.language not in libraries:
        return start
    start = replace(start, language=remembered.language, pace=remembered.pace)
    if libraries[start.language].segment(remembered.spot) is None:
        return start
    return replace(start, spot=replace(remembered.spot, resuming=True))


# --- keys --------------------------------------------------------------------------------------------------


PLAIN_KEYS: Mapping[str, Callable[[Place], Place]] = {
    "0": lambda place: _cue(place, Cue.CALLING),
    "#": lambda place: place,
    "8": lambda place: replace(place, cue=Cue.WAITING, tries=1),
    "7": lambda place: replace(place, pace=NEXT_PACE[place.pace], cue=Cue.PACED, tries=0),
}
"""Keys that mean the same everywhere and need no library to know where they lead."""


def _after_key(libraries: Libraries, place: Place, key: str) -> Place:
    library = libraries[place.language]
    if key in PLAIN_KEYS:
        return PLAIN_KEYS[key](place)
    if key == "*":
        return _to(place, library.above(place.spot))
    if key == "9" and library.can_text:
        return replace(place, cue=Cue.TEXTING, tries=0)
    if key == "6" and len(libraries) > 1:
        return _to(replace(place, language=following_language(libraries, place.language)), place.spot)
    if key in (choices := offered(library, place)):
        return _to(place, choices[key])
    if key in (cues := offered_cues(library, place)):
        return replace(place, cue=cues[key], tries=0)
    there = _cue(place, Cue.UNKNOWN_KEY)
    return replace(there, tries=min(there.tries, LAST_PROMPT))


# --- silence -----------------------------------------------------------------------------------------------


def _after_silence(library: Library, place: Place) -> Place:
    if place.cue in AFTER_SILENCE:
        return AFTER_SILENCE[place.cue](place)
    if not place.patient and (place.spot.resuming or place.spot == Spot(HOME)):
        return replace(_to(place, Spot(HOME), Cue.OVERVIEW), patient=True)
    following = library.after(place.spot) if library.segment(place.spot) and not place.spot.resuming else None
    if following and not library.is_last(place.spot):
        return _to(place, following)
    return _first_silence(place)


def _first_silence(place: Place) -> Place:
    return replace(place, cue=Cue.SILENT, tries=1, patient=True)


def _still_silent(place: Place) -> Place:
    return _cue(place, Cue.SILENT if place.tries < LAST_PROMPT else Cue.GOODBYE)


def _still_waiting(place: Place) -> Place:
    if place.tries < LONGEST_WAIT:
        return _cue(place, Cue.WAITING)
    return _warned(place)


def _warned(place: Place) -> Place:
    return replace(place, cue=Cue.SILENT, tries=LAST_PROMPT, patient=True)


AFTER_SILENCE: Mapping[Cue, Callable[[Place], Place]] = {
    Cue.SILENT: _still_silent,
    Cue.WAITING: _still_waiting,
    Cue.GOODBYE: lambda place: _cue(place, Cue.ENDED),
    Cue.ENDED: lambda place: place,
    Cue.CALLING: lambda place: _cue(place, Cue.UNREACHED),
    Cue.CALLED: lambda place: _cue(place, Cue.CALLED) if place.tries < TWICE else _warned(place),
    Cue.TEXTING: lambda place: replace(place, cue=Cue.TEXT_FAILED, tries=0),
    Cue.FORGETTING: lambda place: replace(place, cue=Cue.NOT_FORGOTTEN, tries=0),
}
"""Cues after which silence leads on by itself, wherever the caller is."""
