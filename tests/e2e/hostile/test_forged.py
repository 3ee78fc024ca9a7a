"""Requests that are nearly the carrier's: over the wire, where server and framework have had their say."""

from urllib.parse import urlencode

import pytest
from posting import post, signature
from wire import post_form, raw

from ivr.desk.running.local import free_port, serving

FIELDS = {"CallSid": "CA1", "From": "+12025560111", "CallerCity": "Köln", "Digits": "2"}
PLACE = "/voice/en/normal/new/0/plain.0/main.0"
BODY = urlencode(FIELDS).encode()
PUBLIC = "https://line.example.org"


@pytest.fixture(scope="module")
def public_line(light_env, tmp_path_factory):
    with serving(
        {**light_env, "PUBLIC_URL": PUBLIC, "DATA_DIR": str(tmp_path_factory.mktemp("public"))}, free_port()
    ) as line:
        yield line


@pytest.fixture(scope="module")
def token(light_env):
    return light_env["TWILIO_AUTH_TOKEN"]


@pytest.fixture(scope="module")
def stamp(token):
    return signature(token, PUBLIC + PLACE, FIELDS)


def ask(line, stamp, body=BODY, path=PLACE, **headers):
    return post(line, path, body, {"X-Twilio-Signature": stamp, **{n.replace("_", "-"): v for n, v in headers.items()}})


def test_the_one_that_the_others_are_made_from(public_line, stamp):
    assert ask(public_line, stamp).status == 200


CHANGES = {
    "truncated": lambda stamp: stamp[:-1],
    "half": lambda stamp: stamp[:14],
    "without padding": lambda stamp: stamp.rstrip("="),
    "more padding": lambda stamp: stamp + "=",
    "much padding": lambda stamp: stamp + "====",
    "the last bits changed": lambda stamp: stamp[:-2] + chr(ord(stamp[-2]) + 1) + "=",
    "backwards": lambda stamp: stamp[::-1],
    "two signs exchanged": lambda stamp: stamp[1] + stamp[0] + stamp[2:],
    "other case": str.swapcase,
    "lower case": str.lower,
    "in the alphabet of addresses": lambda stamp: stamp.replace("+", "-").replace("/", "_").replace("=", "%3D"),
    "twice": lambda stamp: stamp + stamp,
    "two": lambda stamp: f"{stamp}, {stamp}",
    "quoted": lambda stamp: f'"{stamp}"',
    "a blank within": lambda stamp: stamp[:9] + " " + stamp[9:],
    "long": lambda stamp: stamp + "A" * 5000,
    "not ASCII": lambda stamp: stamp + "é",
    "none of it ASCII": lambda _: "éüß" * 9,
    "named": lambda stamp: f"sha1={stamp}",
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_changed_signature(public_line, stamp, change):
    assert change(stamp) != stamp
    assert ask(public_line, change(stamp)).status == 403


def test_a_signature_longer_than_any_header(public_line, stamp):
    assert 400 <= ask(public_line, stamp + "A" * 60_000).status < 500


@pytest.mark.parametrize("second", ["", "forged", None], ids=["an empty one", "a forged one", "the same"])
@pytest.mark.parametrize("first", [True, False])
def test_two_signatures_are_none(public_line, stamp, second, first):
    stamps = [stamp, stamp if second is None else second]
    lines = "".join(f"X-Twilio-Signature: {one}\r\n" for one in (stamps if first else stamps[::-1]))
    head = f"POST {PLACE} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: {len(BODY)}\r\n"
    kind = "Content-Type: application/x-www-form-urlencoded\r\n"
    assert raw(public_line, (head + kind + lines + "\r\n").encode() + BODY).status == 403


def test_another_token(public_line):
    assert ask(public_line, signature("another", PUBLIC + PLACE, FIELDS)).status == 403


def test_fields_in_any_order_are_the_same_fields(public_line, stamp):
    for order in (sorted(FIELDS), sorted(FIELDS, reverse=True)):
        assert ask(public_line, stamp, urlencode({name: FIELDS[name] for name in order}).encode()).status == 200


@pytest.mark.parametrize(
    ("more", "status"),
    [("&Digits=9", 403), ("&digits=9", 403), ("&=", 200), ("&Digits=", 403), ("&Digits=2", 200), ("&", 200)],
    ids=["another value", "another name", "nothing under no name", "an empty value", "the same again", "nothing"],
)
def test_a_field_more(public_line, stamp, more, status):
    """What the carrier signs is names and values one after another, the same ones once: what adds nothing to that means
    nothing either."""
    assert ask(public_line, stamp, BODY + more.encode()).status == status


def test_fields_moved_into_the_address(public_line, stamp):
    assert ask(public_line, stamp, b"", f"{PLACE}?{BODY.decode()}").status == 403


@pytest.mark.parametrize(
    "path",
    [
        "/voice",
        "/sms",
        "/voice/status",
        "/sms/status",
        PLACE + "/",
        PLACE.replace("en", "%65n"),
        PLACE.upper(),
    ],
)
def test_sent_again_to_another_address(public_line, stamp, path):
    assert ask(public_line, stamp, path=path).status == 403


@pytest.mark.parametrize(
    "public", ["http://line.example.org", "https://line.example.com", "https://line.example.org:8443", PUBLIC + "/bone"]
)
def test_signed_for_another_host(public_line, token, public):
    assert ask(public_line, signature(token, public + PLACE, FIELDS)).status == 403


def test_sent_again_it_has_the_same_answer(public_line, stamp):
    first, *others = [ask(public_line, stamp) for _ in range(5)]
    assert all(other == first for other in others)


LIES = [
    {"Host": "evil.example"},
    {"X_Forwarded_Host": "evil.example"},
    {"X_Forwarded_Proto": "https"},
    {"X_Forwarded_Proto": "http", "X_Forwarded_SSL": "on"},
    {"X_Forwarded_Port": "1"},
    {"X_Forwarded_Prefix": "/evil"},
    {"Forwarded": "host=evil.example;proto=https"},
    {"X_Original_URL": "/sms"},
    {"X_Rewrite_URL": "/sms"},
    {"X_HTTP_Method_Override": "GET"},
    {"X_Twilio_Signature_2": "x"},
]
named = pytest.mark.parametrize("lies", LIES, ids=" ".join)


@named
def test_headers_that_lie_change_nothing(public_line, stamp, lies):
    assert ask(public_line, stamp, **lies) == ask(public_line, stamp)
    assert ask(public_line, "forged", **lies).status == 403


@named
def test_nor_where_no_public_address_is_set(line, token, lies):
    if "Host" in lies:
        lies = {}
    own = ask(line, signature(token, line + PLACE, FIELDS), **lies)
    assert own == ask(line, signature(token, line + PLACE, FIELDS))
    assert own.status == 200
    for evil in ("http://evil.example", "https://" + line.removeprefix("http://"), line + "/evil"):
        assert ask(line, signature(token, evil + PLACE, FIELDS), **lies).status == 403


@pytest.mark.parametrize("name", ["SCRIPT_NAME", "PATH_INFO", "RAW_URI", "REMOTE_USER"])
def test_no_header_is_taken_for_a_word_of_the_server(public_line, stamp, name):
    head = f"POST {PLACE} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n{name}: /sms\r\nX-Twilio-Signature: {stamp}\r\n"
    rest = f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(BODY)}\r\n\r\n"
    assert raw(public_line, (head + rest).encode() + BODY).status in (200, 400)


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "post", "BREW"])
@pytest.mark.parametrize("path", ["/voice", PLACE, "/sms", "/voice/status"])
def test_another_method(public_line, token, method, path):
    for stamp, statuses in (("forged", (400, 403)), (signature(token, PUBLIC + path, {}), (200, 400, 405))):
        head = f"{method} {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX-HTTP-Method-Override: POST\r\n"
        answered = raw(public_line, f"{head}X-Twilio-Signature: {stamp}\r\n\r\n".encode())
        assert answered.status in statuses
        assert "<Response>" not in answered.text


