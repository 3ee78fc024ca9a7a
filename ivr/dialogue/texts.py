"""The answer to a text. `listening` finds out what the text means; this file decides what is written back.

Whether the texter gets that answer is decided in `permitted.py`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from ivr.dialogue.after_danger import after_danger, after_warned, is_warning, names_signs
from ivr.dialogue.keys import NUMBERS
from ivr.dialogue.languages import SPOKEN, understood_in, with_languages
from ivr.dialogue.state import Libraries, library_of
from ivr.dialogue.text_moves import MOVES, known, still_offered
from ivr.dialogue.text_replies import Answer, Wish, joined, main_menu, reply_at
from ivr.dialogue.unknown import unknown_words
from ivr.library.library import HOME, Library
from ivr.library.naming import asked_as, code_of
from ivr.library.phrases import TextPhrase
from ivr.library.sent_words import normalised
from ivr.listening.listening import listening_of
from ivr.listening.meaning import (
    Ask,
    CarrierWord,
    Danger,
    Lacks,
    Meaning,
    NoRequest,
    StopInDoubt,
    Unasked,
    WrongNumber,
)
from ivr.listening.reactions import request_in
from ivr.listening.understand import which_of_list
from ivr.model import (
    Consent,
    Goal,
    Listed,
    Move,
    Position,
    Reacted,
    Shown,
    Start,
    Stop,
    Texted,
    Texter,
    TextReply,
    Understanding,
    Warned,
)

MOST_OFFERED = 2
YES = "YES"
FAMILY_PHRASES = {"stop": TextPhrase.STOPPED, "start": TextPhrase.STARTED, "help": TextPhrase.HELP}


def read_text(libraries: Iterable[Library], body: str, has_pictures: bool = False) -> Texted | Reacted:
    """`body`: the text as it arrived, including whatever phones put around a reaction or a quotation."""
    request = request_in(libraries, body)
    return Reacted() if request is None and not has_pictures else Texted(request)


def answer(libraries: Libraries, texter: Texter, event: Texted) -> tuple[Library, Answer]:
    """The answer, and the library that it comes from. The same words at the same position, after the same question,
    always get the same answer."""
    present = library_of(libraries, texter)
    if event.words is None:
        library, found = present, Answer(main_menu(present, TextPhrase.PICTURE, understanding=Understanding.UNCLEAR))
    else:
        asked = still_offered(present, texter.question)
        library, meaning = understood_in(libraries, texter, event.words, asked)
        meaning = _of_list(library, texter.shown, event.words) or meaning
        found = _accepted(_meant(library, meaning, texter, event.words), meaning in asked)
    if found.reply.is_main_menu and found.reply.text:
        text = with_languages(libraries, texter, library.language.tag, found.reply.text)
        found = replace(found, reply=replace(found.reply, text=text))
    return library, found


def _meant(library: Library, meaning: Meaning, texter: Texter, words: str) -> Answer:
    if isinstance(meaning, CarrierWord):
        return _carrier_word(library, meaning.family, texter, words)
    if isinstance(meaning, WrongNumber):
        if isinstance(texter.shown, Warned):
            return Answer(_how_to_stop(library))
        meaning = Move("stop")
    return _answer(library, meaning, texter, words)


def _accepted(found: Answer, is_offered: bool) -> Answer:
    """Notes on the answer whether the texter accepted what a question had offered."""
    if is_offered and found.reply.understanding is Understanding.UNDERSTOOD:
        return replace(found, reply=replace(found.reply, understanding=Understanding.ACCEPTED))
    return found


def _carrier_word(library: Library, family: str, texter: Texter, words: str) -> Answer:
    """A carrier confirms START only to people it had blocked, and says nothing to anyone else, so the line confirms it
    to them. YES is left to the carrier. After a warning it is an answer to that, and lifts no stop that the line alone
    knows of."""
    by_carrier = texter.carrier_answers and not library.answers_carrier_words
    reply = TextReply(None if by_carrier else joined(library.text[FAMILY_PHRASES[family]]))
    wishes: dict[str, Wish] = {"stop": Stop(by_carrier), "start": Start(by_carrier)}
    is_yes, after = normalised(words) == normalised(YES), after_danger(library, texter)
    if family == "start" and texter.consent is Consent.STOPPED and is_yes and after:
        return Answer(replace(after, at=texter.position))
    if family == "start" and texter.consent is Consent.WANTS:
        if by_carrier and words.strip().upper() == YES:
            reply = after or _recommended(library, texter) or reply
        elif is_yes:
            reply = _unasked(library, texter)
        elif by_carrier:
            reply = main_menu(library, TextPhrase.MENU)
    return Answer(reply, wishes.get(family))


def _of_list(library: Library, shown: Shown | None, words: str) -> Position | None:
    """The position meant by `the second` and the like, in the list that the texter got last."""
    menu = _listed(library, shown)
    which = which_of_list(listening_of(library), words) if menu else None
    choices = library.menus[menu].choices if menu else ()
    if which is None or which > len(choices):
        return None
    name = choices[which - 1].leads_to
    return Position(name) if name in library.menus else Position(name, 1)


def _listed(library: Library, shown: Shown | None) -> str:
    """The id of the menu that was shown last, if nothing has come after it; empty: none, or the content has lost it."""
    return shown.menu if isinstance(shown, Listed) and shown.menu in library.menus else ""


def _unasked(library: Library, texter: Texter) -> TextReply:
    """The reply to a yes or a no when no question was open. After danger, nothing but help is offered."""
    if after := after_danger(library, texter):
        return after
    has_more = known(library, texter.position) is not None and not isinstance(texter.shown, Listed)
    return main_menu(library, TextPhrase.UNASKED_MORE if has_more else TextPhrase.UNASKED)


def _recommended(library: Library, texter: Texter) -> TextReply | None:
    """The next part of the topic, if the last text said how to get it and nothing else was shown since."""
    at = known(library, texter.position)
    following = library.after(at) if at and not texter.question and texter.shown is None else None
    return reply_at(library, following) if at and following and following.name == at.name else None


def _answer(library: Library, meaning: Meaning, texter: Texter, words: str) -> Answer:
    if meaning == SPOKEN:
        return Answer(_said_anew(library, texter, words))
    if isinstance(meaning, Move) and not (meaning.name == "more" and _next_offered(library, texter)):
        return MOVES[meaning.name](library, known(library, texter.position))
    return Answer(_reply(library, meaning, texter, words))


def _reply(library: Library, meaning: Meaning, texter: Texter, words: str) -> TextReply:
    match meaning:
        case Danger(_, at):
            return replace(reply_at(library, at), understanding=Understanding.DANGER, shows=Warned())
        case Position(name) if (
            name == HOME and not _asks_for_menu(library, words) and (after := after_danger(library, texter))
        ):
            return after
        case Position() as position if (
            is_warning(library, position)
            and not names_signs(library, position, words)
            and (after := after_danger(library, texter))
        ):
            return after
        case Position() as position:
            found = reply_at(library, position, is_reached_by_words=True)
            return replace(found, shows=Warned()) if found.at and is_warning(library, position) else found
        case Move("more") if (offered := _next_offered(library, texter)) is not None:
            return replace(reply_at(library, offered), understanding=Understanding.ACCEPTED)
        case Ask() | StopInDoubt() if after := after_warned(library, texter, meaning):
            return after
        case Ask(goals):
            return _asked(library, goals, texter, words)
        case Lacks(is_urgent=True):
            return TextReply(joined(library.text[TextPhrase.LACKS_URGENT]), understanding=Understanding.LACKING)
        case Lacks() if after := after_danger(library, texter):
            return after
        case Lacks(_, offer, person_only):
            return _lacking(library, None if person_only else offer, person_only)
        case StopInDoubt():
            return _how_to_stop(library)
        case NoRequest():
            return TextReply(None)
        case Unasked():
            return _unasked(library, texter)
        case _ if _are_keys(words):
            return _unclear(library, words)
        case _:
            return after_danger(library, texter) or _unclear(library, words)


def _are_keys(words: str) -> bool:
    """Whether the words are keys as one would press them, which mean the same whatever came before. A temperature has a
    0 in it."""
    pressed = set("".join(normalised(words)))
    return bool(pressed) and pressed <= set(NUMBERS)


def _asks_for_menu(library: Library, words: str) -> bool:
    """Whether the words ask for the menu. Thanks count: they are answered with it too."""
    said = normalised(words)
    return any(normalised(word) == said for word in (*library.words.get("menu", ()), library.menus[HOME].title))


def _unclear(library: Library, words: str) -> TextReply:
    unknown = unknown_words(library, words)
    return main_menu(library, TextPhrase.UNCLEAR, understanding=Understanding.UNCLEAR, unknown=unknown)


def _said_anew(library: Library, texter: Texter, words: str) -> TextReply:
    """Repeats, in this language, what the texter had last: an open question, a segment or the menu."""
    if asked := still_offered(library, texter.question):
        return _asked(library, asked, replace(texter, question=()), words)
    if menu := _listed(library, texter.shown):
        return reply_at(library, Position(menu))
    return reply_at(library, known(library, texter.position) or Position(HOME))


def _asked(library: Library, goals: tuple[Goal, ...], texter: Texter, words: str) -> TextReply:
    """Asks about the goals: the question names each in plain words, with the code that always means the same. A goal
    without a code, such as a call, is never asked about, and of two goals with the same name only the first is. The
    same question is not asked twice in a row: the second time the menu is sent, and the goals stay on offer. Where
    despair may be meant, the lifeline is named with the question."""
    by_name: dict[str, Position] = {}
    for goal in goals:
        if isinstance(goal, Position):
            by_name.setdefault(asked_as(library, goal), goal)
    things, positions = tuple(by_name)[:MOST_OFFERED], tuple(by_name.values())[:MOST_OFFERED]
    if not positions or set(positions) == set(texter.question):
        return replace(_unclear(library, words), asks=texter.question, shows=texter.shown)
    slots = {"thing": things[0], "code": code_of(library, positions[0])}
    phrase = TextPhrase.DO_YOU_MEAN
    if len(positions) == MOST_OFFERED:
        slots |= {"other": things[1], "other-code": code_of(library, positions[1])}
        phrase = TextPhrase.DO_YOU_MEAN_EITHER
    asked = library.text[phrase]
    if listening_of(library).despair in positions:
        asked += library.text[TextPhrase.MEANING_DESPAIR]
    return TextReply(joined(asked, **slots), understanding=Understanding.ASKED, asks=positions)


def _lacking(library: Library, offer: Position | None, person_only: bool) -> TextReply:
    """Says that the line does not have what was asked for, and offers the nearest thing that it has, and a person."""
    if offer is None:
        phrase = TextPhrase.LACKS_PERSON if person_only else TextPhrase.LACKS
        return TextReply(joined(library.text[phrase]), understanding=Understanding.LACKING)
    slots = {"thing": asked_as(library, offer), "code": code_of(library, offer)}
    words = joined(library.text[TextPhrase.LACKS_BUT], **slots)
    return TextReply(words, understanding=Understanding.LACKING, asks=(offer,))


def _how_to_stop(library: Library) -> TextReply:
    return TextReply(joined(library.text[TextPhrase.TO_STOP]), understanding=Understanding.ASKED)


def _next_offered(library: Library, texter: Texter) -> Position | None:
    """The topic that was offered after the last part, which a second MORE accepts; None if none was."""
    at = known(library, texter.position)
    following = library.after(at) if at else None
    return following if following in still_offered(library, texter.question) else None
