"""How long speech really takes: every segment rendered by a speech engine, against the estimate the rules use.

espeak-ng speaks, at the setting that gives the nominal pace of the line's voice; sox brings it to what a telephone
carries: 8 kHz, one channel.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
import wave
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from ivr.dialogue.prompts import segment_spoken
from ivr.library.library import Library
from ivr.library.limits import WORDS_A_MINUTE
from ivr.library.measures import RATES, seconds, words
from ivr.model import Pace, Utterance
from ivr.settings import CannotStart

TELEPHONE_HZ = 8000
PROGRAMS = ("espeak-ng", "sox")


@dataclass(frozen=True, slots=True)
class Timing:
    """Seconds of one segment, the line's own pauses between sentences included."""

    name: str
    words: int
    estimate: float
    audio: float

    @property
    def difference(self) -> float:
        """How much longer the audio is than the estimate, as a part of it."""
        return self.audio / self.estimate - 1


@dataclass(frozen=True, slots=True)
class Engine:
    """espeak-ng with one of its voices, through a telephone. `folder`: for its sound files."""

    voice: str
    folder: Path

    def seconds(self, text: str, speed: int) -> float:
        """Raises CannotStart if it has no such voice."""
        full, telephone = self.folder / "full.wav", self.folder / "telephone.wav"
        try:
            _run("espeak-ng", "-v", self.voice, "-s", str(speed), "-w", str(full), "--", text)
        except subprocess.CalledProcessError:
            raise CannotStart(
                f"espeak-ng has no voice {self.voice}: `espeak-ng --voices` lists those that it has; name one after "
                "`espeak:` in the language's language.md."
            ) from None
        _run("sox", str(full), "-r", str(TELEPHONE_HZ), "-c", "1", str(telephone))
        with wave.open(str(telephone)) as sound:
            return float(sound.getnframes() / sound.getframerate())


def time_segments(library: Library) -> tuple[int, list[Timing]]:
    """espeak-ng's speed setting that gives the nominal pace, and each segment's timing. Raises CannotStart."""
    missing = [program for program in PROGRAMS if shutil.which(program) is None]
    if missing:
        raise CannotStart(f"Install {' and '.join(missing)} first: this listens to real speech.")
    said = {f"{position.name}.{position.part}": segment_spoken(library, position) for position in library.numbers}
    with tempfile.TemporaryDirectory() as folder:
        engine = Engine(library.language.espeak or library.language.tag, Path(folder))
        speed = _speed_of([line.words for lines in said.values() for line in lines], engine)
        return speed, [_timing(name, lines, speed, engine) for name, lines in said.items()]


def _speed_of(said: Iterable[str], engine: Engine) -> int:
    """Without stops between words, so that only the words count."""
    run = " ".join(word.strip(".,?!:;¿¡") for text in said for word in words(text) if not word.isdecimal())
    guess = WORDS_A_MINUTE
    for _ in range(4):
        pace = len(words(run)) * 60 / engine.seconds(run, guess)
        guess = round(guess * WORDS_A_MINUTE / pace)
    return guess


def _timing(name: str, lines: Sequence[Utterance], speed: int, engine: Engine) -> Timing:
    pauses = sum(line.pause for line in lines[:-1])
    audio = sum(engine.seconds(line.words, round(speed * _rate(line))) for line in lines if line.words)
    estimate = sum(seconds(line.words) / _rate(line) for line in lines)
    return Timing(name, sum(len(words(line.words)) for line in lines), estimate + pauses, audio + pauses)


def _rate(line: Utterance) -> float:
    return RATES[Pace.SLOW if line.slowly else Pace.NORMAL] / 100


def _run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True)  # noqa: S603 (two programs that we name ourselves)


def timing_table(speed: int, timings: Iterable[Timing]) -> str:
    """As Markdown, longest first."""
    rows = sorted(timings, key=lambda timing: -timing.audio)
    off = sum(row.audio for row in rows) / sum(row.estimate for row in rows) - 1
    lines = [
        f"espeak-ng at {speed} words a minute as it counts them, {TELEPHONE_HZ} Hz. Over all segments the audio is "
        f"{off:+.0%} against the estimate; from {min(row.difference for row in rows):+.0%} to "
        f"{max(row.difference for row in rows):+.0%} in one segment.",
        "",
        "| segment | words | estimate, s | audio, s | difference |",
        "|---|---|---|---|---|",
        *(f"| {r.name} | {r.words} | {r.estimate:.1f} | {r.audio:.1f} | {r.difference:+.0%} |" for r in rows),
    ]
    return "\n".join(lines) + "\n"
