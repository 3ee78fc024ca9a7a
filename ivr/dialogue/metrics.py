"""What is counted of a turn and of a text: names, each one more of a day's count. They tell what was done, by nobody.

Of a position, `came` and `left` are counted: where more came than left, calls ended after.
"""

from __future__ import annotations

from ivr.dialogue.state import is_segment
from ivr.model import (
    Arrived,
    CallEvent,
    DialEnded,
    Position,
    Pressed,
    Prompt,
    State,
    TextReply,
    TextSent,
    Understanding,
)

CALL, TEXT, FAULT = "call", "text", "fault"
CAME, LEFT, SENT = "came ", "left ", "sent "
"""Each with a position behind it: come to, left, or texted."""
HEARD_IN, TEXTED_IN, CHANGED_TO = "heard in ", "texted in ", "changed to "
"""Each with a language's tag behind it: a segment begun in a call, a text answered, key 6 pressed."""
PRESS_BEFORE, FIRST_SEGMENT = "press before a segment", "first segment"
SILENCE, WRONG_KEY = "silence ", "wrong key "
"""Each with the position behind it where it happened."""
REACHED, NOT_REACHED = "person reached", "person not reached"
OVERVIEW = "overview"
TEXT_ASKED_FOR, TEXT_REFUSED = "text asked for", "text not sent"
UNDERSTOOD_AS = {
    Understanding.ASKED: "text asked about",
    Understanding.ACCEPTED: "question accepted",
    Understanding.UNCLEAR: "text not understood",
    Understanding.LACKING: "text about what is lacking",
    Understanding.DANGER: "danger answered",
}

SILENT_PROMPTS = frozenset({Prompt.SILENT, Prompt.CONNECTING, Prompt.CALLING_UNASKED, Prompt.GOODBYE, Prompt.ENDED})
"""Where a silence leads that was not just listening on."""


def position_name(position: Position) -> str:
    """`main`, `goals.1`; the offer to carry on is one name whatever it offers."""
    if position.resuming:
        return "resuming"
    return f"{position.name}.{position.part}" if position.part else position.name


def turn_names(before: State, event: CallEvent, after: State) -> list[str]:
    arrived = isinstance(event, Arrived) or _is_called_back(before)
    names = [CALL] if arrived else []
    if arrived or after.position != before.position:
        names.append(CAME + position_name(after.position))
        names += [] if arrived or after.prompt is Prompt.MOVED else [LEFT + position_name(before.position)]
    is_changed = not arrived and after.language != before.language
    names += [CHANGED_TO + after.language] if is_changed else []
    if is_segment(after.position) and (arrived or is_changed or after.position != before.position):
        names.append(HEARD_IN + after.language)
    if not before.visited and not is_segment(before.position) and not arrived:
        names += [PRESS_BEFORE] if isinstance(event, Pressed) else []
        names += [FIRST_SEGMENT] if is_segment(after.position) else []
    return names + _happened(before, event, after)


def _happened(before: State, event: CallEvent, after: State) -> list[str]:
    match event:
        case Pressed() if after.prompt is Prompt.UNKNOWN_KEY:
            return [WRONG_KEY + position_name(after.position)]
        case DialEnded() if after.prompt not in (Prompt.TALKED, Prompt.UNREACHED):
            return []
        case DialEnded(talked):
            return [REACHED if talked else NOT_REACHED]
        case TextSent():
            return [TEXT_ASKED_FOR if after.prompt is Prompt.TEXT_SENT else TEXT_REFUSED]
        case Pressed() | Arrived():
            return []
    if after.prompt is Prompt.NAMING and not is_segment(before.position):
        return [SILENCE + position_name(before.position), OVERVIEW]
    return [SILENCE + position_name(before.position)] if after.prompt in SILENT_PROMPTS else []


def text_names(reply: TextReply) -> list[str]:
    understood = [UNDERSTOOD_AS[reply.understanding]] if reply.understanding in UNDERSTOOD_AS else []
    return [TEXT, *understood, *([SENT + position_name(reply.at)] if reply.at else [])]


def _is_called_back(before: State) -> bool:
    """Whether a call begins there that the line has made itself."""
    return before.prompt is Prompt.CALLED and not before.tries
