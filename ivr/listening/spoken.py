"""What a caller meant who spoke. Speech is understood as a text is, with the names of keys as words and without the
wishes that only a texter can have. Pure.

Whoever speaks may not be talking to the line: a television is on, or a nurse is in the room. So long speech leads at
once to nothing but danger or a question, and courtesies are not requests.
"""

from __future__ import annotations

from collections.abc import Iterator

from ivr.library.library import HOME, Library
from ivr.library.limits import LONGEST_COMMAND
from ivr.library.sent_words import MOVES
from ivr.listening.meaning import Ask, Danger, Lacks, Meaning, Unclear
from ivr.listening.reading import Found, Reading, unguarded
from ivr.listening.readings import READINGS, Readings, digits_in
from ivr.listening.rules import ANSWERS, DANGER, DESPAIR, EXAMPLES, SPOKEN, Listening
from ivr.listening.understand import understand
from ivr.model import Goal, Move, Position

YES, NO, NOTHING = "yes", "no", "nothing"
SAID_FOR_KEYS = frozenset(
    {"person", "wait", "ready", "text", "pace", "slower", "faster", "another language", "this language", "goodbye"}
    | {NOTHING, "star", "pound"}
)
"""The headings of spoken.md."""


def understand_said(listening: Listening, words: str, pending: tuple[Goal, ...] = ()) -> Meaning:
    """A Danger, an Ask, a Lacks, a Position, or a Move, which may be the name of a key; Unclear if the words mean
    nothing to the line. `pending`: what the line has just asked about."""
    understood = understand(listening, words, pending, READINGS_SAID)
    is_long = len(understood.read_as) > LONGEST_COMMAND
    match understood.meaning:
        case Danger() | Ask():
            return understood.meaning
        case Position() if not (is_long and understood.meaning.name == HOME):
            return Ask((understood.meaning,)) if is_long else understood.meaning
        case Move() | Lacks() if not is_long:
            return understood.meaning
    return Unclear()


def _choice(reading: Reading) -> Found | None:
    """`The second one`, when two things are on offer."""
    for section, choice in (("second", 1), ("first", 0)):
        hits = unguarded(reading, ANSWERS, section)
        if hits and choice < len(reading.pending) > 1:
            return reading.pending[choice], hits
    return None


def _answer(reading: Reading) -> Found | None:
    """An answer to the line's own question."""
    found = READINGS["answer"](reading)
    no = unguarded(reading, ANSWERS, NO)
    return (Move(NO), no) if found and no and found[0] == Position(HOME) else found


def _move(reading: Reading) -> Found | None:
    """A request to move about. Thanks are left out: a text of thanks gets the menu, but in a call that would lead the
    caller away."""
    found, courtesy = READINGS["move"](reading), unguarded(reading, SPOKEN, NOTHING)
    return (Move(NOTHING), courtesy) if found and found[0] == Position(HOME) and courtesy else found


def _yes_or_no(reading: Reading) -> Found | None:
    """A yes or no with nothing else: it answers what the line has offered by its keys."""
    for word in (NO, YES):
        hits = [hit for hit in unguarded(reading, ANSWERS, word) if hit.rule.whole]
        if hits:
            return Move(word), hits
    return None


def _spoken(reading: Reading) -> Found | None:
    hits = [hit for hit in unguarded(reading, SPOKEN) if hit.rule.whole]
    if not hits:
        return None
    hit = max(hits, key=lambda hit: hit.span[1] - hit.span[0])
    return Move(hit.rule.section), [hit]


def _key(reading: Reading) -> Found | None:
    """A single digit is the key pressed for it; several, the keys to a position, are a number as in a text."""
    digits = digits_in(reading)
    return (Move(digits[0]), ()) if len(digits) == 1 and len(digits[0]) == 1 else None


READINGS_SAID: Readings = {
    "danger": READINGS["danger"],
    "spoken": _spoken,
    "choice": _choice,
    "key": _key,
    "number": READINGS["number"],
    "answer": _answer,
    "move": _move,
    "yes or no": _yes_or_no,
    "lacks": READINGS["lacks"],
    "topic": READINGS["topic"],
}
"""In the order in which they are tried. Wishes to get no texts are left out: they have to be texted."""


# --- what callers are likely to say ------------------------------------------------------------------------------


def spoken_hints(library: Library) -> tuple[str, ...]:
    """Hints for the speech recogniser, the likeliest first: keys, moves, topics, and the words people use for
    danger."""
    numbers = (words[0] for name, words in library.words.items() if name.isdecimal() and words)
    steps = (word for name in MOVES for word in library.words.get(name, ()))
    menus = (word for menu in library.menus.values() for word in (menu.title, *menu.keywords))
    topics = (topic.title for topic in library.topics.values())
    segments = (segment for topic in library.topics.values() for segment in topic.segments)
    keywords = (word for segment in segments for word in segment.keywords)
    dangers = sorted(name for name in library.listening if name.startswith(DANGER))
    told = (example for name in (SPOKEN, *dangers, DESPAIR) for example in _examples(library, name))
    return tuple(dict.fromkeys(word.lower() for word in (*numbers, *steps, *told, *menus, *topics, *keywords)))


def _examples(library: Library, name: str) -> Iterator[str]:
    document = library.listening.get(name)
    for words in document.sections.get(EXAMPLES, ()) if document else ():
        heading, colon, example = words.text.partition(":")
        yield example.strip() if colon and heading in SAID_FOR_KEYS else words.text
