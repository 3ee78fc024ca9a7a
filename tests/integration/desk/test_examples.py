"""Another line on the same programs: the flu example passes the check, answers by its own menus, and is audited."""

import pytest
from command_lines import ivr
from ruler.walked import survey_of
from texts_lines import sending_env

from ivr.audit import check
from ivr.audit.access.table import RULES
from ivr.desk.running.local import free_port
from ivr.library.load import content_of
from ivr.library.names import FORMER
from ivr.phone.handset import Handset
from ivr.phone.wsgi import Wsgi
from ivr.settings import DEFAULT_HELPLINE, Settings
from ivr.web.app import create_app

FOR_PEOPLE = {"unsigned", "review", "example"}


@pytest.fixture(scope="module")
def flu(tmp_path_factory):
    """The example, whole."""
    folder = tmp_path_factory.mktemp("example") / "flu"
    done = ivr({"PATH": ""}, "new", "line", str(folder), "--like", "flu")
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="module")
def line(flu, tmp_path_factory):
    store = {"REDIS_URL": "unix:///no-store", "CALLER_SECRET": "x" * 16}
    env = {"TWILIO_AUTH_TOKEN": "token", "CONTENT_DIR": str(flu), "DATA_DIR": str(tmp_path_factory.mktemp("data"))}
    return Wsgi(create_app(Settings.from_env({**env, **store})))


def test_the_example_has_nothing_to_mend(flu):
    problems = check(content_of(flu, DEFAULT_HELPLINE))
    assert not [problem for problem in problems if not problem.warning]
    assert {problem.code for problem in problems} <= FOR_PEOPLE
    names = (flu / "en/names.md").read_text("utf-8")
    assert f"{FORMER}: " in names


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("hello", "Season Line"),
        ("1", "lowers your chance"),
        ("should my baby get the shot", "6 months"),
        ("can the vaccine give me the flu", "cannot cause"),
        ("4", "Call 911"),
        ("her throat is closing", "911"),
        ("he cant breathe", "911"),
        ("i want to die", "988"),
        ("51", "signed by nobody"),
        ("how much does it cost", "I cannot answer that"),
        ("radiation", "Text a number"),
    ],
)
def test_a_text_is_answered_by_this_line(line, words, answer):
    handset = Handset("http://127.0.0.1", "token", "+12025550143", transport=line)
    said = " ".join(handset.text(words).texts)
    assert answer in said
    assert not any(other in said for other in ("cancer", "bone", "Society"))


def test_the_audit_walks_it(flu, line_env, api, tmp_path):
    """What has to hold on the line that these programs were written for holds here, too, or is left to people."""
    env = sending_env(line_env, tmp_path, api.address, free_port())
    survey = survey_of(Settings.from_env({**env, "CONTENT_DIR": str(flu)}), env["PUBLIC_URL"])
    assert survey.library.line_name == "Season Line"
    assert not [one for one in (rule(survey) for rule in RULES) if one.must and one.holds is False]
