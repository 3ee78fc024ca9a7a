"""Anything in any field of any webhook, as any body: the carrier gets an answer that it takes, and nothing is left."""

import os
from http.client import HTTPConnection
from urllib.parse import quote_from_bytes, urlencode, urlsplit

import pytest
from fields import MARK, NAMES, forms, values
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from keeping import check_keeping
from posting import signature
from wire import FORM, accept, chunked, post_form, post_signed, raw

LONG = int(os.environ.get("FUZZ_TIMES", "1"))
"""How many times longer than in `make test`; `make fuzz` sets it."""

IN_PATHS = "qzjx-path"
PLACE = "/voice/en/normal/new/0/plain.0/main.0"
PATHS = ["/voice", PLACE, "/voice/status", "/sms", "/sms/status"]
FLOOD = 1000
LEAK = 6_000_000
"""Bytes: a small part of what the flood sends, and more than what a worker's memory wavers by."""


def fuzz(examples):
    return settings(
        max_examples=examples * LONG,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    )


def silent_about_it(answered):
    assert MARK not in answered.text.upper()
    assert IN_PATHS not in answered.text
    return answered


@fuzz(400)
@given(path=st.sampled_from(PATHS), form=forms)
def test_any_fields(watched, path, form):
    accept(path, silent_about_it(post_form(watched.line, watched.token, path, form)))


@pytest.mark.parametrize("path", PATHS)
@fuzz(25)
@given(data=st.data())
def test_every_field(watched, path, data):
    """All fields at once, so that none is left out by chance."""
    form = [(name, data.draw(values)) for name in NAMES if name != "CallStatus"]
    form += [("CallStatus", data.draw(values))] * data.draw(st.integers(0, 2))
    accept(path, silent_about_it(post_form(watched.line, watched.token, path, form)))


signs = st.sampled_from([quote_from_bytes(bytes([sign])) for sign in range(256)])
odd_path = st.lists(
    signs | st.sampled_from(["%", "%2", "%GG", "/", "//", "..", "en/normal", "<Say>", IN_PATHS, "?a=1"]), max_size=12
)


@fuzz(150)
@given(path=odd_path.map("".join), form=forms)
def test_any_path_of_a_call(watched, path, form):
    whole = f"/voice/{path}"
    answered = post_form(watched.line, watched.token, whole, form)
    accept(whole.partition("?")[0], silent_about_it(answered))


KINDS = [
    FORM,
    f"{FORM}; charset=utf-16",
    f"{FORM}; charset=nonsense",
    "text/plain",
    "application/json",
    "",
    ";;",
    "multipart/form-data",
]
PARTS = b'--x\r\nContent-Disposition: form-data; name="Body"; filename="../../f"\r\n\r\n%s\r\n--x--\r\n'
body = (
    st.binary(max_size=200)
    | st.builds(lambda pairs, tail: urlencode(pairs).encode() + tail, forms, st.binary(max_size=20))
    | st.sampled_from(
        [b"%", b"&&&==&", b"Body=%ff%fe", b"Body=%", b"Body=%u0041", b"a" * 5000, b"&" * 5000, b"a&" * 3000]
    )
    | st.binary(max_size=300).map(lambda content: PARTS % content)
)


@fuzz(200)
@given(path=st.sampled_from(PATHS), body=body, kind=st.sampled_from([*KINDS, "multipart/form-data; boundary=x"]))
def test_any_body(watched, path, body, kind):
    answered = post_signed(watched.line, watched.token, path, body, kind)
    if kind.startswith("multipart"):
        assert answered.status == 403
    else:
        accept(path, silent_about_it(answered))


@fuzz(60)
@given(
    path=st.sampled_from([*PATHS, "/", "/health", "/sms/x", "/voice/x"]),
    head=st.binary(max_size=120),
    rest=st.binary(max_size=80),
)
def test_any_bytes_from_a_stranger(watched, path, head, rest):
    start = f"POST {path} HTTP/1.1\r\nHost: x\r\n".encode()
    answered = raw(watched.line, start + head.replace(b"\r\n\r\n", b"") + b"\r\n\r\n" + rest)
    assert answered is None or 400 <= answered.status < 500 or (answered.status == 501 and b"ransfer" in head)


