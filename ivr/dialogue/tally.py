"""What is counted of a turn and of a text: names, each one more of a day's count. They tell what was done, by nobody.

Of a spot, `came` and `left` are counted: where more came than left, calls ended there.
"""

from __future__ import annotations

from ivr.model import Arrived, Cue, DialEnded, Heard, Place, Pressed, Reading, Spot, TextReply, TextSent

CALL, TEXT, FAULT = "call", "text", "fault"
CAME, LEFT, SENT = "came ", "left ", "sent "
"""Each with a spot behind it: come to, left, or texted."""
PRESS_BEFORE, FIRST_SEGMENT = "press before a segment", "first segment"
SILENCE, WRONG_KEY = "silence ", "wrong key "
"""Each with the spot behind it where it happened."""
REACHED, NOT_REACHED = "person reached", "person not reached"
OVERVIEW = "overview"
TEXT_ASKED_FOR, TEXT_REFUSED = "text asked for", "text not sent"
READ = {
    Reading.ASKED: "text asked about",
    Reading.ACCEPTED: "question accepted",
    Reading.UNCLEAR: "text not understood",
    Reading.LACKING: "text about what is lacking",
    Reading.DANGER: "danger answered",
}

SILENT_CUES = frozenset({Cue.OVERVIEW, Cue.SILENT, Cue.GOODBYE, Cue.ENDED})
"""Where a silence leads that was not just listening on."""


def spot_name(spot: Spot) -> str:
    """`main`, `goals.1`; the offer to carry on is one name whatever it offers."""
    if spot.resuming:
        return "resuming"
    return f"{spot.name}.{spot.part}" if spot.part else spot.name


def turn_tally(before: Place, heard: Heard, there: Place) -> list[str]:
    arrived = isinstance(heard, Arrived) or _is_called_back(before)
    names = [CALL] if arrived else []
    if arrived or there.spot != before.spot:
        names.append(CAME + spot_name(there.spot))
        names += [] if arrived or there.cue is Cue.MOVED else [LEFT + spot_name(before.spot)]
    if not before.visited and not _is_segment(before.spot) and not arrived:
        names += [PRESS_BEFORE] if isinstance(heard, Pressed) else []
        names += [FIRST_SEGMENT] if _is_segment(there.spot) else []
    return names + _happened(heard, there)


def _happened(heard: Heard, there: Place) -> list[str]:
    match heard:
        case Pressed() if there.cue is Cue.UNKNOWN_KEY:
            return [WRONG_KEY + spot_name(there.spot)]
        case DialEnded(talked):
            return [REACHED if talked else NOT_REACHED]
        case TextSent():
            return [TEXT_ASKED_FOR if there.cue is Cue.TEXT_SENT else TEXT_REFUSED]
        case Pressed() | Arrived():
            return []
    if there.cue not in SILENT_CUES:
        return []
    return [SILENCE + spot_name(there.spot), *([OVERVIEW] if there.cue is Cue.OVERVIEW else [])]


def text_tally(reply: TextReply) -> list[str]:
    read = [READ[reply.reading]] if reply.reading in READ else []
    return [TEXT, *read, *([SENT + spot_name(reply.at)] if reply.at else [])]


def _is_called_back(before: Place) -> bool:
    """Whether a call begins there that the line has made itself."""
    return before.cue is Cue.CALLED and not before.tries


def _is_segment(spot: Spot) -> bool:
    return spot.part > 0 and not spot.resuming
