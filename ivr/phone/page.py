"""A phone on a web page: dial, press, wait and text, as JSON requests from the scripts in browser/."""

from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from flask import Flask, Response, jsonify
from werkzeug.exceptions import HTTPException

from ivr.phone.insight import Insight
from ivr.phone.open_calls import OpenCalls
from ivr.phone.page_acts import add_calls, add_texts
from ivr.phone.page_carrier import Arrivals, add_carrier
from ivr.phone.page_given import HandsetFactory
from ivr.phone.page_guard import guard
from ivr.phone.pretend_carrier import PretendCarrier
from ivr.phone.refused import UNREACHABLE, NotNow, Refused

BROWSER = Path(__file__).parent / "browser"
"""Served to the browser unchanged."""
KINDS = {".html": "text/html", ".css": "text/css", ".js": "text/javascript"}

LINK_TO_WORKBENCH = b'<p id="workbench" hidden'

Problem = tuple[Response, int]


def create_page(
    handset_factory: HandsetFactory,
    insight: Insight | None = None,
    open_calls: OpenCalls | None = None,
    carrier: PretendCarrier | None = None,
    has_workbench: bool = False,
) -> Flask:
    """`handset_factory` makes a handset for the number that the call or text comes from. `carrier`: the one that the
    line sends and calls with, where it has no account of a real one. `has_workbench`: the page leads to one, which the
    caller registers."""
    app = Flask(__name__, static_folder=None)
    guard(app)
    app.register_error_handler(HTTPException, _explain_http)
    app.register_error_handler(Refused, _explain_refused)
    app.register_error_handler(NotNow, _explain_not_now)
    for file in sorted(file for file in BROWSER.iterdir() if file.suffix in KINDS):
        app.add_url_rule("/" if file.name == "index.html" else f"/{file.name}", file.name, _sender(file, has_workbench))
    known = insight or Insight()
    arrivals = Arrivals(carrier, handset_factory, known)
    add_calls(app, handset_factory, known, OpenCalls() if open_calls is None else open_calls, arrivals)
    add_texts(app, handset_factory, known, arrivals)
    add_carrier(app, carrier, arrivals)
    app.add_url_rule("/places", "places", lambda: jsonify([asdict(one) for one in known.list_places()]))
    return app


def _sender(file: Path, has_workbench: bool) -> Callable[[], Response]:
    def send() -> Response:
        written = file.read_bytes()
        if has_workbench:
            written = written.replace(LINK_TO_WORKBENCH, LINK_TO_WORKBENCH.removesuffix(b" hidden"))
        return Response(written, content_type=f"{KINDS[file.suffix]}; charset=utf-8")

    return send


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
