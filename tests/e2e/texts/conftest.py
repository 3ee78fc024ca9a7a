"""A line that can send: with an account at a mock of the carrier's API, and one whose API misbehaves to order."""

from collections.abc import Iterator

import pytest
from texts_lines import sending_line

from ivr.desk.running.local import free_port, serving
from ivr.phone.handset import Handset


@pytest.fixture(scope="session")
def sending(line_env, sent_mock, tmp_path_factory) -> Iterator[str]:
    with sending_line(line_env, tmp_path_factory.mktemp("sending"), sent_mock.address) as line:
        yield line


@pytest.fixture(scope="session")
def answering_line(line_env, tmp_path_factory) -> Iterator[str]:
    """Answers STOP, START and HELP itself, since its carrier does not."""
    own = {"DATA_DIR": str(tmp_path_factory.mktemp("answering")), "KEYWORDS_ANSWERED_BY": "line"}
    with serving({**line_env, **own}, free_port()) as line:
        yield line


@pytest.fixture
def reads(content):
    """Whether an answer is one of the line's own phrases."""
    library = content.libraries["en"]

    def opened(answer, name):
        return bool(answer.texts) and answer.texts[0].startswith(library.text[name][0].partition("{")[0].strip())

    return opened


@pytest.fixture
def phone(line_env, fresh_number):
    """A new caller's phone on any of these lines."""
    return lambda line, number=None: Handset(line, line_env["TWILIO_AUTH_TOKEN"], number or fresh_number())
