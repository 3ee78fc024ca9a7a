"""The workbench: the line at a glance, a topic edited and checked, saving without breaking anything."""

import pytest
from small_content import copy_language, signed, swap
from workbench import HERE, desk, fields_in, page_of, words_in

from ivr.library.phone_number import number_as_said, number_as_written
from ivr.phone.handset import Handset
from ivr.phone.page import create_page
from ivr.settings import DEFAULT_HELPLINE

APPLES = "en/topics/apples.md"
EDIT, CHECK = "en/edit/topics/apples", "en/check/topics/apples"
LONG = f"Apples are {'very ' * 25}red."


@pytest.fixture
def bench(tmp_path):
    return desk(tmp_path)


def test_the_tree_has_each_menu_and_topic_under_the_keys_that_lead_there(bench):
    page = words_in(bench.see("en/"))
    places = [
        "Main menu",
        "1 Kinds of fruit menu",
        "11 Apples and pears 2 parts",
        "12 Cherries 1 part",
        "2 Plums 1 part",
    ]
    assert [page.index(place) for place in places] == sorted(page.index(place) for place in places)


def test_the_tree_tells_what_is_signed_unsigned_and_changed_since(bench):
    swap("en/topics/cherries.md", "Cherries can be sour", "Cherries can be very sour")(bench.root)
    page = words_in(bench.see("en/"))
    assert "Plums 1 part Not signed" in page
    assert "Cherries 1 part Changed since it was signed" in page
    signed("en/topics/cherries.md")(bench.root)
    assert "Cherries 1 part Signed" in words_in(bench.see("en/")), "a change on disk is seen at once"


def test_every_language_has_a_tree(bench):
    copy_language("es")(bench.root)
    assert "Kinds of fruit" in bench.see("es/")
    bench.see("fr/", status=404)


@pytest.mark.parametrize(
    ("wanted", "places"),
    [
        ("ARE RED", ["11 Apples and pears, part 1", "11 Apples and pears, part 1"]),
        ("999", ["phrase arrived"]),
        ("pears", ["11 Apples and pears, title"]),
        ("there is no such word", []),
        ("", []),
    ],
)
def test_a_search_finds_every_sentence_by_its_place(bench, wanted, places):
    page = words_in(bench.see(f"en/search?q={wanted}"))
    for place in places:
        assert place in page
        page = page.replace(place, "", 1)
    if not places:
        assert "11 Apples" not in page


def test_a_number_is_found_as_it_is_said_and_as_it_is_written(bench):
    swap(APPLES, "I like apples", "Call 9 9 9 for apples")(bench.root)
    page = bench.see("en/search?q=999")
    assert "<mark>9 9 9</mark>" in page
    assert "<mark>999</mark>" in page, "as a text writes it"


def test_a_segment_is_edited_by_voice_and_text_with_its_facts(bench):
    page = bench.see(EDIT)
    form = fields_in(page)
    assert form["voice/2"] == "Pears are green. I like pears."
    assert form["text/2"] == "Pears are green. You like pears."
    assert form["keywords.2"] == "PEARS"
    assert "T2 Pears are green." in words_in(page)
    assert "Part 2 Number 111" in words_in(page)
    assert "Voice , Part 2" in words_in(page), "no two boxes have the same label"


def test_meters_and_problems_move_with_what_is_typed(bench):
    form = {**bench.form(EDIT), "voice/1": LONG}
    found = bench.ask(CHECK, form)
    under = words_in(found["pieces"]["under-voice-1"])
    assert "Longest sentence 28 words of 20" in under
    assert "Mend this: make two sentences" in under
    assert "rules#E4" in found["pieces"]["under-voice-1"]
    assert found["bad"] == ["voice-1"]
    assert "Fragments 1 of 2" in words_in(found["pieces"]["under-text-1"])
    assert "Mend this" not in found["pieces"]["under-voice-2"]


def test_each_pace_has_its_seconds(bench):
    under = words_in(bench.ask(CHECK, bench.form(EDIT))["pieces"]["under-voice-1"])
    assert "Seconds 4 of 30" in under
    assert "slowest 6 s, slow 5 s, normal 4 s, fast 3 s" in under


