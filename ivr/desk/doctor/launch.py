"""What the checks look at: the settings and the content of a line that is to be launched."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from threading import Lock

from ivr.library.load import Content, content_of
from ivr.model import Problem
from ivr.settings import CannotStart, Settings, content_from_env
from ivr.settings.env_file import EnvFile, env_file_of
from ivr.settings.environment import given_in
from ivr.settings.serving import Serving


class NotYet(Exception):
    """Cannot be checked yet. `reason`: the end of a sentence with `because`. `remedy`: empty if another finding has
    it."""

    def __init__(self, reason: str, remedy: str = "") -> None:
        super().__init__(reason)
        self.remedy = remedy


WRONG_SETTINGS = "a setting is wrong"
ERRORS_IN_WORDS = "the content has errors"


@dataclass(slots=True, eq=False)
class Problems:
    """Found once for all checks that need them: the checks run in parallel, and finding takes seconds."""

    found: list[Problem] | None = None
    lock: Lock = field(default_factory=Lock)

    def of(self, content: Content, check: Callable[[Content], list[Problem]]) -> list[Problem]:
        with self.lock:
            if self.found is None:
                self.found = check(content)
            return self.found


@dataclass(frozen=True, slots=True)
class Launch:
    """`helpline_set`: whether the operator set HELPLINE_NUMBER, even to the default. `env_file`: where settings besides
    the environment come from."""

    today: date
    given: Settings | CannotStart
    rest: Settings | None
    """The settings, also if only the token is missing: most checks need none."""
    words: Content | CannotStart
    helpline_set: bool
    also_wrong: tuple[str, ...] = ()
    """What is wrong with other settings than the one in `given`."""
    env_file: EnvFile | None = None
    problems: Problems = field(default_factory=Problems, repr=False, compare=False)

    @property
    def settings(self) -> Settings:
        if self.rest is None:
            raise NotYet(WRONG_SETTINGS)
        return self.rest

    @property
    def signed_settings(self) -> Settings:
        """The settings, if a token is set. Raises NotYet."""
        if self.rest is not None and isinstance(self.given, CannotStart):
            raise NotYet("TWILIO_AUTH_TOKEN is not set")
        return self.settings

    @property
    def content(self) -> Content:
        if isinstance(self.words, CannotStart):
            raise NotYet(WRONG_SETTINGS)
        return self.words

    @property
    def languages(self) -> tuple[str, ...]:
        """The tags of the languages; the first is the one that new callers hear."""
        if not self.content.libraries:
            raise NotYet(ERRORS_IN_WORDS)
        return tuple(self.content.libraries)


def launch_of(env: Mapping[str, str], today: date) -> Launch:
    helpline_set = bool(env.get("HELPLINE_NUMBER", "").strip())
    given = _settings(env)
    rest = given if isinstance(given, Settings) else _without_token(env)
    also = tuple(_also_wrong(env, given)) if isinstance(given, CannotStart) else ()
    return Launch(today, given, rest, _content(env), helpline_set, also, env_file_of(env))


def _also_wrong(env: Mapping[str, str], wrong: CannotStart) -> Iterator[str]:
    """Every other wrong setting, found by reading the settings again without those found so far, so that an operator
    can correct all at once. A missing token counts as set here, since it is reported elsewhere."""
    left = {"TWILIO_AUTH_TOKEN": "none", **env}
    while left.pop(str(wrong).split(maxsplit=1)[0], None) is not None:
        found = _settings({"TWILIO_AUTH_TOKEN": "none", **left})
        if isinstance(found, Settings):
            return
        wrong = found
        yield str(wrong)


def _settings(env: Mapping[str, str]) -> Settings | CannotStart:
    try:
        Serving.from_env(env)
        return Settings.from_env(env)
    except CannotStart as wrong:
        return wrong


def _without_token(env: Mapping[str, str]) -> Settings | None:
    """The settings if nothing is wrong but a missing token; otherwise None."""
    try:
        is_set = "TWILIO_AUTH_TOKEN" in given_in(env)
    except CannotStart:
        return None
    found = None if is_set else _settings({**env, "TWILIO_AUTH_TOKEN": "none"})
    return found if isinstance(found, Settings) else None


def _content(env: Mapping[str, str]) -> Content | CannotStart:
    try:
        return content_of(*content_from_env(env))
    except CannotStart as wrong:
        return wrong
