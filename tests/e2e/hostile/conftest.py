"""A line of its own to be hostile to: it can send, it writes down all it can, and its store is looked through."""

from collections.abc import Iterator

import pytest
import redis
from watched import Watched, watching

from ivr.memory.embedded import store_address


@pytest.fixture(scope="session")
def watched(line_env, tmp_path_factory) -> Iterator[Watched]:
    with watching(line_env, tmp_path_factory.mktemp("watched")) as watched:
        yield watched


@pytest.fixture
def kept(watched):
    """A look into its store."""
    with redis.Redis.from_url(store_address(watched.folder / "data"), decode_responses=True) as client:
        yield client
