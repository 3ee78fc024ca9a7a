"""What a person meant: `understand` tries the readings below in the order of harm. Pure.

A carrier's own word, danger and despair, what no person wrote, wishes about texts, answers to what was asked, numbers,
moves, what the line lacks, topics. The likeness to other texts may then turn an answer into a question (`asking`).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

from ivr.library.carrier_words import ANSWERED_BY_CARRIER, HELP, START, STOP
from ivr.library.library import HOME
from ivr.listening.asking import Ranked, heard_too
from ivr.listening.classes import is_class
from ivr.listening.meaning import (
    Ask,
    CarrierWord,
    Danger,
    Evidence,
    Lacks,
    Meaning,
    NoRequest,
    StopInDoubt,
    Unclear,
    Understood,
)
from ivr.listening.normalise import text_of
from ivr.listening.reading import (
    Hit,
    Reading,
    besides,
    clues_of,
    covered,
    evidence,
    guarded,
    hints_at,
    hits_in,
    spelled,
    unguarded,
    unguarded_clues,
)
from ivr.listening.rules import (
    ANSWERS,
    AUTOMATIC,
    DANGER,
    DESPAIR,
    LACKS,
    MOVES,
    POLITE,
    TEXTS,
    TOPICS,
    Listening,
)
from ivr.model import Goal, Move, Position

FAMILIES = {"stop": STOP, "start": START, "help": HELP}
STRONG, PART, WEAK = 1.0, 0.3, 0.5
"""What a pattern of a topic, each of its words after the first, and a mere hint weigh."""
CLEAR = 0.9
"""How much more than any other a topic has to weigh to be the answer."""
MOST_CHOICES = 2
ENOUGH_CLUES = 2
"""Clues of one kind, at different places, about which a language without a model of words asks."""
SHORTEST_LIKE = 2
"""Words from which a text may be like others."""
MOST_LIKELY = 3
"""Labels of the likeness that are told."""


Found = tuple[Meaning, Sequence[Hit]]
"""What a reading makes of a text, and what speaks for it."""
NOT_UNDERSTOOD: tuple[str, Found] = "", (Unclear(), ())


def understand(listening: Listening, written: str, pending: tuple[Goal, ...] = ()) -> Understood:
    """`pending`: what the person was asked about last, if that was within the hour."""
    reading = _reading(listening, written, pending)
    if reading is None:
        return Understood(Unclear())
    decided = ((name, found) for name, read in READINGS.items() if (found := read(reading)) is not None)
    by, (meaning, hits) = next(decided, NOT_UNDERSTOOD)
    likely: Ranked = []
    if _may_be_asked(reading, meaning):
        likely = listening.likeness.ranked(reading.words, filter(is_class, reading.ground.places))
    heard, speaking = _heard_too(reading, meaning, hits, likely)
    why = _evidence_of(reading, speaking)
    unaided = None if heard == meaning else meaning
    return Understood(heard, reading.words, why, besides(reading), tuple(likely[:MOST_LIKELY]), unaided, by)


def everything_found(
    listening: Listening, written: str, pending: tuple[Goal, ...] = ()
) -> Iterator[tuple[Meaning, tuple[Evidence, ...]]]:
    """What each reading makes of a text, in the order of harm, as if those before it had found nothing; then each other
    kind of danger, and each topic that is named."""
    reading = _reading(listening, written, pending)
    if reading is None:
        return
    found = [found for read in READINGS.values() if (found := read(reading)) is not None]
    found += [_danger_of(reading, file) for file in dict.fromkeys(hit.rule.file for hit in reading.dangers)]
    found += [(listening.goals[name], hits) for name, _, hits in _weighed(unguarded(reading, TOPICS))]
    yield from ((meaning, _evidence_of(reading, hits)) for meaning, hits in found)


def _reading(listening: Listening, written: str, pending: tuple[Goal, ...]) -> Reading | None:
    """None of a text without words."""
    text = spelled(listening, text_of(written))
    if not text.words:
        return None
    reading = Reading(listening, written, text.words, listening.symbols.ground(text), pending)
    reading.hits = hits_in(reading)
    return reading


def _evidence_of(reading: Reading, hits: Sequence[Hit]) -> tuple[Evidence, ...]:
    return tuple(evidence(reading, hit, reading.doubts.get(hit)) for hit in hits)


def _heard_too(reading: Reading, meaning: Meaning, hits: Sequence[Hit], likely: Ranked) -> Found:
    """What other texts that this one is like make of it, and what speaks for that."""
    sure = {hit.rule.file: hit for hit in reading.dangers}

    def clues(name: str) -> list[Hit]:
        return clues_of(reading, name) or hints_at(reading, name)

    heard = heard_too(reading.listening, meaning, sure, likely, lambda name: bool(clues(name)))
    if heard == meaning:
        return meaning, hits
    match heard:
        case Danger(kind):
            file = kind if kind == DESPAIR else DANGER + kind
            return heard, [hit for hit in reading.dangers if hit.rule.file == file] or clues(file)
        case Position(name):
            return heard, clues(name)
    return heard, hits


def _may_be_asked(reading: Reading, meaning: Meaning) -> bool:
    """Whether a text is long enough to be like others, and no plain word, number or answer."""
    if isinstance(meaning, CarrierWord | NoRequest) or reading.pending or len(reading.words) < SHORTEST_LIKE:
        return False
    if any(hit.rule.whole for hit in reading.of(TOPICS)) or (isinstance(meaning, Position) and _number(reading)):
        return False
    return meaning not in (Move("forget"), Move("start"))


# --- danger and despair --------------------------------------------------------------------------------------


def _danger(reading: Reading) -> Found | None:
    """The most urgent kind of which there is a sign; else a question."""
    doubt: Found | None = None
    for file, at in reading.listening.kinds.items():
        sure, doubtful = guarded(reading, file, reading.of(file))
        reading.dangers += sure
        if doubtful and doubt is None:
            doubt = Ask((at,)), doubtful
    if reading.dangers:
        return _danger_of(reading, reading.dangers[0].rule.file)
    return _asked_with_topic(reading, doubt)


def _danger_of(reading: Reading, file: str) -> Found:
    listening = reading.listening
    at = listening.dangers.get(file) or listening.despair or Position(HOME)
    return Danger(file.removeprefix(DANGER), at), [hit for hit in reading.dangers if hit.rule.file == file]


def _asked_with_topic(reading: Reading, doubt: Found | None) -> Found | None:
    """Danger that is in doubt is asked about, together with the topic that the text may be about instead."""
    if doubt is None:
        return None
    ask, hits = doubt
    other = next((found for read in (_lacks, _topic) if (found := read(reading)) is not None), None)
    if not other or not isinstance(ask, Ask) or not isinstance(other[0], Position | Ask):
        return doubt
    goals = other[0].goals if isinstance(other[0], Ask) else other[:1]
    asked = tuple(dict.fromkeys((*ask.goals, *goals)))[:MOST_CHOICES]
    return (Ask(asked), [*hits, *other[1]]) if asked != ask.goals else doubt


# --- wishes about texts, answers, moves ----------------------------------------------------------------------


def _carrier_word(reading: Reading) -> Found | None:
    """A word that the carrier answers is its own only as it reads it: `Help!` is not, so nobody else would answer. To
    get texts again is never refused over a mark."""
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


def _wish(reading: Reading) -> Found | None:
    sure, _ = guarded(reading, TEXTS, reading.of(TEXTS))
    for section, meaning in (("stop", Move("stop")), ("start", Move("start")), ("in doubt", StopInDoubt())):
        hits = [hit for hit in sure if hit.rule.section == section]
        if hits:
            return meaning, hits
    return None


def _answer(reading: Reading) -> Found | None:
    """To what was asked last."""
    pending, yes, no = reading.pending, unguarded(reading, ANSWERS, "yes"), unguarded(reading, ANSWERS, "no")
    if not pending:
        return None
    for section, choice in (("second", 1), ("first", 0)):
        hits = unguarded(reading, ANSWERS, section)
        if hits and choice < len(pending) > 1:
            return pending[choice], hits
    number = _number(reading, {here for hit in yes for here in range(hit.span[0], hit.span[1] + 1)})
    if number and isinstance(number[0], Position):
        return number
    topic = None if _is_only(reading, "yes") else _topic(reading)
    of_these = _offered(pending, topic[0]) if topic else None
    if topic and not (no and of_these):
        return of_these or topic[0], topic[1]
    if no:
        return Position(HOME), no
    return (pending[0], yes) if yes else None


def _offered(pending: tuple[Goal, ...], meaning: Meaning) -> Goal | None:
    """The one thing of those on offer that somebody names, be it by its topic, but not by another part of it."""
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


def _number(reading: Reading, other: Collection[int] = ()) -> Found | None:
    """`13`, `press 1`, `1 2`, `fifty two`; of two numbers that are no code together, the first. `for` is no number
    beside other words. `other`: the places of words that mean something else: `that one`."""
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
            return None
    if not digits:
        return None
    *tens, last = digits
    joined = "".join(digit.rstrip("0") or "0" for digit in tens) + last
    position = listening.codes.get(joined) or listening.codes.get(digits[0])
    return (position, ()) if position else (Unclear(), ())


def _move(reading: Reading) -> Found | None:
    hits = unguarded(reading, MOVES)
    if not hits:
        return None
    hit = max(hits, key=lambda hit: (hit.rule.whole, hit.span[1] - hit.span[0]))
    return (Position(HOME) if hit.rule.section == "menu" else Move(hit.rule.section)), [hit]


# --- what the line has, and has not --------------------------------------------------------------------------


def _lacks(reading: Reading) -> Found | None:
    hits = unguarded(reading, LACKS)
    if not hits:
        return None
    subjects = reading.listening.subjects
    hit = max(hits, key=lambda hit: (subjects[hit.rule.section].person_only, hit.span[1] - hit.span[0]))
    subject = subjects[hit.rule.section]
    return Lacks(subject.name, subject.offer, subject.person_only), [hit]


def _topic(reading: Reading) -> Found | None:
    """The topic that is named and nothing else; else the one that most speaks for, and where others speak nearly as
    loud, two to choose from."""
    hits_here = unguarded(reading, TOPICS)
    named = [hit for hit in hits_here if hit.rule.whole and not hit.rule.weak]
    weighed = _weighed(named or hits_here)
    if not weighed:
        return None
    goals = reading.listening.goals
    (first, weight, hits), *others = weighed
    near = [other for other in others if other[1] > weight - CLEAR and goals[other[0]].name != goals[first].name]
    if weight >= STRONG and not any(other[1] >= STRONG for other in near):
        return goals[first], hits
    chosen = [(first, weight, hits), *near][:MOST_CHOICES]
    return Ask(tuple(goals[name] for name, _, _ in chosen)), [hit for _, _, found in chosen for hit in found]


def _clues(reading: Reading) -> Found | None:
    """Where nothing else is known, and no model of words to weigh them by: what several clues speak for is asked about,
    the more urgent first."""
    listening = reading.listening
    if listening.has_model:
        return None
    found: list[tuple[Goal, list[Hit]]] = [
        (at, _of_clues(clues_of(reading, file))) for file, at in listening.kinds.items()
    ]
    topics = _of_clues(unguarded_clues(reading, TOPICS))
    found += [(goal, [hit for hit in topics if hit.rule.section == name]) for name, goal in listening.goals.items()]
    best = max(found, key=lambda one: len({hit.span for hit in one[1]}), default=None)
    if best is None or len({hit.span for hit in best[1]}) < ENOUGH_CLUES:
        return None
    return Ask((best[0],)), best[1]


def _of_clues(hits: Iterable[Hit]) -> list[Hit]:
    return [hit for hit in hits if hit.rule.is_clue]


def _weighed(hits: Sequence[Hit]) -> list[tuple[str, float, list[Hit]]]:
    """Segments and menus by weight, of equals the one named first. What stands within a longer finding does not
    count."""
    longest = [hit for hit in hits if not any(_is_within(hit, other) for other in hits)]
    weights: dict[str, float] = {}
    found: dict[str, list[Hit]] = {}
    for hit in {
        (hit.rule.section, hit.span): hit for hit in sorted(longest, key=lambda hit: not hit.rule.weak)
    }.values():
        size = hit.span[1] - hit.span[0]
        weights[hit.rule.section] = weights.get(hit.rule.section, 0.0) + (
            WEAK if hit.rule.weak else STRONG + PART * size
        )
        found.setdefault(hit.rule.section, []).append(hit)
    weighed = [(name, weight, found[name]) for name, weight in weights.items()]
    return sorted(weighed, key=lambda one: (-one[1], min(hit.span for hit in one[2])))


def _is_within(hit: Hit, other: Hit) -> bool:
    (start, end), (begin, last) = hit.span, other.span
    return begin <= start and end <= last and last - begin > end - start and (hit.rule.weak or not other.rule.weak)


READINGS: Mapping[str, Callable[[Reading], Found | None]] = {
    "carrier word": _carrier_word,
    "danger": _danger,
    "automatic": _automatic,
    "wish": _wish,
    "answer": _answer,
    "number": _number,
    "move": _move,
    "lacks": _lacks,
    "topic": _topic,
    "clues": _clues,
}
"""In the order of harm."""
