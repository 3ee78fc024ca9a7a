"""The carrier's API as others mock it, and as it may misbehave."""

from collections.abc import Iterator

import pytest
from api.mock import Mock, running
from api.scripted import Scripted, answering

from ivr.desk.running.local import free_port


@pytest.fixture(scope="session")
def mock(line_env: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mock]:
    """Its account has the token of the line under test, so that what it signs can be sent there."""
    with running(line_env["TWILIO_AUTH_TOKEN"], free_port(), tmp_path_factory.mktemp("mock")) as mock:
        yield mock


@pytest.fixture
def scripted() -> Iterator[Scripted]:
    with answering() as scripted:
        yield scripted
