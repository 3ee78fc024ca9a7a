"""Texts: a form becomes words, the dialogue answers them, and what the answer asks for is done."""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass

from flask import Blueprint, Response, abort

from ivr.carrier.port import InboundText
from ivr.carrier.twilio.render import texted
from ivr.dialogue.call import first_state
from ivr.dialogue.path import to_path, to_standing
from ivr.dialogue.permitted import ALWAYS_MET, Kind, Standing, after_stop, is_confirmed, rationed
from ivr.dialogue.tally import text_tally
from ivr.dialogue.text import called, fault_text, forgotten, not_started, not_stopped, started, too_many
from ivr.dialogue.texting import TextTurn, text_turn
from ivr.library.library import HOME, Library
from ivr.listening.reactions import request_in
from ivr.memory.caller import Sender
from ivr.memory.store import KeptText, TextMemory
from ivr.model import Act, Position, Prompt, State, TextReply
from ivr.web.line import Line, delivery, short_name, twiml

ATTEMPTS = 3
"""At the answer to a text while others of the same sender are being answered."""
NO_REPLY = TextReply(None)


@dataclass(frozen=True, slots=True)
class Incoming:
    """A text. `name` is the same when it is delivered again; `number`: the one of the line's that it was sent to;
    `request`: what it asks for, None where it is a picture without words."""

    name: str
    sender: Sender
    number: str
    request: str | None


@dataclass(frozen=True, slots=True)
class Permitted:
    """A reply; whether what it asks for is done in silence; whether it is the turn's own, and so to be remembered."""

    reply: TextReply
    silent: bool = False
    own: bool = True


def create_sms(line: Line) -> Blueprint:
    sms = Blueprint("sms", __name__, url_prefix="/sms")

    @sms.post("")
    def arrive() -> Response:
        text = delivery().text()
        reply = _reply(line, text)
        line.note("texted", reply.at, text_tally(reply), text.sender)
        line.note_unknown(text.sender, reply.unknown)
        return _as_twiml(reply)

    @sms.post("/status")
    def became() -> Response:
        report = delivery().report()
        if report.failed is not None:
            line.store.note_lost(line.sender(report.to).key)
        return Response(status=204)

    @sms.errorhandler(500)
    def fault(_error: Exception) -> Response:
        line.note_fault()
        return _as_twiml(fault_text(line.libraries[first_state(line.libraries).language]))

    return sms


def _as_twiml(reply: TextReply) -> Response:
    return twiml(texted(reply).encode())


def _reply(line: Line, inbound: InboundText) -> TextReply:
    request = request_in(line.libraries.values(), inbound.words)
    name = short_name(inbound.name or secrets.token_hex())
    text = Incoming(name, line.sender(inbound.sender), inbound.line, request)
    if inbound.answered:
        return _answered_by_carrier(line, text, inbound.wish)
    return NO_REPLY if request is None and not inbound.has_pictures else _answer(line, text)


def _answer(line: Line, text: Incoming) -> TextReply:
    """The same answer to a text that is delivered again. Of two at once, the second is answered after the first."""
    for attempt in range(ATTEMPTS):
        memory = line.store.open_text(text.sender, text.name, text.number)
        remembered = memory.remembered
        again = remembered.answered.get(text.name)
        standing = to_standing(remembered.text, remembered.question) if again is None else again
        turn = text_turn(line.libraries, standing, remembered.call, text.request, line.settings.answers_carrier_words)
        permitted = _permitted(line, text, memory, turn)
        if not permitted.own or again is not None or turn.reply.act is Act.FORGET:
            break
        kept = KeptText(standing, turn.state, turn.question)
        if line.store.keep_text(text.sender.key, text.name, memory, kept) or attempt == ATTEMPTS - 1:
            break
    reply = permitted.reply
    if permitted.silent and reply.act in (Act.STOP, Act.START) and reply.text is not None:
        return _kept_in_silence(line, text, reply.act)
    done = reply if reply.act is None else _act(line, text, turn.library, reply)
    return NO_REPLY if permitted.silent else done


def _permitted(line: Line, text: Incoming, memory: TextMemory, turn: TextTurn) -> Permitted:
    """Whether the sender is answered this, or that the line goes quiet, or nothing."""
    library, reply, standing = turn.library, turn.reply, _standing(line, memory)
    wish = Permitted(reply if reply.act in ALWAYS_MET else NO_REPLY, silent=True, own=False)
    if not after_stop(library, reply, standing):
        return wish
    if is_confirmed(reply, standing):
        reply = started(library)
    ration = rationed(library, reply, text.request or "", memory.number)
    if ration is None:
        return Permitted(reply)
    what = hmac.digest(line.secret, f"{text.sender.name} {ration.words}".encode(), "sha256").hex()[:16]
    if not line.store.limits.may_answer(text.sender.name, text.name, ration.kind, what, ration.most):
        return wish
    return Permitted(too_many(library), own=False) if ration.kind is Kind.QUIET else Permitted(reply)


def _standing(line: Line, memory: TextMemory) -> Standing:
    if not memory.stopped:
        return Standing.WANTS
    blocks = memory.blocked and not line.settings.answers_carrier_words
    return Standing.BLOCKED if blocks else Standing.STOPPED


# --- what a text asks for ------------------------------------------------------------------------------------


def _act(line: Line, text: Incoming, library: Library, reply: TextReply) -> TextReply:
    """Does what the text asks for, once however often it is delivered, and answers with what became of it."""
    match reply.act:
        case Act.STOP | Act.START if reply.text is None:
            return _heeded(line, text, reply.act)
        case Act.STOP:
            return reply if _keeps(line, text, reply.act) else not_stopped(library)
        case Act.START:
            return reply if _keeps(line, text, reply.act) else not_started(library)
        case Act.FORGET:
            return forgotten(library, line.store.forget(text.sender.key))
        case _:
            state = State(library.language.tag, reply.at or Position(HOME), prompt=Prompt.CALLED)
            number = text.sender.number or ""
            caller = text.sender.key if number else None
            return called(library, line.outbound.call(caller, number, to_path(state), text.name, text.number))


def _answered_by_carrier(line: Line, text: Incoming, wish: Act | None) -> TextReply:
    """The carrier has answered this one itself; only what it means is kept."""
    return NO_REPLY if wish is None else _heeded(line, text, wish)


def _heeded(line: Line, text: Incoming, act: Act) -> TextReply:
    """The carrier has answered."""
    line.store.note_blocked(text.sender.key, text.number, act is Act.STOP)
    return _kept_in_silence(line, text, act)


def _kept_in_silence(line: Line, text: Incoming, act: Act) -> TextReply:
    """Nobody is told whether it is kept. So a wish that nobody here can keep has to come again: it does after a 503."""
    if not _keeps(line, text, act) and text.sender.key is not None:
        abort(503)
    return NO_REPLY


def _keeps(line: Line, text: Incoming, act: Act) -> bool:
    take = line.store.stop if act is Act.STOP else line.store.start
    return take(text.sender.key, text.number)
