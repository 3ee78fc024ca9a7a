"""The carrier's end of one call: asks the line, and plays the answer until the line listens, dials or hangs up.

Time is simulated (see timeline.py): speech takes as long as its words would, however fast a test runs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import copy
from dataclasses import dataclass, replace
from email.utils import formatdate

from ivr.phone.recording import loaded
from ivr.phone.refused import FALLS_BACK, Refused
from ivr.phone.request_fields import Overrides, with_overrides
from ivr.phone.sounds import Audible, Silence, Sound, Speech
from ivr.phone.timeline import Timeline
from ivr.phone.twiml_reader import read_voice
from ivr.phone.verbs import Dial, Gather, Hangup, Redirect, Reject, Verb
from ivr.phone.wire import Wire, resolve

STATUS = "/voice/status"
MOST_REDIRECTS = 50


@dataclass(frozen=True)
class Number:
    """How the line's number is set up at the carrier."""

    wire: Wire
    voice_url: str
    fallback_url: str | None
    status_callbacks: bool
    transcripts: Mapping[str, str]

    def transcript(self, url: str) -> str:
        return next((words for end, words in self.transcripts.items() if url.endswith(end)), "")


class Leg:
    def __init__(self, number: Number, fields: dict[str, str]) -> None:
        self._number = number
        self.fields = fields
        self._url = number.wire.public_url
        self._verbs: Iterator[Verb] = iter(())
        self._answered = self._goes_on = False
        self._sent: tuple[str, str, dict[str, str]] = ("", "", {})
        self.turns: list[list[Audible]] = [[]]
        self.turn_began = self.listened_from = 0.0
        self.timeline = Timeline()
        self.warnings: list[str] = []
        self.listening: Gather | None = None
        self.dial: Dial | None = None
        self.ended = False
        self.documents: list[tuple[str, float]] = []

    def fork(self) -> Leg:
        """A copy. Shared parts are immutable."""
        other = copy(self)
        other._verbs = copy(self._verbs)
        other.turns = [list(turn) for turn in self.turns]
        other.warnings = list(self.warnings)
        other.documents = list(self.documents)
        other.timeline = copy(self.timeline)
        return other

    def arrive(self) -> None:
        self._request(self._number.wire.public_url + self._number.voice_url, {})

    def next_turn(self, action: str | None, fields: Overrides, method: str = "POST") -> None:
        """Requests the action; the current URL if the line named none."""
        self._turn_over()
        self._request(action or "", fields, method)

    def go_on(self) -> None:
        """Continues with the verb after the one that listened or dialled."""
        self._turn_over()
        self._play()

    def same_turn(self) -> None:
        """Makes what comes next part of the turn that is being heard."""
        self._goes_on = True

    def end(self, status: str) -> None:
        self._break_off()
        if self._number.status_callbacks:
            self.notify(self._number.wire.public_url + STATUS, {"CallStatus": status, **self._duration()})

    def notify(self, url: str, fields: Overrides) -> None:
        """Sends a request whose answer nobody hears."""
        try:
            self._number.wire.post(resolve(self._url, url), self._with(fields))
        except Refused as refused:
            self.warnings.append(str(refused))

    def send_again(self) -> str:
        return self._number.wire.ask(*self._sent).document.decode(errors="replace")

    def _turn_over(self) -> None:
        self.listening = self.dial = None
        if not self._goes_on:
            self.turns.append([])
            self.turn_began = self.timeline.now
        self._goes_on = False

    def _request(self, url: str, fields: Overrides, method: str = "POST") -> None:
        self._fetch(resolve(self._url, url.strip()), fields, method)
        self._play()

    def _with(self, fields: Overrides) -> dict[str, str]:
        status = "in-progress" if self._answered else "ringing"
        return with_overrides({"CallStatus": status, **self.fields}, fields)

    def _fetch(self, url: str, fields: Overrides, method: str = "POST") -> None:
        try:
            self._load(method, url, fields)
        except Refused as refused:
            fallback = self._number.fallback_url
            if fallback is None or refused.code not in FALLS_BACK:
                self._break_off()
                raise
            self.warnings.append(str(refused))
            self._fall_back(fallback, {**fields, "ErrorCode": str(refused.code), "ErrorUrl": url})

    def _fall_back(self, url: str, fields: Overrides) -> None:
        try:
            self._load("GET", url, fields)
        except Refused:
            self._break_off()
            raise

    def _load(self, method: str, url: str, fields: Overrides) -> None:
        self._sent = (method, url, self._with(fields))
        fetched = self._number.wire.ask(*self._sent)
        self.documents.append((fetched.document.decode(errors="replace"), fetched.seconds))
        self._verbs = iter(read_voice(fetched.document, fetched.content_type))
        self._url = url

    def _play(self) -> None:
        for _ in range(MOST_REDIRECTS):
            verb = next((verb for verb in self._verbs if not self._hear(verb)), Hangup())
            if not isinstance(verb, Redirect):
                self._stop_at(verb)
                return
            self._fetch(resolve(self._url, verb.url), {})
        self._break_off()
        raise Refused(11215, f"{MOST_REDIRECTS} redirects and nothing to listen for")

    def _hear(self, verb: Verb) -> bool:
        """False if there is nothing to hear in this verb."""
        if not isinstance(verb, Speech | Sound | Silence):
            return False
        self._answered = True
        verb = self._fetched(verb) if isinstance(verb, Sound) else verb
        self.turns[-1].append(verb)
        self.timeline.add(verb)
        if isinstance(verb, Speech) and not (verb.voice and verb.language):
            self.warnings.append(f"a Say names no voice or no language: {verb.text[:40]}")
        return True

    def _fetched(self, sound: Sound) -> Sound:
        """A recording that cannot be fetched is logged, and the call goes on without it."""
        try:
            fetched = self._number.wire.get(resolve(self._url, sound.url))
            return loaded(replace(sound, text=self._number.transcript(sound.url)), fetched)
        except Refused as refused:
            self.warnings.append(str(refused))
            return sound

    def _stop_at(self, verb: Verb) -> None:
        match verb:
            case Gather():
                self._listen(verb)
            case Dial():
                self._answered = True
                self.dial = verb
            case Reject():
                self.end("busy" if verb.reason == "busy" else "no-answer")
            case _:
                self.end("completed")

    def _listen(self, gather: Gather) -> None:
        self._answered = True
        self.listened_from = self.timeline.now
        for item in gather.audio:
            self._hear(item)
        self.listening = gather

    def _break_off(self) -> None:
        self.listening = self.dial = None
        self.ended = True

    def _duration(self) -> dict[str, str]:
        seconds = round(self.timeline.now)
        return {
            "CallDuration": str(seconds),
            "Duration": str(-(-seconds // 60)),
            "Timestamp": formatdate(),
            "CallbackSource": "call-progress-events",
            "SequenceNumber": "0",
        }
