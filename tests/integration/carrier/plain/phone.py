"""A phone of the plain carrier's, with the line in this process, and its API, over HTTP."""

from __future__ import annotations

import itertools
import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

from carrier.plain.inbound import SIGNATURE, signature
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

_names = itertools.count(1)


def post(client: FlaskClient, secret: str, path: str, told: Mapping[str, object]) -> TestResponse:
    body = json.dumps(told)
    return client.post(
        path, data=body, content_type="application/json", headers={SIGNATURE: signature(secret, path, body)}
    )


@dataclass
class Call:
    """`told`: the last document."""

    client: FlaskClient
    secret: str
    person: str | None
    at: str = "/voice"
    name: str = field(default_factory=lambda: f"call {next(_names)}")
    told: dict[str, Any] = field(default_factory=dict)

    def happens(self, happened: str, **more: str) -> Call:
        told = {"call": self.name, "person": self.person, "line": "+18005550199", "happened": happened, **more}
        answer = post(self.client, self.secret, self.at, told)
        assert answer.status_code == 200
        self.told = json.loads(answer.text)
        self.at = self.told["then"].get("tell", self.at)
        return self

    def press(self, key: str) -> Call:
        return self.happens("key", key=key)

    @property
    def said(self) -> str:
        return " ".join(one["words"] for one in self.told["say"])


@dataclass
class Network:
    """The carrier itself. `became`: what it answers to a text or a call; `numbers`: how each is set."""

    address: str = ""
    became: str = "taken"
    asked: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    numbers: dict[str, dict[str, str]] = field(default_factory=dict)
    texts: list[dict[str, str]] = field(default_factory=list)

    def answer(self, method: str, path: str, told: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        if path in ("/texts", "/calls") and method == "POST":
            self.asked.append((path, told))
            return 200, {"became": self.became}
        if path == "/texts":
            return 200, {"texts": self.texts}
        number = self.numbers.get(path.removeprefix("/numbers/"))
        if number is None:
            return 404, {}
        number.update(told)
        return 200, number


@contextmanager
def running(key: str) -> Iterator[Network]:
    network = Network()

    class Answer(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            told = json.loads(self.rfile.read(int(self.headers.get("Content-Length", 0))) or "{}")
            is_known = self.headers["Authorization"] == f"Bearer {key}"
            status, answer = network.answer(self.command, urlsplit(self.path).path, told) if is_known else (401, {})
            self.send_response(status)
            self.end_headers()
            self.wfile.write(json.dumps(answer).encode())

        do_GET = do_POST

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Answer) as server:
        network.address = f"http://127.0.0.1:{server.server_port}"
        threading.Thread(target=server.serve_forever, args=(0.005,), daemon=True).start()
        yield network
        server.shutdown()
