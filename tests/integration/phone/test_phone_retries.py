"""The carrier asks again after a fault: once if there was no connection, and more if the address says so."""

import socket
import threading
import time
from contextlib import contextmanager, suppress
from dataclasses import replace

import pytest
from flask import Response

from ivr.phone.handset import Refused

LISTEN = '<Response><Gather action="/voice/next"/></Response>'


def failing(times: int, status: int = 500):
    """Answers with a fault so many times, and then well."""
    left = [status] * times

    def answer(_request) -> Response:
        return Response(status=left.pop()) if left else Response(LISTEN, content_type="text/xml")

    return answer


@pytest.mark.parametrize(
    ("fragment", "faults", "status", "well"),
    [
        ("", 1, 500, False),
        ("#rc=2", 1, 500, False),
        ("#rc=2&rp=5xx,ct,rt", 1, 500, True),
        ("#rc=2&rp=5xx,ct,rt", 2, 503, True),
        ("#rc=2&rp=5xx,ct,rt", 3, 500, False),
        ("#rc=2&rp=5xx,ct,rt", 1, 404, False),
        ("#rc=1&rp=all", 1, 404, True),
        ("#rc=0&rp=all", 1, 500, False),
    ],
)
def test_a_fault_is_retried_as_the_address_says(toy, handset, fragment, faults, status, well):
    toy.answers["/voice"] = failing(faults, status)
    handset = replace(handset, voice_url=f"/voice{fragment}")
    if well:
        assert handset.call().listening
    else:
        with pytest.raises(Refused, match=str(status)):
            handset.call()


def test_a_line_that_hangs_once_is_asked_again_in_time(toy, handset):
    """Without a limit of its own the first attempt takes all the time there is."""
    times = iter([0.6])
    toy.answers["/voice"] = lambda _: time.sleep(next(times, 0.0)) or Response(LISTEN, content_type="text/xml")
    fragment = "#rc=2&rp=5xx,ct,rt"
    with pytest.raises(Refused, match="did not answer"):
        replace(handset, voice_url=f"/voice{fragment}", time_limit=0.4).call()
    times = iter([0.6])
    assert replace(handset, voice_url=f"/voice{fragment}&rt=200", time_limit=2.0).call().listening
    assert len(toy.requests) == 3


def test_all_attempts_carry_the_same_token(toy, handset):
    toy.answers["/voice"] = failing(2)
    replace(handset, voice_url="/voice#rc=2&rp=all").call()
    assert len(toy.requests) == 3
    assert len({request.headers["I-Twilio-Idempotency-Token"] for request in toy.requests}) == 1


@pytest.mark.parametrize(
    "fragment", ["#rc=6", "#rc=-1", "#rc=x", "#rp=500", "#rp=ct,never", "#rt=7", "#rt=16000", "#rt=x"]
)
def test_what_the_carrier_does_not_know_is_refused(toy, handset, fragment):
    toy.answers["/voice"] = failing(0)
    with pytest.raises(Refused, match="retry"):
        replace(handset, voice_url=f"/voice{fragment}").call()


@contextmanager
def hanging_up(times: int, answer: bytes, begins: bytes = b""):
    """Takes the request and closes, so many times, as a line does whose worker is killed; then it answers."""
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        with suppress(OSError):
            for number in range(times + 1):
                line, _ = listener.accept()
                with line:
                    line.recv(65536)
                    line.sendall(answer if number == times else begins)

    threading.Thread(target=serve, daemon=True).start()
    yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    listener.close()


HEAD = f"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nContent-Length: {len(LISTEN)}\r\n\r\n"


@pytest.mark.parametrize(
    "begins", ["", HEAD[:10], HEAD, HEAD + LISTEN[:-5]], ids=["", "in the head", "after it", "late"]
)
@pytest.mark.parametrize(("times", "well"), [(1, True), (2, False)])
def test_a_connection_that_breaks_is_tried_once_more(handset, times, well, begins):
    with hanging_up(times, (HEAD + LISTEN).encode(), begins.encode()) as line:
        handset = replace(handset, line=line)
        if well:
            assert handset.call().listening
        else:
            with pytest.raises(Refused, match="11205"):
                handset.call()


def test_all_attempts_share_the_time_limit(toy, handset):
    toy.answers["/voice"] = LISTEN
    toy.delay = 0.5
    with pytest.raises(Refused, match="did not answer within"):
        replace(handset, voice_url="/voice#rc=5&rp=all", time_limit=0.2).call()
    assert len(toy.requests) == 1
