"""Recorded segments: `audio/goals-1.mp3` in a language's folder is played in place of what a voice would say.

Measured here: whether a carrier plays the file, and how long it lasts.
"""

from __future__ import annotations

import hashlib
import io
import re
import struct
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from tinytag import TinyTag, TinyTagException

from ivr.library.document import path_of
from ivr.library.library import NAME, PositionAtPace
from ivr.model import Pace, Position, Recording

FOLDER = "audio"
NAMED = re.compile(rf"(?P<topic>{NAME})-(?P<part>[1-9]\d{{0,2}})(?:\.(?P<pace>{Pace.SLOW}|{Pace.FAST}))?\.(?:mp3|wav)")
MP3 = re.compile(rb"ID3|\xff[\xe2\xe3\xf2\xf3\xfa\xfb]", re.DOTALL)
"""How a file begins that holds MPEG layer III, with tags before it or without."""
PCM, MU_LAW = (1, 16), (7, 8)
"""Kinds of WAV that every carrier plays: the format's number, and bits of a sample."""
EXTENSIBLE = 0xFFFE


@dataclass(frozen=True, slots=True)
class Audio:
    """A file in an audio folder. `path` as it is named to the writer; `seconds`: None if no carrier can play it."""

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
    """Those that have a position and can be played."""
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
    return (measure(data) or None) if measure else None


def _mp3_seconds(data: bytes) -> float | None:
    if not MP3.match(data):
        return None
    try:
        return TinyTag.get(file_obj=io.BytesIO(data), tags=False).duration
    except TinyTagException:
        return None


def _wav_seconds(data: bytes) -> float | None:
    """Python's own reader knows no mu-law, which is what telephones speak."""
    if data[:4] != b"RIFF" or data[8:12] != b"WAVE":
        return None
    chunks = _chunks(data)
    about, sound = chunks.get(b"fmt ", b""), chunks.get(b"data", b"")
    if len(about) < 16:
        return None
    kind, _, _, rate, _, bits = struct.unpack_from("<HHIIHH", about)
    if kind == EXTENSIBLE and len(about) >= 26:
        (kind,) = struct.unpack_from("<H", about, 24)
    return len(sound) / rate if (kind, bits) in (PCM, MU_LAW) and rate else None


def _chunks(data: bytes) -> dict[bytes, bytes]:
    chunks: dict[bytes, bytes] = {}
    at = 12
    while at + 8 <= len(data):
        name, size = struct.unpack_from("<4sI", data, at)
        chunks.setdefault(name, data[at + 8 : at + 8 + size])
        at += 8 + size + size % 2
    return chunks
