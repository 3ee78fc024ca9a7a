"""Names lead to what they name: titles, keywords and hints to topics and menus, words of words.md to moves and
numbers."""

from __future__ import annotations

from collections.abc import Iterator

from ivr.audit.listening.blame import what_has
from ivr.library.document import Document, listed
from ivr.library.library import HOME
from ivr.library.rules.shelf import Shelf, at, header_line
from ivr.library.sent_words import MOVES
from ivr.listening.listening import listening_of
from ivr.listening.meaning import Ask, Danger, Lacks, Meaning
from ivr.listening.rules import Listening
from ivr.listening.understand import understand
from ivr.model import Goal, Move, Position, Problem

CODE = "L11"
TEN = 10
CHOOSE = "choose another word, or change that line if people can mean nothing else by the word"


def check_keywords(shelf: Shelf) -> Iterator[Problem]:
    listening = listening_of(shelf.library)
    for menu in shelf.library.menus.values():
        document = shelf.document("menus", menu.name)
        yield from _name(listening, document, "title", "", (menu.title,), menu.name)
        yield from _name(listening, document, "keywords", "", menu.keywords, menu.name)
    for topic in shelf.library.topics.values():
        document = shelf.document("topics", topic.name)
        yield from _name(listening, document, "title", "", (topic.title,), topic.name)
        for part, segment in enumerate(topic.segments, start=1):
            yield from _name(listening, document, "keywords", str(part), segment.keywords, topic.name)
            yield from _name(listening, document, "hints", str(part), segment.hints, topic.name)
    yield from _words(shelf, listening)


def _name(
    listening: Listening, document: Document, entry: str, part: str, words: tuple[str, ...], topic: str
) -> Iterator[Problem]:
    """A title or keyword is answered with its own topic; a hint is at least asked about, or offered."""
    for word in words:
        understood = understand(listening, word)
        reached = {goal.name for goal in (_offered if entry == "hints" else _answered)(understood.meaning)}
        if topic not in reached:
            does = "is asked about or answered" if entry == "hints" else "is answered"
            remedy = f"`{word}` {does} as something else: {what_has(understood)}; {CHOOSE}"
            yield at(document, header_line(document, entry, part), CODE, remedy)


def _answered(meaning: Meaning) -> tuple[Goal, ...]:
    match meaning:
        case Position() as position:
            return (position,)
        case Danger(_, at_once):
            return (at_once,)
    return ()


def _offered(meaning: Meaning) -> tuple[Goal, ...]:
    match meaning:
        case Ask(goals):
            return goals
        case Lacks(_, offer) if offer:
            return (offer,)
    return _answered(meaning)


# --- words.md -------------------------------------------------------------------------------------------------


def _words(shelf: Shelf, listening: Listening) -> Iterator[Problem]:
    """Words that move a texter about, and numbers as words."""
    document = shelf.file("words.md")
    if document is None:
        return
    for heading, paragraphs in document.sections.items():
        for paragraph in paragraphs:
            for word in listed(paragraph.text):
                for sent, wanted in _wanted(listening, heading, word):
                    understood = understand(listening, sent)
                    if understood.meaning != wanted:
                        remedy = f"`{sent}` is not read as `{heading}`: {what_has(understood)}"
                        yield at(document, paragraph.line, CODE, remedy)


def _wanted(listening: Listening, heading: str, word: str) -> Iterator[tuple[str, Meaning]]:
    """What may be sent, and what it must mean."""
    if heading in MOVES:
        yield word, Position(HOME) if heading == "menu" else Move(heading)
    elif heading in listening.codes:
        yield word, listening.codes[heading]
    elif heading.isdecimal() and int(heading) >= TEN:
        yield from _with_units(listening, heading, word)


def _with_units(listening: Listening, tens: str, word: str) -> Iterator[tuple[str, Meaning]]:
    """Numbers such as `fifty two`, if 50 alone is not a code."""
    for unit, digit in listening.numbers.items():
        code = tens[:-1] + digit
        if len(digit) == 1 and digit != "0" and code in listening.codes:
            yield f"{word} {unit}", listening.codes[code]
