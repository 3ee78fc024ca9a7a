"""Plays a scenario file: a call or a conversation, a line a step, in words anyone can read.

What is heard is named, never quoted: `hear goals.1` means that segment's sentences are all said, `hear silent-1` that
phrase, `hear main` that menu's choices. So an editor's change of words breaks no scenario. `it is in Español` names the
language of what is heard and read from there on.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from settling import BETWEEN_KEYS, settle

from ivr.library.library import SLOT, Library
from ivr.library.limits import LEAST_CONFIDENCE
from ivr.library.measures import fragments, sentences
from ivr.library.sent_text import as_sent
from ivr.model import Position
from ivr.phone.call import Call
from ivr.phone.handset import Handset
from ivr.phone.sounds import Silence, Speech
from ivr.phone.texting import TextsReceived


@dataclass
class Stage:
    """A person with a phone, in the middle of a scenario."""

    libraries: Mapping[str, Library]
    handset: Handset
    library: Library = field(init=False)
    """The language that it is in at present."""
    call: Call | None = None
    answer: TextsReceived | None = None
    steps: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.library = next(iter(self.libraries.values()))

    @property
    def ongoing(self) -> Call:
        assert self.call is not None, "nobody has called yet"
        return self.call

    def play(self, file: Path) -> None:
        for number, written in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
            step = written.strip()
            if not step or step.startswith("#"):
                continue
            verb = next((verb for verb in VERBS if step == verb or step.startswith(verb + " ")), None)
            assert verb is not None, f"{file.name}:{number}: nobody can `{step}`"
            try:
                VERBS[verb](self, step.removeprefix(verb).strip())
            except AssertionError as failure:
                raise AssertionError(f"{file.name}:{number}: {step}\n{failure}") from failure


def words_of(library: Library, name: str) -> list[str]:
    """The sentences that a name in a scenario stands for, cut at their slots."""
    topic, dot, part = name.rpartition(".")
    if dot:
        segment = library.segment(Position(topic, int(part)))
        assert segment is not None, f"there is no segment {name}"
        return sentences(SLOT.sub("", segment.voice))
    if name in library.menus:
        return [choice.voice for choice in library.menus[name].choices]
    assert name in library.call, f"nothing is called {name}"
    return [piece.strip() for words in library.call[name] for piece in SLOT.split(words)[::2] if piece.strip(" .")]


def says(stage: Stage, name: str) -> bool:
    said = stage.ongoing.said
    return all(words in said for words in words_of(stage.library, name))


def _dial(stage: Stage, _: str) -> None:
    settle()
    stage.call = stage.handset.call()


def _withhold(stage: Stage, _: str) -> None:
    stage.handset = stage.handset.calling_from("anonymous")


def _press(stage: Stage, written: str) -> None:
    """`press 1`, or `press 1 after 2 seconds` of what is being said."""
    key, _, after = written.partition(" after ")
    settle(BETWEEN_KEYS)
    stage.ongoing.press(key, after=float(after.removesuffix(" seconds")) if after else None)


def _say(stage: Stage, words: str) -> None:
    settle(BETWEEN_KEYS)
    stage.ongoing.say(words)
    assert stage.ongoing.warnings == ()


def _mumble(stage: Stage, words: str) -> None:
    """What the carrier's computer has guessed."""
    settle(BETWEEN_KEYS)
    stage.ongoing.say(words, confidence=LEAST_CONFIDENCE / 2)


def _no_key_lost(stage: Stage, _: str) -> None:
    assert stage.ongoing.warnings == ()


def _wait(stage: Stage, times: str) -> None:
    for _ in range(int(times.removesuffix(" times") or 1)):
        stage.ongoing.wait()


def _late(stage: Stage, key: str) -> None:
    stage.ongoing.wait(late=True)
    assert stage.ongoing.names_only, f"it does not name what comes next: {stage.ongoing.said}"
    stage.ongoing.press(key)


def _hear(stage: Stage, name: str) -> None:
    assert says(stage, name), f"heard instead: {stage.ongoing.said}"


def _not_hear(stage: Stage, name: str) -> None:
    """Not one sentence of a segment; of a phrase or a menu, not all of it: some sentences stand in two."""
    heard = [words for words in words_of(stage.library, name) if words in stage.ongoing.said]
    enough = 1 if "." in name else len(words_of(stage.library, name))
    assert len(heard) < enough, f"heard: {heard}"


def _in_language(stage: Stage, name: str) -> None:
    """All that is heard, but for the offer of another language in itself."""
    stage.library = next(library for library in stage.libraries.values() if library.language.name == name)
    if stage.call is None or stage.call.ended:
        return
    own, language = [], stage.library.language
    others = [words for one in stage.libraries.values() for words in one.call["language-key"]]
    for item in stage.call.heard:
        if isinstance(item, Speech) and (item.text not in others or item.language == language.speech):
            own.append((item.language, item.voice))
    assert {*own} == {(language.speech, language.voice)}, f"heard instead: {stage.call.said}"


def _offered(stage: Stage, name: str) -> None:
    """In itself, in ten words at most, within 20 seconds."""
    (other,) = [library for library in stage.libraries.values() if library.language.name == name]
    (words,) = other.call["language-key"]
    moments = stage.ongoing.timeline[-len(stage.ongoing.heard) :]
    (moment,) = [m for m in moments if isinstance(m.item, Speech) and m.item.text == words]
    assert (moment.item.language, moment.item.voice) == (other.language.speech, other.language.voice)
    assert len(words.split()) <= 10
    assert moment.end - moments[0].begin <= 20, f"offered by {moment.end - moments[0].begin} s"


