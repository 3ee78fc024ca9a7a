"""Command lines of the operator: in this process, as most tests want them, or as a process of its own."""

import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from unittest.mock import patch

from click.testing import CliRunner

from ivr.desk.cli.main import main
from ivr.desk.running.local import ROOT

NAME = "python -m ivr"


@dataclass(frozen=True)
class Done:
    returncode: int
    stdout: str
    stderr: str


def ivr(env: Mapping[str, str], *words: str, typed: str = "") -> Done:
    """In this process, with nothing but `env` in its environment. Raises what the command did not foresee."""
    with patch.dict(os.environ, env, clear=True):
        done = CliRunner().invoke(main, words, input=typed, prog_name=NAME)
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    return Done(done.exit_code, done.stdout, done.stderr)


def ivr_process(env: Mapping[str, str], *words: str, typed: str = "", seconds: float = 60) -> Done:
    """A process of its own: also what a server that it starts prints is seen."""
    command = [sys.executable, "-m", "ivr", *words]
    done = subprocess.run(
        command, env=env, cwd=ROOT, input=typed, capture_output=True, text=True, timeout=seconds, check=False
    )
    return Done(done.returncode, done.stdout, done.stderr)
