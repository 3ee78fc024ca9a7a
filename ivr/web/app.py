"""The web application: who may come in, and what each address leads to."""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Mapping
from contextlib import closing
from dataclasses import replace
from typing import Any, cast

from flask import Flask, abort, g, request

from ivr.carrier.chosen import carrier_of
from ivr.carrier.port import Carrier
from ivr.library.library import Library
from ivr.listening.ready import make_ready
from ivr.memory.opening import open_connection, open_store
from ivr.memory.secret import settle_secret
from ivr.memory.trial import sights
from ivr.settings import Settings, WrongSetting
from ivr.settings.off import switched_off
from ivr.web.audio import create_audio
from ivr.web.health import create_health
from ivr.web.line import Line
from ivr.web.outbound import Outbound
from ivr.web.served import served
from ivr.web.sms import create_sms
from ivr.web.voice import Anything, create_voice
from ivr.web.webhook import Webhook, WebhookApp

log = logging.getLogger(__name__)

PATIENCE = 1.0
"""Seconds that the store has for each answer while the line starts."""
OPEN_TO_ALL = frozenset({"health.health", "health.metrics", "audio.recording"})


class _App(WebhookApp):
    def log_exception(self, exc_info: Any) -> None:
        """Leaves the address out of the log: anybody may have written anything into it."""
        log.error("A fault in %s", request.endpoint or "-", exc_info=exc_info)


def create_app(settings: Settings | None = None, carrier: Carrier | None = None) -> Flask:
    """`carrier`: None for the one in `carrier/chosen.py`. Raises WrongSetting, WrongContent or StoreFailed, each with a
    message for the operator."""
    settings = settings or Settings.from_env(os.environ)
    for sentence in switched_off(settings):
        log.info("%s", sentence)
    with closing(open_connection(settings)) as connection:
        settings = replace(settings, caller_secret=settle_secret(settings, connection))
    words = served(settings.content_dir, settings.helpline_number, settings.data_dir)
    found = sights(settings.redis_url, PATIENCE) if settings.redis_url else None
    for sight in found or ():
        log.warning("%s: %s", sight.seen, sight.remedy)
    store = open_store(settings)
    carrier = carrier or carrier_of(settings)
    libraries = libraries_of(words.libraries, settings, carrier)
    for own in settings.own_numbers:
        if own.language and own.language not in libraries:
            raise WrongSetting(f"LINE_NUMBER is followed by {own.language}, which the content does not speak.")
    outbound = Outbound(store, carrier, settings.public_url)
    return app_of(Line(libraries, store, outbound, settings, carrier), words.version)


def libraries_of(libraries: Mapping[str, Library], settings: Settings, carrier: Carrier) -> dict[str, Library]:
    """By tag, with what these settings and this carrier allow."""
    return {
        tag: replace(
            library,
            can_text=carrier.api is not None,
            can_change_pace=carrier.documents.changes_pace,
            can_hear=settings.hears_speech and carrier.documents.hears,
            connects_silent=settings.connects_silent,
            urgent_number=settings.urgent_number or "",
            second_helpline=settings.helpline_second or "",
            answers_carrier_words=settings.answers_carrier_words,
        )
        for tag, library in libraries.items()
    }


def app_of(line: Line, version: str) -> Flask:
    """`version`: the content's, as health tells it."""
    app = _App(__name__, static_folder=None)
    app.url_map.merge_slashes = False
    app.url_map.strict_slashes = (
        False  # A stray slash at the end of a webhook's address must not cost anybody the call.
    )
    app.url_map.converters["anything"] = Anything
    app.register_blueprint(create_voice(line))
    app.register_blueprint(create_audio(line))
    app.register_blueprint(create_sms(line))
    for library in line.libraries.values():
        make_ready(library)
    app.register_blueprint(create_health(line, version))

    @app.before_request
    def only_the_carrier() -> None:
        g.began = time.perf_counter()
        if request.endpoint in OPEN_TO_ALL:
            return
        webhook = cast(Webhook, request)
        g.delivery = line.carrier.delivery(webhook.environ, webhook.body(line.carrier.media_type))
        if g.delivery is None:
            line.figures.refused()
            abort(403)

    return app
