"""Signing at the workbench and by the command: only words that somebody read, and what has changed since."""

import html
import shutil
import subprocess

import pytest
from click.testing import CliRunner
from small_content import copy_language, loaded, swap
from workbench import code_on, desk, words_in

from ivr.desk.cli.main import main

PLUMS, CHERRIES = "en/topics/plums.md", "en/topics/cherries.md"
SIGN, SHEET = "en/sign/topics/plums", "en/sheet/topics/plums"
SIGNED = {"reviewer": "B. Nurse", "date": "2026-01-31"}


@pytest.fixture
def bench(tmp_path):
    return desk(tmp_path)


def test_a_file_is_signed_with_the_code_from_the_sheet(bench):
    code = code_on(bench.see(SHEET), "content/en/topics/plums.md")
    before = bench.file(PLUMS)
    page = bench.send(SIGN, {**SIGNED, "code": f" {code.upper()} "}, status=303)
    assert "Signed by B. Nurse, 2026-01-31" in words_in(page)
    after = before.replace(
        b"reviewed:\nreviewer:\n", b"reviewed: 2026-01-31\nreviewer: B. Nurse\nsigned: %s\n" % code.encode()
    )
    assert bench.file(PLUMS) == after
    assert "Plums 1 part Signed" in words_in(bench.see("en/"))
    bench.send("undo/000001", {}, status=303)
    assert bench.file(PLUMS) == before


def test_the_code_stands_on_the_sheet_and_never_beside_the_form(bench):
    code = code_on(bench.see(SHEET), "content/en/topics/plums.md")
    for page in (SIGN, "en/edit/topics/plums", "en/", "en/history/topics/plums"):
        assert code not in bench.see(page)
    assert code not in bench.send(SIGN, {**SIGNED, "code": "00000000"}, status=422)


@pytest.mark.parametrize(
    ("given", "remedy"),
    [
        ({"reviewer": " "}, "write the name of the clinician"),
        ({"date": "31.1.2026"}, "write the date on the sheet as year-month-day"),
        ({"date": "2999-01-31"}, "this date is in the future"),
        ({"code": ""}, "type the code from the signed sheet"),
        ({"code": "12345678"}, "this is not the code of the words as they are now"),
    ],
)
def test_what_is_missing_or_wrong_is_told_and_nothing_is_written(bench, given, remedy):
    code = code_on(bench.see(SHEET), "content/en/topics/plums.md")
    before = bench.file(PLUMS)
    page = bench.send(SIGN, {**SIGNED, "code": code, **given}, status=422)
    assert remedy in words_in(page)
    assert bench.file(PLUMS) == before


def test_name_and_date_are_typed_once_and_the_code_each_time(bench):
    sheet = bench.see("en/sheet/topics/cherries")
    assert 'href="/workbench/en/sign/topics/cherries"' in sheet
    code = code_on(sheet, "content/en/topics/cherries.md")
    form = {"reviewer": "Dr. Jiří Wood", "date": "2026-11-20", "code": code}
    bench.send("en/sign/topics/cherries", form, status=303)
    page = html.unescape(bench.see("en/sign/topics/apples"))
    assert 'value="Dr. Jiří Wood"' in page
    assert 'value="2026-11-20"' in page
    assert code not in page


def test_an_undo_that_a_signature_stops_shows_the_signature_with_its_own_undo(bench):
    edit, file = "en/edit/topics/apples", "en/topics/apples.md"
    before = bench.file(file)
    form = {**bench.form(edit), "voice/1": "Apples are red. I love apples.", "act": "save"}
    bench.send(edit, form, status=303)
    code = code_on(bench.see("en/sheet/topics/apples"), "content/en/topics/apples.md")
    bench.send("en/sign/topics/apples", {"reviewer": "Dr. Wood", "date": "2026-11-20", "code": code}, status=303)
    page = bench.send("undo/000001", {}, status=409)
    assert "Signed: Apples and pears" in words_in(page)
    assert 'action="/workbench/undo/000002"' in page
    bench.send("undo/000002", {}, status=303)
    bench.send("undo/000001", {}, status=303)
    assert bench.file(file) == before


def test_words_that_changed_after_the_sheet_was_printed_are_not_signed(bench):
    code = code_on(bench.see(SHEET), "content/en/topics/plums.md")
    swap(PLUMS, "Plums are blue", "Plums are violet")(bench.root)
    assert "this is not the code" in words_in(bench.send(SIGN, {**SIGNED, "code": code}, status=422))


def test_a_translation_names_its_translator(bench):
    copy_language("es")(bench.root)
    code = code_on(bench.see("es/sheet/topics/plums"), "content/es/topics/plums.md")
    page = bench.send("es/sign/topics/plums", {**SIGNED, "code": code}, status=422)
    assert "write who translated these words" in words_in(page)
    bench.send("es/sign/topics/plums", {**SIGNED, "code": code, "translator": "C. Other"}, status=303)
    assert b"translator: C. Other\n" in bench.file("es/topics/plums.md")