def _hear_again(stage: Stage, _: str) -> None:
    assert stage.ongoing.history[-1] == stage.ongoing.history[-2], f"heard instead: {stage.ongoing.said}"


def _rings(stage: Stage, number: str) -> None:
    assert stage.ongoing.dialling == number, f"dialling {stage.ongoing.dialling}"


def _nobody_answers(stage: Stage, _: str) -> None:
    stage.ongoing.dial_ends("no-answer")


def _talk(stage: Stage, _: str) -> None:
    stage.ongoing.dial_ends("completed")


def _hang_up(stage: Stage, _: str) -> None:
    """Also in the middle of what is being said: the line hears of it no sooner."""
    stage.ongoing.hang_up()


def _ended(stage: Stage, _: str) -> None:
    assert stage.ongoing.ended, f"still there: {stage.ongoing.said}"


def _not_ended(stage: Stage, _: str) -> None:
    assert not stage.ongoing.ended


def _paced(stage: Stage, rate: str) -> None:
    spoken = {item.rate for item in stage.ongoing.heard if hasattr(item, "rate")}
    assert spoken == {float(rate)}, f"spoken at {spoken}"


def _slowly(stage: Stage, words: str) -> None:
    said = [item for item in stage.ongoing.heard if isinstance(item, Speech) and words in item.text]
    times = sum(item.text.count(words) for item in said)
    assert times >= 2, f"said {times} times: {stage.ongoing.said}"
    assert {item.rate for item in said} == {0.75}


def _pause(stage: Stage, seconds: str) -> None:
    pauses = [item.seconds for item in stage.ongoing.heard if isinstance(item, Silence)]
    assert max(pauses, default=0) >= float(seconds.removesuffix(" seconds")), f"pauses: {pauses}"


def _waits(stage: Stage, seconds: str) -> None:
    gather = stage.ongoing.listening
    assert gather is not None
    assert gather.timeout >= int(seconds), f"it waits {gather.timeout} seconds"


def _text(stage: Stage, words: str) -> None:
    stage.answer = stage.handset.text(words)


def _text_picture(stage: Stage, _: str) -> None:
    stage.answer = stage.handset.text("", media=1)


def _read(stage: Stage, name: str) -> None:
    assert stage.answer is not None
    assert stage.answer.refused is None, str(stage.answer.refused)
    if name == "nothing":
        assert stage.answer.texts == (), f"read: {stage.answer.texts}"
        return
    assert all(fragments(text) <= 2 for text in stage.answer.texts), stage.answer.texts
    first, *follow_ups = stage.answer.texts
    for words in _written(stage.library, name):
        assert words in first, f"read instead: {first}"
    expected = _follow_ups(stage.library, name)
    assert len(follow_ups) == len(expected), f"read after it: {follow_ups}"
    assert all(words in text for words, text in zip(expected, follow_ups, strict=True)), f"read after it: {follow_ups}"


def _not_read(stage: Stage, name: str) -> None:
    assert stage.answer is not None
    assert not all(words in text for text in stage.answer.texts for words in _written(stage.library, name))


def _written(library: Library, name: str) -> list[str]:
    topic, dot, part = name.rpartition(".")
    if dot:
        segment = library.segment(Position(topic, int(part)))
        assert segment is not None, f"there is no segment {name}"
        return [as_sent(library.language, segment.text)]
    if name in library.menus:
        return [as_sent(library.language, choice.text) for choice in library.menus[name].choices]
    written = [as_sent(library.language, words) for words in library.text[name]]
    return [piece.strip() for words in written for piece in SLOT.split(words)[::2] if piece.strip(" .,")]


def _follow_ups(library: Library, name: str) -> list[str]:
    topic, dot, part = name.rpartition(".")
    segment = library.segment(Position(topic, int(part))) if dot else None
    return [as_sent(library.language, segment.follow_up)] if segment and segment.follow_up else []


def _read_code(stage: Stage, code: str) -> None:
    assert stage.answer is not None
    assert re.search(rf"\b{code}\b", stage.answer.texts[0]), f"read instead: {stage.answer.texts}"


VERBS: dict[str, Callable[[Stage, str], None]] = {
    "withhold the number": _withhold,
    "dial": _dial,
    "press": _press,
    "say": _say,
    "mumble": _mumble,
    "no key was lost": _no_key_lost,
    "it is said slowly:": _slowly,
    "it is in": _in_language,
    "it offers": _offered,
    "there is a pause of": _pause,
    "wait, and press": lambda stage, key: _late(stage, key.removesuffix(" while the next place is named")),
    "wait": _wait,
    "hear again": _hear_again,
    "hear": _hear,
    "do not hear": _not_hear,
    "it rings at": _rings,
    "nobody answers": _nobody_answers,
    "talk, and they hang up": _talk,
    "hang up": _hang_up,
    "the call is over": _ended,
    "the call goes on": _not_ended,
    "it is spoken at": _paced,
    "it will listen for": _waits,
    "text a picture": _text_picture,
    "text": _text,
    "read code": _read_code,
    "do not read": _not_read,
    "read": _read,
}
"""Longer beginnings first: `hear again` is not `hear`."""
