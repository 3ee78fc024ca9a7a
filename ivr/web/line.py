"""What every webhook needs: libraries, store, carrier. Created once and never changed."""

from __future__ import annotations

import hashlib
import logging
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import cast
from urllib.parse import urlsplit

from flask import Response, g

from ivr.carrier.port import Carrier, Delivery
from ivr.dialogue.metrics import CALL, CALL_AT, FAULT, TEXT, TEXT_AT, position_name
from ivr.library.library import Library
from ivr.listening.spoken import spoken_hints
from ivr.memory.caller import Sender, caller_key, sender_key, sender_of
from ivr.memory.people import person_in
from ivr.memory.store import Store
from ivr.memory.words import used
from ivr.model import Dial, Party, Position, Reply
from ivr.settings import Settings, e164
from ivr.web.figures import Figures
from ivr.web.outbound import Outbound
from ivr.web.ready import Ready
from ivr.web.webhook import Document

log = logging.getLogger("ivr.turn")


@dataclass(frozen=True, slots=True)
class Line:
    libraries: Mapping[str, Library]
    store: Store
    outbound: Outbound
    settings: Settings
    carrier: Carrier
    ready: Ready = field(init=False)
    secret: bytes = field(init=False, repr=False)
    """Keys the hashes of numbers; where none is set, one that only this process knows."""

    def __post_init__(self) -> None:
        languages = {tag: library.language for tag, library in self.libraries.items()}
        root = urlsplit(self.settings.public_url or "").path
        hints = {tag: spoken_hints(library) for tag, library in self.libraries.items() if library.can_hear}
        speaker = self.carrier.documents.speaker(languages, self.settings.helpline_number, f"{root}/audio", hints)
        object.__setattr__(self, "secret", self.settings.caller_secret or secrets.token_bytes(32))
        object.__setattr__(self, "ready", Ready(self.libraries, self.carrier.documents, speaker, root))

    def caller(self, party: Party) -> str | None:
        """Who a call is from; None if that is withheld."""
        return caller_key(party, self.secret)

    def sender(self, party: Party) -> Sender:
        """Who a text is from."""
        return sender_of(party, self.secret)

    def language(self, ours: str) -> str:
        """What a new caller or texter meets first at this number of the line's, as the carrier writes it."""
        number = self.carrier.party(ours).number
        tag = next((one.language for one in self.settings.own_numbers if one.number == number), "")
        return tag or next(iter(self.libraries))

    def count(self, party: Party, names: tuple[str, ...]) -> None:
        """Counts, unless somebody is only trying the line."""
        if not names or party.set_aside:
            return
        self.store.notes.count(names)
        for kind, at in ((CALL, CALL_AT), (TEXT, TEXT_AT)):
            if kind in names:
                self._count_person(party, at)

    def _count_person(self, party: Party, at: str) -> None:
        """Counts the hour, and the person in a sketch; both per month only."""
        calendar = self.store.calendar
        month = calendar.month()
        self.store.notes.count_in_month(month, f"{at}{calendar.hour():02}")
        key = sender_key(party, self.secret)
        if key is not None:
            self.store.notes.person(month, person_in(month, key, self.secret))

    def count_seconds(self, party: Party, name: str, seconds: int) -> None:
        """Counts the minutes of a finished call, each begun minute as a whole one, as it is billed."""
        if seconds and not party.set_aside:
            self.store.notes.count_in_month(self.store.calendar.month(), name, -(-seconds // 60))

    def count_unknown(self, party: Party, words: tuple[str, ...]) -> None:
        """Counts words not understood by the number of different senders, so not for a withheld or excluded number."""
        key = None if party.set_aside else sender_key(party, self.secret)
        if key is not None:
            self.store.notes.words(used(words, key, self.secret, self.store.calendar.month()))

    def note(self, kind: str, at: Position | None) -> None:
        """Logs one line for each turn, without who called or texted. `kind`: the kind of event."""
        self._log(kind, position_name(at) if at else "-")
        self.figures.turn(kind, time.perf_counter() - g.began)

    @property
    def figures(self) -> Figures:
        return self.outbound.figures

    def shown_number(self, reply: Reply, ours: str) -> str:
        """The number that a dial nobody asked for shows to the person who is called; empty for any other reply. `ours`:
        the line's number as the carrier writes it."""
        if not isinstance(reply.then, Dial) or not reply.then.from_line:
            return ""
        return e164(ours) or self.settings.line_number or ""

    def respond(self, document: bytes) -> Response:
        return Document(document, content_type=self.carrier.documents.content_type)

    def note_fault(self) -> None:
        """Logs a fault of the line itself while it answered a request."""
        self.store.notes.count((FAULT,))
        self.figures.fault()
        self._log("fault", "-")

    def _log(self, kind: str, place: str) -> None:
        milliseconds = (time.perf_counter() - g.began) * 1000
        log.info("kind=%s place=%s ms=%.1f store=%s", kind, place, milliseconds, self.store.connection.state)


def delivery() -> Delivery:
    """The current request, whose signature has been checked."""
    return cast(Delivery, g.delivery)


def short_name(sid: str) -> str:
    """A short hash, enough to recognise a request that is delivered twice; the carrier's own id is not kept."""
    return hashlib.sha256(sid.encode()).hexdigest()[:12]
