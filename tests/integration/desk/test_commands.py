"""The operator's commands as they are typed: what they print and how they end. Those that serve something, and one
of each other kind, run in a process of their own."""

import inspect
import json
import os
import pkgutil
import pty
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from importlib import import_module
from pathlib import Path

import click
import pytest
from api.scripted import answering
from click.testing import CliRunner
from command_lines import ivr, ivr_process

from ivr.desk import cli
from ivr.desk.cli.main import COMMANDS, main
from ivr.desk.running.local import ROOT, free_port, is_line, serving
from ivr.phone.handset import Handset
from ivr.settings import CONTENT


@pytest.fixture
def env(tmp_path):
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TMPDIR", "ENV_FILE") if name in os.environ}
    return {**kept, "DATA_DIR": str(tmp_path / "data")}


@pytest.fixture
def broken_content(env, tmp_path):
    """Content with a mistake, and the line of the file that it stands on."""
    folder = tmp_path / "content"
    shutil.copytree(CONTENT, folder)
    topic = folder / "en" / "topics" / "goals.md"
    lines = topic.read_text().splitlines()
    line = lines.index("## Voice") + 3
    lines[line - 1] += " This costs 5 $."
    topic.write_text("\n".join(lines))
    return {**env, "CONTENT_DIR": str(folder)}, f"content/en/topics/goals.md:{line}: "


NOT_SIGNED = ("words.md", "medical.md", "language.md")


def test_check_finds_nothing_to_mend_but_what_waits_for_a_clinician(env, content):
    done = ivr(env, "check")
    assert done.returncode == 0
    origins = [topic.origin for topic in content.libraries["en"].topics.values()]
    signed = [path for path in content.documents if path.startswith("content/en/") and not path.endswith(NOT_SIGNED)]
    *problems, summary = done.stdout.splitlines()
    assert not [problem for problem in problems if problem.startswith("error: ")]
    codes = [problem.rpartition(" ")[2] for problem in problems if problem.startswith("warning: content/en/")]
    assert codes == ["[review]"] * origins.count("source")
    waiting = [problem for problem in problems if problem.startswith("  content/en/")]
    assert sorted(one.strip().partition(":")[0] for one in waiting) == sorted(signed), "below one line for all of them"
    assert "0 errors" in summary


def test_check_names_file_line_and_remedy(broken_content):
    env, where = broken_content
    done = ivr(env, "check")
    assert done.returncode == 1
    (error,) = [line for line in done.stdout.splitlines() if line.startswith("error: ")]
    assert error.startswith(f"error: {where}")
    assert "[E6]" in error


def started(env):
    """What the web server says that cannot start, as the Procfile starts it."""
    served = subprocess.run(
        [sys.executable, "-m", "gunicorn", "ivr.web.app:create_app()"],
        env={"TWILIO_AUTH_TOKEN": "0" * 32, **env, "PORT": str(free_port())},
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert served.returncode != 0
    assert "Traceback" not in served.stderr
    return served.stderr


def errors_of(env):
    told = ivr(env, "check").stdout.splitlines()
    return [line.removeprefix("error: ") for line in told if line.startswith("error: ")]


def test_run_refuses_with_the_same_words(broken_content):
    env, _ = broken_content
    (error,) = errors_of(env)
    done = ivr_process(env, "run", "--port", str(free_port()), "--page-port", str(free_port()))
    assert done.returncode == 1
    assert error in done.stderr
    assert "Traceback" not in done.stderr


def test_a_mistake_in_words_alone_stops_no_line_that_starts(broken_content):
    """`check` is asked before each release; a line that has to be up again at night says what it has."""
    env, _ = broken_content
    own = {**env, "TWILIO_AUTH_TOKEN": "0" * 32}
    with serving(own, free_port()) as address:
        call = Handset(address, "0" * 32).call()
        call.press("1")
        call.press("1")
        assert "5 $" in call.said


def test_a_mistake_that_a_line_could_fall_over_on_stops_its_start_with_the_same_words(broken_content):
    env, _ = broken_content
    main = Path(env["CONTENT_DIR"]) / "en" / "menus" / "main.md"
    main.write_text(main.read_text().replace("1: types", "1: nowhere"))
    (nowhere,) = [error for error in errors_of(env) if "nowhere.md" in error]
    said = started(env)
    assert nowhere in said
    assert "[E6]" not in said


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("TWILIO_AUTH_TOKEN", ""),
        ("PUBLIC_URL", "line.example.org"),
        ("HELPLINE_NUMBER", "911 or so"),
        ("REDIS_URL", "localhost"),
        ("CALLER_SECRET", "short"),
        ("CONTENT_DIR", "/nowhere/at/all"),
        ("LINE_NUMBER", "+"),
        ("REVIEW_MONTHS", "a year"),
    ],
)
def test_a_wrong_setting_is_named_in_one_line(env, name, wrong):
    said = [line for line in started({**env, name: wrong}).splitlines() if name in line]
    assert len(said) == 1


