"""Acts in which people come another way: in the other language, by WhatsApp, and with spoken words."""

from __future__ import annotations

from ivr.desk.rehearsing.stage import Stage, Wrong
from ivr.desk.rehearsing.texted import asked_for
from ivr.library.library import HOME
from ivr.phone.call import Call
from ivr.phone.sounds import Speech


def other_language(stage: Stage) -> str:
    others = {library.language.speech: library for library in stage.content.libraries.values()}
    del others[stage.library.language.speech]
    if not others:
        return "the line speaks one language, so there is no key 6"
    call = stage.phone().call()
    call.press("6")
    if call.ended or _begins_in(call) not in others:
        raise Wrong("key 6 did not lead to the other language")
    call.hang_up()
    return "key 6 changes the language"


def whatsapp(stage: Stage) -> str:
    """No carrier answers STOP there, so the line does."""
    person = stage.phone()
    chat = person.calling_from(f"whatsapp:{person.number}")
    code = stage.library.menus[HOME].choices[0].key
    asked_for(chat.text(code), code)
    asked_for(chat.text("STOP"), "STOP")
    if chat.text(code).texts:
        raise Wrong("somebody was answered after STOP")
    asked_for(chat.text("START"), "START")
    asked_for(chat.text(code), code)
    return "whoever writes there is answered, STOP and START as well, which the line answers itself"


def speech(stage: Stage) -> str:
    if not stage.settings.hears_speech:
        return "off, so nothing listens to words (SPEECH)"
    call = stage.phone().call()
    key = stage.library.menus[HOME].choices[0].key
    pressed = call.fork()
    pressed.press(key)
    call.say(key)
    if call.ended or call.said != pressed.said:
        raise Wrong(f"{key}, spoken, did not lead where the key leads")
    call.hang_up()
    pressed.hang_up()
    return f"{key}, spoken, leads where the key leads"


def _begins_in(call: Call) -> str:
    """A greeting offers the other language in itself, so only its first words count."""
    return next((item.language for item in call.heard if isinstance(item, Speech)), "")
