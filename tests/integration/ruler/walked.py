"""The line, walked once for all tests that look at it."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
import redis
from flask import Flask

from ivr.audit.access.survey import Survey
from ivr.audit.access.table import strangers, survey_line
from ivr.library.heard import FIRST, heard_beside
from ivr.library.load import content_of
from ivr.memory import connection, store
from ivr.memory.embedded import store_address
from ivr.memory.opening import LEISURE
from ivr.phone.wsgi import Wsgi
from ivr.settings import Settings
from ivr.web.app import create_app


def survey_of(settings: Settings, address: str, language: str | None = None) -> Survey:
    """Walks the line of these settings in this process: what is looked at is what it says, not how it is served.
    `address`: the public one."""
    line = Wsgi(patient(settings))
    new_handset = strangers(address, {"TWILIO_AUTH_TOKEN": settings.auth_token})
    content = content_of(settings.content_dir, settings.helpline_number)
    look = partial(kept, store_address(settings.data_dir), settings.data_dir)
    tried = heard_beside(settings.content_dir, language or FIRST)
    return survey_line(lambda: replace(new_handset(), transport=line), content, look, tried, language)


def patient(settings: Settings) -> Flask:
    """A line that waits longer for its store than a caller should have to: on a busy machine the store would seem to be
    down at some of the tens of thousands of turns of a walk, and what it says then is looked at elsewhere."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(connection, "PATIENCE", LEISURE)
        patch.setattr(store, "StoreConnection", partial(connection.StoreConnection, seconds=LEISURE))
        return create_app(settings)


def kept(store_url: str, data_dir: Path) -> Iterator[str]:
    """All that the store holds, and every file of the data folder: its journal, its log."""
    with redis.Redis.from_url(store_url, protocol=2) as client:
        for key in client.scan_iter():
            value = client.hgetall(key) if client.type(key) == b"hash" else client.get(key)
            yield f"{key!r} {value!r}"
    for file in sorted(path for path in data_dir.rglob("*") if path.is_file()):
        yield file.read_bytes().decode("latin-1")
