"""The answer to a text. `listening` finds out what the text means; this file decides what is written back.

Whether the texter gets that answer is decided in `permitted.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from ivr.dialogue.languages import ASKED_FOR, SPOKEN, understood_in, with_languages
from ivr.dialogue.state import Libraries, library_of
from ivr.dialogue.unknown import unknown_words
from ivr.library.library import HOME, Library, fill
from ivr.library.limits import MOST_FRAGMENTS
from ivr.library.measures import fragments
from ivr.library.naming import asked_as, code_of, menu_text, named
from ivr.library.phrases import TextPhrase
from ivr.library.sent_text import as_sent
from ivr.library.sent_words import normalised
from ivr.listening.listening import listening_of
from ivr.listening.meaning import Ask, CarrierWord, Danger, Lacks, Meaning, NoRequest, StopInDoubt, Unasked
from ivr.listening.reactions import request_in
from ivr.listening.understand import which_of_list
from ivr.model import (
    CallBack,
    Consent,
    Forget,
    Goal,
    Move,
    Outcome,
    Position,
    Prompt,
    Reacted,
    Start,
    State,
    Stop,
    Texted,
    Texter,
    TextReply,
    Understanding,
)

Wish = CallBack | Forget | Stop | Start
"""What a texter may ask for besides an answer. Whether it succeeds decides which answer is sent."""


@dataclass(frozen=True, slots=True)
class Answer:
    reply: TextReply
    """If there is a wish, this is the answer for when it succeeds."""
    wish: Wish | None = None


def read_text(libraries: Iterable[Library], body: str, has_pictures: bool = False) -> Texted | Reacted:
    """`body`: the text as it arrived, including whatever phones put around a reaction or a quotation."""
    request = request_in(libraries, body)
    return Reacted() if request is None and not has_pictures else Texted(request)


def answer(libraries: Libraries, texter: Texter, event: Texted) -> tuple[Library, Answer]:
    """The answer, and the library that it comes from. The same words at the same position, after the same question,
    always get the same answer."""
    present = library_of(libraries, texter)
    if event.words is None:
        library, found = present, Answer(_main_menu(present, TextPhrase.PICTURE, understanding=Understanding.UNCLEAR))
    else:
        asked = still_offered(present, texter.question)
        library, meaning = understood_in(libraries, texter, event.words, asked)
        meaning = _of_list(library, texter.question, event.words) or meaning
        found = _accepted(_meant(library, meaning, texter, event.words), meaning in asked)
    if found.reply.is_main_menu and found.reply.text:
        text = with_languages(libraries, texter, library.language.tag, found.reply.text)
        found = replace(found, reply=replace(found.reply, text=text))
    return library, found


def _meant(library: Library, meaning: Meaning, texter: Texter, words: str) -> Answer:
    if isinstance(meaning, CarrierWord):
        return _carrier_word(library, meaning.family, texter, words)
    return _answer(library, meaning, texter, words)


def _accepted(found: Answer, is_offered: bool) -> Answer:
    """Notes on the answer whether the texter accepted what a question had offered."""
    if is_offered and found.reply.understanding is Understanding.UNDERSTOOD:
        return replace(found, reply=replace(found.reply, understanding=Understanding.ACCEPTED))
    return found


def _carrier_word(library: Library, family: str, texter: Texter, words: str) -> Answer:
    """A carrier confirms START only to people it had blocked, and says nothing to anyone else, so the line confirms it
    to them. YES is left to the carrier."""
    by_carrier = texter.carrier_answers and not library.answers_carrier_words
    reply = TextReply(None if by_carrier else _joined(library.text[FAMILY_PHRASES[family]]))
    wishes: dict[str, Wish] = {"stop": Stop(by_carrier), "start": Start(by_carrier)}
    if family == "start" and texter.consent is Consent.WANTS:
        if by_carrier and words.strip().upper() == YES:
            reply = _after_danger(library, texter) or reply
        elif normalised(words) == normalised(YES):
            reply = _unasked(library, texter)
        elif by_carrier:
            reply = _main_menu(library, TextPhrase.MENU)
    return Answer(reply, wishes.get(family))


def still_offered(library: Library, asked: tuple[Goal, ...]) -> tuple[Goal, ...]:
    """What a question offered, without what the content has lost since it was asked. A list and a warning are not
    questions, so they offer nothing."""
    if LISTED in asked or WARNED in asked:
        return ()
    goals = (library.nearest(goal) if isinstance(goal, Position) else goal for goal in asked)
    return tuple(goal for goal in goals if isinstance(goal, Position) or goal.name in MOVES)


def _of_list(library: Library, shown: tuple[Goal, ...], words: str) -> Position | None:
    """The position meant by `the second` and the like, in the list that the texter got last."""
    menu = _listed(library, shown)
    which = which_of_list(listening_of(library), words) if menu else None
    choices = library.menus[menu].choices if menu else ()
    if which is None or which > len(choices):
        return None
    name = choices[which - 1].leads_to
    return Position(name) if name in library.menus else Position(name, 1)


def _listed(library: Library, shown: tuple[Goal, ...]) -> str:
    """The id of the menu that was shown last, if nothing has come after it."""
    names = [goal.name for goal in shown if isinstance(goal, Position)] if LISTED in shown else []
    return names[0] if names and names[0] in library.menus else ""


def _unasked(library: Library, texter: Texter) -> TextReply:
    """The reply to a yes or a no when no question was open. After danger, nothing but help is offered."""
    if after := _after_danger(library, texter):
        return after
    has_more = _known(library, texter.position) is not None and LISTED not in texter.question
    return _main_menu(library, TextPhrase.UNASKED_MORE if has_more else TextPhrase.UNASKED)


def _after_danger(library: Library, texter: Texter) -> TextReply | None:
    """The reply, within the hour after a warning, to words that ask for nothing."""
    if WARNED not in texter.question or texter.position is None:
        return None
    is_warning = texter.position.name == library.menus[HOME].urgent
    phrase = TextPhrase.AFTER_WARNING if is_warning else TextPhrase.AFTER_DESPAIR
    return TextReply(_joined(library.text[phrase]), asks=(WARNED,))


def _answer(library: Library, meaning: Meaning, texter: Texter, words: str) -> Answer:
    if meaning == SPOKEN:
        return Answer(_said_anew(library, texter, words))
    if isinstance(meaning, Move) and not (meaning.name == "more" and _next_offered(library, texter)):
        return MOVES[meaning.name](library, _known(library, texter.position))
    return Answer(_reply(library, meaning, texter, words))


def _reply(library: Library, meaning: Meaning, texter: Texter, words: str) -> TextReply:
    match meaning:
        case Danger(_, at):
            return replace(_at(library, at), understanding=Understanding.DANGER, asks=(WARNED,))
        case Position(name) if (
            name == HOME and not _asks_for_menu(library, words) and (after := _after_danger(library, texter))
        ):
            return after
        case Position() as position:
            return _at(library, position, is_reached_by_words=True)
        case Move("more") if (offered := _next_offered(library, texter)) is not None:
            return replace(_at(library, offered), understanding=Understanding.ACCEPTED)
        case Ask(goals):
            return _asked(library, goals, texter, words)
        case Lacks(is_urgent=True):
            return TextReply(_joined(library.text[TextPhrase.LACKS_URGENT]), understanding=Understanding.LACKING)
        case Lacks(_, offer, person_only):
            return _lacking(library, None if person_only else offer, person_only)
        case StopInDoubt():
            return TextReply(_joined(library.text[TextPhrase.TO_STOP]), understanding=Understanding.ASKED)
        case NoRequest():
            return TextReply(None)
        case Unasked():
            return _unasked(library, texter)
        case _:
            return _after_danger(library, texter) or _unclear(library, words)


def _asks_for_menu(library: Library, words: str) -> bool:
    """Whether the words ask for the menu. Thanks count: they are answered with it too."""
    said = normalised(words)
    return any(normalised(word) == said for word in (*library.words.get("menu", ()), library.menus[HOME].title))


def _unclear(library: Library, words: str) -> TextReply:
    unknown = unknown_words(library, words)
    return _main_menu(library, TextPhrase.UNCLEAR, understanding=Understanding.UNCLEAR, unknown=unknown)


def _said_anew(library: Library, texter: Texter, words: str) -> TextReply:
    """Repeats, in this language, what the texter had last: an open question, a segment or the menu."""
    if asked := still_offered(library, texter.question):
        return _asked(library, asked, replace(texter, question=()), words)
    if menu := _listed(library, texter.question):
        return _at(library, Position(menu))
    return _at(library, _known(library, texter.position) or Position(HOME))


def _asked(library: Library, goals: tuple[Goal, ...], texter: Texter, words: str) -> TextReply:
    """Asks about the goals: the question names each in plain words, with the code that always means the same. A goal
    without a code, such as a call, is never asked about, and of two goals with the same name only the first is. The
    same question is not asked twice in a row: the second time the menu is sent, and the goals stay on offer."""
    by_name: dict[str, Position] = {}
    for goal in goals:
        if isinstance(goal, Position):
            by_name.setdefault(asked_as(library, goal), goal)
    things, positions = tuple(by_name)[:MOST_OFFERED], tuple(by_name.values())[:MOST_OFFERED]
    if not positions or set(positions) == set(texter.question):
        return replace(_unclear(library, words), asks=texter.question)
    slots = {"thing": things[0], "code": code_of(library, positions[0])}
    phrase = TextPhrase.DO_YOU_MEAN
    if len(positions) == MOST_OFFERED:
        slots |= {"other": things[1], "other-code": code_of(library, positions[1])}
        phrase = TextPhrase.DO_YOU_MEAN_EITHER
    return TextReply(_joined(library.text[phrase], **slots), understanding=Understanding.ASKED, asks=positions)


def _lacking(library: Library, offer: Position | None, person_only: bool) -> TextReply:
    """Says that the line does not have what was asked for, and offers the nearest thing that it has, and a person."""
    if offer is None:
        phrase = TextPhrase.LACKS_PERSON if person_only else TextPhrase.LACKS
        return TextReply(_joined(library.text[phrase]), understanding=Understanding.LACKING)
    slots = {"thing": asked_as(library, offer), "code": code_of(library, offer)}
    words = _joined(library.text[TextPhrase.LACKS_BUT], **slots)
    return TextReply(words, understanding=Understanding.LACKING, asks=(offer,))


def _known(library: Library, at: Position | None) -> Position | None:
    """The texter's position, or None if the content no longer has it."""
    return at if at is not None and library.segment(at) else None


