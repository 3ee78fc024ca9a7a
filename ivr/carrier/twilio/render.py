"""Replies as TwiML. No other module writes it. Uses only what every carrier that reads TwiML understands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import ClassVar
from xml.sax.saxutils import escape

from twilio.twiml.voice_response import Gather, Say, VoiceResponse

from ivr.library.measures import RATES
from ivr.model import Dial, Language, Listen, Pace, Reply, StandaloneCall, TextReply, Utterance

RETRIES = "#rc=2&rp=5xx,ct,rt&rt=7000"
"""Follows the address of a webhook: the carrier tries twice more, after a fault of the line and after any delay or
failure on the way. It gives up on one attempt after 7 s of the 15 s that it has for all of them; otherwise the first
attempt could use them up. Every answer of the line takes less, even one that waits for the carrier's API."""
DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>'
PLAIN_RATE = 100
LONGEST_BREAK = 10_000
"""Milliseconds: the longest break that a voice accepts."""
RING_SECONDS = 30
PERSON_KEY = "0"
KEYS_ALONE = {"input": "dtmf"}
SPEECH_MODEL = "phone_call"
END_OF_SPEECH = "2"
"""Seconds of quiet that end what a caller says. People who are short of breath pause."""
MOST_HINTS, LONGEST_HINT = 500, 100
UNSPEAKABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
"""Characters that XML cannot contain, so they would invalidate the document."""


@dataclass(frozen=True, slots=True)
class Speaker:
    """See `port.Documents.speaker`."""

    languages: Mapping[str, Language]
    helpline: str
    audio: str = "/audio"
    hints: Mapping[str, Sequence[str]] = field(default_factory=dict)
    reads_ssml: bool = True
    """Whether the carrier's voice supports SSML. One that does not may drop the words inside its tags."""

    def voice(self, reply: Reply, pace: Pace, action: str, line: str = "") -> str:
        response = VoiceResponse()
        if isinstance(reply.then, Listen):
            gather = self._gather(
                reply.spoken,
                pace,
                hearing=self._hearing(reply.then.hears),
                timeout=reply.then.seconds,
                action=action,
                action_on_empty_result=True,
            )
            response.append(gather)
            response.redirect(action, method="POST")
        elif isinstance(reply.then, Dial):
            shown = {"caller_id": line} if reply.then.from_line and line else {}
            self._dial(response, reply.then.number, action=action, method="POST", **shown)
        else:
            response.hangup()
        return str(response)

    def standing(self, call: StandaloneCall, other: str | None = None) -> str:
        """Key 0, like silence, continues to the Dial without a request, since `finishOnKey` alone leaves no digits to
        send. Any other key fetches the file `other`, or this one again."""
        response = VoiceResponse()
        before = self._gather(
            call.before, Pace.NORMAL, PERSON_KEY, timeout=call.listen_before, action=other, method="GET"
        )
        response.append(before)
        self._dial(response)
        response.append(self._gather(call.after, Pace.NORMAL, timeout=call.listen_after, method="GET"))
        response.hangup()
        return str(response)

    def _gather(
        self,
        lines: Iterable[Utterance],
        pace: Pace,
        finish_on_key: str = "",
        method: str = "POST",
        hearing: Mapping[str, str] = KEYS_ALONE,
        **more: str | int | None,
    ) -> Gather:
        gather = Gather(num_digits=1, finish_on_key=finish_on_key, method=method, **hearing, **more)
        for part in _parts(lines):
            if part.line.recording:
                gather.play(f"{self.audio}/{part.line.recording}")
            else:
                self._say(gather, part, pace)
        return gather

    def _hearing(self, tag: str) -> Mapping[str, str]:
        """The attributes that a Gather needs to listen for words in a language; an empty tag: keys only. Words do not
        interrupt speech, since noise would too; the profanity filter would mask words about incontinence."""
        if not tag:
            return KEYS_ALONE
        return {
            "input": "dtmf speech",
            "barge_in": "false",
            "language": self.languages[tag].speech,
            "speech_model": SPEECH_MODEL,
            "speech_timeout": END_OF_SPEECH,
            "profanity_filter": "false",
            "hints": ", ".join(_takeable(self.hints.get(tag, ()))),
        }

    def _dial(self, response: VoiceResponse, number: str = "", **more: str) -> None:
        dial = response.dial(timeout=RING_SECONDS, hangup_on_star=True, **more)
        dial.number(number or self.helpline)

    def _say(self, gather: Gather, part: _Part, pace: Pace) -> None:
        """Puts at most one piece of text into each element: the library and some carriers would lose the first of
        two."""
        slowly = min(RATES[Pace.SLOW], RATES[pace])
        rate, language = slowly if part.line.slowly else RATES[pace], self.languages[part.line.language]
        say = gather.say(None, voice=language.voice, language=language.speech)
        if not self.reads_ssml:
            say.append(part.words)
            return
        _break(say, part.before)
        if rate == PLAIN_RATE:
            say.append(part.words)
        else:
            say.prosody(part.words, rate=f"{rate}%")
        _break(say, part.after)


