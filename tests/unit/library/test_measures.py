"""What is measured of a sentence: seconds, grade, ease of listening, signs and fragments."""

import gsm0338
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from ivr.library.measures import fragments, gsm_units, sentences, speaking_seconds, words
from ivr.library.reading import grade, listening_load
from ivr.phone.fragments import count_fragments


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", []),
        ("   ", []),
        ("One", ["One"]),
        ("One.", ["One."]),
        ("One. Two! Three?", ["One.", "Two!", "Three?"]),
        ("One.\nTwo.", ["One.", "Two."]),
        ("  One.   Two.  ", ["One.", "Two."]),
        ("At 9.30 or 1,5.", ["At 9.30 or 1,5."]),
        ("Here it is: one; two, three.", ["Here it is: one; two, three."]),
        ("Well... It is.", ["Well...", "It is."]),
    ],
)
def test_sentences(text, parts):
    assert sentences(text) == parts


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", 0),
        ("One.", 0.4 + 0.35),
        ("One", 0.4 + 0.35),
        ("One two three four five.", 2.0 + 0.35),
        ("One. Two.", 0.8 + 0.7),
        ("One two? Three!", 1.2 + 0.7),
        ("word " * 150, 60 + 0.35),
    ],
)
def test_seconds_are_150_words_a_minute_and_a_breath_a_sentence(text, expected):
    assert speaking_seconds(text) == pytest.approx(expected)


@given(st.lists(st.sampled_from(["one", "two.", "three,", "four?", "  "])), st.sampled_from(["five", "six."]))
def test_more_words_never_take_less_time(some, more):
    assert speaking_seconds(" ".join([*some, more])) > speaking_seconds(" ".join(some))


# --- reading -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "terms", "as_if"),
    [
        ("We treat it with chemotherapy here.", ["chemotherapy"], "We treat it with body here."),
        ("Chemotherapy is a drug for you.", ["chemotherapy"], "Body is a drug for you."),
        ("External radiation therapy is given here.", ["external radiation therapy"], "Body is given here."),
        (
            "Hormone therapy is not hormone or therapy.",
            ["hormone", "hormone therapy"],
            "Body is not body or therapy.",
        ),
        ("All the surgery and resurgery we do.", ["surgery"], "All the body and resurgery we do."),
        ("We treat it with chemotherapy here.", [], "We treat it with chemotherapy here."),
        ("Nothing of that is in here.", ["a.b", "(c", "\\d"], "Nothing of that is in here."),
        ("A.B is what it says here.", ["a.b"], "body is what it says here."),
    ],
)
def test_explained_words_are_graded_as_plain_ones(text, terms, as_if):
    assert grade(text, terms) == pytest.approx(grade(as_if))
    assert grade(text, reversed(terms)) == pytest.approx(grade(as_if))


@pytest.mark.parametrize(
    ("easier", "harder"),
    [
        ("The cat sat on the mat.", "The animal occupied a comfortable position."),
        ("I see the cat. It sees me now.", "I see the cat and it sees me now."),
        ("We can treat it with drugs.", "We can treat it with chemotherapy."),
    ],
)
def test_short_words_and_sentences_have_a_lower_grade(easier, harder):
    assert grade(easier) < grade(harder)


@pytest.mark.parametrize(
    ("text", "words_", "syllables", "sentences_"),
    [
        ("The cat sat on the mat.", 6, 6, 1),
        ("Yes. The cat sat on the mat.", 7, 7, 2),
        ("Sit. Stay. Go on! Who? The cat sat.", 8, 8, 5),
        ("Water, water.", 2, 4, 1),
        ("Water, and more water.", 4, 6, 1),
        ("- Call 9 1 1 . -", 4, 4, 1),
        ("At 9.30 it is so.", 5, 5, 1),
    ],
)
def test_the_grade_is_flesch_and_kincaids(text, words_, syllables, sentences_):
    assert grade(text) == pytest.approx(0.39 * words_ / sentences_ + 11.8 * syllables / words_ - 15.59)


@pytest.mark.parametrize("text", ["", "  ", "...", "?! - "])
def test_nothing_has_no_grade(text):
    assert grade(text) == 0


@pytest.mark.parametrize("short", ["Go.", "Go on.", "Who?"])
def test_a_short_sentence_more_makes_nothing_harder(short):
    assert grade(f"{short} The cat sat on the mat. {short}") < grade("The cat sat on the mat.")


