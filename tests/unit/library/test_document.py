"""One file: its header is text as written, and everything knows the line that it stands on."""

import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivr.library.parsing import read_document

TOP = "---\ntitle: A title\n---\n\n"


def read(folder, written):
    file = folder / "content" / "en" / "page.md"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(written if isinstance(written, bytes) else written.encode())
    return read_document(file, folder / "content")


def words_of(folder, written):
    """The paragraphs under the heading `## Voice`."""
    document, problems = read(folder, TOP + "## Voice\n\n" + written)
    assert problems == []
    return [words.text for words in document.sections["voice"]]


def header_of(folder, written):
    document, problems = read(folder, f"---\n{written}\n---\n\n## Voice\n\nHello.\n")
    assert problems == []
    return {name: entry.words.text for name, entry in document.header.items()}


def places(problems):
    return [(problem.path, problem.line, problem.code) for problem in problems]


# --- values ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("NO", "NO"),
        ("yes", "yes"),
        ("null", "null"),
        ("~", "~"),
        ("010", "010"),
        ("1_000", "1_000"),
        ("1e3", "1e3"),
        ("9:30", "9:30"),
        ("2012-05-03", "2012-05-03"),
        ("a # b", "a # b"),
        ("# a", "# a"),
        ("a: b: c", "a: b: c"),
        ("https://line.example.org/a:b", "https://line.example.org/a:b"),
        ('"quoted"', '"quoted"'),
        ("'it''s'", "'it''s'"),
        ('a "b', 'a "b'),
        ("[a, b]", "[a, b]"),
        ("{helpline}", "{helpline}"),
        ("- a", "- a"),
        ("*star", "*star"),
        ("&and", "&and"),
        ("!mark", "!mark"),
        ("| pipe", "| pipe"),
        ("> fold", "> fold"),
        ("@at", "@at"),
        ("%percent", "%percent"),
        (r"back\slash \n", r"back\slash \n"),
        ("Köln, naïve, 骨", "Köln, naïve, 骨"),
        ("  wide  inside  ", "wide  inside"),
        ("tab\tinside", "tab\tinside"),
        ("---", "---"),
        ("", ""),
        ("   ", ""),
    ],
)
def test_a_value_is_text_as_written(tmp_path, written, value):
    assert header_of(tmp_path, f"title: {written}") == {"title": value}


@given(st.text(st.characters(blacklist_categories=["C", "Z"]), min_size=1))
def test_any_word_is_a_value_as_it_is(tmp_path_factory, word):
    assert header_of(tmp_path_factory.getbasetemp(), f"title: {word}") == {"title": word}


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("NO: a", ["NO"]),
        ("1: a", ["1"]),
        ("01: a", ["01"]),
        ("two words: a", ["two words"]),
        ("before-colon : a", ["before-colon"]),
        ("b: 1\na: 2", ["b", "a"]),
        ("Title: a\ntitle: b", ["Title", "title"]),
    ],
)
def test_a_name_is_text_too(tmp_path, written, names):
    assert list(header_of(tmp_path, written)) == names


@pytest.mark.parametrize("indent", ["  ", " ", "    ", "\t"], ids=["two", "one", "four", "tab"])
def test_indented_entries_belong_to_the_one_above(tmp_path, indent):
    document, problems = read(
        tmp_path, f"---\ntitle: A\nchoices:\n{indent}1: one\n\n{indent}2: NO\nfacts: all\n{indent}1: 9:30\n---\n"
    )
    assert problems == []
    assert {
        name: (entry.words.text, {key: (words.text, words.line) for key, words in entry.under.items()})
        for name, entry in document.header.items()
    } == {
        "title": ("A", {}),
        "choices": ("", {"1": ("one", 4), "2": ("NO", 6)}),
        "facts": ("all", {"1": ("9:30", 8)}),
    }


# --- lines -------------------------------------------------------------------------------------------------------

PAGE = """\
---
title: A title

facts:
  1: G1
reviewed:
---

## Voice

First, over
two lines.
Second line of it is the third.

Second.
## Text
- an item
- another

  1. numbered

Last.
"""


