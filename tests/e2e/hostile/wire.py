"""Requests made by hand, byte by byte, and what the carrier would make of the answers."""

import socket
from io import BytesIO
from urllib.parse import urlencode, urlsplit

from posting import Answered, post, signature
from werkzeug.datastructures import MultiDict
from werkzeug.test import EnvironBuilder

from ivr.phone.texting import read_texts
from ivr.phone.twiml_reader import read_voice
from ivr.phone.wire import Fetched

FORM = "application/x-www-form-urlencoded"
VOICE_STATUS, SMS_STATUS = "/voice/status", "/sms/status"


def post_signed(line, token, path, body, kind=FORM, **headers):
    """Signed over whatever a server reads from these bytes."""
    sent = EnvironBuilder(method="POST", input_stream=BytesIO(body), content_type=kind, content_length=len(body))
    with sent.get_request() as read:
        given = {"Content-Type": kind, "X-Twilio-Signature": signature(token, line + path, read.form)}
    return post(line, path, body, given | headers)


def post_form(line, token, path, pairs, **headers):
    given = {"X-Twilio-Signature": signature(token, line + path, MultiDict(pairs)), **headers}
    return post(line, path, urlencode(pairs).encode(), given)


def accept(path, answered):
    """The answer to a signed request is one that the carrier takes."""
    if path in (VOICE_STATUS, SMS_STATUS):
        assert (answered.status, answered.text) == (204, "")
        return
    assert answered.status == 200, answered
    assert answered.kind == "text/xml; charset=utf-8"
    if path.startswith("/sms"):
        texts, redirect = read_texts(Fetched(answered.text.encode(), answered.kind, 0.0))
        assert len(texts) <= 1
        assert redirect is None
    else:
        assert read_voice(answered.text.encode(), answered.kind)


def raw(line, data, seconds=10):
    """The first answer to bytes as they are; None if the line hangs up without one."""
    parts = urlsplit(line)
    with socket.create_connection((parts.hostname, parts.port), timeout=seconds) as wire:
        wire.sendall(data)
        wire.shutdown(socket.SHUT_WR)
        came = b"".join(iter(lambda: wire.recv(65536), b""))
    if not came:
        return None
    head, _, body = came.partition(b"\r\n\r\n")
    return Answered(int(head.split()[1]), "", body.decode(errors="replace"))


def chunked(body, size=7):
    parts = [body[at : at + size] for at in range(0, len(body), size)]
    return b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"
