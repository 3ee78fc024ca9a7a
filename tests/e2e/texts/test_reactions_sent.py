"""Reactions and quotes through the webhook: no answer, nobody moved, nobody opted out."""

import pytest


@pytest.fixture
def library(content):
    return content.libraries["en"]


def test_reactions_to_what_the_line_sent_change_nothing(scripted_line, phone, library):
    handset = phone(scripted_line)
    (menu,) = handset.text("MENU").texts
    (part,) = handset.text("12").texts
    stopped = " ".join(library.text["stopped"])
    for quoted in (menu, part, stopped):
        for sent in (
            f"Loved \u201c{quoted}\u201d",
            f"> {quoted}",
            quoted,
            f"Le gust\u00f3 \u201c{quoted[:50]}\u2026\u201d",
        ):
            assert handset.text(sent).texts == (), sent
    (more,) = handset.text("MORE").texts
    assert library.topics["whole-body"].segments[1].text in more, "still where 12 led"


@pytest.mark.parametrize("empty", ["", " ", "\u200b", "\U0001f44d", "\u2764\ufe0f"])
def test_an_empty_text_gets_no_answer(scripted_line, phone, empty):
    assert phone(scripted_line).text(empty).texts == ()


def test_a_picture_sent_by_who_stopped_gets_no_answer(scripted_line, phone):
    handset = phone(scripted_line)
    handset.text("stop texting me")
    assert handset.text("", media=1).texts == ()


def test_danger_beside_a_quote_is_danger(scripted_line, phone, library):
    handset = phone(scripted_line)
    (menu,) = handset.text("MENU").texts
    warned, follow_up = handset.text("> " + menu.replace("\n", "\n> ") + "\ncant feel my legs").texts
    assert library.topics["urgent"].segments[0].text in warned
    assert library.topics["urgent"].segments[0].follow_up in follow_up
