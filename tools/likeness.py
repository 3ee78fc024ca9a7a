"""Trains content/<language>/likeness.json.gz, the small model of words: `make likeness`.

A text's features are weighted by how rare they are (inverse document frequency) and scaled to length 1; a linear
classifier learns one weight for each feature and label (multinomial logistic regression). The file holds weights as
whole numbers. docs/decisions/030-* says what the model may do.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix, diags
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import normalize

from ivr.library.library import Library
from ivr.library.likeness import FILE, MOST_RARITY, MOST_WEIGHT, SCALE, features
from ivr.library.load import content_of
from ivr.listening.classes import is_class
from ivr.listening.listening import listening_of
from ivr.listening.normalise import text_of
from ivr.listening.reading import spelled
from ivr.settings import CONTENT, DEFAULT_HELPLINE
from tools.tables import FEWEST, STRENGTH, Labelled, digest, labelled

PRECISE = 1e-6
"""Where training ends: so near the optimum that other processors come to the same whole numbers."""
LONGEST = 5000
"""Steps of training."""


def trained(library: Library, texts: list[Labelled]) -> dict[str, object]:
    """The model as its file holds it."""
    vectorizer = DictVectorizer()
    seen = vectorizer.fit_transform(_features(library, texts))
    counts = np.asarray(seen.sum(axis=0)).ravel()
    kept = np.flatnonzero(counts >= FEWEST)
    rarity = np.log(len(texts) / counts[kept])
    model = _fitted(seen[:, kept] @ diags(rarity), [one.label for one in texts])
    weights = np.rint(model.coef_ * rarity * SCALE).clip(-MOST_WEIGHT, MOST_WEIGHT).astype(int)
    squares = np.rint(rarity**2).clip(0, MOST_RARITY).astype(int)
    names = vectorizer.get_feature_names_out()[kept]
    return {
        "made_from": digest(library, texts),
        "labels": model.classes_.tolist(),
        "bias": model.intercept_.round(3).tolist(),
        "weights": {
            str(name): [int(square), *column.tolist()]
            for name, square, column in zip(names, squares, weights.T, strict=True)
        },
    }


def _features(library: Library, texts: Iterable[Labelled]) -> list[dict[str, float]]:
    """Of each text as the line reads it, spelling mended."""
    listening = listening_of(library)
    found = []
    for one in texts:
        text = spelled(listening, text_of(one.text))
        classes = filter(is_class, listening.symbols.ground(text).places)
        found.append(dict.fromkeys(features(text.words, classes), 1.0))
    return found


def _fitted(weighted: csr_matrix, labels: list[str]) -> LogisticRegression:
    model = LogisticRegression(C=STRENGTH, class_weight="balanced", tol=PRECISE, max_iter=LONGEST)
    return model.fit(normalize(weighted), labels)


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
