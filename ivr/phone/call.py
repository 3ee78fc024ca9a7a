"""One call from the caller's side: what is heard, and what can be done about it."""

from __future__ import annotations

import re
from copy import copy

from ivr.phone.gathering import gather
from ivr.phone.leg import Leg, Number
from ivr.phone.refused import NotNow
from ivr.phone.request_fields import Overrides, sid
from ivr.phone.sounds import Audible, CallerWords, KeyPress, Moment, Speech, Talk, Wait
from ivr.phone.verbs import Dial, Gather

SURE = 0.9
"""The recogniser's usual confidence, from 0 to 1."""
SHORTEST_LISTENING = 5
"""Seconds; the carrier's default if a document names none."""
TALK_ENDS = ("completed", "busy", "no-answer", "failed", "canceled")


class Call:
    """Look at `said`, `listening`, `dialling`, `ended`; then press, wait, end the dialled call, or hang up."""

    def __init__(self, number: Number, fields: dict[str, str]) -> None:
        self._leg = Leg(number, fields)
        self._leg.arrive()

    def fork(self) -> Call:
        """A copy of the call in its present state; the two do not affect each other."""
        other = copy(self)
        other._leg = self._leg.fork()
        return other

    @property
    def sid(self) -> str:
        return self._leg.fields["CallSid"]

    @property
    def caller(self) -> str:
        """The number of this phone: in a call that the line made, the number that was called."""
        fields = self._leg.fields
        return fields.get("To" if fields.get("Direction", "").startswith("outbound") else "From", "")

    @property
    def heard(self) -> tuple[Audible, ...]:
        """What was heard in this turn."""
        return tuple(self._leg.turns[-1])

    @property
    def history(self) -> tuple[tuple[Audible, ...], ...]:
        """Every turn as the line spoke it. What a key interrupted is complete here, but not in `timeline`."""
        return tuple(tuple(turn) for turn in self._leg.turns)

    @property
    def said(self) -> str:
        return " ".join(item.text for item in self.heard if isinstance(item, Speech))

    @property
    def listening(self) -> Gather | None:
        return self._leg.listening

    @property
    def dialling(self) -> str | None:
        return self._leg.dial.number if self._leg.dial else None

    @property
    def action(self) -> str | None:
        """The address that the next key, silence or the end of the talk goes to, without the carrier's retry rules."""
        pending = self._leg.listening or self._leg.dial
        return pending.action.partition("#")[0] if pending and pending.action is not None else None

    @property
    def star_ends_talk(self) -> bool:
        return self._leg.dial is not None and self._leg.dial.hangup_on_star

    @property
    def ended(self) -> bool:
        return self._leg.ended

    @property
    def document(self) -> str:
        return self._leg.documents[-1][0] if self._leg.documents else ""

    @property
    def answer_seconds(self) -> float:
        """How long the line took for its last answer, in real time."""
        return self._leg.documents[-1][1] if self._leg.documents else 0.0

    @property
    def documents(self) -> tuple[tuple[str, float], ...]:
        """Every document that the line has sent, each with the seconds that it took."""
        return tuple(self._leg.documents)

    @property
    def clock(self) -> float:
        """Seconds since the call was answered."""
        return self._leg.timeline.now

    @property
    def timeline(self) -> tuple[Moment, ...]:
        return self._leg.timeline.moments

    @property
    def warnings(self) -> tuple[str, ...]:
        """What a carrier would only log: a Say without voice or language, a lost key, a failed callback."""
        return tuple(self._leg.warnings)

    def press(self, keys: str, after: float | None = None, **fields: str | None) -> None:
        """`after`: seconds into this turn, to interrupt speech. None: after everything has been heard."""
        if not re.fullmatch(r"[0-9*#A-D]+", keys):
            raise ValueError(f"{keys!r} holds something that is no phone key")
        if self.star_ends_talk and "*" in keys:
            self.dial_ends("completed", 60, **fields)
            return
        listening = self._ear()
        if listening.takes_keys and self._heard_in_time(KeyPress(keys), after):
            self._gathered(keys, listening, fields)
        else:
            self._leg.warnings.append(f"the key {keys} was lost: the line was not listening for keys")

    def say(
        self, words: str, confidence: float | None = SURE, after: float | None = None, **fields: str | None
    ) -> None:
        """`confidence`: how sure the carrier's recogniser is; None: it does not say. `after` as for `press`: words in
        the middle of speech interrupt it only if the line allows that."""
        listening = self._ear()
        if not listening.takes_speech:
            self._leg.warnings.append("what was said was lost: the line was not listening for words")
            return
        if not words.strip():
            self._wait(fields)
            self.let_name(**fields)
            return
        heard_until = after if listening.speech_cuts else None
        self._heard_in_time(CallerWords(words), heard_until)
        told: Overrides = {
            "Digits": None,
            "SpeechResult": words,
            "Language": listening.language,
            "msg": "Gather End",
        }
        sure = {} if confidence is None else {"Confidence": str(confidence)}
        self._leg.next_turn(listening.action, {**told, **sure, **fields}, listening.method)
        self.let_name(**fields)

    def wait(self, late: bool = False, **fields: str | None) -> None:
        """Silence until the line stops listening and has said what comes next. `late`: only until it names what comes
        next, while it still listens for a key meant for what came before."""
        self._wait(fields)
        if not late:
            self.let_name(**fields)

    def let_name(self, **fields: str | None) -> None:
        """Waits until the place has been named and its own words are said: for a person, one turn."""
        while self.names_only:
            self._leg.same_turn()
            self._wait(fields)

    @property
    def names_only(self) -> bool:
        """Whether the line listens too briefly for anybody to act on what was said."""
        return self.listening is not None and self.listening.timeout < SHORTEST_LISTENING

    def _wait(self, fields: Overrides) -> None:
        listening = self._ear()
        self._leg.timeline.add(Wait(listening.timeout))
        self._keyless(listening, "", fields)

    def dial_ends(self, status: str = "completed", seconds: float = 60, **fields: str | None) -> None:
        """The other party hangs up. If nobody answered, the Dial's timeout counts instead of `seconds`."""
        if status not in TALK_ENDS:
            raise ValueError(f"{status!r} is not one of {', '.join(TALK_ENDS)}")
        dial = self._leg.dial
        if dial is None:
            raise NotNow("the line is not connecting anyone")
        self._leg.timeline.add(Talk(dial.number, dial.timeout if status == "no-answer" else seconds))
        if dial.action is None:
            self._leg.go_on()
        else:
            self._leg.next_turn(dial.action, _dial_fields(status, seconds) | fields)

    def hang_up(self) -> None:
        """The carrier still requests a Dial's action if the caller hangs up during the talk."""
        if self.ended:
            return
        self._tell_dial(self._leg.dial)
        self._leg.end("completed")

    def send_again(self) -> str:
        """Repeats the last request, as carriers do after an unreliable connection; returns the raw answer."""
        return self._leg.send_again()

    def _tell_dial(self, dial: Dial | None) -> None:
        if dial and dial.action is not None:
            self._leg.notify(dial.action, {**_dial_fields("completed", 1), "CallStatus": "completed"})

    def _ear(self) -> Gather:
        if self._leg.listening is None:
            raise NotNow("the call has ended" if self.ended else "the line is connecting someone")
        return self._leg.listening

    def _heard_in_time(self, act: KeyPress | CallerWords, after: float | None) -> bool:
        at = self.clock if after is None else self._leg.turn_began + after
        if at < self._leg.listened_from:
            return False
        if at > self.clock:
            self._leg.timeline.add(Wait(at - self.clock))
        self._leg.timeline.cut(at)
        self._leg.timeline.add(act)
        return True

    def _gathered(self, keys: str, listening: Gather, fields: Overrides) -> None:
        result = gather(keys, listening)
        if not result.complete:
            self._leg.timeline.add(Wait(listening.timeout))
        if result.digits:
            ended = {"Digits": result.digits, "FinishedOnKey": result.finished_on, "msg": "Gather End"}
            self._leg.next_turn(listening.action, {**ended, **fields}, listening.method)
        else:
            self._keyless(listening, result.finished_on, fields)

    def _keyless(self, listening: Gather, finished_on: str, fields: Overrides) -> None:
        if listening.action_on_empty_result:
            ended = {"Digits": "", "FinishedOnKey": finished_on, "msg": "Gather End"}
            self._leg.next_turn(listening.action, {**ended, **fields}, listening.method)
        else:
            self._leg.go_on()


def _dial_fields(status: str, seconds: float) -> dict[str, str | None]:
    answered = status == "completed"
    duration = {"DialCallDuration": str(round(seconds))} if answered else {}
    return {
        "DialCallStatus": status,
        "DialCallSid": sid("CA"),
        "DialBridged": "true" if answered else "false",
        **duration,
    }
