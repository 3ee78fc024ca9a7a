"""A real line for the tests: gunicorn as in production, a real store, a handset that calls it over HTTP."""

from __future__ import annotations

import gc
import itertools
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from api.mock import Mock, running
from api.scripted import Scripted, answering
from forks import AT, end_forks, fork_at, prepare_forks
from hypothesis import HealthCheck, settings
from light_content import light_content
from read_once import read_once
from ruler.walked import survey_of
from scheduling import FilesInOrder, slow_first
from texts_lines import sending_env, sending_line

from ivr.audit.access.survey import Survey
from ivr.desk.running.local import free_port, local_env, serving
from ivr.library.load import Content, content_of
from ivr.memory.embedded import store_address
from ivr.phone.handset import Handset
from ivr.settings import CONTENT, DEFAULT_HELPLINE, Settings

os.environ["ENV_FILE"] = os.devnull  # A file of whoever runs the tests is not read.

settings.register_profile("noisy machines", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("noisy machines")


# Nine thousand tests, contents and walks are hundreds of thousands of objects that stay: to go through them for garbage
# again and again takes a tenth of the processor's time.
gc.set_threshold(100_000, 20, 20)


def pytest_configure() -> None:
    prepare_forks()


def pytest_unconfigure() -> None:
    end_forks()


def pytest_collection_finish() -> None:
    gc.collect()
    gc.freeze()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items[:] = slow_first(items)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> FilesInOrder:
    config.option.loadscopereorder = False  # It would put files with many tests first.
    return FilesInOrder(config, log)


@pytest.fixture(scope="session", autouse=True)
def content_is_read_once() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        read_once(patch)
        if AT in os.environ:
            fork_at(patch, os.environ[AT])
        yield


NewCaller = Callable[[], Handset]

_numbers = itertools.count(2025560100)


def new_number() -> str:
    """A number that nobody has called from in this run, and whose turns are counted."""
    return f"+1{next(_numbers)}"


@pytest.fixture(scope="session")
def content() -> Content:
    return content_of(CONTENT, DEFAULT_HELPLINE)


@pytest.fixture(scope="session")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("data")


@pytest.fixture(scope="session")
def line_env(data_dir: Path) -> dict[str, str]:
    """No setting of whoever runs the tests reaches the line under test."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TMPDIR", "ENV_FILE") if name in os.environ}
    return local_env({**kept, "DATA_DIR": str(data_dir), "CALLER_SECRET": "a secret of the tests"})


@pytest.fixture(scope="session")
def light_words(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The setting of a line that starts in half the time: see light_content.py."""
    return {"CONTENT_DIR": str(light_content(tmp_path_factory.mktemp("light")))}


@pytest.fixture(scope="session")
def light_env(line_env: dict[str, str], light_words: dict[str, str]) -> dict[str, str]:
    return {**line_env, **light_words}


@pytest.fixture(scope="session")
def line(line_env: dict[str, str]) -> Iterator[str]:
    with serving(line_env, free_port()) as address:
        yield address


@pytest.fixture(scope="session")
def store_url(line: str, data_dir: Path) -> str:
    """The store of the line under test."""
    assert line
    return store_address(data_dir)


@pytest.fixture
def new_caller(line: str, line_env: dict[str, str]) -> NewCaller:
    return lambda: Handset(line, line_env["TWILIO_AUTH_TOKEN"], new_number())


@pytest.fixture
def handset(new_caller: NewCaller) -> Handset:
    return new_caller()


@pytest.fixture(scope="session")
def hearing_line(line_env: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A line that listens to words, too."""
    own = {"DATA_DIR": str(tmp_path_factory.mktemp("hearing")), "SPEECH": "on"}
    with serving({**line_env, **own}, free_port()) as address:
        yield address


@pytest.fixture
def speaking(hearing_line: str, line_env: dict[str, str]) -> Handset:
    """The phone of somebody who speaks, on that line."""
    return Handset(hearing_line, line_env["TWILIO_AUTH_TOKEN"], new_number())


@pytest.fixture
def fresh_number() -> Callable[[], str]:
    return new_number


@pytest.fixture(scope="session")
def api() -> Iterator[Scripted]:
    """Accepts everything, until a test says otherwise."""
    with answering() as scripted:
        yield scripted


@pytest.fixture(scope="session")
def sent_mock(line_env, tmp_path_factory) -> Iterator[Mock]:
    with running(line_env["TWILIO_AUTH_TOKEN"], free_port(), tmp_path_factory.mktemp("sent")) as mock:
        yield mock


@pytest.fixture(scope="session")
def scripted_data(tmp_path_factory):
    return tmp_path_factory.mktemp("scripted")


@pytest.fixture(scope="session")
def scripted_line(line_env, api, scripted_data) -> Iterator[str]:
    with sending_line(line_env, scripted_data, api.address) as line:
        yield line


@pytest.fixture(scope="session")
def survey(line_env: dict[str, str], api: Scripted, tmp_path_factory: pytest.TempPathFactory) -> Survey:
    """All that the ruler needs of a line that can send: every key at every place, walked once."""
    env = sending_env(line_env, tmp_path_factory.mktemp("walked"), api.address, free_port())
    return survey_of(Settings.from_env(env), env["PUBLIC_URL"])


@pytest.fixture(scope="session")
def spanish_survey(line_env: dict[str, str], api: Scripted, tmp_path_factory: pytest.TempPathFactory) -> Survey:
    """The same in the second language: every key, and texts by those who have asked for it."""
    env = sending_env(line_env, tmp_path_factory.mktemp("walked-es"), api.address, free_port())
    return survey_of(Settings.from_env(env), env["PUBLIC_URL"], "es")


@pytest.fixture(scope="session", params=["survey", "spanish_survey"], ids=["English", "Spanish"])
def survey_in(request: pytest.FixtureRequest) -> Survey:
    return request.getfixturevalue(request.param)