def test_a_warning_where_one_side_changed_alone(bench):
    form = bench.form(EDIT)
    alone = bench.ask(CHECK, {**form, "voice/1": "Apples are red. I love apples."})["pieces"]
    assert "Voice was changed here and Text was not" in alone["uneven-1"]
    assert not alone["uneven-2"].strip()
    both = {**form, "voice/1": "Apples are red. I love apples.", "text/1": "Apples are red. You love apples."}
    assert not bench.ask(CHECK, both)["pieces"]["uneven-1"].strip()


def test_a_segment_is_heard_called_and_shown_as_the_text_that_arrives(bench):
    page = bench.see("en/edit/topics/plums")
    assert '<a href="/?at=plums.1&amp;language=en" target="phone">' in page
    assert 'data-speech="en-US"' in page
    assert f"Plums are blue. Call {number_as_said(DEFAULT_HELPLINE)}." in words_in(page), (
        "the browser says what is filled in"
    )
    assert "As it arrives: Fruit Line 2." in words_in(page)
    assert f"Plums look blue. Text {number_as_written(DEFAULT_HELPLINE)}." in words_in(page)


def test_medical_words_come_with_their_explanation(bench):
    under = words_in(bench.ask(CHECK, {**bench.form(EDIT), "voice/1": "Apples have seeds."})["pieces"]["under-voice-1"])
    assert "seeds small things in a fruit (not explained here)" in under
    assert "explain seeds here" in under


def test_checking_without_a_module_shows_the_same_and_writes_nothing(bench):
    before = bench.file(APPLES)
    page = bench.send(EDIT, {**bench.form(EDIT), "voice/1": LONG, "act": "check"})
    assert "make two sentences" in words_in(page)
    assert fields_in(page)["voice/1"] == LONG
    assert 'aria-invalid="true"' in page
    assert bench.file(APPLES) == before


def test_a_rule_is_explained_one_click_away(bench):
    page = bench.see("rules")
    assert 'id="E1"' in page
    assert "<h1>The rules of accessibility</h1>" in page


def test_a_save_changes_that_paragraph_and_no_other_byte(bench):
    written = bench.file(APPLES).replace(b"\n", b"\r\n").replace(b"title: Apples", b"title:   Apples")
    (bench.root / APPLES).write_bytes(b"\xef\xbb\xbf" + written)
    form = {**bench.form(EDIT), "text/2": "Pears are green.\r\nYou love pears.", "act": "save"}
    page = words_in(bench.send(EDIT, form, status=303))
    assert "Nothing changed" not in page
    assert "Saved. The line that runs" in page
    assert "Next: hear it, and have it signed" in page
    assert bench.file(APPLES) == b"\xef\xbb\xbf" + written.replace(b"You like pears", b"You love pears")


def test_a_paragraph_of_several_lines_stays_as_it_is_until_it_is_changed(bench):
    swap(APPLES, "Apples are red. I like apples.", "Apples are red.\nI like apples.")(bench.root)
    before = bench.file(APPLES)
    bench.send(EDIT, {**bench.form(EDIT), "voice/2": "Pears are green. I love pears.", "act": "save"}, status=303)
    assert bench.file(APPLES) == before.replace(b"I like pears", b"I love pears")
    bench.send(EDIT, {**bench.form(EDIT), "voice/1": "Apples are red. I love apples.", "act": "save"}, status=303)
    assert b"\n\nApples are red. I love apples.\n\nPears" in bench.file(APPLES)


def test_entries_of_the_header_are_changed_and_added(bench):
    swap(APPLES, "keywords:\n  1: APPLES\n  2: PEARS\n", "keywords:\n  2: PEARS\n")(bench.root)
    before = bench.file(APPLES)
    form = {**bench.form(EDIT), "title": "Apples", "keywords.1": "PIPPIN, RUSSET", "act": "save"}
    bench.send(EDIT, form, status=303)
    after = before.replace(b"title: Apples and pears", b"title: Apples")
    assert bench.file(APPLES) == after.replace(b"keywords:\n", b"keywords:\n  1: PIPPIN, RUSSET\n")


