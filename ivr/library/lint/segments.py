"""Segments: short, plain, sayable, and small enough for a text. Medical words in them: `medical.py`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from statistics import mean

from ivr.library.document import Document, Words
from ivr.library.library import SLOT
from ivr.library.limits import (
    BETWEEN_SENTENCES,
    LONGEST_SEGMENT,
    LONGEST_SENTENCE,
    LONGEST_WARNING,
    MEAN_SENTENCE,
    MOST_WORDS,
    MOST_WORDS_OF_WARNING,
    SEEN_WHEN_LOCKED,
)
from ivr.library.lint.menus import KEY_LAST
from ivr.library.lint.spoken import unspeakable
from ivr.library.lint.texts import gsm_only, within_fragments
from ivr.library.measures import RATES, sentences, speaking_seconds, words
from ivr.library.naming import named_texts
from ivr.library.reading import HEAVIEST_LOAD, MEAN_LOAD, Formula, formula_of
from ivr.library.rules.shelf import Shelf, at, header_line
from ivr.library.rules.slots import NONE, SPOKEN, TEXTED, check_slots
from ivr.library.sent_text import NEXT_TEXT, as_sent
from ivr.model import Pace, Position, Problem, Segment

ONE_TEXT = "a segment is one text, or two where it holds warning signs that facts.md allows to be longer"


def check_segments(shelf: Shelf) -> Iterator[Problem]:
    for topic in shelf.library.topics.values():
        document = shelf.document("topics", topic.name)
        offer = KEY_LAST.match(topic.offer)
        if offer is None or offer["key"] != "1":
            yield at(document, header_line(document, "offer"), "B3", "end the offer with its key: `..., press 1.`")
        for name in ("title", "offer"):
            yield from unspeakable(shelf, document, document.header[name].words)
            yield from check_slots(document, document.header[name].words, NONE)
        if asked_as := document.header.get("asked-as"):
            for words in asked_as.under.values():
                yield from check_slots(document, words, NONE)
        written = zip(topic.segments, document.sections["voice"], document.sections["text"], strict=True)
        for part, (segment, voice, text) in enumerate(written, start=1):
            yield from _length(shelf, document, segment, voice)
            if formula := formula_of(shelf.library.language):
                yield from _ease(shelf, formula, document, segment, voice, text)
            yield from unspeakable(shelf, document, voice)
            yield from check_slots(document, voice, SPOKEN)
            yield from check_slots(document, text, TEXTED)
            yield from _fits(shelf, document, Position(topic.name, part), segment, text)


def may_be_longer(shelf: Shelf, segment: Segment) -> bool:
    return not shelf.content.longer.isdisjoint(segment.facts)


def longest(shelf: Shelf, segment: Segment) -> float:
    """The most seconds that the segment may take."""
    return LONGEST_WARNING if may_be_longer(shelf, segment) else LONGEST_SEGMENT


def most_words(shelf: Shelf, segment: Segment) -> int:
    return MOST_WORDS_OF_WARNING if may_be_longer(shelf, segment) else MOST_WORDS


def spoken_seconds(said: str, rate: int = RATES[Pace.NORMAL]) -> float:
    """Seconds, including the pauses between sentences, which are the same at every pace. `rate`: in percent."""
    return speaking_seconds(said) * 100 / rate + BETWEEN_SENTENCES * (len(sentences(said)) - 1)


def _length(shelf: Shelf, document: Document, segment: Segment, voice: Words) -> Iterator[Problem]:
    most, limit = most_words(shelf, segment), longest(shelf, segment)
    said = SLOT.sub("", segment.voice)
    spoken = sentences(said)
    length = spoken_seconds(said)
    if len(words(said)) > most:
        yield at(document, voice.line, "E1", f"shorten this to {most} words; it has {len(words(said))}")
    if length > limit:
        yield at(document, voice.line, "E1", f"shorten this: it takes {length:.0f} s, {limit:.0f} s at most")
    for sentence in spoken:
        if len(words(sentence)) > LONGEST_SENTENCE:
            remedy = (
                f"make two sentences of `{_start(sentence)}`: {len(words(sentence))} words, {LONGEST_SENTENCE} at most"
            )
            yield at(document, voice.line, "E4", remedy)
    average = mean(len(words(sentence)) for sentence in spoken)
    if average > MEAN_SENTENCE:
        remedy = f"use shorter sentences here: {average:.1f} words on average, {MEAN_SENTENCE} at most"
        yield at(document, voice.line, "E4", remedy)


def _start(sentence: str) -> str:
    return " ".join(words(sentence)[:4]) + " ..."


def _ease(
    shelf: Shelf, formula: Formula, document: Document, segment: Segment, voice: Words, text: Words
) -> Iterator[Problem]:
    """E3, and the part of E4 about syllables."""
    for passage, where in ((segment.voice, voice), (segment.texted, text)):
        if remedy := formula.measure(passage, shelf.explanations()).remedy:
            yield at(document, where.line, "E3", remedy)
    if formula.load is None:
        return
    loads = [(sentence, formula.load(sentence)) for sentence in sentences(SLOT.sub("", segment.voice))]
    for sentence in (sentence for sentence, load in loads if load > HEAVIEST_LOAD):
        yield at(document, voice.line, "E4", f"use shorter words in `{_start(sentence)}`")
    if mean(load for _, load in loads) > MEAN_LOAD:
        yield at(document, voice.line, "E4", "use shorter words here: this is hard to take in by ear")


def _fits(shelf: Shelf, document: Document, position: Position, segment: Segment, text: Words) -> Iterator[Problem]:
    language = shelf.library.language
    answer, *more = (as_sent(language, whole) for whole in named_texts(shelf.library, position, segment))
    yield from gsm_only(document, text.line, answer)
    yield from within_fragments(document, text.line, answer, "with its first line")
    for follow_up in more:
        yield from gsm_only(document, text.line, follow_up)
        yield from within_fragments(document, text.line, follow_up, f"after `{NEXT_TEXT}`")
        if NEXT_TEXT in follow_up or not may_be_longer(shelf, segment):
            yield at(document, text.line, "G1", f"remove `{NEXT_TEXT}`: {ONE_TEXT}")
    shown = answer[:SEEN_WHEN_LOCKED].upper()
    for word in shelf.library.words.get("discreet", ()):
        if re.search(rf"\b{re.escape(as_sent(language, word.upper()))}", shown):
            yield at(document, text.line, "G5", f"begin with other words: `{word}` would show on a locked screen")
