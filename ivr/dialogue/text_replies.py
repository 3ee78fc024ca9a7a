"""Replies to texts, as they are written: menus, segments with what to text next, and what became of a wish.

Which of them answers a text is decided in `texts.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from ivr.library.library import HOME, Library, fill
from ivr.library.limits import MOST_FRAGMENTS
from ivr.library.measures import fragments
from ivr.library.naming import menu_text, texts_below_name
from ivr.library.phrases import TextPhrase
from ivr.library.sent_text import as_sent
from ivr.model import CallBack, Forget, Listed, Outcome, Position, Start, Stop, TextReply

Wish = CallBack | Forget | Stop | Start
"""What a texter may ask for besides an answer. Whether it succeeds decides which answer is sent."""


@dataclass(frozen=True, slots=True)
class Answer:
    reply: TextReply
    """If there is a wish, this is the answer for when it succeeds."""
    wish: Wish | None = None


def main_menu(library: Library, opening: TextPhrase, **more: Any) -> TextReply:
    """`more`: further fields of the reply."""
    return TextReply(menu_text(library, HOME, opening), shows=Listed(HOME), is_main_menu=True, **more)


def reply_at(library: Library, position: Position, is_reached_by_words: bool = False) -> TextReply:
    if position.name == HOME:
        return main_menu(library, TextPhrase.MENU)
    if library.segment(position) is None:
        menu = menu_text(library, position.name, TextPhrase.SUBMENU)
        return TextReply(menu, shows=Listed(position.name))
    text, *more = segment_texts(library, position, is_reached_by_words)
    return TextReply(text, position, follow_up=more[0] if more else None)


def texts_of(library: Library, position: Position) -> tuple[str, ...]:
    """What a caller gets who asks for a text at this position: the segment, or the list of keys if there is none."""
    has_keys_only = library.segment(position) is None or position.resuming
    texts = (keys_text(library),) if has_keys_only else segment_texts(library, position)
    return tuple(as_sent(library.language, text) for text in texts)


def joined(paragraphs: tuple[str, ...], **slots: str) -> str:
    return "\n".join(fill(words, slots) for words in paragraphs)


KEYS = {
    (True, True): TextPhrase.KEYS_WITH_TEXTS,
    (True, False): TextPhrase.KEYS,
    (False, True): TextPhrase.KEYS_ONE_PACE_WITH_TEXTS,
    (False, False): TextPhrase.KEYS_ONE_PACE,
}
"""By whether key 7 changes the pace, and whether key 9 sends a text: no other key is named than those that are live."""


def keys_text(library: Library) -> str:
    return joined(library.text[KEYS[library.can_change_pace, library.can_text]])


@lru_cache(maxsize=1024)
def segment_texts(library: Library, position: Position, is_reached_by_words: bool = False) -> tuple[str, ...]:
    """The segment's texts: its name, its words and what to text next. The last is left out when it does not fit. Kept,
    since they depend on content alone."""
    *before, answer = texts_below_name(library, position)
    wholes = (f"{answer}\n{tail}" for tail in _tails(library, position, is_reached_by_words))
    sent = (as_sent(library.language, whole) for whole in wholes)
    return (*before, next((whole for whole in sent if fragments(whole) <= MOST_FRAGMENTS), answer))


def _tails(library: Library, position: Position, is_reached_by_words: bool) -> list[str]:
    """What to text next, the best suggestion first. Words may lead into the middle of a topic; then the earlier parts
    are mentioned."""
    tail = _tail(library, position)
    if not is_reached_by_words or position.part == 1:
        return [tail]
    before = joined(library.text[TextPhrase.TAIL_BEFORE], code=library.codes[position.name])
    return [f"{before} {tail}", before, tail]


def _tail(library: Library, position: Position) -> str:
    following = library.after(position)
    if leads_to_help(library, position) and (following is None or following.name != position.name):
        return joined(library.text[TextPhrase.TAIL_HELP])
    if following is None:
        return joined(library.text[TextPhrase.TAIL_LAST])
    if following.name == position.name:
        return joined(library.text[TextPhrase.TAIL_MORE], next=str(following.part))
    return joined(library.text[TextPhrase.TAIL_NEXT], next=library.codes[following.name])


def leads_to_help(library: Library, position: Position | None) -> bool:
    """Whether the position is about danger or about reaching a person."""
    home = library.menus[HOME]
    return position is not None and position.name in (home.urgent, home.person)


# --- what became of a wish -----------------------------------------------------------------------------------

CALL_PHRASES = {
    Outcome.SENT: TextPhrase.CALLING,
    Outcome.WITHHELD: TextPhrase.NO_CALLS,
    Outcome.TOO_MANY: TextPhrase.CALLED_OFTEN,
}


def called(library: Library, outcome: Outcome) -> TextReply:
    return TextReply(joined(library.text[CALL_PHRASES.get(outcome, TextPhrase.NOT_CALLED)]))


def forgotten(library: Library, done: bool) -> TextReply:
    return TextReply(joined(library.text[TextPhrase.FORGOTTEN if done else TextPhrase.NOT_FORGOTTEN]))


def started_reply(library: Library) -> TextReply:
    return TextReply(joined(library.text[TextPhrase.STARTED]))


def not_kept(library: Library, wish: Stop | Start) -> TextReply:
    phrase = TextPhrase.NOT_STOPPED if isinstance(wish, Stop) else TextPhrase.NOT_STARTED
    return TextReply(joined(library.text[phrase]))


def too_many(library: Library) -> TextReply:
    return TextReply(joined(library.text[TextPhrase.TOO_MANY]))


def fault_text(library: Library) -> TextReply:
    return TextReply(joined(library.text[TextPhrase.FAULT]))
