"""Where words of the line stand in its content, for whoever shows it; the phone itself cannot know."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias


@dataclass(frozen=True)
class Origin:
    """`part`: where in the file, such as `segment 2`. `language`: what the words are in, such as `es-US`."""

    file: str
    part: str
    language: str = field(default="", compare=False)


FindOrigins: TypeAlias = Callable[[Sequence[str]], Sequence[Origin | None]]
"""An origin, or None, for each stretch of words that were heard or read one after the other."""


def unknown(words: Sequence[str]) -> Sequence[None]:
    return [None] * len(words)
