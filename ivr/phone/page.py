"""A phone on a web page: dial, press, wait and text, as JSON requests of page.js."""

import re
import threading
from base64 import b64encode
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import Flask, Response, abort, jsonify, request
from werkzeug.exceptions import HTTPException
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

from ivr.phone.call import TALK_ENDS, Call
from ivr.phone.handset import Handset
from ivr.phone.lines import as_lines
from ivr.phone.open_calls import OpenCalls
from ivr.phone.page_guard import LOOPBACK, guard
from ivr.phone.refused import NotNow, Refused
from ivr.phone.sounds import Heard, Sound, Speech

HERE = Path(__file__).parent
FILES = {
    "/": ("page.html", "text/html"),
    "/page.css": ("page.css", "text/css"),
    "/page.js": ("page.js", "text/javascript"),
}
WITHHELD = "withheld"
WITHHELD_NUMBER = "anonymous"
UNREACHABLE = 11205

HandsetFactory = Callable[[str], Handset]
Problem = tuple[Response, int]


def create_page(handset_factory: HandsetFactory, open_calls: OpenCalls | None = None) -> Flask:
    """`handset_factory` makes a handset for the number that the call or text comes from."""
    app = Flask(__name__, static_folder=None)
    guard(app)
    app.register_error_handler(HTTPException, _explain_http)
    app.register_error_handler(Refused, _explain_refused)
    app.register_error_handler(NotNow, _explain_not_now)
    for path, (name, kind) in FILES.items():
        app.add_url_rule(path, name, _sender(name, kind))
    _add_calls(app, handset_factory, OpenCalls() if open_calls is None else open_calls)
    _add_texts(app, handset_factory)
    return app


@dataclass(frozen=True)
class RunningPage:
    url: str
    _server: BaseWSGIServer
    _thread: threading.Thread

    def close(self) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


class _Quiet(WSGIRequestHandler):
    def log(self, *_: Any) -> None:
        pass


def serve_page(app: Flask, host: str = "127.0.0.1", port: int = 8001) -> RunningPage:
    """In a thread of its own; port 0 takes a free one. ValueError for a host that others can reach."""
    if host not in LOOPBACK:
        raise ValueError(f"the phone page is for this machine alone, not for {host}")
    server = make_server(host, port, app, threaded=True, request_handler=_Quiet)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    shown = f"[{host}]" if ":" in host else host
    return RunningPage(f"http://{shown}:{server.server_port}/", server, thread)


def _add_calls(app: Flask, handset_factory: HandsetFactory, calls: OpenCalls) -> None:
    @app.post("/calls")
    def dial() -> Response:
        call = handset_factory(_number()).call()
        return jsonify(id=calls.add(call), **_view(call, call.history))

    @app.post("/calls/<key>/<act>")
    def act(key: str, act: str) -> Response:
        do = ACTS.get(act) or abort(404)
        try:
            with calls.use(key) as call:
                told = len(call.history)
                do(call, _given())
                return jsonify(id=key, **_view(call, call.history[told:]))
        except KeyError:
            abort(404, "This call is over.")


def _press(call: Call, given: Mapping[str, str]) -> None:
    keys = given.get("keys", "")
    if not re.fullmatch(r"[0-9*#]+", keys):
        abort(400, "The keys of a phone are 0 to 9, * and #.")
    call.press(keys)


def _dial_ends(call: Call, given: Mapping[str, str]) -> None:
    status = given.get("status", "")
    if status not in TALK_ENDS:
        abort(400, f"A dialled talk can end as {', '.join(TALK_ENDS)}.")
    call.dial_ends(status)


ACTS: Mapping[str, Callable[[Call, Mapping[str, str]], None]] = {
    "press": _press,
    "wait": lambda call, _: call.wait(),
    "hang-up": lambda call, _: call.hang_up(),
    "dial-ends": _dial_ends,
}


def _add_texts(app: Flask, handset_factory: HandsetFactory) -> None:
    @app.post("/texts")
    def text() -> Response:
        number = _number()
        if number == WITHHELD_NUMBER:
            abort(400, "A text cannot be sent from a withheld number.")
        answer = handset_factory(number).text(_given().get("words", ""))
        if answer.refused:
            raise answer.refused
        parts = zip(answer.texts, answer.fragments, answer.encoding, strict=True)
        return jsonify(texts=[{"text": text, "fragments": n, "encoding": how} for text, n, how in parts])


def _given() -> Mapping[str, str]:
    given = request.get_json()
    if not isinstance(given, dict) or not all(isinstance(value, str) for value in given.values()):
        abort(400, "Send a JSON object of texts.")
    return given


def _number() -> str:
    number = re.sub(r"[\s().-]", "", _given().get("number", ""))
    if number.lower() == WITHHELD:
        return WITHHELD_NUMBER
    if not re.fullmatch(r"\+?[0-9]{3,15}", number):
        abort(400, "Write the number you call from like +12025550143, or withhold it.")
    return number


def _view(call: Call, turns: Iterable[tuple[Heard, ...]]) -> dict[str, Any]:
    """`turns`: those that the page has not been told of."""
    heard = [item for turn in turns for item in turn]
    listening = call.listening
    return {
        "lines": [{"text": line.text, "language": line.language} for line in as_lines(heard)],
        "heard": [_item(item) for item in heard],
        "waits": listening.timeout if listening else None,
        "dialling": call.dialling,
        "ended": call.ended,
    }


def _item(item: Heard) -> dict[str, Any]:
    if isinstance(item, Speech):
        return {"text": item.text, "language": item.language, "rate": item.rate, "seconds": item.seconds}
    if isinstance(item, Sound) and item.data:
        return {"seconds": item.seconds, "sound": f"data:{item.content_type};base64,{b64encode(item.data).decode()}"}
    return {"seconds": item.seconds}


def _sender(name: str, kind: str) -> Callable[[], Response]:
    return lambda: Response((HERE / name).read_bytes(), content_type=f"{kind}; charset=utf-8")


def _problem(sentence: str, status: int) -> Problem:
    return jsonify(error=sentence), status


def _explain_http(error: HTTPException) -> Problem:
    return _problem(error.description or error.name, error.code or 500)


def _explain_not_now(not_now: NotNow) -> Problem:
    return _problem(f"Not now: {not_now}.", 409)


def _explain_refused(refused: Refused) -> Problem:
    if refused.code == UNREACHABLE:
        return _problem("The line does not answer. Is it running?", 502)
    return _problem(f"The call broke off. A carrier would log {refused}.", 502)
