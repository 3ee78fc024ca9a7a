"""The real content is sound, and an example that fails is told wherever content is checked."""

import os
import shutil
import subprocess
import sys

import pytest
from small_content import loaded, swap

from ivr.audit import check
from ivr.desk.running.watching import take_change
from ivr.settings import CONTENT

SPINE = "en/listening/danger-spine.md"


@pytest.fixture
def broken(tmp_path):
    root = shutil.copytree(CONTENT, tmp_path / "content")
    swap(SPINE, "- my legs are week\n", "- my legs are week\n- what a lovely garden\n")(root)
    return root


def test_real_content_is_understood(content):
    assert [str(problem) for problem in check(content) if not problem.warning] == []


def test_a_change_with_an_example_that_fails_is_not_taken(broken):
    def reload():
        pytest.fail("the line took it")

    version, told = take_change(loaded(broken), "before", reload)
    assert version == "before"
    assert SPINE in told
    assert "what a lovely garden" in told


def test_a_server_that_reloads_is_told(broken):
    done = subprocess.run(
        [sys.executable, "-m", "ivr.audit"],
        env={**os.environ, "CONTENT_DIR": str(broken)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "what a lovely garden" in done.stderr
