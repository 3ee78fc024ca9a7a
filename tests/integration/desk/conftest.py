"""The operator's commands, run in this process: what they print and how they end."""

from collections.abc import Iterator

import pytest
from api.mock import ACCOUNT
from api.numbers import Carrier, carrier
from click.testing import CliRunner, Result

from ivr.audit import Checker
from ivr.desk.cli import shared
from ivr.desk.cli.main import main
from ivr.desk.doctor import words
from ivr.library.load import Content
from ivr.model import Problem

PUBLIC = "https://line.example.org"


@pytest.fixture
def numbers(line_env) -> Iterator[Carrier]:
    with carrier(line_env["TWILIO_AUTH_TOKEN"]) as told:
        yield told


@pytest.fixture
def launch_env(line_env, tmp_path, numbers):
    """The settings of an operator who is about to launch."""
    return {
        "TWILIO_AUTH_TOKEN": line_env["TWILIO_AUTH_TOKEN"],
        "CALLER_SECRET": line_env["CALLER_SECRET"],
        "TWILIO_ACCOUNT_SID": ACCOUNT,
        "TWILIO_API_URL": numbers.address,
        "PUBLIC_URL": PUBLIC,
        "DATA_DIR": str(tmp_path / "data"),
    }


@pytest.fixture
def ivr(launch_env, monkeypatch):
    """A command with settings over the operator's; None takes one away. No setting of whoever runs the tests counts."""

    def run(*words: str, **own: str | None) -> Result:
        for name in ("REDIS_URL", "LINE_NUMBER", "HELPLINE_NUMBER", "FALLBACK_URL", "CONTENT_DIR", "REVIEW_MONTHS"):
            monkeypatch.delenv(name, raising=False)
        env = {**launch_env, **own}
        return CliRunner().invoke(main, words, env=env)

    return run


@pytest.fixture(autouse=True)
def words_are_checked_once(monkeypatch):
    """The same words are checked once for all commands that run in this process: that takes over a second."""
    monkeypatch.setattr(words, "check", _checked)
    monkeypatch.setattr(shared, "problems_of", _checked)


CHECKED: dict[str, list[Problem]] = {}
CHECKER = Checker()


def _checked(content: Content) -> list[Problem]:
    """What `check` finds. Words are the same that have the same version, problems and, in each language, helpline."""
    helplines = [library.topics.get("person") for library in content.libraries.values()]
    key = repr((content.version, content.problems, helplines))
    if key not in CHECKED:
        CHECKED[key] = CHECKER.check(content)
    return CHECKED[key]
