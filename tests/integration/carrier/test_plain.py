"""The port suffices: calls and texts of another carrier go through the whole line, and nothing of Twilio's is met."""

import json
import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from carrier.plain.carrier import Plain
from carrier.plain.documents import Documents
from carrier.plain.inbound import SIGNATURE, signature
from carrier.plain.phone import Call, post, running
from faults.talking import phrase
from settling import settle

from ivr.carrier.account import CarrierRefuses, Webhooks
from ivr.desk.connect.connecting import carry_out, plan
from ivr.desk.documents import fallback
from ivr.settings import Settings
from ivr.web.app import create_app

SECRET = "a secret of the plain carrier"
LINE = "+18005550199"


@pytest.fixture(scope="module")
def network():
    with running(SECRET) as network:
        yield network


@pytest.fixture(autouse=True)
def as_at_first(network):
    network.became = "taken"
    network.asked.clear()


@pytest.fixture(scope="module")
def settings(line_env, store_url, network):
    env = {
        **line_env,
        "TWILIO_AUTH_TOKEN": SECRET.replace(" ", "-"),
        "TWILIO_API_URL": network.address,
        "REDIS_URL": store_url,
        "LINE_NUMBER": LINE,
        "PUBLIC_URL": "https://line.example.org",
    }
    return replace(Settings.from_env(env), auth_token=SECRET)


@pytest.fixture(scope="module")
def carrier(settings):
    return Plain.of(settings)


@pytest.fixture(scope="module")
def client(settings, carrier):
    return create_app(settings, carrier).test_client()


@pytest.fixture
def ring(client, fresh_number):
    def ring(person=None):
        return Call(client, SECRET, fresh_number() if person is None else person or None).happens("rings")

    return ring


@pytest.fixture
def write(client):
    def write(person, words="", **more):
        told = {"text": f"text {len(words)} {words}", "person": person, "line": LINE, "words": words, **more}
        return json.loads(post(client, SECRET, "/sms", told).text)["texts"]

    return write


@pytest.fixture
def library(content):
    return content.libraries["en"]


def test_who_has_not_signed_stays_out(client):
    told = json.dumps({"call": "1", "person": "+12025550143", "happened": "rings"})
    for given in ("", "0" * 64, signature("another", "/voice", told), signature(SECRET, "/sms", told)):
        answer = client.post("/voice", data=told, content_type="application/json", headers={SIGNATURE: given})
        assert answer.status_code == 403


@pytest.mark.parametrize("body", ["", "{", "[]", '{"happened": 7, "person": []}', '{"happened": "key"}'])
def test_whatever_stands_in_it_is_answered(client, body):
    header = {SIGNATURE: signature(SECRET, "/voice", body)}
    answer = client.post("/voice", data=body, content_type="application/json", headers=header)
    assert answer.status_code == 200
    assert answer.content_type == "application/json"


def test_a_call_goes_where_its_keys_lead(ring, library):
    call = ring()
    menu = call.said
    assert call.told["then"]["listen"]
    assert call.told["say"][0]["language"] == library.language.speech
    call.press("2")
    topic = call.said
    assert topic != menu
    call.press("*")
    assert call.told["then"]["listen"]
    call.press("2")
    assert call.happens("silence").told["then"]["listen"]


def test_a_pace_that_it_cannot_change_is_not_promised(ring, library):
    call = ring().press("2").press("7")
    assert phrase(library, "pace-fixed") in call.said
    assert phrase(library, "paced-slow") not in call.said
    assert phrase(library, "pace-key") not in ring().said


def test_nor_is_it_in_the_list_of_keys(write, fresh_number, library):
    (listed,) = write(fresh_number(), "KEYS")
    assert listed == phrase(library, "keys-one-pace-with-texts")


def test_a_person_is_connected_and_the_call_comes_back(ring, settings):
    call = ring().press("2").press("0")
    assert call.told["then"]["connect"] == settings.helpline_number
    assert call.happens("nobody answered").told["then"]["listen"]
    assert call.happens("left").told["then"] == {"hang up": True}


def test_who_calls_again_may_carry_on(ring, fresh_number):
    person = fresh_number()
    first = ring(person)
    first.press("2")
    settle()
    assert ring(person).said != first.said
    assert ring(person).said != ring().said


def test_a_segment_is_texted_and_one_that_got_lost_is_told(ring, client, network, library, fresh_number):
    person = fresh_number()
    call = ring(person).press("2").press("9")
    ((path, told),) = network.asked
    assert (path, told["to"], told["from"]) == ("/texts", person, LINE)
    assert told["tell"] == "https://line.example.org/sms/status"
    assert phrase(library, "text-sent") in call.said
    report = {"person": person, "became": "landline"}
    assert post(client, SECRET, "/sms/status", report).status_code == 204
    assert phrase(library, "text-lost") in call.press("1").said


