"""The web application: who may come in, and what each address leads to."""

from __future__ import annotations

import os
from dataclasses import replace

from flask import Flask, Response, abort, jsonify, request
from gunicorn.http.errors import ParseException
from werkzeug.datastructures import MultiDict

from ivr.carrier.rest import Api
from ivr.carrier.signature import Signature
from ivr.library.load import content_of
from ivr.library.rules import check
from ivr.memory.embedded import store_address
from ivr.memory.store import Store
from ivr.settings import CannotStart, Settings, WrongSetting
from ivr.web.line import Line
from ivr.web.outbound import Outbound
from ivr.web.sms import create_sms
from ivr.web.voice import Anything, create_voice

LARGEST_BODY = 256 * 1024
"""Ten times what a text of 1600 signs takes, however it is escaped."""
OPEN_TO_ALL = frozenset({"health"})


class WrongContent(CannotStart):
    """The text is the list of problems, each with its file, line and remedy."""


def _api(settings: Settings) -> Api | None:
    if settings.account_sid is None or settings.line_number is None:
        return None
    return Api(settings.account_sid, settings.auth_token, settings.line_number, settings.api_url)


def create_app(settings: Settings | None = None) -> Flask:
    """Raises WrongSetting, WrongContent or StoreFailed, each with a text for the operator."""
    settings = settings or Settings.from_env(os.environ)
    content = content_of(settings.content_dir, settings.helpline_number)
    errors = [problem for problem in check(content) if not problem.warning]
    if errors:
        raise WrongContent("\n".join(str(problem) for problem in errors))
    store = _store(settings)
    api = _api(settings)
    libraries = {tag: replace(library, can_text=api is not None) for tag, library in content.libraries.items()}
    line = Line(libraries, store, Outbound(store, api, settings.public_url), settings)

    app = Flask(__name__, static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = app.config["MAX_FORM_MEMORY_SIZE"] = LARGEST_BODY
    app.url_map.merge_slashes = False
    app.url_map.converters["anything"] = Anything
    app.register_blueprint(create_voice(line))
    app.register_blueprint(create_sms(line))
    signature = Signature(settings.auth_token, settings.public_url)

    @app.before_request
    def only_the_carrier() -> None:
        if request.endpoint in OPEN_TO_ALL:
            return
        if not signature.is_valid(request.environ, _form(), request.headers.get("X-Twilio-Signature")):
            abort(403)

    @app.get("/health")
    def health() -> Response:
        return jsonify(line="up", store="up" if store.is_up() else "down", content=content.version)

    return app


def _form() -> MultiDict[str, str]:
    """What stands in the request's body; a body that breaks off or is no body is a fault of whoever sent it. Nor does
    the carrier ever send files, which would be written to disk before anyone could look at the signature."""
    if request.mimetype == "multipart/form-data":
        abort(403)
    try:
        return request.form
    except (OSError, ParseException):
        abort(400)


def _store(settings: Settings) -> Store:
    try:
        return Store(settings.redis_url or store_address(settings.data_dir))
    except ValueError:
        raise WrongSetting("REDIS_URL is an address with an option that no store has: leave it out.") from None
