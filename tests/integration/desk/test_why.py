"""How a text was read, for writers: by the command, with and without a line, and beside each text of the phone page."""

import re
import shutil
from pathlib import Path

import pytest
from command_lines import ivr

from ivr.desk.running.local import free_port
from ivr.desk.trying.listed import written_at
from ivr.desk.trying.why import DECIDED, QUESTION_SECONDS, WhyNow, remarks
from ivr.library.load import content_of
from ivr.listening.listening import listening_of
from ivr.listening.meaning import Ask
from ivr.listening.readings import READINGS
from ivr.listening.understand import understand
from ivr.model import Position
from ivr.phone.handset import Handset
from ivr.phone.insight import Insight
from ivr.phone.page import create_page
from ivr.settings import DEFAULT_HELPLINE

ROOT = Path(__file__).parents[3]
NUMBER = "+12025550143"
PLACE = re.compile(r"^  (\S+\.md):(\d+): (.*?)(?: \((?:the|a) guard: .*\))?$")


@pytest.fixture
def env(line_env, tmp_path):
    return {**line_env, "DATA_DIR": str(tmp_path / "data"), "PORT": str(free_port())}


def told(done):
    """What is told, by what it is about; several of one kind as a list."""
    found = {}
    for line in done.stdout.partition("\n\n")[0].splitlines():
        if not line.startswith("  "):
            about, _, what = line.partition(": ")
            found.setdefault(about, []).append(what)
    return found


def test_a_text_is_explained_with_no_line_and_no_data(env):
    done = ivr(env, "text", "--why", "my legs are week since the weekend")
    assert done.returncode == 0, done.stderr
    found = told(done)
    assert found["Read as"] == ["my legs are week since the weekend"]
    assert found["Asked before"] == ["nothing"]
    assert found["Understood as"] == ["danger spine: 4 urgent.1"]
    assert "“legs are week”" in found["Because of"]
    assert "Most like" in found
    assert "only read, not sent" in done.stderr
    assert not Path(env["DATA_DIR"]).exists()


@pytest.mark.parametrize(
    "words", ["my legs are week", "no numbness, just want to know about chemo", "CHEMO", "MORE", "what are your hours"]
)
def test_every_place_is_a_file_and_a_line_that_holds_the_pattern(env, words):
    places = [found for line in ivr(env, "text", "--why", words).stdout.splitlines() if (found := PLACE.match(line))]
    assert places
    for path, line, pattern in (place.groups() for place in places):
        stands = Path(ROOT, path).read_text(encoding="utf-8").splitlines()[int(line) - 1]
        assert pattern.lower() in stands.lower()


def test_corrected_words_and_guards_are_told(env):
    found = told(ivr(env, "text", "--why", "no numbbness, just tell me about radaition"))
    assert found["Corrected"] == ["numbbness to numbness, radaition to radiation"]
    assert "“numbness”" in found["Guarded against"]


def test_with_a_line_that_is_named_both_are_shown(env, line, content):
    done = ivr(env, "text", "--line", line, "--why", "RADIATION")
    assert done.returncode == 0, done.stderr
    assert told(done)["Understood as"] == ["131 one-area.2"]
    reply = done.stdout.partition("\n\n")[2]
    assert content.libraries["en"].topics["one-area"].segments[1].text in reply
    assert "2 fragments" in reply


def test_without_why_nothing_is_explained(env, line):
    assert "Understood as" not in ivr(env, "text", "--line", line, "RADIATION").stdout


def test_what_was_asked_before_can_be_given(env):
    found = told(ivr(env, "text", "--why", "--asked", "12", "--asked", "one-area.2", "the second one"))
    assert found["Asked before"] == ["a question about 12 whole-body.1 or 131 one-area.2"]
    assert found["Understood as"] == ["131 one-area.2"]
    assert found["Decided by"] == ["the answer to what was asked"]


@pytest.mark.parametrize(
    "words", [["--asked", "12"], ["--language", "en"], ["--why", "--language", "xx"], ["--why", "--asked", "nowhere.9"]]
)
def test_what_cannot_be_explained_is_told_in_a_sentence(env, words):
    done = ivr(env, "text", *words, "yes")
    assert done.returncode in (1, 2)
    assert done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("words", ["Loved “Call 911”", "", "👍"])
def test_what_is_no_request_is_called_so(env, words):
    (meaning,) = told(ivr(env, "text", "--why", words))["Understood as"]
    assert meaning.startswith("no request")


