"""Moves by text: what MORE, BACK, a request for a call and the like lead to from where the texter is."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ivr.dialogue.languages import ASKED_FOR
from ivr.dialogue.text_replies import Answer, joined, keys_text, leads_to_help, main_menu, reply_at, started_reply
from ivr.library.library import HOME, Library
from ivr.library.naming import asked_as, code_of
from ivr.library.phrases import TextPhrase
from ivr.model import CallBack, Forget, Goal, Position, Prompt, Start, State, Stop, TextReply


def _more(library: Library, at: Position | None) -> TextReply:
    """The reply to MORE. After the last part of a topic it offers the next topic, rather than moving on unasked. After
    the warning signs and the topic about a person it starts the same topic again."""
    following = library.after(at) if at else None
    if at is None or following is None:
        return main_menu(library, TextPhrase.LOST if at is None else TextPhrase.MENU)
    if following.name == at.name:
        return reply_at(library, following)
    if leads_to_help(library, at):
        return reply_at(library, Position(at.name, 1))
    slots = {"thing": asked_as(library, following), "code": code_of(library, following)}
    return TextReply(joined(library.text[TextPhrase.LAST_PART], **slots), asks=(following,))


def _back(library: Library, at: Position | None) -> TextReply:
    if at is None:
        return main_menu(library, TextPhrase.MENU)
    return reply_at(library, Position(at.name, at.part - 1) if at.part > 1 else library.above(at))


def _again(library: Library, at: Position | None) -> TextReply:
    return reply_at(library, at) if at else main_menu(library, TextPhrase.LOST)


MOVES: Mapping[str, Callable[[Library, Position | None], Answer]] = {
    "more": lambda library, at: Answer(_more(library, at)),
    "back": lambda library, at: Answer(_back(library, at)),
    "again": lambda library, at: Answer(_again(library, at)),
    "menu": lambda library, _at: Answer(main_menu(library, TextPhrase.MENU)),
    "keys": lambda library, _at: Answer(TextReply(keys_text(library))),
    "call": lambda library, at: Answer(TextReply(None, at), CallBack(_called_at(library, at))),
    "forget": lambda _library, _at: Answer(TextReply(None), Forget()),
    "stop": lambda library, _at: Answer(TextReply(joined(library.text[TextPhrase.STOPPED])), Stop()),
    "start": lambda library, _at: Answer(started_reply(library), Start()),
    ASKED_FOR.name: lambda library, _at: Answer(TextReply(joined(library.text[TextPhrase.LACKS_LANGUAGE]))),
}


def _called_at(library: Library, at: Position | None) -> State:
    return State(library.language.tag, at or Position(HOME), prompt=Prompt.CALLED, only_asked=True)


def known(library: Library, at: Position | None) -> Position | None:
    """The texter's position, or None if the content no longer has it."""
    return at if at is not None and library.segment(at) else None


def still_offered(library: Library, asked: tuple[Goal, ...]) -> tuple[Goal, ...]:
    """What a question offered, without what the content has lost since it was asked."""
    goals = (library.nearest(goal) if isinstance(goal, Position) else goal for goal in asked)
    return tuple(goal for goal in goals if isinstance(goal, Position) or goal.name in MOVES)
