"""The answer to a text: what it means is found in `listening`, what is written back is here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from ivr.dialogue.unknown import unknown_words
from ivr.library.library import HOME, Library, fill
from ivr.library.measures import fragments
from ivr.library.naming import MOST_FRAGMENTS, asked_as, code_of, menu_text, named
from ivr.listening.listening import listening_of
from ivr.listening.meaning import Ask, CarrierWord, Danger, Lacks, Meaning, NoRequest, StopInDoubt
from ivr.listening.understand import understand
from ivr.model import Act, Goal, Move, Outcome, Position, Reading, Texted, TextReply


def take_text(library: Library, event: Texted, answers_carrier_words: bool = False) -> TextReply:
    """Pure: the same words at the same position, after the same question, get the same answer. `answers_carrier_words`:
    the carrier does not."""
    asked = _still_offered(library, event.asked)
    meaning = understand(listening_of(library), event.words, asked).meaning
    if isinstance(meaning, CarrierWord):
        text = _joined(library.text[FAMILY_PHRASES[meaning.family]]) if answers_carrier_words else None
        return TextReply(text, act=FAMILY_ACTS.get(meaning.family))
    reply = _answer(library, meaning, event)
    if asked and meaning in asked and reply.reading is Reading.UNDERSTOOD:
        return replace(reply, reading=Reading.ACCEPTED)
    return reply


def _still_offered(library: Library, asked: tuple[Goal, ...]) -> tuple[Goal, ...]:
    """What a question offered, as far as the line has it: it may have been asked before the content was edited."""
    goals = (library.nearest(goal) if isinstance(goal, Position) else goal for goal in asked)
    return tuple(goal for goal in goals if isinstance(goal, Position) or goal.name in MOVES)


def _answer(library: Library, meaning: Meaning, event: Texted) -> TextReply:
    match meaning:
        case Danger(_, at):
            return replace(_at(library, at), reading=Reading.DANGER)
        case Position() as position:
            return _at(library, position, is_reached_by_words=True)
        case Move("more") if (offered := _next_offered(library, event)) is not None:
            return replace(_at(library, offered), reading=Reading.ACCEPTED)
        case Move(name):
            return MOVES[name](library, _known(library, event.at))
        case Ask(goals):
            return _asked(library, goals, event)
        case Lacks(_, offer, person_only):
            return _lacking(library, None if person_only else offer, person_only)
        case StopInDoubt():
            return TextReply(_joined(library.text["to-stop"]), reading=Reading.ASKED)
        case NoRequest():
            return TextReply(None)
        case _:
            return _unclear(library, event)


def _unclear(library: Library, event: Texted) -> TextReply:
    unknown = unknown_words(library, event.words)
    return TextReply(menu_text(library, HOME, "unclear"), reading=Reading.UNCLEAR, unknown=unknown)


def _asked(library: Library, goals: tuple[Goal, ...], event: Texted) -> TextReply:
    """A question names what it offers in plain words, with the code that always means the same. What has no code, such
    as a call, is never asked about; of two by the same name, only the first is. Nor is the same twice in a row: then
    the menu comes, and what was asked is on offer still."""
    by_name: dict[str, Position] = {}
    for goal in goals:
        if isinstance(goal, Position):
            by_name.setdefault(asked_as(library, goal), goal)
    things, positions = tuple(by_name)[:MOST_OFFERED], tuple(by_name.values())[:MOST_OFFERED]
    if not positions or set(positions) == set(event.asked):
        return replace(_unclear(library, event), asks=event.asked)
    slots = {"thing": things[0], "code": code_of(library, positions[0])}
    if len(positions) == 1:
        return TextReply(_joined(library.text["do-you-mean"], **slots), reading=Reading.ASKED, asks=positions)
    slots |= {"other": things[1], "other-code": code_of(library, positions[1])}
    return TextReply(_joined(library.text["do-you-mean-either"], **slots), reading=Reading.ASKED, asks=positions)


def _lacking(library: Library, offer: Position | None, person_only: bool) -> TextReply:
    """That the line does not have it, the nearest that it has, and a person."""
    if offer is None:
        phrase = "lacks-person" if person_only else "lacks"
        return TextReply(_joined(library.text[phrase]), reading=Reading.LACKING)
    words = _joined(library.text["lacks-but"], thing=asked_as(library, offer), code=code_of(library, offer))
    return TextReply(words, reading=Reading.LACKING, asks=(offer,))


def picture(library: Library) -> TextReply:
    """The answer to a picture that says nothing in words."""
    return TextReply(menu_text(library, HOME, "picture"), reading=Reading.UNCLEAR)


def _known(library: Library, at: Position | None) -> Position | None:
    """Where the texter was, if that is still there."""
    return at if at is not None and library.segment(at) else None


def _at(library: Library, position: Position, is_reached_by_words: bool = False) -> TextReply:
    if library.segment(position) is None:
        return TextReply(menu_text(library, position.name, "menu" if position.name == HOME else "submenu"))
    return TextReply(_segment(library, position, is_reached_by_words), position)


def _more(library: Library, at: Position | None) -> TextReply:
    """Behind the last part of a topic the next one is offered: whoever asks for more of this one does not wander."""
    following = library.after(at) if at else None
    if at is None or following is None:
        return TextReply(menu_text(library, HOME, "lost" if at is None else "menu"))
    if following.name == at.name:
        return _at(library, following)
    slots = {"thing": asked_as(library, following), "code": code_of(library, following)}
    return TextReply(_joined(library.text["last-part"], **slots), asks=(following,))


def _next_offered(library: Library, event: Texted) -> Position | None:
    """The topic that was offered behind the last part: who then says MORE again takes it."""
    at = _known(library, event.at)
    following = library.after(at) if at else None
    return following if following in event.asked else None


def _back(library: Library, at: Position | None) -> TextReply:
    if at is None:
        return TextReply(menu_text(library, HOME, "menu"))
    return _at(library, Position(at.name, at.part - 1) if at.part > 1 else library.above(at))


def _again(library: Library, at: Position | None) -> TextReply:
    return _at(library, at) if at else TextReply(menu_text(library, HOME, "lost"))


MOST_OFFERED = 2
FAMILY_PHRASES = {"stop": "stopped", "start": "started", "help": "help"}
FAMILY_ACTS = {"stop": Act.STOP, "start": Act.START}

MOVES: Mapping[str, Callable[[Library, Position | None], TextReply]] = {
    "more": _more,
    "back": _back,
    "again": _again,
    "menu": lambda library, _at: TextReply(menu_text(library, HOME, "menu")),
    "keys": lambda library, _at: TextReply(_keys(library)),
    "call": lambda _library, at: TextReply(None, at, Act.CALL),
    "forget": lambda _library, _at: TextReply(None, None, Act.FORGET),
    "stop": lambda library, _at: TextReply(_joined(library.text["stopped"]), None, Act.STOP),
    "start": lambda library, _at: TextReply(_joined(library.text["started"]), None, Act.START),
    "language": lambda library, _at: TextReply(_joined(library.text["one-language"])),
}


CALL_PHRASES = {
    Outcome.SENT: "calling",
    Outcome.WITHHELD: "no-calls",
    Outcome.TOO_MANY: "called-often",
}


def called(library: Library, outcome: Outcome) -> TextReply:
    """The answer to CALL, once it is known what became of it."""
    return TextReply(_joined(library.text[CALL_PHRASES.get(outcome, "not-called")]))


def forgotten(library: Library, done: bool) -> TextReply:
    return TextReply(_joined(library.text["forgotten" if done else "not-forgotten"]))


def started(library: Library) -> TextReply:
    return TextReply(_joined(library.text["started"]), act=Act.START)


def not_stopped(library: Library) -> TextReply:
    return TextReply(_joined(library.text["not-stopped"]))


def not_started(library: Library) -> TextReply:
    return TextReply(_joined(library.text["not-started"]))


def too_many(library: Library) -> TextReply:
    return TextReply(_joined(library.text["too-many"]))


def text_of(library: Library, position: Position) -> str:
    """What a caller gets who asks for a text here: the segment, or the keys where there is none."""
    return _keys(library) if library.segment(position) is None or position.resuming else _segment(library, position)


# --- what is written -----------------------------------------------------------------------------------------


def _joined(paragraphs: tuple[str, ...], **slots: str) -> str:
    return "\n".join(fill(words, slots) for words in paragraphs)


def _keys(library: Library) -> str:
    return _joined(library.text["keys-with-texts" if library.can_text else "keys"])


def _segment(library: Library, position: Position, is_reached_by_words: bool = False) -> str:
    """Naming, words and what to send next; the last is left out where there is no room for it."""
    answer = f"{named(library, position)}\n{library.topics[position.name].segments[position.part - 1].text}"
    wholes = (f"{answer}\n{tail}" for tail in _tails(library, position, is_reached_by_words))
    return next((whole for whole in wholes if fragments(whole) <= MOST_FRAGMENTS), answer)


def _tails(library: Library, position: Position, is_reached_by_words: bool) -> list[str]:
    """What to send next, the best first. Words may lead into the middle of a topic: then what comes before is named."""
    tail = _tail(library, position)
    if not is_reached_by_words or position.part == 1:
        return [tail]
    before = _joined(library.text["tail-before"], code=library.codes[position.name])
    return [f"{before} {tail}", before, tail]


def _tail(library: Library, position: Position) -> str:
    following = library.after(position)
    if following is None:
        return _joined(library.text["tail-last"])
    if following.name == position.name:
        return _joined(library.text["tail-more"], next=str(following.part))
    return _joined(library.text["tail-next"], next=library.codes[following.name])


def fault_text(library: Library) -> TextReply:
    return TextReply(_joined(library.text["fault"]))
