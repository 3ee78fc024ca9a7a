"""Listening at the workbench: how a text is read, and what an example or a pattern more would change."""

import html
import re

import pytest
from small_listening import small_listening
from workbench import Desk, fields_in, page_of, words_in

WORM = "en/listening/danger-worm.md"
LISTEN = "en/listen"


@pytest.fixture
def bench(tmp_path):
    root = small_listening(tmp_path)
    return Desk(root, tmp_path / "data", page_of(root, tmp_path / "data").test_client())


def add(bench, line, kind="example", meaning="danger-worm/", act="save", status=303):
    return words_in(bench.send(LISTEN, {"line": line, "kind": kind, "meaning": meaning, "act": act}, status=status))


def test_a_text_is_read_with_the_patterns_that_decided(bench):
    page = words_in(bench.see(f"{LISTEN}?words=oh a worm"))
    assert "Read as oh a worm" in page
    assert "signs of danger or despair" in page
    assert "danger-worm.md" in page


def test_an_example_that_is_understood_is_saved_at_the_end_of_its_list(bench):
    before = bench.file(WORM)
    assert "Saved." in add(bench, "two worms")
    assert bench.file(WORM) == before.replace(b"- a bitter peel\n", b"- a bitter peel\n- two worms\n")


def test_an_example_that_is_not_understood_is_told_with_what_comes_nearest(bench):
    before = bench.file(WORM)
    page = add(bench, "something crawls", status=422)
    assert "does not mean this yet" in page
    assert bench.file(WORM) == before


def test_a_pattern_tells_which_other_examples_it_would_change(bench):
    before = bench.file(WORM)
    page = add(bench, "bitter", kind="pattern", act="check", status=200)
    assert "a bitter lemon is not to mean this, and does" in page
    assert bench.file(WORM) == before
    assert "Saved." in add(bench, "crawls", kind="pattern")
    assert "signs of danger" in words_in(bench.see(f"{LISTEN}?words=something crawls"))


def test_an_earlier_save_is_not_told_again_beside_what_a_check_found(bench):
    form = {"line": "bitter", "kind": "pattern", "meaning": "danger-worm/", "act": "check"}
    page = words_in(bench.send(f"{LISTEN}?saved=000001", form))
    assert "to mend before it can be saved" in page
    assert "Saved." not in page


def test_a_line_of_a_file_with_headings_goes_below_its_heading(bench):
    assert "Saved." in add(bench, "stop: no more notes please".partition(": ")[2], meaning="texts/stop")
    assert b"- stop: no more notes please\n" in bench.file("en/listening/texts.md")


@pytest.mark.parametrize("given", [{"meaning": "guards/"}, {"kind": "none"}, {"line": " "}, {"meaning": "../names/"}])
def test_what_names_no_list_is_refused(bench, given):
    form = {"line": "two worms", "kind": "example", "meaning": "danger-worm/", "act": "save", **given}
    assert "Choose what it means" in words_in(bench.send(LISTEN, form, status=422))


def test_a_line_is_found_and_removed_with_undo(bench):
    before = bench.file(WORM)
    page = bench.see("en/lines/danger-worm?q=SKIN")
    assert "[sour] .. [skin]" in words_in(page)
    assert "green ... bites back" not in words_in(page)
    form = {**fields_in(page), "gone": str(line_of(before, b"- green ... bites back"))}
    assert "It passes the check" in words_in(bench.send("en/lines/danger-worm", {**form, "act": "check"}))
    assert bench.file(WORM) == before
    page = bench.send("en/lines/danger-worm", {**form, "act": "save"}, status=303)
    assert "Undo this save" in words_in(page)
    assert bench.file(WORM) == before.replace(b"- green ... bites back\n", b"")
    bench.send("undo/000001", {}, status=303)
    assert bench.file(WORM) == before


def test_a_pattern_that_an_example_needs_stays(bench):
    before = bench.file(WORM)
    form = fields_in(bench.see("en/lines/danger-worm"))
    gone = {**form, "gone": str(line_of(before, b"- [sour] .. [skin]")), "act": "save"}
    assert "a bitter peel does not mean this yet" in words_in(bench.send("en/lines/danger-worm", gone, status=422))
    assert bench.file(WORM) == before


def test_lines_of_a_file_that_was_changed_meanwhile_are_not_removed(bench):
    form = fields_in(bench.see("en/lines/danger-worm"))
    (bench.root / WORM).write_bytes(bench.file(WORM).replace(b"- maggot\n", b"- maggots\n- grubs\n"))
    before = bench.file(WORM)
    bench.send("en/lines/danger-worm", {**form, "gone": "10", "act": "save"}, status=409)
    assert bench.file(WORM) == before


@pytest.mark.parametrize("name", ["none", "..%2Fnames", "Guards"])
def test_only_files_of_listening_are_opened(bench, name):
    bench.see(f"en/lines/{name}", status=404)


def test_the_line_that_decided_is_one_click_away(bench):
    page = bench.see(f"{LISTEN}?words=oh a worm")
    assert re.search(r'href="/workbench/en/lines/danger-worm\?line=\d+#line-\d+"', page)


def test_a_word_for_texters_that_means_danger_already_links_the_line_that_has_it(bench):
    typed = {"menu": "fruit", "en.title": "Quinces", "en.keywords": "WORM", "whole": "1"}
    under = bench.ask("en/new/check", typed)["pieces"]["under-en.keywords"]
    assert "choose another word" in words_in(under)
    address = html.unescape(re.search(r'href="/workbench/(en/lines/danger-worm\?line=\d+)#(line-\d+)"', under)[1])
    assert f'id="{re.search("#(line-[0-9]+)", under)[1]}"' in bench.see(address)


def line_of(written, words):
    return written.splitlines().index(words) + 1