@dataclass(frozen=True, slots=True)
class _Part:
    """What is heard without a break, with the seconds of quiet before and after it."""

    line: Utterance
    words: str
    before: float
    after: float


def _parts(lines: Iterable[Utterance]) -> list[_Part]:
    """A pause is attached to the words before it, otherwise to those after it: some carriers reject a Pause between
    words that a key can interrupt, and all reject a Say without words. A recording cannot contain one, so the pause
    after it is attached to the next words. After the last part the line listens, which is quiet enough."""
    parts: list[_Part] = []
    quiet = 0.0
    for line in lines:
        words = UNSPEAKABLE.sub("", line.words).strip()
        if line.recording:
            parts.append(_Part(line, words, 0.0, 0.0))
            quiet = line.pause
        elif words:
            parts.append(_Part(line, words, quiet, line.pause))
            quiet = 0.0
        elif parts and not parts[-1].line.recording:
            parts[-1] = replace(parts[-1], after=parts[-1].after + line.pause)
        else:
            quiet += line.pause
    return parts


def _break(say: Say, seconds: float) -> None:
    left = round(seconds * 1000)
    while left > 0:
        say.break_(time=f"{min(left, LONGEST_BREAK)}ms")
        left -= LONGEST_BREAK


def _takeable(hints: Iterable[str]) -> list[str]:
    """The hints that the carrier accepts, with their commas replaced, since its list is separated by commas."""
    plain = (UNSPEAKABLE.sub("", hint).replace(",", " ").strip() for hint in hints)
    return [hint for hint in dict.fromkeys(plain) if 0 < len(hint) <= LONGEST_HINT][:MOST_HINTS]


def messages_document(*replies: TextReply) -> str:
    """Written by hand: the library takes ten times as long, which would be a twentieth of all that a text costs."""
    texts = (UNSPEAKABLE.sub("", text) for reply in replies for text in reply.texts)
    messages = "".join(f"<Message>{escape(text)}</Message>" for text in texts)
    return f"{DECLARATION}<Response>{messages}</Response>" if messages else f"{DECLARATION}<Response />"


@dataclass(frozen=True, slots=True)
class TwiML:
    changes_pace: bool = True
    """By SSML, which some carriers that read TwiML do not support."""
    content_type: ClassVar[str] = "text/xml; charset=utf-8"
    suffix: ClassVar[str] = ".xml"
    hears: ClassVar[bool] = True

    def webhook(self, address: str) -> str:
        return address + RETRIES

    def speaker(
        self,
        languages: Mapping[str, Language],
        helpline: str,
        audio: str = "/audio",
        hints: Mapping[str, Sequence[str]] | None = None,
    ) -> Speaker:
        return Speaker(languages, helpline, audio, hints or {}, self.changes_pace)

    def texts(self, *replies: TextReply) -> str:
        return messages_document(*replies)
