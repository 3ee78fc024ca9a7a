"""What a person meant: `understand` tries the readings below in the order of harm. Pure.

A carrier's own word, danger and despair, what no person wrote, wishes about texts, answers to what was asked, numbers,
moves, what the line lacks, topics. The likeness to other texts may then turn an answer into a question (`asking`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ivr.listening.asking import ALARMING, Ranked, alarm, heard_too, is_dismissed
from ivr.listening.meaning import Ask, CarrierWord, Danger, Evidence, Meaning, NoRequest, Unasked, Unclear, Understood
from ivr.listening.normalise import split_words
from ivr.listening.reading import (
    Found,
    Hit,
    Reading,
    besides,
    clues_of,
    covered,
    evidence,
    hints_at,
    hits_in,
    is_said_plainly,
    is_whole,
    unguarded,
    with_spelling_mended,
)
from ivr.listening.readings import READINGS, Readings, danger_of, number_in, ordinal_in
from ivr.listening.rules import DANGER, DESPAIR, NAMED, POLITE, TEXTS, TOPICS, Listening
from ivr.listening.topics import weighed_of
from ivr.model import Goal, Move, Position

SHORTEST_LIKE = 3
"""Fewest words of a text that is compared with other texts."""
PLAINLY_SAID = frozenset({"spoken", "key", "choice", "yes or no"})
"""Readings that take a whole utterance as a command, so no comparison with other texts is needed."""
LETTER, AROUND, MOST_STRETCHES = 30, 12, 3
"""LETTER: a text of at least so many words is a letter, of which a sign of danger may be a very small part. So the
likeness to danger is also measured around a sign: on AROUND words on each side of it, for at most MOST_STRETCHES
signs."""
PLAIN, BEFORE = 0.9, 3
"""PLAIN: probability of danger from which the words of a sign tell of danger by themselves, together with the BEFORE
words in front of it."""
MOST_LIKELY = 3
"""Most labels of the likeness that are reported."""


NOT_UNDERSTOOD: tuple[str, Found] = "", (Unclear(), ())


def understand(
    listening: Listening, written: str, pending: tuple[Goal, ...] = (), readings: Readings = READINGS
) -> Understood:
    """`pending`: what the person was asked about last, if that was within the hour."""
    reading = _reading(listening, written, pending)
    if reading is None:
        return Understood(Unclear())
    decided = ((name, found) for name, read in readings.items() if (found := read(reading)) is not None)
    by, (found_first, hits) = next(decided, NOT_UNDERSTOOD)
    meaning, likely = found_first, Ranked()
    if by not in PLAINLY_SAID and _may_be_asked(reading, meaning):
        likely = _likely(reading, hits if isinstance(meaning, Danger) else ())
    if is_dismissed(listening, meaning, likely) and not _is_alarming_alone(reading, reading.dangers, ALARMING):
        instead = next(decided, NOT_UNDERSTOOD)
        if not isinstance(instead[1][0], NoRequest):
            by, (meaning, hits) = instead
    heard, speaking = _heard_too(reading, meaning, hits, likely)
    if likely and by == "danger" and not _tells_of_danger(listening, heard):
        doubtful = [hit for hit in hits if hit.rule.file in listening.kinds]
        if _is_alarming_alone(reading, doubtful, PLAIN, BEFORE):
            heard, speaking = meaning, hits
    why = _evidence_of(reading, speaking)
    unaided = None if heard == found_first else found_first
    return Understood(heard, reading.words, why, besides(reading), tuple(likely[:MOST_LIKELY]), unaided, by)


def which_of_list(listening: Listening, written: str) -> int | None:
    """The number of the list item that the text names, counted from 1; None if it says anything else besides."""
    reading = _reading(listening, written, ())
    return ordinal_in(reading) if reading else None


def everything_found(
    listening: Listening, written: str, pending: tuple[Goal, ...] = ()
) -> Iterator[tuple[Meaning, tuple[Evidence, ...]]]:
    """What each reading makes of a text, in the order of harm, as if those before it had found nothing; then each other
    kind of danger, and each topic that is named."""
    reading = _reading(listening, written, pending)
    if reading is None:
        return
    found = [found for read in READINGS.values() if (found := read(reading)) is not None]
    found += [danger_of(reading, file) for file in dict.fromkeys(hit.rule.file for hit in reading.dangers)]
    found += [(listening.goals[name], hits) for name, _, hits in weighed_of(unguarded(reading, TOPICS))]
    yield from ((meaning, _evidence_of(reading, hits)) for meaning, hits in found)


def _reading(listening: Listening, written: str, pending: tuple[Goal, ...]) -> Reading | None:
    """None for a text without words."""
    text = with_spelling_mended(listening, split_words(written))
    if not text.words:
        return None
    reading = Reading(listening, written, text.words, listening.symbols.ground(text), pending)
    reading.hits = hits_in(reading)
    return reading


def _likely(reading: Reading, signs: Sequence[Hit]) -> Ranked:
    """What the text resembles. For a letter with signs of danger: what the words around a sign resemble, if that is
    closer to danger than the whole letter is."""
    last = len(reading.words) - 1
    stretches = [(0, last)]
    if last >= LETTER:
        stretches += [(hit.span[0] - AROUND, hit.span[1] + AROUND) for hit in signs[-MOST_STRETCHES:]]
    return max((_like(reading, max(start, 0), min(end, last)) for start, end in stretches), key=alarm)


def _is_alarming_alone(reading: Reading, signs: Sequence[Hit], least: float, before: int = 0) -> bool:
    """Whether the words of any of these signs resemble danger by themselves, with at least this probability, whatever
    else the text says: small talk hides no sign. `before`: how many words in front of a sign count with it."""
    spans = ((max(start - before, 0), end) for start, end in (hit.span for hit in signs))
    return any(alarm(_like(reading, *span)) >= least for span in spans)


def _tells_of_danger(listening: Listening, meaning: Meaning) -> bool:
    """Whether the meaning is danger, or a question that names it."""
    goals = meaning.goals if isinstance(meaning, Ask) else ()
    return isinstance(meaning, Danger) or any(goal in listening.kinds.values() for goal in goals)


def _like(reading: Reading, start: int, end: int) -> Ranked:
    classes = [
        symbol
        for symbol in reading.ground.classes
        if any(start <= begin and stop <= end for begin, stop in reading.ground.places[symbol])
    ]
    return reading.listening.likeness.ranked(reading.words[start : end + 1], classes)


def _is_all_said(reading: Reading, sign: Hit) -> bool:
    """Whether the text is nothing but this sign, and small words beside it: "his fingernails are blue"."""
    start, end = sign.span
    polite, small = covered(reading, POLITE), reading.listening.grammar
    others = [here for here in range(len(reading.words)) if not start <= here <= end and here not in polite]
    return all(reading.words[here] in small for here in others)


def _evidence_of(reading: Reading, hits: Sequence[Hit]) -> tuple[Evidence, ...]:
    return tuple(evidence(reading, hit, reading.doubts.get(hit)) for hit in hits)


def _heard_too(reading: Reading, meaning: Meaning, hits: Sequence[Hit], likely: Ranked) -> Found:
    """What the likeness to other texts makes of this meaning, and what speaks for the result."""
    sure = {hit.rule.file: hit for hit in reading.dangers}

    def clues(name: str) -> list[Hit]:
        if name == TEXTS:
            return [hit for hit in clues_of(reading, TEXTS) if hit.rule.section == "stop"]
        if name == NAMED:
            is_guarded = any(hit.rule.file == TEXTS for hit in reading.besides)
            return [hit for hit in clues_of(reading, TEXTS) if hit.rule.section == NAMED and not is_guarded]
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
        case Move("stop"):
            return heard, clues(TEXTS) or clues(NAMED)
    return heard, hits


def _may_be_asked(reading: Reading, meaning: Meaning) -> bool:
    """Whether the text is long enough to be compared with others, and is not a plain word, a number or an answer."""
    if isinstance(meaning, CarrierWord | NoRequest | Unasked) or reading.pending or len(reading.words) < SHORTEST_LIKE:
        return False
    if isinstance(meaning, Position) and any(is_whole(reading, hit.span, POLITE) for hit in reading.of(TOPICS)):
        return False
    is_one_kind = len({hit.rule.file for hit in reading.dangers}) == 1
    if is_said_plainly(reading) or (is_one_kind and any(_is_all_said(reading, hit) for hit in reading.dangers)):
        return False
    wishes = (hit for section in ("stop", "wrong number", "in doubt") for hit in reading.of(TEXTS, section))
    plain = (*reading.of(TOPICS), *(hit for hit in wishes if hit not in reading.besides), *reading.dangers)
    if any(hit.rule.whole for hit in plain) or (isinstance(meaning, Position) and number_in(reading)):
        return False
    return meaning not in (Move("forget"), Move("start"))
