"""How a text names the segment that it holds."""

from ivr.library.library import Library, fill
from ivr.model import Spot

LONGEST_ANSWER = 306
"""GSM-7 units of a text: two fragments."""


def named(library: Library, spot: Spot) -> str:
    """The first line of the text that holds this segment: service, code, part."""
    parts = len(library.topics[spot.name].segments)
    phrase = library.text["segment" if parts > 1 else "segment-single"]
    slots = {"code": library.codes.get(spot.name, ""), "part": str(spot.part), "parts": str(parts)}
    return "\n".join(fill(words, slots) for words in phrase)
