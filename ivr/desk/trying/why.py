"""How a text was read, and why: from the content on disk, in this process. Needs no running line."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from ivr.desk.trying.listed import written_at
from ivr.dialogue.state import library_of
from ivr.dialogue.step import step
from ivr.dialogue.text_moves import still_offered
from ivr.dialogue.texts import read_text
from ivr.library.document import Document
from ivr.library.library import Library
from ivr.library.load import Content
from ivr.listening.explain import Explained, explain, name_of, pending_name
from ivr.listening.listening import listening_of
from ivr.listening.meaning import Ask, Danger, Evidence
from ivr.listening.patterns import Pattern
from ivr.listening.reactions import request_in
from ivr.listening.rules import Listening
from ivr.model import Forget, Goal, Position, Texted, Texter
from ivr.phone.why import Remark

QUESTION_SECONDS = 3600.0
"""How long a question of the line stays open."""
MOST_NUMBERS = 100
"""The most phone numbers whose open questions are remembered."""

SO_NOT_COUNTED, SO_ASKED = "the guard: so it does not count", "a guard: so it is only asked about"
"""What a guard did to a match."""
DECIDED = {
    "carrier word": "a word that belongs to the carrier",
    "danger": "signs of danger or despair",
    "automatic": "signs that a machine wrote it",
    "wish": "a wish about texts",
    "answer": "the answer to what was asked",
    "number": "a number",
    "move": "a word that moves on or back",
    "lacks": "a subject that the line lacks",
    "topic": "words of a topic",
    "clues": "clues, each of which says too little alone",
    "unasked": "an answer, and nothing was asked",
    "": "nothing that it knows",
}
"""By the reading that decided."""


def remarks(content: Content, library: Library, written: str, pending: tuple[Goal, ...] = ()) -> tuple[Remark, ...]:
    """`pending`: what the line had asked about last."""
    request = request_in(content.libraries.values(), written)
    listening = listening_of(library)
    if request is None:
        told = "no request: a reaction, a quotation, a reply of the line sent back, or no words at all. No answer"
        return (Remark("Understood as", told),)
    explained = explain(listening, request, pending)
    return tuple(_Telling(listening, content.documents, explained, pending).all())


@dataclass(frozen=True, slots=True)
class _Telling:
    listening: Listening
    documents: Mapping[str, Document]
    explained: Explained
    pending: tuple[Goal, ...]

    def all(self) -> Iterator[Remark]:
        understood = self.explained.understood
        yield Remark("Read as", " ".join(understood.read_as) or "no words")
        if self.explained.corrected:
            pairs = (f"{written} to {read}" for written, read in self.explained.corrected)
            yield Remark("Corrected", ", ".join(pairs))
        yield Remark("Asked before", pending_name(self.listening, self.pending))
        yield Remark("Understood as", self._meaning())
        yield Remark("Decided by", self._decided())
        if understood.unaided is None or isinstance(understood.meaning, Danger | Position):
            yield from (self._spoke("Because of", one) for one in understood.evidence)
        else:
            yield from (self._spoke("The patterns alone", one) for one in understood.evidence)
        yield from (self._spoke("Guarded against", one, SO_NOT_COUNTED) for one in understood.besides)
        yield from self._second()
        yield from self._likeness()

    def _meaning(self) -> str:
        meaning = self.explained.understood.meaning
        name = name_of(self.listening, meaning)
        if isinstance(meaning, Ask) and set(meaning.goals) == set(self.pending):
            return f"{name}, which was asked just now: the main menu instead"
        return name

    def _decided(self) -> str:
        understood = self.explained.understood
        if understood.unaided is None:
            return DECIDED[understood.by]
        return f"the likeness to other texts; without it: {name_of(self.listening, understood.unaided)}"

    def _second(self) -> Iterator[Remark]:
        if self.explained.second is None:
            return
        meaning, evidence = self.explained.second
        places = dict.fromkeys(place for one in evidence for place in self._places(one))
        yield Remark("Came second", name_of(self.listening, meaning), tuple(places))

    def _likeness(self) -> Iterator[Remark]:
        understood = self.explained.understood
        if not understood.likely:
            return
        found = ", ".join(f"{label} {share:.0%}" for label, share in understood.likely)
        changed = "this changed nothing" if understood.unaided is None else "this changed the outcome"
        yield Remark("Most like", f"{found}: {changed}")

    def _spoke(self, about: str, evidence: Evidence, guarded: str = SO_ASKED) -> Remark:
        return Remark(about, f"“{evidence.words}”", tuple(self._places(evidence, guarded)))

    def _places(self, evidence: Evidence, guarded: str = SO_ASKED) -> Iterator[str]:
        yield self._place(evidence.pattern)
        if evidence.guard:
            yield f"{self._place(evidence.guard)} ({guarded})"

    def _place(self, pattern: Pattern) -> str:
        return f"{written_at(pattern, self.documents)}: {pattern.written}"


class WhyNow:
    """Knows the content that was loaded last, and the last question to each number. Stores no words."""

    def __init__(self, content: Content, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._texters: dict[str, tuple[float, Texter]] = {}
        self.take(content)

    def take(self, content: Content) -> None:
        self._content = content

    def __call__(self, number: str, words: str) -> tuple[Remark, ...]:
        """Reads the text as the line would if it had answered only this phone's texts from that number."""
        libraries, texter = self._content.libraries, self._texter(number)
        library = library_of(libraries, texter)
        told = remarks(self._content, library, words, still_offered(library, texter.question))
        event = read_text(libraries.values(), words)
        if isinstance(event, Texted):
            turn = step(libraries, texter, event)
            self._keep(number, Texter() if Forget() in turn.effects else replace(turn.state, draft=None))
        return told

    def _texter(self, number: str) -> Texter:
        at, texter = self._texters.get(number, (0.0, Texter()))
        return texter if self._clock() - at < QUESTION_SECONDS else replace(texter, question=(), shown=None)

    def _keep(self, number: str, texter: Texter) -> None:
        self._texters.pop(number, None)
        self._texters[number] = (self._clock(), texter)
        while len(self._texters) > MOST_NUMBERS:
            del self._texters[next(iter(self._texters))]
