"""What a carrier makes of a recording that it has fetched."""

import io
from dataclasses import replace

from tinytag import TinyTag, TinyTagException

from ivr.phone.refused import Refused
from ivr.phone.sounds import Sound
from ivr.phone.wire import Fetched

PLAYED = ("audio/mpeg", "audio/wav", "audio/wave", "audio/x-wav")


def loaded(sound: Sound, fetched: Fetched) -> Sound:
    """Raises Refused for what is no recording."""
    kind = fetched.content_type.partition(";")[0].strip().lower()
    if kind not in PLAYED:
        raise Refused(12300, f"{sound.url} is {kind or 'of no type'}, not audio")
    try:
        seconds = TinyTag.get(file_obj=io.BytesIO(fetched.document), tags=False).duration
    except TinyTagException as error:
        raise Refused(13420, f"{sound.url} cannot be played: {error}") from error
    return replace(sound, seconds=round(seconds or 0.0, 2), content_type=kind, data=fetched.document)
