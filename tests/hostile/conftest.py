"""A line of its own to be hostile to: it can send, it writes down all it can, and its store is looked through."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import redis
from api.scripted import answering
from texts_lines import sending_line
from watched import Watched

from ivr.memory.embedded import store_address


@contextmanager
def watching(line_env, folder) -> Iterator[Watched]:
    log, access = folder / "error.log", folder / "access.log"
    temporary, data = folder / "temporary", folder / "data"
    for own in (temporary, data):
        own.mkdir()
    words = ("--log-level", "debug", "--capture-output", "--error-logfile", str(log), "--access-logfile", str(access))
    with answering() as api:
        env = {**line_env, "TMPDIR": str(temporary)}
        with sending_line(env, data, api.address, *words) as line:
            yield Watched(line, line_env["TWILIO_AUTH_TOKEN"], api, folder)


@pytest.fixture(scope="module")
def watched(line_env, tmp_path_factory) -> Iterator[Watched]:
    with watching(line_env, tmp_path_factory.mktemp("watched")) as watched:
        yield watched


@pytest.fixture
def kept(watched):
    """A look into its store."""
    with redis.Redis.from_url(store_address(watched.folder / "data"), decode_responses=True) as client:
        yield client
