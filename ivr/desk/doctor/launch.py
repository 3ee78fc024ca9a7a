"""What the checks look at: the settings and the content of a line that is to be launched."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from threading import Lock

from ivr.library.load import Content, content_of
from ivr.model import Problem
from ivr.settings import CannotStart, Settings, content_from_env
from ivr.settings.env_file import EnvFile, env_file_of
from ivr.settings.serving import Serving


class NotYet(Exception):
    """Something else has to be fixed before this can be checked; the message is the remedy."""


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
    words: Content | CannotStart
    helpline_set: bool
    env_file: EnvFile | None = None
    problems: Problems = field(default_factory=Problems, repr=False, compare=False)

    @property
    def settings(self) -> Settings:
        if isinstance(self.given, CannotStart):
            raise NotYet("fix the settings first")
        return self.given

    @property
    def content(self) -> Content:
        if isinstance(self.words, CannotStart):
            raise NotYet("fix the settings first")
        return self.words

    @property
    def languages(self) -> tuple[str, ...]:
        """The tags of the languages; the first is the one that new callers hear."""
        if not self.content.libraries:
            raise NotYet("fix the content first")
        return tuple(self.content.libraries)


def launch_of(env: Mapping[str, str], today: date) -> Launch:
    helpline_set = bool(env.get("HELPLINE_NUMBER", "").strip())
    return Launch(today, _settings(env), _content(env), helpline_set, env_file_of(env))


def _settings(env: Mapping[str, str]) -> Settings | CannotStart:
    try:
        Serving.from_env(env)
        return Settings.from_env(env)
    except CannotStart as wrong:
        return wrong


def _content(env: Mapping[str, str]) -> Content | CannotStart:
    try:
        return content_of(*content_from_env(env))
    except CannotStart as wrong:
        return wrong
