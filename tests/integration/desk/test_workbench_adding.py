"""A topic is added, moved and deleted: in all languages together, or not at all."""

import re

import pytest
from click.testing import CliRunner
from small_content import copy_language, loaded, swap
from workbench import code_on, desk, fields_in, words_in

from ivr.audit import check
from ivr.desk.cli.main import main

QUINCES = {
    "name": "quinces",
    "menu": "fruit",
    "origin": "outside",
    "source": "A gardener",
    "facts": "X3",
    "new_facts": "X3: Quinces are hard.",
    "en.title": "Quinces",
    "en.label": "For quinces",
    "en.keywords": "QUINCES, HARD",
    "en.voice": "Quinces are hard.\r\nCook them.\r\n\r\n",
    "en.text": "Quinces are hard. Cook them well.",
}
TOPIC = """\
---
title: Quinces
offer: For quinces, press 1.
facts:
  1: X3
keywords:
  1: QUINCES, HARD
origin: outside
source: A gardener
reviewed:
reviewer:
---

## Voice

Quinces are hard. Cook them.

## Text

Quinces are hard. Cook them well.
"""


@pytest.fixture
def bench(tmp_path):
    return desk(tmp_path)


def files(root):
    return {str(path.relative_to(root)): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


def test_the_form_tells_the_room_of_each_menu(bench):
    page = words_in(bench.see("en/new"))
    assert "Main menu The topic gets number 3. 2 of 5 choices." in page
    assert "Kinds of fruit The topic gets number 13. 2 of 5 choices." in page
    assert re.search(r"\d+ of 30 seconds, room for 8 words before the key", page)


def test_a_menu_that_is_too_long_in_one_language_has_no_room(bench):
    copy_language("es")(bench.root)
    swap("es/language.md", "name: English", "name: Español\nlongest-menu: 21")(bench.root)
    page = bench.see("en/new")
    assert "Kinds of fruit No room: its choices take too long to say already." in words_in(page)
    assert "/workbench/es/edit/menus/fruit" in page, "where it can be made shorter"
    assert "/workbench/en/edit/menus/fruit" not in page


def test_a_menu_whose_last_choice_would_come_too_late_has_no_room_and_comes_last(bench):
    swap("en/language.md", "name: English", "name: English\nlast-choice-by: 9")(bench.root)
    page = words_in(bench.see("en/new"))
    assert "Main menu No room: its choices take too long to say already." in page
    assert page.index("Kinds of fruit The topic gets number 13.") < page.index("Main menu No room")


def test_where_no_menu_has_room_the_form_tells_how_to_make_some(bench):
    swap("en/language.md", "name: English", "name: English\nlast-choice-by: 3")(bench.root)
    assert "No menu has room. Make room first" in words_in(bench.see("en/new"))
    assert bench.ask("en/new/check", {"en.title": "Quinces"})["bad"] == []


def test_problems_stand_under_their_field_while_one_types(bench):
    typed = {"menu": "fruit", "en.title": "Quinces", "en.label": "For cherries"}
    found = bench.ask("en/new/check", typed)
    assert "sound alike" in words_in(found["pieces"]["under-en.label"])
    assert re.search(r"The whole menu [\d.]+ of 30 seconds", words_in(found["pieces"]["under-en.label"]))
    assert "en.voice" not in found["bad"], "what is still empty is nobody's mistake"
    found = bench.ask("en/new/check", {**typed, "en.label": "For quinces", "en.voice": "Quinces cost 5 $."})
    assert "a voice cannot read this character" in words_in(found["pieces"]["under-en.voice"])
    assert "en.label" not in found["bad"]


def test_each_word_for_texters_tells_under_its_box_what_it_reaches_now(bench):
    typed = {"menu": "fruit", "en.title": "Quinces", "en.keywords": "PEARS", "whole": "1"}
    under = words_in(bench.ask("en/new/check", typed)["pieces"]["under-en.keywords"])
    assert "PEARS 111 apples.2" in under
    assert "use a word other than PEARS" in under


def test_a_topic_that_one_cannot_finish_is_kept_as_a_draft(bench):
    before = files(bench.root)
    page = bench.send("en/new", {"en.title": "Ripe quinces", "en.voice": "Quinces.", "act": "draft"}, status=303)
    assert fields_in(page)["en.voice"] == "Quinces."
    bench.send("en/new", {"en.title": "Quinces", "draft": "ripe-quinces", "act": "draft"}, status=303)
    assert "ripe-quinces" not in words_in(bench.see("en/new")), "a draft with another title is no second one"
    bench.send("en/new", {"en.title": "Ripe quinces", "draft": "quinces", "act": "draft"}, status=303)
    assert fields_in(bench.see("en/new?draft=ripe-quinces"))["en.title"] == "Ripe quinces"
    bench.send(
        "en/new",
        {**QUINCES, "name": "", "en.title": "Ripe quinces", "draft": "ripe-quinces", "act": "save"},
        status=303,
    )
    assert set(files(bench.root)) - set(before) == {"en/topics/ripe-quinces.md"}, "named after its title"
    assert "ripe-quinces" not in words_in(bench.see("en/new")), "the draft has done its work"


def test_a_fact_is_written_as_a_sentence_and_gets_the_next_number(bench):
    bench.send(
        "en/new", {**QUINCES, "facts": "Quinces are hard; cook them.", "new_facts": "", "act": "save"}, status=303
    )
    assert b"- X2: Cherries can be sour.\n- X3: Quinces are hard; cook them.\n" in bench.file("facts.md")
    assert bench.file("en/topics/quinces.md").decode() == TOPIC


def test_a_topic_is_added_behind_the_next_key_with_its_facts(bench):
    before = files(bench.root)
    page = bench.send("en/new", {**QUINCES, "act": "save"}, status=303)
    assert "Saved." in words_in(page)
    after = files(bench.root)
    assert after.pop("en/topics/quinces.md").decode() == TOPIC
    menu = before["en/menus/fruit.md"].replace(b"  2: cherries\n", b"  2: cherries\n  3: quinces\n")
    menu = (
        menu.replace(b"For cherries, press 2.\n", b"For cherries, press 2.\n\nFor quinces, press 3.\n")
        + b"\n13 for quinces\n"
    )
    facts = before["facts.md"].replace(
        b"- X2: Cherries can be sour.\n", b"- X2: Cherries can be sour.\n- X3: Quinces are hard.\n"
    )
    assert after == before | {"en/menus/fruit.md": menu, "facts.md": facts}
    assert "13 Quinces 1 part Not signed" in words_in(bench.see("en/"))
    bench.send("undo/000001", {}, status=303)
    assert files(bench.root) == before


def test_checking_writes_nothing_and_tells_what_the_words_reach_now(bench):
    before = files(bench.root)
    page = words_in(bench.send("en/new", {**QUINCES, "en.keywords": "PEARS", "act": "check"}))
    assert "to mend before it can be saved" in page
    assert "use a word other than PEARS" in page
    assert "PEARS 111 apples.2" in page, "what it reaches now"
    assert files(bench.root) == before


@pytest.mark.parametrize(
    ("given", "remedy"),
    [
        ({"name": "Quinces!"}, "small letters, digits and hyphens"),
        ({"name": "plums"}, "there is plums already"),
        ({"name": "../plums"}, "small letters, digits and hyphens"),
        ({"menu": "vegetables"}, "choose the menu to add it to"),
        ({"en.title": ""}, "write a title"),
        ({"en.voice": ""}, "write what the line says"),
        ({"en.text": "One.\n\nTwo."}, "Voice has 1 parts and Text has 2"),
        ({"new_facts": "Quinces are hard."}, "write each new fact like"),
        ({"source": ""}, "write who says so"),
        ({"facts": ""}, "write the fact that it says"),
    ],
)
def test_what_makes_no_topic_is_told_at_its_field(bench, given, remedy):
    before = files(bench.root)
    page = bench.send("en/new", {**QUINCES, **given, "act": "save"}, status=422)
    assert remedy in words_in(page)
    assert files(bench.root) == before


def test_words_that_fail_the_check_are_not_written(bench):
    before = files(bench.root)
    page = bench.send("en/new", {**QUINCES, "en.voice": "Quinces cost 5 $.", "act": "save"}, status=422)
    assert "a voice cannot read this character" in words_in(page)
    assert "Quinces cost 5 $." in page, "nobody has to type it again"
    assert files(bench.root) == before


def test_every_language_gets_the_topic_or_none(bench):
    copy_language("es")(bench.root)
    before = files(bench.root)
    assert "write a title" in words_in(bench.send("en/new", {**QUINCES, "act": "save"}, status=422))
    spanish = {name.replace("en.", "es."): words for name, words in QUINCES.items() if name.startswith("en.")}
    bench.send("en/new", {**QUINCES, **spanish, "act": "save"}, status=303)
    assert set(files(bench.root)) - set(before) == {"en/topics/quinces.md", "es/topics/quinces.md"}
    assert b"translator:" in bench.file("es/topics/quinces.md")


def test_a_full_menu_has_no_room(bench):
    for name in ("a", "b", "c"):
        bench.send(
            "en/new",
            {
                **QUINCES,
                "name": name,
                "en.title": name * 3,
                "en.label": f"For {name * 3}",
                "en.keywords": "",
                "facts": "X1",
                "new_facts": "",
                "act": "save",
            },
            status=303,
        )
    page = bench.send("en/new", {**QUINCES, "act": "save"}, status=422)
    assert "this menu has no room: it has 5 choices" in words_in(page)


def test_a_part_is_added_in_every_language(bench):
    copy_language("es")(bench.root)
    before = files(bench.root)
    words = {"facts": "X1", "en.voice": "Plums are sweet.", "en.text": "Plums taste sweet.", "es.voice": "So sweet."}
    assert "write something here" in words_in(bench.send("en/part/plums", {**words, "act": "save"}, status=422))
    assert files(bench.root) == before
    bench.send("en/part/plums", {**words, "es.text": "Very sweet.", "act": "save"}, status=303)
    after = files(bench.root)
    assert [name for name in after if after[name] != before.get(name)] == ["en/topics/plums.md", "es/topics/plums.md"]
    plums = before["en/topics/plums.md"].replace(b"  1: X1\n", b"  1: X1\n  2: X1\n")
    plums = plums.replace(b"Call {helpline}.\n", b"Call {helpline}.\n\nPlums are sweet.\n")
    assert after["en/topics/plums.md"] == plums + b"\nPlums taste sweet.\n"


def test_a_topic_moves_to_another_menu_and_the_others_move_up(bench):
    bench.send("en/new", {**QUINCES, "act": "save"}, status=303)
    before = files(bench.root)
    page = words_in(bench.see("en/move/apples"))
    assert "Cherries : 12 would be 11" in page
    bench.send("en/move/apples", {"what": "move", "menu": "main"}, status=303)
    library = loaded(bench.root).libraries["en"]
    assert library.codes["apples"] == "3"
    assert library.codes["cherries"] == "11"
    assert [choice.voice for choice in library.menus["fruit"].choices] == [
        "For cherries, press 1.",
        "For quinces, press 2.",
    ]
    assert [choice.text for choice in library.menus["fruit"].choices] == ["11 cherries", "12 for quinces"]
    assert library.menus["main"].choices[-1].voice == "For apples, press 3."
    assert library.menus["main"].choices[-1].text == "3 apples"
    bench.send("undo/000002", {}, status=303)
    assert files(bench.root) == before


def test_a_topic_is_deleted_with_its_choice(bench):
    bench.send("en/new", {**QUINCES, "facts": "X1", "new_facts": "", "act": "save"}, status=303)
    before = files(bench.root)
    swap("en/menus/main.md", "silent: apples", "silent: apples, quinces")(bench.root)
    bench.send("en/move/quinces", {"what": "delete"}, status=303)
    after = files(bench.root)
    assert "en/topics/quinces.md" not in after
    assert after["en/menus/main.md"] == before["en/menus/main.md"]
    assert b"quinces" not in after["en/menus/fruit.md"]
    errors = [problem for problem in check(loaded(bench.root)) if not problem.warning and "en/topics/" in problem.path]
    assert errors == []


def test_a_new_topic_is_deleted_with_the_fact_that_came_with_it(bench):
    before = files(bench.root)
    bench.send("en/new", {**QUINCES, "act": "save"}, status=303)
    written = files(bench.root)
    assert "X3 Quinces are hard." in words_in(bench.see("en/move/quinces"))
    page = words_in(bench.send("en/move/quinces", {"what": "delete"}, status=422))
    assert "no topic delivers fact X3" in page, "where the tick is taken away"
    bench.send("en/move/quinces", {"what": "delete", "facts": "X3"}, status=303)
    assert files(bench.root) == before
    bench.send("undo/000002", {}, status=303)
    assert files(bench.root) == written


def test_a_fact_that_another_topic_says_too_or_that_was_there_before_stays(bench):
    bench.send("en/new", {**QUINCES, "act": "save"}, status=303)
    facts = bench.file("facts.md")
    bench.send("en/move/cherries", {"what": "delete", "facts": "X2"}, status=422)
    bench.send("en/facts/plums", {"facts.1": "X1, X3", "act": "save"}, status=303)
    assert 'name="facts"' not in bench.see("en/move/quinces")
    bench.send("en/move/quinces", {"what": "delete", "facts": "X3"}, status=303)
    assert bench.file("facts.md") == facts


@pytest.mark.parametrize(
    ("name", "remedy"), [("plums", "the line needs this topic"), ("cherries", "no topic delivers fact X2")]
)
def test_a_topic_that_is_needed_stays(bench, name, remedy):
    before = files(bench.root)
    page = bench.send(f"en/move/{name}", {"what": "delete"}, status=422)
    assert remedy in words_in(page)
    assert files(bench.root) == before


def test_a_topic_that_is_not_there_cannot_be_moved(bench):
    bench.see("en/move/none", status=404)
    bench.send("en/move/none", {"what": "delete"}, status=404)


ANSWERS = """\
fruit
Quinces
For quinces

QUINCES, HARD
Quinces are hard. Cook them.

Quinces are hard. Cook them well.

"""


@pytest.mark.parametrize("voice", ["Quinces are hard. Cook them.", "Quinces cost 5 $."])
def test_the_command_adds_what_the_page_adds(bench, voice):
    before = files(bench.root)
    words = [
        "new",
        "topic",
        "quinces",
        "--facts",
        "X3",
        "--new-fact",
        "X3: Quinces are hard.",
        "--source",
        "A gardener",
    ]
    env = {"CONTENT_DIR": str(bench.root), "DATA_DIR": str(bench.data)}
    answers = ANSWERS.replace("Quinces are hard. Cook them.\n", f"{voice}\n")
    done = CliRunner().invoke(main, words, input=answers, env=env)
    assert "the topic gets number 13" in done.output
    if "$" in voice:
        assert done.exit_code == 1
        assert "a voice cannot read this character" in done.output
        assert files(bench.root) == before
    else:
        assert done.exit_code == 0, done.output
        assert bench.file("en/topics/quinces.md").decode() == TOPIC


def test_all_that_a_new_topic_changed_is_printed_and_signed_one_after_another(bench):
    page = bench.send("en/new", {**QUINCES, "act": "save"}, status=303)
    assert "Print the sheets of all 2 files" in words_in(page)
    assert "Enter the signature of Quinces ( English ) , Kinds of fruit ( English ) ." in words_in(page)
    sheets = bench.see("en/sheets/000001")
    signed = {"reviewer": "Dr. Wood", "date": "2026-11-20"}
    for inside, left in (
        ("topics/quinces", "Kinds of fruit ( English )"),
        ("menus/fruit", "All of that save is signed."),
    ):
        form = {**signed, "code": code_on(sheets, f"content/en/{inside}.md")}
        assert left in words_in(bench.send(f"en/sign/{inside}?save=000001", form, status=303))
    assert "Nothing waits for a signature" in words_in(bench.see("en/sheets/000001"))
