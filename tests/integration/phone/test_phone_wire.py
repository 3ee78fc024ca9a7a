"""Signed requests over real HTTP: addresses as they stand, the time limit, the fallback."""

import socket
import threading
import time
from contextlib import contextmanager
from dataclasses import replace

import pytest
from api.scripted import answering
from flask import Response
from twilio.request_validator import RequestValidator

from ivr.phone.handset import Handset, Refused
from ivr.phone.signing import CARRIERS

TOKEN = "toy-token"

LISTEN = "<Gather/>"


@pytest.mark.parametrize(
    ("action", "raw"),
    [
        ("/voice/it%27s", "/voice/it%27s"),
        ("/voice/it's", "/voice/it's"),
        ("/voice/a%2Fb", "/voice/a%2Fb"),
        ("/voice/%7Ea~b", "/voice/%7Ea~b"),
        ("/voice/%c3%a9", "/voice/%c3%a9"),
        ("/voice/%C3%A9", "/voice/%C3%A9"),
        ("/voice/é", "/voice/%C3%A9"),
        ("/voice/a b", "/voice/a%20b"),
        ("/voice/?", "/voice/?"),
        ("/voice//x", "/voice//x"),
        ("/voice/x?b=2&amp;a=1", "/voice/x?b=2&a=1"),
        ("/voice/x?a=%40+%20", "/voice/x?a=%40+%20"),
        ("/voice/x#rc=2", "/voice/x"),
    ],
)
def test_addresses_go_out_as_they_stand_and_are_signed_so(hear, toy, action, raw):
    toy.says(raw, LISTEN)
    hear(f'<Gather action="{action}"/>').press("1")
    assert toy.last.path == raw


def test_the_carrier_signs_the_public_address(toy, handset):
    toy.public_url = "https://line.example/base"
    toy.says("/voice", "<Redirect>https://line.example/base/b</Redirect>")
    toy.says("/b", LISTEN)
    assert replace(handset, public_url="https://line.example/base/").call().listening
    assert toy.last.headers["Host"] == "line.example"


@pytest.mark.parametrize(
    ("carrier", "name", "signed"),
    [
        ("Twilio", "X-Twilio-Signature", ""),
        ("Somleng", "X-Twilio-Signature", "#rc=1"),
        ("SignalWire", "X-SignalWire-Signature", ""),
    ],
)
def test_each_carrier_signs_in_its_own_way(carrier, name, signed):
    with answering() as line:
        line.answers(200, '<Response><Gather action="/x?a=1#rc=1"/></Response>', **{"Content-Type": "text/xml"})
        phone = Handset(line.address, TOKEN, voice_url="/voice#rc=1", text_url="/sms#rc=1", signing=CARRIERS[carrier])
        phone.call().press("1")
        phone.text("Hello")
    assert [asked.path for asked in line.asked] == ["/voice", "/x?a=1", "/sms"]
    for asked in line.asked:
        whole = f"{line.address}{asked.path}{signed}"
        assert asked.headers[name] == RequestValidator(TOKEN).compute_signature(whole, asked.fields)
        assert sum("signature" in header.lower() for header in asked.headers) == 1


def test_a_wrong_token_is_found_out(toy, handset):
    toy.says("/voice", LISTEN)
    with pytest.raises(Refused, match="403"):
        replace(handset, token="another").call()
    assert toy.forged == 1
    toy.forged = 0


def test_requests_look_like_the_carrier_s(hear, toy):
    hear(LISTEN)
    headers = toy.last.headers
    assert headers["User-Agent"] == "TwilioProxy/1.1"
    assert headers["I-Twilio-Idempotency-Token"]
    assert headers["Content-Type"] == "application/x-www-form-urlencoded; charset=UTF-8"
    assert {"CallSid", "AccountSid", "From", "To", "ApiVersion", "Direction"} <= set(toy.last.fields)


def test_a_late_answer_is_refused(toy, handset):
    toy.says("/voice", LISTEN)
    toy.delay = 3.0
    begun = time.monotonic()
    with pytest.raises(Refused) as refused:
        replace(handset, time_limit=0.2).call()
    assert refused.value.code == 11205
    assert time.monotonic() - begun < 2.5


@contextmanager
def dripping_line(every: float):
    """Sends a byte now and then, for ever: no single read is late."""
    listener = socket.create_server(("127.0.0.1", 0))
    done = threading.Event()

    def drip() -> None:
        connection, _ = listener.accept()
        with connection:
            connection.recv(65536)
            connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n\r\n")
            while not done.wait(every):
                try:
                    connection.sendall(b" ")
                except OSError:
                    return

    thread = threading.Thread(target=drip, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    done.set()
    thread.join()
    listener.close()


def test_the_time_limit_covers_the_whole_answer(handset):
    with dripping_line(every=0.05) as line:
        begun = time.monotonic()
        with pytest.raises(Refused) as refused:
            replace(handset, line=line, time_limit=0.3).call()
        assert refused.value.code == 11205
        assert time.monotonic() - begun < 5


def nobody_there() -> str:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return f"http://127.0.0.1:{listener.getsockname()[1]}"


def test_a_line_that_is_not_there_is_refused(handset):
    with pytest.raises(Refused) as refused:
        replace(handset, line=nobody_there()).call()
    assert refused.value.code == 11205


def test_a_fragment_of_an_address_is_no_line(handset):
    with pytest.raises(Refused) as refused:
        replace(handset, line="ftp:/x").call()
    assert refused.value.code == 11100


def late(_request) -> str:
    time.sleep(0.6)
    return "<Response/>"


@pytest.mark.parametrize(
    ("broken", "code"),
    [
        (Response(status=500), "11200"),
        (Response(status=404), "11200"),
        (Response("<Response/>", content_type="text/html"), "12300"),
        (Response("", content_type="text/xml"), "11770"),
        ("no xml", "12100"),
        (late, "11205"),
    ],
)
def test_the_fallback_speaks_where_the_line_fails(toy, handset, broken, code):
    toy.answers["/voice"] = broken
    toy.says("/help", "<Say voice='Polly.Joanna' language='en-US'>Call us.</Say>")
    call = replace(handset, fallback_url=f"{toy.url}/help", time_limit=0.3).call()
    assert (call.said, call.ended) == ("Call us.", True)
    assert call.warnings[0].startswith(code)
    (sent,) = toy.asked("/help")
    assert (sent["ErrorCode"], sent["ErrorUrl"]) == (code, f"{toy.url}/voice")


def test_the_fallback_speaks_where_nobody_is_there(toy, handset):
    toy.says("/help", LISTEN)
    call = replace(handset, line=nobody_there(), fallback_url=f"{toy.url}/help", time_limit=1).call()
    assert call.listening
    assert toy.asked("/help")[0]["ErrorCode"] == "11205"


def test_a_fallback_that_fails_too_is_refused(toy, handset):
    toy.status = 500
    with pytest.raises(Refused):
        replace(handset, fallback_url=f"{toy.url}/help").call()


def test_a_fallback_is_no_larger_than_the_carrier_reads(toy, handset):
    toy.answers["/voice"] = Response(status=500)
    toy.says("/help", " " * 65536)
    with pytest.raises(Refused) as refused:
        replace(handset, fallback_url=f"{toy.url}/help").call()
    assert refused.value.code == 11750


def test_the_fallback_does_not_hide_a_wrong_document(toy, handset):
    toy.says("/voice", "<Sing/>")
    toy.says("/help", LISTEN)
    with pytest.raises(Refused) as refused:
        replace(handset, fallback_url=f"{toy.url}/help").call()
    assert refused.value.code == 12200
    assert not toy.asked("/help")
