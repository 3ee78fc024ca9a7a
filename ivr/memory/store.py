"""What is remembered of a caller: forgotten seven days after the last call or text, except the wish to get no texts.

The line never depends on it. If the store fails, nothing is remembered, and that answer comes within a bounded time
(connection.py). What a turn of a call leaves behind is written later, so the turn does not wait (write_buffer.py).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from ivr.memory.calendar import Calendar
from ivr.memory.caller import Sender
from ivr.memory.connection import StoreConnection
from ivr.memory.journal import Journal, WishKind
from ivr.memory.keys import A_WHILE, KEPT, OF_A_CALLER, QUESTION_KEPT, counts_key, forgotten_key, key_of
from ivr.memory.limits import COUNT_TEXT, MOST_TEXTS, Limits
from ivr.memory.scripts import (
    CLAIM,
    FORGET,
    KEEP_TEXT,
    OPEN_TEXT,
    OUTCOME,
    PUT,
    READ,
    RECALL,
    TAKE_LOST,
    UNCOUNT,
    ScriptCall,
    flat,
    run_script,
    together,
)
from ivr.memory.wishes import Wishes, now, place_of, standing_of
from ivr.memory.write_buffer import WriteBuffer

HEALTH = key_of("health", "write")

TEXTS_KEPT = 5
"""How many texts back a second delivery of the same text is still recognised."""
TOLD_APART = 6
"""Characters of a text's name that are enough to tell it from the other texts of ten minutes."""
ANSWERED = tuple(f"answered-{number}" for number in range(1, TEXTS_KEPT + 1))
"""One field for each, the oldest first: the store needs a third of the memory for a hash of short values."""
FIELDS = ("call", "text", "turn", *ANSWERED)
"""The fields of a caller's hash."""


@dataclass(frozen=True, slots=True)
class Remembered:
    """What is known of a caller. Places are paths (dialogue/url.py). `call`: where the last call stopped; `text`: the
    last segment sent by text; `answered`: by each of the last texts' names, what it was answered from; `turn`: the name
    of the text answered last; `question`: what the caller was asked, if that is still open; `lost`: a text that the
    caller asked for was not delivered, and the caller has not been told."""

    call: str | None = None
    text: str | None = None
    answered: Mapping[str, str] = field(default_factory=dict)
    turn: str = ""
    question: str | None = None
    lost: bool = False


NOTHING = Remembered()


@dataclass(frozen=True, slots=True)
class TextMemory:
    """What is known when a text arrives. `stopped`: the sender wants no texts; `blocked`: the carrier delivers none
    from the number that this one was sent to. `number`: the number of this text among the sender's recent ones. `at`:
    when this was read, in microseconds."""

    remembered: Remembered = NOTHING
    stopped: bool = False
    blocked: bool = False
    number: int = 0
    at: int = field(default_factory=now)


@dataclass(frozen=True, slots=True)
class KeptText:
    """What is remembered of a text that was answered. `standing`: what it was answered from (dialogue/url.py); `place`:
    the path of the segment that was sent, None if none was; `question`: what is open now."""

    standing: str
    place: str | None
    question: str | None


@dataclass(frozen=True, slots=True)
class Claim:
    """What is known of a wish before it is carried out. `number`: the number of this wish among the caller's of its
    kind, None if nobody can tell; `stopped`: the caller wants no texts; `before`: the outcome of the same wish if it
    was delivered before, empty while it is being carried out, None if it is new."""

    number: int | None = None
    stopped: bool = False
    before: str | None = None


