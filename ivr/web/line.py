"""What every webhook needs: the words, the memory, the voice. Made once, never changed."""

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
from ivr.memory.caller import Sender, caller_key, sender_of
from ivr.memory.people import person_in
from ivr.memory.store import Store
from ivr.memory.words import used
from ivr.model import Dial, Party, Position, Reply
from ivr.settings import Settings, e164
from ivr.web.figures import Figures
from ivr.web.outbound import Outbound
from ivr.web.ready import Ready

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
    """Where none is set, one that this process alone knows."""

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

    def count(self, party: Party, names: tuple[str, ...]) -> None:
        """Counts, unless somebody is only trying the line."""
        if not names or party.set_aside:
            return
        self.store.notes.count(names)
        for kind, at in ((CALL, CALL_AT), (TEXT, TEXT_AT)):
            if kind in names:
                self._count_person(party, at)

    def _count_person(self, party: Party, at: str) -> None:
        """At what hour, and by a sketch that it was somebody: of the month alone."""
        calendar = self.store.calendar
        month = calendar.month()
        self.store.notes.count_in_month(month, f"{at}{calendar.hour():02}")
        key = self.sender(party).key
        if key is not None:
            self.store.notes.person(month, person_in(month, key, self.secret))

    def count_seconds(self, party: Party, name: str, seconds: int) -> None:
        """Of a call that is over, in begun minutes: so it is billed."""
        if seconds and not party.set_aside:
            self.store.notes.count_in_month(self.store.calendar.month(), name, -(-seconds // 60))

    def count_unknown(self, party: Party, words: tuple[str, ...]) -> None:
        """By senders that differ, so not of one who is withheld or set aside."""
        key = None if party.set_aside else self.sender(party).key
        if key is not None:
            self.store.notes.words(used(words, key, self.secret, self.store.calendar.month()))

    def note(self, kind: str, at: Position | None) -> None:
        """A line in the log for each turn. `kind`: of event. It does not tell who called or texted."""
        self._log(kind, position_name(at) if at else "-")
        self.figures.turn(kind, time.perf_counter() - g.began)

    @property
    def figures(self) -> Figures:
        return self.outbound.figures

    def shown_number(self, reply: Reply, ours: str) -> str:
        """What a call shows that nobody asked for; empty for any other. `ours`: as the carrier writes it."""
        if not isinstance(reply.then, Dial) or not reply.then.from_line:
            return ""
        return e164(ours) or self.settings.line_number or ""

    def respond(self, document: bytes) -> Response:
        return Response(document, content_type=self.carrier.documents.content_type)

    def note_fault(self) -> None:
        """One of our own, in whatever was asked."""
        self.store.notes.count((FAULT,))
        self.figures.fault()
        self._log("fault", "-")

    def _log(self, kind: str, place: str) -> None:
        milliseconds = (time.perf_counter() - g.began) * 1000
        log.info("kind=%s place=%s ms=%.1f store=%s", kind, place, milliseconds, self.store.connection.state)


def delivery() -> Delivery:
    """This request, which the carrier has signed."""
    return cast(Delivery, g.delivery)


def short_name(sid: str) -> str:
    """Enough to recognise a request that is delivered twice; the carrier's own name for it is not kept."""
    return hashlib.sha256(sid.encode()).hexdigest()[:12]
