"""Texts: a form becomes words, the dialogue answers them, and where the texter is now is remembered."""

from __future__ import annotations

import secrets

from flask import Blueprint, Response, abort

from ivr.carrier.rest import outcome_of
from ivr.carrier.twiml import texted
from ivr.dialogue.call import first_place
from ivr.dialogue.path import from_path, from_text_path, to_path, to_text_path
from ivr.dialogue.tally import text_tally
from ivr.dialogue.text import called, fault_text, forgotten, not_started, not_stopped, picture, take_text, too_many
from ivr.library.library import HOME, Library
from ivr.listening.reactions import request_in
from ivr.memory.store import Remembered, TextMemory
from ivr.model import Act, Cue, Place, Spot, Texted, TextReply
from ivr.web.line import Form, Line, caller_number, line_number, sent, short_name, twiml

MOST_REPLIES = 20
"""In ten minutes to one caller: two machines that answer each other stop here."""
MOST_IN_DANGER = 30
"""The same for words of danger, and for whoever asks for a person: these are answered for longer."""

NO_REPLY = TextReply(None)
ALWAYS_HEARD = (Act.STOP, Act.START, Act.FORGET)
"""Wishes that are met however many texts came before."""


def create_sms(line: Line) -> Blueprint:
    sms = Blueprint("sms", __name__, url_prefix="/sms")

    @sms.post("")
    def arrive() -> Response:
        form = sent()
        if "OptOutType" in form:
            return _as_twiml(_answered_by_carrier(line, form))
        request = request_in(line.libraries.values(), form.get("Body", ""))
        if request is None and not _has_pictures(form):
            line.note("texted", None, text_tally(NO_REPLY))
            return _as_twiml(NO_REPLY)
        reply = _answer(line, form, request, line.store.open_text(line.caller(form), line_number(form)))
        line.note("texted", reply.at, text_tally(reply))
        line.note_unknown(form, reply.unknown)
        return _as_twiml(reply)

    @sms.post("/status")
    def became() -> Response:
        form = sent()
        failed = outcome_of(form.get("ErrorCode"), form.get("MessageStatus", ""))
        if failed is not None:
            line.store.note_lost(line.key_of(form.get("To", "")))
        return Response(status=204)

    @sms.errorhandler(500)
    def fault(_error: Exception) -> Response:
        line.note_fault()
        return _as_twiml(fault_text(line.libraries[first_place(line.libraries).language]))

    return sms


def _as_twiml(reply: TextReply) -> Response:
    return twiml(texted(reply).encode())


def _has_pictures(form: Form) -> bool:
    return form.get("NumMedia", "").strip() not in ("", "0")


def _answer(line: Line, form: Form, request: str | None, memory: TextMemory) -> TextReply:
    """`request`: None where there is nothing but a picture."""
    remembered = memory.remembered
    text = short_name(form.get("MessageSid") or secrets.token_hex())
    again = text in remembered.answered
    kept = remembered.answered[text] if again else remembered.text
    before = from_text_path(kept) if kept else None
    language = _language(line, before, remembered)
    library = line.libraries[language]
    heard = Texted(request or "", before.spot if before else None)
    answers = line.settings.answers_carrier_words
    reply = take_text(library, heard, answers) if request is not None else picture(library)
    if memory.stopped and reply.act is Act.STOP:
        return _heeded(line, form, Act.STOP)
    if memory.stopped and reply.act is not Act.START:
        if reply.act is Act.FORGET:
            line.store.forget(line.caller(form))
        return TextReply(None)
    if memory.replies == MOST_REPLIES + 1 and reply.act not in ALWAYS_HEARD:
        return too_many(library)
    if memory.replies > _most(library, reply) and reply.act not in ALWAYS_HEARD:
        return TextReply(None)
    if not again and reply.act is not Act.FORGET:
        after = to_text_path(Place(language, reply.at)) if reply.at else None
        line.store.keep_text(line.caller(form), after, {**remembered.answered, text: kept}, memory.at)
    return reply if reply.act is None else _act(line, form, library, reply, text)


def _most(library: Library, reply: TextReply) -> int:
    home = library.menus[HOME]
    return MOST_IN_DANGER if reply.at and reply.at.name in (home.urgent, home.person) else MOST_REPLIES


def _act(line: Line, form: Form, library: Library, reply: TextReply, text: str) -> TextReply:
    """Does what the text asks for, once however often it is delivered, and answers with what became of it."""
    match reply.act:
        case Act.STOP | Act.START if reply.text is None:
            return _heeded(line, form, reply.act)
        case Act.STOP:
            return reply if _keeps(line, form, reply.act) else not_stopped(library)
        case Act.START:
            return reply if _keeps(line, form, reply.act) else not_started(library)
        case Act.FORGET:
            return forgotten(library, line.store.forget(line.caller(form)))
        case _:
            spot = reply.at or Spot(HOME)
            place = Place(library.language.tag, spot, cue=Cue.CALLED)
            to = line.caller(form), caller_number(form)
            return called(library, line.outbound.call(*to, to_path(place), text, line_number(form)))


def _answered_by_carrier(line: Line, form: Form) -> TextReply:
    """The carrier has answered this one itself; only what it means is kept."""
    kind = form["OptOutType"].strip().upper()
    return _heeded(line, form, Act[kind]) if kind in ("STOP", "START") else TextReply(None)


def _heeded(line: Line, form: Form, act: Act) -> TextReply:
    """In silence: the carrier has answered. A wish that nobody here can keep has to come again: it does after a 503."""
    if not _keeps(line, form, act) and line.caller(form) is not None:
        abort(503)
    return TextReply(None)


def _keeps(line: Line, form: Form, act: Act) -> bool:
    take = line.store.stop if act is Act.STOP else line.store.start
    return take(line.caller(form), line_number(form))


def _language(line: Line, before: Place | None, remembered: Remembered) -> str:
    """The one last used by text, else in a call, else the line's first."""
    call = from_path(remembered.call) if remembered.call else None
    for place in (before, call):
        if place is not None and place.language in line.libraries:
            return place.language
    return first_place(line.libraries).language
