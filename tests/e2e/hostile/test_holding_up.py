"""Requests that never end, and uploads: strangers may neither hold up the line nor fill its disk."""

import itertools
import socket
import tempfile
import time
from contextlib import ExitStack
from urllib.parse import urlsplit

import pytest
from posting import signature
from wire import FORM, post_form

from ivr.settings import Settings
from ivr.web.app import create_app
from ivr.web.server.waiting import PATIENCE
from ivr.web.webhook import LARGEST_BODY

HEAD = f"POST /voice HTTP/1.1\r\nHost: x\r\nContent-Type: {FORM}\r\n"
HALVES = {
    "head": f"{HEAD}X-Long: ",
    "body": f"{HEAD}Content-Length: 999\r\n\r\nab",
    "chunk": f"{HEAD}Transfer-Encoding: chunked\r\n\r\nfff\r\nab",
}


def test_a_request_that_never_ends_is_ended(watched):
    """Or else, as many of them as the line has threads would keep everybody out."""
    parts = urlsplit(watched.line)
    with ExitStack() as at_once:
        held = []
        for half, drip in itertools.product(HALVES.values(), (b"", b"x")):
            wire = at_once.enter_context(socket.create_connection((parts.hostname, parts.port)))
            wire.sendall(half.encode())
            held.append((wire, drip))
        began = time.monotonic()
        while held := [(wire, drip) for wire, drip in held if not is_closed(wire, drip)]:
            assert time.monotonic() - began < 3 * PATIENCE + 5, f"{len(held)} are still held"
    assert post_form(watched.line, watched.token, "/voice", []).status == 200
    assert "Traceback" not in watched.log


def test_nobody_waits_for_a_body_that_never_ends(watched):
    """While each worker reads one, to both workers' other threads."""
    parts = urlsplit(watched.line)
    with ExitStack() as at_once:
        for _ in range(6):
            wire = at_once.enter_context(socket.create_connection((parts.hostname, parts.port)))
            wire.sendall(HALVES["body"].encode())
        time.sleep(0.3)
        for _ in range(20):
            began = time.monotonic()
            assert post_form(watched.line, watched.token, "/voice", []).status == 200
            assert time.monotonic() - began < PATIENCE / 2


def is_closed(wire, drip):
    """After a while, and another byte."""
    wire.settimeout(0.1)
    try:
        wire.sendall(drip)
        while wire.recv(4096):
            pass
    except TimeoutError:
        return False
    except OSError:
        pass
    return True


def multipart(*parts):
    """Name, file name and content of each."""
    named = [(f'name="{name}"' + (f'; filename="{file}"' if file else ""), content) for name, file, content in parts]
    return (
        b"".join(b"--x\r\nContent-Disposition: form-data; %s\r\n\r\n%s\r\n" % (n.encode(), c) for n, c in named)
        + b"--x--\r\n"
    )


UPLOADS = {
    "small": multipart(("Body", "", b"12"), ("f", "../../x.sh", b"#!")),
    "as large as may be": multipart(("Body", "", b"12"), ("f", "x", b"1" * (LARGEST_BODY - 1000))),
    "too large": multipart(("Body", "", b"12"), ("f", "x", b"1" * 600_000)),
    "many": multipart(("Body", "", b"12"), *[("f", f"{n}", b"x") for n in range(900)]),
    "too many": multipart(("Body", "", b"12"), *[("f", f"{n}", b"x") for n in range(1100)]),
}


@pytest.fixture(scope="module")
def app(light_env):
    """In this process, where it can be seen what would be written; it needs no store."""
    return create_app(Settings.from_env({**light_env, "TWILIO_AUTH_TOKEN": "token", "REDIS_URL": "unix:///no-store"}))


@pytest.mark.parametrize("path", ["/sms", "/voice", "/voice/status", "/sms/status"])
@pytest.mark.parametrize("body", UPLOADS.values(), ids=UPLOADS)
def test_an_upload_is_never_a_file(app, monkeypatch, body, path):
    def written(*_, **__):
        raise AssertionError("an upload went to disk")

    for name in ("SpooledTemporaryFile", "TemporaryFile", "NamedTemporaryFile"):
        monkeypatch.setattr(tempfile, name, written)
    stamp = signature("token", f"http://localhost{path}", {"Body": "12"})
    headers = {"X-Twilio-Signature": stamp, "Content-Type": "multipart/form-data; boundary=x"}
    assert app.test_client().post(path, data=body, headers=headers).status_code == 403
