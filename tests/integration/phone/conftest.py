"""A toy line: real HTTP on a free port; it checks signatures as a line must, over the raw address."""

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from flask import Flask, Response, request
from twilio.request_validator import RequestValidator
from werkzeug.serving import WSGIRequestHandler, make_server

from ivr.phone.handset import Handset

TOKEN = "toy-token"
VOICE = 'voice="Polly.Joanna-Neural" language="en-US"'


@dataclass
class Request:
    path: str
    fields: dict[str, str]
    headers: dict[str, str]


@dataclass
class ToyLine:
    """`answers` maps a raw path to a document, or to a function from the request to one."""

    answers: dict[str, Any] = field(default_factory=dict)
    requests: list[Request] = field(default_factory=list)
    url: str = ""
    public_url: str | None = None
    delay: float = 0.0
    status: int = 200
    content_type: str = "text/xml; charset=utf-8"
    forged: int = 0

    def says(self, path: str, *verbs: str) -> None:
        self.answers[path] = f"<Response>{''.join(verbs)}</Response>"

    def asked(self, path: str) -> list[dict[str, str]]:
        return [request.fields for request in self.requests if request.path == path]

    @property
    def last(self) -> Request:
        return self.requests[-1]


class _Quiet(WSGIRequestHandler):
    def log(self, type: str, message: str, *args: Any) -> None:
        pass


def _answer(toy: ToyLine) -> Response:
    whole = request.environ["RAW_URI"]
    raw = whole.partition("?")[0] if request.method == "GET" else whole
    toy.requests.append(Request(raw, request.values.to_dict(), dict(request.headers)))
    signed = (toy.public_url or toy.url) + whole
    signature = request.headers.get("X-Twilio-Signature", "")
    if RequestValidator(TOKEN).compute_signature(signed, request.form) != signature:
        toy.forged += 1
        return Response(status=403)
    if raw.endswith("/status"):
        return Response(status=204)
    time.sleep(toy.delay)
    answer = toy.answers.get(raw)
    if callable(answer) and not isinstance(answer, Response):
        answer = answer(toy.last)
    if isinstance(answer, Response):
        return answer
    if answer is None:
        return Response(status=404)
    return Response(answer, status=toy.status, content_type=toy.content_type)


def app_of(toy: ToyLine) -> Flask:
    app = Flask("toy")
    app.before_request(lambda: _answer(toy))
    return app


@pytest.fixture
def toy() -> Iterator[ToyLine]:
    toy = ToyLine()
    server = make_server("127.0.0.1", 0, app_of(toy), threaded=True, request_handler=_Quiet)
    server.daemon_threads = True
    server.block_on_close = False
    toy.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield toy
    server.shutdown()
    thread.join()
    server.server_close()
    assert toy.forged == 0, "a request of the handset was signed wrongly"


@pytest.fixture
def handset(toy: ToyLine) -> Handset:
    return Handset(line=toy.url, token=TOKEN, time_limit=5.0)


@pytest.fixture
def hear(toy: ToyLine, handset: Handset) -> Callable[..., Any]:
    """Calls a line whose first answer holds these verbs."""

    def call(*verbs: str) -> Any:
        toy.says("/voice", *verbs)
        return handset.call()

    return call
