"""What it is answered: words to say one after the other, and what to do then. It has one pace."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ivr.model import Dial, Language, Listen, Pace, Reply, StandaloneCall, TextReply, Utterance


@dataclass(frozen=True, slots=True)
class Speaker:
    languages: Mapping[str, Language]
    helpline: str
    audio: str

    def voice(self, reply: Reply, pace: Pace, action: str, line: str = "") -> str:  # noqa: ARG002 (it has one pace)
        match reply.then:
            case Listen(seconds):
                then: dict[str, object] = {"listen": seconds, "tell": action}
            case Dial(number, from_line):
                then = {"connect": number or self.helpline, "tell": action, **({"from": line} if from_line else {})}
            case _:
                then = {"hang up": True}
        return json.dumps({"say": self._said(reply.spoken), "then": then})

    def standing(self, call: StandaloneCall, other: str | None = None) -> str:
        before, after = self._said(call.before), self._said(call.after)
        return json.dumps({"say": before, "then": {"connect": self.helpline}, "after": after, "other": other})

    def _said(self, spoken: Iterable[Utterance]) -> list[dict[str, str]]:
        return [self._one(one) for one in spoken if one.words.strip()]

    def _one(self, one: Utterance) -> dict[str, str]:
        if one.recording:
            return {"play": f"{self.audio}/{one.recording}"}
        return {"words": one.words, "language": self.languages[one.language].speech}


class Documents:
    content_type = "application/json"
    suffix = ".json"
    changes_pace = False
    hears = False

    def webhook(self, address: str) -> str:
        return address

    def speaker(
        self,
        languages: Mapping[str, Language],
        helpline: str,
        audio: str = "/audio",
        hints: Mapping[str, Sequence[str]] | None = None,  # noqa: ARG002 (it hears no words)
    ) -> Speaker:
        return Speaker(languages, helpline, audio)

    def texts(self, *replies: TextReply) -> str:
        return json.dumps({"texts": [text for one in replies for text in one.texts]})
