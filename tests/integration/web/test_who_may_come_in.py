"""Only the carrier: unsigned and forged requests get 403, and nothing happens."""

import json
import urllib.request
from dataclasses import replace

import pytest
from posting import post, signature, signed_post

from ivr.carrier.twilio.render import RETRIES
from ivr.desk.running.local import free_port, serving
from ivr.phone.signing import CARRIERS

FIELDS = {"CallSid": "CA1", "From": "+12025559001", "To": "+18005550199", "Digits": "1"}
PATHS = [
    "/voice",
    "/voice/en/normal/new/0/plain.0/main.0",
    "/voice/nonsense",
    "/voice/status",
    "/sms",
    "/sms/status",
    "/",
    "/x",
]


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(
    "header", [{}, {"X-Twilio-Signature": ""}, {"X-Twilio-Signature": "Zm9yZ2Vk"}], ids=["unsigned", "empty", "forged"]
)
def test_strangers_get_403(line, path, header):
    answered = post(line, path, b"Digits=1&From=%2B12025559001", header)
    assert answered.status == 403
    assert "<Say" not in answered.text


@pytest.mark.parametrize("change", [{"Digits": "2"}, {"Extra": "field"}, {"From": ""}])
def test_a_changed_field_breaks_the_signature(line, line_env, change):
    path = "/voice/en/normal/new/0/plain.0/main.0"
    header = {"X-Twilio-Signature": signature(line_env["TWILIO_AUTH_TOKEN"], line + path, FIELDS)}
    body = "&".join(f"{name}={value}" for name, value in {**FIELDS, **change}.items())
    assert post(line, path, body.replace("+", "%2B").encode(), header).status == 403


def test_a_signature_is_for_one_path(line, line_env):
    header = {"X-Twilio-Signature": signature(line_env["TWILIO_AUTH_TOKEN"], line + "/voice", {})}
    assert post(line, "/voice", b"", header).status == 200
    assert post(line, "/voice/en/normal/new/0/plain.0/main.0", b"", header).status == 403


@pytest.mark.parametrize(
    "path", ["/voice?", "/voice?b=1&a=2", "/voice/%27%2F%C3%A9", "/voice/caf%C3%A9", "/voice/%40%7E"]
)
def test_the_raw_address_counts(line, line_env, path):
    assert signed_post(line, line_env["TWILIO_AUTH_TOKEN"], path, {"From": "anonymous"}).status == 200


@pytest.mark.parametrize("carrier", CARRIERS)
def test_each_known_carrier_gets_through_from_the_first_request_to_the_last(handset, carrier):
    """With what `connect` sets, and with what the line then writes behind its own addresses."""
    handset = replace(handset, voice_url=f"/voice{RETRIES}", text_url=f"/sms{RETRIES}", signing=CARRIERS[carrier])
    call = handset.call()
    call.press("1")
    call.wait()
    call.press("0")
    call.dial_ends("no-answer")
    call.hang_up()
    assert call.warnings == ()
    answer = handset.text("12")
    assert answer.refused is None
    assert answer.texts


def test_the_public_address_counts_behind_a_proxy(light_env):
    """The carrier calls https://line.example.org/bone, which a proxy passes on without /bone."""
    public = "https://line.example.org/bone"
    with serving({**light_env, "PUBLIC_URL": public + "/"}, free_port()) as line:
        header = {"X-Twilio-Signature": signature(light_env["TWILIO_AUTH_TOKEN"], public + "/voice", {})}
        answered = post(line, "/voice", b"", header)
        assert answered.status == 200
        assert 'action="/bone/voice/' in answered.text
        own = {"X-Twilio-Signature": signature(light_env["TWILIO_AUTH_TOKEN"], line + "/voice", {})}
        assert post(line, "/voice", b"", own).status == 403


@pytest.mark.parametrize("path", ["/health", "/health/", "/", "/?from=a-load-balancer"])
def test_health_is_open_to_all(line, content, path):
    with urllib.request.urlopen(line + path) as answer:
        health = json.load(answer)
    assert health == {"line": "up", "store": "up", "content": content.version, "faults_today": 0}


@pytest.mark.parametrize("path", ["/health", "/"])
def test_a_load_balancer_may_ask_for_the_head_alone(line, path):
    with urllib.request.urlopen(urllib.request.Request(line + path, method="HEAD")) as answer:
        assert (answer.status, answer.read()) == (200, b"")


@pytest.mark.parametrize("path", ["/voice", "/sms", "/voice/status", "/sms/status"])
def test_a_slash_at_the_end_of_an_address_changes_nothing(line, line_env, path):
    fields = {"From": "anonymous", "CallSid": "CA2", "MessageSid": "SM2", "Body": "12"}
    plain, slashed = (signed_post(line, line_env["TWILIO_AUTH_TOKEN"], path + end, fields) for end in ("", "/"))
    assert slashed == plain
    assert plain.status == (204 if path.endswith("status") else 200)
