"""Recorded segments: each one belongs to a segment, can be played, and is no longer than speech may be."""

from __future__ import annotations

from collections.abc import Iterator

from ivr.library.library import SLOT
from ivr.library.lint.segments import longest
from ivr.library.recordings import FOLDER, Audio
from ivr.library.rules.shelf import Shelf
from ivr.model import Pace, Position, Problem

SLOWER = 1.5
"""How much longer a recording for the slow pace may be."""


def check_recordings(shelf: Shelf) -> Iterator[Problem]:
    found = shelf.content.audio.get(shelf.tag, ())
    for audio in found:
        yield from _each(shelf, audio)
    yield from _twice(found)
    yield from _missing(shelf, found)


def _each(shelf: Shelf, audio: Audio) -> Iterator[Problem]:
    segment = shelf.library.segment(audio.position) if audio.position else None
    if audio.position is None or segment is None:
        yield _at(audio, "audio", "rename this file after its topic and part, such as `goals-1.mp3`, or remove it")
    elif is_filled_in(shelf, audio.position):
        yield _at(audio, "audio", "remove this file: the line fills in words here, so its own voice has to say them")
    elif audio.seconds is None:
        yield _at(
            audio, "audio", "save this again as MP3, or as WAV of 16-bit PCM or 8-bit mu-law: no carrier plays it"
        )
    else:
        limit = longest(shelf, segment) * (SLOWER if audio.pace in (Pace.SLOW, Pace.SLOWER) else 1)
        if audio.seconds > limit:
            yield _at(audio, "E1", f"record this shorter: it takes {audio.seconds:.0f} s, {limit:.0f} s at most")


def _twice(found: tuple[Audio, ...]) -> Iterator[Problem]:
    seen: dict[tuple[Position | None, Pace], Audio] = {}
    for audio in found:
        first = seen.setdefault((audio.position, audio.pace), audio)
        if first is not audio and audio.position is not None:
            yield _at(audio, "audio", f"keep either this or `{first.file.name}`: both are the same segment")


def _missing(shelf: Shelf, found: tuple[Audio, ...]) -> Iterator[Problem]:
    """Only where something is recorded: a line without any recordings is complete."""
    recorded = {audio.position for audio in found if audio.pace is Pace.NORMAL}
    for position in shelf.library.numbers if found else ():
        if position not in recorded and not is_filled_in(shelf, position):
            path = f"{shelf.base}/{FOLDER}/{position.name}-{position.part}.mp3"
            yield Problem(path, 1, "audio", "record this segment too: callers hear another voice here", warning=True)


def is_filled_in(shelf: Shelf, position: Position) -> bool:
    """Whether the line puts words of its own into this segment."""
    written = shelf.document("topics", position.name).sections["voice"][position.part - 1]
    return SLOT.search(written.text) is not None


def _at(audio: Audio, code: str, remedy: str) -> Problem:
    return Problem(audio.path, 1, code, remedy)
