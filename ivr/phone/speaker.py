"""Speaks aloud on this machine, if espeak-ng is installed."""

import shutil
import subprocess
from collections.abc import Callable

from ivr.phone.sounds import Speech
from ivr.phone.speech_reader import WORDS_A_MINUTE


def loudspeaker() -> Callable[[Speech], None] | None:
    program = shutil.which("espeak-ng")
    if program is None:
        return None

    def speak(speech: Speech) -> None:
        # Through a pipe, since a sentence that begins with a dash would be taken for an option.
        command = [program, "-s", str(_pace(speech)), "-v", _voice(speech), "--stdin"]
        subprocess.run(command, input=speech.text.encode(), stderr=subprocess.DEVNULL, check=False)  # noqa: S603

    return speak


def _pace(speech: Speech) -> int:
    return round(WORDS_A_MINUTE * speech.rate)


def _voice(speech: Speech) -> str:
    """espeak-ng knows every base language, but not every regional variant."""
    language = speech.language.lower() or "en-us"
    return language if language in ("en-us", "en-gb") else language.partition("-")[0]