def _at(library: Library, position: Position, is_reached_by_words: bool = False) -> TextReply:
    if position.name == HOME:
        return _main_menu(library, TextPhrase.MENU)
    if library.segment(position) is None:
        listed = (LISTED, Position(position.name))
        return TextReply(menu_text(library, position.name, TextPhrase.SUBMENU), asks=listed)
    return TextReply(_segment(library, position, is_reached_by_words), position)


def _more(library: Library, at: Position | None) -> TextReply:
    """The reply to MORE. After the last part of a topic it offers the next topic, rather than moving on unasked. After
    the warning signs and the topic about a person it starts the same topic again."""
    following = library.after(at) if at else None
    if at is None or following is None:
        return _main_menu(library, TextPhrase.LOST if at is None else TextPhrase.MENU)
    if following.name == at.name:
        return _at(library, following)
    if leads_to_help(library, at):
        return _at(library, Position(at.name, 1))
    slots = {"thing": asked_as(library, following), "code": code_of(library, following)}
    return TextReply(_joined(library.text[TextPhrase.LAST_PART], **slots), asks=(following,))


def _next_offered(library: Library, texter: Texter) -> Position | None:
    """The topic that was offered after the last part, which a second MORE accepts; None if none was."""
    at = _known(library, texter.position)
    following = library.after(at) if at else None
    return following if following in still_offered(library, texter.question) else None


