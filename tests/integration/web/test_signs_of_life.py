"""What the line tells of itself: a log line for each turn, counts of a day, health. None tells of whom."""

import re
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime

import pytest
import redis
from posting import signature, signed_post
from settling import settle

from ivr.carrier.chosen import carrier_of
from ivr.desk.running.local import ROOT, free_port, is_line, local_env
from ivr.memory.embedded import store_address
from ivr.memory.keys import COUNTS_KEPT, counts_key
from ivr.memory.store import Store
from ivr.phone.handset import Handset
from ivr.settings import Settings
from ivr.web.app import app_of
from ivr.web.line import Line
from ivr.web.outbound import Outbound

TURN = re.compile(r"^(\S+ \S+) INFO ivr\.turn kind=(\w+) place=(\S+) ms=\d+\.\d store=(up|down)$", re.MULTILINE)


@pytest.fixture(scope="module")
def logged(line_env, tmp_path_factory):
    """A line as the Procfile starts it: its address, its log and its data folder."""
    data, port = tmp_path_factory.mktemp("life"), free_port()
    env = local_env({**line_env, "DATA_DIR": str(data), "PORT": str(port)})
    command = [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}", "ivr.web.app:create_app()"]
    log = data / "line.log"
    with log.open("wb") as said, subprocess.Popen(command, env=env, cwd=ROOT, stdout=said, stderr=said) as web:
        try:
            address = f"http://127.0.0.1:{port}"
            while not is_line(address):
                assert web.poll() is None, log.read_text()
            yield Handset(address, env["TWILIO_AUTH_TOKEN"]), log, data
        finally:
            web.terminate()


@pytest.fixture
def person(logged, fresh_number):
    return logged[0].calling_from(fresh_number())


@pytest.fixture
def counts(logged):
    """What is counted while the test runs."""

    def now():
        settle()
        with redis.Redis.from_url(store_address(logged[2]), decode_responses=True) as client:
            key = counts_key(datetime.now(UTC).date())
            assert 0 <= client.ttl(key) <= COUNTS_KEPT or not client.exists(key)
            return {name: int(number) for name, number in client.hgetall(key).items()}

    before = now()
    return lambda: {
        name: number - before.get(name, 0) for name, number in now().items() if number > before.get(name, 0)
    }


def turns_of(log):
    """In the order of time: each worker writes its own a moment later."""
    settle()
    return [turn[1:] for turn in sorted(TURN.findall(log.read_text()), key=lambda turn: turn[0])]


def test_each_turn_has_a_line(logged, person):
    before = len(turns_of(logged[1]))
    call = person.call()
    call.press("1")
    call.wait()
    call.press("0")
    call.dial_ends("no-answer")
    person.text("13")
    kinds = [(kind, place) for kind, place, store in turns_of(logged[1])[before:]]
    said = [
        ("arrived", "main"),
        ("pressed", "types"),
        ("silent", "types"),
        ("pressed", "types"),
        ("dialended", "types"),
    ]
    assert kinds == [*said, ("texted", "one-area.1")]
    assert {store for _, _, store in turns_of(logged[1])} == {"up"}


def test_nothing_personal_stands_in_the_log(logged, person):
    person.call(CallerCity="WICHITA", CallerName="FERDINAND").press("1")
    person.text("my neighbour Eglantine", FromCity="WICHITA")
    log = logged[1].read_text().upper()
    assert not [word for word in (person.number[2:], "WICHITA", "FERDINAND", "EGLANTINE") if word in log]


def test_a_call_is_counted_by_what_was_done(counts, person):
    call = person.call()
    call.press("5")
    call.press("7")
    call.press("7")
    call.press("*")
    call.press("9")
    call.press("2")
    call.wait()
    call.press("0")
    call.dial_ends("completed")
    call.hang_up()
    assert counts() == {
        "call": 1,
        "came main": 2,
        "left main": 2,
        "came about-line": 1,
        "left about-line": 1,
        "press before a segment": 6,
        "wrong key main": 1,
        "first segment": 1,
        "call with a fact": 1,
        "came depends.1": 1,
        "left depends.1": 1,
        "came depends.2": 1,
        "heard in en": 2,
        "person reached": 1,
    }


