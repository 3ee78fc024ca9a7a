"""Settings from a file: what it may hold, that the environment wins, and that every way into the line reads it."""

import os
import stat
import subprocess
import sys
from datetime import date

import pytest
from click.testing import CliRunner

from ivr import __version__
from ivr.desk.cli.main import main
from ivr.desk.doctor.around import settings as settings_check
from ivr.desk.doctor.launch import launch_of
from ivr.desk.running.local import ROOT
from ivr.settings import Settings, WrongSetting
from ivr.settings.env_file import env_file_of, take_env_file

TOKEN = "0123456789abcdef0123456789abcdef"


@pytest.fixture
def written(tmp_path):
    """An environment that names a file with these words."""

    def write(text, **env):
        file = tmp_path / "line.env"
        file.write_bytes(text.encode())
        file.chmod(0o600)
        return {"ENV_FILE": str(file), **env}

    return write


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (f"TWILIO_AUTH_TOKEN={TOKEN}", TOKEN),
        (f"\n# The line\n\nTWILIO_AUTH_TOKEN = '{TOKEN}'  # of the account\n", TOKEN),
        (f'export TWILIO_AUTH_TOKEN="{TOKEN}"\r\n', TOKEN),
        (f"\ufeffTWILIO_AUTH_TOKEN={TOKEN}", TOKEN),
        ("TWILIO_AUTH_TOKEN=a$HOME#b${X}", "a$HOME#b${X}"),
    ],
)
def test_a_value_is_read_as_dotenv_files_are_and_nothing_is_filled_in(written, text, value):
    env = written(text)
    take_env_file(env)
    assert Settings.from_env(env).auth_token == value


def test_the_environment_wins_even_where_it_is_empty(written):
    text = f"TWILIO_AUTH_TOKEN={TOKEN}\nHELPLINE_NUMBER=+12025550100\nREDIS_URL=redis://elsewhere"
    env = written(text, HELPLINE_NUMBER="+12025550199", REDIS_URL="")
    take_env_file(env)
    settings = Settings.from_env(env)
    assert (settings.helpline_number, settings.redis_url) == ("+12025550199", None)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("\nPORT=8000\n\n  HELPLINE_NUMBR=1", "^line.env, line 4 sets HELPLINE_NUMBR, .*: call it HELPLINE_NUMBER.$"),
        ("PORT=8000\ntwilio_auth_token=1\nTWILIO_AUTH_TOKEN=1", "^line.env, line 2 sets twilio_auth_token, "),
        ("PORT=8000\nLINE_NUMBER +18005550199", "^line.env, line 2 is not a setting: "),
        ("PORT=8000\nLINE_NUMBER", "^line.env, line 2 is not a setting: "),
        ('PORT=8000\nCONTENT_DIR="content', "^line.env, line 2 is not a setting: "),
        ("ENV_FILE=other.env", "^line.env, line 1 sets ENV_FILE, which would be read too late"),
    ],
)
def test_what_is_wrong_in_it_is_told_with_its_line_and_without_its_value(written, text, says):
    with pytest.raises(WrongSetting, match=says) as wrong:
        take_env_file(written(text))
    assert "+18005550199" not in str(wrong.value)


def test_a_file_that_is_named_has_to_be_there_and_to_be_text(tmp_path):
    with pytest.raises(WrongSetting, match=r"^ENV_FILE names a file that is not there"):
        take_env_file({"ENV_FILE": str(tmp_path / "none")})
    with pytest.raises(WrongSetting, match="cannot be read as a file of settings"):
        take_env_file({"ENV_FILE": str(tmp_path)})


def test_without_one_nothing_is_read(monkeypatch, tmp_path):
    monkeypatch.setattr("ivr.settings.env_file.DEFAULT", tmp_path / ".env")
    assert env_file_of({}) is None
    (tmp_path / ".env").write_text("PORT=8123")
    assert env_file_of({}).given == {"PORT": "8123"}


def test_a_server_in_another_folder_finds_the_same_file(written, monkeypatch, tmp_path):
    written("PORT=8123")
    monkeypatch.chdir(tmp_path)
    env = {"ENV_FILE": "line.env"}
    take_env_file(env)
    assert env == {"ENV_FILE": str(tmp_path / "line.env"), "PORT": "8123"}


def test_the_doctor_tells_of_names_that_nobody_reads_and_of_readers(written):
    env = written(f"TWILIO_AUTH_TOKEN={TOKEN}\nBANANA=1\nGUNICORN_CMD_ARGS=--reload")

    def seen():
        return settings_check(launch_of({**env, "TWILIO_AUTH_TOKEN": TOKEN}, date(2026, 1, 1))).seen

    assert "sets BANANA, GUNICORN_CMD_ARGS, which nothing of the line reads" in seen()
    os.chmod(env["ENV_FILE"], stat.S_IRUSR | stat.S_IRGRP)  # noqa: PTH101
    assert seen().startswith("others on this machine may read")


SERVER = "import runpy; print(runpy.run_path('gunicorn.conf.py')['bind'])"
CONTAINER = ["-m", "ivr.settings.serving", sys.executable, "-c", "import os; print(os.environ['PORT'])"]


@pytest.mark.parametrize("way", [["-c", SERVER], CONTAINER], ids=["the server", "the container"])
def test_every_way_in_reads_it(written, way):
    env = {"PATH": os.environ["PATH"], **written("PORT=8123\nLISTEN=::1")}
    done = subprocess.run([sys.executable, *way], env=env, cwd=ROOT, capture_output=True, text=True, check=True)
    assert "8123" in done.stdout


@pytest.mark.parametrize("command", ["check", "run", "doctor", "report", "optouts"])
def test_every_command_reads_it(written, command):
    """A wrong one stops each of them, naming the file and the line."""
    done = CliRunner().invoke(main, [command], env=written("LOG_LEVEL=info\nREDISURL=x"))
    assert done.exit_code == 1
    assert done.stderr == "Error: line.env, line 2 sets REDISURL, which the line does not know: call it REDIS_URL.\n"


def test_a_reload_of_words_reads_it(written, tmp_path):
    env = {"PATH": os.environ["PATH"], **written(f"CONTENT_DIR={tmp_path / 'none'}")}
    done = subprocess.run(
        [sys.executable, "-m", "ivr.audit"], env=env, cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.stderr.startswith("CONTENT_DIR is not a folder")


# --- the command itself --------------------------------------------------------------------------------------


def test_the_version_is_told_and_is_the_projects():
    assert CliRunner().invoke(main, ["--version"]).stdout.endswith(f", version {__version__}\n")
    assert f'\nversion = "{__version__}"\n' in (ROOT / "pyproject.toml").read_text()


def test_a_shell_completes_commands_and_their_options():
    def completed(words, number):
        env = {"PATH": os.environ["PATH"], "_IVR_COMPLETE": "bash_complete", "COMP_WORDS": words, "COMP_CWORD": number}
        done = subprocess.run([ROOT / "bin" / "ivr"], env=env, capture_output=True, text=True, check=True)
        return done.stdout.split()

    assert completed("ivr con", "1") == ["plain,connect"]
    assert completed("ivr connect --u", "2") == ["plain,--undo"]
    source = subprocess.run(
        [ROOT / "bin" / "ivr"], env={"_IVR_COMPLETE": "bash_source"}, capture_output=True, text=True, check=True
    )
    assert source.stdout.rstrip().endswith("_ivr_completion_setup;")
    assert " ivr\n" in source.stdout
