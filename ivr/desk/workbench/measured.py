"""What is measured of a passage and stands below its box while an author types."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ivr.desk.workbench.meters import Meter, Term, label_meters, terms, text_meters, voice_meters
from ivr.dialogue.utterances import PEN
from ivr.library.lint.parity import NUMBER
from ivr.library.naming import named_texts
from ivr.library.rules.shelf import Shelf
from ivr.library.sent_text import as_sent
from ivr.model import Position, Segment

NUMBER_OR_KEY = re.compile(rf"(?<![\d{{]){NUMBER.pattern}(?![\d}}])")


@dataclass(frozen=True, slots=True)
class Measures:
    """`numbers`: the keys and numbers that the passage names, each with where it leads. `said`: for voice, the words
    with names and numbers filled in; `sent`: for text, as it arrives."""

    meters: tuple[Meter, ...] = ()
    terms: tuple[Term, ...] = ()
    numbers: tuple[tuple[str, str], ...] = ()
    said: str = ""
    sent: str = ""


NOTHING = Measures()


def of_voice(shelf: Shelf, segment: Segment) -> Measures:
    meters = tuple(voice_meters(shelf, segment))
    return Measures(meters, *_named(shelf, segment.voice), said=PEN.sub("", segment.voice))


def of_text(shelf: Shelf, position: Position, segment: Segment) -> Measures:
    meters = tuple(text_meters(shelf, position, segment))
    texts = named_texts(shelf.library, position, segment)
    sent = as_sent(shelf.library.language, "\n\n".join(texts))
    return Measures(meters, *_named(shelf, segment.texted), sent=sent)


def of_choice(sentence: str) -> Measures:
    return Measures(tuple(label_meters(sentence)))


def _named(shelf: Shelf, passage: str) -> tuple[tuple[Term, ...], tuple[tuple[str, str], ...]]:
    return tuple(terms(shelf, passage)), tuple(_numbers(shelf, passage))


def _numbers(shelf: Shelf, passage: str) -> Iterator[tuple[str, str]]:
    library = shelf.library
    places = {code: name for name, code in library.codes.items() if code}
    for number in dict.fromkeys(NUMBER_OR_KEY.findall(passage)):
        if number in places:
            name = places[number]
            yield number, (library.menus.get(name) or library.topics[name]).title
