"""Of what a person writes nothing stays: not in this process, not in the store, not in the log."""

import gc
import secrets
import string
import subprocess
import sys
from dataclasses import replace
from functools import _lru_cache_wrapper
from pathlib import Path
from types import FrameType

import pytest
import redis
from settling import settle

from ivr.carrier.twilio.render import TwiML
from ivr.desk.running.local import free_port
from ivr.desk.trying.why import WhyNow, remarks
from ivr.dialogue.step import step
from ivr.dialogue.texts import read_text
from ivr.listening.explain import explain
from ivr.listening.listening import listening_of
from ivr.listening.reactions import request_in
from ivr.memory.embedded import store_address
from ivr.model import Said, Texter
from ivr.phone.handset import Handset
from ivr.web.ready import Ready

ROOT = Path(__file__).parents[3]
SAID = ("{} my legs are weak", "tell me about {} radiation", "{}", "a {} person", "goodbye {}", "bone {}")
READ = (
    "{} my legs are week",
    "my mother {} cant feel her {} feet",
    "what is {}",
    "no {} numbness, tell me about chemo",
    "stop {} texts",
    "> {}\nMORE",
    "Loved “{}”",
    "{}",
)
"""Texts of several meanings around a word that nobody else has written."""


def made_up() -> str:
    """Letters only, as words are; nothing of it stands in any file."""
    return "".join(secrets.choice(string.ascii_lowercase) for _ in range(14))


def holders(word: str) -> list[str]:
    """The kinds of objects in this process that hold the word, but for the frames of this test."""
    gc.unfreeze()  # What was there before the tests can hold a word, too: conftest.py leaves it out of the search.
    gc.collect()
    found = []
    for one in gc.get_objects():
        if not isinstance(one, FrameType):
            for held in gc.get_referents(one):
                if isinstance(held, str | bytes) and _is_in(word, held):
                    found.append(f"{type(one).__name__}: {one!r}"[:200])
    return found


def _is_in(word: str, held: str | bytes) -> bool:
    return word in (held.lower() if isinstance(held, str) else held.decode("latin-1").lower())


def test_the_search_finds_what_is_kept():
    word = made_up()
    kept = [f"as in {word}"]
    assert holders(word)
    assert kept


def test_no_process_that_reads_keeps_a_word(content):
    library = content.libraries["en"]
    listening, why, word = listening_of(library), WhyNow(content), made_up()
    for text in READ:
        written = text.format(word, word)
        step(content.libraries, Texter(), read_text(content.libraries.values(), written))
        explain(listening, written)
        remarks(content, library, written)
        why("+12025550143", written)
    del written
    assert holders(word) == []


def test_no_process_that_hears_keeps_a_word(content):
    """Turns and documents are kept ready; not those that words have led to."""
    libraries = {tag: replace(library, can_hear=True) for tag, library in content.libraries.items()}
    languages, word = {tag: library.language for tag, library in libraries.items()}, made_up()
    ready = Ready(libraries, TwiML(), TwiML().speaker(languages, "+18005550100"), "")
    for words in SAID:
        for confidence in (None, 0.1, 0.9):
            for path in ("en/normal/new/0/plain.0/main.0", "en/normal/new/0/did-you-say.0/main.0/one-area.2"):
                ready.document(ready.turn(path, Said(words.format(word), confidence)))
    assert holders(word) == []


def test_no_cache_of_the_listening_holds_anything_by_a_text(content):
    """What is made ready is kept by library: one more text makes no cache grow."""
    rooms = {name: module for name, module in sys.modules.items() if name.startswith("ivr.listening")}
    caches = [one for module in rooms.values() for one in vars(module).values() if isinstance(one, _lru_cache_wrapper)]
    assert caches
    library = content.libraries["en"]
    explain(listening_of(library), "hello there")
    request_in(content.libraries.values(), "hello there")
    before = [one.cache_info().currsize for one in caches]
    for text in READ:
        request_in(content.libraries.values(), text.format(made_up(), made_up()))
        explain(listening_of(library), text.format(made_up(), made_up()))
    assert [one.cache_info().currsize for one in caches] == before


@pytest.fixture
def logged(line_env, tmp_path):
    """A line of its own that logs all it can into a file, by a process that nobody else's words reach."""
    env = {**line_env, "DATA_DIR": str(tmp_path / "data"), "LOG_LEVEL": "debug", "SPEECH": "on"}
    log = tmp_path / "log"
    act = (
        "import os, sys\nfrom ivr.desk.running.local import serving\n"
        "with serving(dict(os.environ), int(sys.argv[1])) as address:\n    print(address, flush=True)\n    input()\n"
    )
    with log.open("wb") as errors:
        running = subprocess.Popen(
            [sys.executable, "-c", act, str(free_port())],
            env=env,
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
        )
        with running:
            yield running.stdout.readline().strip(), log, tmp_path / "data"
            if running.poll() is None:
                running.communicate("\n", timeout=30)


@pytest.mark.slow
def test_neither_store_nor_log_nor_disk_has_a_word(logged, line_env, fresh_number):
    address, log, data = logged
    word = made_up()
    caller = Handset(address, line_env["TWILIO_AUTH_TOKEN"], fresh_number().replace("202555", "301556"))
    assert all(caller.text(text.format(word, word)).refused is None for text in READ)
    call = caller.call()
    for words in SAID:
        call.say(words.format(word))
    assert call.warnings == ()
    call.hang_up()
    settle()
    with redis.Redis.from_url(store_address(data)) as client:
        held = [client.dump(key) for key in client.keys("*")] + client.keys("*")
        assert held
        client.save()
    files = b"".join(file.read_bytes() for file in data.rglob("*") if file.is_file())
    assert files
    for found in (b"".join(held), log.read_bytes(), files):
        assert word.encode() not in found.lower()
    assert b"texted" in log.read_bytes()
    assert b"kind=said" in log.read_bytes()
