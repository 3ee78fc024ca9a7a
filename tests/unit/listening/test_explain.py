"""What is told of how a text was read, on the real words: it is what decided, and nothing else."""

import csv
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from ivr.library.likeness import Likeness
from ivr.listening.explain import explain, name_of
from ivr.listening.listening import listening_of
from ivr.listening.meaning import Ask, Danger, Lacks, Unclear
from ivr.listening.understand import understand
from ivr.model import Move, Position

ROOT = Path(__file__).parents[3]
TABLE = ROOT / "tests/listening/en/tuned.tsv"
ROWS = csv.reader(TABLE.read_text(encoding="utf-8").splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
TEXTS = [row[-1] for row in ROWS][1:]


@pytest.fixture(scope="module")
def listening(content):
    return listening_of(content.libraries["en"])


def test_what_decided_is_named_with_the_words_and_where_it_stands(listening):
    explained = explain(listening, "my legs are week")
    assert isinstance(explained.understood.meaning, Danger)
    assert explained.understood.by == "danger"
    stands = {
        (one.words, Path(ROOT, one.pattern.path).read_text(encoding="utf-8").splitlines()[one.pattern.line - 1])
        for one in explained.understood.evidence
    }
    assert ("legs are week", "- [limb] NEAR [weak]") in stands


def test_corrected_words_are_told_and_real_ones_are_none(listening):
    explained = explain(listening, "Radaition, pelase: RADIATION")
    assert explained.corrected == (("radaition", "radiation"), ("pelase", "please"))
    assert explained.understood.read_as == ("radiation", "please", "radiation")


def test_what_was_guarded_against_is_told_with_its_guard_and_once(listening):
    understood = understand(listening, "no numbness, just want to know about chemo")
    assert isinstance(understood.meaning, Position)
    (guarded,) = [one for one in understood.besides if one.words == "numbness"]
    assert guarded.guard is not None
    assert guarded.guard.line
    assert guarded.pattern not in [one.pattern for one in understood.evidence]


def test_what_is_only_asked_about_names_the_guard_that_doubts_it(listening):
    understood = understand(replace(listening, likeness=Likeness()), "should i worry about numb feet")
    assert isinstance(understood.meaning, Ask)
    (doubt,) = {one.guard for one in understood.evidence if one.guard}
    assert doubt.path.endswith("guards.md")
    assert "worry" in doubt.written


def test_whether_the_likeness_changed_the_outcome_is_what_it_would_be_without(listening):
    alone = replace(listening, likeness=Likeness())
    changed = 0
    for text in TEXTS:
        understood, without = understand(listening, text), understand(alone, text)
        assert without.likely == ()
        assert without.unaided is None
        if understood.unaided is None:
            assert understood.meaning == without.meaning, text
        else:
            changed += 1
            assert understood.unaided == without.meaning != understood.meaning, text
        shares = [share for _, share in understood.likely]
        assert len(shares) <= 3
        assert shares == sorted(shares, reverse=True)
        assert sum(shares) <= 1.0001
    assert changed


def test_what_came_second_is_something_else(listening):
    explained = explain(listening, "my legs are week since monday and is radiation an option")
    assert isinstance(explained.understood.meaning, Danger)
    meaning, why = explained.second
    assert not isinstance(meaning, Danger)
    assert "radiation" in " ".join(one.words for one in why)
    for text in TEXTS:
        explained = explain(listening, text)
        asked = explained.understood.meaning.goals if isinstance(explained.understood.meaning, Ask) else ()
        if explained.second:
            assert explained.second[0] not in {explained.understood.meaning, explained.understood.unaided, *asked}, text


def test_explaining_understands_as_the_line_does(listening):
    for text in TEXTS:
        assert explain(listening, text).understood == understand(listening, text)


@pytest.mark.parametrize("text", ["", " ... ", "\N{PILE OF POO}\ufe0f"])
def test_a_text_without_words_can_be_explained_too(listening, text):
    explained = explain(listening, text)
    assert explained.corrected == ()
    assert name_of(listening, explained.understood.meaning)


def test_an_answer_is_called_by_what_an_operator_knows(listening, content):
    library = content.libraries["en"]
    urgent, person = library.menus["main"].urgent, library.menus["main"].person
    assert name_of(listening, Danger("spine", Position(urgent, 1))) == "danger spine: 4 urgent.1"
    assert name_of(listening, Danger("despair", Position(person, 1))).startswith("despair: ")
    assert name_of(listening, Position("one-area", 2)) == "131 one-area.2"
    assert name_of(listening, Position("types")) == "1 menu types"
    assert name_of(listening, Ask((Position("whole-body", 1), Position("main")))) == (
        "a question about 12 whole-body.1 or the main menu"
    )
    assert name_of(listening, Lacks("cost", None, True)) == "lacks cost, a person only"
    assert name_of(listening, Lacks("cost", Position("goals", 1), False)).startswith("lacks cost, offers ")
    assert name_of(listening, Move("more")) == "the move MORE"
    assert name_of(listening, Unclear()) == "not understood: the main menu"


READ_ALL = """
import csv, pathlib, sys
from ivr.library.load import content_of
from ivr.listening.listening import listening_of
from ivr.listening.understand import understand
from ivr.settings import DEFAULT_HELPLINE
listening = listening_of(content_of(pathlib.Path("content"), DEFAULT_HELPLINE).libraries["en"])
for line in sys.stdin:
    print(understand(listening, line.rstrip()))
"""


def test_a_text_is_read_alike_in_every_process():
    """Sets have another order in each: no answer may hang on it, or two workers would not say the same."""
    ties = [
        "pills that go everywhere in you, tell me about those",
        "can my dog catch anything from radioactive treatment",
    ]
    ties += ["doc wants to move me from shots to pills, are both systemic"]
    long = " ".join(TEXTS[::10])[:1600]
    read = [
        subprocess.run(
            [sys.executable, "-c", READ_ALL],
            input="\n".join([*ties, *TEXTS, long]),
            env={**os.environ, "PYTHONHASHSEED": seed},
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        ).stdout.splitlines()
        for seed in ("0", "1")
    ]
    assert len(read[0]) > len(TEXTS)
    assert read[0] == read[1]
