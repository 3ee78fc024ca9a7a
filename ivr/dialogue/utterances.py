"""Words as utterances: what is spoken, how long the pause after it is, and what is said slowly."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from ivr.library.library import Library, fill
from ivr.library.limits import BETWEEN_CHOICES, BETWEEN_SENTENCES
from ivr.library.measures import TIME_FOR_A_PEN, sentences
from ivr.model import Pace, Position, Utterance

PEN_SLOT = "{pen}"
PEN = re.compile(rf"({re.escape(PEN_SLOT)})")
"""The slot that marks where the line waits for the caller to get a pen."""
PHONE_NUMBER = re.compile(r"\b\d(?: \d)*(?:, \d(?: \d)*)+\b")
"""A phone number in the form that `library.phone_number` speaks it."""


def utterances_of(
    language: str, paragraphs: Iterable[str], pause: float = BETWEEN_CHOICES, **slots: str
) -> list[Utterance]:
    """`language`: its tag. `pause`: seconds after each paragraph."""
    return [*_kept(language, tuple(paragraphs), pause, tuple(slots.items()))]


@lru_cache(maxsize=1024)
def _kept(
    language: str, paragraphs: tuple[str, ...], pause: float, slots: tuple[tuple[str, str], ...]
) -> tuple[Utterance, ...]:
    """A turn says three or four of a few hundred such things, all from content: made anew they are a third of a turn
    that is not kept ready (web/ready.py)."""
    pieces = (piece for words in paragraphs for piece in _pieces(words, dict(slots)))
    return tuple(_utterance(piece, pause, language) for piece in pieces)


def _pieces(words: str, slots: Mapping[str, str]) -> list[str]:
    if "{" not in words:
        return [words] if words else []
    return [piece.strip() for piece in PEN.split(fill(words, slots)) if piece.strip()]


def _utterance(words: str, pause: float, language: str) -> Utterance:
    if words == PEN_SLOT:
        return Utterance("", TIME_FOR_A_PEN, language)
    return Utterance(words, pause, language, slowly=PHONE_NUMBER.search(words) is not None)


def segment_spoken(library: Library, position: Position) -> list[Utterance]:
    """A segment's own words, without what names it and what is offered after it."""
    voice = library.topics[position.name].segments[position.part - 1].voice
    return utterances_of(library.language.tag, _sentences(voice), BETWEEN_SENTENCES)


@lru_cache(maxsize=1024)
def _sentences(voice: str) -> tuple[str, ...]:
    return tuple(sentences(voice))


def segment_heard(library: Library, position: Position, pace: Pace) -> list[Utterance]:
    """The segment's own words as they are heard at this pace: one recording if there is one for the pace, otherwise
    speech."""
    utterances, recording = segment_spoken(library, position), library.recordings.get((position, pace))
    if recording is None:
        return utterances
    last, words = utterances[-1], " ".join(utterance.words for utterance in utterances)
    return [Utterance(words, last.pause, last.language, recording=recording.name)]
