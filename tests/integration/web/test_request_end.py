"""Where a request ends, however its bytes are cut."""

import pytest

from ivr.web.server.request_end import LARGEST_CHUNKED, LARGEST_HEAD, RequestEnd
from ivr.web.webhook import LARGEST_BODY

HEAD = b"POST /sms HTTP/1.1\r\nHost: x\r\n"
CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"
WHOLE = {
    "no body": b"GET / HTTP/1.1\r\nHost: x\r\n\r\n",
    "no header": b"GET / HTTP/1.0\r\n\r\n",
    "a body": HEAD + b"Content-Length: 3\r\n\r\na=1",
    "an empty one": HEAD + b"Content-Length: 0\r\n\r\n",
    "in small letters": HEAD + b"content-length:3 \r\n\r\na=1",
    "a body that looks like a head": HEAD + b"Content-Length: 8\r\n\r\n\r\n\r\n\r\n\r\n",
    "chunks": CHUNKED + b"3\r\na=1\r\nA;x=y\r\n&b=1234567\r\n0\r\n\r\n",
    "no chunk": CHUNKED + b"0\r\n\r\n",
    "a chunk that looks like the last": CHUNKED + b"5\r\n0\r\n\r\n\r\n0\r\n\r\n",
    "trailers": CHUNKED + b"1\r\na\r\n0\r\nX: y\r\nZ: \r\n\r\n",
}
REFUSED = {
    "no carriage return": b"GET / HTTP/1.1\nHost: x\n\n",
    "a head without end": HEAD + b"X: " + b"y" * LARGEST_HEAD,
    "a length that is none": HEAD + b"Content-Length: three\r\n\r\na=1",
    "a negative length": HEAD + b"Content-Length: -1\r\n\r\n",
    "too long a body": HEAD + b"Content-Length: %d\r\n\r\n" % (LARGEST_BODY + 1),
    "a length of many digits": HEAD + b"Content-Length: " + b"9" * 5000 + b"\r\n\r\n",
    "a size that is none": CHUNKED + b"zz\r\na",
    "a size of many digits": CHUNKED + b"1" * 20 + b"\r\na",
    "a size without end": CHUNKED + b"1;" + b"x" * 2000,
    "too large a chunk": CHUNKED + b"%x\r\n" % (LARGEST_CHUNKED + 1),
    "too many chunks": CHUNKED + b"1\r\na\r\n" * LARGEST_CHUNKED,
}


def found_in(whole, size):
    """After how many bytes, in pieces of this size, the end is found, and where."""
    end, came = RequestEnd(), bytearray()
    for at in range(0, len(whole), size):
        came += whole[at : at + size]
        if (found := end.find(came)) is not None:
            return len(came), found, end.is_last
    return None


@pytest.mark.parametrize("whole", WHOLE.values(), ids=WHOLE)
@pytest.mark.parametrize("size", [1, 2, 3, 7, 10_000])
def test_the_end_is_found_once_all_has_come(whole, size):
    came, end, is_last = found_in(whole + b"GET ", size)
    assert (end, is_last) == (len(whole), False)
    assert came - len(whole) < max(size, 1)


@pytest.mark.parametrize("whole", WHOLE.values(), ids=WHOLE)
def test_nothing_is_found_before(whole):
    assert found_in(whole[:-1], 1) is None
    assert found_in(whole[:-1], 10_000) is None


@pytest.mark.parametrize("refused", REFUSED.values(), ids=REFUSED)
@pytest.mark.parametrize("size", [1000, 10_000_000])
def test_what_cannot_be_a_request_is_not_waited_for(refused, size):
    _, _, is_last = found_in(refused, size)
    assert is_last or b"\n\n" in refused


def test_whoever_asks_whether_to_send_the_body_is_noticed():
    end = RequestEnd()
    assert end.find(bytearray(HEAD + b"Content-Length: 3\r\nExpect: 100-continue\r\n\r\n")) is None
    assert end.expects