def test_every_keyword_is_found_where_it_is_listed(content):
    listening = listening_of(content.libraries["en"])
    listed = {rule.pattern for rule, _ in listening.rules if not rule.pattern.line}
    assert listed
    for pattern in listed:
        path, _, line = written_at(pattern, content.documents).rpartition(":")
        stands = Path(ROOT, path).read_text(encoding="utf-8").splitlines()[int(line) - 1]
        assert re.sub(r"\W", "", pattern.written).lower() in re.sub(r"\W", "", stands).lower()


# --- beside the texts of the phone page ----------------------------------------------------------------------


def by_subject(found):
    return {remark.about: remark.told for remark in found}


@pytest.fixture(scope="module")
def asked(content):
    """A text that the line answers with a question, and the code of what it offers first."""
    listening = listening_of(content.libraries["en"])
    for words in ("chemo tablets question", "tumor", "strong medicine", "weather", "prostate"):
        meaning = understand(listening, words).meaning
        if isinstance(meaning, Ask):
            return words, listening.code_of[meaning.goals[0]]
    raise AssertionError("none of these is asked about any more: take others")


def test_a_question_stays_open_for_an_hour(content, asked):
    now = [0.0]
    why = WhyNow(content, clock=lambda: now[0])
    words, code = asked
    assert by_subject(why(NUMBER, words))["Asked before"] == "nothing"
    now[0] += QUESTION_SECONDS - 1
    answered = by_subject(why(NUMBER, "yes"))
    assert f"about {code} " in answered["Asked before"]
    assert answered["Understood as"].startswith(f"{code} ")
    why(NUMBER, words)
    now[0] += QUESTION_SECONDS
    assert by_subject(why(NUMBER, "yes"))["Asked before"] == "nothing"


def test_each_number_has_its_own_question_and_forget_ends_it(content, asked):
    why = WhyNow(content)
    why(NUMBER, asked[0])
    assert by_subject(why("+12025550144", "yes"))["Asked before"] == "nothing"
    why(NUMBER, "FORGET")
    assert by_subject(why(NUMBER, "yes"))["Asked before"] == "nothing"


def test_a_question_that_was_asked_just_now_is_not_called_one(content):
    library = content.libraries["en"]
    doubtful = "should i worry about numb feet"
    heard = understand(listening_of(library), doubtful, (Position("goals", 1),)).meaning
    assert isinstance(heard, Ask)
    assert "the main menu instead" in by_subject(remarks(content, library, doubtful, heard.goals))["Understood as"]


def test_changed_content_is_taken_up(content, tmp_path):
    why = WhyNow(content)
    words = "a flibbertigibbet matter"
    before = by_subject(why(NUMBER, words))["Understood as"]
    changed = _with_keyword(tmp_path, "FLIBBERTIGIBBET MATTER")
    why.take(changed)
    assert by_subject(why(NUMBER, words))["Understood as"] == "12 whole-body.1" != before


def _with_keyword(folder, word):
    shutil.copytree(ROOT / "content", folder / "content")
    topic = folder / "content/en/topics/whole-body.md"
    topic.write_text(topic.read_text(encoding="utf-8").replace("1: SYSTEMIC", f"1: {word}, SYSTEMIC"), encoding="utf-8")
    return content_of(folder / "content", DEFAULT_HELPLINE)


def test_the_page_tells_it_beside_a_text_that_the_line_answers(content, handset, asked):
    """The page asks no route of the line: the line's answers and what the page tells are of one content."""
    client = create_page(handset.calling_from, Insight(tell_why=WhyNow(content))).test_client()

    def send(words):
        sent = client.post(
            "/texts", json={"number": handset.number, "words": words}, headers={"Host": "127.0.0.1:8001"}
        )
        return sent.get_json()

    words, code = asked
    assert f"Reply {code}" in send(words)["texts"][0]["text"]
    answer = send("yes please")
    assert f"about {code} " in {one["about"]: one["told"] for one in answer["why"]}["Asked before"]
    assert {one["about"]: one["told"] for one in answer["why"]}["Understood as"].startswith(f"{code} ")
    assert answer["texts"][0]["text"].startswith("Bone Info Line")
    assert [place for one in answer["why"] for place in one["places"]]


def test_a_text_that_the_line_did_not_take_was_read_by_nobody():
    client = create_page(
        lambda _number: Handset(f"http://127.0.0.1:{free_port()}"), Insight(tell_why=_unasked)
    ).test_client()
    sent = client.post("/texts", json={"number": NUMBER, "words": "13"}, headers={"Host": "127.0.0.1:8001"})
    assert sent.status_code == 502


def _unasked(_number, _words):
    raise AssertionError


def test_every_reading_has_a_name():
    assert {*READINGS, ""} == set(DECIDED)


def test_a_text_of_any_length_can_be_explained(content):
    library = content.libraries["en"]
    assert remarks(content, library, "my legs are week. " * 200)
