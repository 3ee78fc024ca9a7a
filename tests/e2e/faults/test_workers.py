"""Workers killed, a reload and a restart under a hundred calls: no call fails, and none goes to a wrong place."""

import shutil
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import pytest
from faults.talking import phrase
from faults.web import web

from ivr.desk.running.local import free_port
from ivr.dialogue.step import step
from ivr.dialogue.url import from_path, to_path
from ivr.library.load import content_of
from ivr.model import Pressed, State
from ivr.phone.handset import Call, Handset
from ivr.settings import CONTENT, DEFAULT_HELPLINE

CALLS = 100
AT_ONCE = 16
KEYS = "12#1*37"

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="finds workers in /proc")


@dataclass
class Caller:
    """One call, and the place where it ought to be."""

    call: Call
    state: State
    pressed: int = 0

    def press(self, libraries, key: str) -> None:
        self.call.press(key)
        self.state = step(libraries, self.state, Pressed(key)).state
        self.pressed += 1
        assert not self.call.ended
        assert place_of(self.call) == to_path(self.state)


def place_of(call: Call) -> str:
    return (call.action or "").partition("/voice/")[2]


def calling(handset: Handset) -> Caller:
    call = handset.call()
    state = from_path(place_of(call))
    assert state is not None
    return Caller(call, state)


@pytest.fixture(scope="module")
def english(tmp_path_factory):
    """One language, so that a reload, which checks all of them under these calls, takes half the time."""
    return shutil.copytree(CONTENT, tmp_path_factory.mktemp("english") / "content", ignore=shutil.ignore_patterns("es"))


@pytest.mark.parametrize("blow", ["kill_each_worker", "reload", "restart"])
def test_no_call_notices(blow, line_env, english, phone, server, tmp_path):
    env = {**line_env, "REDIS_URL": f"redis://127.0.0.1:{server.port}", "CONTENT_DIR": str(english)}
    libraries = content_of(english, DEFAULT_HELPLINE).libraries
    with web(env, free_port(), tmp_path) as line, ThreadPoolExecutor(AT_ONCE + 1) as pool:
        handsets = [phone(line.address, time_limit=15.0) for _ in range(CALLS)]
        callers = list(pool.map(calling, handsets))
        workers, master = line.workers(), line.master
        falling = pool.submit(getattr(line, blow))
        rounds = 0
        while rounds < len(KEYS) or not falling.done():
            key = KEYS[rounds % len(KEYS)]
            list(pool.map(lambda caller, key=key: caller.press(libraries, key), callers))
            rounds += 1
        falling.result()
        assert {caller.pressed for caller in callers} == {rounds}
        assert workers - line.workers(), "there really are others now"
        assert (line.master != master) is (blow == "restart")
        assert not [warning for caller in callers for warning in caller.call.warnings]
        assert phrase(libraries["en"], "fault") not in str([caller.call.history for caller in callers])
