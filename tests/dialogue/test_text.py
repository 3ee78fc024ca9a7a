"""What a text means and what is written back, with a toy library; real words are walked in tests/web."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from toy import LIBRARIES

from ivr.dialogue.keywords import understand
from ivr.dialogue.meaning import CarrierWord, Move, Near, Unclear
from ivr.dialogue.text import called, take_text, text_of
from ivr.library.measures import gsm_units
from ivr.library.sent_words import normalised
from ivr.model import Act, Outcome, Spot, Texted, TextReply

LIBRARY = LIBRARIES["en"]


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("", ()),
        (" 1. ", ("1",)),
        ("ONE!", ("ONE",)),
        ("can't", ("CANT",)),
        ("can\u2019t  feel", ("CANT", "FEEL")),
        ("Médecin", ("MEDECIN",)),
        ("a_b-c", ("A", "B", "C")),
        ("\x00\ud800 hi \U0001f600", ("HI",)),
        ("x" * 5000, ("X" * 1600,)),
    ],
)
def test_normalised(written, words):
    assert normalised(written) == words


@pytest.mark.parametrize(
    ("written", "meaning"),
    [
        ("stop", CarrierWord("stop")),
        ("Stop.", Move("stop")),
        ("yes", CarrierWord("start")),
        ("INFO", CarrierWord("help")),
        ("stop salt", Spot("salt", 1)),
        ("salt", Spot("salt", 1)),
        ("SALT!", Spot("salt", 1)),
        ("peel", Spot("apple", 2)),
        ("how do I peel it", Spot("apple", 2)),
        ("eat apples", Spot("apple", 1)),
        ("Apple", Spot("apple", 1)),
        ("Fruit", Spot("fruit")),
        ("11", Spot("apple", 1)),
        ("1", Spot("fruit")),
        (" 1.", Spot("fruit")),
        ("one", Spot("fruit")),
        ("ELEVEN!", Spot("apple", 1)),
        ("0", Spot("pear", 1)),
        ("99", Unclear()),
        ("\u0661", Unclear()),
        ("all", Spot("salt", 1)),
        ("tell me it all", Near("ALL", Spot("salt", 1))),
        ("more", Move("more")),
        ("More please", Unclear()),
        ("peel it, help me", Spot("salt", 1)),
        ("pears and salt", Near("PEARS", Spot("pear", 1))),
        ("appl", Spot("apple", 1)),
        ("ap", Unclear()),
        ("aples", Near("APPLES", Spot("apple", 1))),
        ("xyzzy", Unclear()),
        ("", Unclear()),
        ("?!", Unclear()),
    ],
)
def test_understand(written, meaning):
    assert understand(LIBRARY, written) == meaning


@pytest.mark.parametrize(
    ("written", "at", "text", "there"),
    [
        ("11", None, "<segment> 11 1 3\nText apple 1.\n<tail-more> 2", Spot("apple", 1)),
        ("MORE", Spot("apple", 1), "<segment> 11 2 3\nText apple 2.\n<tail-more> 3", Spot("apple", 2)),
        ("MORE", Spot("apple", 2), "<segment> 11 3 3\nText apple 3.\n<tail-next> 12", Spot("apple", 3)),
        ("MORE", Spot("apple", 3), "<segment-single> 12\nText pear 1.\n<tail-next> 2", Spot("pear", 1)),
        ("MORE", Spot("salt", 1), "<segment> 2 2 2\nText salt 2.\n<tail-last>", Spot("salt", 2)),
        ("MORE", Spot("salt", 2), "<menu>\n1 fruit\n2 salt\n<menu-end>", None),
        ("MORE", None, "<lost>\n1 fruit\n2 salt\n<menu-end>", None),
        ("MORE", Spot("apple", 9), "<lost>\n1 fruit\n2 salt\n<menu-end>", None),
        ("AGAIN", Spot("apple", 2), "<segment> 11 2 3\nText apple 2.\n<tail-more> 3", Spot("apple", 2)),
        ("AGAIN", None, "<lost>\n1 fruit\n2 salt\n<menu-end>", None),
        ("BACK", Spot("apple", 2), "<segment> 11 1 3\nText apple 1.\n<tail-more> 2", Spot("apple", 1)),
        ("BACK", Spot("apple", 1), "<submenu> 1\n11 apple\n12 pear\n<submenu-end>", None),
        ("BACK", Spot("salt", 1), "<menu>\n1 fruit\n2 salt\n<menu-end>", None),
        ("BACK", None, "<menu>\n1 fruit\n2 salt\n<menu-end>", None),
        ("MENU", Spot("apple", 1), "<menu>\n1 fruit\n2 salt\n<menu-end>", None),
        ("KEYS", Spot("apple", 1), "<keys>", None),
        ("aples", None, "<did-you-mean> 11 APPLES", None),
        ("xyzzy", None, "<unclear>\n1 fruit\n2 salt\n<menu-end>", None),
        ("STOP", Spot("apple", 1), None, None),
    ],
)
def test_take_text(written, at, text, there):
    reply = take_text(LIBRARY, Texted(written, at))
    assert (reply.text, reply.at) == (text, there)


@pytest.mark.parametrize(
    ("written", "left_to_carrier", "answered_by_line", "act"),
    [
        ("STOP", None, "<stopped>", Act.STOP),
        ("unsubscribe", None, "<stopped>", Act.STOP),
        ("leave off", "<stopped>", "<stopped>", Act.STOP),
        ("START", None, "<started>", Act.START),
        ("HELP", None, "<help>", None),
    ],
)
def test_who_answers_the_carrier_words(written, left_to_carrier, answered_by_line, act):
    assert take_text(LIBRARY, Texted(written)) == TextReply(left_to_carrier, None, act)
    assert take_text(LIBRARY, Texted(written), answers_carrier_words=True) == TextReply(answered_by_line, None, act)


@pytest.mark.parametrize(("written", "act"), [("ring me", Act.CALL), ("wipe me", Act.FORGET)])
def test_what_has_to_be_done_first_is_answered_later(written, act):
    assert take_text(LIBRARY, Texted(written)).act is act
    assert take_text(LIBRARY, Texted(written)).text is None


@pytest.mark.parametrize(
    ("outcome", "phrase"),
    [
        (Outcome.SENT, "<calling>"),
        (Outcome.TOO_MANY, "<called-often>"),
        (Outcome.WITHHELD, "<no-calls>"),
        (Outcome.FAILED, "<not-called>"),
        (Outcome.NO_CREDIT, "<not-called>"),
    ],
)
def test_what_became_of_a_call(outcome, phrase):
    assert called(LIBRARY, outcome).text == phrase


def test_what_a_caller_is_texted():
    assert text_of(LIBRARY, Spot("apple", 2)) == take_text(LIBRARY, Texted("AGAIN", Spot("apple", 2))).text
    assert text_of(LIBRARY, Spot("fruit")) == "<keys>"
    assert text_of(replace(LIBRARY, can_text=True), Spot("fruit")) == "<keys-with-texts>"


@given(
    st.text(max_size=200), st.one_of(st.none(), st.builds(Spot, st.sampled_from(["apple", "gone"]), st.integers(0, 5)))
)
def test_every_text_gets_a_plain_short_answer(written, at):
    reply = take_text(LIBRARY, Texted(written, at))
    if reply.text is not None:
        assert 0 < (gsm_units(reply.text) or 0) <= 306
