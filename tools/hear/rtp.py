"""The sound of one call: a packet every 20 ms to the phone, and the keys that come back (RFC 4733)."""

from __future__ import annotations

import audioop
import random
import socket
import struct
import threading
import time
from collections import deque
from queue import Empty, Queue

from tools.hear.sip import HOST
from tools.hear.sound import PACKET, PACKET_SECONDS, QUIET, WIDTH, Sound

PCMU, VERSION = 0, 0x80
KEYS = "0123456789*#ABCD"
LOUD = 300
"""Lowest strength of a packet that is not silence."""
LONGEST_PACKET = 2048


class Media:
    """`heard`: how many packets the phone has received, counting each gap as one: it records them so, however many are
    lost in a row. `first_loud`: how many came before the first that is not silence."""

    def __init__(self, peer: tuple[str, int], key_type: int, loss: float, chance: random.Random) -> None:
        self.heard = 0
        self.first_loud: int | None = None
        self._peer, self._key_type, self._loss, self._chance = peer, key_type, loss, chance
        self._pressed: Queue[str] = Queue()
        self._waiting: deque[bytes] = deque()
        self._over = threading.Event()
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind((HOST, 0))
        self._socket.settimeout(0.2)
        self._sender = threading.Thread(target=self._send, daemon=True)
        self._sender.start()
        threading.Thread(target=self._receive, daemon=True).start()

    @property
    def port(self) -> int:
        return int(self._socket.getsockname()[1])

    @property
    def over(self) -> bool:
        return self._over.is_set()

    def close(self) -> None:
        self._over.set()

    def play(self, packets: list[bytes], interruptible: bool) -> str | None:
        """Sends them all, unless a key that may interrupt is pressed: returns that key. Any other key is lost."""
        self._waiting.extend(packets)
        while self._waiting and not self.over:
            key = self._key(PACKET_SECONDS)
            if key and interruptible:
                self._waiting.clear()
                return key
        return None

    def listen(self, seconds: float) -> str | None:
        """The key that is pressed within these seconds, if one is."""
        until = time.monotonic() + seconds
        while not self.over and (left := until - time.monotonic()) > 0:
            if key := self._key(min(left, 0.2)):
                return key
        return None

    def _key(self, seconds: float) -> str | None:
        try:
            return self._pressed.get(timeout=seconds)
        except Empty:
            return None

    def _send(self) -> None:
        number, stamp, source = (self._chance.getrandbits(bits) for bits in (15, 31, 32))
        due, gap = time.monotonic(), False
        while not self.over:
            packet, lost = self._next(), self._chance.random() < self._loss
            if not lost:
                self.heard += gap
                if self.first_loud is None and audioop.rms(audioop.ulaw2lin(packet, WIDTH), WIDTH) > LOUD:
                    self.first_loud = self.heard
                head = struct.pack("!BBHII", VERSION, PCMU, number & 0xFFFF, stamp & 0xFFFFFFFF, source)
                self._socket.sendto(head + packet, self._peer)
                self.heard += 1
            gap = lost
            number, stamp, due = number + 1, stamp + PACKET, due + PACKET_SECONDS
            time.sleep(max(0.0, due - time.monotonic()))

    def _next(self) -> bytes:
        try:
            return self._waiting.popleft()
        except IndexError:
            return QUIET

    def _receive(self) -> None:
        """A key comes in several packets, all with the same time stamp."""
        seen: set[bytes] = set()
        while not self.over:
            try:
                packet = self._socket.recv(LONGEST_PACKET)
            except OSError:
                continue
            if len(packet) >= 16 and packet[1] & 0x7F == self._key_type and packet[4:8] not in seen:
                seen.add(packet[4:8])
                self._pressed.put(KEYS[packet[12] & 15])
        self._sender.join()
        self._socket.close()


def first_loud(recorded: Sound) -> float | None:
    """Seconds before the first packet of a recording that can be heard."""
    step = round(PACKET_SECONDS * recorded.rate) * WIDTH
    for at in range(0, len(recorded.samples), step):
        if audioop.rms(recorded.samples[at : at + step], WIDTH) > LOUD:
            return at / WIDTH / recorded.rate
    return None
