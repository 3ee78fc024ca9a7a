"""Whether the carrier signed a request: over the address that it called, sign by sign, and every field it sent."""

import base64
import hmac

import pytest
from werkzeug.datastructures import MultiDict

from ivr.carrier.twilio.render import RETRIES
from ivr.carrier.twilio.signature import Signature

TOKEN = "a-token"
PUBLIC = "https://line.example.org"
FORM = MultiDict([("CallSid", "CA1"), ("From", "+12025550143"), ("CallerCity", "Köln"), ("Digits", "")])


def signed(address, form=FORM, token=TOKEN):
    """As the carrier does: the address, then every name and value in order."""
    fields = "".join(name + value for name in sorted(set(form)) for value in sorted(set(form.getlist(name))))
    return base64.b64encode(hmac.digest(token.encode(), (address + fields).encode(), "sha1")).decode()


def at(raw, **environ):
    """What the server knows of a request, behind a proxy: the path as it came, and a scheme and host of its own."""
    return {"RAW_URI": raw, "HTTP_HOST": "10.0.0.1:8000", "wsgi.url_scheme": "http", "PATH_INFO": "/other", **environ}


def is_valid(environ, header, form=FORM, public=PUBLIC, token=TOKEN, name="TWILIO"):
    given = {} if header is None else {f"HTTP_X_{name}_SIGNATURE": header}
    return Signature(token, public).is_valid({**environ, **given}, list(form.items(multi=True)))


@pytest.mark.parametrize(
    ("public", "raw", "called"),
    [
        (PUBLIC, "/voice", f"{PUBLIC}/voice"),
        (PUBLIC, "/voice/en/normal/new/0/plain.0/main.0", f"{PUBLIC}/voice/en/normal/new/0/plain.0/main.0"),
        (f"{PUBLIC}/bone", "/voice", f"{PUBLIC}/bone/voice"),
        (f"{PUBLIC}:8443", "/voice", f"{PUBLIC}:8443/voice"),
        (f"{PUBLIC}:8443/bone", "/voice?a=1", f"{PUBLIC}:8443/bone/voice?a=1"),
        (PUBLIC, "/voice", f"{PUBLIC}:443/voice"),
        (f"{PUBLIC}:443", "/voice", f"{PUBLIC}/voice"),
        ("http://line.example.org", "/voice", "http://line.example.org:80/voice"),
        (PUBLIC, "/voice/%27", f"{PUBLIC}/voice/%27"),
        (PUBLIC, "/voice/a%2Fb", f"{PUBLIC}/voice/a%2Fb"),
        (PUBLIC, "/voice/%7E%40", f"{PUBLIC}/voice/%7E%40"),
        (PUBLIC, "/voice/~@", f"{PUBLIC}/voice/~@"),
        (PUBLIC, "/voice/%C3%A9", f"{PUBLIC}/voice/%C3%A9"),
        (PUBLIC, "/voice/%c3%a9", f"{PUBLIC}/voice/%c3%a9"),
        (PUBLIC, "/voice?", f"{PUBLIC}/voice?"),
        (PUBLIC, "/voice?b=2&a=1", f"{PUBLIC}/voice?b=2&a=1"),
        (PUBLIC, "/voice?a=%20+", f"{PUBLIC}/voice?a=%20+"),
        (PUBLIC, "//voice", f"{PUBLIC}//voice"),
        (PUBLIC, "http://10.0.0.1:8000/voice", f"{PUBLIC}/voice"),
        (PUBLIC, "https://line.example.org/voice?a=http://b/c", f"{PUBLIC}/voice?a=http://b/c"),
        (PUBLIC, "/voice?a=http://b/c", f"{PUBLIC}/voice?a=http://b/c"),
        (None, "/voice", "http://10.0.0.1:8000/voice"),
        (None, "/voice?a=%27", "http://10.0.0.1:8000/voice?a=%27"),
    ],
    ids=[
        "a path",
        "a long path",
        "a public address with a path",
        "a public address with a port",
        "a public address with both, and a query",
        "the carrier writes a port that goes without saying",
        "the carrier leaves out a port that goes without saying",
        "the same without encryption",
        "an escaped quote",
        "an escaped slash",
        "signs that need not be escaped but are",
        "the same signs, not escaped",
        "an escaped letter",
        "an escaped letter in small digits",
        "a bare question mark",
        "a query out of order",
        "blanks in a query",
        "two slashes",
        "a whole address asked for",
        "a whole address with another inside",
        "an address in a query",
        "no public address: the host that was asked",
        "no public address, and a query",
    ],
)
def test_the_address_that_was_called_is_what_counts(public, raw, called):
    assert is_valid(at(raw), signed(called), public=public)
    assert not is_valid(at(raw), signed(called + "x"), public=public)
    assert not is_valid(at(raw + "x"), signed(called), public=public)


