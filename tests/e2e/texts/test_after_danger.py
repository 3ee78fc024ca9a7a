"""What somebody who told of despair or danger texts next, and who refuses a call. Through the webhook, real store."""

import pytest

LIFELINE = "988"


@pytest.mark.parametrize("words", ["how do i end it", "i want it to stop", "ok", "make it all stop"])
def test_the_lifeline_stays_in_sight(scripted_line, phone, words):
    handset = phone(scripted_line)
    for said in ("I want to kill myself", words):
        text, *_more = handset.text(said).texts
        assert LIFELINE in text, said


def test_a_word_for_help_in_spanish_is_no_question(scripted_line, phone):
    handset = phone(scripted_line)
    handset.text("quiero matarme")
    (text,) = handset.text("AYUDA").texts
    assert LIFELINE in text
    assert text.startswith("Info Huesos. Puede llamar")


def test_ok_stays_in_the_language_of_the_talk(scripted_line, phone):
    handset = phone(scripted_line)
    assert "columna" in handset.text("no siento las piernas").texts[-1]
    (text,) = handset.text("ok").texts
    assert "Llame" in text


@pytest.mark.parametrize(
    ("wanted", "refused"),
    [
        ("llámeme", "no me llamen"),
        ("llámeme", "ya no quiero que me llamen"),
        ("call me", "dont call me"),
        ("call me", "never call me"),
    ],
)
def test_who_wants_no_call_is_not_called(scripted_line, phone, api, wanted, refused):
    asked = len(api.asked)
    refusing = phone(scripted_line).text(refused).texts
    assert len(api.asked) == asked
    assert refusing != phone(scripted_line).text(wanted).texts
    assert len(api.asked) == asked + 1


@pytest.mark.parametrize(
    ("told", "asked", "answer"),
    [
        ("i cant breathe", "will i be ok", "do not wait"),
        ("my legs went numb today", "can i wait till morning", "do not wait"),
        ("my arm bone just snapped", "should i drive myself", "do not wait"),
        ("no puedo respirar", "me voy a poner bien", "no espere"),
        ("no siento las piernas", "puedo esperar a mañana", "no espere"),
    ],
)
def test_what_a_frightened_person_asks_next_is_told_not_to_wait(scripted_line, phone, told, asked, answer):
    handset = phone(scripted_line)
    assert "911" in handset.text(told).texts[0]
    (text,) = handset.text(asked).texts
    assert answer in text
    assert "911" in text
