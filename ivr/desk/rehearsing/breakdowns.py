"""Acts in which something breaks or changes during calls: the line goes down, the auth token changes."""

from __future__ import annotations

import secrets

from ivr.desk.rehearsing.stage import Stage, Wrong
from ivr.desk.rehearsing.texted import asked_for, press_nine
from ivr.library.library import HOME
from ivr.library.phrases import CallPhrase


def fallback(stage: Stage) -> str:
    call = stage.phone(falls_back=True).call()
    stage.down()
    try:
        call.press(stage.library.menus[HOME].choices[0].key)
        arriving = stage.phone(falls_back=True).call()
        for heard in (call, arriving):
            if not stage.says(CallPhrase.FALLBACK, heard.said):
                raise Wrong("the fallback was not heard")
        words = "STOP is the line's to answer, so texts wait"
        if not stage.settings.answers_carrier_words:
            code = stage.library.menus[HOME].choices[0].key
            asked_for(stage.phone(falls_back=True).text(code), code)
            words = "a texter gets it too"
    finally:
        stage.up()
    if not stage.says(CallPhrase.ARRIVED, stage.phone().call().said):
        raise Wrong("the line did not come back")
    return f"a call goes on with the fallback, the next one begins with it, and {words}; then the line is back"


def rotation(stage: Stage) -> str:
    """Follows docs/operators.md. At its end, whoever wants no texts is still known."""
    old, new = stage.carrier.token, secrets.token_hex(16)
    stopped = stage.phone()
    stopped.text("STOP")
    stage.up(TWILIO_AUTH_TOKEN=old, TWILIO_AUTH_TOKEN_OTHER=new)
    for token in (old, new):
        stage.phone(token).call().hang_up()
    stage.carrier.token = new
    stage.phone().call().hang_up()
    stage.up(TWILIO_AUTH_TOKEN=new, TWILIO_AUTH_TOKEN_OTHER=old)
    for token in (old, new):
        stage.phone(token).call().hang_up()
    if not press_nine(stage, stage.phone())[1]:
        raise Wrong("key 9 sent nothing with the new token")
    if press_nine(stage, stage.phone(number=stopped.number))[1]:
        raise Wrong("who wants no texts was forgotten")
    return "no call is refused meanwhile, key 9 works with the new one, and who wants no texts is still known"
