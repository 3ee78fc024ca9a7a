"""Steps that several acts share."""

from __future__ import annotations

from ivr.desk.rehearsing.stage import Stage, Wrong
from ivr.phone.call import Call
from ivr.phone.handset import Handset
from ivr.phone.pretend_carrier import Sent, delivery_fields
from ivr.phone.texting import TextsReceived


def press_nine(stage: Stage, phone: Handset) -> tuple[Call, tuple[Sent, ...]]:
    """A call to the first topic in which key 9 was pressed, and what was texted. By then the carrier has reported the
    outcome to the line."""
    call = phone.call()
    for key in stage.library.codes[stage.library.order[0]]:
        call.press(key)
    call.press("9")
    texts = stage.carrier.collect(phone.number)
    for text in texts:
        if text.report:
            phone.report(text.report, delivery_fields(text, stage.carrier.account))
    return call, texts


def asked_for(answer: TextsReceived, words: str) -> None:
    """Raises Refused, or Wrong if no answer came."""
    if answer.refused:
        raise answer.refused
    if not answer.texts:
        raise Wrong(f"{words} got no answer")
