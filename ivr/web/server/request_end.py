"""Finds where a request ends among the bytes received, and nothing else: gunicorn's parser judges the request, so a
malformed one counts as complete."""

from __future__ import annotations

import re

from ivr.web.webhook import LARGEST_BODY

LARGEST_HEAD = 64 * 1024
LARGEST_CHUNKED = 2 * LARGEST_BODY
"""Largest chunked body in bytes, chunk headers included."""
LONGEST_SIZE_LINE = 1024

END_OF_HEAD = re.compile(rb"\r?\n\r?\n")
"""Lines that end without a carriage return are accepted here only so that the parser gets to refuse them."""
LENGTHS = re.compile(rb"(?i)\n(content-length|transfer-encoding|expect)[ \t]*:[ \t]*([^\r\n]*)")
SIZE = re.compile(rb"([0-9a-fA-F]{1,8})[ \t]*(?:;.*)?")


class RequestEnd:
    """For one request; no byte is scanned twice. `is_last`: the request is malformed, so nothing can follow it on this
    connection. `expects`: the client sent `Expect: 100-continue`."""

    def __init__(self) -> None:
        self.is_last = self.expects = False
        self._looked_at = 0
        self._body = 0
        self._end: int | None = None

    def find(self, came: bytearray) -> int | None:
        """The length of the request in bytes; None until it has arrived in full."""
        if not self._body and not self._read_head(came):
            return self._whole(came) if len(came) > LARGEST_HEAD else None
        if self._end is None:
            return self._next_chunks(came)
        return self._end if self._end <= len(came) else None

    def _read_head(self, came: bytearray) -> bool:
        found = END_OF_HEAD.search(came, max(0, self._looked_at - 3))
        self._looked_at = len(came)
        if found is None:
            return False
        self._body = self._looked_at = found.end()
        fields = {name.lower(): value for name, value in LENGTHS.findall(came, 0, self._body)}
        self.expects = b"expect" in fields
        if b"transfer-encoding" not in fields:
            self._end = self._body + self._length(fields.get(b"content-length", b"0"), came)
        return True

    def _length(self, written: bytes, came: bytearray) -> int:
        """The length of the body. A body that is too long is not waited for."""
        written = written.strip()
        if written.isdigit() and len(written) < 10 and int(written) <= LARGEST_BODY:
            return int(written)
        return self._whole(came) - self._body

    def _next_chunks(self, came: bytearray) -> int | None:
        if len(came) - self._body > LARGEST_CHUNKED:
            return self._whole(came)
        while (line := came.find(b"\r\n", self._looked_at)) >= 0:
            size = SIZE.fullmatch(came, self._looked_at, line)
            if size is None:
                return self._whole(came)
            if int(size[1], 16) == 0:
                return self._after_trailers(came, line)
            self._looked_at = line + 2 + int(size[1], 16) + 2
            if self._looked_at - self._body > LARGEST_CHUNKED:
                return self._whole(came)
        return self._whole(came) if len(came) - self._looked_at > LONGEST_SIZE_LINE else None

    def _after_trailers(self, came: bytearray, line: int) -> int | None:
        end = came.find(b"\r\n\r\n", line)
        return end + 4 if end >= 0 else None

    def _whole(self, came: bytearray) -> int:
        self.is_last = True
        return len(came)
