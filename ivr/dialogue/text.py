"""The answer to a text: what it means is in `keywords.py`, what is written back is here."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ivr.dialogue.keywords import answer_to_question, understand
from ivr.dialogue.meaning import CarrierWord, Meaning, Move, Near
from ivr.dialogue.unknown import unknown_words
from ivr.library.library import HOME, Library, fill
from ivr.library.measures import fragments
from ivr.library.naming import MOST_FRAGMENTS, code_of, menu_text, named
from ivr.model import Act, Outcome, Reading, Spot, Texted, TextReply


def take_text(library: Library, heard: Texted, answers_carrier_words: bool = False) -> TextReply:
    """Pure: the same words at the same spot, after the same question, get the same answer. `answers_carrier_words`:
    the carrier does not."""
    meaning = understand(library, heard.words) if heard.asked is None else answer_or_meaning(library, heard)
    match meaning:
        case CarrierWord(family):
            text = _joined(library.text[FAMILY_PHRASES[family]]) if answers_carrier_words else None
            return TextReply(text, act=FAMILY_ACTS.get(family))
        case Spot() as spot:
            return _at(library, spot)
        case Move(name):
            return MOVES[name](library, _known(library, heard.at))
        case Near(word, offered):
            return _asked(library, word, offered)
        case _:
            unknown = unknown_words(library, heard.words)
            return TextReply(menu_text(library, HOME, "unclear"), reading=Reading.UNCLEAR, unknown=unknown)


def answer_or_meaning(library: Library, heard: Texted) -> Meaning:
    """YES takes what was offered, NO leads to the menu; anything else is read as if nothing had been asked."""
    match answer_to_question(library, heard.words), heard.asked:
        case True, Spot() as offered:
            return library.nearest(offered)
        case True, Move() as offered if offered.name in MOVES:
            return offered
        case False, _:
            return Move("menu")
    return understand(library, heard.words)


def _asked(library: Library, word: str, offered: Spot | Move) -> TextReply:
    """A question names the code of what it offers; where there is none, a person's. How to stop is said, and nothing
    offered: a YES never stops."""
    if offered == Move("stop"):
        return TextReply(_joined(library.text["to-stop"]), reading=Reading.ASKED)
    code = code_of(library, offered) if isinstance(offered, Spot) else ""
    phrase = "did-you-mean" if code else "did-you-mean-word"
    return TextReply(_joined(library.text[phrase], word=word, code=code), reading=Reading.ASKED, asks=offered)


def picture(library: Library) -> TextReply:
    """The answer to a picture that says nothing in words."""
    return TextReply(menu_text(library, HOME, "picture"), reading=Reading.UNCLEAR)


def _known(library: Library, at: Spot | None) -> Spot | None:
    """Where the texter was, if that is still there."""
    return at if at is not None and library.segment(at) else None


def _at(library: Library, spot: Spot) -> TextReply:
    if library.segment(spot) is None:
        return TextReply(menu_text(library, spot.name, "menu" if spot.name == HOME else "submenu"))
    return TextReply(_segment(library, spot), spot)


def _more(library: Library, at: Spot | None) -> TextReply:
    following = library.after(at) if at else None
    if at is None or following is None:
        return TextReply(menu_text(library, HOME, "lost" if at is None else "menu"))
    return _at(library, following)


def _back(library: Library, at: Spot | None) -> TextReply:
    if at is None:
        return TextReply(menu_text(library, HOME, "menu"))
    return _at(library, Spot(at.name, at.part - 1) if at.part > 1 else library.above(at))


def _again(library: Library, at: Spot | None) -> TextReply:
    return _at(library, at) if at else TextReply(menu_text(library, HOME, "lost"))


FAMILY_PHRASES = {"stop": "stopped", "start": "started", "help": "help"}
FAMILY_ACTS = {"stop": Act.STOP, "start": Act.START}

MOVES: Mapping[str, Callable[[Library, Spot | None], TextReply]] = {
    "more": _more,
    "back": _back,
    "again": _again,
    "menu": lambda library, _at: TextReply(menu_text(library, HOME, "menu")),
    "keys": lambda library, _at: TextReply(_keys(library)),
    "call": lambda _library, at: TextReply(None, at, Act.CALL),
    "forget": lambda _library, _at: TextReply(None, None, Act.FORGET),
    "stop": lambda library, _at: TextReply(_joined(library.text["stopped"]), None, Act.STOP),
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


def text_of(library: Library, spot: Spot) -> str:
    """What a caller gets who asks for a text here: the segment, or the keys where there is none."""
    return _keys(library) if library.segment(spot) is None or spot.resuming else _segment(library, spot)


# --- what is written -----------------------------------------------------------------------------------------


def _joined(paragraphs: tuple[str, ...], **slots: str) -> str:
    return "\n".join(fill(words, slots) for words in paragraphs)


def _keys(library: Library) -> str:
    return _joined(library.text["keys-with-texts" if library.can_text else "keys"])


def _segment(library: Library, spot: Spot) -> str:
    """Naming, words and what to send next; the last is left out where there is no room for it."""
    answer = f"{named(library, spot)}\n{library.topics[spot.name].segments[spot.part - 1].text}"
    whole = f"{answer}\n{_tail(library, spot)}"
    return whole if fragments(whole) <= MOST_FRAGMENTS else answer


def _tail(library: Library, spot: Spot) -> str:
    following = library.after(spot)
    if following is None:
        return _joined(library.text["tail-last"])
    if following.name == spot.name:
        return _joined(library.text["tail-more"], next=str(following.part))
    return _joined(library.text["tail-next"], next=library.codes[following.name])


def fault_text(library: Library) -> TextReply:
    return TextReply(_joined(library.text["fault"]))
