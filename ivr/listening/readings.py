"""What each reading makes of a text from its patterns: danger, wishes about texts, answers, numbers, moves."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from ivr.library.carrier_words import ANSWERED_BY_CARRIER, HELP, START, STOP
from ivr.library.library import HOME
from ivr.listening.meaning import (
    MOST_CHOICES,
    Ask,
    CarrierWord,
    Danger,
    Meaning,
    NoRequest,
    StopInDoubt,
    Unasked,
    Unclear,
    WrongNumber,
)
from ivr.listening.reading import Found, Reading, covered, guarded, unguarded
from ivr.listening.rules import ANSWERS, AUTOMATIC, DANGER, LACKS, MOVES, POLITE, TEXTS
from ivr.listening.topics import clues, lacks, topic
from ivr.model import Goal, Move, Position

Readings = Mapping[str, Callable[[Reading], Found | None]]
"""Readings by name, in the order in which they are tried."""
GO_ON = "1"
"""The key that leads from one part of a topic to the next. Pressed more often than there are parts, it asks about the
last."""
FAMILIES = {"stop": STOP, "start": START, "help": HELP}


# --- danger and despair --------------------------------------------------------------------------------------


def _danger(reading: Reading) -> Found | None:
    """The most urgent kind for which there is a sign; otherwise a question about what is in doubt."""
    doubt: Found | None = None
    for file, at in reading.listening.kinds.items():
        sure, doubtful = guarded(reading, file, reading.of(file))
        reading.dangers += sure
        if doubtful and doubt is None:
            doubt = Ask((at,)), doubtful
    if reading.dangers:
        return danger_of(reading, reading.dangers[0].rule.file)
    return _asked_with_topic(reading, doubt)


def danger_of(reading: Reading, file: str) -> Found:
    listening = reading.listening
    at = listening.dangers.get(file) or listening.despair or Position(HOME)
    return Danger(file.removeprefix(DANGER), at), [hit for hit in reading.dangers if hit.rule.file == file]


def _asked_with_topic(reading: Reading, doubt: Found | None) -> Found | None:
    """A question about the doubtful danger, together with the topic that the text may be about instead."""
    if doubt is None:
        return None
    ask, hits = doubt
    other = next((found for read in (lacks, topic) if (found := read(reading)) is not None), None)
    if not other or not isinstance(ask, Ask) or not isinstance(other[0], Position | Ask):
        return doubt
    goals = other[0].goals if isinstance(other[0], Ask) else other[:1]
    asked = tuple(dict.fromkeys((*ask.goals, *goals)))[:MOST_CHOICES]
    return (Ask(asked), [*hits, *other[1]]) if asked != ask.goals else doubt


# --- wishes about texts, answers, moves ----------------------------------------------------------------------


def _carrier_word(reading: Reading) -> Found | None:
    """A word counts only in the form in which the carrier itself reads it: the carrier ignores `Help!`, so the line has
    to answer. A wish to get texts again is never refused over a punctuation mark."""
    whole = " ".join(reading.words).upper()
    family = next((family for family, belonging in FAMILIES.items() if whole in belonging), None)
    if family is None or (reading.pending and reading.of(ANSWERS)):
        return None
    if family == "start" or reading.written.strip().upper() in ANSWERED_BY_CARRIER:
        return CarrierWord(family), ()
    if family == "help":
        return (reading.listening.person, ()) if reading.listening.person else None
    return (Move("stop"), ()) if family == "stop" else None


def _automatic(reading: Reading) -> Found | None:
    hits = reading.of(AUTOMATIC)
    return (NoRequest(), hits) if hits else None


WISHES: tuple[tuple[str, Meaning], ...] = (
    ("stop", Move("stop")),
    ("wrong number", WrongNumber()),
    ("start", Move("start")),
    ("in doubt", StopInDoubt()),
)
"""Sections of texts.md and what they mean, in the order in which they count."""


def _wish(reading: Reading) -> Found | None:
    sure, _ = guarded(reading, TEXTS, reading.of(TEXTS))
    for section, meaning in WISHES:
        hits = [hit for hit in sure if hit.rule.section == section]
        if hits:
            return meaning, hits
    return None


def _answer(reading: Reading) -> Found | None:
    """An answer to what was asked last."""
    pending, yes, no = reading.pending, unguarded(reading, ANSWERS, "yes"), unguarded(reading, ANSWERS, "no")
    if not pending:
        return None
    for section, choice in (("second", 1), ("first", 0)):
        hits = unguarded(reading, ANSWERS, section)
        if hits and choice < len(pending) > 1:
            return pending[choice], hits
    number = number_in(reading, {here for hit in yes for here in range(hit.span[0], hit.span[1] + 1)})
    if number and isinstance(number[0], Position):
        return number
    named = None if _is_only(reading, "yes") or lacks(reading) else topic(reading)
    of_these = _offered(pending, named[0]) if named else None
    if named and not (no and of_these):
        return of_these or named[0], named[1]
    if no:
        return Position(HOME), no
    return (pending[0], yes) if yes else None


def _unasked(reading: Reading) -> Found | None:
    hits = [hit for word in ("yes", "no") for hit in unguarded(reading, ANSWERS, word) if hit.rule.whole]
    return (Unasked(), hits) if hits and not reading.pending else None


def _offered(pending: tuple[Goal, ...], meaning: Meaning) -> Goal | None:
    """The offered goal that the person names, or whose topic they name. Naming another part of the same topic does not
    count."""
    goals = meaning.goals if isinstance(meaning, Ask) else (meaning,) if isinstance(meaning, Position) else ()
    if meaning in pending:
        return goals[0]
    names = {goal.name for goal in goals}
    of_these = [goal for goal in pending if goal.name in names]
    return of_these[0] if len(of_these) == 1 and not (_is_later(of_these[0]) and _is_later(meaning)) else None


def _is_later(meaning: Meaning) -> bool:
    return isinstance(meaning, Position) and meaning.part > 1


def _is_only(reading: Reading, section: str) -> bool:
    return any(hit.span == (0, len(reading.words) - 1) for hit in unguarded(reading, ANSWERS, section))


def number_in(reading: Reading, other: Collection[int] = ()) -> Found | None:
    """A number such as `13`, `press 1`, `1 2` or `fifty two`; of two numbers that together are no code, the first.
    `for` is not a number beside other words, and `10 out of 10` is only a measure. `other`: the indexes of words that
    mean something else, as in `that one`."""
    digits = digits_in(reading, other)
    if not digits:
        return None
    *tens, last = digits
    joined = "".join(digit.rstrip("0") or "0" for digit in tens) + last
    codes = reading.listening.codes
    position = codes.get(joined) or codes.get(digits[0])
    if position:
        return position, ()
    fewer = (joined[:size] for size in range(len(joined) - 1, 0, -1) if not joined[size:].strip(GO_ON))
    if last_part := next((codes[keys] for keys in fewer if keys in codes), None):
        return Ask((last_part,)), ()
    return None if reading.of(LACKS) else (Unclear(), ())


def digits_in(reading: Reading, other: Collection[int] = ()) -> list[str]:
    """The numbers of a text that says nothing else."""
    listening = reading.listening
    polite = covered(reading, POLITE)
    digits: list[str] = []
    in_words = len(reading.words) > 1 and not all(word in listening.numbers for word in reading.words)
    for here, word in enumerate(reading.words):
        number = word.replace(".", "") if word.replace(".", "").isdecimal() else listening.numbers.get(word)
        is_small = in_words and here in polite and word in listening.sound_alikes
        if number is not None and here not in other and not is_small:
            digits.append(number)
        elif here not in polite and here not in other:
            return []
    return digits


def ordinal_in(reading: Reading) -> int | None:
    """Which item of a list is meant by `the second one`, if nothing else is said. The words for a number after its
    first one are ordinals."""
    listening, polite = reading.listening, covered(reading, POLITE)
    ordinals = [word for word in reading.words if word in listening.sound_alikes]
    others = (word for here, word in enumerate(reading.words) if here not in polite and word not in ordinals)
    if len(ordinals) != 1 or any(listening.numbers.get(word) != "1" for word in others):
        return None
    return int(listening.numbers[ordinals[0]])


def _move(reading: Reading) -> Found | None:
    hits = unguarded(reading, MOVES)
    if not hits:
        return None
    hit = max(hits, key=lambda hit: (hit.rule.whole, hit.span[1] - hit.span[0]))
    return (Position(HOME) if hit.rule.section == "menu" else Move(hit.rule.section)), [hit]


READINGS: Readings = {
    "carrier word": _carrier_word,
    "danger": _danger,
    "automatic": _automatic,
    "wish": _wish,
    "answer": _answer,
    "number": number_in,
    "move": _move,
    "lacks": lacks,
    "topic": topic,
    "clues": clues,
    "unasked": _unasked,
}
"""In the order of harm."""