def test_call_is_a_phone_in_the_terminal(env, content):
    """With no line running it brings one of its own."""
    done = ivr_process(env, "call", typed="2\n-\n\nh\n")
    assert done.returncode == 0, done.stderr
    topic = content.libraries["en"].topics["depends"]
    for segment in topic.segments:
        assert segment.voice in " ".join(done.stdout.split())
    assert done.stderr.startswith("No line answers at http://127.0.0.1:")
    assert len(done.stderr.splitlines()) == 1


def test_a_call_can_begin_at_any_segment(env, content):
    done = ivr(env, "call", "--at", "one-area.2", typed="#\n")
    assert done.returncode == 0, done.stderr
    said = " ".join(done.stdout.split())
    assert said.count(content.libraries["en"].topics["one-area"].segments[1].voice) == 2
    assert "In an emergency" not in said


def test_a_position_that_is_not_there_is_answered_with_near_ones(env):
    done = ivr(env, "call", "--at", "one-aera.2")
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert "one-area.2" in done.stderr


def test_text_prints_the_reply_and_its_fragments(env, content):
    done = ivr_process(env, "text", "RADIATION")
    assert done.returncode == 0, done.stderr
    assert content.libraries["en"].topics["one-area"].segments[1].text in done.stdout
    assert "2 fragments" in done.stdout


TRIALS = [("call",), ("call", "--at", "goals.2"), ("text", "RADIATION")]


def failed(done):
    """What went wrong and the remedy, of a trial that the line did not take."""
    assert done.returncode == 1
    assert done.stdout == ""
    what, remedy = done.stderr.splitlines()
    return what, remedy


@pytest.mark.parametrize("trial", TRIALS)
@pytest.mark.parametrize("other", [{"TWILIO_AUTH_TOKEN": "another"}, {"PUBLIC_URL": "https://line.example.org"}])
def test_a_trial_that_is_refused_says_why_that_is_likely(line, line_env, other, trial):
    what, remedy = failed(ivr({**line_env, **other}, *trial, "--line", line))
    assert f"The {trial[0]} to {line} was refused" in what
    assert "answered 403" in what
    assert "TWILIO_AUTH_TOKEN" in remedy
    assert "PUBLIC_URL" in remedy
    assert "carrier would log" not in remedy


@pytest.mark.parametrize("trial", TRIALS)
def test_a_trial_on_a_line_that_is_not_there(env, trial):
    line = f"http://127.0.0.1:{free_port()}"
    what, remedy = failed(ivr(env, *trial, "--line", line))
    assert f"The {trial[0]} to {line} got no answer" in what
    assert "a line runs there" in remedy
    assert "TWILIO_AUTH_TOKEN" not in remedy


@pytest.mark.parametrize("trial", TRIALS)
def test_a_trial_on_a_line_that_breaks(env, trial):
    with answering() as broken:
        broken.answers(503, "")
        what, remedy = failed(ivr(env, *trial, "--line", broken.address))
    assert f"The {trial[0]} to {broken.address} broke off" in what
    assert "answered 503" in what
    assert "line's log" in remedy


