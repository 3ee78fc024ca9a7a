"""Anything in any field: a valid reply, never a 500. tests/e2e/hostile goes on at random."""

import pytest
from posting import post, signed_post

from ivr.phone.twiml_reader import read_voice

PLACE = "/voice/en/normal/new/0/plain.0/main.0"
ODD = [
    "",
    " ",
    "\x00",
    "\x1b[2J",
    "\ud7ff",
    "é€",
    "<Say>",
    "&amp;",
    "]]>",
    "1" * 100_000,
    "\u202e",
    "\U0001f600" * 500,
    "${jndi}",
    "%s%n",
    "'\"--",
]


def spoken(line, token, path, fields):
    answered = signed_post(line, token, path, fields)
    assert answered.status == 200
    assert answered.kind == "text/xml; charset=utf-8"
    return read_voice(answered.text.encode(), answered.kind)


@pytest.fixture(scope="module")
def token(line_env):
    return line_env["TWILIO_AUTH_TOKEN"]


@pytest.mark.parametrize("path", ["/voice", PLACE])
@pytest.mark.parametrize(
    "field",
    [
        *("Digits", "From", "To", "CallSid", "CallStatus", "CallerState", "DialCallStatus", "New"),
        *("SpeechResult", "Confidence"),
    ],
)
@pytest.mark.parametrize("odd", ODD, ids=range(len(ODD)))
def test_any_field_of_a_call(line, token, path, field, odd):
    assert spoken(line, token, path, {"From": "+12025559002", "Digits": "1", field: odd})


@pytest.mark.parametrize("field", ["Body", "From", "To", "MessageSid", "NumMedia", "OptOutType", "New"])
@pytest.mark.parametrize("odd", ODD, ids=range(len(ODD)))
def test_any_field_of_a_text(line, token, field, odd):
    answered = signed_post(
        line, token, "/sms", {"From": "+12025559003", "Body": "hello", "MessageSid": "SM1", field: odd}
    )
    assert answered.status == 200
    assert answered.kind == "text/xml; charset=utf-8"
    assert answered.text.count("<Message>") <= 1


@pytest.mark.parametrize("path", ["/voice", PLACE, "/sms", "/voice/status", "/sms/status"])
def test_no_field_at_all(line, token, path):
    assert signed_post(line, token, path, {}).status in (200, 204)


@pytest.mark.parametrize("path", ["/voice", PLACE, "/sms"])
def test_a_field_that_comes_twice(line, token, path):
    fields = {"From": ["+12025559004", "+12025559005"], "Digits": ["1", "2"], "Body": ["MENU", "STOP"]}
    assert signed_post(line, token, path, fields).status == 200


@pytest.mark.parametrize(
    "path",
    [
        "/voice/",
        "/voice/x",
        "/voice/en",
        "/voice/%00",
        "/voice/%FF%FE",
        "/voice/%0A",
        "/voice/../../etc/passwd",
        "/voice/" + "a/" * 500,
        "/voice/en/normal/new/0/plain.0/gone.1",
        "/voice/en/normal/new/0/plain.0/goals.99",
        "/voice/xx/normal/new/0/plain.0/main.0",
        "/voice/en/normal/new/0/silent.99/main.0",
        "/voice/en/normal/new/0/unknown-key.77/main.0",
    ],
)
def test_a_path_that_leads_nowhere_leads_to_a_menu(line, token, path):
    (verb, *_) = spoken(line, token, path, {"From": "anonymous", "Digits": "1"})
    assert verb.action.startswith("/voice/en/")


def test_a_huge_request_is_turned_away(line):
    answered = post(line, "/voice", b"Digits=" + b"1" * 2_000_000)
    assert answered.status in (403, 413)


def test_another_kind_of_body_is_turned_away(line):
    assert post(line, "/voice", b'{"Digits": "1"}', {"Content-Type": "application/json"}).status == 403