@pytest.mark.parametrize("words", ["", "# Apples", "- Apples are red."])
def test_words_that_would_change_the_file_around_them_are_refused(bench, words):
    before = bench.file(APPLES)
    page = bench.send(EDIT, {**bench.form(EDIT), "voice/1": words, "act": "save"}, status=422)
    assert "Mend this:" in words_in(page)
    assert bench.file(APPLES) == before


def test_words_that_fail_the_check_are_kept_as_a_draft_and_the_line_keeps_its_own(bench):
    before = bench.file(APPLES)
    page = bench.send(EDIT, {**bench.form(EDIT), "voice/1": LONG, "act": "save"}, status=422)
    assert "Not saved" in words_in(page)
    assert bench.file(APPLES) == before
    assert "Draft kept" in words_in(bench.see("en/"))
    assert bench.form(EDIT)["voice/1"] == LONG
    assert "This is a draft" in words_in(bench.see(EDIT))
    bench.send(EDIT, {"act": "drop"}, status=303)
    assert bench.form(EDIT)["voice/1"] == "Apples are red. I like apples."


def test_a_mistake_that_was_there_before_does_not_stop_a_save_elsewhere(bench):
    swap("en/topics/plums.md", "Plums are blue", "Plums cost 5 $")(bench.root)
    bench.send(EDIT, {**bench.form(EDIT), "voice/1": "Apples are red. I love apples.", "act": "save"}, status=303)
    assert b"I love apples" in bench.file(APPLES)


def test_a_change_made_elsewhere_meanwhile_is_not_overwritten(bench):
    form = {**bench.form(EDIT), "voice/1": "Apples are red. I love apples.", "act": "save"}
    swap(APPLES, "Pears are green. I like pears", "Pears are green. I eat pears")(bench.root)
    theirs = bench.file(APPLES)
    page = bench.send(EDIT, form, status=409)
    assert "changed elsewhere meanwhile" in words_in(page)
    assert "I eat pears" in words_in(page)
    assert bench.file(APPLES) == theirs
    again = {**fields_in(page), "voice/2": "Pears are green. I eat pears.", "act": "save"}
    bench.send(EDIT, again, status=303)
    assert bench.file(APPLES) == theirs.replace(b"I like apples", b"I love apples")


def test_a_save_is_undone_and_the_undoing_too(bench):
    before = bench.file(APPLES)
    bench.send(EDIT, {**bench.form(EDIT), "voice/1": "Apples are red. I love apples.", "act": "save"}, status=303)
    after = bench.file(APPLES)
    bench.send("undo/000001", {}, status=303)
    assert bench.file(APPLES) == before
    bench.send("undo/000002", {}, status=303)
    assert bench.file(APPLES) == after
    assert "Apples and pears" in words_in(bench.see("saves"))


def test_a_save_is_not_undone_over_a_later_change(bench):
    bench.send(EDIT, {**bench.form(EDIT), "voice/1": "Apples are red. I love apples.", "act": "save"}, status=303)
    swap(APPLES, "I love apples", "I adore apples")(bench.root)
    later = bench.file(APPLES)
    assert "undo the later change first" in words_in(bench.send("undo/000001", {}, status=409))
    assert bench.file(APPLES) == later
    bench.send("undo/7", {}, status=404)


@pytest.mark.parametrize("inside", ["menus/main", "phrases/call", "names", "glossary", "words"])
def test_the_other_files_are_edited_too(bench, inside):
    form = bench.form(f"en/edit/{inside}")
    page = bench.send(f"en/edit/{inside}", {**form, "act": "save"})
    assert "Nothing changed" in words_in(page)


def test_where_nothing_can_be_heard_the_next_step_is_the_signature(bench):
    menu = "en/edit/menus/main"
    page = words_in(bench.send(menu, {**bench.form(menu), "title": "First menu", "act": "save"}, status=303))
    assert "Next: have it signed" in page
    assert "Hear it below" not in page


@pytest.mark.parametrize("inside", ["topics/none", "../facts", "language", "listening/guards", "topics/../names"])
def test_nothing_else_can_be_opened(bench, inside):
    bench.see(f"en/edit/{inside}", status=404)
    bench.send(f"en/edit/{inside}", {"act": "save"}, status=404)


