"""Texts: a form becomes an event, the dialogue takes a step, its effects are carried out, and the reply is sent."""

from __future__ import annotations

import secrets
from dataclasses import replace

from flask import Blueprint, Response

from ivr.carrier.port import InboundText
from ivr.dialogue.metrics import TEXT_LOST
from ivr.dialogue.step import step
from ivr.dialogue.texts import read_text
from ivr.dialogue.url import texter_from, to_basis
from ivr.memory.store import TextMemory
from ivr.model import CarrierAnswered, Consent, Failed, Reacted, Texted, Texter, TextReply
from ivr.web.effects import Incoming, Overtaken, TextEffects, rememberer
from ivr.web.line import Line, delivery, short_name

ATTEMPTS = 3
"""How often a text is answered afresh because another of the same sender was answered meanwhile."""


def create_sms(line: Line) -> Blueprint:
    sms = Blueprint("sms", __name__, url_prefix="/sms")

    @sms.post("")
    def arrive() -> Response:
        inbound = delivery().text()
        name, sender = short_name(inbound.name or secrets.token_hex()), line.sender(inbound.sender)
        reply = _reply(line, Incoming(name, inbound.sender, sender, inbound.line), _event(line, inbound))
        line.note("texted", reply.at)
        return _respond(line, reply)

    @sms.post("/status")
    def became() -> Response:
        report = delivery().report()
        if report.failed is not None:
            line.store.note_lost(line.sender(report.to).key)
            line.count(report.to, (TEXT_LOST,))
        return Response(status=204)

    @sms.errorhandler(500)
    def fault(_error: Exception) -> Response:
        line.note_fault()
        return _respond(line, step(line.libraries, Texter(), Failed()).reply)

    return sms


def _respond(line: Line, reply: TextReply) -> Response:
    return line.respond(line.carrier.documents.texts(reply).encode())


def _event(line: Line, inbound: InboundText) -> Texted | Reacted | CarrierAnswered:
    if inbound.answered:
        return CarrierAnswered(inbound.wish)
    return read_text(line.libraries.values(), inbound.words, inbound.has_pictures)


def _reply(line: Line, text: Incoming, event: Texted | Reacted | CarrierAnswered) -> TextReply:
    """Gives a text that is delivered again the same answer. Of two texts at once, the second is answered after the
    first."""
    if not isinstance(event, Texted):
        return TextEffects(line, text).carry_out(step(line.libraries, Texter(), event)).reply
    for attempt in range(1, ATTEMPTS + 1):
        try:
            return _answer(line, text, event, is_last=attempt == ATTEMPTS)
        except Overtaken:
            continue
    raise AssertionError("the last attempt is never overtaken")


def _answer(line: Line, text: Incoming, event: Texted, is_last: bool) -> TextReply:
    memory = line.store.open_text(text.sender, text.name, text.number)
    remembered = memory.remembered
    again = remembered.answered.get(text.name)
    basis = to_basis(remembered.text, remembered.question) if again is None else again
    of_late = 0 if text.party.set_aside else memory.number  # A number given to nobody is no machine's.
    texter = texter_from(basis, remembered.call, _consent(line, memory), of_late)
    texter = replace(texter, line_language=line.language(text.number), carrier_answers=text.party.stops_at_carrier)
    effects = TextEffects(line, text)
    if again is None:
        effects = TextEffects(line, text, rememberer(line, text, memory, basis, is_last))
    return effects.carry_out(step(line.libraries, texter, event)).reply


def _consent(line: Line, memory: TextMemory) -> Consent:
    if not memory.stopped:
        return Consent.WANTS
    blocks = memory.blocked and not line.settings.answers_carrier_words
    return Consent.BLOCKED if blocks else Consent.STOPPED
