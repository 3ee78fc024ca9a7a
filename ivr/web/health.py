"""What the line says of its own state: to a load balancer, to people, and to monitoring."""

from __future__ import annotations

import hmac
import time

from flask import Blueprint, Response, abort, jsonify, request

from ivr import __version__
from ivr.dialogue.metrics import FAULT
from ivr.memory.secret import is_known
from ivr.model import Outcome
from ivr.web.figures import ACTS, ANOTHERS, MEDIA_TYPE
from ivr.web.line import Line


def create_health(line: Line, version: str) -> Blueprint:
    """`version`: of the content."""
    health_of = Blueprint("health", __name__)
    settings = line.settings

    def store() -> str:
        state = line.store.try_writing()
        is_anothers = settings.caller_secret and not is_known(settings.caller_secret, line.store.connection)
        return ANOTHERS if is_anothers else state

    @health_of.get("/")
    @health_of.get("/health")
    def health() -> Response:
        """Answers 200 as long as calls can be answered. That needs no store, so a machine whose store is down stays in
        use."""
        faults, began = line.store.counted_today(FAULT), time.perf_counter()
        told: dict[str, object] = {"line": "up", "store": store(), "content": version, "faults_today": faults}
        if "deep" in request.args:
            told |= {"store_ms": round((time.perf_counter() - began) * 1000, 1), **_more(line)}
        return jsonify(told)

    @health_of.get("/metrics")
    def metrics() -> Response:
        if settings.metrics_token is None:
            abort(404)
        given = request.headers.get("Authorization", "").encode()
        if not hmac.compare_digest(given, f"Bearer {settings.metrics_token}".encode()):
            return Response(status=401, headers={"WWW-Authenticate": "Bearer"})
        told = line.figures.written(store(), line.store.wishes.waiting(), __version__, version)
        return Response(told, content_type=MEDIA_TYPE)

    return health_of


def _more(line: Line) -> dict[str, object]:
    """For people: what is turned on, and what has happened since the start in all workers of this server."""
    asked = {
        act: {str(outcome): number for outcome in Outcome if (number := line.figures.total("api", act, outcome))}
        for act in ACTS
    }
    return {
        "version": __version__,
        "languages": list(line.libraries),
        "sends": line.carrier.api is not None,
        "hears": any(library.can_hear for library in line.libraries.values()),
        "api_since_start": asked,
        "faults_since_start": line.figures.total("faults"),
        "refused_since_start": line.figures.total("refused"),
        "wishes_waiting": line.store.wishes.waiting(),
    }