@pytest.mark.parametrize(
    ("address", "headers"),
    [
        (HERE, {"Origin": "http://elsewhere.example"}),
        (HERE, {"Sec-Fetch-Site": "cross-site"}),
        (HERE, {"Origin": "null"}),
        ("http://elsewhere.example", {}),
    ],
)
def test_another_site_saves_nothing(bench, address, headers):
    form = {**bench.form(EDIT), "voice/1": "Apples are red. I love apples.", "act": "save"}
    before = bench.file(APPLES)
    answer = bench.client.post(f"/workbench/{EDIT}", data=form, base_url=address, headers=headers)
    assert answer.status_code == 403
    assert bench.file(APPLES) == before


def test_pages_load_nothing_from_elsewhere_and_the_phone_keeps_its_policy(bench):
    answer = bench.client.get("/workbench/en/", base_url=HERE)
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "form-action 'self'" in policy
    assert "form-action 'none'" in bench.client.get("/", base_url=HERE).headers["Content-Security-Policy"]
    assert answer.headers["Referrer-Policy"] == "same-origin", "without it a form's origin is null"


def test_the_words_are_shown_as_words(bench):
    swap(APPLES, "title: Apples and pears", "title: <b>Apples</b>")(bench.root)
    assert "<b>Apples</b>" not in bench.see(EDIT)


def test_a_draft_outlives_the_workbench(bench):
    bench.send(EDIT, {**bench.form(EDIT), "voice/1": LONG, "act": "draft"}, status=303)
    bench.client = page_of(bench.root, bench.data).test_client()
    assert bench.form(EDIT)["voice/1"] == LONG


def test_what_a_silent_caller_hears_is_changed_in_its_menu(bench):
    menu = "en/edit/menus/main"
    form = bench.form(menu)
    page = bench.send(menu, {**form, "silent": "apples, bananas", "act": "save"}, status=422)
    remarks = page[page.index('id="under-silent"') :].partition("</div>")[0]
    assert "bananas" in words_in(remarks), "the remark stands under its own box"
    bench.send(menu, {**form, "silent": "cherries, apples.1", "act": "save"}, status=303)
    assert b"silent: cherries, apples.1\n" in bench.file("en/menus/main.md")


def test_the_phone_page_leads_to_the_workbench_and_back(bench):
    with_one = create_page(Handset, has_workbench=True).test_client().get("/", base_url=HERE).text
    assert '<p id="workbench"><a href="/workbench/">' in with_one
    assert '<p id="workbench" hidden>' in bench.client.get("/", base_url=HERE).text
    assert '<a href="/">Phone</a>' in bench.see("en/")


def test_a_key_that_does_something_else_is_told_while_one_types(bench):
    form = bench.form("en/edit/phrases/call")
    wrong = form["go-on/1"].replace("press 1", "press 5")
    found = bench.ask("en/check/phrases/call", {**form, "go-on/1": wrong})
    assert "does not do what is said here" in words_in(found["pieces"]["under-go-on-1"])
    assert found["bad"] == ["go-on-1"]


def test_the_room_in_a_menu_and_alike_choices_are_told_while_one_types(bench):
    form = bench.form("en/edit/menus/fruit")
    alike = bench.ask("en/check/menus/fruit", {**form, "voice/2": "For apples and pears, press 2."})
    assert "sound alike" in words_in(alike["pieces"]["under-voice-2"])
    long = bench.ask("en/check/menus/fruit", {**form, "voice/1": f"For {'very ' * 60}ripe apples, press 1."})
    assert "too much" in words_in(long["pieces"]["all-menu"])
    assert "shorten these choices" in words_in(long["pieces"]["all-about"])


def test_what_a_change_asks_for_elsewhere_is_told_while_one_types(bench):
    copy_language("es")(bench.root)
    form = bench.form(EDIT)
    found = bench.ask(CHECK, {**form, "voice/1": "Apples are red. I like 12 apples."})
    assert "es/topics/apples.md" in found["pieces"]["all-elsewhere"]