@pytest.mark.parametrize(
    "written",
    [
        PAGE,
        "\ufeff" + PAGE,
        PAGE.replace("\n", "\r\n"),
        "\ufeff" + PAGE.replace("\n", "\r\n"),
        PAGE.rstrip("\n"),
        PAGE + "\n\n \n",
        PAGE.replace("---\n", "---  \n"),
        PAGE.replace("---\n", "-----\n"),
    ],
    ids=[
        "plain",
        "with a byte order mark",
        "with Windows line ends",
        "with both",
        "without a last line end",
        "with blank lines at its end",
        "with blanks after its dashes",
        "with longer dashes",
    ],
)
def test_everything_knows_its_line(tmp_path, written):
    document, problems = read(tmp_path, written)
    assert problems == []
    assert (document.path, document.name) == ("content/en/page.md", "page")
    assert {name: entry.words.line for name, entry in document.header.items()} == {
        "title": 2,
        "facts": 4,
        "reviewed": 6,
    }
    assert document.header["facts"].under["1"].line == 5
    assert document.lines == {"voice": 9, "text": 16}
    assert {name: [(words.line, words.text) for words in section] for name, section in document.sections.items()} == {
        "voice": [(11, "First, over two lines. Second line of it is the third."), (15, "Second.")],
        "text": [(17, "an item"), (18, "another"), (20, "1. numbered"), (22, "Last.")],
    }


@pytest.mark.parametrize("gap", range(4))
def test_blank_lines_after_the_header_count(tmp_path, gap):
    document, _ = read(tmp_path, "---\ntitle: A\n---\n" + "\n" * gap + "## Voice\n\nHello.\n\nHello.\n")
    assert document.lines == {"voice": 4 + gap}
    assert [words.line for words in document.sections["voice"]] == [6 + gap, 8 + gap]


@pytest.mark.parametrize("body", ["A", "a # b", "## Voice"])
def test_words_that_stand_in_the_header_too_keep_their_line(tmp_path, body):
    document, _ = read(tmp_path, f"---\ntitle: {body}\n---\n\n## Voice\n\n{body}\n\n## Voice\n\n{body}")
    assert document.lines["voice"] >= 9
    assert [words.line for words in document.sections["voice"]] == ([] if body.startswith("#") else [11])


def test_a_heading_that_stands_in_the_header_too_keeps_its_line(tmp_path):
    document, _ = read(tmp_path, "---\ntitle: ## Voice\n---\n\n## Voice")
    assert document.lines == {"voice": 5}


@given(st.lists(st.sampled_from(["", "", "Words.", "Words.", "- item", "## Head", "1. one"]), max_size=20))
def test_words_stand_on_the_line_they_are_said_to(tmp_path_factory, body):
    numbered = [f"{line} {number}" if line else "" for number, line in enumerate(body, start=5)]
    document, _ = read(tmp_path_factory.getbasetemp(), TOP + "\n".join(numbered))
    for section in document.sections.values():
        for words in section:
            assert words.text.removeprefix("1. ").split()[1] == str(words.line)
    for name, line in document.lines.items():
        assert name == f"head {line}"


# --- prose -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "written",
    [
        "Press * to go back, # to hear it again.",
        "*all* of _it_ is **as** it stands",
        "#9 is no heading",
        "-1 is no item, nor is 1.5 or 1)",
        "a < b > c & d &amp; e",
        "<b>not markup</b> <!-- nor a comment -->",
        "`code`, [a link](x), ![a picture](y), ~~gone~~",
        r"a back\slash \* stays",
        "https://line.example.org",
        "Words: {helpline} and {other}.",
        "quotes \"double\" 'single' \u2019 --- ... (c)",
        "| a | b |",
        "> quoted",
        "    far in",
        "1-800-227-2345",
    ],
)
def test_signs_in_prose_are_those_signs(tmp_path, written):
    assert words_of(tmp_path, written) == [written.strip()]


