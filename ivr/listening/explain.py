"""How a text was read, and why, for authors and operators. Pure; the line itself does not use it."""

from __future__ import annotations

from dataclasses import dataclass

from ivr.library.library import HOME
from ivr.listening.meaning import (
    Ask,
    CarrierWord,
    Danger,
    Evidence,
    Lacks,
    Meaning,
    NoRequest,
    StopInDoubt,
    Unasked,
    Understood,
    WrongNumber,
)
from ivr.listening.normalise import split_words
from ivr.listening.rules import DESPAIR, Listening
from ivr.listening.understand import everything_found, understand
from ivr.model import Goal, Move, Position


@dataclass(frozen=True, slots=True)
class Explained:
    """`corrected`: words as they were written, and as they were read. `second`: what would have been understood without
    the words that decided, and what speaks for that."""

    understood: Understood
    corrected: tuple[tuple[str, str], ...]
    second: tuple[Meaning, tuple[Evidence, ...]] | None


def explain(listening: Listening, written: str, pending: tuple[Goal, ...] = ()) -> Explained:
    """What `understand` finds, with what was corrected and what came second."""
    understood = understand(listening, written, pending)
    words = split_words(written).words
    read_as = (" ".join(mended) for mended in listening.spelling.mend(words))
    corrected = dict.fromkeys(pair for pair in zip(words, read_as, strict=True) if pair[0] != pair[1])
    taken = {understood.meaning, understood.unaided}
    if isinstance(understood.meaning, Ask):
        taken |= set(understood.meaning.goals)
    others = everything_found(listening, written, pending)
    second = next(((meaning, why) for meaning, why in others if meaning not in taken), None)
    return Explained(understood, tuple(corrected), second)


def name_of(listening: Listening, meaning: Meaning) -> str:
    """The meaning as operators see it: `danger emergency: 44 urgent.2`, `a question about 12 whole-body.1`, `lacks
    cost`."""
    match meaning:
        case Danger(kind, at):
            return f"{kind if kind == DESPAIR else f'danger {kind}'}: {_place(listening, at)}"
        case Ask(goals):
            return f"a question about {_places(listening, goals)}"
        case Lacks(subject, offer, person_only, is_urgent):
            found = f"lacks {subject}".strip() + (", the care team now" if is_urgent else "")
            found += f", offers {_place(listening, offer)}" if offer else ""
            return f"{found}, a person only" if person_only else found
        case Position() | Move():
            return _place(listening, meaning)
        case CarrierWord(family):
            return f"the carrier's word {family.upper()}"
        case WrongNumber():
            return "the wrong number: no more texts, but for right after a warning"
        case StopInDoubt():
            return "perhaps a wish to get no more texts: says how to stop them"
        case NoRequest():
            return "no request: no answer"
        case Unasked():
            return "an answer, and nothing was asked"
        case _:
            return "not understood: the main menu"


def pending_name(listening: Listening, pending: tuple[Goal, ...]) -> str:
    return f"a question about {_places(listening, pending)}" if pending else "nothing"


def _places(listening: Listening, goals: tuple[Goal, ...]) -> str:
    return " or ".join(_place(listening, goal) for goal in goals)


def _place(listening: Listening, goal: Goal) -> str:
    """`121 whole-body.2`: its code, and its name in content."""
    if isinstance(goal, Move):
        return f"the move {goal.name.upper()}"
    if goal.name == HOME:
        return "the main menu"
    name = f"{goal.name}.{goal.part}" if goal.part else f"menu {goal.name}"
    return f"{listening.code_of.get(goal, '')} {name}".strip()
