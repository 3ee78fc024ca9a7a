"""Whether a store can be trusted with what the line keeps. Tries each thing that the line does with its store once,
under the keys of a caller who does not exist, and reads what the store says of itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Any

import redis

from ivr.memory.caller import Sender
from ivr.memory.connection import StoreConnection
from ivr.memory.journal import Wish, WishKind
from ivr.memory.keys import OF_A_CALLER, forgotten_key, key_of, month_key, people_key, word_key, words_key
from ivr.memory.people import write_people
from ivr.memory.scripts import add, put, sketch
from ivr.memory.store import Store
from ivr.memory.wishes import EVERYWHERE, now
from ivr.memory.write_buffer import take_back

NOBODY = "00000000000000000000000000000000"
NEVER = "0000-00"
"""A month in which nobody calls."""
A_DAY = 86400
RIGHTS = "give its user the rights in docs/settings.md"


@dataclass(frozen=True, slots=True)
class Sight:
    """`fails`: the line must not go on the air with this."""

    fails: bool
    seen: str
    remedy: str


def sights(address: str, seconds: float) -> tuple[Sight, ...] | None:
    """Everything that speaks against a store, the gravest first; None if it does not answer. `seconds`: for each
    answer. Raises ValueError for an address with an option that no store has."""
    with closing(StoreConnection(address, seconds)) as connection:
        nothing: dict[str, Any] = {}
        told = connection.ask_at_leisure(_told, nothing)
        if connection.left_alone:
            return None
        found = [*_refused(address, connection), *_of_memory(told), *_of_disk(told), *_of_others(told)]
    return tuple(sorted(found, key=lambda one: not one.fails))


# --- what the line does ----------------------------------------------------------------------------------------


class _Listening(StoreConnection):
    """Keeps what the store says when it refuses; these keys belong to nobody, so that can be shown."""

    said: str = ""

    def refused(self, client: Any, refusal: redis.ResponseError) -> None:
        self.said = str(refusal)
        super().refused(client, refusal)


def _refused(address: str, connection: StoreConnection) -> list[Sight]:
    with closing(_Listening(address)) as listening:
        store = Store(address, connection=listening)
        found = []
        for what, act in _acts(store):
            listening.said = ""
            act()
            if listening.said:
                found.append(Sight(True, f"the store refuses {what} ({listening.said.splitlines()[0][:120]})", RIGHTS))
        connection.ask_at_leisure(_clear, None)
    return found[:3]


def _acts(store: Store) -> Sequence[tuple[str, Callable[[], object]]]:
    nobody, connection = Sender(NOBODY, NOBODY, None), store.connection

    def ask(act: Callable[[Any], object]) -> Callable[[], object]:
        return lambda: connection.ask_at_leisure(act, None)

    return (
        ("to remember a place", ask(lambda client: put(client, key_of("caller", NOBODY), A_DAY, {"call": "x"}))),
        ("to tell a place", lambda: store.recall(NOBODY)),
        ("to take a text", lambda: store.open_text(nobody, "x")),
        ("to keep where a text stands", lambda: store.keep_text_position(NOBODY, "x", now())),
        ("to keep a STOP", lambda: store.wishes.merge([Wish(NOBODY, WishKind.STOP, EVERYWHERE, now())])),
        ("to lift a STOP", lambda: store.wishes.merge([Wish(NOBODY, WishKind.START, EVERYWHERE, now())])),
        ("to note who is blocked", lambda: store.note_blocked(NOBODY, "", True)),
        ("to note who is blocked no more", lambda: store.note_blocked(NOBODY, "", False)),
        ("to count texts asked for", lambda: store.claim("text", NOBODY, "x", 20, 60)),
        ("to count calls asked for", lambda: store.claim("call", NOBODY, "x", 20, 60)),
        ("to note what became of a text", lambda: store.note_wish("text", NOBODY, "x", "sent", 20)),
        ("to note what became of a call", lambda: store.note_wish("call", NOBODY, "x", "sent", 20)),
        ("to tell what became of a text", lambda: store.became("text", NOBODY, "x")),
        ("to take a text off the count", lambda: store.uncount("text", NOBODY)),
        ("to note a text that got lost", lambda: store.note_lost(NOBODY)),
        ("to tell of a text that got lost", lambda: store.take_lost(NOBODY, "x", 20)),
        ("to limit answers to danger", lambda: store.limits.may_answer(NOBODY, "x", "vital", "x", 1)),
        ("to say once that it is quiet", lambda: store.limits.may_answer(NOBODY, "x", "quiet", "x", 1)),
        ("to take back what came late", ask(lambda client: take_back(client, {NOBODY: 0}, "call"))),
        ("to forget", lambda: store.forget(NOBODY)),
        ("to count", ask(lambda client: add(client, "count:0000-00-00", A_DAY, {"x": 1}))),
        ("to tell counts", lambda: store.counted_today("x")),
        ("to count people", ask(lambda client: write_people(client, {NEVER: ["x"]}))),
        ("to count words", ask(lambda client: sketch(client, word_key(NEVER, NOBODY), A_DAY, "x"))),
        ("to keep words", ask(lambda client: put(client, words_key(NEVER), A_DAY, {"x": 1}))),
        ("to say that it is well", store.try_writing),
    )


def _clear(client: Any) -> None:
    for kind in (*OF_A_CALLER, "received", "vital", "quiet", "stopped", "started", "blocked"):
        client.delete(key_of(kind, NOBODY))
    of_never = (month_key(NEVER), people_key(NEVER), word_key(NEVER, NOBODY), words_key(NEVER))
    for key in (forgotten_key(NOBODY), "count:0000-00-00", *of_never):
        client.delete(key)


# --- what the store tells of itself ------------------------------------------------------------------------------


def _told(client: Any) -> dict[str, Any]:
    """The settings of a server; in a cluster, of the first one. `save`: when it writes snapshots; None if it does not
    tell."""
    info = client.info()
    first = next(iter(info.values()), None)
    told: dict[str, Any] = first if isinstance(first, dict) and "redis_version" in first else info
    try:
        return {**told, "save": client.config_get("save").get("save")}
    except redis.ResponseError:
        return {**told, "save": None}


def _of_memory(told: Mapping[str, Any]) -> list[Sight]:
    policy = str(told.get("maxmemory_policy", ""))
    if not policy.startswith("allkeys"):
        return []
    seen = f"the store may throw opt-outs away when it is full (maxmemory-policy {policy})"
    return [Sight(True, seen, "set maxmemory-policy to noeviction, or to one that begins with volatile")]


def _of_disk(told: Mapping[str, Any]) -> list[Sight]:
    if not told or told.get("aof_enabled"):
        return []
    save = told.get("save")
    if save == "":
        seen = "the store keeps nothing on a disk, so a restart of it loses who opted out"
        return [Sight(True, seen, "turn its persistence on: appendonly yes")]
    if save is None:
        seen = "the store has no append-only file, and does not tell whether it writes snapshots"
        return [Sight(False, seen, "look in its host's console: opt-outs have to outlive a restart of it")]
    seen = "the store writes snapshots alone, so a crash of it loses the STOPs of the last minutes"
    return [Sight(False, seen, "turn its append-only file on: appendonly yes")]


def _of_others(told: Mapping[str, Any]) -> list[Sight]:
    if told.get("role") == "slave":
        return [Sight(True, "the store is a replica, which cannot be written", "let REDIS_URL name the master")]
    if told and not told.get("connected_slaves") and not told.get("cluster_enabled"):
        seen = "the store has no replica: if its machine is lost, so is what the line remembers"
        return [Sight(False, seen, "have its host keep a replica, or backups")]
    return []