@pytest.mark.parametrize("trial", TRIALS)
def test_a_trial_at_what_is_no_address(env, trial):
    assert "such as http://" in failed(ivr(env, *trial, "--line", "localhost:8000"))[1]


def test_a_call_that_breaks_in_the_middle(env):
    """What was heard until then stays."""
    listens = "<Response><Gather><Say>Press a key.</Say></Gather></Response>"
    with answering() as broken:
        broken.answers(200, listens, **{"Content-Type": "text/xml"})
        call = subprocess.Popen(
            [sys.executable, "-m", "ivr", "call", "--line", broken.address],
            env={**env, "PYTHONUNBUFFERED": "1"},
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        heard = [call.stdout.readline() for _ in range(2)]
        broken.answers(500, "")
        _, errors = call.communicate("1\n", timeout=30)
    assert heard[1] == "Press a key.\n"
    assert call.returncode == 1
    assert "broke off" in errors


def test_without_an_address_it_is_the_line_at_port(line, line_env):
    """Which only the line's own token opens: a line of its own would have taken the call."""
    port = line.rpartition(":")[2]
    assert line in failed(ivr({**line_env, "TWILIO_AUTH_TOKEN": "another", "PORT": port}, "call"))[0]


@pytest.mark.parametrize("command", [("call",), ("text", "12"), ("run",)])
@pytest.mark.parametrize(
    ("port", "named"), [("nonsense", "is not the number of a port: "), ('"8000"', "is in quotes, ")]
)
def test_a_port_that_is_none_is_named(env, command, port, named):
    done = ivr({**env, "PORT": port}, *command)
    assert done.returncode == 1
    (said,) = done.stderr.splitlines()
    assert said.startswith(f"Error: PORT {named}")


def test_where_no_line_is_at_port_the_call_has_its_own(env):
    done = ivr({**env, "PORT": "1"}, "call", typed="h\n")
    assert done.returncode == 0, done.stderr
    assert "You have hung up." in done.stdout


def test_a_line_that_is_not_there_cannot_be_measured(env):
    done = ivr(env, "check", "--line", "--address", f"http://127.0.0.1:{free_port()}")
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1


def on_page(port, path, **given):
    headers = {"Content-Type": "application/json"}
    request = urllib.request.Request(f"http://127.0.0.1:{port}/{path}", json.dumps(given).encode(), headers)
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)


