"""Requests as anyone may send them, signed or not, well-formed or not."""

from dataclasses import dataclass
from http.client import HTTPConnection
from urllib.parse import urlencode, urlsplit

from twilio.request_validator import RequestValidator
from werkzeug.datastructures import MultiDict


@dataclass(frozen=True)
class Answered:
    status: int
    kind: str
    text: str


def post(line, path, body=b"", headers=None):
    """`path` goes over the wire as it is."""
    connection = HTTPConnection(urlsplit(line).netloc, timeout=10)
    try:
        given = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Content-Length": str(len(body)),
            **(headers or {}),
        }
        connection.putrequest("POST", path, skip_accept_encoding=True, skip_host="Host" in given)
        for name, value in given.items():
            connection.putheader(name, value)
        connection.endheaders(body)
        answer = connection.getresponse()
        return Answered(answer.status, answer.getheader("Content-Type", ""), answer.read().decode())
    finally:
        connection.close()


def signature(token, url, fields):
    return RequestValidator(token).compute_signature(url, fields)


def signed_post(line, token, path, fields):
    """As the carrier sends it."""
    signed = MultiDict(fields) if any(isinstance(value, list) for value in fields.values()) else fields
    headers = {"X-Twilio-Signature": signature(token, line + path, signed)}
    return post(line, path, urlencode(fields, doseq=True).encode(), headers)
