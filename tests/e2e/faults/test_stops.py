"""STOP while the store is gone, through the webhooks: known to every worker, after every restart, and never lost."""

import json
import os
import signal
import urllib.request

import pytest
import redis
from faults.stores import Server, running, until
from faults.talking import phrase, text
from faults.web import web

from ivr.desk.running.local import free_port
from ivr.memory import journal
from ivr.memory.embedded import store_address
from ivr.memory.journal import Journal
from ivr.phone.handset import Handset

WORKERS = 2
ENOUGH = 12
"""Texts, so that each worker answers some."""


@pytest.fixture
def env(line_env, tmp_path):
    return {**line_env, "DATA_DIR": str(tmp_path / "data"), "KEYWORDS_ANSWERED_BY": "carrier"}


@pytest.fixture
def light(env, light_words):
    """For what sends no more than the carrier's words and numbers."""
    return {**env, **light_words}


def silent(handset):
    return all(text(handset, words) == () for words in ["11", "MENU", "hello"] * (ENOUGH // 3))


def refused(handset, words, **fields):
    answer = handset.text(words, **fields)
    return answer.refused is not None and "503" in str(answer.refused)


def test_a_stop_outlives_workers_the_line_and_the_stores_absence(env, phone, library, tmp_path):
    server = Server(tmp_path / "store")
    with running(server):
        env = {**env, "REDIS_URL": f"redis://127.0.0.1:{server.port}"}
        server.kill()
        with web(env, free_port(), tmp_path) as line:
            handsets = {words: phone(line.address, 15.0) for words in ("STOP", "stop please", "ARRET")}
            assert text(handsets["STOP"], "STOP") == ()
            assert text(handsets["stop please"], "stop please") == (phrase(library, "stopped"),)
            assert handsets["ARRET"].text("ARRET", OptOutType="STOP").texts == ()
            assert all(map(silent, handsets.values()))
            line.kill_each_worker()
            assert all(map(silent, handsets.values()))
        port = free_port()
        with web(env, port, tmp_path) as line:
            again = [Handset(line.address, one.token, one.number) for one in handsets.values()]
            assert all(map(silent, again))
            server.start()
            with redis.Redis("127.0.0.1", server.port) as client:
                until(lambda: len(client.keys("stopped:*")) == 3, 15, "the store has them")
            assert all(map(silent, again))
            text(again[0], "START")
            assert text(again[0], "11")
            assert all(map(silent, again[1:]))


def test_a_stop_that_can_be_kept_nowhere_is_asked_for_again(env, phone, library, tmp_path):
    """The disk refuses and the store is down: the carrier is told, and sends it again until it is kept."""
    server = Server(tmp_path / "store")
    (tmp_path / "data" / journal.FILE).mkdir(parents=True)
    own = {**env, "REDIS_URL": f"redis://127.0.0.1:{server.port}"}
    with running(server), web(own, free_port(), tmp_path) as line:
        handset, other = phone(line.address, 15.0), phone(line.address, 15.0)
        server.kill()
        for _ in range(2 * WORKERS):
            assert refused(handset, "STOP", MessageSid="SM1")
            assert refused(other, "ARRET", MessageSid="SM2", OptOutType="STOP")
        answer = text(phone(line.address, 15.0), "stop please")
        assert answer == (phrase(library, "not-stopped"),)
        assert "STOP" not in answer[0]
        assert text(phone(line.address, 15.0).calling_from("anonymous"), "STOP") == ()
        server.start()
        until(lambda: not refused(handset, "STOP", MessageSid="SM1"), 10, "it is kept")
        until(lambda: not refused(other, "ARRET", MessageSid="SM2", OptOutType="STOP"), 10, "it is kept")
        assert silent(handset)
        assert silent(other)


@pytest.mark.parametrize("by", ["carrier", "line"])
def test_a_stop_that_is_met_in_silence_is_asked_for_again_too(env, phone, library, tmp_path, by):
    """Whoever repeats it is known to this process alone, and gets no answer: that may not look like a stop kept."""
    server = Server(tmp_path / "store")
    (tmp_path / "data" / journal.FILE).mkdir(parents=True)
    own = {**env, "REDIS_URL": f"redis://127.0.0.1:{server.port}", "KEYWORDS_ANSWERED_BY": by, "WEB_CONCURRENCY": "1"}
    with running(server), web(own, free_port(), tmp_path) as line:
        handset = phone(line.address, 15.0)
        server.kill()
        assert text(handset, "stop please") == (phrase(library, "not-stopped"),)
        assert refused(handset, "stop please")
        server.start()
        until(lambda: not refused(handset, "stop please"), 10, "it is kept")
        assert silent(handset)


def test_with_the_embedded_store_a_stop_is_on_the_disk_before_the_answer(light, phone, tmp_path):
    """Its own file is written once a second: all is killed at once, its file is lost, and the STOP is still known."""
    data = tmp_path / "data"
    with web(light, free_port(), tmp_path) as line:
        handset = phone(line.address, 15.0)
        store = redis.Redis.from_url(store_address(data), protocol=2)
        process = int(store.info("server")["process_id"])
        assert text(handset, "STOP") == ()
        os.kill(process, signal.SIGKILL)
        assert [wish.kind for wish in Journal(data).wishes()] == ["stop"]
        store.close()
    for file in (data / "store").rglob("*.aof"):
        file.unlink()
    for file in (data / "store").rglob("*.manifest"):
        file.unlink()
    with web(light, free_port(), tmp_path) as line:
        assert silent(Handset(line.address, handset.token, handset.number))
        with redis.Redis.from_url(store_address(data), protocol=2) as store:
            until(lambda: len(store.keys("stopped:*")) == 1, 15, "the store has it again")


def test_health_and_the_log_say_that_the_store_refuses(light, phone, tmp_path, capfd):
    server = Server(tmp_path / "store")
    with running(server):
        own = {**light, "REDIS_URL": f"redis://127.0.0.1:{server.port}", "LOG_LEVEL": "info"}
        with web(own, free_port(), tmp_path) as line:
            assert health(line) == "up"
            server.fill()
            assert all(health(line) == "refusing" for _ in range(2 * WORKERS))
            assert text(phone(line.address, 15.0), "11")
            server.empty()
            until(lambda: health(line) == "up", 10, "it writes again")
            server.kill()
            until(lambda: health(line) == "down", 10, "it is down")
    told = capfd.readouterr()
    assert "store=refusing" in told.err + told.out
    assert "the store refuses to write" in told.err + told.out


def health(line):
    with urllib.request.urlopen(f"{line.address}/health") as answer:
        return json.load(answer)["store"]
