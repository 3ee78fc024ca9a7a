"""Trains content/<language>/likeness.json.gz, the small model of words: `make likeness`.

A text's features are weighted by how rare they are (inverse document frequency) and scaled to about the same length; a
linear classifier learns one weight for each feature and label (multinomial logistic regression). What the words of a
text mean (`tools/vectors.py`) is added up beside them, so that words that are in no table weigh as those of like
meaning. The file holds weights as whole numbers, those of a word's pieces and of its meaning added up beforehand.
docs/decisions/030-* says what the model may do.
"""

from __future__ import annotations

import gzip
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import log
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, diags, hstack
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from ivr.library.library import Library
from ivr.library.likeness import FILE, LEAST_RARITY, MOST_RARITY, MOST_WEIGHT, RARITY, SCALE, pairs, pieces
from ivr.library.load import content_of
from ivr.listening.classes import is_class
from ivr.listening.listening import listening_of
from ivr.listening.normalise import split_words
from ivr.listening.reading import with_spelling_mended
from ivr.settings import CONTENT, DEFAULT_HELPLINE
from tools.tables import FEWEST, MEANING, STRENGTH, VECTORS, Labelled, digest, labelled

HUNDRED = 100.0
"""What 1 is in the numbers for what words mean."""
PRECISE = 1e-6
"""Where training ends: so near the optimum that other processors come to the same whole numbers."""
PAIR = {" ", "_"}
"""What stands between the words of a pair."""
LONGEST = 5000
"""Steps of training."""


def trained(library: Library, texts: list[Labelled]) -> dict[str, object]:
    """The model as its file holds it."""
    words = _words(library, texts)
    vectorizer = DictVectorizer()
    counted = vectorizer.fit_transform([_counted(*one) for one in words])
    texts_with = np.asarray((counted > 0).sum(axis=0)).ravel()
    kept = np.flatnonzero(texts_with >= FEWEST)
    rarity = np.log(len(texts) / texts_with[kept])
    meaning = _Meaning(library.language.tag, [one for one, _ in words])
    rows = _scaled(counted[:, kept], rarity, meaning.of_texts([one for one, _ in words]))
    model = LogisticRegression(C=STRENGTH, class_weight="balanced", tol=PRECISE, max_iter=LONGEST)
    model.fit(rows, [one.label for one in texts])
    names = vectorizer.get_feature_names_out()[kept]
    weights = dict(zip(map(str, names), (model.coef_[:, : len(kept)] * rarity).T, strict=True))
    squares = dict(zip(map(str, names), rarity**2, strict=True))
    of_meaning = model.coef_[:, len(kept) :]
    return {
        "made_from": digest(library, texts),
        "texts": len(texts),
        "labels": model.classes_.tolist(),
        "bias": model.intercept_.round(3).tolist(),
        "weights": {
            **dict(_whole_words(meaning, weights, squares, of_meaning)),
            **{name: _whole(squares[name], of) for name, of in weights.items() if name[0] == "[" or PAIR & {*name}},
        },
    }


Words = tuple[str, ...]


def _words(library: Library, texts: Iterable[Labelled]) -> list[tuple[Words, Words]]:
    """For each text as the line reads it, with its spelling corrected: its words and the classes in it."""
    listening = listening_of(library)
    read = (with_spelling_mended(listening, split_words(one.text)) for one in texts)
    return [(text.words, tuple(filter(is_class, listening.symbols.ground(text).places))) for text in read]


def _counted(words: Words, classes: Words) -> dict[str, float]:
    """The features of a text; the pieces of words count as often as they stand there."""
    return {
        **Counter(piece for word in words for piece in pieces(word)),
        **dict.fromkeys((*pairs(words), *classes), 1.0),
    }


def _scaled(counted: csr_matrix, rarity: NDArray[np.float64], meaning: NDArray[np.float64]) -> csr_matrix:
    """Weighs each row by how rare the features in its text are."""
    sizes = np.sqrt(np.maximum(counted @ rarity**2, LEAST_RARITY))
    return hstack([diags(1 / sizes) @ counted @ diags(rarity), meaning / sizes[:, None]]).tocsr()


class _Meaning:
    """What words mean as numbers, weighted by how rare each is in the tables. Of a language without such numbers,
    words have none, and only those of the tables are known."""

    def __init__(self, tag: str, texts: Sequence[Words]) -> None:
        path = VECTORS / f"{tag}.npz"
        self.vectors = dict[str, NDArray[np.float64]]()
        self.size = 0
        counts = Counter(word for words in texts for word in set(words))
        self.words = sorted(counts)
        if path.exists():
            held = np.load(path)
            self.size = held["vectors"].shape[1]
            rare = (MEANING / HUNDRED * log(len(texts) / counts.get(str(word), 1)) for word in held["words"])
            scaled = zip(held["words"], rare, held["vectors"], strict=True)
            self.vectors = {str(word): factor * vector.astype(np.float64) for word, factor, vector in scaled}
            self.words = sorted({*counts, *self.vectors})

    def of(self, word: str) -> NDArray[np.float64]:
        return self.vectors.get(word, np.zeros(self.size))

    def of_texts(self, texts: Iterable[Words]) -> NDArray[np.float64]:
        return np.array([sum((self.of(word) for word in words), np.zeros(self.size)) for words in texts])


def _whole_words(
    meaning: _Meaning,
    weights: Mapping[str, NDArray[np.float64]],
    squares: Mapping[str, float],
    of_meaning: NDArray[np.float64],
) -> Iterator[tuple[str, list[int]]]:
    """For each word, the sum of the weights of its pieces and of its meaning."""
    for word in meaning.words:
        known = [piece for piece in pieces(word) if piece in weights]
        weighed = sum((weights[piece] for piece in known), of_meaning @ meaning.of(word))
        if known or word in meaning.vectors:
            yield word, _whole(sum(squares[piece] for piece in known), weighed)


def _whole(square: float, weighed: NDArray[np.float64]) -> list[int]:
    weights = np.rint(weighed * SCALE).clip(-MOST_WEIGHT, MOST_WEIGHT).astype(int)
    return [min(round(square / RARITY), MOST_RARITY), *weights.tolist()]


def write(folder: Path, model: dict[str, object]) -> int:
    """Bytes written."""
    text = json.dumps(model, separators=(",", ":"), ensure_ascii=False)
    return (folder / FILE).write_bytes(gzip.compress(text.encode(), compresslevel=9, mtime=0))


def main() -> None:
    for tag, library in content_of(CONTENT, DEFAULT_HELPLINE).libraries.items():
        texts = labelled(library)
        if texts:
            size = write(CONTENT / tag, trained(library, texts))
            print(f"{tag}: trained from {len(texts):,} texts, {size:,} bytes")


if __name__ == "__main__":
    main()
