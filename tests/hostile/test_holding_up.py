"""Requests that never end, and uploads: strangers may neither hold up the line nor fill its disk."""

import socket
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from posting import signature
from wire import FORM, post_form

from ivr.settings import Settings
from ivr.web.app import LARGEST_BODY, create_app
from ivr.web.worker import PATIENCE

AT_ONCE = 6
"""Of each kind: together more than the line has threads."""
HEAD = f"POST /voice HTTP/1.1\r\nHost: x\r\nContent-Type: {FORM}\r\n"
HALVES = (HEAD, f"{HEAD}Content-Length: 100\r\n\r\nab", f"{HEAD}Transfer-Encoding: chunked\r\n\r\nff\r\nab")


def test_half_requests_do_not_hold_up_the_line(watched):
    parts = urlsplit(watched.line)
    with ExitStack() as open_ones:
        for half in HALVES * AT_ONCE:
            wire = open_ones.enter_context(socket.create_connection((parts.hostname, parts.port)))
            wire.sendall(half.encode())
        began = time.monotonic()
        while not answers(watched):
            assert time.monotonic() - began < 3 * PATIENCE + 20, "the line never came back"
    assert "Traceback" not in watched.log


def answers(watched):
    try:
        return post_form(watched.line, watched.token, "/voice", [("From", "anonymous")]).status == 200
    except TimeoutError:
        return False


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


@pytest.mark.parametrize("path", ["/sms", "/voice", "/voice/status", "/sms/status"])
@pytest.mark.parametrize("body", UPLOADS.values(), ids=UPLOADS)
def test_an_upload_is_never_a_file(line_env, tmp_path, monkeypatch, body, path):
    def written(*_, **__):
        raise AssertionError("an upload went to disk")

    client = app(line_env, tmp_path).test_client()
    for name in ("SpooledTemporaryFile", "TemporaryFile", "NamedTemporaryFile"):
        monkeypatch.setattr(tempfile, name, written)
    stamp = signature("token", f"http://localhost{path}", {"Body": "12"})
    headers = {"X-Twilio-Signature": stamp, "Content-Type": "multipart/form-data; boundary=x"}
    assert client.post(path, data=body, headers=headers).status_code == 403
    assert not list(tmp_path.rglob("*"))


def app(line_env, folder: Path):
    return create_app(
        Settings.from_env({**line_env, "TWILIO_AUTH_TOKEN": "token", "REDIS_URL": f"unix://{folder}/no-store"})
    )
