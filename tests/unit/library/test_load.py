"""Content files to libraries: what is read, what is missing, and the version that any change makes anew."""

import os
import shutil

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_content import (
    TOYS,
    append,
    copy_language,
    edits,
    loaded,
    remove,
    small_content,
    swap,
    write,
)

from ivr.library.build import listed
from ivr.library.lint import check
from ivr.model import Choice, Language

APPLE, PLUM, FRUITS = "en/topics/apples.md", "en/topics/plums.md", "en/menus/fruit.md"


def english(root):
    return loaded(root).libraries["en"]


# --- what is read ------------------------------------------------------------------------------------------------


def test_a_topic(tmp_path):
    apples = english(small_content(tmp_path)).topics["apples"]
    assert (apples.name, apples.title, apples.offer) == ("apples", "Apples and pears", "For apples, press 1.")
    assert (apples.origin, apples.source) == ("source", "A book of fruit")
    assert (apples.reviewed, apples.reviewer) == ("2020-01-31", "")
    assert [(part.voice, part.text, part.facts, part.keywords) for part in apples.segments] == [
        ("Apples are red. I like apples.", "Apples are red. You like apples.", ("T1",), ("APPLES",)),
        ("Pears are green. I like pears.", "Pears are green. You like pears.", ("T2",), ("PEARS",)),
    ]


def test_a_menu(tmp_path):
    menus = english(small_content(tmp_path)).menus
    assert menus["fruit"].choices == (
        Choice("1", "apples", "For apples, press 1.", "11 apples"),
        Choice("2", "cherries", "For cherries, press 2.", "12 cherries"),
    )
    assert (menus["fruit"].title, menus["fruit"].keywords) == ("Kinds of fruit", ("KINDS",))
    assert (menus["main"].overview, menus["main"].person, menus["main"].urgent) == ("apples", "plums", "plums")
    assert (menus["fruit"].overview, menus["fruit"].person, menus["fruit"].urgent) == (None, None, None)


def test_what_texts_have_for_characters_that_they_lack(tmp_path):
    root = small_content(tmp_path)
    swap("en/language.md", "voice: A-Voice", "voice: A-Voice\nin-texts: á a, œ oe")(root)
    assert english(root).language.in_texts == (("á", "a"), ("Á", "A"), ("œ", "oe"), ("Œ", "Oe"))


def test_a_language_with_its_words_and_phrases(tmp_path):
    library = english(small_content(tmp_path))
    named = Language(
        "en",
        "English",
        "en-US",
        "A-Voice",
        reading="Flesch-Kincaid",
        abbreviations=("Dr.", "etc.", "No. 1"),
        called=("ENGLISH",),
    )
    assert library.language == named
    assert library.words["small"] == ("FOR", "IS", "IT", "SO", "THE")
    assert library.call["goodbye"]
    assert library.text["menu"]


def test_the_helpline_is_put_in_as_said_and_as_written(tmp_path):
    segment = english(small_content(tmp_path)).topics["plums"].segments[0]
    assert segment.voice == "Plums are blue. Call 1, 8 0 0, 2 2 7, 2 3 4 5."
    assert segment.text == "Plums look blue. Text 1-800-227-2345."


def test_the_helpline_is_put_into_phrases_and_other_slots_wait(tmp_path):
    root = small_content(tmp_path)
    write("en/phrases/call.md", "## place\n\n{helpline} {title}\n")(root)
    write("en/phrases/text.md", "## submenu\n\n{helpline} {code}\n")(root)
    assert english(root).call["place"] == ("1, 8 0 0, 2 2 7, 2 3 4 5 {title}",)
    assert english(root).text["submenu"] == ("1-800-227-2345 {code}",)


def test_facts(tmp_path):
    assert loaded(small_content(tmp_path)).facts == {
        "T1": "Apples are red.",
        "T2": "Pears are green.",
        "X1": "Plums are blue.",
        "X2": "Cherries can be sour.",
    }


def test_languages_come_by_tag(tmp_path):
    root = small_content(tmp_path)
    edits(copy_language("fr"), copy_language("es"))(root)
    assert list(loaded(root).libraries) == ["en", "es", "fr"]
    assert loaded(root).libraries["es"].language.tag == "es"


def test_one_language_may_say_that_it_comes_first(tmp_path):
    root = small_content(tmp_path)
    edits(
        copy_language("fr"),
        copy_language("es"),
        swap("fr/language.md", "voice:", "first: yes\nvoice:"),
        swap("es/language.md", "voice:", "first: no\nvoice:"),
        swap("en/language.md", "voice:", "first:\nvoice:"),
    )(root)
    assert list(loaded(root).libraries) == ["fr", "en", "es"]
    assert loaded(root).problems == ()


