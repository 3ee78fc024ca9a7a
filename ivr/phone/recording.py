"""What a carrier does with a recording that it has fetched."""

import io
from dataclasses import replace

from tinytag import TinyTag, TinyTagException

from ivr.phone.refused import Refused
from ivr.phone.sounds import Sound
from ivr.phone.wire import Fetched

PLAYED = ("audio/mpeg", "audio/wav", "audio/wave", "audio/x-wav")
MU_LAW = 'audio/wav; codecs="7"'


def loaded(sound: Sound, fetched: Fetched) -> Sound:
    """Raises Refused for what is not a recording."""
    kind = fetched.content_type.partition(";")[0].strip().lower()
    if kind not in PLAYED:
        raise Refused(12300, f"{sound.url} is {kind or 'of no type'}, not audio")
    try:
        seconds = _seconds(fetched.document)
    except TinyTagException as error:
        raise Refused(13420, f"{sound.url} cannot be played: {error}") from error
    return replace(sound, seconds=round(seconds, 2), content_type=kind, data=fetched.document)


def _seconds(data: bytes) -> float:
    """Mu-law is measured as 8-bit PCM, which has as many samples: tinytag takes the length of mu-law from a chunk that
    many programs omit. A program that writes into a pipe does not know the length: then the file's size is used."""
    tag = _tag(data)
    if tag.mime_type == MU_LAW:
        at = data.index(b"fmt ") + len(b"fmt ....")
        tag = _tag(data[:at] + b"\x01\x00" + data[at + 2 :])
    whole = len(data) * 8 / (tag.bitrate * 1000) if tag.bitrate else 0.0
    return min(tag.duration or 0.0, whole) if tag.is_lossless else tag.duration or 0.0


def _tag(data: bytes) -> TinyTag:
    return TinyTag.get(file_obj=io.BytesIO(data), tags=False)
