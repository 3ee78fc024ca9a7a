"""The auth token is changed as docs/operators.md says, while a call goes on and somebody has opted out."""

from dataclasses import replace

import pytest
from faults.talking import text

from ivr.carrier.twilio.signature import Signature
from ivr.desk.running.local import free_port, serving
from ivr.dialogue.url import from_path
from ivr.phone.handset import Handset

OLD, NEW = "0" * 31 + "1", "0" * 31 + "2"
STEPS = [
    # The settings of the line, then what the carrier signs with while it runs.
    ((OLD, ""), (OLD,)),
    ((OLD, NEW), (OLD, NEW)),
    ((NEW, OLD), (NEW, OLD)),
    ((NEW, ""), (NEW,)),
]


@pytest.fixture
def line_with(light_env, tmp_path):
    env = {name: value for name, value in light_env.items() if name != "CALLER_SECRET"}
    port = free_port()

    def start(token, other):
        own = {"DATA_DIR": str(tmp_path), "TWILIO_AUTH_TOKEN": token, "TWILIO_AUTH_TOKEN_OTHER": other}
        return serving({**env, **own}, port)

    return start


def test_nobody_notices(line_with):
    caller, texter, stopped = "+12025559801", "+12025559802", "+12025559803"
    path, visited = "/voice", []
    for (token, other), signed_with in STEPS:
        with line_with(token, other) as line:
            for signing in signed_with:
                call = replace(Handset(line, signing, caller), voice_url=path).call(Digits="1")
                assert not call.ended
                path = "/voice/" + call.action.partition("/voice/")[2].partition("#")[0]
                visited.append(from_path(path.removeprefix("/voice/")).position)
                if path.startswith("/voice/") and len(visited) == 1:
                    text(Handset(line, signing, texter), "11")
                    assert text(Handset(line, signing, stopped), "STOP") == ()
                assert text(Handset(line, signing, stopped), "11") == ()
                assert text(Handset(line, signing, texter), "AGAIN")[0].startswith("Bone Info Line 11"), "known still"
            for wrong in {OLD, NEW, "0" * 32} - {*signed_with}:
                assert "403" in str(Handset(line, wrong, texter).text("11").refused)
    assert len(set(visited)) > 3, "the call went on"


def test_no_token_is_as_good_as_an_empty_one():
    signature = Signature(OLD, "https://line.example.org", "")
    environ = {"RAW_URI": "/sms", "HTTP_X_TWILIO_SIGNATURE": "MYCC3qkAOxCH0+X3rD0WZ4TRwjE="}
    assert not signature.is_valid(environ, [])
