"""What a text means and what is written back, with a toy library; real words are walked in tests/web."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from toy import LIBRARIES

from ivr.dialogue.keywords import LeftToCarrier, Move, Near, Unclear, normalised, understand
from ivr.dialogue.text import take_text
from ivr.library.measures import gsm_units
from ivr.model import Spot, Texted

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
        ("stop", LeftToCarrier()),
        ("Stop.", LeftToCarrier()),
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
        ("tell me it all", Unclear()),
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


@given(
    st.text(max_size=200), st.one_of(st.none(), st.builds(Spot, st.sampled_from(["apple", "gone"]), st.integers(0, 5)))
)
def test_every_text_gets_a_plain_short_answer(written, at):
    reply = take_text(LIBRARY, Texted(written, at))
    if reply.text is not None:
        assert 0 < (gsm_units(reply.text) or 0) <= 306
