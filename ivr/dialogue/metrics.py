"""What is counted for a turn and for a text: names, each of which adds one to a day's count. They say what was done,
never by whom.

For a position, `came` and `left` are counted: if more came than left, calls ended after it.
"""

from __future__ import annotations

from ivr.dialogue.state import is_segment
from ivr.library.library import Library
from ivr.library.measures import fragments
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
"""Prefixes; a position follows. It was reached, left, or sent as a text."""
HEARD_IN, TEXTED_IN, CHANGED_TO = "heard in ", "texted in ", "changed to "
"""Prefixes; a language tag follows. A segment was begun in a call, a text was answered, key 6 was pressed."""
PRESS_BEFORE, FIRST_SEGMENT = "press before a segment", "first segment"
SILENCE, WRONG_KEY = "silence ", "wrong key "
"""Prefixes; the position where it happened follows."""
REACHED, NOT_REACHED = "person reached", "person not reached"
OVERVIEW = "overview"
TEXT_ASKED_FOR, TEXT_REFUSED, TEXT_LOST = "text asked for", "text not sent", "text lost"
"""Texts requested with key 9: accepted, or refused at once. TEXT_LOST counts any text that the carrier reports as
failed later."""
FACT_HEARD = "call with a fact"
"""Calls that reached at least one fact; counted once a call."""
FRAGMENT = "fragment"
"""Fragments of the texts that the line sends; the carrier bills each."""
MINUTE, MINUTE_TO_A_PERSON = "minute", "minute to a person"
"""Started minutes of calls, as a carrier bills them, and of calls connected to a person. Counted by month."""
CALL_AT, TEXT_AT = "call at ", "text at "
"""Prefixes; an hour from 00 to 23 follows. Counted by month, so that no single day can be singled out."""
UNDERSTOOD_AS = {
    Understanding.ASKED: "text asked about",
    Understanding.ACCEPTED: "question accepted",
    Understanding.UNCLEAR: "text not understood",
    Understanding.LACKING: "text about what is lacking",
    Understanding.DANGER: "danger answered",
}

SILENT_PROMPTS = frozenset({Prompt.SILENT, Prompt.CONNECTING, Prompt.CALLING_UNASKED, Prompt.GOODBYE, Prompt.ENDED})
"""Prompts that only silence leads to. Moving on to the next segment is not among them."""


def position_name(position: Position) -> str:
    """The name to count a position by, such as `main` or `goals.1`. The offer to carry on has one name, whatever it
    offers."""
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


def is_fact(library: Library, position: Position | None) -> bool:
    """Whether the position is a segment with facts. Segments about the line itself have none."""
    segment = library.segment(position) if position and is_segment(position) else None
    return segment is not None and bool(segment.facts)


def came_to_a_fact(library: Library, before: State, event: CallEvent, after: State) -> list[str]:
    """FACT_HEARD when the call reaches its first fact; otherwise empty."""
    if not is_fact(library, after.position):
        return []
    arrived = isinstance(event, Arrived) or _is_called_back(before)
    was_at_one = not arrived and is_fact(library, before.position)
    heard = (position for position, number in library.numbers.items() if before.visited >> number & 1)
    return [] if was_at_one or any(is_fact(library, position) for position in heard) else [FACT_HEARD]


def answer_names(library: Library, reply: TextReply) -> list[str]:
    """The names to count for an answer that is sent."""
    return [TEXTED_IN + library.language.tag, *[FRAGMENT] * sum(map(fragments, reply.texts))]


def text_names(reply: TextReply) -> list[str]:
    understood = [UNDERSTOOD_AS[reply.understanding]] if reply.understanding in UNDERSTOOD_AS else []
    return [TEXT, *understood, *([SENT + position_name(reply.at)] if reply.at else [])]


def _is_called_back(before: State) -> bool:
    """Whether this state is the start of a call that the line itself made."""
    return before.prompt is Prompt.CALLED and not before.tries
