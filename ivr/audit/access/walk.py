"""Walks the running line: at every place that sounds different, tries every key, and none. Uses key presses only."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from functools import lru_cache

from ivr.audit.access.turns import DIAL, KEYS, NOBODY, SILENCE, TALK, Journey, ObservedTurn, Walk
from ivr.dialogue.url import from_path
from ivr.library.library import Library
from ivr.model import Prompt
from ivr.phone.handset import Call, Handset, Moment
from ivr.phone.sounds import KeyPress, Talk, Wait

WITHHELD = "anonymous"
MOMENT = 0.25
"""Seconds; shorter than any person takes between two acts."""
AT_ONCE = 8
"""Most calls at the same time."""
VOICE = "/voice/"
TO = 3
"""Decimals to which seconds are rounded, so that the same words take equally long at any time of a call."""
TOP_VERB = re.compile(r"<(Gather|Say|Play|Pause|Dial|Redirect|Hangup|Reject)\b")
GATHER = re.compile(r"<(Gather|Dial)\b.*?</\1>", re.DOTALL)


def greeting_in(handset: Handset, language: str) -> str | None:
    """The path of the greeting in this language, reached by as many presses of key 6 as it takes; None if it is the one
    that new callers hear. Raises Refused."""
    call = withheld(handset).call()
    path = first = path_of(call)
    while (state := from_path(path or "")) and state.language != language:
        call.press("6")
        path = path_of(call)
        if path == first:
            break
    return path if path != first else None


def withheld(handset: Handset) -> Handset:
    """A handset with a withheld number: what it hears does not depend on what the line remembers."""
    return replace(handset.calling_from(WITHHELD), status_callbacks=False)


def answered(handset: Handset, greeting: str | None) -> Call:
    """A call that the line has just answered. `greeting`: the path of its greeting, if reached by key 6."""
    return replace(handset, voice_url=f"{VOICE}{greeting}").call(pressed="#") if greeting else handset.call()


def walk_calls(
    handset: Handset, library: Library, further: Iterable[ObservedTurn] = (), greeting: str | None = None
) -> Walk:
    """Begins at the greeting (`greeting`: its path, see `answered`), and at each turn of `further` (what a returning
    caller hears). The caller's number is withheld, so nothing that the walk hears depends on what the line
    remembers."""
    nobody = withheld(handset)
    arrivals = (turn_of(answered(nobody, greeting), None, DIAL), *further)
    found = _Found(library.language.tag)
    for turn in arrivals:
        found.note(turn)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        while frontier := found.unwalked():
            for turns in pool.map(lambda turn: _all_acts(nobody, turn), frontier):
                for turn in turns:
                    found.turns[str(turn.here)][turn.act] = turn
                    found.note(turn)
        late = dict(pool.map(lambda turn: (str(turn.there), _late_keys(nobody, turn)), found.goes_on()))
    return Walk(arrivals, found.turns, found.alike, WITHHELD, late)


def path_of(call: Call) -> str | None:
    """The path that says where the caller is; None once the call is over."""
    return call.action.partition(VOICE)[2] if call.action else None


def turn_of(call: Call, here: str | None, act: str) -> ObservedTurn:
    """The current turn of the call."""
    heard = [moment for moment in call.timeline if not isinstance(moment.item, Wait | KeyPress | Talk)]
    moments = heard[len(heard) - len(call.heard) :]
    begin = moments[0].begin if moments else 0.0
    return ObservedTurn(
        here,
        act,
        path_of(call),
        _shared(tuple(Moment(round(m.begin - begin, TO), round(m.end - begin, TO), m.item) for m in moments)),
        call.listening,
        call.dialling,
        _verbs(call.document),
        call.warnings,
    )


@lru_cache(maxsize=2**13)
def _verbs(document: str) -> tuple[str, ...]:
    return tuple(TOP_VERB.findall(GATHER.sub(r"<\1>", document)))


@lru_cache(maxsize=2**13)
def _shared(moments: tuple[Moment, ...]) -> tuple[Moment, ...]:
    """Moments that are equal to earlier ones are replaced by those: tens of thousands of turns say a few thousand
    things."""
    return moments


def acts_after(turn: ObservedTurn) -> tuple[str, ...]:
    """Everything that a person can do next."""
    if turn.dialling:
        return (NOBODY, TALK, "*")
    return (SILENCE, *KEYS) if turn.listening else ()


def do(call: Call, act: str, after: float | None = None) -> None:
    if act == SILENCE:
        call.wait()
    elif act in (NOBODY, TALK):
        call.dial_ends(act)
    else:
        call.press(act, after)


def _all_acts(handset: Handset, before: ObservedTurn) -> list[ObservedTurn]:
    """Everything that a caller can do after hearing that turn. `#` repeats it, however they got there. Each act happens
    on a fork of the call, so all begin at the same word."""
    standing = _standing(handset, before)
    return [_done(standing.fork(), str(before.there), act) for act in acts_after(before)]


def _late_keys(handset: Handset, before: ObservedTurn) -> dict[str, ObservedTurn]:
    """For each key, what it leads to while the line names where it has gone on to; empty if it does not listen then."""
    call = _standing(handset, before)
    call.wait(late=True)
    return {key: _done(call.fork(), str(before.there), key) for key in KEYS} if call.names_only else {}


def _standing(handset: Handset, before: ObservedTurn) -> Call:
    """A call that stands at this turn. Where the line is about to dial, `#` would stop it, so the call gets there by
    silence."""
    if before.prompt is Prompt.CONNECTING:
        return replace(handset, voice_url=f"{VOICE}{before.here}").call()
    return replace(handset, voice_url=f"{VOICE}{before.there}").call(pressed="#")


def _done(call: Call, here: str, act: str) -> ObservedTurn:
    do(call, act)
    return turn_of(call, here, act)


@dataclass
class _Found:
    """What has been walked so far. Places that sound alike are walked once, whatever their path, since a key means what
    the caller has just heard and nothing else. `kinds`: the place that was walked for each kind. `normal`, `other`: a
    turn at each place, at the normal pace and at others, that nobody has looked at yet."""

    language: str
    turns: dict[str, dict[str, ObservedTurn]] = field(default_factory=dict)
    alike: dict[str, str] = field(default_factory=dict)
    kinds: dict[object, str] = field(default_factory=dict)
    normal: dict[str, ObservedTurn] = field(default_factory=dict)
    other: dict[str, ObservedTurn] = field(default_factory=dict)

    def note(self, turn: ObservedTurn) -> None:
        """Puts the place where that turn ended on the list of those to walk, if it is new."""
        path = str(turn.there)
        if turn.state is None or turn.state.language != self.language or path in self.turns or path in self.alike:
            return
        (self.normal if turn.normal else self.other).setdefault(path, turn)

    def unwalked(self) -> list[ObservedTurn]:
        """One turn for each kind of place that has been found and not walked. Places at another pace than the normal
        one come last."""
        for waiting in (self.normal, self.other):
            fresh = list(self._fresh(waiting))
            waiting.clear()
            if fresh:
                return fresh
        return []

    def goes_on(self) -> list[ObservedTurn]:
        """A turn at each place in a segment from which silence leads to another segment."""
        every = {turn.there: turn for acts in self.turns.values() for turn in acts.values() if turn.normal}
        found = [every[path] for path, acts in self.turns.items() if path in every and _leads_on(acts)]
        return [turn for turn in found if turn.prompt is Prompt.PLAIN]

    def _fresh(self, waiting: Mapping[str, ObservedTurn]) -> Iterator[ObservedTurn]:
        for path, turn in waiting.items():
            walked = self.kinds.setdefault(told_apart_by(turn), path)
            if walked == path:
                self.turns[path] = {}
                yield turn
            else:
                self.alike[path] = walked


def _leads_on(acts: Mapping[str, ObservedTurn]) -> bool:
    after = acts.get(SILENCE)
    if after is None or after.before is None or after.position is None:
        return False
    return after.before.position.part > 0 < after.position.part and after.position != after.before.position


def told_apart_by(turn: ObservedTurn) -> object:
    """What makes places different for a caller: where, why, how long the line listens, the words (at any pace), and
    what decides where silence leads. At another pace than the normal one only the words count: waits and silences do
    not depend on the pace, and are measured at the normal one."""
    if not turn.normal:
        return turn.position, turn.prompt, turn.dialling, turn.said
    state = turn.state
    hidden = (state.patient, state.touring, state.only_asked, state.reading_on) if state else ()
    wait = turn.listening.timeout if turn.listening else 0.0
    return turn.position, turn.prompt, hidden, wait, turn.dialling, turn.said


class Recorder:
    """Records a call turn by turn. Ends at the first place where the line does not listen. `at_ease`: pauses like a
    person after each act, in which the line notes where the caller is. `greeting`: see `answered`."""

    def __init__(self, handset: Handset, at_ease: bool = False, greeting: str | None = None) -> None:
        self.moment = MOMENT if at_ease else 0.0
        self.call, self.number = answered(handset, greeting), handset.number
        self.turns = [turn_of(self.call, None, DIAL)]
        self.begins = [0.0]

    def do(self, *acts: str, after: float | None = None) -> Recorder:
        for act in acts:
            here = self.turns[-1].there
            if here is None:
                break
            do(self.call, act, after)
            time.sleep(self.moment)
            self.turns.append(turn_of(self.call, here, act))
            self.begins.append(self.call.clock - self.turns[-1].seconds)
        return self

    def until(self, over: Callable[[Recorder], bool], act: str, most: int) -> Recorder:
        """Repeats the act until `over`, at most `most` times."""
        for _ in range(most):
            if over(self) or self.turns[-1].there is None:
                break
            self.do(act)
        return self

    def journey(self) -> Journey:
        return Journey(tuple(self.turns), tuple(self.begins), self.call.clock, self.number)


def place_in_words(path: str | None) -> str:
    """A place for people to read: `silent 2 at goals 1`."""
    place = from_path(path) if path else None
    if place is None:
        return "the end"
    part = f" {place.position.part}" if place.position.part else ""
    tries = f" {place.tries}" if place.tries else ""
    return f"{place.prompt}{tries} at {place.position.name}{part}"
