"""What has changed since a revision, for a clinician: all of it, nothing else, and a sentence where git cannot tell."""

import os
import re
import shutil
import subprocess
from xml.etree.ElementTree import fromstring

import pytest
from command_lines import ivr
from sounds import mp3

from ivr.desk.documents.changes.page import since, since_document, since_text
from ivr.desk.documents.changes.revision import content_at
from ivr.desk.documents.script.page import script_text
from ivr.library.load import content_of
from ivr.settings import CONTENT, DEFAULT_HELPLINE, CannotStart

AUTHOR = ("-c", "user.name=A Writer", "-c", "user.email=writer@example.org", "-c", "commit.gpgsign=false")

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


FIRST, LATER = "2026-10-01T23:30:00-07:00", "2026-10-05T09:00:00-07:00"


def git(folder, *words, at=FIRST):
    days = {"GIT_AUTHOR_DATE": at, "GIT_COMMITTER_DATE": at}
    command = [shutil.which("git"), "-C", folder, *AUTHOR, *words]
    subprocess.run(command, check=True, capture_output=True, env={**os.environ, **days})


@pytest.fixture(scope="module")
def repository(tmp_path_factory):
    """Holds a content folder, committed once as `first`."""
    repository = tmp_path_factory.mktemp("committed") / "repository"
    shutil.copytree(CONTENT, repository / "content")
    git(repository, "init", "--quiet")
    git(repository, "add", ".")
    git(repository, "commit", "--quiet", "-m", "first")
    git(repository, "tag", "first")
    return repository


@pytest.fixture
def folder(repository, tmp_path):
    """The content folder in a copy of that repository."""
    return shutil.copytree(repository, tmp_path / "repository", symlinks=True) / "content"


def edit(folder, name, old, new):
    file = folder / "en" / name
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def changed(folder, revision="first"):
    found, before = content_at(folder, revision, DEFAULT_HELPLINE)
    return since(before, content_of(folder, DEFAULT_HELPLINE), found)


def codes(sheet):
    """The code of each file's words, as it stands on a plain sheet to sign."""
    return dict(re.findall(r"(?m)^- (\S+\.md)\n(?:  - .*\n)*?  - code of the words: (\w+)", sheet))


def listed(found):
    return [
        (chapter.title, change.where, difference.kind, difference.old, difference.new)
        for chapter in found.chapters
        for change in chapter.changes
        for difference in change.differences
    ]


def test_nothing_has_changed(folder):
    found = changed(folder)
    assert found.chapters == ()
    assert found.old_version == found.new_version
    assert "Nothing that is heard or read has changed." in since_text(found)
    assert "Nothing that is heard or read has changed." in since_document(found)


def test_one_changed_sentence_is_all_that_stands_there(folder):
    edit(folder, "topics/depends.md", "## Voice\n\n", "## Voice\n\nPenguins are well. ")
    ((title, where, kind, old, new),) = listed(changed(folder))
    assert (where, kind) == ("Part 1", "Said")
    assert title.startswith("2 ")
    assert new == f"Penguins are well. {old}"


def test_a_part_that_comes_in_between_leaves_the_others_as_they_were(folder):
    edit(folder, "topics/depends.md", "## Voice\n\n", "## Voice\n\nPenguins are well.\n\n")
    edit(folder, "topics/depends.md", "## Text\n\n", "## Text\n\nPenguins do well.\n\n")
    said = [row for row in listed(changed(folder)) if row[2] in ("Said", "Texted")]
    assert [row[1:] for row in said] == [
        ("Part 1", "Said", "", "Penguins are well."),
        ("Part 1", "Texted", "", "Penguins do well."),
    ]


@pytest.mark.parametrize(
    ("name", "old", "new", "where", "kind"),
    [
        ("phrases/call.md", "In an emergency,", "If you are in danger,", "arrived", "Said"),
        ("menus/types.md", "For what it can do", "For all that it can do", "Key 1", "Said"),
        ("topics/one-area.md", "reviewer:", "reviewer: A. Clinician", "Heading", "Reviewer"),
        ("topics/one-area.md", "reviewer:", "reviewer:\nchecked: 2030-01-02", "Heading", "Checked"),
        ("topics/one-area.md", "reviewer:", "reviewer:\nsigned: 01234567", "Heading", "Signed"),
        ("topics/one-area.md", "LOCAL, ", "LOCAL, NEARBY, ", "Part 1", "Words that lead here"),
        ("words.md", "MORE, ", "MORE, PENGUIN, ", "more", "Words"),
        ("language.md", "Joanna", "Matthew", "Voice", "Voice"),
    ],
)
def test_every_kind_of_change_is_found(folder, name, old, new, where, kind):
    edit(folder, name, old, new)
    assert [row[1:3] for row in listed(changed(folder))] == [(where, kind)]


def test_each_file_to_sign_stands_there_with_the_code_of_its_words(folder):
    edit(folder, "topics/goals.md", "## Voice\n\n", "## Voice\n\nPenguins are well. ")
    edit(folder, "phrases/call.md", "In an emergency,", "If you are in danger,")
    (folder / "en" / "topics" / "depends.md").rename(folder / "en" / "topics" / "penguins.md")
    edit(folder, "menus/main.md", "depends", "penguins")
    (folder / "facts.md").write_text((folder / "facts.md").read_text(encoding="utf-8") + "\n- P1: They are well.\n")
    whole = script_text(content_of(folder, DEFAULT_HELPLINE), DEFAULT_HELPLINE)
    changes = since_text(changed(folder)).partition("## Sign-off")[2]
    page = fromstring(since_document(changed(folder)))  # noqa: S314 (our own)
    rows = ["".join(row.itertext()).strip() for row in page.findall(".//section[@class='signing']/table/tbody/tr")]
    files = {
        "facts.md": ", signed on paper only",
        "en/menus/main.md": "",
        "en/phrases/call.md": "",
        "en/topics/goals.md": "",
        "en/topics/penguins.md": "",
    }
    assert codes(changes).keys() == {f"content/{file}" for file in files}
    assert codes(changes).items() <= codes(whole).items()
    assert sorted(rows) == sorted(
        f"content/{file}{codes(whole)[f'content/{file}']}{how}" for file, how in files.items()
    )


