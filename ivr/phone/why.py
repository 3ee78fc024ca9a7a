"""How a text was read, and why, for whoever displays it beside the text; the phone itself cannot know."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True)
class Remark:
    """One thing about how a text was read. `about`: what kind of remark it is, such as `Corrected`. `places`: the
    places in content that it rests on, each as `path:line: pattern`."""

    about: str
    told: str
    places: tuple[str, ...] = ()


TellWhy: TypeAlias = Callable[[str, str], Sequence[Remark]]
"""How a text was read, from the number it came from and its words."""


def untold(_number: str, _words: str) -> Sequence[Remark]:
    return ()
