"""Recorded segments: `audio/goals-1.mp3` in a language's folder is played in place of what a voice would say.

Measured here: whether a carrier plays the file, and how long it lasts.
"""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from tinytag import TinyTag, TinyTagException

from ivr.library.document import path_of
from ivr.library.library import NAME, PositionAtPace
from ivr.model import Pace, Position, Recording

FOLDER = "audio"
PACES = "|".join(pace for pace in Pace if pace is not Pace.NORMAL)
NAMED = re.compile(rf"(?P<topic>{NAME})-(?P<part>[1-9]\d{{0,2}})(?:\.(?P<pace>{PACES}))?\.(?:mp3|wav)")
MP3 = re.compile(rb"ID3|\xff[\xe2\xe3\xf2\xf3\xfa\xfb]", re.DOTALL)
"""First bytes of an MP3 file, with or without tags at the front."""
PCM, MU_LAW = ("1", 16), ("7", 8)
"""Kinds of WAV that every carrier plays: format number and bits per sample."""
PCM_TAG = b"\x01\x00"


@dataclass(frozen=True, slots=True)
class Audio:
    """A file in an audio folder. `path`: as shown to the writer; `seconds`: None if no carrier can play it."""

    path: str
    file: Path
    position: Position | None
    pace: Pace
    version: str
    seconds: float | None


def audio_in(files: Iterable[Path], root: Path) -> dict[str, tuple[Audio, ...]]:
    """The audio files of each language by its tag, in the order of their names."""
    found: dict[str, tuple[Audio, ...]] = {}
    for file in files:
        inside = file.relative_to(root).parts
        if len(inside) > 2 and inside[1] == FOLDER and file.suffix != ".md":
            found[inside[0]] = (*found.get(inside[0], ()), _audio(file, root))
    return found


def recordings_of(tag: str, found: Iterable[Audio]) -> Mapping[PositionAtPace, Recording]:
    """The files that belong to a position and can be played."""
    return {
        (audio.position, audio.pace): Recording(
            f"{tag}/{audio.file.stem}.{audio.version}{audio.file.suffix}", str(audio.file), audio.seconds
        )
        for audio in found
        if audio.position is not None and audio.seconds is not None
    }


def _audio(file: Path, root: Path) -> Audio:
    try:
        data = file.read_bytes()
    except OSError:
        data = b""
    match = NAMED.fullmatch("/".join(file.relative_to(root).parts[2:]))
    position = Position(match["topic"], int(match["part"])) if match else None
    pace = Pace(match["pace"]) if match and match["pace"] else Pace.NORMAL
    version = hashlib.sha256(data).hexdigest()[:12]
    return Audio(path_of(file, root), file, position, pace, version, _seconds(data, file.suffix))


def _seconds(data: bytes, suffix: str) -> float | None:
    measure = {".mp3": _mp3_seconds, ".wav": _wav_seconds}.get(suffix)
    try:
        return (measure(data) or None) if measure else None
    except TinyTagException:
        return None


def _mp3_seconds(data: bytes) -> float | None:
    return _tag(data).duration if MP3.match(data) else None


def _wav_seconds(data: bytes) -> float | None:
    """Mu-law is measured as 8-bit PCM, which has the same number of samples: for mu-law, tinytag needs a chunk that
    many programs leave out. A program that writes to a pipe does not know the length: then the file's size counts."""
    if not data.startswith(b"RIFF"):
        return None
    kind = _kind(_tag(data))
    if kind == MU_LAW:
        at = data.index(b"fmt ") + len(b"fmt ....")
        data = data[:at] + PCM_TAG + data[at + len(PCM_TAG) :]
    elif kind != PCM:
        return None
    tag = _tag(data)
    return min(tag.duration, len(data) * 8 / (tag.bitrate * 1000)) if tag.duration and tag.bitrate else None


def _kind(tag: TinyTag) -> tuple[str, int]:
    return (tag.mime_type or "").partition("codecs=")[2].strip('"'), tag.bitdepth or 0


def _tag(data: bytes) -> TinyTag:
    return TinyTag.get(file_obj=io.BytesIO(data), tags=False)
