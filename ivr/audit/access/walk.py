"""A walk over the running line: every key, and none, at every place that sounds different. By presses alone."""

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
"""Seconds, shorter than any person takes between two acts."""
AT_ONCE = 8
"""Calls at the same time."""
VOICE = "/voice/"
TO = 3
"""Decimals of a second: the same words take as long at any time of a call."""
TOP_VERB = re.compile(r"<(Gather|Say|Play|Pause|Dial|Redirect|Hangup|Reject)\b")
GATHER = re.compile(r"<(Gather|Dial)\b.*?</\1>", re.DOTALL)


def greeting_in(handset: Handset, language: str) -> str | None:
    """The path of the greeting in this language, by key 6 as often as it takes; None: the one that a new caller hears.
    Raises Refused."""
    call = withheld(handset).call()
    path = first = path_of(call)
    while (state := from_path(path or "")) and state.language != language:
        call.press("6")
        path = path_of(call)
        if path == first:
            break
    return path if path != first else None


def withheld(handset: Handset) -> Handset:
    """Nothing that it hears depends on what the line remembers."""
    return replace(handset.calling_from(WITHHELD), status_callbacks=False)


def answered(handset: Handset, greeting: str | None) -> Call:
    """A call, as the line has just answered. `greeting`: its path, if the caller has come there by key 6."""
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
    with ThreadPoolExecutor(AT_ONCE) as pool:
        while frontier := found.unwalked(arrivals):
            for turns in pool.map(lambda turn: _all_acts(nobody, turn), frontier):
                for turn in turns:
                    found.turns[str(turn.here)][turn.act] = turn
        late = dict(pool.map(lambda turn: (str(turn.there), _late_keys(nobody, turn)), found.goes_on()))
    return Walk(arrivals, found.turns, found.alike, WITHHELD, late)


def path_of(call: Call) -> str | None:
    """The path that says where the caller is; None once the call is over."""
    return call.action.partition(VOICE)[2] if call.action else None


def turn_of(call: Call, here: str | None, act: str) -> ObservedTurn:
    """The turn that the call stands at."""
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
        tuple(TOP_VERB.findall(GATHER.sub(r"<\1>", call.document))),
        call.warnings,
    )


@lru_cache(maxsize=2**13)
def _shared(moments: tuple[Moment, ...]) -> tuple[Moment, ...]:
    """Those that were heard before, if they are the same: tens of thousands of turns say a few thousand things."""
    return moments


def acts_after(turn: ObservedTurn) -> tuple[str, ...]:
    """All that a person can do then."""
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
    """What a caller can do who has just heard that turn: `#` says it again, however they came there. Each act is done
    by a fork of the call, so that all begin at the same word."""
    standing = _standing(handset, before)
    return [_done(standing.fork(), str(before.there), act) for act in acts_after(before)]


def _late_keys(handset: Handset, before: ObservedTurn) -> dict[str, ObservedTurn]:
    """Each key, pressed while the line names where it has gone on to by itself; none where it does not listen then."""
    call = _standing(handset, before)
    call.wait(late=True)
    return {key: _done(call.fork(), str(before.there), key) for key in KEYS} if call.names_only else {}


def _standing(handset: Handset, before: ObservedTurn) -> Call:
    """`#` stops the line from dialling, so there it is the silence that led there."""
    if before.prompt is Prompt.CONNECTING:
        return replace(handset, voice_url=f"{VOICE}{before.here}").call()
    return replace(handset, voice_url=f"{VOICE}{before.there}").call(pressed="#")


def _done(call: Call, here: str, act: str) -> ObservedTurn:
    do(call, act)
    return turn_of(call, here, act)


@dataclass
class _Found:
    """What has been walked so far. Places that sound alike are walked once, whatever their path: a key means what the
    caller has just heard, and nothing else. `kinds`: the place that was walked for each kind."""

    language: str
    turns: dict[str, dict[str, ObservedTurn]] = field(default_factory=dict)
    alike: dict[str, str] = field(default_factory=dict)
    kinds: dict[object, str] = field(default_factory=dict)

    def unwalked(self, arrivals: Iterable[ObservedTurn]) -> list[ObservedTurn]:
        """One turn for each kind of place that has been found and not walked. At another pace than the normal one,
        only when nothing else is left."""
        every = [*arrivals, *(turn for acts in self.turns.values() for turn in acts.values())]
        known = [turn for turn in every if turn.state is not None and turn.state.language == self.language]
        for turns in ([t for t in known if t.normal], [t for t in known if not t.normal]):
            if fresh := list(self._fresh(turns)):
                return fresh
        return []

    def goes_on(self) -> list[ObservedTurn]:
        """A turn at each place of a segment that silence leads on from, to another segment."""
        every = {turn.there: turn for acts in self.turns.values() for turn in acts.values() if turn.normal}
        found = [every[path] for path, acts in self.turns.items() if path in every and _leads_on(acts)]
        return [turn for turn in found if turn.prompt is Prompt.PLAIN]

    def _fresh(self, turns: Iterable[ObservedTurn]) -> Iterator[ObservedTurn]:
        for turn in turns:
            path = str(turn.there)
            if path in self.turns or path in self.alike:
                continue
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
    """What a caller can tell apart: where, why, how long the line listens, and the words, at whatever pace; and what
    decides what silence leads to. At another pace than the normal one, by what is heard alone: how long the line waits
    and what comes of silence is seen at the normal pace, and does not depend on pace."""
    if not turn.normal:
        return turn.position, turn.prompt, turn.dialling, turn.said
    state = turn.state
    hidden = (state.patient, state.touring, state.only_asked, state.reading_on) if state else ()
    wait = turn.listening.timeout if turn.listening else 0.0
    return turn.position, turn.prompt, hidden, wait, turn.dialling, turn.said


class Recorder:
    """A call that is written down turn by turn. Ends at the first place where the line does not listen. `at_ease`: with
    a person's moment after each act, in which the line notes where the caller is. `greeting`: see `answered`."""

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
        """The same act again and again, `most` times at most."""
        for _ in range(most):
            if over(self) or self.turns[-1].there is None:
                break
            self.do(act)
        return self

    def journey(self) -> Journey:
        return Journey(tuple(self.turns), tuple(self.begins), self.call.clock, self.number)


def place_in_words(path: str | None) -> str:
    """A place for people: `silent 2 at goals 1`."""
    place = from_path(path) if path else None
    if place is None:
        return "the end"
    part = f" {place.position.part}" if place.position.part else ""
    tries = f" {place.tries}" if place.tries else ""
    return f"{place.prompt}{tries} at {place.position.name}{part}"