def test_a_file_that_is_new_and_one_that_is_gone(folder):
    (folder / "en" / "topics" / "depends.md").rename(folder / "en" / "topics" / "penguins.md")
    edit(folder, "menus/main.md", "depends", "penguins")
    assert sorted(chapter.fate for chapter in changed(folder).chapters) == ["", "gone", "new"]


def test_new_words_under_an_old_recording_are_shouted_about(folder):
    (folder / "en" / "audio").mkdir()
    (folder / "en" / "audio" / "depends-1.mp3").write_bytes(mp3(2))
    git(folder, "add", ".")
    git(folder, "commit", "--quiet", "-m", "second")
    edit(folder, "topics/depends.md", "## Voice\n\n", "## Voice\n\nPenguins are well. ")
    old = changed(folder, "HEAD")
    assert "OLD RECORDING" in since_text(old)
    assert "OLD RECORDING" in since_document(old)
    (folder / "en" / "audio" / "depends-1.mp3").write_bytes(mp3(4))
    again = changed(folder, "HEAD")
    assert {row[2] for row in listed(again)} == {"Said", "Recording"}
    assert "OLD RECORDING" not in since_text(again)


def test_both_papers_show_before_and_now(folder):
    edit(folder, "topics/depends.md", "## Voice\n\n", "## Voice\n\nPenguins are <well>. ")
    found = changed(folder)
    ((*_, old, new),) = listed(found)
    lines = since_text(found).splitlines()
    assert lines[lines.index("Said:") + 1 :][:2] == [f"- {old}", f"+ {new}"]
    page = fromstring(since_document(found))  # noqa: S314 (our own)
    assert [mark.text for mark in page.iter("ins")][-1] == "Penguins are <well>."
    sides = page.findall(".//div[@class='difference']/div")
    assert [(side.find("h5").text, "".join(side.find("p").itertext())) for side in sides] == [
        ("Before", old),
        ("Now", new),
    ]


def test_a_revision_is_named_by_its_day_where_it_was_committed(folder):
    """Whoever signs knows no repository: HEAD~3 tells nothing."""
    edit(folder, "topics/depends.md", "## Voice\n\n", "## Voice\n\nPenguins are well. ")
    for form in (since_text, since_document):
        paper = form(changed(folder, "HEAD"))
        assert "What has changed since October 1, 2026" in paper
        assert "October 1, 2026, 23:30" in paper
        assert "HEAD" not in paper


def test_a_day_stands_for_the_state_as_it_began(folder):
    edit(folder, "topics/depends.md", "## Voice\n\n", "## Voice\n\nPenguins are well. ")
    git(folder, "commit", "--quiet", "-am", "second", at=LATER)
    assert len(listed(changed(folder, "2026-10-04"))) == 1
    assert listed(changed(folder, "2026-10-07")) == []
    with pytest.raises(CannotStart, match="name a day"):
        changed(folder, "2026-09-01")


def test_it_compares_with_what_was_committed_not_with_what_was_saved(folder):
    edit(folder, "topics/depends.md", "## Voice\n\n", "## Voice\n\nPenguins are well. ")
    git(folder, "commit", "--quiet", "-am", "second")
    assert listed(changed(folder, "HEAD")) == []
    assert len(listed(changed(folder, "HEAD~1"))) == 1


@pytest.mark.parametrize("revision", ["nowhere", "--all", "", "first:content", "../.."])
def test_a_revision_that_is_not_there(folder, revision):
    with pytest.raises(CannotStart, match="There is no revision"):
        content_at(folder, revision, DEFAULT_HELPLINE)


def test_a_revision_without_the_folder(folder):
    folder.rename(folder.with_name("words"))
    with pytest.raises(CannotStart, match="Revision first holds no words folder"):
        content_at(folder.with_name("words"), "first", DEFAULT_HELPLINE)


def test_content_outside_a_repository(tmp_path, monkeypatch):
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    shutil.copytree(CONTENT, tmp_path / "content")
    with pytest.raises(CannotStart, match="not kept in a git repository"):
        content_at(tmp_path / "content", "HEAD", DEFAULT_HELPLINE)


def test_without_git(folder, monkeypatch):
    monkeypatch.setenv("PATH", "")
    with pytest.raises(CannotStart, match="git is not installed"):
        content_at(folder, "first", DEFAULT_HELPLINE)


@pytest.mark.parametrize(
    ("words", "status", "begins"),
    [
        (["--since", "first"], 0, "<!DOCTYPE html>"),
        (["--since", "first", "--plain"], 0, "# What has changed since October 1, 2026"),
        (["--since", "nowhere"], 1, "Error: There is no revision"),
        (["--since", "first", "--recording"], 2, "Usage"),
        (["--since", "first", "--unsigned"], 2, "Usage"),
    ],
)
def test_as_it_is_typed(folder, words, status, begins):
    done = ivr({**os.environ, "CONTENT_DIR": str(folder)}, "script", *words)
    assert done.returncode == status
    assert (done.stdout or done.stderr).startswith(begins)