def _back(library: Library, at: Position | None) -> TextReply:
    if at is None:
        return _main_menu(library, TextPhrase.MENU)
    return _at(library, Position(at.name, at.part - 1) if at.part > 1 else library.above(at))


def _again(library: Library, at: Position | None) -> TextReply:
    return _at(library, at) if at else _main_menu(library, TextPhrase.LOST)


MOST_OFFERED = 2
YES = "YES"
LISTED, WARNED = Move("listed"), Move("warned")
"""Stored in place of an open question. LISTED: a menu was shown last; its name follows. WARNED: danger was answered
last. Both expire when a question would."""
FAMILY_PHRASES = {"stop": TextPhrase.STOPPED, "start": TextPhrase.STARTED, "help": TextPhrase.HELP}

MOVES: Mapping[str, Callable[[Library, Position | None], Answer]] = {
    "more": lambda library, at: Answer(_more(library, at)),
    "back": lambda library, at: Answer(_back(library, at)),
    "again": lambda library, at: Answer(_again(library, at)),
    "menu": lambda library, _at: Answer(_main_menu(library, TextPhrase.MENU)),
    "keys": lambda library, _at: Answer(TextReply(_keys(library))),
    "call": lambda library, at: Answer(TextReply(None, at), CallBack(_called_at(library, at))),
    "forget": lambda _library, _at: Answer(TextReply(None), Forget()),
    "stop": lambda library, _at: Answer(TextReply(_joined(library.text[TextPhrase.STOPPED])), Stop()),
    "start": lambda library, _at: Answer(started_reply(library), Start()),
    ASKED_FOR.name: lambda library, _at: Answer(TextReply(_joined(library.text[TextPhrase.LACKS_LANGUAGE]))),
}