@pytest.mark.parametrize(
    ("written", "paragraphs"),
    [
        ("One.\nTwo.", ["One. Two."]),
        ("One.  \nTwo.", ["One. Two."]),
        ("One.\\\nTwo.", ["One.\\ Two."]),
        ("One.\n  Two.", ["One. Two."]),
        ("One.\n\nTwo.", ["One.", "Two."]),
        ("One.\n \t\nTwo.", ["One.", "Two."]),
        ("One   two\u00a0three", ["One two three"]),
        ("- one\n- two\n  more", ["one", "two more"]),
        ("* one\n* two", ["one", "two"]),
        ("+ one\n\n+ two", ["one", "two"]),
        ("- one\n\n  two", ["one", "two"]),
        ("- one\n  - under", ["one", "under"]),
        ("1. one\n2. two", ["1. one", "2. two"]),
        ("11. one\n12) two", ["11. one", "12) two"]),
        ("1. one\n\n   two", ["1. one", "two"]),
        ("- 1. one\n- two", ["1. one", "two"]),
        ("1.\n\nTwo.", ["Two."]),
        ("Words:\n- one", ["Words:", "one"]),
        ("One.\n---\nTwo.", ["One. --- Two."]),
        ("One.\n===\nTwo.", ["One. === Two."]),
    ],
)
def test_paragraphs(tmp_path, written, paragraphs):
    assert words_of(tmp_path, written) == paragraphs


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("## Voice", "voice"),
        ("# VOICE", "voice"),
        ("### voice ###", "voice"),
        ("##   go   on", "go on"),
        ("## silent-1", "silent-1"),
        ("## 911", "911"),
        ("## Ä _b_ *c*", "ä _b_ *c*"),
    ],
)
def test_headings(tmp_path, heading, name):
    document, problems = read(tmp_path, f"{TOP}{heading}\n\nHello.\n")
    assert problems == []
    assert {name: [words.text for words in section] for name, section in document.sections.items()} == {
        name: ["Hello."]
    }


def test_words_before_any_heading_are_for_writers_only(tmp_path):
    document, problems = read(tmp_path, TOP + "A note.\n\n- another\n\n## Voice\n\nHello.\n")
    assert problems == []
    assert [words.text for section in document.sections.values() for words in section] == ["Hello."]


# --- mistakes ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("header", "line"),
    [
        ("title", 2),
        ("title A", 2),
        ("title:A", 2),
        ("title: A\n- item", 3),
        ("title: A\n\n\nand more", 5),
        ("title: A\n: nameless", 3),
        ("facts:\n  1: G1\n  more", 4),
        ("title: A\ntitle: B", 3),
        ("title: A\nsource: B\ntitle: A", 4),
        ("facts:\n  1: G1\n  1: G2", 4),
        ("facts:\n  1: G1\nfacts:\n  2: G2", 4),
    ],
    ids=repr,
)
def test_a_mistake_in_a_header_is_named_on_its_line(tmp_path, header, line):
    document, problems = read(tmp_path, f"---\n{header}\n---\n\n## Voice\n\nHello.\n")
    assert places(problems) == [("content/en/page.md", line, "header")]
    assert [words.text for words in document.sections["voice"]] == ["Hello."]


def test_the_first_of_two_entries_counts(tmp_path):
    document, _ = read(tmp_path, "---\ntitle: A\ntitle: B\nfacts:\n  1: C\n  1: D\n---\n")
    assert document.header["title"].words.text == "A"
    assert document.header["facts"].under["1"].text == "C"


def test_one_entry_may_stand_under_two_names(tmp_path):
    _, problems = read(tmp_path, "---\nfacts:\n  1: A\nkeywords:\n  1: A\n---\n")
    assert problems == []


@pytest.mark.parametrize("gap", range(4))
def test_blank_lines_in_the_header_count(tmp_path, gap):
    document, _ = read(tmp_path, "---\n" + "\n" * gap + "title: A\n" + "\n" * gap + "note:well\n---\n")
    assert document.header["title"].words.line == 2 + gap
    _, problems = read(tmp_path, "---\n" + " \n" * gap + "note:well\n---\n")
    assert places(problems) == [("content/en/page.md", 2 + gap, "header")]


@pytest.mark.parametrize("above", ["\n", "\n\n", " \n", "  ", "\ufeff\n"], ids=ascii)
def test_blanks_above_the_header_are_one_mistake(tmp_path, above):
    document, problems = read(tmp_path, above + "---\ntitle: A\n---\n\n## Voice\n\nHello.\n")
    assert places(problems) == [("content/en/page.md", 1, "header")]
    assert "above" in problems[0].remedy
    assert (document.header["title"].words.text, document.header["title"].words.line) == ("A", 2 + above.count("\n"))
    assert [words.line for words in document.sections["voice"]] == [7 + above.count("\n")]