@pytest.mark.parametrize(
    ("became", "told"),
    [("landline", "text-no-texts"), ("unpaid", "text-no-credit"), ("stopped", "text-stopped"), ("?", "text-failed")],
)
def test_what_becomes_of_a_text_is_said(ring, network, library, became, told):
    network.became = became
    assert phrase(library, told) in ring().press("2").press("9").said


def test_who_shows_no_number_gets_no_text_and_is_not_remembered(ring, network, library):
    call = ring("").press("2").press("9")
    assert phrase(library, "text-withheld") in call.said
    assert network.asked == []
    assert ring("").said == ring("").said


def test_texts(write, network, client, fresh_number):
    person = fresh_number()
    (first,) = write(person, "13")
    (second,) = write(person, "MORE")
    assert first != second
    assert write(person, "MORE") == [second], "the same text again"
    assert write(person) == []
    assert write(person, pictures=1)
    write(person, "CALL")
    ((path, told),) = network.asked
    assert (path, told["to"]) == ("/calls", person)
    made = Call(client, SECRET, person, told["ask"].removeprefix("https://line.example.org"))
    assert made.happens("silence").told["then"]["listen"]


def test_a_stop_holds_whoever_answered_it(write, ring, network, library, fresh_number):
    person = fresh_number()
    assert write(person, "STOP", answered="stop") == []
    assert phrase(library, "text-stopped") in ring(person).press("2").press("9").said
    assert write(person, "START", answered="start") == []
    assert phrase(library, "text-sent") in ring(person).press("2").press("9").said
    assert len(network.asked) == 1


def test_a_number_is_led_to_the_line(network, carrier):
    network.numbers[LINE] = {"calls": "https://old.example.org", "calls ended": "", "texts": ""}
    goal = carrier.account.settings_for(Webhooks("https://a/voice", "https://a/voice/status", "https://a/sms"))
    found = carrier.account.number(LINE)
    assert carry_out(carrier.account, found, plan(found, goal)) == ()
    assert network.numbers[LINE] == goal
    with pytest.raises(CarrierRefuses):
        carrier.account.number("+12025550100")


def test_texts_that_were_missed_are_listed(network, carrier):
    network.texts = [{"from": "+12025550143", "words": "STOP", "at": "2026-01-01T00:00:00+00:00"}]
    (one,) = carrier.account.received(LINE, datetime(2025, 1, 1, tzinfo=UTC))
    assert (one.sender.number, one.words) == ("+12025550143", "STOP")


def test_the_fallback_is_written_for_it(monkeypatch, content, settings):
    monkeypatch.setattr(fallback, "DOCUMENTS", Documents())
    made = fallback.documents(content.libraries, settings.helpline_number)
    call, texts = json.loads(made["voice-en.json"]), json.loads(made["sms-en.json"])
    assert call["say"]
    assert call["then"]["connect"] == settings.helpline_number
    assert texts["texts"]


# --- and nothing of Twilio's is met elsewhere -------------------------------------------------------------------

IVR = Path(__file__).parents[3] / "ivr"
TWILIO_S_OWN = re.compile(
    r"\b(CallSid|DialCallStatus|CallStatus|Digits|SmsStatus|MessageStatus|MessageSid|SmsSid|ErrorCode|OptOutType|NumMedia"
    r"|SpeechResult|AccountSid|VoiceUrl|SmsUrl|StatusCallback|ApplicationSid|X-Twilio|api\.twilio|TrunkSid)\b"
    r"|TWILIO_(APPROVED|REJECTED)|266696687|\b(?!12345\b)(11[12]\d\d|1[234]\d{3}|2[01][0-6]\d\d|30\d{3})\b|<Say|<Gather|#rc="
    r"|\.get\(\"(From|To|Body|Direction)\""
)
ITS_FOLDER = IVR / "carrier" / "twilio"
PLAYS_TWILIO = IVR / "phone"
"""The phone stands at the other end of the wire."""


def files_with(pattern):
    found = [file for file in IVR.rglob("*.py") if pattern.search(file.read_text(encoding="utf-8"))]
    assert any(file.is_relative_to(ITS_FOLDER) for file in found), "the search finds it where it is"
    return {file.relative_to(IVR).as_posix() for file in found if not file.is_relative_to(ITS_FOLDER)}


def test_twilio_s_names_and_codes_stand_in_its_folder_alone():
    assert {file for file in files_with(TWILIO_S_OWN) if not (IVR / file).is_relative_to(PLAYS_TWILIO)} == set()


def test_only_one_file_names_the_carrier():
    named = re.compile(r"\bivr\.carrier\.twilio\b|\btwilio\.(rest|twiml|base|http)\b")
    assert files_with(named) == {"carrier/chosen.py"}