def test_only_files_right_in_their_folder_are_topics_and_menus(tmp_path):
    root = small_content(tmp_path)
    edits(write("en/topics/sub/apples.md", TOYS[APPLE]), write("en/menus/sub/figs.md", TOYS[FRUITS]))(root)
    content = loaded(root)
    assert sorted(content.libraries["en"].topics) == ["apples", "cherries", "plums"]
    assert sorted(content.libraries["en"].menus) == ["fruit", "main"]
    assert [(problem.path, problem.code) for problem in content.problems] == [
        ("content/en/menus/sub/figs.md", "misplaced"),
        ("content/en/topics/sub/apples.md", "misplaced"),
    ]


@pytest.mark.parametrize(
    ("name", "is_fact"),
    [("T9", True), ("AB12", True), ("Note", False), ("9", False), ("T", False), ("t9", False), ("T9a", False)],
)
def test_a_fact_has_letters_and_a_number(tmp_path, name, is_fact):
    root = small_content(tmp_path)
    append("facts.md", f"- {name}: well.\n\nOr {name}: well.\n")(root)
    assert loaded(root).facts.get(name) == ("well." if is_fact else None)


@pytest.mark.parametrize(
    "path",
    [
        "README.md",
        "en/README.md",
        "en/topics/README.md",
        "en/notes.txt",
        ".hidden/x.txt",
        "en/audio/apples-1.mp3",
        "en/topics/.#apples.md",
        ".x.md",
    ],
)
def test_what_is_not_content_is_let_be(tmp_path, path):
    root = small_content(tmp_path)
    write(path, "# Not: content\n")(root)
    assert loaded(root).problems == ()
    assert list(loaded(root).libraries) == ["en"]


@pytest.mark.parametrize(
    ("written", "items"),
    [("", ()), (" , ,", ()), ("A", ("A",)), ("A,B", ("A", "B")), (" A b ,  C,", ("A b", "C")), ("A;B", ("A;B",))],
)
def test_listed(written, items):
    assert listed(written) == items


# --- what is missing ---------------------------------------------------------------------------------------------

BROKEN = {
    "no language": (lambda root: shutil.rmtree(root / "en"), [("content", 1, "language")]),
    "no facts": (remove("facts.md"), [("content/facts.md", 1, "facts")]),
    "no main menu": (remove("en/menus/main.md"), [("content/en/menus/main.md", 1, "menu")]),
    "no words": (remove("en/words.md"), [("content/en/words.md", 1, "missing")]),
    "an empty topic": (write("en/topics/figs.md", "\n \n"), [("content/en/topics/figs.md", 1, "unreadable")]),
    "an empty menu": (write("en/menus/figs.md", ""), [("content/en/menus/figs.md", 1, "unreadable")]),
    "an empty language file": (write("en/language.md", ""), [("content/en/language.md", 1, "unreadable")]),
    "a topic that is all header": (
        write("en/topics/figs.md", "---\ntitle: Figs\noffer: For figs, press 1.\norigin: line\nsource: Me\n---\n"),
        [("content/en/topics/figs.md", 1, "sections")] * 2,
    ),
    "a language without the lines around its header": (
        write("en/language.md", "name: English\nspeech: en-US\nvoice: A-Voice\n"),
        [("content/en/language.md", 1, "header")],
    ),
    "a topic without its header": (
        write("en/topics/figs.md", "## Voice\n\nFigs.\n\n## Text\n\nFigs.\n"),
        [("content/en/topics/figs.md", 1, "header")],
    ),
    "a menu without the upper line of its header": (
        swap(FRUITS, "---\ntitle", "title"),
        [("content/en/menus/fruit.md", 1, "header")],
    ),
    "fewer voices than texts": (
        swap(APPLE, "Pears are green. I like pears.\n", ""),
        [("content/en/topics/apples.md", 21, "sections")],
    ),
    "a segment number that is no number": (
        swap(APPLE, "  2: T2", "  two: T2"),
        [("content/en/topics/apples.md", 6, "facts")],
    ),
    "segment 0": (swap(APPLE, "  2: T2", "  0: T2"), [("content/en/topics/apples.md", 6, "facts")]),
    "a choice too few": (swap(FRUITS, "  1: apples\n", ""), [("content/en/menus/fruit.md", 4, "choices")]),
    "choices on one line": (
        swap(FRUITS, "choices:\n  1: apples\n  2: cherries", "choices: apples, cherries"),
        [("content/en/menus/fruit.md", 4, "header")],
    ),
    "more choices to say than to text": (
        swap(FRUITS, "12 cherries\n", ""),
        [("content/en/menus/fruit.md", 15, "sections")],
    ),
}


@pytest.mark.parametrize(("edit", "expected"), BROKEN.values(), ids=BROKEN)
def test_what_keeps_content_from_being_understood(tmp_path, edit, expected):
    root = small_content(tmp_path)
    edit(root)
    problems = loaded(root).problems
    assert sorted((problem.path, problem.line, problem.code) for problem in problems) == sorted(expected)
    assert not any(problem.warning for problem in problems)


