"""What is kept of a caller, by looking into the real store; and the line without it."""

import os
import signal
import time
from pathlib import Path

import pytest
import redis
from faults.stores import embedded_store_gone
from settling import BETWEEN_KEYS, settle

from ivr.carrier.twilio.numbers import WITHHELD, party
from ivr.desk.running.local import free_port, is_line, local_env, serving
from ivr.memory import journal
from ivr.memory.caller import Sender, caller_key
from ivr.memory.embedded import store_address
from ivr.memory.keys import forgotten_key, key_of
from ivr.memory.store import KEPT, KeptText, Store
from ivr.phone.handset import Handset

SECRET = b"a secret of the tests"


@pytest.fixture
def inside(store_url):
    """A look into the store of the line under test."""
    with redis.Redis.from_url(store_url, decode_responses=True, encoding_errors="replace") as client:
        yield client


def everything(client):
    """All that is kept of callers: counts tell of nobody."""
    settle()
    return {key: _value(client, key) for key in client.keys("*") if not key.startswith("count:")}


def _value(client, key):
    return client.hgetall(key) if client.type(key) == "hash" else client.get(key)


def test_a_caller_is_one_key_for_seven_days(handset, inside):
    before = set(inside.keys("caller:*"))
    call = handset.call()
    call.press("2")
    call.hang_up()
    handset.text("11")
    (key,) = set(inside.keys("caller:*")) - before
    assert handset.number[1:] not in key
    assert 0 < inside.ttl(key) <= KEPT
    assert KEPT == 7 * 24 * 3600


def test_the_store_holds_no_number_and_no_words(handset, inside):
    handset.text("what about my neighbour Ferdinand in Wichita", FromCity="WICHITA", FromZip="67202")
    handset.call(CallerCity="WICHITA").press("1")
    kept = str(everything(inside)).upper()
    for private in (handset.number[1:], handset.number[-7:], "FERDINAND", "WICHITA", "67202"):
        assert private not in kept


def remembered(inside):
    """Without what limits how many texts are answered: for ten minutes, by what a sender is called."""
    return {key: value for key, value in everything(inside).items() if not key.startswith("received:")}


@pytest.mark.parametrize(
    "number", [*sorted(WITHHELD), "anonymous", "unavailable", "", "client:ann", "sip:a@example.org"]
)
def test_a_withheld_number_is_served_and_not_remembered(new_caller, inside, number):
    before = remembered(inside)
    handset = new_caller().calling_from(number or "anonymous")
    call = handset.call(From=number)
    call.press("2", From=number)
    assert call.said
    assert handset.text("11", From=number).texts
    assert remembered(inside) == before


def test_a_call_keeps_no_more_than_the_next_one_needs(handset, inside):
    before = set(inside.keys("caller:*"))
    call = handset.call()
    for key in ("2", "1", "7", "9"):
        settle(BETWEEN_KEYS)
        call.press(key)
    settle()
    (key,) = set(inside.keys("caller:*")) - before
    assert inside.hget(key, "call") == "en/slow/new/0/plain.0/depends.2"
    assert call.sid not in str(everything(inside))


def test_a_silence_that_nobody_kept_moves_nobody(handset, inside):
    """The carrier may hand on a Gather's end after the caller has left."""
    before = set(inside.keys("caller:*"))
    call = handset.call()
    call.press("2")
    call.wait(CallStatus="completed")
    assert call.ended
    settle()
    (key,) = set(inside.keys("caller:*")) - before
    assert inside.hget(key, "call").endswith("/depends.1")


def test_arriving_alone_keeps_nothing(handset, inside):
    before = everything(inside)
    handset.call()
    assert everything(inside) == before


def test_a_text_that_arrives_twice_gets_the_same_answer_and_moves_nothing(handset):
    handset.text("11", MessageSid="SM1")
    first = handset.text("MORE", MessageSid="SM2")
    assert handset.text("MORE", MessageSid="SM2").texts == first.texts
    assert handset.text("11", MessageSid="SM1").texts != first.texts
    following = handset.text("MORE", MessageSid="SM3")
    assert following.texts != first.texts
    assert handset.text("MORE", MessageSid="SM2").texts == first.texts


