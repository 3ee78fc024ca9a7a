"""Which words of a text that was not understood are worth counting."""

import pytest
from answered import answered
from hypothesis import given
from hypothesis import strategies as st

from ivr.dialogue.unknown import unknown_words
from ivr.model import Understanding


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("Blorptastic", ("BLORPTASTIC",)),
        ("blorptastic, BLORPTASTIC!", ("BLORPTASTIC",)),
        ("Ærøskøbing zürichzee", ("ÆRØSKØBING", "ZURICHZEE")),
        ("what is the radiation and surgery please", ()),
        ("2025550143 202-555-0143 a1b2c3 five five five", ()),
        ("\u0662\u0660\u0662\u0665 \u00b2 \uff12\uff10\uff12 x\u00b2yzzy", ()),
        ("ab " + "z" * 21, ()),
        ("qaxa qbxb qcxc qdxd qexe qfxf", ("QAXA", "QBXB", "QCXC", "QDXD", "QEXE")),
        ("blorptaaaastic", ("BLORPTAASTIC",)),
    ],
)
def test_unknown_words(content, written, words):
    assert unknown_words(content.libraries["en"], written) == words


@given(st.text())
def test_no_digit_gets_through(content, written):
    assert not any(sign.isdigit() for word in unknown_words(content.libraries["en"], written) for sign in word)


def test_only_a_text_that_was_not_understood_has_any(content):
    library = content.libraries["en"]
    unclear, asked = (answered(library, words, None) for words in ("blorptastic", "radiatoin blorptastic"))
    assert unclear.understanding is Understanding.UNCLEAR
    assert unclear.unknown == ("BLORPTASTIC",)
    assert asked.understanding is not Understanding.UNCLEAR
    assert asked.unknown == ()
