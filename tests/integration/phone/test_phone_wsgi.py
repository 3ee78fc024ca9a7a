"""A line in this process is asked as one behind a socket is: the same addresses, signatures, limits and fallback."""

from dataclasses import replace

import pytest
from api.scripted import answering
from flask import Response
from phone.conftest import TOKEN, app_of

from ivr.phone.handset import Handset, Refused
from ivr.phone.wire import LARGEST_DOCUMENT
from ivr.phone.wsgi import Wsgi

LINE = "http://line.example:8000"
LISTEN = "<Gather/>"


@pytest.fixture
def here(toy):
    """A handset for the toy line that no socket leads to."""
    toy.public_url = LINE
    return Handset(line=LINE, token=TOKEN, time_limit=5.0, transport=Wsgi(app_of(toy)))


@pytest.fixture
def hear(toy, here):
    def call(*verbs):
        toy.says("/voice", *verbs)
        return here.call()

    return call


@pytest.mark.parametrize(
    ("action", "raw"),
    [
        ("/voice/it%27s", "/voice/it%27s"),
        ("/voice/a%2Fb", "/voice/a%2Fb"),
        ("/voice/%c3%a9", "/voice/%c3%a9"),
        ("/voice/é", "/voice/%C3%A9"),
        ("/voice/a b", "/voice/a%20b"),
        ("/voice/?", "/voice/?"),
        ("/voice//x", "/voice//x"),
        ("/voice/x?b=2&amp;a=1", "/voice/x?b=2&a=1"),
        ("/voice/x#rc=2", "/voice/x"),
    ],
)
def test_addresses_come_in_as_they_stand_and_are_signed_so(hear, toy, action, raw):
    toy.says(raw, LISTEN)
    hear(f'<Gather action="{action}"/>').press("1")
    assert toy.last.path == raw
    assert toy.last.fields["Digits"] == "1"


def test_headers_come_in_as_over_http(hear, toy, handset):
    hear(LISTEN)
    here = toy.last.headers
    toy.public_url = None
    handset.call()
    assert here["Host"] == "line.example:8000"
    assert here.keys() | {"Accept-Encoding"} == toy.last.headers.keys() | {"Accept-Encoding"}


def test_what_is_got_has_no_body(hear, toy):
    toy.says("/voice/next", LISTEN)
    hear('<Gather action="/voice/next" method="GET"/>').press("1")
    assert toy.last.fields["Digits"] == "1"


def test_texts_are_answered_too(toy, here):
    toy.says("/sms", "<Message>Hello</Message>")
    assert here.text("hi").texts == ("Hello",)


def test_an_answer_that_is_no_success_is_refused(here):
    with pytest.raises(Refused, match="answered 404") as refused:
        here.call()
    assert refused.value.status == 404


def test_an_answer_that_took_too_long_is_late(toy, here):
    toy.says("/voice", LISTEN)
    toy.delay = 0.05
    with pytest.raises(Refused, match=r"did not answer within 0.01 s"):
        replace(here, time_limit=0.01).call()


def test_an_answer_that_is_too_large_is_refused(toy, here):
    toy.answers["/voice"] = "x" * (LARGEST_DOCUMENT + 1)
    with pytest.raises(Refused, match="more than 64 kB"):
        here.call()


def test_what_is_elsewhere_is_asked_over_http(here):
    with answering() as files:
        files.answers(200, f"<Response>{LISTEN}</Response>", **{"Content-Type": "text/xml"})
        assert replace(here, fallback_url=f"{files.address}/voice.xml").call().listening
    assert [asked.path.partition("?")[0] for asked in files.asked] == ["/voice.xml"]


def test_a_body_is_closed(toy, here):
    closed = []
    response = Response(f"<Response>{LISTEN}</Response>", content_type="text/xml")
    response.call_on_close(lambda: closed.append(True))
    toy.answers["/voice"] = response
    here.call()
    assert closed == [True]