def test_a_call_webhook_that_arrives_twice_is_answered_alike(handset):
    call = handset.call()
    call.press("2")
    assert call.send_again() == call.document
    call.wait()
    assert call.send_again() == call.document


@pytest.mark.parametrize(
    ("number", "known"),
    [
        ("+12025550100", True),
        ("+442079460018", True),
        ("+1 202 555 0100", True),
        ("12025550100", True),
        ("+1", False),
        ("+266696687", False),
        ("anonymous", False),
        ("", False),
        ("+12025550100\n", True),
        ("+" + "9" * 200, False),
    ],
)
def test_who_has_a_key(number, known):
    assert (caller_key(party(number), SECRET) is not None) is known


def test_a_key_tells_nothing_without_the_secret():
    assert caller_key(party("+12025550100"), SECRET) != caller_key(party("+12025550100"), b"another secret")
    assert caller_key(party("+12025550100"), SECRET) == caller_key(party("+1 (202) 555-0100"), SECRET)


def test_the_embedded_store_survives_a_restart(tmp_path, light_words):
    env = local_env({**os.environ, **light_words, "DATA_DIR": str(tmp_path), "REDIS_URL": "", "TWILIO_AUTH_TOKEN": ""})
    handset = Handset(token=env["TWILIO_AUTH_TOKEN"])
    said = []
    for _ in range(2):
        with serving(env, free_port()) as line:
            call = Handset(line, handset.token).call()
            said.append(call.said)
            call.press("2")
            call.hang_up()
        _await_end(tmp_path)
    assert said[0] != said[1]


def _await_end(data: Path) -> None:
    """The store goes when the line does; the next one must read what this one wrote."""
    until = time.monotonic() + 10
    while (data / "store" / "socket").exists():
        assert time.monotonic() < until, "the store outlived its line"
        time.sleep(0.05)


@pytest.fixture
def own_line(tmp_path, light_words):
    """A line with a store of its own, for tests that break it."""
    env = local_env({**os.environ, **light_words, "DATA_DIR": str(tmp_path), "REDIS_URL": "", "TWILIO_AUTH_TOKEN": ""})
    with serving(env, free_port()) as line:
        yield line, env["TWILIO_AUTH_TOKEN"], tmp_path


def whole_call(line, token):
    """A call that goes through a topic and comes home; all that was said."""
    call = Handset(line, token, time_limit=1.5).call()
    said = [call.said]
    for key in ("1", "2", "1", "#", "*", "*"):
        call.press(key)
        said.append(call.said)
    call.hang_up()
    return said


@pytest.mark.parametrize("blow", [signal.SIGKILL, signal.SIGSTOP], ids=["killed", "frozen"])
def test_with_the_store_gone_a_whole_call_still_works(own_line, content, blow):
    line, token, data = own_line
    usual = whole_call(line, token)
    with embedded_store_gone(store_address(data), blow):
        assert Store(f"unix://{data}/store/socket").counted_today("call") is None
        said = whole_call(line, token)
        assert said[1:] == usual[1:]
        handset = Handset(line, token, time_limit=1.5)
        assert handset.text("11").texts
        lost = content.libraries["en"].text["lost"][0]
        assert handset.text("MORE").texts[0].startswith(lost), "MORE says kindly that no place is kept"
        assert is_line(line)


def test_a_damaged_memory_is_no_memory(handset, inside):
    before = set(inside.keys("caller:*"))
    handset.text("11")
    (key,) = set(inside.keys("caller:*")) - before
    for damage in (
        {"text": "x", "answered-1": "", "call": "\x00"},
        {"answered-1": " ", "answered-3": "a b c"},
        {"answered-5": "x" * 1000, "text": "\ud7ff"},
    ):
        inside.hset(key, mapping=damage)
        assert handset.text("MORE").texts
        assert handset.call().said
    inside.delete(key)
    inside.set(key, "not a hash")
    assert handset.text("MORE").texts
    assert handset.call().said
    inside.delete(key)


