"""What was heard, as lines to read."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ivr.phone.sounds import Audible, Sound, Speech

_SENTENCE_ENDS = (".", "!", "?", ":")


@dataclass(frozen=True)
class TranscriptLine:
    """`language`: empty for a recording, whose language is not known."""

    text: str
    language: str
    heard: tuple[Speech | Sound, ...]


def as_transcript(heard: Iterable[Audible]) -> Iterator[TranscriptLine]:
    """Speech continues on one line across pauses until its sentence ends or the language changes."""
    open_line: list[Speech] = []
    for item in heard:
        if isinstance(item, Sound) or (isinstance(item, Speech) and _changes(open_line, item)):
            yield from _close(open_line)
        if isinstance(item, Sound):
            yield TranscriptLine(f"[recording: {item.url}]", "", (item,))
        elif isinstance(item, Speech):
            open_line.append(item)
            if item.text.endswith(_SENTENCE_ENDS):
                yield from _close(open_line)
    yield from _close(open_line)


def _changes(open_line: list[Speech], item: Speech) -> bool:
    return bool(open_line) and open_line[-1].language != item.language


def _close(open_line: list[Speech]) -> Iterator[TranscriptLine]:
    if open_line:
        yield TranscriptLine(" ".join(s.text for s in open_line), open_line[0].language, tuple(open_line))
        open_line.clear()
