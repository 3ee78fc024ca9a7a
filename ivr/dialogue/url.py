"""A state as the path of an action URL, and back. Opaque to everyone but the line.

`en/slow/patient/1f/silent.2/goals.1`: language, pace, patience, segments visited, prompt and tries, position. One
that is only offered is written `resume.goals.1`. While the line names where it has gone on to, what was heard before
stands behind it: `en/slow/new/1/naming.0/goals.2/after/goals.1`. So does what it has just asked about:
`.../main.0/goals.1+types.0`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from ivr.library.library import NAME
from ivr.model import Consent, Goal, Listed, Move, Pace, Position, Prompt, Shown, State, Texter, Warned

MOST_VISITED = 256
"""Segments that the path can tell apart. Any beyond are always named in full."""

MARKS = ("unkept", "texted", "touring", "only_asked", "reading_on")
"""Boolean fields of the state; those that are true are written after the patience."""


def _position(group: str) -> str:
    """A regular expression for `resume.goals.1`, whose group names start with `group`."""
    return rf"(?P<{group}resuming>resume\.)?(?P<{group}name>{NAME})\.(?P<{group}part>\d{{1,3}})"


PATH = re.compile(
    rf"(?P<language>{NAME})/(?P<pace>{'|'.join(Pace)})/(?P<patience>new|patient)"
    rf"{''.join(f'(?P<{mark}>-{mark})?' for mark in MARKS)}"
    rf"/(?P<visited>[0-9a-f]{{1,{MOST_VISITED // 4}}})"
    rf"/(?P<prompt>{'|'.join(Prompt)})\.(?P<tries>\d{{1,2}})"
    rf"/{_position('')}(?:/after/{_position('from_')})?(?:/(?P<asked>[a-z0-9.+-]+))?",
    re.ASCII,
)


def to_path(state: State) -> str:
    patience = ("patient" if state.patient else "new") + "".join(f"-{mark}" for mark in MARKS if getattr(state, mark))
    why, position = f"{state.prompt}.{state.tries}", _to_position(state.position)
    after = f"/after/{_to_position(state.came_from)}" if state.came_from else ""
    asked = f"/{to_question(state.asked)}" if state.asked else ""
    return f"{state.language}/{state.pace}/{patience}/{state.visited:x}/{why}/{position}{after}{asked}"


def _to_position(position: Position) -> str:
    return f"{'resume.' if position.resuming else ''}{position.name}.{position.part}"


def _from_position(match: re.Match[str], group: str) -> Position:
    return Position(match[f"{group}name"], int(match[f"{group}part"]), match[f"{group}resuming"] is not None)


def from_path(path: str) -> State | None:
    """None for a path that the line never wrote. The position may still be one that the content no longer has."""
    match = PATH.fullmatch(path)
    if match is None:
        return None
    return State(
        match["language"],
        _from_position(match, ""),
        Pace(match["pace"]),
        Prompt(match["prompt"]),
        int(match["tries"]),
        match["patience"] == "patient",
        int(match["visited"], 16),
        **{mark: match[mark] is not None for mark in MARKS},
        came_from=_from_position(match, "from_") if match["from_name"] else None,
        asked=from_question(match["asked"] or ""),
    )


TEXT_PATH = re.compile(rf"(?P<language>{NAME})/(?P<name>{NAME})\.(?P<part>\d{{1,3}})", re.ASCII)


def to_text_path(language: str, position: Position) -> str:
    """Where a texter is: `en/goals.1`. Short, because several are stored for each texter."""
    return f"{language}/{position.name}.{position.part}"


def from_text_path(path: str) -> State | None:
    match = TEXT_PATH.fullmatch(path)
    return State(match["language"], Position(match["name"], int(match["part"]))) if match else None


QUESTION = re.compile(rf"(?P<name>{NAME})(?:\.(?P<part>\d{{1,3}}))?", re.ASCII)


AND = "+"
"""Separates two goals that a question offers."""


def to_question(offered: Iterable[Goal]) -> str:
    """What a question offers: `goals.1`, a move such as `call`, or two to choose from: `goals.1+types.0`."""
    return AND.join(one.name if isinstance(one, Move) else f"{one.name}.{one.part}" for one in offered)


def from_question(question: str) -> tuple[Goal, ...]:
    """The goals that a question offers; empty if the line never wrote it."""
    found = [QUESTION.fullmatch(one) for one in question.split(AND)] if question else []
    goals = [
        match and (Position(match["name"], int(match["part"])) if match["part"] else Move(match["name"]))
        for match in found
    ]
    return tuple(goal for goal in goals if goal)


LISTED, WARNED = "listed", "warned"
"""What a texter was shown last, before what is offered: `listed+types.0`, `warned`."""


def to_open(offered: tuple[Goal, ...], shown: Shown | None) -> str | None:
    """What the next text may refer to: what was shown last and what a question offers. None: nothing."""
    told: tuple[Goal, ...] = ()
    match shown:
        case Listed(menu):
            told = Move(LISTED), Position(menu)
        case Warned():
            told = (Move(WARNED),)
    return to_question((*told, *offered)) or None


def from_open(written: str) -> tuple[tuple[Goal, ...], Shown | None]:
    match from_question(written):
        case (Move(mark), Position(menu), *offered) if mark == LISTED:
            return tuple(offered), Listed(menu)
        case (Move(mark), *offered) if mark == WARNED:
            return tuple(offered), Warned()
        case offered:
            return offered, None


def to_basis(text_path: str | None, open_still: str | None) -> str:
    """What a text was answered from, as one string: `en/goals.1?call`. Either half may be empty."""
    return f"{text_path or ''}?{open_still or ''}"


def texter_from(basis: str, call_path: str | None = None, consent: Consent = Consent.WANTS, number: int = 0) -> Texter:
    """`call_path`: the position of the sender's last call. `number`: how many texts this sender has sent recently, this
    one included."""
    path, _, open_still = basis.partition("?")
    question, shown = from_open(open_still)
    text, call = from_text_path(path), from_path(call_path) if call_path else None
    return Texter(
        language=text.language if text else "",
        call_language=call.language if call else "",
        position=text.position if text else None,
        question=question,
        shown=shown,
        consent=consent,
        texts_of_late=number,
    )
