"""What a text can mean."""

from __future__ import annotations

from dataclasses import dataclass

from ivr.model import Move, Spot

__all__ = ["CarrierWord", "Meaning", "Move", "Near", "Unclear"]


@dataclass(frozen=True, slots=True)
class Near:
    """Perhaps this word was meant; to be asked, never assumed. It leads to a spot, or is the word of a move."""

    word: str
    meaning: Spot | Move


@dataclass(frozen=True, slots=True)
class CarrierWord:
    """A whole text that belongs to the carrier: `stop`, `start` or `help`."""

    family: str


@dataclass(frozen=True, slots=True)
class Unclear:
    pass


Meaning = Spot | Move | Near | CarrierWord | Unclear