# --- names and files that are odd --------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [b"en/audio/r\xe9.mp3", b"r\xe9.md", b"en/topics/r\xe9.md", b"r\xe9/language.md"])
def test_a_name_that_is_not_utf_8_is_no_surprise(tmp_path, name):
    root = small_content(tmp_path)
    write(os.fsdecode(name), TOYS[APPLE])(root)
    content = loaded(root)
    for problem in content.problems:
        str(problem).encode()
        assert problem.path.startswith(f"content/{name.decode('utf-8', 'backslashreplace').partition('/language')[0]}")
    assert ("name" in {problem.code for problem in content.problems}) == name.startswith((b"en/topics", b"r\xe9/"))
    assert loaded(root).version == content.version


@pytest.mark.parametrize("name", ["en/audio/a.mp3", "en/topics/figs.md", "en/language.md", "facts.md"])
def test_a_file_that_cannot_be_opened_is_all_that_is_said_of_it(tmp_path, name):
    root = small_content(tmp_path)
    (root / name).unlink(missing_ok=True)
    (root / name).parent.mkdir(exist_ok=True)
    (root / name).symlink_to("gone")
    assert {(problem.path, problem.code) for problem in loaded(root).problems} == {(f"content/{name}", "unreadable")}


def test_a_folder_that_cannot_be_opened_is_a_problem(tmp_path, monkeypatch):
    root = small_content(tmp_path)
    listed_by_path = type(root).iterdir

    def refuse(path):
        if path.name == "topics":
            raise PermissionError(13, "no", str(path))
        return listed_by_path(path)

    monkeypatch.setattr(type(root), "iterdir", refuse)
    assert ("content/en/topics", "unreadable") in {(problem.path, problem.code) for problem in loaded(root).problems}


def test_a_folder_that_leads_back_into_itself_is_let_be(tmp_path):
    root = small_content(tmp_path)
    (root / "en" / "audio").symlink_to("..")
    assert loaded(root).problems == ()


def test_uneven_topics_keep_what_they_share(tmp_path):
    root = small_content(tmp_path)
    append(PLUM, "\nOne more text.\n")(root)
    assert len(english(root).topics["plums"].segments) == 1


LINES = sorted(
    {line for text in TOYS.values() for line in text.split("\n")}
    | {"bad", "  9: x", "# ", "\x00", "{", "---", "## 9", "  1:", "!!", "first: x", "1. x", "12", "title: Plums"}
)


@settings(deadline=None, max_examples=60)
@given(
    st.sampled_from(sorted(TOYS)),
    st.lists(st.tuples(st.integers(0, 40), st.booleans(), st.sampled_from(LINES)), min_size=1, max_size=4),
)
def test_no_mistake_of_a_writer_raises(tmp_path_factory, path, mistakes):
    """Lines are lost or come in where they do not belong."""
    root = small_content(tmp_path_factory.mktemp("mistakes"))
    lines = TOYS[path].split("\n")
    for where, is_lost, line in mistakes:
        lines[where : where + is_lost] = [] if is_lost else [line]
    write(path, "\n".join(lines))(root)
    for problem in check(loaded(root)):
        assert problem.line >= 1
        assert problem.path.startswith("content")
        assert problem.remedy


# --- the version -------------------------------------------------------------------------------------------------

FILES = [*TOYS, "en/phrases/call.md", "en/phrases/text.md", "en/audio/apples-1.mp3", "README.md"]


def with_audio(folder):
    root = small_content(folder)
    edits(write("en/audio/apples-1.mp3", b"\x00\xff"), write("README.md", "Read me"))(root)
    return root


def flip_last_bit(path):
    def edit(root):
        written = (root / path).read_bytes()
        (root / path).write_bytes(written[:-1] + bytes([written[-1] ^ 1]))

    return edit


@pytest.mark.parametrize("path", FILES)
@pytest.mark.parametrize(
    "change",
    [
        flip_last_bit,
        lambda path: lambda root: (root / path).write_bytes((root / path).read_bytes() + b"\n"),
        lambda path: lambda root: (root / path).write_bytes(b""),
        remove,
        lambda path: lambda root: (root / path).rename((root / path).with_suffix(".old")),
        lambda path: lambda root: (root / path).write_bytes((root / path).read_bytes().replace(b"\n", b"\r\n") + b"\r"),
    ],
    ids=["one bit", "one byte more", "emptied", "removed", "renamed", "other line ends"],
)
def test_any_change_of_any_file_makes_another_version(tmp_path, path, change):
    root = with_audio(tmp_path)
    before = loaded(root).version
    change(path)(root)
    assert loaded(root).version != before


def test_the_same_files_are_the_same_version_wherever_they_are(tmp_path):
    root = with_audio(tmp_path / "here")
    shutil.copytree(root, tmp_path / "there" / "words")
    assert loaded(tmp_path / "there" / "words").version == loaded(root).version


def test_a_new_file_makes_another_version(tmp_path):
    root = with_audio(tmp_path)
    before = loaded(root).version
    write("en/audio/apples-2.mp3", b"")(root)
    assert loaded(root).version != before
