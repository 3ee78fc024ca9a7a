"""One turn of texts: from what was remembered of the texter, to the answer and what is remembered then. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ivr.dialogue.call import first_state
from ivr.dialogue.path import from_path, from_standing, to_question, to_text_path
from ivr.dialogue.text import picture, take_text
from ivr.library.library import Library
from ivr.model import Reading, State, Texted, TextReply


@dataclass(frozen=True, slots=True)
class TextTurn:
    """`state`: where the texter is now, None: where they were before. `question`: what is open then, None: nothing."""

    library: Library
    reply: TextReply
    state: str | None
    question: str | None


def text_turn(
    libraries: Mapping[str, Library], standing: str, call: str | None, request: str | None, answers_carrier_words: bool
) -> TextTurn:
    """`standing`: what the text is answered from (path.to_standing); `call`: where the last call stood; `request`: None
    for a picture without words."""
    before, asked = from_standing(standing)
    library = libraries[_language(libraries, before, from_path(call) if call else None)]
    event = Texted(request or "", before.position if before else None, asked)
    reply = picture(library) if request is None else take_text(library, event, answers_carrier_words)
    state = to_text_path(State(library.language.tag, reply.at)) if reply.at else None
    open_still = asked if reply.reading is Reading.UNCLEAR else ()
    offered = reply.asks or open_still
    return TextTurn(library, reply, state, to_question(offered) if offered else None)


def _language(libraries: Mapping[str, Library], *states: State | None) -> str:
    """The one last used by text, else in a call, else the line's first."""
    for state in states:
        if state is not None and state.language in libraries:
            return state.language
    return first_state(libraries).language