@pytest.mark.parametrize("name", ["TWILIO", "SIGNALWIRE"])
@pytest.mark.parametrize("public", [PUBLIC, f"{PUBLIC}:8443/bone", None])
@pytest.mark.parametrize("raw", ["/voice", "/sms", "/voice?", "/voice/en/normal/new/0/plain.0/main.0", "/voice?a=1"])
def test_the_fragment_that_the_line_wrote_may_be_signed_with_the_address(raw, public, name):
    """Twilio leaves it out, Somleng signs it."""
    called = f"{public or 'http://10.0.0.1:8000'}{raw}"
    assert is_valid(at(raw), signed(called), public=public, name=name)
    assert is_valid(at(raw), signed(called + RETRIES), public=public, name=name)


@pytest.mark.parametrize("fragment", ["#", "#x", RETRIES + "x", RETRIES * 2, RETRIES[1:], RETRIES.replace("2", "3", 1)])
def test_no_other_fragment_counts(fragment):
    assert not is_valid(at("/voice"), signed(f"{PUBLIC}/voice{fragment}"))


def test_a_port_that_goes_without_saying_may_be_signed_with_the_fragment():
    assert is_valid(at("/voice"), signed(f"{PUBLIC}:443/voice{RETRIES}"))


@pytest.mark.parametrize("name", ["OTHER", "TWILIO_X", ""])
def test_a_signature_under_another_name_does_not_count(name):
    assert not is_valid(at("/voice"), signed(f"{PUBLIC}/voice"), name=name)


@pytest.mark.parametrize("good", ["TWILIO", "SIGNALWIRE"])
def test_of_two_signatures_one_is_enough(good):
    other = {"TWILIO": "SIGNALWIRE", "SIGNALWIRE": "TWILIO"}[good]
    assert is_valid(at("/voice", **{f"HTTP_X_{other}_SIGNATURE": "A" * 28}), signed(f"{PUBLIC}/voice"), name=good)


@pytest.mark.parametrize(
    ("raw", "called"),
    [
        ("/voice/%27", "/voice/'"),
        ("/voice/a%2Fb", "/voice/a/b"),
        ("/voice/%C3%A9", "/voice/%c3%a9"),
        ("/voice?b=2&a=1", "/voice?a=1&b=2"),
        ("/voice/", "/voice"),
        ("/voice", "/Voice"),
        ("/voice", "/bone/voice"),
    ],
)
def test_an_address_that_only_means_the_same_does_not_count(raw, called):
    assert not is_valid(at(raw), signed(PUBLIC + called))


@pytest.mark.parametrize(
    ("environ", "called"),
    [
        ({"REQUEST_URI": "/voice/%27", "PATH_INFO": "/voice/'"}, "/voice/%27"),
        ({"RAW_URI": "", "REQUEST_URI": "/voice?a=1", "PATH_INFO": "/voice"}, "/voice?a=1"),
        ({"RAW_URI": "/voice", "REQUEST_URI": "/other"}, "/voice"),
        ({"PATH_INFO": "/voice"}, "/voice"),
        ({"PATH_INFO": "/voice", "QUERY_STRING": "b=2&a=%27"}, "/voice?b=2&a=%27"),
        ({"PATH_INFO": "/voice/a b?/\xc3\xa9", "QUERY_STRING": ""}, "/voice/a%20b%3F/%C3%A9"),
        ({"RAW_URI": "/voice", "PATH_INFO": "/voice", "QUERY_STRING": "a=1"}, "/voice"),
        ({"RAW_URI": "http://10.0.0.1"}, "/"),
        ({}, "/"),
    ],
    ids=[
        "another server's name for it",
        "an empty one",
        "both",
        "the path alone",
        "path and query",
        "a path without its escapes",
        "a raw path that has no query",
        "a host alone",
        "nothing",
    ],
)
def test_without_a_raw_path_the_next_best_counts(environ, called):
    assert is_valid(environ, signed(PUBLIC + called))


