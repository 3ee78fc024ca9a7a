"""The way to the store, whichever kind it is: one server, a cluster, or a pair that sentinels watch.

What waits for what
    A turn of a call waits for nothing: what it leaves behind goes into the write buffer (write_buffer.py). An arriving
    call waits for one answer, a text for two, a request such as key 9 for a few. Whoever waits does so in `ask`: the
    question goes to a thread of the executor, and the asker waits for that thread. What nobody waits for (the write
    buffer, wishes on their way from the journal, an operator's command) is asked in the thread that wants to know, by
    `ask_at_leisure`.

How long
    The client bounds each step, to connect and each read, by TIMEOUT. That does not bound the whole: a name may take
    long to look up, a cluster's client asks one node after another, a reply may trickle in. So an asker waits PATIENCE,
    no longer, and goes on with what it would rather have than nothing. A question that has not begun by then is
    withdrawn; one that has may still do what it says.

    A store on this machine's own socket is asked in the asker's thread, which saves two changes of threads for each
    question (docs/speed.md): there is no name to look up, no node to find, and nobody between who could let a reply
    trickle in, so the client's TIMEOUT bounds the whole.

What a dead store costs
    One question. The first fault opens the breaker: from then on every question is answered at once with what the asker
    would rather have, which costs a microsecond. A thread of its own, which no caller waits for, looks for the store
    with a new client after 0.2 seconds, then more rarely, at last every two, and closes the breaker once the store
    answers in time. The lost client is closed, which ends the reads that hang on it, so the executor's threads come
    back: at most as many hang as asked before the breaker opened. A store that fails again soon after it was found is
    looked at as rarely as it was last. A refusal (full, read-only) comes quickly and opens nothing: what can be read is
    still read.

What a fork has
    An executor and a breaker of its own. Clients are made on first use, so a connection may be created before a fork.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterable
from concurrent.futures import CancelledError, ThreadPoolExecutor
from contextlib import suppress
from typing import Any, TypeVar

import redis
from redis.exceptions import ClusterDownError, NoPermissionError, OutOfMemoryError, ReadOnlyError

from ivr.memory.client import TIMEOUT, client_maker
from ivr.memory.keys import key_of
from ivr.memory.threads import in_forks, start_thread
from ivr.memory.trouble import trouble

log = logging.getLogger(__name__)

MOST_ASKING = 32
"""Size of the executor. Up to 12 threads of the web process may wait at once; a thread whose answer never comes is
released when its client is closed."""
LOOKS = (0.2, 0.5, 1.0, 2.0)
"""Seconds before each look at a store that has failed, the last of them again and again."""
WELL = 10.0
"""Seconds that a recovered store must stay up before it is trusted again. If it fails sooner, the interval between
looks does not start over, so callers seldom wait for a store that comes and goes."""
PATIENCE = 0.35
"""Seconds that an asker waits in total."""

OWN_SOCKET = "unix://"
"""Start of the address of a store on a local socket, such as the embedded one."""

REFUSES_WRITES = (OutOfMemoryError, ReadOnlyError, NoPermissionError)
REFUSING = ("OOM", "READONLY", "NOPERM", "MISCONF", "NOREPLICAS")
"""What a refusal begins with that the library has no name for, or that comes out of a script."""

Result = TypeVar("Result")


class StoreBreaker:
    """Open from the first fault until a look finds the store healthy. `look` returns whether it is; it runs repeatedly
    in a thread of its own while the breaker is open, and must not raise."""

    def __init__(self, look: Callable[[], bool]) -> None:
        self._look = look
        self._ends = threading.Event()
        self._looking: threading.Thread | None = None
        self.is_open = False
        self._looks = 0
        self._found_at = 0.0

    @property
    def has_ended(self) -> bool:
        return self._ends.is_set()

    def open(self, first: Callable[[], object]) -> None:
        """`first` runs in the looking thread before the first look. Must not be called from two threads at once."""

        def look() -> None:
            first()
            self._keep_looking()

        self.is_open = True
        self._looking = start_thread(look, "seeking")
        self.is_open = self._looking is not None  # No thread could be started: the next caller finds out.

    def end(self) -> None:
        """Stops looking; waits for a look that is under way."""
        self._ends.set()
        if self._looking:
            self._looking.join()

    def _keep_looking(self) -> None:
        if time.monotonic() - self._found_at > WELL:
            self._looks = 0
        while not self._ends.wait(LOOKS[min(self._looks, len(LOOKS) - 1)]):
            self._looks += 1
            if self._look():
                self._found_at, self.is_open = time.monotonic(), False
                log.warning("the store is back")
                return


class StoreConnection:
    """`seconds`: the client's time limit for each step, where no caller waits; `revive` runs before each look at a
    store that has failed. Raises ValueError for an address with an unknown option."""

    def __init__(self, address: str, seconds: float = TIMEOUT, revive: Callable[[], object] | None = None) -> None:
        self._connect = client_maker(address, seconds)
        self._revive = revive
        self._is_near = seconds <= PATIENCE and address.startswith(OWN_SOCKET)
        self._client: Any = None
        self.refuses = False
        self._begin()
        in_forks(self._begin)

    def _begin(self) -> None:
        self._executor = ThreadPoolExecutor(MOST_ASKING, "asking")
        self._breaker = StoreBreaker(self._find)
        self._connecting, self._losing = threading.Lock(), threading.Lock()

    def ask(self, act: Callable[[Any], Result], otherwise: Result) -> Result:
        """What `act` returns when given the store's client, or `otherwise` if the store fails or is too slow."""
        if self._is_near or self.left_alone:
            return self.ask_at_leisure(act, otherwise)
        asked = self._client
        try:
            answer = self._executor.submit(self.ask_at_leisure, act, otherwise)
        except RuntimeError:  # No thread could be started, or nobody asks any more.
            return otherwise
        try:
            return answer.result(PATIENCE)
        except TimeoutError as late:
            answer.cancel()
            self._lose(asked, late)
        except CancelledError:  # Closed meanwhile.
            pass
        return otherwise

    def ask_at_leisure(self, act: Callable[[Any], Result], otherwise: Result) -> Result:
        """Like `ask`, but in this thread and without the time limit of `ask`, for when no caller waits. Clients raise
        more than the library's own errors; all of them count as faults of the store."""
        if self.left_alone:
            return otherwise
        client = self._client
        try:
            client = client or self._first_client()
            return act(client)
        except redis.ResponseError as refusal:
            self.refused(client, refusal)
        except Exception as fault:
            self._lose(client, fault)
        return otherwise

    def soon(self, act: Callable[[], object]) -> bool:
        """Runs `act` in a thread of the executor without waiting for it. False if there is none to run it."""
        try:
            self._executor.submit(act)
        except RuntimeError:
            return False
        return True

    @property
    def left_alone(self) -> bool:
        return self._breaker.is_open

    @property
    def is_closed(self) -> bool:
        return self._breaker.has_ended

    @property
    def state(self) -> str:
        """`up`; `down`, while nobody asks it; `refusing`: it answers, but does not write."""
        return "down" if self.left_alone else "refusing" if self.refuses else "up"

    def refused(self, client: Any, refusal: redis.ResponseError) -> None:
        """The store answered with a refusal."""
        self._note(refuses=self.refuses or _is_of_writes(refusal))
        log.warning("the store refused: %s", type(refusal).__name__)
        if isinstance(refusal, ClusterDownError):
            self._lose(client, refusal)
        elif isinstance(refusal, ReadOnlyError):
            self._renew(client)

    def taken(self, client: Any, answers: Iterable[Any], writes: bool = True) -> list[Any]:
        """Answers of one round trip, with None for each refusal. `writes`: some of the questions write."""
        told = list(answers)
        faults = _faults(told)
        for fault in faults:
            if not isinstance(fault, redis.ResponseError):
                raise fault
            self.refused(client, fault)
        if writes and not faults:
            self._note(refuses=False)
        return [_without_faults(one) for one in told] if faults else told

    def _note(self, refuses: bool) -> None:
        """Logged once, however many were refused."""
        if refuses is not self.refuses:
            self.refuses = refuses
            log.warning("the store refuses to write" if refuses else "the store writes again")

    def close(self) -> None:
        """Asks nothing more. Once this returns, a lost store is not looked for either."""
        self._executor.shutdown(wait=False, cancel_futures=True)
        with self._losing:
            client = self._client
        self._breaker.end()
        if client:
            client.close()

    def _first_client(self) -> Any:
        with self._connecting:
            self._client = self._client or self._connect()
            return self._client

    def _renew(self, client: Any) -> None:
        """Replaces the client, so that new connections are made: the writable node may have moved to another
        machine."""
        with self._losing:
            if client is self._client:
                self._client = None

    def _lose(self, client: Any, fault: Exception) -> None:
        """Once for each client, however many were asking it."""
        with self._losing:
            if self.left_alone or client is not self._client:
                return
            self._client = None
            log.warning("the store is down and left alone: %s: %s", type(fault).__name__, trouble(fault)[0])
            self._breaker.open(lambda: _close(client))

    def _find(self) -> bool:
        """A new client looks up again where the store is: after a failover it is elsewhere."""
        with suppress(Exception):
            if self._revive:
                self._revive()
            found = self._connect()
            if _answers_in_time(found):
                self._client = found
                return True
        return False


def _faults(answers: list[Any]) -> list[Exception]:
    """Faults in answers, however deeply their lists are nested."""
    found = [one for one in answers if isinstance(one, Exception)]
    for one in answers:
        if isinstance(one, list):
            found += _faults(one)
    return found


def _without_faults(answer: Any) -> Any:
    if isinstance(answer, list):
        return [_without_faults(one) for one in answer]
    return None if isinstance(answer, Exception) else answer


def _close(client: Any) -> None:
    """Closes a lost client, so that whoever still waits for an answer through it is released."""
    with suppress(Exception):
        client.close()


def _is_of_writes(refusal: redis.ResponseError) -> bool:
    """True if the store refuses writes as such, false if the refusal comes from one damaged value."""
    told = str(refusal)
    return isinstance(refusal, REFUSES_WRITES) or told.startswith(REFUSING) or "ACL failure" in told


def _answers_in_time(client: Any) -> bool:
    """A reply that trickles in does not count as an answer. The first question is not timed, since it also makes the
    connection."""
    client.exists(key_of("caller", "nobody"))
    begun = time.monotonic()
    client.exists(key_of("caller", "nobody"))
    return time.monotonic() - begun < PATIENCE