def test_the_sheet_shows_what_has_changed_beside_what_was_signed(bench):
    code = code_on(bench.see(SHEET), "content/en/topics/plums.md")
    assert "Nobody has signed this yet." in words_in(bench.see(SHEET))
    bench.send(SIGN, {**SIGNED, "code": code}, status=303)
    assert "These are the words that were signed by B. Nurse" in words_in(bench.see(SHEET))
    swap(PLUMS, "Plums are blue", "Plums are violet")(bench.root)
    page = bench.see(SHEET)
    assert "<del>blue.</del>" in page
    assert "<ins>violet.</ins>" in page
    assert "Plums look blue" not in page, "what stayed as it was signed need not be read again"
    assert code not in page


def test_a_phrase_is_signed_too_and_the_tree_tells_when_it_changes(bench):
    code = code_on(bench.see("en/sheet/phrases/call"), "content/en/phrases/call.md")
    bench.send("en/sign/phrases/call", {**SIGNED, "code": code}, status=303)
    assert "What the line itself says in a call Signed" in words_in(bench.see("en/"))
    form = bench.form("en/edit/phrases/call")
    name = next(name for name in form if name.startswith("goodbye"))
    bench.send("en/edit/phrases/call", {**form, name: "Stop all your medicine today.", "act": "save"}, status=303)
    assert "What the line itself says in a call Changed since it was signed" in words_in(bench.see("en/"))
    assert "<ins>Stop" in bench.see("en/sheet/phrases/call")


def test_the_sheet_of_a_language_has_every_file_that_waits(bench):
    page = words_in(bench.see("en/sheet"))
    assert all(
        f"content/en/{one}.md" in page for one in ("topics/plums", "topics/apples", "menus/main", "phrases/call")
    )
    assert "content/en/topics/cherries.md" not in page
    swap(CHERRIES, "Cherries can be sour", "Cherries can be very sour")(bench.root)
    assert "content/en/topics/cherries.md" in words_in(bench.see("en/sheet"))


def test_what_is_listened_for_is_signed_on_a_sheet_of_its_own(bench):
    tree = words_in(bench.see("en/"))
    assert "Not signed Sheet" in tree.partition("What the line listens for")[2]
    name = "listening/automatic"
    page = bench.see(f"en/sheet/{name}")
    example = loaded(bench.root).documents[f"content/en/{name}.md"].sections["examples"][0].text
    assert html.escape(example) not in page, "examples are not signed"
    code = code_on(page, f"content/en/{name}.md")
    page = bench.send(f"en/sign/{name}", {**SIGNED, "code": code}, status=303)
    assert "Saved." in words_in(page)
    assert f"signed: {code}".encode() in bench.file(f"en/{name}.md")


@pytest.fixture
def repository(bench):
    def git(*words, author="A. Writer"):
        who = ["-c", f"user.name={author}", "-c", "user.email=writer@example.org"]
        subprocess.run([shutil.which("git"), "-C", str(bench.root), *who, *words], check=True, capture_output=True)

    git("init", "-q")
    git("add", ".")
    git("commit", "-qm", "The first words")
    return git


def test_the_repository_tells_who_changed_what(bench, repository):
    swap(PLUMS, "Plums are blue", "Plums are violet")(bench.root)
    repository("commit", "-qam", "A nicer colour", author="B. Nurse")
    page = bench.see("en/history/topics/plums")
    told = words_in(page)
    assert told.index("B. Nurse A nicer colour") < told.index("A. Writer The first words")
    assert "<del>blue.</del>" in page
    assert "<ins>violet.</ins>" in page


@pytest.mark.usefixtures("repository")
def test_words_signed_by_hand_are_found_in_the_repository(bench):
    swap(CHERRIES, "Cherries can be sour", "Cherries can be very sour")(bench.root)
    page = bench.see("en/sheet/topics/cherries")
    assert "<ins>very</ins>" in page
    assert "Signed last by A. Gardener" in words_in(page)


def test_nothing_needs_a_repository(bench):
    assert "is not kept in a git repository" in words_in(bench.see("en/history/topics/plums"))
    swap(CHERRIES, "Cherries can be sour", "Cherries can be very sour")(bench.root)
    assert "are not known here, so all of it is to be read" in words_in(bench.see("en/sheet/topics/cherries"))


@pytest.mark.parametrize("given", [{}, {"code": "12345678"}])
def test_the_command_signs_what_the_page_signs(bench, given):
    code = code_on(bench.see(SHEET), "content/en/topics/plums.md")
    env = {"CONTENT_DIR": str(bench.root), "DATA_DIR": str(bench.data)}
    asked = {**SIGNED, "code": code, **given}
    words = [word for name, value in asked.items() for word in (f"--{name}", value)]
    before = bench.file(PLUMS)
    done = CliRunner().invoke(main, ["sign", "content/en/topics/plums.md", *words], env=env)
    if given:
        assert done.exit_code == 1
        assert "not the code of the words" in done.output
        assert code not in done.output
        assert bench.file(PLUMS) == before
    else:
        assert done.exit_code == 0, done.output
        assert f"signed: {code}".encode() in bench.file(PLUMS)
