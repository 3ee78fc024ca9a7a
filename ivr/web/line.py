"""What every webhook needs: the words, the memory, the voice. Made once, changed never."""

from __future__ import annotations

import hashlib
import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from urllib.parse import urlsplit

from flask import Response, g

from ivr.carrier.twiml import Speaker
from ivr.dialogue.path import to_path
from ivr.dialogue.speech import say
from ivr.dialogue.tally import spot_name
from ivr.library.library import Library
from ivr.memory.caller import caller_key
from ivr.memory.store import Store
from ivr.memory.words import used
from ivr.model import Place, Reply, Spot
from ivr.settings import Settings
from ivr.web.outbound import Outbound

MOST_KEPT_READY = 4096
"""Documents that have been spoken and are kept to be spoken again: about 10 MB."""

Form = Mapping[str, str]
"""What the carrier sent, the first value of each field."""

log = logging.getLogger("ivr.turn")


@dataclass(frozen=True, slots=True)
class Line:
    """`root`: what stands before /voice in the address that the carrier calls. `spoken`: the TwiML of what is said at a
    place that exists; the same place is always said in the same words, so it is made once."""

    libraries: Mapping[str, Library]
    store: Store
    outbound: Outbound
    settings: Settings
    speaker: Speaker = field(init=False)
    root: str = field(init=False)
    spoken: Callable[[Place], str] = field(init=False)

    def __post_init__(self) -> None:
        languages = {tag: library.language for tag, library in self.libraries.items()}
        object.__setattr__(self, "speaker", Speaker(languages, self.settings.helpline_number))
        object.__setattr__(self, "root", urlsplit(self.settings.public_url or "").path)
        object.__setattr__(self, "spoken", lru_cache(MOST_KEPT_READY)(self._spoken))

    def _spoken(self, place: Place) -> str:
        return self.voice(place, say(self.libraries, place))

    def voice(self, place: Place, reply: Reply) -> str:
        return self.speaker.voice(reply, place.pace, f"{self.root}/voice/{to_path(place)}")

    def caller(self, form: Form) -> str | None:
        """Who a request is about; None if that is withheld."""
        return self.key_of(caller_number(form))

    def key_of(self, number: str) -> str | None:
        return caller_key(number, self.settings.caller_secret)

    def note(self, kind: str, at: Spot | None, names: list[str]) -> None:
        """A sign of life of each turn: counted, and logged in a line. `kind`: what was heard. Neither tells of whom."""
        self.store.notes.count(*names)
        milliseconds = (time.perf_counter() - g.began) * 1000
        store = "down" if self.store.link.left_alone else "up"
        place = spot_name(at) if at else "-"
        log.info("kind=%s place=%s ms=%.1f store=%s", kind, place, milliseconds, store)

    def note_unknown(self, form: Form, words: tuple[str, ...]) -> None:
        """Counted by callers that differ, so one whose number is withheld does not count."""
        caller = self.caller(form) if words else None
        if caller is not None:
            self.store.notes.words(used(words, caller, self.settings.caller_secret))


def caller_number(form: Form) -> str:
    """The other side's number: in a call that the line made, that is the one it called."""
    ours = form.get("Direction", "").startswith("outbound")
    return form.get("To" if ours else "From", "")


def short_name(sid: str) -> str:
    """Enough to recognise a request that is delivered twice; the carrier's own name for it is not kept."""
    return hashlib.sha256(sid.encode()).hexdigest()[:12]


def twiml(document: str) -> Response:
    return Response(document, content_type="text/xml; charset=utf-8")
