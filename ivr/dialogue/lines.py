"""Content's words as lines to be spoken: where the pauses are, and what is said slowly."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ivr.library.library import Library, fill
from ivr.library.measures import BETWEEN_CHOICES, BETWEEN_SENTENCES, TIME_FOR_A_PEN, sentences
from ivr.model import Pace, Position, Utterance

PEN = re.compile(r"(\{pen\})")
"""Where the words have this slot, the line waits for the caller to get a pen."""
PHONE_NUMBER = re.compile(r"\b\d(?: \d)*(?:, \d(?: \d)*)+\b")
"""As `library.phone_number` says it."""


def spoken(language: str, paragraphs: Iterable[str], pause: float = BETWEEN_CHOICES, **slots: str) -> list[Utterance]:
    """`language`: its tag. `pause`: seconds after each paragraph."""
    pieces = (piece for words in paragraphs for piece in PEN.split(fill(words, slots)) if piece.strip())
    return [_line(piece.strip(), pause, language) for piece in pieces]


def _line(words: str, pause: float, language: str) -> Utterance:
    if PEN.fullmatch(words):
        return Utterance("", TIME_FOR_A_PEN, language)
    return Utterance(words, pause, language, slowly=PHONE_NUMBER.search(words) is not None)


def segment_lines(library: Library, position: Position) -> list[Utterance]:
    """A segment's own words, without what names it and what is offered after it."""
    voice = library.topics[position.name].segments[position.part - 1].voice
    return spoken(library.language.tag, sentences(voice), BETWEEN_SENTENCES)


def segment_heard(library: Library, position: Position, pace: Pace) -> list[Utterance]:
    """The same as it is heard at a pace: in one piece where it is recorded for that pace, else spoken."""
    lines, recording = segment_lines(library, position), library.recordings.get((position, pace))
    if recording is None:
        return lines
    return [
        Utterance(" ".join(line.words for line in lines), lines[-1].pause, lines[-1].language, recording=recording.name)
    ]
