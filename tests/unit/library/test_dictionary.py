"""The real words of a language: what a word has to be to be left as it was written."""

import gzip
from random import Random
from string import ascii_lowercase

import pytest

from ivr.library.dictionary import (
    BITS_FILE,
    FILE,
    Dictionary,
    dictionary_of,
    filter_of,
    packed,
    read_dictionary,
    with_checksum,
)
from ivr.listening.normalise import folded
from ivr.settings import CONTENT
from tools import spanish
from tools.dictionaries import COMMON, RARE, real_words


@pytest.fixture(scope="module")
def english():
    return read_dictionary(CONTENT / "en")


@pytest.mark.parametrize(
    "word", ["rain", "says", "rays", "tumor", "cancer", "week", "weak", "wince", "albright", "bacteriostasis", "leeks"]
)
def test_real_words_are_left_as_they_are(english, word):
    assert word in english


@pytest.mark.parametrize("word", ["spinel", "cantu", "recieve", "pian", "diseuse", "angl", "tevere", "breth", ""])
def test_what_is_more_likely_a_mistake_is_no_real_word(english, word):
    assert word not in english


def test_all_words_are_written_as_texts_are_read():
    words = gzip.decompress((CONTENT / "en" / FILE).read_bytes()).decode().split("\n")
    assert words == sorted(set(words))
    assert all(word.isalpha() and folded(word) == word for word in words)
    assert len(words) > 50_000


def test_words_that_are_often_seen_are_among_the_real_ones(english):
    words = english.words()
    assert {"rain", "wince"} <= set(words)
    assert "bacteriostasis" not in words
    assert all(word in english for word in words[::50])


def test_few_that_are_no_words_pass_for_words(english):
    letters = Random(31)
    made = ["".join(letters.choices(ascii_lowercase, k=9)) for _ in range(2000)]
    assert sum(word in english for word in made) < 0.05 * len(made)


def test_a_rare_word_beside_a_common_one_is_taken_for_a_mistake():
    counts = {"spinal": COMMON, "spinel": RARE, "spinels": RARE, "spiral": RARE + 1, "quartz": RARE}
    assert real_words(counts, set()) == ({"spinal", "spiral"}, {"quartz", "spinels"})


def test_a_form_of_a_common_word_is_no_mistake_beside_another():
    counts = {"rompe": COMMON, "romper": COMMON}
    assert real_words(counts, {"rompes", "rompe"}) == ({"rompe", "romper"}, {"rompes"})


@pytest.mark.parametrize(
    ("word", "forms"),
    [
        ("levantar", {"levantarme", "levante", "levantaba", "levantandose", "levantate"}),
        ("quebrar", {"quiebra", "quebro", "quebraria"}),
        ("dormir", {"duermen", "dormidas", "durmiendo"}),
        ("decir", {"dijeron", "diria", "decirle"}),
        ("pierna", {"piernas", "piernita"}),
        ("debil", {"debiles"}),
        ("luz", {"luces"}),
    ],
)
def test_forms_of_spanish_words(word, forms):
    assert forms <= spanish.forms_of({word: COMMON})


def test_a_language_without_a_list_has_no_real_words(tmp_path):
    assert read_dictionary(tmp_path) == Dictionary() == dictionary_of([])


@pytest.mark.parametrize(
    "written",
    [b"", b"no gzip", gzip.compress(b"\xff"), gzip.compress(b"a\nb")[:-4]],
    ids=["empty", "another format", "not text", "cut short"],
)
def test_a_damaged_list_is_named(tmp_path, written):
    (tmp_path / FILE).write_bytes(written)
    with pytest.raises(ValueError, match=FILE):
        read_dictionary(tmp_path)


def test_the_bits_hold_words_that_are_seldom_seen(tmp_path):
    (tmp_path / FILE).write_bytes(packed(["rain"]))
    (tmp_path / BITS_FILE).write_bytes(with_checksum(filter_of(["rain", "spinet"])))
    found = read_dictionary(tmp_path)
    assert found.words() == ["rain"]
    assert [word for word in ("rain", "spinet", "pian") if word in found] == ["rain", "spinet"]


@pytest.mark.parametrize(
    "written", [b"", b"bits", with_checksum(b"abcdef")[:-1]], ids=["empty", "no bits", "cut short"]
)
def test_damaged_bits_are_named(tmp_path, written):
    (tmp_path / FILE).write_bytes(packed(["rain"]))
    (tmp_path / BITS_FILE).write_bytes(written)
    with pytest.raises(ValueError, match=BITS_FILE):
        read_dictionary(tmp_path)
