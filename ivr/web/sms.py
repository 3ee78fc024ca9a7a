"""Texts: a form becomes words, the dialogue answers them, and where the texter is now is remembered."""

from __future__ import annotations

import hashlib

from flask import Blueprint, Response, request

from ivr.carrier.twiml import texted
from ivr.dialogue.call import first_place
from ivr.dialogue.path import from_path, to_path
from ivr.dialogue.text import fault_text, take_text
from ivr.memory.store import Remembered
from ivr.model import Place, Texted, TextReply
from ivr.web.line import Line, twiml


def create_sms(line: Line) -> Blueprint:
    sms = Blueprint("sms", __name__, url_prefix="/sms")

    @sms.post("")
    def arrive() -> Response:
        caller = line.caller()
        remembered = line.store.recall(caller)
        text = _name_of_text(request.form.get("MessageSid", ""))
        kept = remembered.answered.get(text, remembered.text)
        before = from_path(kept) if kept else None
        language = _language(line, before, remembered)
        heard = Texted(request.form.get("Body", ""), before.spot if before else None)
        reply = TextReply(None) if request.form.get("OptOutType") else take_text(line.libraries[language], heard)
        if text not in remembered.answered:
            after = to_path(Place(language, reply.at)) if reply.at else None
            line.store.keep_text(caller, after, {**remembered.answered, text: kept})
        return twiml(texted(reply))

    @sms.post("/status")
    def became() -> Response:
        return Response(status=204)

    @sms.errorhandler(500)
    def fault(_error: Exception) -> Response:
        return twiml(texted(fault_text(line.libraries[first_place(line.libraries).language])))

    return sms


def _language(line: Line, before: Place | None, remembered: Remembered) -> str:
    """The one last used by text, else in a call, else the line's first."""
    call = from_path(remembered.call) if remembered.call else None
    for place in (before, call):
        if place is not None and place.language in line.libraries:
            return place.language
    return first_place(line.libraries).language


def _name_of_text(sid: str) -> str:
    """Enough to recognise a text that is delivered twice; the carrier's own name for it is not kept."""
    return hashlib.sha256(sid.encode()).hexdigest()[:12]
