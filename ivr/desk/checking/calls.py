"""Figures for the rules on the seconds of a call, by estimate or by audio. No running line is needed: `step` tells what
is said, and the length of each utterance tells when it is heard."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ivr.audit.access.ear import (
    Option,
    Sentence,
    Span,
    Word,
    find,
    options_heard,
    sentences_heard,
    tongue_of,
    words_heard,
)
from ivr.dialogue.say import say
from ivr.dialogue.state import first_state
from ivr.dialogue.step import step
from ivr.dialogue.utterances import segment_spoken
from ivr.library.library import HOME, Library
from ivr.library.limits import EMERGENCY_BY, OPTION_BY, OVERVIEW_BY, SIGNS_BY, TREATMENT_BY
from ivr.library.names import name_as_said
from ivr.model import Arrived, CallTurn, Listen, Position, Reply, Silent, State, Utterance
from ivr.phone.sounds import Silence, Speech, Wait
from ivr.phone.timeline import Timeline

SecondsOf = Callable[[Utterance], float]
"""Seconds that an utterance takes, without the pause after it."""

LONG_ENOUGH = 240.0
"""Seconds after which a silent call is not followed any further."""


@dataclass(frozen=True, slots=True)
class Milestone:
    """Seconds until something was heard or ended; None: it was not heard."""

    rule: str
    what: str
    limit: float
    seconds: float | None

    @property
    def holds(self) -> bool:
        return self.seconds is not None and self.seconds <= self.limit


def milestones(libraries: Mapping[str, Library], language: str, seconds_of: SecondsOf) -> list[Milestone]:
    """A1, A2, A3, B5 and B7 for callers who hear this language first."""
    return list(Ear({language: libraries[language], **libraries}, seconds_of).milestones())


@dataclass(frozen=True, slots=True)
class Ear:
    """What a first-time caller hears. `libraries`: all of them, the caller's language first."""

    libraries: Mapping[str, Library]
    seconds_of: SecondsOf

    @property
    def library(self) -> Library:
        return next(iter(self.libraries.values()))

    def milestones(self) -> Iterator[Milestone]:
        greeting = self._words(self._arrival().reply)
        options = self._options(greeting)
        number = find(greeting, name_as_said(self.library.names["emergency"]))
        yield Milestone("A1", "the emergency number has been said", EMERGENCY_BY, number.end if number else None)
        first = options[0].sentence.begin if options else None
        yield Milestone("A2", "the first option begins", OPTION_BY, first)
        yield from self._silent_caller("a silent caller")
        yield from self._silent_caller("a silent caller who comes back", self._remembered())
        yield from self._menu("greeting", greeting, self._choices(greeting)[0].sentence.begin)
        for name in self.library.menus:
            yield from self._menu(name, self._words(self._menu_said(name)), 0.0)
        yield from self._treatments(greeting)

    def _silent_caller(self, who: str, remembered: State | None = None) -> Iterator[Milestone]:
        heard = self._silent_call(remembered)
        firsts = [("the main points begin", self.library.tour[0], OVERVIEW_BY)]
        if urgent := self.library.menus[HOME].urgent:
            firsts.append(("the warning signs begin", Position(urgent, 1), SIGNS_BY))
        for what, first, limit in firsts:
            span = self._begin_of(heard, first)
            yield Milestone("A3", f"{what} for {who}", limit, span.begin if span else None)

    def _remembered(self) -> State:
        """Where the last call stopped does not matter: it is not named before the caller asks for it."""
        return State(self.library.language.tag, next(iter(self.library.numbers)))

    def _begin_of(self, heard: Sequence[Word], position: Position) -> Span | None:
        return find(heard, segment_spoken(self.library, position)[0].words)

    def _menu(self, name: str, words: Sequence[Word], begin: float) -> Iterator[Milestone]:
        """B5, counted from the title, or in the greeting from the first choice."""
        language = self.library.language
        named = self._choices(words)[-1].named - begin
        yield Milestone("B5", f"{name}: the whole menu", language.longest_menu, words[-1].end - begin)
        yield Milestone("B5", f"{name}: the last choice is named", language.last_choice_by, named)

    def _treatments(self, greeting: Sequence[Word]) -> Iterator[Milestone]:
        """B7: key 1 is pressed as soon as it is offered, unless the word was said before that."""
        offer = next(one for one in self._choices(greeting) if one.key == "1").sentence.end
        behind = self.library.menus[HOME].choices[0].leads_to
        menu = self._words(self._menu_said(behind)) if behind in self.library.menus else ()
        for word in self.library.treatments:
            before, after = _naming(greeting, word), _naming(menu, word)
            at = before.end if before and before.end <= offer else offer + after.end if after else None
            yield Milestone("B7", f"`{word}` has been said, key 1 pressed once it is offered", TREATMENT_BY, at)

    def _arrival(self, remembered: State | None = None) -> CallTurn:
        return step(self.libraries, first_state(self.libraries), Arrived(remembered))

    def _menu_said(self, name: str) -> Reply:
        return say(self.libraries, State(self.library.language.tag, Position(name)))

    def _silent_call(self, remembered: State | None) -> tuple[Word, ...]:
        timeline, turn = Timeline(), self._arrival(remembered)
        self._hear(timeline, turn.reply)
        while isinstance(turn.reply.then, Listen) and timeline.now < LONG_ENOUGH:
            timeline.add(Wait(turn.reply.then.seconds))
            turn = step(self.libraries, turn.state, Silent())
            self._hear(timeline, turn.reply)
        return words_heard(timeline.moments)

    def _words(self, reply: Reply) -> tuple[Word, ...]:
        timeline = Timeline()
        self._hear(timeline, reply)
        return words_heard(timeline.moments)

    def _hear(self, timeline: Timeline, reply: Reply) -> None:
        for one in reply.spoken:
            if one.words:
                timeline.add(Speech(one.words, "", one.language, 1.0, True, self.seconds_of(one)))
            timeline.add(Silence(one.pause, True))

    def _options(self, words: Sequence[Word]) -> tuple[Option, ...]:
        heard: tuple[Sentence, ...] = sentences_heard(words)
        return options_heard(heard, tongue_of(self.library))

    def _choices(self, words: Sequence[Word]) -> list[Option]:
        return [option for option in self._options(words) if option.key in "12345"]


def _naming(heard: Sequence[Word], treatment: str) -> Word | None:
    """The first word that contains it: `vaccination` contains `vaccin`."""
    return next((word for word in heard if treatment.lower() in word.bare), None)
