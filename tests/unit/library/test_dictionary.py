"""The real words of a language: what a word has to be to be left as it was written."""

import gzip

import pytest

from ivr.library.dictionary import FILE, Dictionary, dictionary_of, read_dictionary
from ivr.listening.normalise import plain
from ivr.settings import CONTENT
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
    assert all(word.isalpha() and plain(word) == word for word in words)
    assert len(words) > 100_000


def test_a_rare_word_beside_a_common_one_is_taken_for_a_mistake():
    counts = {"spinal": COMMON, "spinel": RARE, "spinels": RARE, "spiral": RARE + 1, "quartz": RARE}
    assert real_words(counts) == ["quartz", "spinal", "spinels", "spiral"]


def test_a_language_without_a_list_has_no_real_words(tmp_path):
    assert read_dictionary(tmp_path) == Dictionary() == dictionary_of([])


@pytest.mark.parametrize(
    "packed",
    [b"", b"no gzip", gzip.compress(b"\xff"), gzip.compress(b"a\nb")[:-4]],
    ids=["empty", "another format", "not text", "cut short"],
)
def test_a_damaged_list_is_named(tmp_path, packed):
    (tmp_path / FILE).write_bytes(packed)
    with pytest.raises(ValueError, match=FILE):
        read_dictionary(tmp_path)
