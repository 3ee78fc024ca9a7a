"""One client: what has come from it, and what goes to it."""

from __future__ import annotations

import socket
from contextlib import suppress
from typing import Any, cast

from gunicorn.config import Config
from gunicorn.http import RequestParser

from ivr.web.server.request_end import RequestEnd

AT_ONCE = 64 * 1024
"""Bytes read from one client before others have their turn."""
CONTINUE = b"HTTP/1.1 100 Continue\r\n\r\n"


class ClientConnection:
    """To gunicorn's parser and to its answer it looks like a socket, but one that holds a whole request already and
    takes a whole answer: no thread ever waits for a client. The loop holds it, but for the time in which a thread
    answers it."""

    def __init__(self, sock: socket.socket, client: Any, server: Any, cfg: Config) -> None:
        sock.setblocking(False)
        self.sock, self.client, self.server = sock, client, server
        self.parser = RequestParser(cfg, cast(socket.socket, self), client)
        self.came, self.going = bytearray(), bytearray()
        self.is_over = False
        """The client sends nothing more, or is gone."""
        self.may_go_on = True
        """Another request may follow the one that is being answered."""
        self._end = RequestEnd()
        self._request = memoryview(b"")

    @property
    def bytes_held(self) -> int:
        return len(self.came) + len(self.going)

    def read(self) -> None:
        """What has come meanwhile. Raises OSError if the client is gone."""
        with suppress(BlockingIOError):
            data = self.sock.recv(AT_ONCE)
            self.came += data
            self.is_over = not data

    def begin_request(self) -> bool:
        """Whether a request has come whole, or will not come whole any more. It can be read then."""
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
        """A client that asks whether it may send its body may."""
        if self._end.expects:
            self._end.expects = False
            self.going += CONTINUE
            self.write()

    def is_read(self) -> bool:
        """All of the request, by the parser. Or else it saw an end elsewhere, and what follows means nothing."""
        return not self._request and not self.parser.unreader.take_buffered()

    def write(self) -> None:
        """As much as the client takes now."""
        try:
            while self.going:
                del self.going[: self.sock.send(self.going)]
        except BlockingIOError:
            pass
        except OSError:
            self.going.clear()
            self.is_over, self.may_go_on = True, False

    def end_answers(self) -> None:
        """The client is told that nothing more comes. Closed at once, it might lose the end of the answer."""
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