@pytest.mark.parametrize(
    ("sentence", "load"),
    [
        ("", 0),
        ("The cat sat.", 0),
        ("Water.", 1),
        ("WATER!", 1),
        ("Bananas and water.", 3),
        ("whole-body", 1),
        ("Press 1, then 2345.", 0),
        ("\u201cWater\u201d (water), water;", 3),
        ("It's, don't, can't.", 0),
        ("' '' - . ?", 0),
    ],
)
def test_listening_load_counts_syllables_above_one_a_word(sentence, load):
    assert listening_load(sentence) == load


@pytest.mark.parametrize(("text", "count"), [("", 0), ("  a  b\nc ", 3), ("whole-body, it's.", 2)])
def test_words(text, count):
    assert len(words(text)) == count


# --- texts -------------------------------------------------------------------------------------------------------

PLAIN = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡AZÄÖÑÜ§¿azäöñüà"
EXTENSION = "\f^{}\\[~]|€"


@pytest.mark.parametrize("sign", PLAIN, ids=ascii)
def test_a_plain_sign_is_one_unit(sign):
    assert gsm_units(sign) == 1


@pytest.mark.parametrize("sign", EXTENSION, ids=ascii)
def test_an_extension_sign_is_two_units(sign):
    assert gsm_units(sign) == 2


@pytest.mark.parametrize("sign", "\u2019\u2018\u201c\u2013\u2026\u00a0`áíóúç骨\t\U0001f600\u0301\u200b", ids=ascii)
def test_any_other_sign_is_not_plain(sign):
    assert gsm_units(sign) is None
    assert gsm_units(f"plain {sign}") is None


def test_every_character_has_the_units_that_the_library_of_the_alphabet_gives_it():
    codec, every = gsm0338.Codec(), [*map(chr, range(0x10000)), "\U0001f600", "\U0010ffff"]
    known = [one for one in every if codec.encode(one, "ignore")[0]]
    assert len(known) == 138
    assert [one for one in every if gsm_units(one) is not None] == known
    assert [gsm_units(one) for one in known] == [len(codec.encode(one)[0]) for one in known]


@pytest.mark.parametrize(("text", "units"), [("", 0), ("plain", 5), ("a€b", 4), ("[a]\n", 6)])
def test_units_add_up(text, units):
    assert gsm_units(text) == units


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 1),
        ("a", 1),
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("a" * 306, 2),
        ("a" * 307, 3),
        ("a" * 459, 3),
        ("a" * 460, 4),
        ("€" * 80, 1),
        ("€" * 80 + "a", 2),
        ("a" * 158 + "€", 1),
        ("a" * 159 + "€", 2),
        ("€" * 152, 2),
        ("€" * 153, 3),
        ("a" * 152 + "€" + "a" * 151, 2),
        ("a" * 152 + "€" + "a" * 152, 3),
        ("a" * 151 + "€" + "a" * 153, 2),
        ("\u2019" * 70, 1),
        ("\u2019" * 71, 2),
        ("a" * 69 + "\u2019", 1),
        ("a" * 70 + "\u2019", 2),
        ("\u2019" * 134, 2),
        ("\u2019" * 135, 3),
        ("\U0001f600" * 35, 1),
        ("\U0001f600" * 36, 2),
        ("\U0001f600" * 66, 2),
        ("\U0001f600" * 67, 3),
        ("a" * 66 + "\U0001f600" + "a" * 65, 2),
        ("a" * 66 + "\U0001f600" + "a" * 66, 3),
        ("\u2019" + "€" * 69, 1),
        ("\ud800", 1),
        ("a" * 69 + "\ud800", 1),
        ("a" * 70 + "\udfff", 2),
    ],
    ids=lambda value: f"{len(value)} signs, {value[:1]!a} to {value[-1:]!a}" if isinstance(value, str) else None,
)
def test_fragments(text, count):
    assert fragments(text) == count


texts = st.lists(st.sampled_from(["a" * 50, "a" * 7, "a", "€", "[", "\u2019", "\U0001f600", "\n"]), max_size=40).map(
    "".join
)


@given(st.text(st.characters(codec=None)))
def test_any_text_has_fragments(text):
    assert fragments(text) >= 1


@given(texts | st.text())
def test_fragments_are_counted_as_the_phone_counts_them(text):
    assert fragments(text) == count_fragments(text).count


@given(texts, st.sampled_from(["a", "€", "\u2019", "\U0001f600"]))
def test_one_more_sign_never_makes_fewer_fragments(text, sign):
    assert fragments(text) <= fragments(text + sign)


@given(texts)
def test_plain_texts_of_two_fragments_have_306_units_at_most(text):
    assume(gsm_units(text) is not None)
    if fragments(text) <= 2:
        assert gsm_units(text) <= 306
    if gsm_units(text) <= 160:
        assert fragments(text) == 1
