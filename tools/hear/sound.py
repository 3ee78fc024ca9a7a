"""Sound as the bench has it, and what a telephone does to it."""

from __future__ import annotations

import audioop
import random
import subprocess
from dataclasses import dataclass

WIDEBAND_HZ, TELEPHONE_HZ = 16000, 8000
PACKET_SECONDS = 0.02
PACKET = 160
"""Bytes of mu-law in a packet, one a sample."""
QUIET = b"\xff" * PACKET
"""A packet in which nothing is heard."""
WIDTH = 2
"""Bytes a sample."""


@dataclass(frozen=True, slots=True)
class Sound:
    """One channel of 16-bit samples."""

    samples: bytes
    rate: int

    @property
    def seconds(self) -> float:
        return len(self.samples) / WIDTH / self.rate

    def at(self, rate: int) -> Sound:
        if rate == self.rate:
            return self
        return Sound(audioop.ratecv(self.samples, WIDTH, 1, self.rate, rate, None)[0], rate)

    def cut(self, begin: float, end: float) -> Sound:
        """Seconds from the start."""
        first, last = (max(0, round(seconds * self.rate)) * WIDTH for seconds in (begin, end))
        return Sound(self.samples[first:last], self.rate)


def quiet(seconds: float, rate: int) -> Sound:
    return Sound(bytes(round(seconds * rate) * WIDTH), rate)


def joined(sounds: list[Sound]) -> Sound:
    """All of one rate."""
    return Sound(b"".join(sound.samples for sound in sounds), sounds[0].rate)


def wideband(sound: Sound) -> Sound:
    return _sox(sound, WIDEBAND_HZ)


def mu_law(sound: Sound) -> bytes:
    """As a telephone carries it: 300 to 3400 Hz, 8 bits a sample."""
    return audioop.lin2ulaw(_sox(sound, TELEPHONE_HZ, "sinc", "300-3400").samples, WIDTH)


def packets(coded: bytes) -> list[bytes]:
    return [coded[at : at + PACKET].ljust(PACKET, b"\xff") for at in range(0, len(coded), PACKET)]


def received(sent: list[bytes], loss: float, chance: random.Random) -> Sound:
    """What is heard of the packets where this share is lost, with quiet in place of what is missing."""
    came = (QUIET if chance.random() < loss else packet for packet in sent)
    return Sound(audioop.ulaw2lin(b"".join(came), WIDTH), TELEPHONE_HZ)


def _sox(sound: Sound, rate: int, *effects: str) -> Sound:
    """Three decibels quieter, so that no filter clips it."""
    raw = ["-t", "raw", "-c", "1", "-b", "16", "-e", "signed"]
    command = ["sox", *raw, "-r", str(sound.rate), "-", *raw, "-r", str(rate), "-", "gain", "-3", *effects]
    done = subprocess.run(command, input=sound.samples, capture_output=True, check=True)  # noqa: S603
    return Sound(done.stdout, rate)
