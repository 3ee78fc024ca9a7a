"""One turn of texts: from what was remembered of the texter, to the answer and what is remembered then. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ivr.dialogue.call import first_place
from ivr.dialogue.path import from_path, from_standing, to_question, to_text_path
from ivr.dialogue.text import picture, take_text
from ivr.library.library import Library
from ivr.model import Place, Reading, Texted, TextReply


@dataclass(frozen=True, slots=True)
class TextTurn:
    """`place`: where the texter is now, None: where they were before. `question`: what is open then, None: nothing."""

    library: Library
    reply: TextReply
    place: str | None
    question: str | None


def text_turn(
    libraries: Mapping[str, Library], standing: str, call: str | None, request: str | None, answers_carrier_words: bool
) -> TextTurn:
    """`standing`: what the text is answered from (path.to_standing); `call`: where the last call stood; `request`: None
    for a picture without words."""
    before, asked = from_standing(standing)
    library = libraries[_language(libraries, before, from_path(call) if call else None)]
    heard = Texted(request or "", before.spot if before else None, asked)
    reply = picture(library) if request is None else take_text(library, heard, answers_carrier_words)
    place = to_text_path(Place(library.language.tag, reply.at)) if reply.at else None
    open_still = asked if reply.reading is Reading.UNCLEAR else ()
    offered = reply.asks or open_still
    return TextTurn(library, reply, place, to_question(offered) if offered else None)


def _language(libraries: Mapping[str, Library], *places: Place | None) -> str:
    """The one last used by text, else in a call, else the line's first."""
    for place in places:
        if place is not None and place.language in libraries:
            return place.language
    return first_place(libraries).language
