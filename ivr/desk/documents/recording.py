"""The sheet for a speaker who records the segments: a numbered line for each file."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from ivr.desk.documents.rendering import rendered, rendered_text
from ivr.dialogue.utterances import segment_spoken
from ivr.library.library import SLOT
from ivr.library.load import Content
from ivr.library.measures import speaking_seconds
from ivr.library.rules.shelf import Shelf


@dataclass(frozen=True, slots=True)
class Take:
    """One file to record: its name, what is said in it, and its seconds with pauses."""

    number: int
    file: str
    sentences: tuple[str, ...]
    seconds: float


@dataclass(frozen=True, slots=True)
class Takes:
    tag: str
    language: str
    folder: str
    takes: tuple[Take, ...]

    @property
    def minutes(self) -> float:
        return sum(take.seconds for take in self.takes) / 60


@dataclass(frozen=True, slots=True)
class Sheet:
    version: str
    printed: date | None
    languages: tuple[Takes, ...]


def recording_sheet(content: Content, printed: date | None = None, only: Collection[str] = ()) -> Sheet:
    """`only`: the languages that are printed, all if none is named."""
    tags = [tag for tag in content.libraries if not only or tag in only]
    return Sheet(content.version, printed, tuple(_takes(Shelf(content, tag)) for tag in tags))


def recording_document(sheet: Sheet) -> str:
    return rendered("recording.html", sheet=sheet)


def recording_text(sheet: Sheet) -> str:
    return rendered_text("recording.txt", sheet=sheet)


def _takes(shelf: Shelf) -> Takes:
    takes = tuple(Take(number, *take) for number, take in enumerate(_segments(shelf), start=1))
    return Takes(shelf.tag, shelf.library.language.name, f"{shelf.base}/audio", takes)


def _segments(shelf: Shelf) -> Iterator[tuple[str, tuple[str, ...], float]]:
    """In the order of the menus, without segments that have slots: those cannot be recorded."""
    for position in shelf.library.numbers:
        written = shelf.document("topics", position.name).sections["voice"][position.part - 1]
        if not SLOT.search(written.text):
            lines = segment_spoken(shelf.library, position)
            length = sum(speaking_seconds(line.words) + line.pause for line in lines) - lines[-1].pause
            yield f"{position.name}-{position.part}.mp3", tuple(line.words for line in lines), length
