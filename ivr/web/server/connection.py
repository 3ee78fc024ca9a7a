"""One client's connection: what has been received and what is to be sent."""

from __future__ import annotations

import socket
from contextlib import suppress
from typing import Any, cast

from gunicorn.config import Config
from gunicorn.http import RequestParser

from ivr.web.server.request_end import RequestEnd

AT_ONCE = 64 * 1024
"""Bytes read from one client before the others get their turn."""
CONTINUE = b"HTTP/1.1 100 Continue\r\n\r\n"


class ClientConnection:
    """To gunicorn's parser and response it looks like a socket, but one that already holds a whole request and accepts
    a whole response, so that no thread ever waits for a client. The loop owns it, except while a thread answers."""

    def __init__(self, sock: socket.socket, client: Any, server: Any, cfg: Config) -> None:
        sock.setblocking(False)
        self.sock, self.client, self.server = sock, client, server
        self.parser = RequestParser(cfg, cast(socket.socket, self), client)
        self.came, self.going = bytearray(), bytearray()
        self.is_over = False
        """The client has finished sending, or is gone."""
        self.may_go_on = True
        """Another request may follow the one that is being answered."""
        self._end = RequestEnd()
        self._request = memoryview(b"")

    @property
    def bytes_held(self) -> int:
        return len(self.came) + len(self.going)

    def read(self) -> None:
        """Reads what has arrived. Raises OSError if the client is gone."""
        with suppress(BlockingIOError):
            data = self.sock.recv(AT_ONCE)
            self.came += data
            self.is_over = not data

    def begin_request(self) -> bool:
        """Whether a request can be parsed now: it has arrived in full, or can never be completed."""
        end = self._end.find(self.came)
        if end is None and not (self.is_over and self.came):
            self._invite()
            return False
        whole = bytes(self.came[:end])
        del self.came[:end]
        self.may_go_on = not (self._end.is_last or self.is_over)
        self._request, self._end = memoryview(whole), RequestEnd()
        return True

    def _invite(self) -> None:
        """Answers `Expect: 100-continue`."""
        if self._end.expects:
            self._end.expects = False
            self.going += CONTINUE
            self.write()

    def is_read(self) -> bool:
        """Whether the parser has read exactly the whole request. If not, it saw the end elsewhere, and what follows is
        meaningless."""
        return not self._request and not self.parser.unreader.take_buffered()

    def write(self) -> None:
        """Sends as much as the client accepts now."""
        try:
            while self.going:
                del self.going[: self.sock.send(self.going)]
        except BlockingIOError:
            pass
        except OSError:
            self.going.clear()
            self.is_over, self.may_go_on = True, False

    def end_answers(self) -> None:
        """Shuts down our side. Closing at once could lose the end of the response."""
        with suppress(OSError):
            self.sock.shutdown(socket.SHUT_WR)
        self.came.clear()

    # What gunicorn uses of a socket.

    def recv(self, size: int) -> bytes:
        data, self._request = bytes(self._request[:size]), self._request[size:]
        return data

    def sendall(self, data: bytes) -> None:
        self.going += data

    send = sendall

    def gettimeout(self) -> float:
        return 0.0