ADDRESSES = [
    "/voice/%27",
    "/voice/a%2Fb",
    "/voice/%C3%A9",
    "/voice/%c3%a9",
    "/voice?",
    "/voice?b=2&a=1",
    "/voice/%7E~@%40",
    "//voice",
    "/voice/%0A",
]


@pytest.mark.parametrize("path", ADDRESSES)
def test_an_odd_address_counts_as_it_was_called(public_line, token, path):
    stamps = {other: signature(token, PUBLIC + other, FIELDS) for other in ADDRESSES}
    answered = ask(public_line, stamps.pop(path), path=path)
    assert answered.status == 200
    assert {ask(public_line, other, path=path).status for other in stamps.values()} == {403}


@pytest.mark.parametrize("path", ["/voice/é".encode(), b"/voice/\xff\xfe", b"/voice/ \x0b", b"/voice/\x00"])
def test_an_address_that_is_none(public_line, token, path):
    for stamp in ("forged", signature(token, PUBLIC + path.decode(errors="replace"), FIELDS)):
        head = b"POST %s HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: %d\r\n" % (path, len(BODY))
        rest = f"X-Twilio-Signature: {stamp}\r\nContent-Type: application/x-www-form-urlencoded\r\n\r\n".encode()
        assert raw(public_line, head + rest + BODY).status in (200, 400, 403)


@pytest.mark.parametrize("called", ["https://line.example.org:443", PUBLIC])
def test_a_port_that_goes_without_saying(public_line, token, called):
    assert ask(public_line, signature(token, called + PLACE, FIELDS)).status == 200


def test_a_replayed_text_moves_nobody(watched):
    first = [("From", "+12025560119"), ("MessageSid", "SM1"), ("Body", "RADIATION")]
    more = [("From", "+12025560119"), ("MessageSid", "SM2"), ("Body", "MORE")]
    post_form(watched.line, watched.token, "/sms", first)
    answers = {post_form(watched.line, watched.token, "/sms", more).text for _ in range(4)}
    assert len(answers) == 1


def test_a_replayed_wish_sends_one_text(watched):
    path = "/voice/en/normal/new/0/plain.0/depends.1"
    form = [
        ("From", "+12025560120"),
        ("To", "+12025550100"),
        ("CallSid", "CA7"),
        ("Digits", "9"),
        ("Direction", "inbound"),
    ]
    assert len({post_form(watched.line, watched.token, path, form).text for _ in range(4)}) == 1
    assert [asked.fields["To"] for asked in watched.api.asked] == ["+12025560120"]
