"""Servers on this machine that do what no API should."""

import json
import socket
import threading
from base64 import b64decode
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs


@dataclass(frozen=True)
class Asked:
    path: str
    headers: Mapping[str, str]
    fields: Mapping[str, str]

    @property
    def credentials(self) -> str:
        return b64decode(self.headers["Authorization"].removeprefix("Basic ")).decode()


@dataclass
class Scripted:
    """Gives every request the same answer, and keeps what it was asked."""

    address: str
    status: int = 201
    body: str = '{"sid": "SM1", "status": "queued"}'
    headers: dict[str, str] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)

    def answers(self, status: int, body: object, **headers: str) -> None:
        self.status, self.headers = status, headers
        self.body = body if isinstance(body, str) else json.dumps(body)


@contextmanager
def answering() -> Iterator[Scripted]:
    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.do_POST()

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
            fields = {name: values[0] for name, values in parse_qs(body, keep_blank_values=True).items()}
            scripted.asked.append(Asked(self.path, self.headers, fields))
            self.send_response(scripted.status)
            for name, value in scripted.headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(scripted.body.encode())

        def log_message(self, *_: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        request_queue_size = 64

    with Server(("127.0.0.1", 0), Answer) as server:
        scripted = Scripted(f"http://127.0.0.1:{server.server_port}")
        threading.Thread(target=server.serve_forever, args=(0.005,), daemon=True).start()
        try:
            yield scripted
        finally:
            server.shutdown()


@dataclass
class Raw:
    """`visits`: how often it was called; `gone`: how often the caller hung up."""

    port: int
    visits: int = 0
    gone: int = 0


Behaviour = Callable[[socket.socket, threading.Event], None]


@contextmanager
def raw(behave: Behaviour) -> Iterator[Raw]:
    """`behave` gets each connection, and must end soon after the event is set or the caller has hung up."""
    done, listener = threading.Event(), socket.create_server(("127.0.0.1", 0))
    server = Raw(listener.getsockname()[1])

    def serve(line: socket.socket) -> None:
        with line, suppress(OSError):
            behave(line, done)
        server.gone += not done.is_set()

    def accept() -> None:
        with suppress(OSError):
            while True:
                line, _ = listener.accept()
                server.visits += 1
                threading.Thread(target=serve, args=(line,), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    try:
        yield server
    finally:
        done.set()
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()


def silent(line: socket.socket, done: threading.Event) -> None:
    line.settimeout(0.1)
    while not done.is_set():
        with suppress(TimeoutError):
            if not line.recv(4096):
                return


def dripping(start: bytes) -> Behaviour:
    """Sends the start of an answer, then a byte now and then, for ever: no single read is late."""

    def behave(line: socket.socket, done: threading.Event) -> None:
        line.sendall(start)
        while not done.wait(0.1):
            line.sendall(b"x")

    return behave