class Store:
    """The store, by callers' keyed hashes; None stands for a caller whose number is withheld. `data`: the folder for
    wishes that the store cannot take; None: this process keeps them. `ours`: the line's own numbers. `needs_disk`: the
    store is on this machine, so a wish counts as kept only once a disk has it."""

    def __init__(
        self,
        address: str,
        data: Path | None = None,
        ours: Sequence[str] = (),
        needs_disk: bool = False,
        revive: Callable[[], object] | None = None,
        connection: StoreConnection | None = None,
        calendar: Calendar | None = None,
    ) -> None:
        """`revive`: run before each look at a store that has failed. `connection`: another connection to it.
        `calendar`: decides which day is counted; None: universal time."""
        self.connection = connection or StoreConnection(address, revive=revive)
        self.calendar = calendar or Calendar()
        self.notes = WriteBuffer(self.connection, self.calendar)
        self.limits = Limits(self.connection)
        self.wishes = Wishes(self.connection, Journal(data) if data else None, ours, needs_disk)

    def recall(self, caller: str | None) -> Remembered:
        """What is remembered when a call arrives."""
        if caller is None:
            return NOTHING

        keys = [key_of("caller", caller), key_of("lost", caller)]

        def ask(client: Any) -> list[Any]:
            return self.connection.taken(client, run_script(client, RECALL, keys, *FIELDS), writes=False)

        found = self.connection.ask(ask, None)
        return _remembered(found[0], lost=bool(found[1])) if found else NOTHING

    def keep_call(self, caller: str | None, place: str) -> None:
        if caller is not None:
            self.notes.place(caller, place)

    def take_lost(self, caller: str | None, turn: str, once: int) -> bool:
        """Whether a text that this caller asked for was lost. True for one turn only; if that turn is delivered again
        within `once` seconds, it is true again."""
        if caller is None:
            return False
        key = key_of("lost", caller)
        return bool(self.connection.ask(lambda client: run_script(client, TAKE_LOST, [key], turn, once), 0))

    def open_text(self, sender: Sender, text: str, number: str = "") -> TextMemory:
        """Everything that the answer to a text depends on, read in one round trip, which also counts the text. `text`:
        its name; `number`: the line's number that it was sent to. Works with a store that answers but does not
        write."""
        counted, caller = self.limits.count(sender.name, text), sender.key
        count = ScriptCall(COUNT_TEXT, [key_of("received", sender.name)], (text[:TOLD_APART], MOST_TEXTS, A_WHILE))
        if caller is None:
            found = self._together(count)
            return TextMemory(number=max(counted, (found or [0])[0] or 0))
        pending = self.wishes.pending(caller, number)
        keys = [key_of(kind, caller) for kind in ("caller", "stopped", "started", "blocked", "question")]
        found = self._together(ScriptCall(OPEN_TEXT, keys, (place_of(number), *FIELDS)), count)
        if not found or found[0] is None:
            return TextMemory(stopped=pending.stopped, number=counted)
        (kept, stopped, lifted, blocked, question), in_store = found
        standing = standing_of(stopped, lifted or ()).with_(pending)
        remembered = replace(_remembered(kept), question=question)
        return TextMemory(remembered, standing.stopped, bool(blocked), max(counted, in_store or 0))

    def keep_text(self, caller: str | None, text: str, memory: TextMemory, kept: KeptText) -> bool:
        """Whether the answer may be sent. False: another of the caller's texts was answered after this one was opened,
        so this one has to be answered again, from what is remembered now."""
        if caller is None:
            return True
        before = memory.remembered
        answered = list({**before.answered, text: kept.standing}.items())[-TEXTS_KEPT:]
        values = {field: " ".join(one) for field, one in zip(ANSWERED, answered, strict=False)}
        values |= {"text": kept.place} if kept.place else {}
        keys = [key_of("caller", caller), key_of("question", caller)]
        given = (before.turn, text, KEPT, kept.question or "", QUESTION_KEPT, *flat(values.items()))
        found = self._together(ScriptCall(KEEP_TEXT, keys, given), ScriptCall(READ, [forgotten_key(caller)]))
        if found and memory.at <= int(found[1] or 0):
            self._take_back(caller, ["turn", *values])
        return not found or found[0] != 0

    def keep_text_position(self, caller: str | None, place: str, at: int) -> None:
        """Keeps the position of a text that was not an answer: MORE goes on from there."""
        self._keep(caller, {"text": place}, at)

    def forget(self, caller: str | None) -> bool:
        """Erases all that is kept except the wish to get no texts; returns whether that is done. A slow worker may
        still write what it knew before. It undoes that itself (write_buffer.take_back), because the time of forgetting
        is noted first."""
        if caller is None:
            return True
        keys = [key_of(kind, caller) for kind in ("stopped", "started", *OF_A_CALLER)]
        since = forgotten_key(caller)
        noted = self.connection.ask(lambda client: bool(client.set(since, now(), ex=A_WHILE)), False)
        return noted and self.connection.ask(lambda client: run_script(client, FORGET, keys), None) is not None

    def stop(self, caller: str | None, number: str = "") -> bool:
        """Stops texts from all of the line's numbers until `start`, however long that is. Returns whether that is
        kept."""
        return caller is not None and self.wishes.take(caller, WishKind.STOP, number)

    def note_blocked(self, caller: str | None, number: str, blocked: bool) -> None:
        """Notes whether the carrier blocks texts to this caller from that number of the line's. If the note is lost,
        the line answers what could save a life, and the carrier drops it."""
        if caller is not None:
            key, place = key_of("blocked", caller), place_of(number)
            self.connection.ask(lambda client: client.hset(key, place, 1) if blocked else client.hdel(key, place), None)

    def start(self, caller: str | None, number: str = "") -> bool:
        """Allows texts again, from the line's number that this was sent to. Returns whether that is kept."""
        return caller is None or self.wishes.take(caller, WishKind.START, number)

    def claim(self, kind: str, caller: str, wish: str, once: int, seconds: int, number: str = "") -> Claim:
        """Counts a wish of a kind, `text` or `call`, among those of the last `seconds`. The same wish again within
        `once` seconds was delivered twice, and is not counted. `number`: the line's number that is to text or call."""
        if self.wishes.pending(caller, number).stopped:
            return Claim(stopped=True)
        keys = [key_of(name, caller) for name in ("stopped", "started", f"{kind}wish", f"{kind}s")]
        given = (wish, once, seconds, place_of(number))
        found = self.connection.ask(lambda client: run_script(client, CLAIM, keys, *given), None)
        if found is None:
            return Claim()
        stopped, order, *before = found
        return Claim(order, bool(stopped), before[0] if before else None)

    def note_wish(self, kind: str, caller: str, wish: str, outcome: str, once: int) -> None:
        given = (wish, outcome, once)
        self.connection.ask(lambda client: run_script(client, OUTCOME, [key_of(f"{kind}wish", caller)], *given), None)

    def uncount(self, kind: str, caller: str) -> None:
        """Takes one wish off the count, because nobody tried to carry it out."""
        self.connection.ask(lambda client: run_script(client, UNCOUNT, [key_of(f"{kind}s", caller)]), None)

    def became(self, kind: str, caller: str, wish: str) -> str | None:
        """The outcome that `note_wish` noted; empty while the wish is being carried out, or if the store does not
        answer; None if it is not known."""
        kept = self.connection.ask(lambda client: client.get(key_of(f"{kind}wish", caller)) or "", None)
        if kept is None:
            return ""
        name, _, outcome = kept.partition(" ")
        return outcome if name == wish else None

    def note_lost(self, caller: str | None) -> None:
        """Notes that a text was not delivered: worth saying while the caller may still be on the line."""
        if caller is not None:
            self.connection.ask(lambda client: client.set(key_of("lost", caller), "1", ex=A_WHILE), None)

    def counted_today(self, name: str) -> int | None:
        """What was counted under this name today; None without a store."""
        today = counts_key(self.calendar.today())
        return self.connection.ask(lambda client: int(client.hget(today, name) or 0), None)

    def try_writing(self) -> str:
        """The state of the store (StoreConnection.state), found out by writing to it."""
        self.wishes.begin()
        self.connection.ask(lambda client: self.connection.taken(client, [client.set(HEALTH, 1, ex=A_WHILE)]), None)
        return self.connection.state

    def _keep(self, caller: str | None, values: dict[str, str], at: int) -> None:
        """Keeps the values, unless the caller asked to be forgotten after this was known."""
        if caller is None:
            return
        keep = ScriptCall(PUT, [key_of("caller", caller)], (KEPT, *flat(values.items())))
        found = self._together(keep, ScriptCall(READ, [forgotten_key(caller)]))
        if found and at <= int(found[1] or 0):
            self._take_back(caller, list(values))

    def _take_back(self, caller: str, fields: Sequence[str]) -> None:
        """Removes fields of a caller who was forgotten meanwhile."""
        self.connection.ask(lambda client: client.hdel(key_of("caller", caller), *fields), None)
        self.connection.ask(lambda client: client.delete(key_of("question", caller)), None)

    def _together(self, *steps: ScriptCall) -> list[Any] | None:
        """The answer of each step, in one round trip; None without a store, and None for each step that it refuses."""
        return self.connection.ask(lambda client: self.connection.taken(client, together(client, *steps)), None)


def _remembered(values: Sequence[str | None] | None, lost: bool = False) -> Remembered:
    """`values`: those of FIELDS; None if they cannot be read."""
    call, text, turn, *kept = values or [None] * len(FIELDS)
    answered = {text: standing for text, _, standing in (one.partition(" ") for one in kept if one is not None)}
    return Remembered(call, text, answered, turn or "", lost=lost)
