"""Calls: a form becomes something heard, the dialogue takes a turn, and the answer is spoken."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, Response
from werkzeug.routing import BaseConverter

from ivr.dialogue.path import to_path, to_text_path
from ivr.dialogue.speech import say_fault
from ivr.dialogue.tally import REACHED
from ivr.dialogue.text import text_of
from ivr.library.library import HOME
from ivr.memory.wishes import now
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
from ivr.web.line import Form, Line, caller_number, line_number, sent, short_name, twiml
from ivr.web.outbound import TEXT_ONCE
from ivr.web.turns import Turn

OVER = frozenset({"completed", "canceled", "failed", "busy", "no-answer"})
"""What a call is whose caller has left: the carrier may still hand on a silence that nobody kept."""
ANSWERED = frozenset({"completed", "answered"})


class Anything(BaseConverter):
    """Whatever stands in an address, slashes and emptiness included: a caller is never told that a page is missing."""

    regex = "(?s:.*)"
    part_isolating = False


def create_voice(line: Line) -> Blueprint:
    voice = Blueprint("voice", __name__, url_prefix="/voice")
    turns = line.turns

    def speak(kind: type[Heard], turn: Turn) -> Response:
        line.note(kind.__name__.lower(), turn.place.spot, turn.tally)
        return twiml(turn.document)

    @voice.post("")
    @voice.post("/")
    def arrive() -> Response:
        remembered = line.store.recall(line.caller(sent()))
        return speak(Arrived, turns.arriving(remembered.call, remembered.lost))

    @voice.post("/<anything:path>")
    def turn(path: str) -> Response:
        form = sent()
        heard = _heard(form)
        if form.get("CallStatus") in OVER:
            before = turns.before(path)
            if isinstance(heard, DialEnded) and heard.talked:
                line.note("dialended", before.spot, [REACHED])
            return twiml(turns.document(before, Reply((), HangUp())))
        turn = turns.after(path, heard)
        done = _done(line, form, turn)
        if done is not None:
            asked, heard, turn = turn, done, turns.take(turn.place, done)
            turn = replace(turn, tally=asked.tally + turn.tally)
        return speak(type(heard), _kept(line, form, turn))

    @voice.post("/status")
    def ended() -> Response:
        return Response(status=204)

    @voice.errorhandler(500)
    def fault(_error: Exception) -> Response:
        line.note_fault()
        place = Place(turns.first.language, Spot(HOME), cue=Cue.GOODBYE)
        return twiml(turns.document(place, say_fault(line.libraries[place.language])))

    return voice


def _kept(line: Line, form: Form, turn: Turn) -> Turn:
    """Remembers the place. If a text that was asked for has got lost meanwhile, that is said first."""
    place, caller = turn.place, line.caller(form)
    if place.unkept:
        return turn
    line.store.keep_call(caller, turn.keeps)
    if place.cue is not Cue.PLAIN or not place.texted:
        return turn
    if not line.store.take_lost(caller, _name(form, place), TEXT_ONCE):
        return turn
    lost = replace(place, cue=Cue.TEXT_LOST, texted=False)
    return replace(turn, place=lost, said=line.turns.said(lost))


def _done(line: Line, form: Form, turn: Turn) -> Heard | None:
    """Does what a place asks for before anything can be said there; None if it asks for nothing."""
    place = turn.place
    if place.cue is Cue.TEXTING:
        words, began = text_of(line.libraries[place.language], place.spot), now()
        to = line.caller(form), caller_number(form)
        outcome = line.outbound.text(*to, words, _name(form, place), line_number(form))
        is_segment = place.spot.part > 0 and not place.spot.resuming
        if outcome is Outcome.SENT and is_segment and not place.unkept:
            line.store.keep_text_place(line.caller(form), to_text_path(place), began)
        return TextSent(outcome)
    if place.cue is Cue.FORGETTING:
        return Forgotten(line.store.forget(line.caller(form)))
    return None


def _name(form: Form, place: Place) -> str:
    """The same for a turn that is delivered twice."""
    return short_name(f"{form.get('CallSid', '')}/{to_path(place)}")


def _heard(form: Form) -> Heard:
    """What the caller did. Anything that is no key of a phone is a key the line does not know."""
    if "DialCallStatus" in form:
        return DialEnded(form["DialCallStatus"] in ANSWERED)
    pressed = form.get("Digits", "").strip()
    return Pressed(pressed[0]) if pressed else Silent()
