"""Calls: a form becomes something heard, the dialogue takes a turn, and the answer is spoken."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, Response, request
from werkzeug.routing import BaseConverter

from ivr.dialogue.call import first_place, next_place
from ivr.dialogue.path import from_path, to_path
from ivr.dialogue.speech import say_fault
from ivr.dialogue.tally import FAULT, turn_tally
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
from ivr.web.line import Form, Line, caller_number, short_name, twiml

OVER = frozenset({"completed", "canceled", "failed", "busy", "no-answer"})
"""What a call is whose caller has left: the carrier may still hand on a silence that nobody kept."""
ANSWERED = frozenset({"completed", "answered"})
NOWHERE = Spot("")
"""For a path that the line never wrote: no content has it, so it leads to the nearest menu."""


class Anything(BaseConverter):
    """Whatever stands in an address, slashes and emptiness included: a caller is never told that a page is missing."""

    regex = ".*"
    part_isolating = False


def create_voice(line: Line) -> Blueprint:
    voice = Blueprint("voice", __name__, url_prefix="/voice")
    first = first_place(line.libraries)

    def speak(before: Place, heard: Heard, there: Place) -> Response:
        document = line.spoken(there)
        line.note(type(heard).__name__.lower(), there.spot, turn_tally(before, heard, there))
        return twiml(document)

    @voice.post("")
    def arrive() -> Response:
        remembered = line.store.recall(line.caller(request.form))
        heard = Arrived(from_path(remembered.call) if remembered.call else None, remembered.lost)
        return speak(first, heard, next_place(line.libraries, first, heard))

    @voice.post("/<anything:path>")
    def turn(path: str) -> Response:
        before = from_path(path) or Place(first.language, NOWHERE)
        form = request.form
        if form.get("CallStatus") in OVER:
            return twiml(line.voice(before, Reply((), HangUp())))
        heard = _heard(form)
        place = next_place(line.libraries, before, heard)
        done = _done(line, form, place)
        if done is not None:
            heard, place = done, next_place(line.libraries, place, done)
        return speak(before, heard, _kept(line, form, place))

    @voice.post("/status")
    def ended() -> Response:
        return Response(status=204)

    @voice.errorhandler(500)
    def fault(_error: Exception) -> Response:
        line.note("fault", None, [FAULT])
        place = Place(first.language, Spot(HOME), cue=Cue.GOODBYE)
        return twiml(line.voice(place, say_fault(line.libraries[place.language])))

    return voice


def _kept(line: Line, form: Form, place: Place) -> Place:
    """Remembers the place. If a text that was asked for has got lost meanwhile, that is said first."""
    if place.unkept:
        return place
    line.store.keep_call(line.caller(form), _remembered(place))
    if place.cue is not Cue.PLAIN or not place.texted or not line.store.take_lost(line.caller(form)):
        return place
    return replace(place, cue=Cue.TEXT_LOST, texted=False)


def _remembered(place: Place) -> str:
    """No more than the next call needs."""
    return to_path(Place(place.language, place.spot, place.pace))


def _done(line: Line, form: Form, place: Place) -> Heard | None:
    """Does what a place asks for before anything can be said there; None if it asks for nothing."""
    if place.cue is Cue.TEXTING:
        words = text_of(line.libraries[place.language], place.spot)
        wish = short_name(f"{form.get('CallSid', '')}/{to_path(place)}")
        outcome = line.outbound.text(line.caller(form), caller_number(form), words, wish)
        if outcome is Outcome.SENT and place.spot.part and not place.unkept:
            line.store.keep_text_place(line.caller(form), _remembered(place))
        return TextSent(outcome)
    if place.cue is Cue.FORGETTING:
        return Forgotten(line.store.forget(line.caller(form)))
    return None


def _heard(form: Form) -> Heard:
    """What the caller did. Anything that is no key of a phone is a key the line does not know."""
    if "DialCallStatus" in form:
        return DialEnded(form["DialCallStatus"] in ANSWERED)
    pressed = form.get("Digits", "").strip()
    return Pressed(pressed[0]) if pressed else Silent()