def test_run_serves_the_line_and_a_phone_page(env):
    line, page = free_port(), free_port()
    running = subprocess.Popen(
        [sys.executable, "-m", "ivr", "run", "--port", str(line), "--page-port", str(page)],
        env={**env, "PYTHONUNBUFFERED": "1"},
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        printed = [running.stdout.readline() for _ in range(2)]
        assert f"127.0.0.1:{line}" in printed[0]
        assert f"127.0.0.1:{page}" in printed[1]
        with urllib.request.urlopen(f"http://127.0.0.1:{page}/") as answer:
            assert b"<button" in answer.read()
        call = on_page(page, "calls", number="+12025550143", at="main", language="en")
        call = on_page(page, f"calls/{call['id']}/press", keys="4")
        texted = on_page(page, f"calls/{call['id']}/press", keys="9")
        assert [text["fragments"] for text in texted["arrived"]] == [2, 1], "key 9, without an account"
        assert on_page(page, "texts", number="+12025550143", words="CALL")["rings"]
        sent = ivr_process(env, "text", "12")
        assert (sent.returncode, sent.stderr) == (0, ""), "it has found the line at the port that run was given"
        assert "rings" not in sent.stdout, "what rings since before"
        called = ivr_process(env, "text", "CALL")
        assert f"(It rings on the phone page, http://127.0.0.1:{page}/" in called.stdout
        assert on_page(page, "arrivals", number="+12025550143")["rings"]
        second = ivr_process(env, "run", "--port", str(line))
        assert second.returncode == 1
        assert "--port" in second.stderr
    finally:
        running.send_signal(signal.SIGTERM)
        rest, _ = running.communicate(timeout=20)
    assert "Traceback" not in rest
    assert not (Path(env["DATA_DIR"]) / "port").exists()
    until = time.monotonic() + 10
    while is_line(f"http://127.0.0.1:{line}"):
        assert time.monotonic() < until


def test_its_own_token_is_kept_and_private(env):
    ivr(env, "text", "hello")
    token = Path(env["DATA_DIR"]) / "token"
    first = token.read_text()
    assert token.stat().st_mode & 0o077 == 0
    ivr(env, "text", "hello")
    assert token.read_text() == first


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself(name):
    done = CliRunner().invoke(main, [name, "--help"])
    assert done.exit_code == 0
    assert done.stdout.startswith(f"Usage: main {name} ")


@pytest.mark.parametrize("name", COMMANDS)
def test_the_list_of_commands_says_of_each_what_it_says_itself(name):
    command = main.get_command(click.Context(main), name)
    assert command.name == name
    assert inspect.cleandoc(command.help).split("\n\n")[0].replace("\n", " ") == COMMANDS[name].does
    assert COMMANDS[name].does.split()[0] in CliRunner().invoke(main, ["--help"]).stdout


def commands_below(command):
    yield command
    for below in getattr(command, "commands", {}).values():
        yield from commands_below(below)


def test_every_command_is_in_the_list():
    context = click.Context(main)
    listed = [below for name in COMMANDS for below in commands_below(main.get_command(context, name))]
    modules = [import_module(f"ivr.desk.cli.{found.name}") for found in pkgutil.iter_modules(cli.__path__)]
    written = {id(it): it for module in modules for it in vars(module).values() if isinstance(it, click.Command)}
    assert len(written) > len(COMMANDS)
    assert {it.name for it in written.values() if it is not main and it not in listed} == set()


def test_the_list_of_commands_imports_no_command(env):
    listing = "import sys; from ivr.desk.cli.main import main; main(['--help'], standalone_mode=False); "
    heavy = "[name for name in ('flask', 'redis', 'twilio', 'rich', 'ivr.library.load') if name in sys.modules]"
    code = f"{listing}print({heavy}, file=sys.stderr)"
    done = subprocess.run(
        [sys.executable, "-c", code], env=env, cwd=ROOT, capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stderr == "[]\n"


def test_a_python_without_the_packages_is_answered_with_a_sentence(env):
    done = subprocess.run(
        [sys.executable, "-S", "-m", "ivr", "check"], env=env, cwd=ROOT, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 1
    assert done.stderr.startswith("This Python lacks the package click: ")
    assert ".venv/bin/python -m ivr" in done.stderr
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize("words", [["nonsense"], ["text"], ["call", "--speed", "9"], ["map", "--language", "xx"]])
def test_a_mistake_is_answered_with_a_sentence(env, words):
    done = ivr(env, *words)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("words", "begins"), [(["script"], "<!doctype html"), (["script", "--plain"], "#"), (["map"], "<")]
)
def test_documents_go_to_a_file(env, tmp_path, words, begins):
    file = tmp_path / "document"
    done = ivr(env, *words, "-o", str(file))
    assert done.returncode == 0, done.stderr
    assert file.read_text(encoding="utf-8").lower().startswith(begins)


@pytest.mark.parametrize("name", ["map", "script"])
def test_a_page_is_not_poured_into_a_terminal(env, tmp_path, name):
    ours, terminal = pty.openpty()
    command = [sys.executable, "-m", "ivr", name]
    subprocess.run(command, env={**env, "PYTHONPATH": str(ROOT)}, cwd=tmp_path, stdout=terminal, check=True)
    os.close(terminal)
    assert os.read(ours, 1000).decode().strip() == f"Written to {name}.html: open it in a browser."
    os.close(ours)
    assert (tmp_path / f"{name}.html").read_text(encoding="utf-8").rstrip().endswith("</html>")


def test_nothing_is_printed_for_signing_that_could_not_be_heard(broken_content):
    env, where = broken_content
    done = ivr(env, "script")
    assert done.returncode == 1
    assert where in done.stderr
    assert done.stdout == ""