@pytest.mark.parametrize(
    "written",
    [
        "---\ntitle: A\nsource: B\n\n## Voice\n\nHello.\n",
        "---\ntitle: A\nsource: B\n## Voice\n\n\nHello.\n",
        "---\ntitle: A\nsource: B\n\n## Voice\n\nHello.\n\n---\n",
    ],
    ids=["without an end", "without a blank line either", "with a line much later"],
)
def test_a_header_that_is_not_ended_is_one_mistake(tmp_path, written):
    document, problems = read(tmp_path, written)
    assert places(problems) == [("content/en/page.md", 1, "header")]
    assert "end" in problems[0].remedy
    assert {name: entry.words.line for name, entry in document.header.items()} == {"title": 2, "source": 3}
    assert document.sections["voice"][0].text == "Hello."
    assert document.sections["voice"][0].line == 7


def test_a_heading_sign_in_a_header_does_not_end_it(tmp_path):
    document, problems = read(tmp_path, "---\ntitle: A\n# a note\nsource: B\n---\n")
    assert places(problems) == [("content/en/page.md", 3, "header")]
    assert list(document.header) == ["title", "source"]


@pytest.mark.parametrize("heading", ["##", "# #", "###  ", "## ##"])
def test_a_heading_without_a_name(tmp_path, heading):
    document, problems = read(tmp_path, f"{TOP}{heading}\n\nHello.\n")
    assert places(problems) == [("content/en/page.md", 5, "heading")]
    assert (document.sections, document.lines) == ({}, {})


@pytest.mark.parametrize("second", ["## Voice", "# voice", "### VOICE  ##"])
def test_a_heading_that_stands_twice(tmp_path, second):
    _, problems = read(tmp_path, f"{TOP}## Voice\n\nOne.\n\n## Text\n\nTwo.\n\n{second}\n\nThree.\n")
    assert places(problems) == [("content/en/page.md", 13, "heading")]
    assert "voice" in problems[0].remedy.lower()


@pytest.mark.parametrize(
    "written",
    ["caf\xe9".encode("latin-1"), b"\xff\xfea\x00", b"\x80", b"ok \xed\xa0\x80", b"\xc3"],
    ids=["Latin-1", "UTF-16", "a stray byte", "half a surrogate pair", "cut off"],
)
def test_a_file_that_is_not_utf_8(tmp_path, written):
    document, problems = read(tmp_path, written)
    assert places(problems) == [("content/en/page.md", 1, "unreadable")]
    assert (document.path, document.name) == ("content/en/page.md", "page")
    assert (document.header, document.sections, document.lines) == ({}, {}, {})


def test_a_file_that_cannot_be_opened(tmp_path):
    (tmp_path / "content").mkdir()
    _, problems = read_document(tmp_path / "content" / "gone.md", tmp_path / "content")
    assert places(problems) == [("content/gone.md", 1, "unreadable")]
    assert "UTF-8" not in problems[0].remedy


def test_a_file_name_that_is_not_utf_8_is_named_in_plain_signs(tmp_path):
    file = tmp_path / "content" / os.fsdecode(b"r\xe9.md")
    file.parent.mkdir()
    file.write_text("## Voice\n")
    document, problems = read_document(file, tmp_path / "content")
    assert (document.path, document.name, problems) == ("content/r\\xe9.md", "r\\xe9", [])


@pytest.mark.parametrize(
    ("written", "line"),
    [("## Voice\n\nHello.\n", 1), ("\n\n## Voice\n\nHello.\n", 3), ("---\n---\n\n## Voice\n\nHello.\n", 4)],
    ids=["none", "none, and blank lines", "empty"],
)
def test_a_file_without_header_entries(tmp_path, written, line):
    document, problems = read(tmp_path, written)
    assert problems == []
    assert (document.header, document.lines) == ({}, {"voice": line})
    assert [words.line for words in document.sections["voice"]] == [line + 2]


@pytest.mark.parametrize(
    "written", ["", "\n", "---", "---\n---", "---\ntitle: A\n---", "##", "# #", "\ufeff"], ids=repr
)
def test_a_file_with_nothing_to_say(tmp_path, written):
    document, _ = read(tmp_path, written)
    assert [words for section in document.sections.values() for words in section] == []


@given(st.text() | st.text("-:#*>.{} \n\ra1", max_size=60))
def test_no_text_is_too_strange_to_read(tmp_path_factory, written):
    document, problems = read(tmp_path_factory.getbasetemp(), written)
    ends = written.count("\n") + written.count("\r") + 1
    lines = [words.line for section in document.sections.values() for words in section]
    assert all(1 <= line <= ends for line in [*lines, *(problem.line for problem in problems)])
