"""The carrier's API takes requests and never answers: only those who ask it for something notice, and few wait."""

import threading
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import contextmanager

import pytest
from api.scripted import raw, silent
from faults.stores import until
from faults.talking import WORKERS, phrase
from posting import signed_post
from texts_lines import sending_line

from ivr.carrier.breaker import FAILURES
from ivr.carrier.twilio.api import MOST_AT_ONCE
from ivr.desk.running.local import free_port

CALLERS = 48
SOON = 3.0
"""Seconds: well under the five that the API is given."""
PATIENT = 20
TOLD = ("text-failed", "text-no-credit", "text-too-many")
SENT = b'HTTP/1.1 201 Created\r\nContent-Length: 31\r\n\r\n{"sid":"SM1","status":"queued"}'


@pytest.fixture(scope="module")
def hanging():
    with raw(silent) as api:
        yield api


@pytest.fixture(scope="module")
def line(light_env, tmp_path_factory, hanging):
    with sending_line(light_env, tmp_path_factory.mktemp("hanging"), f"http://127.0.0.1:{hanging.port}") as line:
        yield line


def test_whoever_asks_nothing_of_it_does_not_wait(line, hanging, phone, library):
    calls = [phone(line, PATIENT).call() for _ in range(CALLERS)]
    for call in calls:
        call.press("2")
    with ThreadPoolExecutor(CALLERS) as at_once:
        asking = [at_once.submit(call.press, "9") for call in calls]
        until(lambda: hanging.visits, 5, "the API is asked")
        for _ in range(10):
            assert phone(line, SOON).call().listening
        wait(asking)
    for call, asked in zip(calls, asking, strict=True):
        asked.result()
        told = "text-no-credit" if call.answer_seconds < SOON else "text-failed"
        assert phrase(library, told) in call.said
        assert phrase(library, "dictate-offer") in call.said
    assert hanging.visits <= WORKERS * MOST_AT_ONCE
    at_once = [call for call in calls if call.answer_seconds < SOON]
    assert len(at_once) >= CALLERS - WORKERS * MOST_AT_ONCE


def test_what_nobody_tried_to_send_is_not_counted(light_env, tmp_path, phone, library):
    """Five an hour are sent. Three of these fail, then the API is left alone."""
    nobody = f"http://127.0.0.1:{free_port()}"
    with sending_line(light_env, tmp_path, nobody, WEB_CONCURRENCY="1") as line:
        call = phone(line, PATIENT).call()
        said = []
        for key in "1234123412":
            call.press("*")
            call.press(key)
            call.press("9")
            said.append(call.said)
    told = [next(name for name in TOLD if phrase(library, name) in words) for words in said]
    assert told == ["text-failed"] * FAILURES + ["text-no-credit"] * 7


@contextmanager
def slow_api():
    """Answers once it is told to."""
    go = threading.Event()

    def behave(wire, done):
        wire.recv(65536)
        while not go.wait(0.05) and not done.is_set():
            pass
        wire.sendall(SENT)

    with raw(behave) as api:
        yield api, go


@pytest.fixture(scope="module")
def slow(light_env, tmp_path_factory):
    with (
        slow_api() as (api, go),
        sending_line(light_env, tmp_path_factory.mktemp("slow"), f"http://127.0.0.1:{api.port}") as line,
    ):
        yield line, api, go


def delivered_twice(slow, token, path, fields):
    """What both deliveries say. The second comes while the first is being met."""
    line, api, go = slow
    go.clear()
    visits = api.visits
    with ThreadPoolExecutor(2) as at_once:
        first = at_once.submit(signed_post, line, token, path, fields)
        until(lambda: api.visits > visits, 5, "the API is asked")
        second = at_once.submit(signed_post, line, token, path, fields)
        wait([second], timeout=0.5)
        go.set()
        said = first.result().text, second.result().text
    assert api.visits == visits + 1
    return said


def said_by_both(slow, token, path, fields_of):
    """On a machine that stalls for a third of a second, the line leaves its store alone for a moment, and nobody can
    tell then what became of the first: so another caller tries, twice at most. `fields_of`: of each."""
    said = ()
    for caller in range(3):
        said = delivered_twice(slow, token, path, fields_of(caller))
        if len(set(said)) == 1:
            break
    assert said[0] == said[1]
    return said[0]


def test_a_second_delivery_of_key_9_says_what_became_of_the_first(slow, line_env, phone, library):
    call = phone(slow[0], PATIENT).call()
    call.press("2")

    def fields(caller):
        return {
            "CallSid": f"{call.sid}{caller}",
            "From": f"+1202557099{caller}",
            "CallStatus": "in-progress",
            "Digits": "9",
        }

    said = said_by_both(slow, line_env["TWILIO_AUTH_TOKEN"], call.action, fields)
    assert phrase(library, "text-sent") in said


def test_a_second_delivery_of_a_text_that_asks_for_a_call_too(slow, line_env, library):
    def fields(caller):
        return {"MessageSid": f"SM77{caller}", "From": f"+1202557098{caller}", "Body": "CALL"}

    said = said_by_both(slow, line_env["TWILIO_AUTH_TOKEN"], "/sms", fields)
    assert phrase(library, "calling") in said
