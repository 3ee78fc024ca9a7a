"""The acts of a rehearsal, in order. Each says what was seen, or raises Wrong.

Everything that the line says is compared with its own phrases, so lines with other words can be rehearsed too.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TypeAlias

from ivr.desk.connect.connecting import account_of, carry_out, plan, wanted
from ivr.desk.rehearsing.breakdowns import fallback, rotation
from ivr.desk.rehearsing.stage import Stage, Wrong
from ivr.desk.rehearsing.texted import asked_for, press_nine
from ivr.desk.rehearsing.ways import other_language, speech, whatsapp
from ivr.library.library import HOME
from ivr.library.phrases import CallPhrase
from ivr.library.sent_text import as_sent
from ivr.phone.pretend_carrier import Fate, answered_fields, unanswered_fields
from ivr.phone.refused import Refused

Act: TypeAlias = Callable[[Stage], str]
FORBIDDEN = 403
STRANGER = "a stranger's"
"""A token that is not the account's."""


def connect(stage: Stage) -> str:
    settings = stage.settings
    account = account_of(settings)
    for own in settings.own_numbers:
        found = account.number(own.number)
        webhooks = wanted(settings, own.language or next(iter(stage.content.libraries)))
        carry_out(account, found, plan(found, account.settings_for(webhooks)))
    told = stage.carrier.numbers[0].settings
    calls, texts = (told[name].partition("#")[0] for name in ("voice_url", "sms_url"))
    return f"calls of {', '.join(settings.line_numbers)} go to {calls}, texts to {texts}"


def signed_calls(stage: Stage) -> str:
    call = stage.phone().call()
    if not stage.says(CallPhrase.ARRIVED, call.said):
        raise Wrong("the greeting was not heard")
    slowest = call.answer_seconds
    for choice in stage.library.menus[HOME].choices:
        other = call.fork()
        other.press(choice.key)
        if other.ended or not other.said:
            raise Wrong(f"key {choice.key} of the main menu led to nothing")
        slowest = max(slowest, other.answer_seconds)
        other.hang_up()
    call.hang_up()
    _refuses(lambda: stage.phone(token=STRANGER).call())
    return f"each key of the main menu leads on, the slowest answer took {slowest:.2f} s, a stranger's call gets 403"


def signed_texts(stage: Stage) -> str:
    texter = stage.phone()
    codes = [choice.key for choice in stage.library.menus[HOME].choices]
    for code in codes:
        asked_for(texter.text(code), code)
    _refuses(lambda: _raise(stage.phone(token=STRANGER).text(codes[0]).refused))
    return f"{', '.join(codes)} are answered, a stranger's text gets 403"


def person(stage: Stage) -> str:
    call = stage.phone().call()
    call.press("0")
    wanted_numbers = {stage.settings.helpline_number, stage.settings.helpline_second}
    dialled = call.dialling
    if dialled not in wanted_numbers:
        raise Wrong(f"key 0 dialled {dialled or 'nobody'}")
    while call.dialling:
        call.dial_ends("no-answer")
    if call.ended or not call.said:
        raise Wrong("the caller was left alone after nobody had answered")
    call.hang_up()
    return f"key 0 dials {dialled}, and a caller whom nobody answers is told so and stays on the line"


def key_nine(stage: Stage) -> str:
    texter = stage.phone()
    library = stage.library
    segment = library.topics[library.order[0]].segments[0]
    call, texts = press_nine(stage, texter)
    if not texts:
        raise Wrong("no text was sent")
    if as_sent(library.language, segment.text) not in " ".join(text.words for text in texts):
        raise Wrong("the text does not hold what was being said")
    if not stage.says(CallPhrase.TEXT_SENT, call.said):
        raise Wrong("the caller was not told that it was sent")
    call.hang_up()
    return "what is being said arrives as a text, and is reported delivered"


def key_nine_fails(stage: Stage) -> str:
    """Each way in which a text can fail: the caller is told, and how to write it down instead."""
    told = {
        Fate.NO_TEXTS: (CallPhrase.TEXT_NO_TEXTS,),
        Fate.DOWN: (CallPhrase.TEXT_NO_CREDIT, CallPhrase.TEXT_FAILED),
        Fate.LOST: (CallPhrase.TEXT_LOST,),
    }
    try:
        for fate, phrases in told.items():
            stage.carrier.fate = fate
            call, _ = press_nine(stage, stage.phone())
            if fate is Fate.LOST:
                call.press("1")
                call.let_name()
            if not any(stage.says(phrase, call.said) for phrase in phrases):
                raise Wrong(f"the caller was not told what became of the text ({fate})")
            call.hang_up()
    finally:
        stage.carrier.fate = Fate.ARRIVES
    return "a landline, a carrier that is down and a text that is lost on its way are each told to the caller"


def call_back(stage: Stage) -> str:
    word, texter = stage.library.words["call"][0], stage.phone()
    asked_for(texter.text(word), word)
    rings = stage.carrier.ringing(texter.number)
    if rings is None:
        raise Wrong(f"nobody was called after {word}")
    stage.carrier.pick_up(rings.sid)
    call = replace(texter, voice_url=rings.url.removeprefix(stage.address)).call(**answered_fields(rings))
    if call.ended or not stage.says(CallPhrase.CALLED, call.said):
        raise Wrong("whoever answered did not hear who calls")
    call.press("1")
    if call.ended or not call.said:
        raise Wrong("key 1 did not begin the call")
    call.hang_up()
    another = stage.phone()
    another.text(word)
    missed = stage.carrier.ringing(another.number)
    if missed and missed.report:
        stage.carrier.pick_up(missed.sid)
        another.report(missed.report, unanswered_fields(missed, stage.carrier.account))
    return f"after {word} the phone rings, and the call that is answered goes on with key 1"


def stop(stage: Stage) -> str:
    texter = stage.phone()
    answer = texter.text("STOP")
    if answer.refused:
        raise answer.refused
    if bool(answer.texts) is not stage.settings.answers_carrier_words:
        raise Wrong("STOP was answered twice, or not at all" if answer.texts else "STOP was not answered")
    call, texts = press_nine(stage, texter)
    if texts or not stage.says(CallPhrase.TEXT_STOPPED, call.said):
        raise Wrong("a text went out after STOP, or the caller was not told why none did")
    call.hang_up()
    texter.text("START")
    _, texts = press_nine(stage, texter)
    if not texts:
        raise Wrong("no text went out after START")
    who = "the line" if stage.settings.answers_carrier_words else "the carrier"
    return f"nothing is texted after STOP, not by key 9 either, until START; {who} answers both"


def _refuses(act: Callable[[], object]) -> None:
    try:
        act()
    except Refused as refused:
        if refused.status != FORBIDDEN:
            raise
    else:
        raise Wrong("what a stranger signed was answered")


def _raise(refused: Refused | None) -> None:
    if refused:
        raise refused


ACTS: Mapping[str, Act] = {
    "connect": connect,
    "signed calls": signed_calls,
    "signed texts": signed_texts,
    "a person": person,
    "the other language": other_language,
    "speech": speech,
    "key 9": key_nine,
    "key 9, where it cannot arrive": key_nine_fails,
    "CALL": call_back,
    "STOP and START": stop,
    "WhatsApp": whatsapp,
    "the line is down": fallback,
    "the token is changed": rotation,
}
