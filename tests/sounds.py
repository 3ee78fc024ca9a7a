"""Real audio files of silence, made byte by byte: no program has to be installed for the tests."""

import io
import struct
import wave

FRAME = b"\xff\xfb\x90\x64" + bytes(413)
"""MPEG-1 layer III at 128 kbit/s and 44.1 kHz: 1152 samples, all of them silent."""
FRAME_SECONDS = 1152 / 44100


def mp3(seconds, mark=b""):
    """`mark` stands in the tags before the sound, so that two files of one length differ."""
    tags = b"ID3\x04\x00\x00" + bytes([0, 0, 0, len(mark)]) + mark if mark else b""
    return tags + FRAME * round(seconds / FRAME_SECONDS)


def wav(seconds, bits=16, rate=8000):
    """Linear samples, as Python's own library writes them."""
    held = io.BytesIO()
    with wave.open(held, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(bits // 8)
        sound.setframerate(rate)
        sound.writeframes(bytes(round(seconds * rate) * bits // 8))
    return held.getvalue()


def riff(kind, bits, seconds, rate=8000, more=b""):
    """A WAV of any kind; 7 is mu-law."""
    sound = b"\xff" * (round(seconds * rate) * bits // 8)
    about = struct.pack("<HHIIHH", kind, 1, rate, rate * bits // 8, bits // 8, bits) + more
    chunks = b"".join(
        name + struct.pack("<I", len(held)) + held + bytes(len(held) % 2)
        for name, held in ((b"fmt ", about), (b"LIST", b"odd"), (b"data", sound))
    )
    return b"RIFF" + struct.pack("<I", len(chunks) + 4) + b"WAVE" + chunks


def piped(sound):
    """As a program writes a WAV that cannot go back to put its length in."""
    unknown, at = b"\xff\xff\xff\xff", sound.index(b"data") + 4
    return sound[:4] + unknown + sound[8:at] + unknown + sound[at + 4 :]
