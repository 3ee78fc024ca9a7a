"""A line whose store is a real server that a test may break."""

import itertools
from collections.abc import Callable, Iterator

import pytest
from api.scripted import Scripted, answering
from faults.between import Between, between
from faults.stores import Server, running
from faults.talking import TIME_LIMIT
from texts_lines import sending_line

from ivr.library.library import Library
from ivr.phone.handset import Handset


@pytest.fixture(scope="package")
def willing_api() -> Iterator[Scripted]:
    """Accepts everything."""
    with answering() as scripted:
        yield scripted


@pytest.fixture(scope="module")
def server(tmp_path_factory) -> Iterator[Server]:
    server = Server(tmp_path_factory.mktemp("store"))
    with running(server):
        yield server


@pytest.fixture(scope="module")
def way(server: Server) -> Iterator[Between]:
    with between(server.port) as one:
        yield one


@pytest.fixture(scope="package")
def line_at(light_env, tmp_path_factory, willing_api):
    """A line whose store has this address."""

    def start(address: str, port: int | None = None, **more: str):
        own = {"REDIS_URL": address, "KEYWORDS_ANSWERED_BY": "line", **more}
        return sending_line(light_env, tmp_path_factory.mktemp("line"), willing_api.address, port=port, **own)

    return start


@pytest.fixture(scope="package")
def phone(line_env) -> Callable[..., Handset]:
    """A new caller's phone on a line."""
    numbers = itertools.count(2025570100)

    def make(line: str, time_limit: float = TIME_LIMIT) -> Handset:
        number, token = f"+1{next(numbers)}", line_env["TWILIO_AUTH_TOKEN"]
        return Handset(line, token, number, time_limit=time_limit, status_callbacks=False)

    return make


@pytest.fixture(scope="package")
def library(content) -> Library:
    return content.libraries["en"]
