"""Editing while the line runs: a changed sentence is heard, a mistake is told, and a call goes on at its place."""

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from queue import Empty, Queue

import pytest
from light_content import light_content

from ivr.desk.running import watching
from ivr.desk.running.local import free_port, served
from ivr.phone.handset import Handset
from ivr.settings import CONTENT

ROOT = Path(__file__).parents[3]
PATIENCE = 60
PAUSE = 0.05
"""Seconds between two calls: what reloads has the processor too."""


class Running:
    """`ivr run` on a copy of the content."""

    def __init__(self, env, content):
        self.content, port = content, free_port()
        self.line = f"http://127.0.0.1:{port}"
        self.process = subprocess.Popen(
            [sys.executable, "-m", "ivr", "run", "--port", str(port), "--page-port", str(free_port())],
            env={**env, "PYTHONUNBUFFERED": "1", "CONTENT_DIR": str(content)},
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.printed = Queue()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self):
        with self.process.stdout as lines:
            for line in lines:
                self.printed.put(line.rstrip())

    def says(self, words):
        """All that it prints until a line with these words."""
        told = []
        while True:
            try:
                told.append(self.printed.get(timeout=PATIENCE))
            except Empty:
                pytest.fail(f"never said {words!r}, only {told}")
            if words in told[-1]:
                return told

    def edit(self, name, old, new):
        file = self.content / "en" / name
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new), encoding="utf-8")


@pytest.fixture
def running(tmp_path):
    content = tmp_path / "content"
    shutil.copytree(CONTENT, content, ignore=shutil.ignore_patterns("es"))
    env = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TMPDIR", "ENV_FILE") if name in os.environ}
    token = "0" * 32
    started = Running({**env, "TWILIO_AUTH_TOKEN": token, "DATA_DIR": str(tmp_path / "data")}, content)
    try:
        started.says("Stop with Ctrl-C")
        yield started, Handset(started.line, token)
    finally:
        started.process.send_signal(signal.SIGTERM)
        started.process.wait(PATIENCE)


def test_a_changed_sentence_is_heard_and_a_mistake_is_told(running):
    run, handset = running
    call = handset.call()
    call.press("2")
    before = call.said

    run.edit("topics/depends.md", "## Voice\n\n", "## Voice\n\nPenguins are well. ")
    run.says("Content reloaded")
    call.press("#")
    assert "Penguins are well." in call.said
    assert call.said.replace("Penguins are well. ", "") == before

    run.edit("topics/depends.md", "Penguins are well. ", "This costs 5 $. ")
    told = run.says("The line goes on with the words from before.")
    assert any(line.startswith("content/en/topics/depends.md:") for line in told)
    call.press("#")
    assert "Penguins are well." in call.said

    run.edit("topics/depends.md", "This costs 5 $. ", "")
    run.says("Content reloaded")
    call.press("#")
    assert call.said == before


def test_what_is_saved_while_the_line_starts_is_a_change(tmp_path, monkeypatch):
    """Between the reading of the content and the first look at its files."""
    monkeypatch.setattr(watching, "LOOK_EVERY", 0.01)
    file = tmp_path / "topic.md"
    file.write_text("before", encoding="utf-8")
    read_of = watching.glance(tmp_path)
    file.write_text("while it starts", encoding="utf-8")
    looks = watching.changes(tmp_path, read_of)
    noticed = threading.Thread(target=next, args=(looks,), daemon=True)
    noticed.start()
    noticed.join(PATIENCE)
    assert not noticed.is_alive()


def test_no_call_is_lost_while_content_is_reloaded(running):
    run, handset = running
    stop, lost = threading.Event(), []

    def keep_calling():
        while not stop.wait(PAUSE):
            try:
                handset.call().press("1")
            except Exception as error:
                lost.append(error)

    caller = threading.Thread(target=keep_calling)
    caller.start()
    try:
        for number in range(2):
            run.edit("topics/depends.md", "## Voice\n\n", f"## Voice\n\nPenguins are {'very ' * number}well. ")
            run.says("Content reloaded")
    finally:
        stop.set()
        caller.join()
    assert lost == []


def test_a_server_that_is_told_to_reload_goes_on_with_the_old_words_if_the_new_ones_are_wrong(tmp_path, capfd):
    light_content(tmp_path)
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TMPDIR", "ENV_FILE") if name in os.environ}
    env = {**kept, "TWILIO_AUTH_TOKEN": "0" * 32, "DATA_DIR": str(tmp_path / "data")}
    topic = tmp_path / "content" / "en" / "topics" / "depends.md"
    with served({**env, "CONTENT_DIR": str(tmp_path / "content")}, free_port()) as line:
        call = Handset(line.address, "0" * 32).call()
        call.press("2")
        before, said = call.said, ""
        topic.write_text(topic.read_text(encoding="utf-8").replace("## Voice\n\n", "## Voice\n\nThis costs 5 $. "))
        line.web.send_signal(signal.SIGHUP)
        until = time.monotonic() + PATIENCE
        while "topics/depends.md" not in said:
            assert time.monotonic() < until
            time.sleep(0.1)
            said += capfd.readouterr().err
        assert "The line goes on with the words from before." in said
        call.press("#")
        assert call.said == before
