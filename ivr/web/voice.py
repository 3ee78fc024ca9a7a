"""Calls: a form becomes an event, the dialogue takes a step, its effects are carried out, and the reply is spoken."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, Response, request
from werkzeug.routing import BaseConverter

from ivr.carrier.port import InboundCall
from ivr.dialogue.metrics import MINUTE, MINUTE_TO_A_PERSON
from ivr.dialogue.state import first_state
from ivr.dialogue.url import from_path, from_text_path, to_path
from ivr.model import Arrived, CallEvent, DialEnded, Failed, HungUp
from ivr.web.effects import CallEffects
from ivr.web.line import Line, delivery


class Anything(BaseConverter):
    """Matches any path, even an empty one or one with slashes: a caller must never get a 404."""

    regex = "(?s:.*)"
    part_isolating = False


def create_voice(line: Line) -> Blueprint:
    voice = Blueprint("voice", __name__, url_prefix="/voice")
    first = first_state(line.libraries)
    start = to_path(first)

    def answer(call: InboundCall, path: str, event: CallEvent) -> Response:
        turn = CallEffects(line, call).carry_out(line.ready.turn(path, event))
        line.count_seconds(call.caller, MINUTE_TO_A_PERSON, call.dialled_seconds)
        line.note(type(event).__name__.lower(), turn.state.position)
        return line.respond(line.ready.document(turn, line.shown_number(turn.reply, call.line)))

    @voice.post("")
    @voice.post("/")
    def arrive() -> Response:
        call = delivery().call()
        remembered = line.store.recall(line.caller(call.caller))
        last = from_path(remembered.call) if remembered.call else None
        texted = from_text_path(remembered.text) if remembered.text else None
        begun = to_path(replace(first, language=line.language(call.line)))
        return answer(call, begun, Arrived(last, remembered.lost, texted.language if texted else ""))

    @voice.post("/<anything:path>")
    def turn(path: str) -> Response:
        call = delivery().call()
        return answer(call, path, _event(call))

    @voice.post("/status")
    def ended() -> Response:
        call = delivery().ended()
        line.count_seconds(call.caller, MINUTE, call.seconds)
        return Response(status=204)

    @voice.errorhandler(500)
    def fault(_error: Exception) -> Response:
        """Answers in the language of the call, if its address still tells which."""
        line.note_fault()
        path = (request.view_args or {}).get("path", start)
        return line.respond(line.ready.document(line.ready.turn(path, Failed())))

    return voice


def _event(call: InboundCall) -> CallEvent:
    if call.over:
        return HungUp(talked=isinstance(call.event, DialEnded) and call.event.talked)
    return call.event
