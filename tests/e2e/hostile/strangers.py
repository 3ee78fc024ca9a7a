"""Many connections of strangers at once, and what they do with them."""

import contextlib
import resource
import select
import socket
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest

FORM_HEAD = "POST /voice HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n"
KINDS = {
    "silent": b"",
    "one letter": b"P",
    "half a head": f"{FORM_HEAD}X-Long: ".encode(),
    "half a body": f"{FORM_HEAD}Content-Length: 999\r\n\r\nab".encode(),
    "half a chunk": f"{FORM_HEAD}Transfer-Encoding: chunked\r\n\r\nfff\r\nab".encode(),
}
HEALTH = b"GET /health HTTP/1.1\r\nHost: x\r\n\r\n"
OTHER_FILES = 200


def may_open(many: int) -> None:
    """This process, so many sockets."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard != resource.RLIM_INFINITY and hard < many + OTHER_FILES:
        pytest.skip("this machine lets no process open so many files")
    if soft != resource.RLIM_INFINITY and soft < many + OTHER_FILES:
        resource.setrlimit(resource.RLIMIT_NOFILE, (many + OTHER_FILES, hard))


@contextlib.contextmanager
def connections(line: str, many: int) -> Iterator[list[socket.socket]]:
    may_open(many)
    where = urlsplit(line)
    with contextlib.ExitStack() as at_once:
        yield [
            at_once.enter_context(socket.create_connection((where.hostname, where.port), timeout=10))
            for _ in range(many)
        ]


@contextlib.contextmanager
def strangers(line: str, many: int, sent: bytes) -> Iterator[list[socket.socket]]:
    with connections(line, many) as sockets:
        for one in sockets:
            with contextlib.suppress(OSError):  # Closed for others already.
                one.sendall(sent)
        yield sockets


@contextlib.contextmanager
def idle(line: str, many: int) -> Iterator[list[socket.socket]]:
    """Each has had an answer, and may ask again."""
    may_open(many)
    where = urlsplit(line)
    with contextlib.ExitStack() as at_once:
        sockets = []
        for _ in range(many):
            one = at_once.enter_context(socket.create_connection((where.hostname, where.port), timeout=10))
            one.sendall(HEALTH)
            assert one.recv(4096).startswith(b"HTTP/1.1 200")
            sockets.append(one)
        yield sockets


def still_open(sockets: list[socket.socket]) -> list[socket.socket]:
    """Those that the line has not closed."""
    looking = select.poll()
    for one in sockets:
        looking.register(one, select.POLLIN)
    gone = {number for number, _ in looking.poll(0)}
    return [one for one in sockets if one.fileno() not in gone]
