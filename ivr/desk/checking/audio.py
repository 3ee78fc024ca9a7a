"""How long speech really takes: segments, menus and the greeting, spoken by a speech engine and compared with the
estimate that the rules use.

espeak-ng speaks, at the setting that gives the nominal pace of the line's voice; sox brings it to what a telephone
carries: 8 kHz, one channel.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
import wave
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ivr.desk.checking.calls import Milestone, milestones
from ivr.dialogue.utterances import segment_spoken
from ivr.library.library import Library
from ivr.library.limits import WORDS_A_MINUTE
from ivr.library.measures import RATES, speaking_seconds, words
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
        """How much longer the audio is than the estimate, as a fraction of it."""
        return self.audio / self.estimate - 1


@dataclass(frozen=True, slots=True)
class Engine:
    """espeak-ng with one of its voices, through a telephone. `folder`: for its sound files."""

    voice: str
    folder: Path

    def seconds(self, text: str, speed: int) -> float:
        """Raises CannotStart if the engine has no such voice."""
        full, telephone = self.folder / "full.wav", self.folder / "telephone.wav"
        try:
            _run("espeak-ng", "-v", self.voice, "-s", str(speed), "-w", str(full), "--", text)
        except subprocess.CalledProcessError:
            raise CannotStart(
                f"espeak-ng has no voice {self.voice}: `espeak-ng --voices` lists those it has; name one after "
                "`espeak:` in the language's language.md."
            ) from None
        _run("sox", str(full), "-r", str(TELEPHONE_HZ), "-c", "1", str(telephone))
        with wave.open(str(telephone)) as sound:
            return float(sound.getnframes() / sound.getframerate())


class TimingVoice:
    """Says a library's words at the line's nominal pace. `speed`: the engine's setting for it."""

    def __init__(self, engine: Engine, library: Library) -> None:
        self._seconds = cache(engine.seconds)
        self.speed = self._speed_for(one.words for said in _segments(library).values() for one in said)

    def seconds_of(self, utterance: Utterance) -> float:
        return self._seconds(utterance.words, round(self.speed * _rate(utterance)))

    def _speed_for(self, said: Iterable[str]) -> int:
        """The setting for the line's pace, measured without pauses between sentences."""
        run = " ".join(word.strip(".,?!:;¿¡") for text in said for word in words(text) if not word.isdecimal())
        guess = WORDS_A_MINUTE
        for _ in range(4):
            pace = len(words(run)) * 60 / self._seconds(run, guess)
            guess = round(guess * WORDS_A_MINUTE / pace)
        return guess


@contextmanager
def timing_voice(library: Library) -> Iterator[TimingVoice]:
    """Raises CannotStart."""
    missing = [program for program in PROGRAMS if shutil.which(program) is None]
    if missing:
        raise CannotStart(f"Install {' and '.join(missing)} first: this listens to real speech.")
    with tempfile.TemporaryDirectory() as folder:
        yield TimingVoice(Engine(library.language.espeak or library.language.tag, Path(folder)), library)


def time_segments(library: Library, spoken_by: TimingVoice) -> list[Timing]:
    return [_timing(name, said, spoken_by) for name, said in _segments(library).items()]


def _segments(library: Library) -> dict[str, list[Utterance]]:
    return {f"{one.name}.{one.part}": segment_spoken(library, one) for one in library.numbers}


def _timing(name: str, said: Sequence[Utterance], spoken_by: TimingVoice) -> Timing:
    pauses = sum(one.pause for one in said[:-1])
    audio = sum(spoken_by.seconds_of(one) for one in said if one.words)
    count = sum(len(words(one.words)) for one in said)
    return Timing(name, count, sum(map(estimate_of, said)) + pauses, audio + pauses)


def estimate_of(utterance: Utterance) -> float:
    """The estimate that the rules use, in seconds."""
    return speaking_seconds(utterance.words) / _rate(utterance)


def _rate(utterance: Utterance) -> float:
    return RATES[Pace.SLOW if utterance.slowly else Pace.NORMAL] / 100


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


def rules_table(libraries: Mapping[str, Library], language: str, spoken_by: TimingVoice) -> str:
    """How the line keeps the rules on the seconds of a call, as Markdown."""
    pairs = zip(
        milestones(libraries, language, estimate_of), milestones(libraries, language, spoken_by.seconds_of), strict=True
    )
    lines = [
        "| rule | by audio | limit, s | estimate, s | audio, s | |",
        "|---|---|---|---|---|---|",
        *(_rule_row(estimated, heard) for estimated, heard in pairs),
    ]
    return "\n".join(lines) + "\n"


def _rule_row(estimated: Milestone, heard: Milestone) -> str:
    before, found = ("never" if one.seconds is None else f"{one.seconds:.1f}" for one in (estimated, heard))
    holds = "holds" if heard.holds else "**does not hold**"
    return f"| {heard.rule} | {heard.what} | {heard.limit:.0f} | {before} | {found} | {holds} |"
