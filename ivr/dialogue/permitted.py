"""One turn of texts: which answer is given to whom, after a stop and to someone who has had many.

Silence is for whoever the carrier itself blocks: its word for STOP was all of the text, and nothing that the line sends
gets through. Anyone else who stopped is answered what could save a life, each time they ask.

A text is met in this order, and each step ends the turn if it needs to know something first:

1. what it means, and the answer to that (`texts.py`);
2. after a stop, only what may be vital is answered. A wish to stop, to start or to be forgotten is met in silence;
3. someone who has had many answers gets those of danger, each once; of all others, once, that the line will be quiet;
4. what the next text goes on from is remembered;
5. a wish is met, and what became of it is the answer.
"""

from __future__ import annotations

from dataclasses import replace

from ivr.dialogue.metrics import text_names
from ivr.dialogue.state import Libraries, library_of
from ivr.dialogue.text_moves import still_offered
from ivr.dialogue.text_replies import (
    Answer,
    called,
    fault_text,
    forgotten,
    leads_to_help,
    not_kept,
    started_reply,
    too_many,
)
from ivr.dialogue.texts import answer
from ivr.library.library import HOME, Library
from ivr.library.phrases import TextPhrase
from ivr.library.sent_text import as_sent
from ivr.library.sent_words import normalised
from ivr.model import (
    Allowed,
    CalledBack,
    CarrierAnswered,
    Consent,
    Count,
    CountUnknown,
    DeliverAgain,
    Draft,
    Effect,
    Failed,
    Forget,
    Forgotten,
    Position,
    Ration,
    RationKind,
    Reacted,
    RememberText,
    Start,
    Stop,
    Texted,
    Texter,
    TextEvent,
    TextReply,
    TextTurn,
    Turn,
    Understanding,
    Warned,
    WishKept,
)

MOST_REPLIES = 20
"""Most replies to one sender in ten minutes. This ends an exchange between two machines that answer each other."""
MOST_IN_DANGER = 10
"""Most further replies in those ten minutes to words of danger, to requests for a person, and to wishes. Each must be
worded differently, since machines repeat themselves."""

ALWAYS_MET = Stop | Start | Forget
"""Wishes that are carried out however many texts came before, even if no answer is sent."""

NO_REPLY = TextReply(None)


def texter_turn(libraries: Libraries, texter: Texter, event: TextEvent) -> TextTurn:
    """The turn for one event. All replies leave through here, in characters that a plain text can hold."""
    turn = _turn(libraries, texter, event)
    if turn.reply.text is None:
        return turn
    language, after = library_of(libraries, turn.state).language, turn.reply.follow_up
    sent = as_sent(language, turn.reply.text)
    after = after and as_sent(language, after)
    if (sent, after) == (turn.reply.text, turn.reply.follow_up):
        return turn
    return replace(turn, reply=replace(turn.reply, text=sent, follow_up=after))


def _turn(libraries: Libraries, texter: Texter, event: TextEvent) -> TextTurn:
    library, draft = library_of(libraries, texter), texter.draft or Draft(NO_REPLY)
    match event:
        case Texted():
            return _texted(libraries, texter, event)
        case Reacted():
            return _said(texter, NO_REPLY)
        case CarrierAnswered(wish):
            return _met(texter, Draft(NO_REPLY, wish, silent=True))
        case Allowed(allowed):
            return _rationed(library, texter, draft, allowed)
        case WishKept(kept):
            return _kept(library, texter, draft, kept)
        case Forgotten(done):
            return _said(texter, NO_REPLY if draft.silent else forgotten(library, done))
        case CalledBack(outcome):
            return _said(texter, called(library, outcome))
        case Failed():
            return Turn(texter, fault_text(library))


def _texted(libraries: Libraries, texter: Texter, event: Texted) -> TextTurn:
    library, found = answer(libraries, texter, event)
    texter = _answered_in(library.language.tag, libraries, texter)
    if not after_stop(library, found, texter.consent):
        return _in_silence(texter, found)
    if is_confirmed(found, texter.consent):
        found = Answer(started_reply(library), Start())
    ration = rationed(library, found, event.words or "", texter.texts_of_late)
    if ration is None:
        return _answered(library, texter, found)
    return Turn(replace(texter, draft=Draft(found.reply, found.wish)), NO_REPLY, (ration,))


def _answered_in(tag: str, libraries: Libraries, texter: Texter) -> Texter:
    """The texter in the language of the answer. In a language that is new to a texter, the main menu is remembered if
    there is no other position."""
    if library_of(libraries, texter).language.tag == tag:
        return texter
    return replace(texter, language=tag, position=texter.position or Position(HOME), is_new_language=True)


