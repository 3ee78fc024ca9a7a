"""What the recogniser makes of passages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tools.hear.compare import NO_ERRORS, Errors, errors, missed
from tools.hear.recogniser import Recogniser
from tools.hear.sound import Sound


@dataclass(frozen=True, slots=True)
class Passage:
    """Words, and their sound: not longer than the recogniser hears in one go."""

    words: str
    sound: Sound


@dataclass(frozen=True, slots=True)
class Heard:
    """`text`: what was written down."""

    errors: Errors
    missed: tuple[str, ...]
    text: str


def listen(recogniser: Recogniser, passages: Sequence[Passage], signs: Iterable[str] = ()) -> Heard:
    texts = [recogniser.heard(passage.sound) for passage in passages]
    said, text = " ".join(passage.words for passage in passages), " ".join(texts)
    language = recogniser.language
    wrong = sum((errors(one.words, heard, language) for one, heard in zip(passages, texts, strict=True)), NO_ERRORS)
    return Heard(wrong, tuple(missed(signs, said, text, language)), text)
