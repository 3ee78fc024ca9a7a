"""Months of use for a report: callers and texters of many kinds go through the real dialogue, and what it counts goes
through the line's own counters into a real store. Only the clock is made up."""

from __future__ import annotations

import random
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path

from ivr.carrier.chosen import carrier_of
from ivr.dialogue.metrics import FAULT, FRAGMENT, MINUTE, MINUTE_TO_A_PERSON, TEXT_LOST
from ivr.dialogue.state import first_state
from ivr.dialogue.step import step
from ivr.dialogue.texts import read_text
from ivr.library.load import Content
from ivr.memory.calendar import Month
from ivr.memory.embedded import store_address
from ivr.memory.store import Store
from ivr.model import (
    Arrived,
    CallTurn,
    Count,
    CountUnknown,
    DialEnded,
    Forget,
    Forgotten,
    Goal,
    Outcome,
    Party,
    Pressed,
    SendText,
    Silent,
    Texter,
    TextSent,
    Understanding,
)
from ivr.settings import Settings
from ivr.web.line import Line
from ivr.web.outbound import Outbound

HOURS = (1, 0, 0, 0, 0, 1, 2, 5, 14, 26, 31, 28, 22, 24, 30, 29, 24, 20, 16, 14, 11, 7, 3, 1)
"""How many arrive in each hour, one beside another."""
WEEKDAYS = (18, 16, 15, 15, 14, 7, 6)
CALLS = {
    "1": 6,
    "11": 12,
    "11111": 8,
    "12": 9,
    "1311": 9,
    "131-": 4,
    "2": 8,
    "3": 7,
    "4": 9,
    "11 0": 5,
    "0": 6,
    "0!": 2,
    "51": 2,
    "53": 2,
    "119": 3,
    "149!": 1,
    "-": 5,
    "-----": 6,
    "1-": 3,
    "8": 1,
    "": 7,
    "611": 9,
    "62": 4,
    "6": 2,
    "7712": 3,
}
"""What callers press; `-` is a silence, `!` says that what comes before fails."""
TEXTS = {
    "12": 8,
    "13": 9,
    "CHEMO": 10,
    "RADIATION": 12,
    "is radiation going to hurt": 7,
    "TUMOR": 7,
    "my legs are week": 5,
    "I cannot feel my legs": 4,
    "how much does it cost": 4,
    "QUESTIONS": 6,
    "URGENT": 5,
    "MENU": 5,
    "hello": 5,
    "flibbertigibbet": 3,
    "quimio": 6,
    "radiación": 6,
    "me duele la espalda": 3,
    "PERSON": 4,
    "MORE": 5,
}


Read = tuple[tuple[str, ...], tuple[str, ...], tuple[Goal, ...]]
"""What the answer to a text counts, which words it did not know, and what it asks about."""


@dataclass
class Clock:
    """Stands in for the operator's calendar."""

    at: datetime
    zone: tzinfo = UTC

    def today(self):
        return self.at.date()

    def month(self):
        return str(Month.of(self.today()))

    def hour(self):
        return self.at.hour


@dataclass
class Use:
    line: Line
    clock: Clock
    dice: random.Random
    read: dict[tuple[str, tuple[Goal, ...]], Read] = field(default_factory=dict)
    """Texts that were answered once."""

    def month(self, month: Month, calls: int, texts: int) -> None:
        """So many in it, by people of whom some come again."""
        people = [f"+1{3125560000 + 1000 * month.number + number}" for number in range((calls + texts) * 6 // 10 + 1)]
        days = month.days()
        weights = [WEEKDAYS[day.weekday()] for day in days]
        acts = sorted(
            (*self.dice.choices(days, weights), kind)
            for kind, many in ((True, calls), (False, texts))
            for _ in range(many)
        )
        for day, is_call in acts:
            (hour,) = self.dice.choices(range(24), HOURS)
            at = datetime(day.year, day.month, day.day, hour, tzinfo=UTC)
            if at.date() != self.clock.at.date():
                self.line.store.notes.write()
            self.clock.at = at
            number = self.dice.choice(people)
            (self.call if is_call else self.text)(Party(number, number))
        self.line.store.notes.write()

    def call(self, party: Party) -> None:
        (keys,) = self.dice.choices(list(CALLS), list(CALLS.values()))
        turn = self._done(party, step(self.line.libraries, first_state(self.line.libraries), Arrived()))
        fails = keys.endswith("!")
        for key in keys.replace("!", "").replace(" ", ""):
            turn = self._done(
                party, step(self.line.libraries, turn.state, Silent() if key == "-" else Pressed(key)), fails
            )
            if key == "0":
                turn = self._done(party, step(self.line.libraries, turn.state, DialEnded(not fails)))
                self.line.count_seconds(party, MINUTE_TO_A_PERSON, 0 if fails else self.dice.randint(60, 900))
        self.line.count_seconds(party, MINUTE, 15 + 25 * len(keys) + self.dice.randint(0, 60))

    def _done(self, party: Party, turn: CallTurn, fails: bool = False) -> CallTurn:
        for effect in turn.effects:
            match effect:
                case Count(names):
                    self.line.count(party, names)
                case SendText():
                    if not fails:
                        self.line.count(party, (FRAGMENT, FRAGMENT))
                    sent = TextSent(Outcome.NO_TEXTS if fails else Outcome.SENT)
                    return self._done(party, step(self.line.libraries, turn.state, sent))
                case Forget():
                    return self._done(party, step(self.line.libraries, turn.state, Forgotten(True)))
        return turn

    def text(self, party: Party) -> None:
        (words,) = self.dice.choices(list(TEXTS), list(TEXTS.values()))
        asked = self._answered(party, words, ())
        if asked and self.dice.random() < 0.6:
            self._answered(party, "yes", asked)
        if self.dice.random() < 0.02:
            self.line.count(party, (TEXT_LOST,))

    def _answered(self, party: Party, words: str, question: tuple[Goal, ...]) -> tuple[Goal, ...]:
        """What the answer asks about."""
        key = (words, question)
        names, unknown, asks = self.read.get(key) or self.read.setdefault(key, self._read(*key))
        self.line.count(party, names)
        if unknown:
            self.line.count_unknown(party, unknown)
        return asks

    def fault(self, times: int) -> None:
        for _ in range(times):
            self.line.store.notes.count((FAULT,))
        self.line.store.notes.write()

    def _read(self, words: str, question: tuple[Goal, ...]) -> Read:
        libraries = self.line.libraries
        turn = step(libraries, Texter(question=question), read_text(libraries.values(), words, False))
        effects = turn.effects
        names = (name for effect in effects if isinstance(effect, Count) for name in effect.names)
        unknown = (word for effect in effects if isinstance(effect, CountUnknown) for word in effect.words)
        asks = turn.reply.asks if turn.reply.understanding is Understanding.ASKED else ()
        return tuple(names), tuple(unknown), asks


def use_of(env: dict[str, str], content: Content, seed: int = 1) -> Use:
    """On the embedded store in the data folder of `env`, which has to run."""
    settings = Settings.from_env(env)
    clock = Clock(datetime.now(UTC) - timedelta(days=1))
    store = Store(store_address(Path(env["DATA_DIR"])), calendar=clock)
    carrier = carrier_of(settings)
    libraries = {tag: replace(library, can_text=True) for tag, library in content.libraries.items()}
    line = Line(libraries, store, Outbound(store, carrier, None), settings, carrier)
    return Use(line, clock, random.Random(seed))
