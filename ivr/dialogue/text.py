"""The answer to a text: what it means is in `keywords.py`, what is written back is here."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ivr.dialogue.keywords import LeftToCarrier, Move, Near, understand
from ivr.library.library import HOME, Library, fill
from ivr.library.measures import gsm_units
from ivr.library.naming import LONGEST_ANSWER, named
from ivr.model import Spot, Texted, TextReply


def take_text(library: Library, heard: Texted) -> TextReply:
    """Pure: the same words at the same spot get the same answer."""
    match understand(library, heard.words):
        case LeftToCarrier():
            return TextReply(None)
        case Spot() as spot:
            return _at(library, spot)
        case Move(name):
            return MOVES[name](library, _known(library, heard.at))
        case Near(word, spot):
            code = library.codes[spot.name]
            return TextReply(_joined(library.text["did-you-mean"], word=word, code=code))
        case _:
            return TextReply(_menu(library, HOME, "unclear"))


def _known(library: Library, at: Spot | None) -> Spot | None:
    """Where the texter was, if that is still there."""
    return at if at is not None and library.segment(at) else None


def _at(library: Library, spot: Spot) -> TextReply:
    if library.segment(spot) is None:
        return TextReply(_menu(library, spot.name, "menu" if spot.name == HOME else "submenu"))
    return TextReply(_segment(library, spot), spot)


def _more(library: Library, at: Spot | None) -> TextReply:
    following = library.after(at) if at else None
    if at is None or following is None:
        return TextReply(_menu(library, HOME, "lost" if at is None else "menu"))
    return _at(library, following)


def _back(library: Library, at: Spot | None) -> TextReply:
    if at is None:
        return TextReply(_menu(library, HOME, "menu"))
    return _at(library, Spot(at.name, at.part - 1) if at.part > 1 else library.above(at))


def _again(library: Library, at: Spot | None) -> TextReply:
    return _at(library, at) if at else TextReply(_menu(library, HOME, "lost"))


MOVES: Mapping[str, Callable[[Library, Spot | None], TextReply]] = {
    "more": _more,
    "back": _back,
    "again": _again,
    "menu": lambda library, _at: TextReply(_menu(library, HOME, "menu")),
    "keys": lambda library, _at: TextReply(_joined(library.text["keys"])),
}


# --- what is written -----------------------------------------------------------------------------------------


def _joined(paragraphs: tuple[str, ...], **slots: str) -> str:
    return "\n".join(fill(words, slots) for words in paragraphs)


def _menu(library: Library, name: str, opening: str) -> str:
    choices = tuple(choice.text for choice in library.menus[name].choices)
    ending = "menu-end" if name == HOME else "submenu-end"
    lines = (*library.text[opening], *choices, *library.text[ending])
    return _joined(lines, code=library.codes[name])


def _segment(library: Library, spot: Spot) -> str:
    """Naming, words and what to send next; the last is left out where there is no room for it."""
    answer = f"{named(library, spot)}\n{library.topics[spot.name].segments[spot.part - 1].text}"
    whole = f"{answer}\n{_tail(library, spot)}"
    return whole if (gsm_units(whole) or len(whole)) <= LONGEST_ANSWER else answer


def _tail(library: Library, spot: Spot) -> str:
    following = library.after(spot)
    if following is None:
        return _joined(library.text["tail-last"])
    if following.name == spot.name:
        return _joined(library.text["tail-more"], next=str(following.part))
    return _joined(library.text["tail-next"], next=library.codes[following.name])


def fault_text(library: Library) -> TextReply:
    return TextReply(_joined(library.text["fault"]))
