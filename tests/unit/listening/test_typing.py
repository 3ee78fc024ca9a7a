"""L8: a typing mistake in a word loses almost nothing. And the mistakes are such as people make."""

from dataclasses import replace
from random import Random

import pytest
from listening.mistakes import SHORTEST, WORD, with_mistake
from listening.scored import FOLDER, Verdict, rows_of, score
from rapidfuzz.distance import OSA

MOST_LOST = 0.08
SEED = 8
UNDERSTOOD = {Verdict.RIGHT, Verdict.RIGHT_QUESTION}


@pytest.fixture(scope="module")
def pairs():
    """Every fourth row as it was written and with a mistake."""
    random = Random(SEED)
    rows = [row for path in sorted((FOLDER / "en").glob("tuned*.tsv")) for row in rows_of(path)]
    return [(row, replace(row, text=text)) for row in rows[::4] if (text := with_mistake(row.text, random))]


def test_a_typing_mistake_loses_almost_nothing(content, pairs):
    library = content.libraries["en"]
    before = list(score(library, (row for row, _ in pairs)))
    after = list(score(library, (row for _, row in pairs)))
    understood = [(one, other) for one, other in zip(before, after, strict=True) if one.verdict in UNDERSTOOD]
    lost = [other for _, other in understood if other.verdict not in UNDERSTOOD]
    right = [(one, other) for one, other in understood if one.verdict == Verdict.RIGHT]
    asked = [other for _, other in right if other.verdict != Verdict.RIGHT]
    told = (
        f"of {len(understood)} understood {len(lost)} are lost, "
        f"of {len(right)} answered rightly {len(asked)} no longer are: "
        + "; ".join(f"{one.row.text!r} {one.verdict}" for one in lost[:20])
    )
    assert len(understood) > 1000
    assert len(lost) <= MOST_LOST * len(understood), told
    assert len(asked) <= MOST_LOST * len(right), told


def test_each_mistake_is_one(pairs):
    for written, mistaken in pairs:
        assert OSA.distance(written.text, mistaken.text) == 1, mistaken.text


def test_a_text_of_short_words_has_no_mistake():
    assert with_mistake("my leg is it ok?", Random(SEED)) is None
    assert all(len(found.group()) >= SHORTEST for found in WORD.finditer("my legs are week, 1234567"))
