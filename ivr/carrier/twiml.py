"""Replies as TwiML: the only place that knows it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from twilio.twiml.messaging_response import MessagingResponse
from twilio.twiml.voice_response import Gather, VoiceResponse

from ivr.model import Dial, Language, Line, Listen, Pace, Reply, TextReply

RATES = {Pace.SLOW: 75, Pace.NORMAL: 100, Pace.FAST: 125}
"""Percent of the voice's own rate, which is about 150 words a minute."""

PLAIN_RATE = 100
RING_SECONDS = 30
UNSPEAKABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
"""Signs that would break the document: XML cannot hold them."""


@dataclass(frozen=True, slots=True)
class Speaker:
    """How replies are spoken: languages by tag, the number that Dial puts a caller through to, and what stands before
    a recording's name in its address."""

    languages: Mapping[str, Language]
    helpline: str
    audio: str = "/audio"

    def voice(self, reply: Reply, pace: Pace, action: str) -> str:
        """`action` is where a key, silence or the end of a dialled call goes."""
        response = VoiceResponse()
        if isinstance(reply.then, Listen):
            gather = Gather(
                input="dtmf",
                num_digits=1,
                finish_on_key="",
                timeout=reply.then.seconds,
                action=action,
                method="POST",
                action_on_empty_result=True,
            )
            for line in reply.spoken:
                self._say(gather, line, pace)
            response.append(gather)
            response.redirect(action, method="POST")
        elif isinstance(reply.then, Dial):
            dial = response.dial(action=action, method="POST", timeout=RING_SECONDS, hangup_on_star=True)
            dial.number(self.helpline)
        else:
            response.hangup()
        return str(response)

    def _say(self, gather: Gather, line: Line, pace: Pace) -> None:
        words, rate = UNSPEAKABLE.sub("", line.words).strip(), RATES[Pace.SLOW if line.slowly else pace]
        if line.recording:
            gather.play(f"{self.audio}/{line.recording}")
        if line.recording or not words:
            gather.pause(length=max(1, round(line.pause)))
            return
        language = self.languages[line.language]
        say = gather.say(words if rate == PLAIN_RATE else None, voice=language.voice, language=language.speech)
        if rate != PLAIN_RATE:
            say.prosody(words, rate=f"{rate}%")
        say.break_(time=f"{round(line.pause * 1000)}ms")


def texted(reply: TextReply) -> str:
    response = MessagingResponse()
    if reply.text is not None:
        response.message(UNSPEAKABLE.sub("", reply.text))
    return str(response)
