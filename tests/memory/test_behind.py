"""What is done behind a turn, and the threads that ask: they outlive faults, and a fork has its own."""

import os
import threading
import time

from faults.stores import until

from ivr.memory.askers import Askers
from ivr.memory.behind import Behind


def test_what_is_asked_for_meanwhile_is_done_once():
    acts = []
    behind = Behind(lambda: acts.append(1), "many")
    for _ in range(1000):
        behind.ask()
    until(lambda: acts, 5, "it is done")
    assert len(acts) < 5


def test_it_goes_on_after_a_fault(capfd):
    acts, wrong = [], [MemoryError("+14155558734")]

    def act():
        acts.append(1)
        for fault in wrong:
            raise fault

    behind = Behind(act, "fails")

    def is_done_again():
        before = len(acts)
        behind.ask()
        until(lambda: len(acts) > before, 5, "it is done again")

    for _ in range(3):
        is_done_again()
    told = capfd.readouterr().err
    assert "in act\n" in told
    assert "MemoryError\n" in told
    assert "4155558734" not in told, "what it says may be somebody's"
    wrong.clear()


def said_by_a_fork(act):
    """What the child writes; it ends without the tests' own end."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        try:
            act(lambda word: os.write(writing, word))
        finally:
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as said:
        os.waitpid(child, 0)
        return said.read()


def test_a_fork_does_it_in_a_thread_of_its_own():
    done = threading.Event()
    behind = Behind(done.set, "forked")
    behind.ask()
    assert done.wait(5)
    done.clear()

    def in_child(say):
        behind.ask()
        say(b"done" if done.wait(5) else b"never")

    assert said_by_a_fork(in_child) == b"done"


def threads():
    return sum(thread.name == "asking" for thread in threading.enumerate())


def ask(askers):
    answered = threading.Event()
    askers.ask(answered.set)
    assert answered.wait(5)
    time.sleep(0.01)


def test_one_thread_asks_one_question_after_another_and_a_stuck_one_is_done_without():
    askers, before, stuck = Askers(), threads(), threading.Event()
    for _ in range(20):
        ask(askers)
    assert threads() == before + 1
    askers.ask(lambda: stuck.wait(20))
    for _ in range(20):
        ask(askers)
    assert threads() == before + 2
    stuck.set()


def test_a_fork_has_no_thread_of_its_parent():
    askers = Askers()
    ask(askers)

    def in_child(say):
        answered = threading.Event()
        askers.ask(answered.set)
        say(b"answered" if answered.wait(5) else b"never")

    assert said_by_a_fork(in_child) == b"answered"