def signed_head(watched, more):
    stamp = signature(watched.token, f"{watched.line}/sms", {"Body": "12"})
    named = ("Host: " + urlsplit(watched.line).netloc, f"Content-Type: {FORM}", f"X-Twilio-Signature: {stamp}", more)
    return "\r\n".join(("POST /sms HTTP/1.1", *named, "Connection: close", "\r\n")).encode()


@pytest.mark.parametrize(
    ("more", "body", "statuses"),
    [
        ("Content-Length: 7", b"Body=12", {200}),
        ("Transfer-Encoding: chunked", chunked(b"Body=12"), {200}),
        ("Content-Length: 7", b"Body=12&Body=STOP", {200}),
        ("Content-Length: 3", b"Body=12", {403}),
        ("Content-Length: 700", b"Body=12", {200}),
        ("Content-Length: 0", b"Body=12", {403}),
        ("Content-Length: -7", b"Body=12", {400}),
        ("Content-Length: x", b"Body=12", {400}),
        ("Content-Length: 7\r\nContent-Length: 5", b"Body=12", {400}),
        ("Content-Length: 99999999999999999999", b"Body=12", {413}),
        ("Content-Length: 7\r\nTransfer-Encoding: chunked", chunked(b"Body=12"), {400}),
        ("Transfer-Encoding: chunked", b"zz\r\nBody=12\r\n0\r\n\r\n", {400, 403}),
        ("Transfer-Encoding: chunked", b"ffffff\r\nBody=12", {400, 403}),
        ("Transfer-Encoding: chunked", chunked(b"Body=12" + b"&a=" + b"1" * 600_000, 60_000), {403, 413}),
        ("Transfer-Encoding: gzip", b"Body=12", {400, 501}),
        ("X-Nothing: 1", b"Body=12", {403}),
    ],
)
def test_a_length_that_lies(watched, more, body, statuses):
    answered = raw(watched.line, signed_head(watched, more) + body)
    assert answered is None or answered.status in statuses
    assert answered is not None or 200 not in statuses


@pytest.mark.parametrize("size", [300_000, 2_000_000])
def test_a_large_body_is_turned_away_signed_or_not(watched, size):
    form = [("Body", "1" * size)]
    assert post_form(watched.line, watched.token, "/sms", form).status == 413
    assert post_form(watched.line, "forged", "/sms", form).status == 413


def test_afterwards_the_store_is_as_it_should_be(watched, kept):
    """After all of the above: this file is one run."""
    post_form(watched.line, watched.token, "/sms", [("From", "+12025560111"), ("Body", "STOP")])
    assert check_keeping(kept) > 2


def test_afterwards_no_log_or_file_has_a_word_of_it(watched):
    assert MARK not in watched.log.upper()
    assert "Traceback" not in watched.log
    assert not list((watched.folder / "temporary").rglob("*"))
    assert watched.files() == {"data", "temporary", "error.log", "access.log"}


def flood(watched, times, start):
    """Callers, paths, words and names of fields that are all new, 40 kB each time, on one connection."""
    connection = HTTPConnection(urlsplit(watched.line).netloc, timeout=10)
    for turn in range(start, start + times):
        path = ("/sms", f"/voice/en/normal/new/{turn:x}/plain.0/main.0", f"/voice/{turn}")[turn % 3]
        form = {
            "From": f"+1202{5_000_000 + turn}",
            "Body": f"{turn} " * 5000,
            f"New{turn}": "x" * 10_000,
            "MessageSid": f"SM{turn}",
        }
        stamp = signature(watched.token, watched.line + path, form)
        connection.request("POST", path, urlencode(form), {"Content-Type": FORM, "X-Twilio-Signature": stamp})
        answer = connection.getresponse()
        assert answer.read()
        assert answer.status == 200
    connection.close()


def test_a_flood_leaves_memory_and_store_as_they_were(watched, kept):
    workers = watched.workers()
    for start in range(4):
        flood(watched, 60, start * 60)
    before = watched.memory()
    flood(watched, FLOOD * LONG, 1000)
    assert watched.workers() == workers, "no worker died of it"
    assert len(workers) == 2
    assert watched.memory() - before < LEAK
    assert check_keeping(kept) > FLOOD * LONG
