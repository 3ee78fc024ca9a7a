"""A carrier between a telephone and the line: what the handset hears of the line is sent to the phone as sound, and
the phone's keys are pressed on the handset."""

from __future__ import annotations

import random
import threading
from dataclasses import dataclass
from queue import Queue

from ivr.audit.access.walk import path_of
from ivr.dialogue.url import from_path
from ivr.model import Position
from ivr.phone.handset import Audible, Call, Handset, NotNow, Refused, Speech
from tools.hear.rtp import Media
from tools.hear.sip import Exchange, Offer
from tools.hear.sound import mu_law, packets, quiet
from tools.hear.voice import spoken

RATE = 8000
NOBODY = "no-answer"


@dataclass(frozen=True, slots=True)
class Spoken:
    """A stretch of speech that was sent without interruption: how many packets the phone had before and after it."""

    words: str
    begin: int
    end: int


@dataclass(frozen=True, slots=True)
class Turn:
    """What the line said in one go, with no key in between."""

    position: Position | None
    spoken: tuple[Spoken, ...]


class Bridge:
    """One call at a time. `began`: a turn begins to be heard; `turns`: it has been, and the line listens. None in
    either: the call is over. `keys`: those that the line was told of. `loss`: the share of packets that do not reach
    the phone."""

    def __init__(self, handset: Handset, loss: float, chance: random.Random) -> None:
        self._handset, self._loss, self._chance = handset, loss, chance
        self.began: Queue[Position | None] = Queue()
        self.turns: Queue[Turn | None] = Queue()
        self.media: Media | None = None
        self.keys = ""
        self._exchange = Exchange(self._take_call, self._hang_up)

    @property
    def address(self) -> str:
        return f"sip:line@127.0.0.1:{self._exchange.port}"

    def close(self) -> None:
        self._hang_up()
        self._exchange.close()

    def _take_call(self, offer: Offer) -> int:
        self._hang_up()
        self.media = Media(offer.peer, offer.key_type, self._loss, self._chance)
        threading.Thread(target=self._talk, args=(self.media,), daemon=True).start()
        return self.media.port

    def _hang_up(self) -> None:
        if self.media:
            self.media.close()

    def _talk(self, media: Media) -> None:
        try:
            call = self._handset.call()
            while not (call.ended or media.over):
                self.keys += self._turn(call, media)
            if not call.ended:
                call.hang_up()
        except (Refused, NotNow) as refused:
            print(f"The line failed the call: {refused}")
        finally:
            self.began.put(None)
            self.turns.put(None)

    def _turn(self, call: Call, media: Media) -> str:
        """Plays what the line says now, and does what the caller does then: a key, or nothing."""
        sounds = [(item, _packets(item)) for item in call.heard]
        position = _position(call)
        self.began.put(position)
        heard: list[Spoken] = []
        key = None
        for item, sound in sounds:
            begin = media.heard
            key = media.play(sound, item.interruptible)
            if key or media.over:
                break
            if isinstance(item, Speech):
                heard.append(Spoken(item.text, begin, media.heard))
        if not key:
            self.turns.put(Turn(position, tuple(heard)))
        return _go_on(call, media, key)


def _packets(item: Audible) -> list[bytes]:
    """Made before the first is sent, because synthesising takes longer than speaking."""
    if isinstance(item, Speech):
        return packets(mu_law(spoken(item.text, item.rate)))
    return packets(mu_law(quiet(item.seconds, RATE)))


def _position(call: Call) -> Position | None:
    place = path_of(call)
    state = from_path(place) if place else None
    return state.position if state else None


def _go_on(call: Call, media: Media, key: str | None) -> str:
    if call.dialling:
        call.dial_ends(NOBODY)
        return ""
    key = key or (media.listen(call.listening.timeout) if call.listening else None)
    if media.over:
        return ""
    if key:
        call.press(key)
    else:
        call.wait()
    return key or ""