def _rationed(library: Library, texter: Texter, draft: Draft, allowed: bool) -> TextTurn:
    found = Answer(draft.reply, draft.wish)
    if not allowed:
        return _in_silence(texter, found)
    if is_vital(library, found) or isinstance(found.wish, ALWAYS_MET):
        return _answered(library, texter, found)
    return _said(texter, too_many(library))


def _in_silence(texter: Texter, found: Answer) -> TextTurn:
    return _met(texter, Draft(NO_REPLY, found.wish if isinstance(found.wish, ALWAYS_MET) else None, silent=True))


def _answered(library: Library, texter: Texter, found: Answer) -> TextTurn:
    """Remembers what the next text goes on from, unless the texter wants to be forgotten."""
    draft, reply = Draft(found.reply, found.wish), found.reply
    if isinstance(found.wish, Forget):
        return _met(texter, draft)
    question, shown = reply.asks, reply.shows
    if reply.text is None:
        question, shown = texter.question, texter.shown
    elif reply.understanding is Understanding.UNCLEAR and (open_still := still_offered(library, texter.question)):
        question, shown = open_still, None
    at = reply.at or (texter.position if texter.is_new_language else None)
    remember = RememberText(library.language.tag, at, question, shown)
    after = replace(
        texter,
        language=remember.language if at else texter.language,
        position=at or texter.position,
        question=question,
        shown=shown,
    )
    return _met(after, draft, remember)


def _met(texter: Texter, draft: Draft, *before: Effect) -> TextTurn:
    """The turn that carries out the wish first, if there is one."""
    if draft.wish is None:
        return _said(texter, draft.reply, *before)
    return Turn(replace(texter, draft=draft), NO_REPLY, (*before, draft.wish))


def _kept(library: Library, texter: Texter, draft: Draft, kept: bool) -> TextTurn:
    """The turn after the wish was tried. If nobody would be told that it failed, the text has to be delivered again."""
    wish = draft.wish
    if not isinstance(wish, Stop | Start):
        return _said(texter, draft.reply)
    if draft.silent or wish.by_carrier:
        return _said(texter, draft.reply) if kept and not draft.silent else _not_said(texter, kept)
    return _said(texter, draft.reply if kept else not_kept(library, wish))


def _not_said(texter: Texter, kept: bool) -> TextTurn:
    return _said(texter, NO_REPLY, *(() if kept else (DeliverAgain(),)))


def _said(texter: Texter, reply: TextReply, *before: Effect) -> TextTurn:
    unknown = (CountUnknown(reply.unknown),) if reply.unknown else ()
    return Turn(replace(texter, draft=None), reply, (*before, Count(tuple(text_names(reply))), *unknown))


# --- who is answered what ------------------------------------------------------------------------------------


def after_stop(library: Library, found: Answer, consent: Consent) -> bool:
    """Whether somebody who wants no texts is answered all the same. START always is: it ends the stop."""
    if consent is Consent.WANTS or isinstance(found.wish, Start):
        return True
    answered = is_vital(library, found) or may_be_vital(library, found.reply) or is_help(library, found.reply)
    return consent is Consent.STOPPED and answered


def is_vital(library: Library, found: Answer) -> bool:
    """Whether the answer is about danger, despair or a person, or says after a warning whom to call. A request for a
    call does not count, wherever the texter stands."""
    return found.wish is None and (leads_to_help(library, found.reply.at) or isinstance(found.reply.shows, Warned))


def may_be_vital(library: Library, reply: TextReply) -> bool:
    """Whether the reply is a question that offers something vital. After a stop, a person has few such questions open;
    a machine may have many."""
    return any(isinstance(goal, Position) and leads_to_help(library, goal) for goal in reply.asks)


def is_help(library: Library, reply: TextReply) -> bool:
    """Whether this is the answer to HELP, if the line is the one that gives it."""
    return reply.text is not None and reply.text == "\n".join(library.text[TextPhrase.HELP])


def is_confirmed(found: Answer, consent: Consent) -> bool:
    """Whether the line confirms a START, because only the line knows of the stop and nobody else will confirm its
    end."""
    return isinstance(found.wish, Start) and consent is Consent.STOPPED


def rationed(library: Library, found: Answer, written: str, number: int) -> Ration | None:
    """The leave that this answer needs; None while the sender has had few answers. `number`: how many answers this
    sender would have had recently, this one included."""
    if number <= MOST_REPLIES:
        return None
    if is_vital(library, found) or isinstance(found.wish, ALWAYS_MET):
        return Ration(RationKind.VITAL, MOST_IN_DANGER, " ".join(normalised(written)))
    return Ration(RationKind.QUIET, 1)