def test_what_is_noted_behind_a_turn_does_not_outlive_forgetting(new_caller, inside, line_env):
    """Another worker may still hold the place of a turn that it has answered."""
    secret = line_env["CALLER_SECRET"].encode()
    callers = [new_caller() for _ in range(60)]
    for handset in callers:
        call = handset.call()
        call.press("2")
        assert handset.text("FORGET").texts
    settle()
    keys = [caller_key(party(handset.number), secret) for handset in callers]
    assert [key for caller in keys for key in inside.keys(f"*{{{caller}}}")] == []


@pytest.mark.parametrize("known", [True, False], ids=["it knows", "it does not know"])
def test_a_slow_worker_takes_back_what_it_knew_of_a_caller_forgotten_since(store_url, inside, known):
    ours, theirs = Store(store_url), Store(store_url)
    theirs.notes._write_soon = lambda: None  # It writes when the test says so.
    theirs.keep_call("slow caller", "en/normal/new/0/plain.0/depends.1")
    assert ours.forget("slow caller")
    if not known:
        inside.delete(forgotten_key("slow caller"))
    theirs.notes.write()
    assert bool(inside.keys("*{slow caller}")) is not known, "it really did write late"
    theirs.keep_call("slow caller", "en/normal/new/0/plain.0/depends.1")
    theirs.notes.write()
    assert inside.hget(key_of("caller", "slow caller"), "call"), "what is known later is kept"
    assert ours.forget("slow caller")


def test_an_answer_that_was_begun_before_forgetting_keeps_nothing_after_it(store_url, inside):
    store = Store(store_url)
    texter = Sender("limits", "slow texter", None)
    begun = store.open_text(texter, "a")
    kept = KeptText("?", "en/goals.1", "goals.1")
    assert store.forget("slow texter")
    store.keep_text("slow texter", "a", begun, kept)
    store.keep_text_position("slow texter", "en/goals.1", begun.at)
    store.note_wish("call", "slow texter", "a", "sent", 600)
    assert inside.keys("*{slow texter}") == []
    assert store.keep_text("slow texter", "b", store.open_text(texter, "b"), kept)
    assert inside.hget(key_of("caller", "slow texter"), "text") == "en/goals.1"


@pytest.mark.parametrize(("words", "phrase"), [("STOP", "not-stopped"), ("START", "not-started")])
def test_a_wish_that_nobody_can_note_is_not_said_to_be(tmp_path, light_words, content, words, phrase):
    own = {"DATA_DIR": str(tmp_path), "REDIS_URL": "", "TWILIO_AUTH_TOKEN": "", "KEYWORDS_ANSWERED_BY": "line"}
    env = local_env({**os.environ, **light_words, **own})
    with serving(env, free_port()) as line, embedded_store_gone(store_address(tmp_path)):
        (tmp_path / journal.FILE).mkdir()
        (answer,) = Handset(line, env["TWILIO_AUTH_TOKEN"]).text(words).texts
    assert answer == content.libraries["en"].text[phrase][0]


def test_an_answer_from_before_another_is_not_kept(store_url):
    store, texter = Store(store_url), Sender("quick texter", "quick texter", None)
    one, two = (store.open_text(texter, text) for text in "ab")
    kept = KeptText("?", "en/goals.1", None)
    assert store.keep_text("quick texter", "a", one, kept)
    assert not store.keep_text("quick texter", "b", two, kept)
    assert store.keep_text("quick texter", "b", store.open_text(texter, "b"), kept)
    assert [store.open_text(texter, text).number for text in "abac"] == [1, 2, 1, 3], "each counts once"


def test_a_caller_takes_half_a_kilobyte_at_most(handset, inside):
    """With all that the store itself needs for its keys, after a call, key 7 and more texts than are kept."""
    before = set(inside.keys("*"))
    call = handset.call()
    for key in ("7", "1", "3", "1", "1"):
        call.press(key)
    for number in range(8):
        assert handset.text(("CHEMO", "RADIATION", "MORE", "SURGERY")[number % 4]).texts
    settle()
    keys = [key for key in set(inside.keys("*")) - before if not key.startswith("count:")]
    taken = {key.partition(":")[0]: inside.memory_usage(key, samples=0) for key in keys}
    assert taken.keys() == {"caller", "received"}
    assert taken["caller"] <= 512, taken
    assert sum(taken.values()) <= 768, "for ten minutes"
