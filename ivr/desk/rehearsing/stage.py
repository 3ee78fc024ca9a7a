"""What a rehearsal runs on: the line with this content and these settings, and temporary stand-ins for everything real
(carrier, number, callers, store, host of the fallback)."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from flask import Flask, Response, abort

from ivr.carrier.chosen import DOCUMENTS
from ivr.desk.documents.fallback import documents
from ivr.desk.running.local import HOST, free_port, serving
from ivr.library.library import SLOT, Library
from ivr.library.load import Content
from ivr.library.phrases import CallPhrase
from ivr.phone.carrier_api import add_api
from ivr.phone.handset import Handset
from ivr.phone.page_server import serve_page
from ivr.phone.pretend_carrier import PretendCarrier
from ivr.settings import CannotStart, Settings, content_from_env
from ivr.settings.environment import given_in
from ivr.settings.numbers import own_numbers

FALLBACK = "/fallback"
REAL = (
    *("TWILIO_API_KEY", "TWILIO_API_SECRET", "TWILIO_AUTH_TOKEN_OTHER", "TWILIO_MESSAGING_SERVICE_SID"),
    *("REDIS_URL", "REDIS_OPTIONS", "CALLER_SECRET", "METRICS_TOKEN"),
)
"""Settings that lead to something real: a rehearsal has none of them."""


class Wrong(Exception):
    """The line did not do what it should. The message is the end of a sentence that begins with the act's name."""


@dataclass
class Stage:
    """`env`: the settings for the line's next start."""

    env: dict[str, str]
    content: Content
    carrier: PretendCarrier
    port: int
    _line: ExitStack = field(default_factory=ExitStack)
    _callers: int = 100

    @property
    def settings(self) -> Settings:
        return Settings.from_env(self.env)

    @property
    def address(self) -> str:
        return f"http://{HOST}:{self.port}"

    @property
    def library(self) -> Library:
        """The library of the language that new callers hear first."""
        first = self.settings.own_numbers[0].language
        libraries = self.content.libraries
        return libraries[first] if first in libraries else next(iter(libraries.values()))

    def up(self, **changed: str) -> None:
        """Starts the line, or stops it and starts it again with other settings. Raises CannotStart."""
        self.down()
        self.env |= changed
        self._line.enter_context(serving(self.env, self.port))

    def down(self) -> None:
        self._line.close()

    def phone(self, token: str | None = None, number: str | None = None, falls_back: bool = False) -> Handset:
        """A new caller's phone, or one with `number`. Its carrier requests the addresses that the line's number is set
        to, and the fallback only with `falls_back`."""
        (ours,) = self.carrier.numbers[:1]
        told = ours.settings
        return Handset(
            self.address,
            self.carrier.token if token is None else token,
            number or self._new_caller(),
            line_number=ours.number,
            account_sid=self.carrier.account,
            voice_url=told["voice_url"].removeprefix(self.address),
            text_url=told["sms_url"].removeprefix(self.address),
            fallback_url=(told["voice_fallback_url"] or None) if falls_back else None,
            text_fallback_url=(told["sms_fallback_url"] or None) if falls_back else None,
        )

    def _new_caller(self) -> str:
        """A number from the range reserved for fiction: nobody has it."""
        self._callers += 1
        return f"+1202555{self._callers:04d}"

    def says(self, phrase: CallPhrase, said: str) -> bool:
        """Whether all of a phrase was said, but for what is filled in."""
        fixed = [part.strip(" .,") for words in self.library.call[phrase] for part in SLOT.split(words)[::2]]
        return all(part in said for part in fixed)


@contextmanager
def set_up(env: Mapping[str, str], content: Content) -> Iterator[Stage]:
    """Starts nothing yet but the carrier. `env`: the operator's; nothing real that it names is touched."""
    given = given_in(env)
    ours = own_numbers(given)
    numbers = [one.number for one in ours] or [Handset.line_number]
    carrier = PretendCarrier(Handset.account_sid, secrets.token_hex(16), numbers)
    hosted = documents(content.libraries, content_from_env(env)[1])
    with ExitStack() as running:
        folder = running.enter_context(_scratch())
        elsewhere = serve_page(_elsewhere(carrier, hosted), port=0)
        running.callback(elsewhere.close)
        away, port = elsewhere.url.rstrip("/"), free_port()
        own = {
            **dict.fromkeys(REAL, ""),
            "TWILIO_AUTH_TOKEN": carrier.token,
            "TWILIO_ACCOUNT_SID": carrier.account,
            "TWILIO_API_URL": away,
            "FALLBACK_URL": away + FALLBACK,
            "PUBLIC_URL": f"http://{HOST}:{port}",
            "LINE_NUMBER": given.get("LINE_NUMBER", numbers[0]),
            "DATA_DIR": str(Path(folder) / "data"),
            "LOG_LEVEL": "error",
        }
        stage = Stage({**env, **own}, content, carrier, port)
        running.callback(stage.down)
        yield stage


def _scratch() -> TemporaryDirectory[str]:
    try:
        return TemporaryDirectory(prefix="rehearsal-")
    except OSError:
        raise CannotStart("A rehearsal needs a folder for its store: set TMPDIR to one that can be written.") from None


def _elsewhere(carrier: PretendCarrier, hosted: Mapping[str, str]) -> Flask:
    """What is not part of the line: the carrier's API, and a file host."""
    app = Flask(__name__, static_folder=None)
    add_api(app, carrier)

    @app.get(f"{FALLBACK}/<name>")
    def file(name: str) -> Response:
        return Response(hosted.get(name) or abort(404), content_type=DOCUMENTS.content_type)

    return app
