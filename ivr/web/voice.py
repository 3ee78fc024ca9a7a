"""Calls: a form becomes something heard, the dialogue takes a turn, and the answer is spoken."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, Response
from werkzeug.routing import BaseConverter

from ivr.carrier.port import InboundCall
from ivr.dialogue.path import to_path, to_text_path
from ivr.dialogue.speech import say_fault
from ivr.dialogue.tally import REACHED
from ivr.dialogue.text import text_of
from ivr.library.library import HOME
from ivr.memory.wishes import now
from ivr.model import (
    Arrived,
    DialEnded,
    Event,
    Forgotten,
    HangUp,
    Outcome,
    Party,
    Position,
    Prompt,
    Reply,
    State,
    TextSent,
)
from ivr.web.line import Line, delivery, short_name, twiml
from ivr.web.outbound import TEXT_ONCE
from ivr.web.turns import Turn


class Anything(BaseConverter):
    """Whatever stands in an address, slashes and emptiness included: a caller is never told that a page is missing."""

    regex = "(?s:.*)"
    part_isolating = False


def create_voice(line: Line) -> Blueprint:
    voice = Blueprint("voice", __name__, url_prefix="/voice")
    turns = line.turns

    def speak(kind: type[Event], turn: Turn, party: Party) -> Response:
        line.note(kind.__name__.lower(), turn.state.position, turn.tally, party)
        return twiml(turn.document)

    @voice.post("")
    @voice.post("/")
    def arrive() -> Response:
        caller = delivery().call().caller
        remembered = line.store.recall(line.caller(caller))
        return speak(Arrived, turns.arriving(remembered.call, remembered.lost), caller)

    @voice.post("/<anything:path>")
    def turn(path: str) -> Response:
        call = delivery().call()
        event: Event = call.event
        if call.over:
            before = turns.before(path)
            if isinstance(event, DialEnded) and event.talked:
                line.note("dialended", before.position, [REACHED], call.caller)
            return twiml(turns.document(before, Reply((), HangUp())))
        turn = turns.after(path, event)
        done = _done(line, call, turn)
        if done is not None:
            asked, event, turn = turn, done, turns.take(turn.state, done)
            turn = replace(turn, tally=asked.tally + turn.tally)
        return speak(type(event), _kept(line, call, turn), call.caller)

    @voice.post("/status")
    def ended() -> Response:
        return Response(status=204)

    @voice.errorhandler(500)
    def fault(_error: Exception) -> Response:
        line.note_fault()
        state = State(turns.first.language, Position(HOME), prompt=Prompt.GOODBYE)
        return twiml(turns.document(state, say_fault(line.libraries[state.language])))

    return voice


def _kept(line: Line, call: InboundCall, turn: Turn) -> Turn:
    """Remembers the place. If a text that was asked for has got lost meanwhile, that is said first."""
    state, caller = turn.state, line.caller(call.caller)
    if state.unkept:
        return turn
    line.store.keep_call(caller, turn.keeps)
    if state.prompt is not Prompt.PLAIN or not state.texted:
        return turn
    if not line.store.take_lost(caller, _name(call, state), TEXT_ONCE):
        return turn
    lost = replace(state, prompt=Prompt.TEXT_LOST, texted=False)
    return replace(turn, state=lost, said=line.turns.said(lost))


def _done(line: Line, call: InboundCall, turn: Turn) -> Event | None:
    """Does what a place asks for before anything can be said there; None if it asks for nothing."""
    state, caller = turn.state, line.caller(call.caller)
    if state.prompt is Prompt.TEXTING:
        words, began = text_of(line.libraries[state.language], state.position), now()
        outcome = line.outbound.text(caller, call.caller.address, words, _name(call, state), call.line)
        is_segment = state.position.part > 0 and not state.position.resuming
        if outcome is Outcome.SENT and is_segment and not state.unkept:
            line.store.keep_text_position(caller, to_text_path(state), began)
        return TextSent(outcome)
    if state.prompt is Prompt.FORGETTING:
        return Forgotten(line.store.forget(caller))
    return None


def _name(call: InboundCall, state: State) -> str:
    """The same for a turn that is delivered twice."""
    return short_name(f"{call.call}/{to_path(state)}")
