"""A new line starts at once, in one language or two, and holds nothing of the line that it was made from."""

import pytest
from command_lines import ivr

from ivr.audit import check
from ivr.desk.new_line.general import Subject, classes, general, named_in
from ivr.library.load import content_of
from ivr.library.names import FORMER
from ivr.phone.handset import Handset
from ivr.phone.wsgi import Wsgi
from ivr.settings import DEFAULT_HELPLINE, Settings
from ivr.web.app import create_app

ENV = {"PATH": "", "HOME": "/nowhere"}
FOR_PEOPLE = {"unsigned", "review"}
"""What `check` leaves to people: signatures, and the date of a source that is still to be named."""


def made(folder, *tags):
    done = ivr(ENV, "new", "line", str(folder), *(word for tag in tags for word in ("--language", tag)))
    assert done.returncode == 0, done.stderr
    return folder


@pytest.mark.parametrize("tags", [("en",), ("es",), ("es", "en")])
def test_nothing_has_to_be_mended_before_it_starts(tmp_path, tags):
    root = made(tmp_path / "line", *tags)
    content = content_of(root, DEFAULT_HELPLINE)
    assert tuple(content.libraries) == tuple(sorted(tags))
    assert content.original == tags[0]
    problems = check(content)
    assert not [problem for problem in problems if not problem.warning]
    assert {problem.code for problem in problems} <= FOR_PEOPLE


def test_somebody_can_call_it_and_text_it(tmp_path):
    root = made(tmp_path / "line", "en", "es")
    env = {"TWILIO_AUTH_TOKEN": "token", "CONTENT_DIR": str(root), "DATA_DIR": str(tmp_path / "data")}
    app = create_app(Settings.from_env({**env, "REDIS_URL": "unix:///no-store", "CALLER_SECRET": "x" * 16}))
    handset = Handset("http://127.0.0.1", "token", "+12025550143", transport=Wsgi(app))

    def answer(words):
        return " ".join(handset.text(words).texts)

    assert "Example Line" in answer("hello")
    assert "Call 911 now" in answer("he cant breathe")
    assert "988" in answer("i want to die")
    assert "1-800-227-2345" in answer("can i talk to somebody real")
    assert "Llame ahora al 911" in answer("mi papá no puede respirar")
    assert "being made ready" in answer("1")


def test_a_name_of_the_old_line_is_an_error(tmp_path):
    root = made(tmp_path / "line", "en")
    names = (root / "en/names.md").read_text("utf-8")
    former = next(line for line in names.splitlines() if line.startswith(f"{FORMER}:")).partition(": ")[2].split(", ")
    topic = root / "en/topics/first.md"
    topic.write_text(topic.read_text("utf-8").replace("This line is", f"{former[0]} is"), "utf-8")
    found = [problem for problem in check(content_of(root, DEFAULT_HELPLINE)) if not problem.warning]
    assert {problem.path for problem in found} == {"line/en/topics/first.md"}
    assert all(former[0] in problem.remedy for problem in found)


@pytest.mark.parametrize(
    ("words", "told"),
    [(("--language", "fr"), "not in fr"), ((), "holds something already")],
)
def test_what_it_cannot_write_is_told(tmp_path, words, told):
    folder = tmp_path / "line"
    if not words:
        folder.mkdir()
        (folder / "mine.txt").write_text("mine", "utf-8")
    done = ivr(ENV, "new", "line", str(folder), *words)
    assert (done.returncode, told in done.stderr) == (1, True)
    assert sorted(one.name for one in folder.glob("*")) == ([] if words else ["mine.txt"])


NUT = Subject(["NUT", "ALMOND"])


@pytest.mark.parametrize(
    ("pattern", "left"),
    [
        ("stop .. nuts", ""),
        ("stop .. (nuts/the pears)", "stop .. (the pears)"),
        ("stop .. nuts/pears/plums", "stop .. pears/plums"),
        ("stop .. [shells]", ""),
        ("stop .. (almonds/[pits])? now", "stop .. [pits]? now"),
        ("stop .. chestnuts", "stop .. chestnuts"),
    ],
)
def test_what_is_taken_of_a_pattern(pattern, left):
    text = f"---\ntitle: T\nreviewer: A. Doctor\nsigned: 12345678\n---\n\n## patterns\n\n- {pattern}\n- pear\n"
    taken = general(text, NUT, frozenset({"shells"}))
    assert [line[2:] for line in taken.splitlines() if line.startswith("- ")] == [*filter(None, [left]), "pear"]
    assert "Doctor" not in taken
    assert "signed" not in taken


def test_an_example_of_the_subject_goes_whole():
    assert "- " not in general("## examples\n\n- yes/no nuts\n", NUT)


def test_only_classes_that_are_named_are_taken():
    known = classes(
        "## nut\n\nnut, almond\n\n## fruit\n\npear, [stone], nuts\n\n## stone\n\nplum\n\n## odd\n\nx\n", NUT
    )
    assert known["nut"] == []
    assert named_in(["- [fruit] .. ripe"], known, []) == ["fruit", "stone"]
    assert known["fruit"] == ["pear", "[stone]"]
