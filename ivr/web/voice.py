"""Calls: a form becomes something heard, the dialogue takes a turn, and the answer is spoken."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from flask import Blueprint, Response, request
from werkzeug.routing import BaseConverter

from ivr.dialogue.call import first_place, take_turn
from ivr.dialogue.path import from_path, to_path
from ivr.dialogue.speech import say, say_fault
from ivr.dialogue.text import text_of
from ivr.library.library import HOME
from ivr.model import (
    Arrived,
    Cue,
    DialEnded,
    Forgotten,
    HangUp,
    Heard,
    Outcome,
    Place,
    Pressed,
    Reply,
    Silent,
    Spot,
    TextSent,
)
from ivr.web.line import Line, caller_number, short_name, twiml

OVER = frozenset({"completed", "canceled", "failed", "busy", "no-answer"})
"""What a call is whose caller has left: the carrier may still hand on a silence that nobody kept."""
ANSWERED = frozenset({"completed", "answered"})
NOWHERE = Spot("")
"""For a path that the line never wrote: no content has it, so it leads to the nearest menu."""


class Anything(BaseConverter):
    """Whatever stands in an address, slashes and emptiness included: a caller is never told that a page is missing."""

    regex = "(?s:.*)"
    part_isolating = False


def create_voice(line: Line) -> Blueprint:
    voice = Blueprint("voice", __name__, url_prefix="/voice")

    def speak(place: Place, reply: Reply) -> Response:
        return twiml(line.speaker.voice(reply, place.pace, f"{line.root}/voice/{to_path(place)}"))

    @voice.post("")
    def arrive() -> Response:
        kept = line.store.recall(line.caller()).call
        heard = Arrived(from_path(kept) if kept else None)
        return speak(*take_turn(line.libraries, first_place(line.libraries), heard))

    @voice.post("/<anything:path>")
    def turn(path: str) -> Response:
        before = from_path(path) or Place(first_place(line.libraries).language, NOWHERE)
        if request.form.get("CallStatus") in OVER:
            return speak(before, Reply((), HangUp()))
        place, reply = take_turn(line.libraries, before, _heard(request.form))
        done = _done(line, place)
        if done is not None:
            place, reply = take_turn(line.libraries, place, done)
        return speak(*_kept(line, place, reply))

    @voice.post("/status")
    def ended() -> Response:
        return Response(status=204)

    @voice.errorhandler(500)
    def fault(_error: Exception) -> Response:
        place = Place(first_place(line.libraries).language, Spot(HOME), cue=Cue.GOODBYE)
        return speak(place, say_fault(line.libraries[place.language]))

    return voice


def _kept(line: Line, place: Place, reply: Reply) -> tuple[Place, Reply]:
    """Remembers the place. If a text that was asked for has got lost meanwhile, that is said first."""
    plain = place.cue is Cue.PLAIN
    if place.unkept or not line.store.keep_call(line.caller(), _remembered(place), can_tell=plain):
        return place, reply
    there = replace(place, cue=Cue.TEXT_LOST)
    return there, say(line.libraries, there)


def _remembered(place: Place) -> str:
    """No more than the next call needs."""
    return to_path(Place(place.language, place.spot, place.pace))


def _done(line: Line, place: Place) -> Heard | None:
    """Does what a place asks for before anything can be said there; None if it asks for nothing."""
    if place.cue is Cue.TEXTING:
        words = text_of(line.libraries[place.language], place.spot)
        wish = short_name(f"{request.form.get('CallSid', '')}/{to_path(place)}")
        outcome = line.outbound.text(line.caller(), caller_number(), words, wish)
        if outcome is Outcome.SENT and place.spot.part and not place.unkept:
            line.store.keep_text_place(line.caller(), _remembered(place))
        return TextSent(outcome)
    if place.cue is Cue.FORGETTING:
        return Forgotten(line.store.forget(line.caller()))
    return None


def _heard(form: Mapping[str, str]) -> Heard:
    """What the caller did. Anything that is no key of a phone is a key the line does not know."""
    if "DialCallStatus" in form:
        return DialEnded(form["DialCallStatus"] in ANSWERED)
    pressed = form.get("Digits", "").strip()
    return Pressed(pressed[0]) if pressed else Silent()
