"""Where in the content the line's words come from, for whoever displays it; the phone itself cannot know."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias


@dataclass(frozen=True)
class Origin:
    """`part`: where in the file, such as `segment 2`. `language`: the language of the words, such as `es-US`."""

    file: str
    part: str
    language: str = field(default="", compare=False)


FindOrigins: TypeAlias = Callable[[Sequence[str]], Sequence[Origin | None]]
"""For stretches of words that were heard or read in a row: an origin, or None, for each."""


def unknown(words: Sequence[str]) -> Sequence[None]:
    return [None] * len(words)
