"""What is counted of a turn and of a text: names, each one more of a day's count. They tell what was done, by nobody.

Of a position, `came` and `left` are counted: where more came than left, calls ended there.
"""

from __future__ import annotations

from ivr.model import Arrived, DialEnded, Event, Position, Pressed, Prompt, Reading, State, TextReply, TextSent

CALL, TEXT, FAULT = "call", "text", "fault"
CAME, LEFT, SENT = "came ", "left ", "sent "
"""Each with a position behind it: come to, left, or texted."""
PRESS_BEFORE, FIRST_SEGMENT = "press before a segment", "first segment"
SILENCE, WRONG_KEY = "silence ", "wrong key "
"""Each with the position behind it where it happened."""
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

SILENT_CUES = frozenset({Prompt.OVERVIEW, Prompt.SILENT, Prompt.GOODBYE, Prompt.ENDED})
"""Where a silence leads that was not just listening on."""


def position_name(position: Position) -> str:
    """`main`, `goals.1`; the offer to carry on is one name whatever it offers."""
    if position.resuming:
        return "resuming"
    return f"{position.name}.{position.part}" if position.part else position.name


def turn_tally(before: State, event: Event, there: State) -> list[str]:
    arrived = isinstance(event, Arrived) or _is_called_back(before)
    names = [CALL] if arrived else []
    if arrived or there.position != before.position:
        names.append(CAME + position_name(there.position))
        names += [] if arrived or there.prompt is Prompt.MOVED else [LEFT + position_name(before.position)]
    if not before.visited and not _is_segment(before.position) and not arrived:
        names += [PRESS_BEFORE] if isinstance(event, Pressed) else []
        names += [FIRST_SEGMENT] if _is_segment(there.position) else []
    return names + _happened(event, there)


def _happened(event: Event, there: State) -> list[str]:
    match event:
        case Pressed() if there.prompt is Prompt.UNKNOWN_KEY:
            return [WRONG_KEY + position_name(there.position)]
        case DialEnded(talked):
            return [REACHED if talked else NOT_REACHED]
        case TextSent():
            return [TEXT_ASKED_FOR if there.prompt is Prompt.TEXT_SENT else TEXT_REFUSED]
        case Pressed() | Arrived():
            return []
    if there.prompt not in SILENT_CUES:
        return []
    return [SILENCE + position_name(there.position), *([OVERVIEW] if there.prompt is Prompt.OVERVIEW else [])]


def text_tally(reply: TextReply) -> list[str]:
    read = [READ[reply.reading]] if reply.reading in READ else []
    return [TEXT, *read, *([SENT + position_name(reply.at)] if reply.at else [])]


def _is_called_back(before: State) -> bool:
    """Whether a call begins there that the line has made itself."""
    return before.prompt is Prompt.CALLED and not before.tries


def _is_segment(position: Position) -> bool:
    return position.part > 0 and not position.resuming
