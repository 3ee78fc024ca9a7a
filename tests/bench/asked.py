"""What callers and texters send, signed and written out in advance as the carrier does."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from random import Random
from urllib.parse import urlencode

from twilio.request_validator import RequestValidator

from ivr.dialogue.state import first_state
from ivr.dialogue.step import step
from ivr.dialogue.url import to_path
from ivr.library.library import Library
from ivr.model import Arrived, DialEnded, Event, Pressed, Prompt, Silent, State
from ivr.phone.request_fields import call_fields, text_fields

TOKEN = "0123456789abcdef0123456789abcdef"
SECRET = "a secret of the benchmark"
ACCOUNT, LINE_NUMBER = "AC" + "0" * 32, "+18005550199"
CALLERS = 5000
"""Numbers in turn, so that none comes near the line's limit of replies."""

KEYS = {"": 34, "1": 26, "2": 8, "3": 5, "4": 4, "5": 4, "*": 6, "#": 5, "7": 4, "8": 2, "0": 1, "6": 1}
"""What callers do, of a hundred; nothing is silence."""
GOES_ON = 0.88
"""How likely a caller stays for another turn: eight turns and an arrival on average."""

TEXTS = {
    "number": ("1", "2", "11", "12", "13", "52"),
    "keyword": ("RADIATION", "chemo", "Surgery", "pills", "questions"),
    "move": ("MORE", "more", "again", "menu"),
    "sentence": ("what is radiation please", "is there a cure for this?", "can you tell me about my chemo"),
    "misspelt": ("radeation", "kemo", "surjery", "metastisis"),
    "unknown": ("ok thanks bye", "xyzzy", "the weather is nice here in town"),
}
SHARES = {"number": 30, "keyword": 25, "move": 25, "sentence": 10, "misspelt": 5, "unknown": 5}


@dataclass(frozen=True, slots=True)
class Asked:
    """`path`: of the webhook."""

    path: str
    fields: Mapping[str, str]


def number(nth: int) -> str:
    return f"+1202{5000000 + nth % CALLERS}"


def a_call(libraries: Mapping[str, Library], chance: Random, caller: str) -> Iterator[Asked]:
    """An arrival, and turns at the places that its keys lead to, until the caller hangs up."""
    fields = {**call_fields(caller, LINE_NUMBER, ACCOUNT), "CallStatus": "in-progress"}
    yield Asked("/voice", {**fields, "CallStatus": "ringing"})
    state = step(libraries, first_state(libraries), Arrived()).state
    while state.prompt is not Prompt.ENDED and chance.random() < GOES_ON:
        heard, more = _act(state, chance)
        yield Asked(f"/voice/{to_path(state)}", {**fields, **more})
        state = step(libraries, state, heard).state


def _act(state: State, chance: Random) -> tuple[Event, dict[str, str]]:
    if state.prompt is Prompt.CALLING:
        return DialEnded(True), {"DialCallStatus": "completed", "DialCallDuration": "60"}
    key = chance.choices(list(KEYS), list(KEYS.values()))[0]
    return Pressed(key) if key else Silent(), {"Digits": key, "FinishedOnKey": "", "msg": "Gather End"}


def turns(libraries: Mapping[str, Library], chance: Random) -> Iterator[Asked]:
    """Calls, one after another, without end."""
    return itertools.chain.from_iterable(a_call(libraries, chance, number(nth)) for nth in itertools.count())


def texts(chance: Random) -> Iterator[Asked]:
    for nth in itertools.count():
        kind = chance.choices(list(SHARES), list(SHARES.values()))[0]
        yield Asked("/sms", text_fields(chance.choice(TEXTS[kind]), 0, number(nth), LINE_NUMBER, ACCOUNT))


def on_wire(asked: Asked, port: int, path: str | None = None) -> bytes:
    """`path`: where it goes instead of its own."""
    host, path, body = f"127.0.0.1:{port}", path or asked.path, urlencode(asked.fields)
    signature = RequestValidator(TOKEN).compute_signature(f"http://{host}{path}", dict(asked.fields))
    head = (
        f"POST {path} HTTP/1.1",
        f"Host: {host}",
        "User-Agent: TwilioProxy/1.1",
        "Accept: */*",
        "Content-Type: application/x-www-form-urlencoded; charset=UTF-8",
        f"X-Twilio-Signature: {signature}",
        "I-Twilio-Idempotency-Token: 0f0f0f0f-0f0f-4f0f-8f0f-0f0f0f0f0f0f",
        f"Content-Length: {len(body)}",
    )
    return "\r\n".join((*head, "", body)).encode()
