"""Carries out the effects of a turn. An outcome becomes the next event, until a turn has no more effects.

The caller or texter waits for these effects, so each ends within a bounded time, and none raises when the store or the
carrier is down (`memory/`, `outbound.py`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from flask import abort

from ivr.carrier.port import InboundCall
from ivr.dialogue.metrics import FRAGMENT
from ivr.dialogue.step import step
from ivr.dialogue.url import to_open, to_path, to_text_path
from ivr.library.measures import fragments
from ivr.memory.caller import Sender
from ivr.memory.keyed import keyed_hash
from ivr.memory.store import KeptText, TextMemory
from ivr.memory.wishes import now
from ivr.model import (
    Allowed,
    CallBack,
    CalledBack,
    CallEvent,
    CallTurn,
    Count,
    CountUnknown,
    DeliverAgain,
    Effect,
    Forget,
    Forgotten,
    LookForLostText,
    Outcome,
    Party,
    Ration,
    Remember,
    RememberText,
    SendText,
    Start,
    State,
    Stop,
    TextEvent,
    TextLost,
    TextSent,
    TextTurn,
    WishKept,
)
from ivr.web.line import Line, short_name
from ivr.web.outbound import TEXT_ONCE


class Overtaken(Exception):
    """Another text of the same sender was answered meanwhile, so this one has to be answered afresh."""


# --- of a call -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class CallEffects:
    line: Line
    call: InboundCall

    def carry_out(self, turn: CallTurn) -> CallTurn:
        """The turn that is finally spoken. Only the last effect of a turn has an outcome."""
        outcome = None
        for effect in turn.effects:
            outcome = self._do(effect, turn.state)
        return turn if outcome is None else self.carry_out(step(self.line.libraries, turn.state, outcome))

    def _do(self, effect: Effect, state: State) -> CallEvent | None:
        line, party = self.line, self.call.caller
        match effect:
            case Count(names):
                line.count(party, names)
            case Remember(kept):
                line.store.keep_call(line.caller(party), to_path(kept))
            case SendText():
                return TextSent(self._sent(effect, state))
            case LookForLostText():
                is_lost = line.store.take_lost(line.caller(party), self._wish(state), TEXT_ONCE)
                return TextLost() if is_lost else None
            case Forget():
                return Forgotten(line.store.forget(line.caller(party)))
        return None

    def _sent(self, effect: SendText, state: State) -> Outcome:
        line, party, began = self.line, self.call.caller, now()
        caller = line.caller(party)
        outcome = line.outbound.text(caller, party.address, effect.texts, self._wish(state), self.call.line)
        if outcome is Outcome.SENT:
            line.count(party, (FRAGMENT,) * sum(map(fragments, effect.texts)))
        if outcome is Outcome.SENT and effect.at is not None:
            line.store.keep_text_position(caller, to_text_path(state.language, effect.at), began)
        return outcome

    def _wish(self, state: State) -> str:
        """A name for this wish; the same for a turn that is delivered twice."""
        return short_name(f"{self.call.call}/{to_path(state)}")


# --- of a text -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Incoming:
    """A text that has arrived."""

    name: str
    """Identifies the text; the same when it is delivered again."""
    party: Party
    sender: Sender
    number: str
    """Which of the line's numbers it was sent to."""


@dataclass(frozen=True, slots=True)
class TextEffects:
    line: Line
    text: Incoming
    remember: Callable[[RememberText], None] = lambda _effect: None

    def carry_out(self, turn: TextTurn) -> TextTurn:
        outcome = None
        for effect in turn.effects:
            outcome = self._do(effect)
        return turn if outcome is None else self.carry_out(step(self.line.libraries, turn.state, outcome))

    def _do(self, effect: Effect) -> TextEvent | None:
        line, text = self.line, self.text
        match effect:
            case Count(names):
                line.count(text.party, names)
            case CountUnknown(words):
                line.count_unknown(text.party, words)
            case RememberText():
                self.remember(effect)
            case Ration():
                return Allowed(self._may_answer(effect))
            case Stop(by_carrier) | Start(by_carrier):
                return WishKept(self._kept(effect, by_carrier))
            case Forget():
                return Forgotten(line.store.forget(text.sender.key))
            case CallBack(state):
                number = text.sender.number or ""
                caller = text.sender.key if number else None
                return CalledBack(line.outbound.call(caller, number, to_path(state), text.name, text.number))
            case DeliverAgain() if text.sender.key is not None:
                abort(503)
        return None

    def _may_answer(self, ration: Ration) -> bool:
        sender = self.text.sender.name
        what = keyed_hash(self.line.secret, f"{sender} {ration.words}")[:16]
        return self.line.store.limits.may_answer(sender, self.text.name, ration.kind, what, ration.most)

    def _kept(self, wish: Stop | Start, by_carrier: bool) -> bool:
        store, caller, number = self.line.store, self.text.sender.key, self.text.number
        stops = isinstance(wish, Stop)
        if by_carrier:
            store.note_blocked(caller, number, stops)
        return store.stop(caller, number) if stops else store.start(caller, number)


def rememberer(
    line: Line, text: Incoming, memory: TextMemory, basis: str, is_last: bool
) -> Callable[[RememberText], None]:
    """`basis`: what was remembered when the answer was worked out. The returned function raises Overtaken if that has
    changed since, unless this is the last attempt."""

    def remember(effect: RememberText) -> None:
        place = to_text_path(effect.language, effect.at) if effect.at else None
        kept = KeptText(basis, place, to_open(effect.question, effect.shown))
        if not line.store.keep_text(text.sender.key, text.name, memory, kept) and not is_last:
            raise Overtaken

    return remember
