"""Whatever command the documents show is there and takes what is shown; those that are cheap are run. `--help` of each
command has an example that can be typed, and names what holds where an option is left out."""

import importlib.util
import re
import shlex
import shutil
import subprocess
from itertools import pairwise
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from shown import PAGES, ROOT, TABLE, commands, every_command, read, spans

from ivr.desk.cli.main import COMMANDS, main

SHOWN = commands()
PLACES = {"COMMAND": "check", "WORDS": "12", "NAME": "sleep", "FOLDER": "folder", "+1...": "+18005550199"}
"""What a reader puts in place of a word in capitals; a FILE is one that is there."""
CHEAP = {"script", "map", "leaflet", "fallback", "new line", "text --why", "--version", "--help"}
"""Those that need no server, account, store, voice or typing. The others have tests of their own."""
NEED_MORE = {"--why"}
"""Last words of commands that are only named."""
EVERY = list(every_command())


def filled_in(words, tmp_path):
    file = tmp_path / "file"
    file.touch()
    places = {**PLACES, "FILE": str(file)}
    return tuple(places.get(word, word.replace("/tmp/", f"{tmp_path}/")) for word in words)  # noqa: S108


def test_the_pages_show_every_command():
    """So nothing below is empty."""
    assert {shown.words[0] for shown in SHOWN} >= set(COMMANDS)
    operators = (ROOT / "docs" / "operators.md").read_text(encoding="utf-8").partition("## Commands")[2]
    listed = re.findall(r"`([a-z]+)[^`]*`", " ".join(TABLE.findall(operators.partition("\n## ")[0])))
    assert set(listed) == set(COMMANDS)


@pytest.mark.parametrize("shown", SHOWN, ids=str)
def test_a_command_that_is_shown_is_there(shown, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    try:
        read(filled_in(shown.words, tmp_path))
    except click.UsageError as lacking:
        assert not shown.is_whole
        assert isinstance(lacking, click.MissingParameter | click.BadOptionUsage)


@pytest.mark.parametrize(
    "words", [("report", "--year", "2026"), ("optouts", "erase"), ("nonsense",), ("text",), ("run", "here")]
)
def test_what_is_no_command_is_noticed(words):
    with pytest.raises(click.ClickException):
        read(words)


def is_cheap(shown):
    begin = " ".join(shown.words)
    is_known = any(begin == one or begin.startswith(f"{one} ") for one in CHEAP)
    return (is_known or shown.words[-1] == "--help") and shown.words[-1] not in NEED_MORE and "--since" not in begin


@pytest.mark.parametrize("words", sorted({shown.words for shown in SHOWN if is_cheap(shown)}), ids=" ".join)
def test_a_cheap_command_does_what_it_says(words, ivr, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    typed = filled_in(words, tmp_path)
    done = ivr(*typed, LINE_NUMBER="+18005550199", CONTENT_DIR=None)
    assert done.exit_code == 0, done.output
    named = [Path(name) for option, name in pairwise(typed) if option == "-o"]
    assert all(name.exists() for name in named)
    assert done.stdout or named


def test_what_make_is_asked_for_is_there():
    named = [
        code.split("make ", 1)[1].split("  ")[0] for _, code in spans() if re.match(r"(\w+=\S+ )*make [a-z]", code)
    ]
    make = shutil.which("make")
    assert make
    assert {"run", "test", "check"} <= set(named)
    for words in sorted(set(named)):
        done = subprocess.run([make, "-n", *shlex.split(words)], cwd=ROOT, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr


def test_make_help_names_each_target():
    told = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout  # noqa: S607
    (targets,) = re.findall(r"(?m)^\.PHONY: (.+)$", (ROOT / "Makefile").read_text(encoding="utf-8"))
    named = set(re.findall(r"(?m)(?:^|[;,] )make ([a-z-]+)", told))
    assert named == set(targets.split()) - {"help", "hear-programs"}


def test_other_programs_that_are_shown_are_there(monkeypatch):
    for folder in (ROOT, ROOT / "tests"):
        monkeypatch.syspath_prepend(str(folder))
    shown = " ".join(code for _, code in spans())
    modules = {name for name in re.findall(r"python3? -m ([\w.]+)", shown) if name not in ("venv", "ivr")}
    files = set(re.findall(r"(?:^|\s)(?:\.venv/bin/python |sudo )?((?:tools|deploy|bin)/[\w.-]+)", shown))
    assert "bench" in modules
    assert "deploy/as-the-service" in files
    assert [name for name in modules if importlib.util.find_spec(name) is None] == []
    assert [name for name in files if not (ROOT / name).exists()] == []


@pytest.mark.parametrize(("name", "command"), EVERY, ids=lambda one: " ".join(one) if isinstance(one, tuple) else "")
def test_help_has_an_example_that_can_be_typed(name, command, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "opt-outs.txt").touch()
    told = CliRunner().invoke(main, [*name, "--help"]).stdout
    assert "Example: python -m ivr " in " ".join(told.split())
    (example,) = re.findall(r"Example: python -m ivr (.+)", " ".join(command.help.split()))
    typed = tuple(shlex.split(example))
    assert typed[: len(name)] == name
    read(typed)


@pytest.mark.parametrize("command", [command for _, command in EVERY], ids=lambda command: command.name)
def test_help_names_what_holds_where_an_option_is_left_out(command):
    """A flag that is left out is off. What is asked for, or has to be there, has no default."""
    context = click.Context(command)
    left_out = [
        option.opts
        for option in command.params
        if isinstance(option, click.Option)
        and not (option.is_flag or option.required or option.prompt)
        and "default" not in (option.get_help_record(context) or ("", ""))[1].lower()
    ]
    assert left_out == []


def test_all_pages_are_read():
    assert {page.name for page in PAGES} >= {"README.md", "operators.md", "writers.md", "settings.md", "privacy.md"}