def test_with_a_public_address_the_host_of_a_request_does_not_count():
    for host in ("evil.example", "[", "a:99999", ""):
        assert is_valid(at("/voice", HTTP_HOST=host), signed(f"{PUBLIC}/voice"))


def test_without_a_public_address_the_host_of_a_request_counts():
    assert not is_valid(at("/voice", HTTP_HOST="evil.example"), signed("http://10.0.0.1:8000/voice"), public=None)


@pytest.mark.parametrize("host", ["[bad", "x:99999", "x:port", "]", "[::1", "\ud800", "a\udcffb", "\x00", "a b", ""])
def test_a_host_that_no_address_can_have_is_not_the_carriers(host):
    assert is_valid(at("/voice", HTTP_HOST=host), "A" * 28, public=None) is False


@pytest.mark.parametrize("raw", ["/\udcff", "http://[bad/voice", "//[bad", "/voice?\ud800"], ids=ascii)
@pytest.mark.parametrize("public", [PUBLIC, None])
def test_an_address_that_cannot_be_is_not_the_carriers(raw, public):
    assert is_valid(at(raw), "A" * 28, public=public) is False
    assert is_valid({"PATH_INFO": raw, "HTTP_HOST": "x"}, "A" * 28, public=public) is False


def test_a_field_that_cannot_be_is_not_the_carriers():
    assert is_valid(at("/voice"), "A" * 28, MultiDict([("a", "\ud800")])) is False
    assert is_valid(at("/voice"), "\ud800") is False


@pytest.mark.parametrize(
    "header",
    [None, "", " ", "Zm9yZ2Vk", "ü", "\x00", "A" * 28, "A" * 10_000, signed(f"{PUBLIC}/voice").lower()],
    ids=["missing", "empty", "blank", "forged", "odd", "null", "as long", "very long", "in small letters"],
)
def test_another_signature(header):
    assert is_valid(at("/voice"), header) is False


@pytest.mark.parametrize("token", ["another", TOKEN.upper(), TOKEN + " "])
def test_another_token(token):
    assert not is_valid(at("/voice"), signed(f"{PUBLIC}/voice", token=token))
    assert not is_valid(at("/voice"), signed(f"{PUBLIC}/voice"), token=token)


REPEATED = MultiDict([("a", "2"), ("a", "1"), ("b", "3")])


@pytest.mark.parametrize(
    ("sent", "arrived", "valid"),
    [
        (FORM, FORM, True),
        (FORM, MultiDict(reversed(list(FORM.items()))), True),
        (MultiDict(), MultiDict(), True),
        (REPEATED, REPEATED, True),
        (REPEATED, MultiDict([("b", "3"), ("a", "1"), ("a", "2")]), True),
        (REPEATED, MultiDict([("a", "2"), ("b", "3")]), False),
        (REPEATED, MultiDict([("a", "2"), ("a", "4"), ("b", "3")]), False),
        (FORM, MultiDict([*FORM.items(), ("New", "x")]), False),
        (FORM, MultiDict([*FORM.items(), ("Empty", "")]), False),
        (FORM, MultiDict(list(FORM.items())[:-1]), False),
        (FORM, MultiDict([*list(FORM.items())[:-1], ("Digits", "1")]), False),
        (FORM, MultiDict(), False),
        (MultiDict(), FORM, False),
        (MultiDict([("a", "b")]), MultiDict([("A", "b")]), False),
    ],
    ids=[
        "the same fields",
        "in another order",
        "no fields",
        "a field twice",
        "a field twice, in another order",
        "one of the two is lost",
        "one of the two is changed",
        "a field more",
        "an empty field more",
        "a field less",
        "a changed value",
        "all fields lost",
        "all fields new",
        "another name",
    ],
)
def test_every_field_counts(sent, arrived, valid):
    assert is_valid(at("/voice"), signed(f"{PUBLIC}/voice", sent), arrived) is valid
