"""Turns a Say, with its SSML, into stretches of speech and silence."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby
from urllib.parse import quote
from xml.etree.ElementTree import Element

from ivr.phone.carrier_rules import attributes
from ivr.phone.refused import Refused
from ivr.phone.sounds import Silence, Speech

WORDS_A_MINUTE = 150
SENTENCE_SECONDS = 0.35
LONGEST_TEXT = 3000
LONGEST_ENCODED = 4500
NOT_SPEAKABLE = 13520

_RATES = {"x-slow": 0.5, "slow": 0.75, "medium": 1.0, "default": 1.0, "fast": 1.25, "x-fast": 1.5}
_BREAKS = {"none": 0.0, "x-weak": 0.0, "weak": 0.2, "medium": 0.25, "strong": 0.5, "x-strong": 0.8}
_SPELLED = {"characters", "digits", "spell-out", "telephone"}


@dataclass(frozen=True)
class _Run:
    """Text as it is in the document; with `pause`, a break and no text."""

    text: str
    language: str
    rate: float = 1.0
    spelled: bool = False
    pause: float | None = None


def read_say(say: Element, interruptible: bool) -> tuple[Speech | Silence, ...]:
    voice, language = say.get("voice", ""), say.get("language", "")
    _check_text("".join(say.itertext()))
    _check_voice(say, voice)
    once = _joined(tuple(_runs(say, _Run("", language))), voice, interruptible)
    loop = int(say.get("loop", "1"))
    if loop == 0:
        raise Refused(NOT_SPEAKABLE, "<Say loop='0'> speaks for ever; the handset does not")
    return once * loop


def _check_text(text: str) -> None:
    if not text.strip():
        raise Refused(NOT_SPEAKABLE, "<Say> has nothing to say")
    if len(text) > LONGEST_TEXT:
        raise Refused(NOT_SPEAKABLE, f"<Say> has {len(text)} characters; the voice takes {LONGEST_TEXT}")
    if len(quote(text)) > LONGEST_ENCODED:
        raise Refused(NOT_SPEAKABLE, f"<Say> takes more than {LONGEST_ENCODED} characters once encoded")


def _check_voice(say: Element, voice: str) -> None:
    if len(say) and voice in ("man", "woman"):
        raise Refused(NOT_SPEAKABLE, f"the voice {voice} takes no SSML")
    if not voice.endswith("-Neural"):
        return
    if say.find(".//emphasis") is not None:
        raise Refused(NOT_SPEAKABLE, "a neural voice takes no <emphasis>")
    if any(element.get("pitch") for element in say.iter("prosody")):
        raise Refused(NOT_SPEAKABLE, "a neural voice takes no pitch")


def _runs(element: Element, around: _Run) -> Iterator[_Run]:
    yield replace(around, text=element.text or "")
    for child in element:
        yield from _child_runs(child, around)
        yield replace(around, text=child.tail or "")


def _child_runs(child: Element, around: _Run) -> Iterator[_Run]:
    given = attributes(child)
    match child.tag:
        case "break":
            yield replace(around, pause=_break_seconds(given))
        case "sub":
            yield replace(around, text=given.get("alias", child.text or ""))
        case "prosody":
            yield from _runs(child, replace(around, rate=_rate(given.get("rate", "default")) * around.rate))
        case "lang":
            yield from _runs(child, replace(around, language=given.get("xml:lang", around.language)))
        case "say-as":
            yield from _runs(child, replace(around, spelled=given.get("interpret-as") in _SPELLED))
        case "s" | "p":
            yield replace(around, text=" ")
            yield from _runs(child, around)
            yield replace(around, text=" ")
        case _:
            yield from _runs(child, around)


def _break_seconds(given: dict[str, str]) -> float:
    time = given.get("time")
    if time is None:
        return _BREAKS[given.get("strength", "medium")]
    return float(time[:-2]) / 1000 if time.endswith("ms") else float(time[:-1])


def _rate(rate: str) -> float:
    """Voices speak at 20 to 200 percent of their own pace, whatever is asked."""
    return min(max(float(rate[:-1]) / 100, 0.2), 2.0) if rate.endswith("%") else _RATES[rate]


@lru_cache(maxsize=4096)
def _joined(runs: tuple[_Run, ...], voice: str, interruptible: bool) -> tuple[Speech | Silence, ...]:
    """Cached, since most of what a line says is said in many documents."""
    return tuple(_join(runs, voice, interruptible))


def _join(runs: Iterable[_Run], voice: str, interruptible: bool) -> Iterator[Speech | Silence]:
    for (pause, language, rate), group in groupby(runs, key=lambda run: (run.pause, run.language, run.rate)):
        stretch = list(group)
        text = " ".join("".join(run.text for run in stretch).split())
        if pause is not None:
            yield Silence(pause * len(stretch), interruptible)
        elif text:
            yield Speech(text, voice, language, rate, interruptible, _seconds(stretch, text, rate))


def _seconds(stretch: list[_Run], text: str, rate: float) -> float:
    spelled = sum(len(re.findall(r"\w", run.text)) for run in stretch if run.spelled)
    plain = " ".join(run.text for run in stretch if not run.spelled)
    words = spelled + sum(1 for word in plain.split() if re.search(r"\w", word))
    sentences = len(re.findall(r"[.!?]+(?=\W*(\s|$))", text))
    return words * 60 / WORDS_A_MINUTE / rate + sentences * SENTENCE_SECONDS
