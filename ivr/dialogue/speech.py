"""What is said at a place. The same place is always said in the same words, so that `#` repeats exactly."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from ivr.library.library import HOME, Library, fill
from ivr.library.measures import BETWEEN_CHOICES, BETWEEN_SENTENCES, TIME_FOR_A_PEN, sentences
from ivr.model import Cue, Dial, HangUp, Line, Listen, Place, Reply, Spot

QUIET_BEFORE = 1.0
"""After the answer: the first word is not lost while the phone goes to the ear."""

LISTEN = 10
LISTEN_PATIENTLY = 20
LISTEN_WHILE_WAITING = 25

ARRIVAL_KEYS = ("pace-key",)
"""Few, so that whoever presses nothing soon hears the overview. The greeting has named the key to a person."""
HOME_KEYS = ("person-key", "again-key")
MENU_KEYS = ("back-key", "person-key", "again-key")

PEN = re.compile(r"(\{pen\})")
"""Where the words have this slot, the line waits for the caller to get a pen."""
PHONE_NUMBER = re.compile(r"\b\d(?: \d)*(?:, \d(?: \d)*)+\b")
"""As `library.phone_number` says it."""

LAST_PROMPT = 3
"""The third prompt after silence warns that the call will end; the third after unknown keys offers a person."""


def say(libraries: Mapping[str, Library], place: Place) -> Reply:
    """The whole of what is heard at a place that exists."""
    if place.cue is Cue.CALLING:
        return Reply((), Dial())
    if place.cue is Cue.ENDED:
        return Reply((), HangUp())
    library = libraries[place.language]
    lines = [*_cue(libraries, place), *_body(library, place), *_choices(library, place)]
    return Reply(tuple(lines), Listen(_patience(place)))


def say_fault(library: Library) -> Reply:
    """For when the line itself failed: a number to call, and any key starts again."""
    here = Place(library.language.tag, Spot(HOME))
    return Reply(tuple(_spoken(here, library.call["fault"], BETWEEN_SENTENCES)), Listen(LISTEN_PATIENTLY))


def holds_only_a_cue(place: Place) -> bool:
    """Whether the cue says all there is to say, and any number then leads back to the spot."""
    return place.cue in (Cue.WAITING, Cue.GOODBYE) or (place.cue is Cue.SILENT and place.tries >= LAST_PROMPT)


def _patience(place: Place) -> int:
    if place.cue is Cue.WAITING:
        return LISTEN_WHILE_WAITING
    return LISTEN_PATIENTLY if place.patient else LISTEN


def _spoken(place: Place, paragraphs: Iterable[str], pause: float = BETWEEN_CHOICES, **slots: str) -> list[Line]:
    pieces = (piece for words in paragraphs for piece in PEN.split(fill(words, slots)) if piece.strip())
    return [_line(piece.strip(), pause, place.language) for piece in pieces]


def _line(words: str, pause: float, language: str) -> Line:
    if PEN.fullmatch(words):
        return Line("", TIME_FOR_A_PEN, language)
    return Line(words, pause, language, slowly=PHONE_NUMBER.search(words) is not None)


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
}


def _cue(libraries: Mapping[str, Library], place: Place) -> list[Line]:
    if place.cue is Cue.WAITING:
        phrase = "waiting" if place.tries <= 1 else "still-waiting"
    else:
        phrase = CUE_PHRASES.get(place.cue, "").format(tries=place.tries, pace=place.pace)
    lines = _spoken(place, libraries[place.language].call.get(phrase, ()), BETWEEN_SENTENCES)
    if place.cue is Cue.ARRIVED:
        lines = [Line("", QUIET_BEFORE, place.language), *lines, *_other_languages(libraries, place)]
    return lines


def _other_languages(libraries: Mapping[str, Library], place: Place) -> list[Line]:
    """Each offered in itself."""
    others = (tag for tag in libraries if tag != place.language)
    return [Line(words, BETWEEN_CHOICES, tag) for tag in others for words in libraries[tag].call["language-key"]]


def _body(library: Library, place: Place) -> list[Line]:
    if holds_only_a_cue(place) or place.cue is Cue.SILENT or place.spot.resuming:
        return []
    if place.cue is Cue.OVERVIEW:
        return _overview(library)
    if place.spot.name in library.menus:
        return [] if place.cue is Cue.ARRIVED else _spoken(place, [f"{library.menus[place.spot.name].title}."])
    return _segment(library, place, place.spot)


def _overview(library: Library) -> list[Line]:
    name = library.menus[HOME].overview or library.order[0]
    parts = range(1, len(library.topics[name].segments) + 1)
    return [line for part in parts for line in segment_lines(library, Spot(name, part))]


def _segment(library: Library, place: Place, spot: Spot) -> list[Line]:
    topic = library.topics[spot.name]
    phrase = library.call[_naming_phrase(library, place)]
    naming = _spoken(place, phrase, title=topic.title, part=str(spot.part), parts=str(len(topic.segments)))
    return [*naming, *segment_lines(library, spot)]


def segment_lines(library: Library, spot: Spot) -> list[Line]:
    """A segment's own words, without what names it and what is offered after it."""
    here = Place(library.language.tag, spot)
    return _spoken(here, sentences(library.topics[spot.name].segments[spot.part - 1].voice), BETWEEN_SENTENCES)


def _naming_phrase(library: Library, place: Place) -> str:
    """In full at the first visit, shorter after that."""
    if len(library.topics[place.spot.name].segments) == 1:
        return "place-single"
    return "place-again" if place.visited >> library.numbers[place.spot] & 1 else "place"


def _choices(library: Library, place: Place) -> list[Line]:
    if holds_only_a_cue(place):
        return []
    if place.spot.resuming:
        return _spoken(place, library.call["resuming"])
    if place.spot.name in library.menus:
        return _menu_choices(library, place)
    return _segment_choices(library, place)


def _menu_choices(library: Library, place: Place) -> list[Line]:
    choices = (choice.voice for choice in library.menus[place.spot.name].choices)
    return _spoken(place, [*choices, *(words for key in _menu_keys(place) for words in library.call[key])])


def _menu_keys(place: Place) -> tuple[str, ...]:
    """Whoever has been silent hears the choices alone: less to hold on to."""
    if place.patient:
        return ()
    if place.cue is Cue.ARRIVED:
        return ARRIVAL_KEYS
    return HOME_KEYS if place.spot.name == HOME else MENU_KEYS


def _segment_choices(library: Library, place: Place) -> list[Line]:
    if not library.is_last(place.spot):
        return _spoken(place, library.call["go-on-again" if place.visited else "go-on"])
    following = library.after(place.spot)
    offer = [library.topics[following.name].offer] if following else []
    again = library.call["again-topic" if place.spot.part > 1 else "again-key"]
    return _spoken(place, [*library.call["end-of-topic"], *offer, *again, *library.call["back-key"]])