def test_a_talk_that_the_caller_ends_by_hanging_up_is_a_person_reached(counts, person):
    call = person.call()
    call.press("0")
    call.hang_up()
    found = counts()
    assert found["person reached"] == 1
    assert "person not reached" not in found


def test_key_9_as_the_first_key_is_a_press_too(scripted_line, scripted_data, line_env, fresh_number):
    with redis.Redis.from_url(store_address(scripted_data), decode_responses=True) as client:
        name, key = "press before a segment", counts_key(datetime.now(UTC).date())
        settle()
        before = int(client.hget(key, name) or 0)
        Handset(scripted_line, line_env["TWILIO_AUTH_TOKEN"], fresh_number()).call().press("9")
        settle()
        assert int(client.hget(key, name)) == before + 1


def test_a_call_back_is_a_call_that_comes_to_its_segment(counts, person):
    """And leaves it as any other: whoever hangs up there is not taken off the count of those who came."""
    for keys in ("1", "1*"):
        call = replace(person, voice_url="/voice/en/normal/new/0/called.0/depends.1").call()
        for key in keys:
            call.press(key)
        call.hang_up()
    assert counts() == {
        **{"call": 2, "came depends.1": 2, "left depends.1": 1, "came main": 1},
        **{"heard in en": 2, "call with a fact": 2},
    }


def test_a_place_that_is_gone_is_not_counted(logged, person, counts):
    fields = {"From": person.number, "Digits": "1"}
    path = "/voice/en/normal/new/0/plain.0/somebody-smith.1"
    assert signed_post(logged[0].line, logged[0].token, path, fields).status == 200
    assert not [name for name in counts() if "smith" in name]


def test_trials_have_a_line_in_the_log_and_are_not_counted(counts, logged):
    before, trial = len(turns_of(logged[1])), logged[0]
    trial.call().press("2")
    trial.text("brillig")
    assert len(turns_of(logged[1])) == before + 3
    assert counts() == {}


def test_silence_is_counted_where_it_was(counts, person):
    call = person.call()
    call.wait()
    call.wait()
    call.press("0")
    call.dial_ends("busy")
    found = counts()
    assert (found["overview"], found["silence main"], found["person not reached"]) == (1, 1, 1)


def test_texts_are_counted_by_how_they_were_read(counts, person):
    for words in ("13", "TUMOR", "qqq zzz", "MENU"):
        person.text(words)
    assert counts() == {
        "text": 4,
        "texted in en": 4,
        "fragment": 7,
        "text asked about": 1,
        "text not understood": 1,
        "sent one-area.1": 1,
    }


@pytest.mark.parametrize(
    ("path", "fields", "missing"),
    [
        ("/voice", {"From": "+12025550143"}, "call"),
        ("/voice/en/normal/new/0/plain.0/main.0", {"Digits": "2"}, "call"),
        ("/sms", {"Body": "hello"}, "text"),
    ],
)
def test_a_fault_of_our_own_is_answered_and_counted(logged, content, path, fields, missing):
    """A library that has lost its phrases since the start, all but what is said then."""
    library = content.libraries["en"]
    libraries = {"en": library}
    lost = replace(library, **{missing: {"fault": getattr(library, missing)["fault"]}})
    store, settings = Store(store_address(logged[2])), Settings.from_env({"TWILIO_AUTH_TOKEN": "t"})
    carrier = carrier_of(settings)
    line = Line(libraries, store, Outbound(store, carrier, None), settings, carrier)
    client = app_of(line, "v").test_client()
    libraries["en"] = lost
    before = client.get("/health").get_json()["faults_today"]
    header = {"X-Twilio-Signature": signature("t", f"http://localhost{path}", fields)}
    answered = client.post(path, data=fields, headers=header)
    assert answered.status_code == 200
    assert lost.call["fault"][0].split(". ")[0] in answered.text or lost.text["fault"][0][:40] in answered.text
    settle()
    assert client.get("/health").get_json()["faults_today"] == before + 1
