"""The small model of words belongs to its tables, and says what it was made from."""

import gzip
import json
from dataclasses import replace

import pytest

from ivr.library.likeness import ENOUGH, FILE, MOST_RARITY, MOST_WEIGHT, Likeness, read_likeness
from ivr.listening.classes import is_class
from ivr.listening.listening import listening_of
from ivr.listening.normalise import split_words
from ivr.listening.understand import understand
from ivr.model import Position
from ivr.settings import CONTENT
from tools.tables import Labelled, digest, labelled


@pytest.fixture(scope="module")
def library(content):
    return content.libraries["en"]


@pytest.fixture(scope="module")
def texts(library):
    return labelled(library)


@pytest.fixture(scope="module")
def written():
    return json.loads(gzip.decompress((CONTENT / "en" / FILE).read_bytes()))


def test_the_model_was_made_from_the_tables_as_they_are(library, texts, written):
    assert written["made_from"] == digest(library, texts), (
        "The tables, the names of word classes or the features have changed since the model was trained: run `make "
        "likeness` and commit content/en/likeness.json.gz."
    )


def test_the_spanish_model_was_made_from_the_tables_as_they_are(content):
    spanish = content.libraries["es"]
    written = json.loads(gzip.decompress((CONTENT / "es" / FILE).read_bytes()))
    assert (written["made_from"], written["texts"]) == (digest(spanish, labelled(spanish)), len(labelled(spanish))), (
        "Run `make likeness` and commit content/es/likeness.json.gz."
    )


def test_a_model_of_few_texts_is_believed_less_beside_patterns(library, texts):
    listening = listening_of(library)
    of_few = replace(listening, likeness=replace(listening.likeness, texts=ENOUGH // 10))
    assert (listening.likeness.doubt, of_few.likeness.doubt) == (1, 10)
    standing = [sum(understand(of, one.text).unaided is None for one in texts[:600]) for of in (listening, of_few)]
    assert standing[1] > standing[0], "what patterns found stands more often"


def test_the_model_knows_each_thing_that_the_tables_want(texts, written):
    assert written["labels"] == sorted({one.label for one in texts})
    assert all(len(weights) == len(written["labels"]) for _, *weights in written["weights"].values())


def test_every_number_fits_its_row(written):
    for rarity, *weights in written["weights"].values():
        assert 0 <= rarity <= MOST_RARITY
        assert all(abs(weight) <= MOST_WEIGHT for weight in weights)


def test_a_label_is_the_name_of_what_is_brought(library, texts):
    labels = {one.label for one in texts}
    assert {"danger-spine", "despair", "goals.1", "whole-body.1", "types", "none", "lacks", "stop"} <= labels
    named = {label for label in labels if "." in label}
    assert all(library.segment(position_of(label)) for label in named)


def position_of(label):
    name, _, part = label.partition(".")
    return Position(name, int(part))


def test_another_text_is_another_model(library, texts):
    now = digest(library, texts)
    assert digest(library, [*texts, Labelled("my legs gave way", "danger-spine")]) != now
    assert digest(library, [replace(texts[0], label="none"), *texts[1:]]) != now
    assert digest(library, texts[::-1]) != now


def test_a_new_class_is_another_model_and_a_new_pattern_is_not(library, texts):
    now = digest(library, texts)
    assert digest(changed(library, "classes", "a-new-class"), texts) != now
    assert digest(changed(library, "danger-spine", "a new section"), texts) == now


def changed(library, file, section):
    document = library.listening[file]
    sections = {**document.sections, section: next(iter(document.sections.values()))}
    return replace(library, listening={**library.listening, file: replace(document, sections=sections)})


def test_danger_is_likelier_in_a_text_like_danger(library, written):
    text = split_words("my legs are going numb since this morning")
    classes = filter(is_class, listening_of(library).symbols.ground(text).places)
    ranked = dict(library.likeness.ranked(text.words, classes))
    assert sum(ranked.values()) == pytest.approx(1)
    assert max(ranked, key=ranked.get) == "danger-spine"
    assert set(ranked) == set(written["labels"])


def test_words_of_no_table_are_known_too(texts, written):
    """By their meaning: `tools/vectors.py`."""
    seen = {word for one in texts for word in split_words(one.text).words}
    assert len({word for word in written["weights"] if word.isalpha()} - seen) > 1000


def test_a_text_that_is_as_long_as_can_be_is_like_others():
    """So many features are added up as the numbers have room for."""
    model = read_likeness(CONTENT / "en")
    ranked = dict(model.ranked(("radiation", "for", "one", "sore", "spot") * 80, ()))
    assert sum(ranked.values()) == pytest.approx(1)
    assert max(ranked, key=ranked.get) == "one-area.1"


def test_without_a_model_nothing_is_likely(tmp_path):
    assert read_likeness(tmp_path).ranked(("numb",), ()) == Likeness().ranked(("numb",), ()) == []


@pytest.mark.parametrize(
    "packed",
    [b"", b"no gzip", gzip.compress(b"{}"), gzip.compress(b'{"labels": 1}')[:-4]],
    ids=["empty", "another format", "nothing in it", "cut short"],
)
def test_a_damaged_model_is_named(tmp_path, packed):
    (tmp_path / FILE).write_bytes(packed)
    with pytest.raises(ValueError, match=FILE):
        read_likeness(tmp_path)
