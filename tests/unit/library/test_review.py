"""Review dates: passing days bring warnings and nothing else, and the source's date is said."""

from datetime import date

import pytest
from small_content import append, copy_language, edits, loaded, signed, small_content, swap, write

from ivr.library.lint import check
from ivr.library.lint.review import check_review
from ivr.settings import CONTENT

APPLE, CHERRY, LANGUAGE = "en/topics/apples.md", "en/topics/cherries.md", "en/language.md"
SOON, LATE = date(2020, 6, 1), date(2021, 6, 1)
NAMES = "January, February, March, April, May, June, July, August, September, October, November, December"
MONTHS = swap(LANGUAGE, "voice: A-Voice", f"voice: A-Voice\nmonths: {NAMES}")
SAID = edits(
    swap(APPLE, "I like apples.", "A book of January 31, 2020 says so."),
    swap(APPLE, "You like apples.", "A book of 31 January 2020 says so."),
)


def checked(on, by="A. Nurse"):
    return edits(swap(APPLE, "reviewer:\n", f"reviewer: {by}\nchecked: {on}\n"), *([signed(APPLE)] if by else []))


def found(root, today, months=12):
    """Of a small content whose topics were all looked at on 2020-01-31, if nothing else is said."""
    problems = check_review(loaded(root), today, months)
    assert all(problem.warning and problem.code == "review" for problem in problems)
    return [problem.path.removeprefix("content/") for problem in problems]


@pytest.fixture
def root(tmp_path):
    root = small_content(tmp_path)
    SAID(root)
    return root


@pytest.mark.parametrize(
    ("today", "months", "past"),
    [
        (date(2020, 1, 31), 1, False),
        (date(2020, 2, 29), 1, False),
        (date(2020, 3, 1), 1, True),
        (date(2021, 1, 31), 12, False),
        (date(2021, 2, 1), 12, True),
        (date(2021, 2, 1), 13, False),
        (date(2030, 1, 31), 120, False),
        (date(2030, 2, 1), 120, True),
    ],
)
def test_a_look_holds_for_so_many_months(root, today, months, past):
    assert found(root, today, months) == ([APPLE, CHERRY] if past else [])


@pytest.mark.parametrize(
    ("edit", "left"),
    [
        (checked("2021-05-01"), [CHERRY]),
        (checked("2020-05-01"), [APPLE, CHERRY]),
        (checked("2021-05-01", by=""), [APPLE, CHERRY]),
        (swap(CHERRY, "reviewed: 2020-01-31", "reviewed: 2021-05-01"), [APPLE]),
        (swap(CHERRY, "reviewed: 2020-01-31", "reviewed: 2020-01-31\nchecked: 2021-05-01"), [APPLE]),
        (swap(CHERRY, "reviewer: A. Gardener", "reviewer:"), [APPLE]),
        (checked("2021-06-02"), [APPLE, CHERRY]),
        (edits(checked("2020-05-01"), swap(APPLE, "I like pears.", "I like apples.")), [CHERRY]),
    ],
    ids=[
        "checked",
        "too long ago",
        "by nobody",
        "signed anew",
        "signed and checked",
        "unsigned",
        "yet to come",
        "other words",
    ],
)
def test_who_looked_and_when(root, edit, left):
    edit(root)
    assert found(root, LATE) == left


def test_a_date_to_come_is_named_as_such(root):
    checked("2062-01-01")(root)
    (problem,) = check_review(loaded(root), SOON, 12)
    assert "2062-01-01 is in the future" in problem.remedy
    assert problem.line == (root / APPLE).read_text().splitlines().index("checked: 2062-01-01") + 1


def test_time_alone_makes_no_error(root):
    """What `check` says without a day is all that a start depends on."""
    assert found(root, date(2100, 1, 1)) == [APPLE, CHERRY]
    assert {problem.code for problem in check(loaded(root))} == {"unsigned"}


@pytest.mark.parametrize("written", ["2021-02-30", "May 2021", "2021-5-1"])
def test_a_date_of_a_check_is_a_date(root, written):
    checked(written)(root)
    errors = [problem for problem in check(loaded(root)) if not problem.warning]
    assert [(problem.path, problem.code) for problem in errors] == [(f"content/{APPLE}", "reviewed")]


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        (edits(), True),
        (MONTHS, True),
        (swap(APPLE, "A book of January 31, 2020 says so.", "A book says so."), False),
        (swap(APPLE, "A book of 31 January 2020 says so.", "A book says so."), False),
        (swap(APPLE, "reviewed: 2020-01-31", "reviewed: 2020-01-30"), False),
        (swap(APPLE, "reviewed: 2020-01-31", "reviewed: 2019-01-31"), False),
        (edits(MONTHS, swap(APPLE, "reviewed: 2020-01-31", "reviewed: 2020-03-31")), False),
        (swap(APPLE, "reviewed: 2020-01-31", "reviewed: 2020-03-31"), True),
    ],
    ids=["said", "with its month", "not by voice", "not by text", "day", "year", "month", "a month with no name"],
)
def test_the_date_of_the_source_is_said(root, edit, said):
    edit(root)
    assert found(root, SOON, months=24) == ([] if said else [APPLE])


@pytest.mark.parametrize(
    ("form", "said"),
    [("{day} de {month} de {year}", True), ("{month} {day}, {year}", False)],
    ids=["as the language writes it", "in another order"],
)
def test_a_date_is_said_as_the_language_writes_it(root, form, said):
    edits(MONTHS, swap("en/language.md", "months:", f"date: {form}\nmonths:"))(root)
    swap(APPLE, "January 31, 2020", "31 de january de 2020")(root)
    swap(APPLE, "31 January 2020", "31 de January de 2020")(root)
    assert found(root, SOON, months=24) == ([] if said else [APPLE])


def test_each_language_says_it(root):
    copy_language("es")(root)
    assert found(root, SOON) == []
    swap("es/topics/apples.md", "31 January 2020", "entonces")(root)
    assert found(root, SOON) == ["es/topics/apples.md"]


def test_some_months_are_no_year(root):
    swap(LANGUAGE, "voice: A-Voice", "voice: A-Voice\nmonths: May, June")(root)
    assert found(root, SOON) == [LANGUAGE]


def test_where_words_cannot_be_read_nothing_is_said_of_their_date(root):
    edits(append(APPLE, "\n## Sung\n\nLa.\n"), write("en/topics/figs.md", "nothing"))(root)
    assert loaded(root).problems
    assert check_review(loaded(root), LATE, 12) == []


def test_the_real_about_topic_says_its_date():
    content = loaded(CONTENT)
    dates = {topic.reviewed for topic in content.libraries["en"].topics.values() if topic.origin == "source"}
    assert dates == {"2012-05-03"}
    assert check_review(content, date(2012, 5, 4), 12) == []
