"""What every webhook needs: the words, the memory, the voice. Made once, changed never."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from flask import Response, request

from ivr.carrier.twiml import Speaker
from ivr.library.library import Library
from ivr.memory.caller import caller_key
from ivr.memory.store import Store
from ivr.settings import Settings
from ivr.web.outbound import Outbound


@dataclass(frozen=True, slots=True)
class Line:
    """`root`: what stands before /voice in the address that the carrier calls."""

    libraries: Mapping[str, Library]
    store: Store
    outbound: Outbound
    settings: Settings
    speaker: Speaker = field(init=False)
    root: str = field(init=False)

    def __post_init__(self) -> None:
        languages = {tag: library.language for tag, library in self.libraries.items()}
        object.__setattr__(self, "root", urlsplit(self.settings.public_url or "").path)
        object.__setattr__(self, "speaker", Speaker(languages, self.settings.helpline_number, f"{self.root}/audio"))

    def caller(self) -> str | None:
        """Who this request is about; None if that is withheld."""
        return self.key_of(caller_number())

    def key_of(self, number: str) -> str | None:
        return caller_key(number, self.settings.caller_secret)


def caller_number() -> str:
    """The other side's number: in a call that the line made, that is the one it called."""
    ours = request.form.get("Direction", "").startswith("outbound")
    return request.form.get("To" if ours else "From", "")


def short_name(sid: str) -> str:
    """Enough to recognise a request that is delivered twice; the carrier's own name for it is not kept."""
    return hashlib.sha256(sid.encode()).hexdigest()[:12]


def twiml(document: str) -> Response:
    return Response(document, content_type="text/xml; charset=utf-8")
