"""What is said at a place. The same place is always said in the same words, so that `#` repeats exactly."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from ivr.dialogue.lines import segment_heard, segment_lines, spoken
from ivr.dialogue.offers import NOT_TEXTED, arrived_more, following_language, holds_only_a_cue, say_choices
from ivr.library.library import HOME, Library
from ivr.library.measures import BETWEEN_SENTENCES
from ivr.model import Cue, Dial, HangUp, Line, Listen, Pace, Place, Reply, Spot

QUIET_BEFORE = 1.0
"""After the answer: the first word is not lost while the phone goes to the ear."""

LISTEN = 10
LISTEN_PATIENTLY = 20
LISTEN_AT_THE_END = 45
"""With its words, goodbye leaves a minute in which any key stays."""
LISTEN_WHILE_WAITING = 24
"""With its words, the sign of life comes at least every half minute."""

TIME_TO_WRITE = 2.5
"""Seconds after each sentence that is dictated."""


def say(libraries: Mapping[str, Library], place: Place) -> Reply:
    """The whole of what is heard at a place that exists."""
    if place.cue is Cue.CALLING:
        return Reply((), Dial())
    if place.cue is Cue.ENDED:
        return Reply((), HangUp())
    library = libraries[place.language]
    lines = [*_cue(libraries, place), *_body(library, place), *say_choices(library, place)]
    return Reply(tuple(lines), Listen(_patience(place)))


def alike(libraries: Mapping[str, Library], place: Place) -> Place:
    """One place for all where the same is said: of the segments visited, only this one counts, and whether there are
    others."""
    numbers = libraries[place.language].numbers
    own = place.visited & 1 << numbers[place.spot] if place.spot in numbers else 0
    others = 1 << len(numbers) if place.visited and not own else 0
    return replace(place, visited=own or others, texted=False, unkept=False)


def say_fault(library: Library) -> Reply:
    """For when the line itself failed: a number to call, and any key starts again."""
    lines = spoken(library.language.tag, library.call["fault"], BETWEEN_SENTENCES)
    return Reply(tuple(lines), Listen(LISTEN_PATIENTLY))


def _patience(place: Place) -> int:
    if place.cue is Cue.WAITING:
        return LISTEN_WHILE_WAITING
    if place.cue is Cue.GOODBYE:
        return LISTEN_AT_THE_END
    return LISTEN_PATIENTLY if place.patient else LISTEN


WITHOUT_BODY = NOT_TEXTED | {Cue.SILENT, Cue.TEXT_SENT, Cue.FORGOTTEN, Cue.NOT_FORGOTTEN}
"""Cues after which the spot's words are not said once more, only what can be done next."""

CUE_PHRASES = {
    Cue.ARRIVED: "arrived",
    Cue.OVERVIEW: "overview",
    Cue.SILENT: "silent-{tries}",
    Cue.UNKNOWN_KEY: "unknown-key-{tries}",
    Cue.PACED: "paced-{pace}",
    Cue.TALKED: "talked",
    Cue.UNREACHED: "unreached",
    Cue.MOVED: "moved",
    Cue.GOODBYE: "goodbye",
    Cue.CALLED: "called",
    Cue.DICTATED: "dictated",
    Cue.FORGOTTEN: "forgotten",
    Cue.NOT_FORGOTTEN: "not-forgotten",
    Cue.TEXT_SENT: "text-sent",
    Cue.TEXT_LOST: "text-lost",
    **{cue: str(cue) for cue in NOT_TEXTED},
}


def _cue(libraries: Mapping[str, Library], place: Place) -> list[Line]:
    if place.cue is Cue.WAITING:
        phrase = "waiting" if place.tries <= 1 else "still-waiting"
    else:
        phrase = CUE_PHRASES.get(place.cue, "").format(tries=place.tries, pace=place.pace)
    lines = spoken(place.language, libraries[place.language].call.get(phrase, ()), BETWEEN_SENTENCES)
    if place.cue is Cue.ARRIVED:
        lines = [Line("", QUIET_BEFORE, place.language), *lines, *_other_language(libraries, place)]
        if not place.spot.resuming:
            lines += arrived_more(libraries[place.language], place)
    return lines


def _other_language(libraries: Mapping[str, Library], place: Place) -> list[Line]:
    """The one that key 6 leads to, offered in itself."""
    other = following_language(libraries, place.language)
    return spoken(other, libraries[other].call["language-key"]) if other != place.language else []


def _body(library: Library, place: Place) -> list[Line]:
    if place.cue is Cue.DICTATED:
        return _dictated(library, place)
    if holds_only_a_cue(place) or place.cue in WITHOUT_BODY or place.spot.resuming:
        return []
    if place.cue is Cue.OVERVIEW:
        return _overview(library, place.pace)
    if place.spot.name in library.menus:
        return [] if place.cue is Cue.ARRIVED else spoken(place.language, [f"{library.menus[place.spot.name].title}."])
    return _segment(library, place, place.spot)


def _overview(library: Library, pace: Pace) -> list[Line]:
    name = library.menus[HOME].overview or library.order[0]
    parts = range(1, len(library.topics[name].segments) + 1)
    return [line for part in parts for line in segment_heard(library, Spot(name, part), pace)]


def _dictated(library: Library, place: Place) -> list[Line]:
    """What the text would have held, at the pace of writing."""
    spot = place.spot
    if library.segment(spot) is None or spot.resuming:
        return [replace(line, slowly=True) for line in spoken(place.language, library.call["keys-aloud"], 1.0)]
    lines = segment_lines(library, spot)
    return [replace(line, slowly=True, pause=max(line.pause, TIME_TO_WRITE)) for line in lines]


def _segment(library: Library, place: Place, spot: Spot) -> list[Line]:
    topic = library.topics[spot.name]
    phrase = library.call[_naming_phrase(library, place)]
    naming = spoken(place.language, phrase, title=topic.title, part=str(spot.part), parts=str(len(topic.segments)))
    return [*naming, *segment_heard(library, spot, place.pace)]


def _naming_phrase(library: Library, place: Place) -> str:
    """In full at the first visit, shorter after that."""
    if len(library.topics[place.spot.name].segments) == 1:
        return "place-single"
    if place.visited >> library.numbers[place.spot] & 1:
        return "place-again"
    return "place-first" if place.spot.part == 1 else "place"
