"""Most servers of these tests are forks of one that has read everything already: each is what it would be by itself."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from forks import AT, Forked, started

from ivr.desk.running.local import ROOT, free_port

pytestmark = pytest.mark.skipif(AT not in os.environ, reason="Forks are made on Linux only.")
APP = "ivr.web.app:create_app()"
TIME = re.compile(r"^.*? INFO ", re.MULTILINE)


def ended(process):
    out, _ = process.communicate()
    return process.returncode, out


@pytest.mark.parametrize(
    ("words", "wrong", "status"),
    [
        (("--print-config", APP), {}, 0),
        (("--no-such-option", APP), {}, 2),
        ((APP,), {"TWILIO_AUTH_TOKEN": ""}, 1),
        ((APP,), {"CONTENT_DIR": "/nowhere/at/all"}, 1),
    ],
    ids=["settings", "arguments", "environment", "content"],
)
def test_a_fork_says_and_ends_as_a_process_of_its_own(line_env, tmp_path, words, wrong, status):
    command = [sys.executable, "-m", "gunicorn", *words]
    env = {**line_env, "DATA_DIR": str(tmp_path), "PORT": str(free_port()), **wrong}
    told = []
    for start in (subprocess.Popen, lambda *words, **how: started(Path(os.environ[AT]), *words, **how)):
        with (tmp_path / "said").open("w+b") as said:
            process = start(command, env=env, cwd=ROOT, stdout=subprocess.PIPE, stderr=said)
            code, out = ended(process)
            said.seek(0)
            errors = TIME.sub("", said.read().decode())
        told.append((code, out, errors))
    assert isinstance(process, Forked)
    alone, forked = told
    assert forked == alone
    assert forked[0] == status


def test_a_fork_has_its_own_arguments_environment_and_folder(line_env, tmp_path):
    command = [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{free_port()}", APP]
    process = started(Path(os.environ[AT]), command, env={**line_env, "DATA_DIR": str(tmp_path)}, cwd=ROOT)
    try:
        of = Path(f"/proc/{process.pid}")
        while (words := (of / "cmdline").read_text().rstrip("\0").split("\0"))[2:] != command[2:]:
            assert process.poll() is None, words
        assert words[1:] == command[1:]
        assert (of / "cwd").readlink() == ROOT
        process.kill()
        assert process.wait(10) == -9
        assert process.poll() == -9
    finally:
        process.kill()