def _called_at(library: Library, at: Position | None) -> State:
    return State(library.language.tag, at or Position(HOME), prompt=Prompt.CALLED, only_asked=True)


# --- what became of a wish -----------------------------------------------------------------------------------

CALL_PHRASES = {
    Outcome.SENT: TextPhrase.CALLING,
    Outcome.WITHHELD: TextPhrase.NO_CALLS,
    Outcome.TOO_MANY: TextPhrase.CALLED_OFTEN,
}


def called(library: Library, outcome: Outcome) -> TextReply:
    return TextReply(_joined(library.text[CALL_PHRASES.get(outcome, TextPhrase.NOT_CALLED)]))


def forgotten(library: Library, done: bool) -> TextReply:
    return TextReply(_joined(library.text[TextPhrase.FORGOTTEN if done else TextPhrase.NOT_FORGOTTEN]))


def started_reply(library: Library) -> TextReply:
    return TextReply(_joined(library.text[TextPhrase.STARTED]))


def not_kept(library: Library, wish: Stop | Start) -> TextReply:
    phrase = TextPhrase.NOT_STOPPED if isinstance(wish, Stop) else TextPhrase.NOT_STARTED
    return TextReply(_joined(library.text[phrase]))


def too_many(library: Library) -> TextReply:
    return TextReply(_joined(library.text[TextPhrase.TOO_MANY]))


def fault_text(library: Library) -> TextReply:
    return TextReply(_joined(library.text[TextPhrase.FAULT]))


# --- what is written -----------------------------------------------------------------------------------------


def text_of(library: Library, position: Position) -> str:
    """The text that a caller gets who asks for one at this position: the segment, or the list of keys if there is
    none."""
    has_keys_only = library.segment(position) is None or position.resuming
    return as_sent(library.language, _keys(library) if has_keys_only else _segment(library, position))


def _main_menu(library: Library, opening: TextPhrase, **more: Any) -> TextReply:
    """`more`: further fields of the reply."""
    return TextReply(menu_text(library, HOME, opening), is_main_menu=True, asks=(LISTED, Position(HOME)), **more)


def _joined(paragraphs: tuple[str, ...], **slots: str) -> str:
    return "\n".join(fill(words, slots) for words in paragraphs)


KEYS = {
    (True, True): TextPhrase.KEYS_WITH_TEXTS,
    (True, False): TextPhrase.KEYS,
    (False, True): TextPhrase.KEYS_ONE_PACE_WITH_TEXTS,
    (False, False): TextPhrase.KEYS_ONE_PACE,
}
"""By whether key 7 changes the pace, and whether key 9 sends a text: no other key is named than those that are live."""


def _keys(library: Library) -> str:
    return _joined(library.text[KEYS[library.can_change_pace, library.can_text]])


def _segment(library: Library, position: Position, is_reached_by_words: bool = False) -> str:
    """The segment's name, its words and what to text next. The last is left out when it does not fit."""
    answer = f"{named(library, position)}\n{library.topics[position.name].segments[position.part - 1].text}"
    wholes = (f"{answer}\n{tail}" for tail in _tails(library, position, is_reached_by_words))
    sent = (as_sent(library.language, whole) for whole in wholes)
    return next((whole for whole in sent if fragments(whole) <= MOST_FRAGMENTS), answer)


def _tails(library: Library, position: Position, is_reached_by_words: bool) -> list[str]:
    """What to text next, the best suggestion first. Words may lead into the middle of a topic; then the earlier parts
    are mentioned."""
    tail = _tail(library, position)
    if not is_reached_by_words or position.part == 1:
        return [tail]
    before = _joined(library.text[TextPhrase.TAIL_BEFORE], code=library.codes[position.name])
    return [f"{before} {tail}", before, tail]


def leads_to_help(library: Library, position: Position | None) -> bool:
    """Whether the position is about danger or about reaching a person."""
    home = library.menus[HOME]
    return position is not None and position.name in (home.urgent, home.person)


def _tail(library: Library, position: Position) -> str:
    following = library.after(position)
    if leads_to_help(library, position) and (following is None or following.name != position.name):
        return _joined(library.text[TextPhrase.TAIL_HELP])
    if following is None:
        return _joined(library.text[TextPhrase.TAIL_LAST])
    if following.name == position.name:
        return _joined(library.text[TextPhrase.TAIL_MORE], next=str(following.part))
    return _joined(library.text[TextPhrase.TAIL_NEXT], next=library.codes[following.name])
