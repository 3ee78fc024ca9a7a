"""What the line makes of a text that is like others: it may ask where a pattern would answer, or where none does.

Patterns say why, so they answer. The likeness to other texts cannot say why, so alone it brings no warning, no topic.
It has the line ask, chooses between kinds of danger that patterns found, lets mere clues count (words that say why, and
too little), and may say that the line lacks something, or send the menu.
"""

from __future__ import annotations

from collections.abc import Callable, Collection

from ivr.library.library import HOME
from ivr.listening.meaning import Ask, Danger, Lacks, Meaning, StopInDoubt, Unclear
from ivr.listening.rules import DANGER, DESPAIR, LACKS, Listening
from ivr.model import Goal, Move, Position

Ranked = list[tuple[str, float]]
"""Labels with their probabilities, the likeliest first."""
HasClue = Callable[[str], bool]
"""Whether a clue of that kind of danger stands in the text."""

SURE = 0.6
"""Probability of danger, all kinds together, from which a clue answers, which else would say nothing."""
DESPERATE = 0.3
"""Probability that the kind of the clue has to have besides; of despair, enough alone."""
ALARMING = 0.4
"""Probability of danger, all kinds together, from which a text that is not read as danger is asked about as danger."""
HARMLESS = 0.25
"""The same below which danger that a pattern found is asked about, not assumed."""
IDLE = 0.12
"""The same below which danger that a pattern has in doubt is not asked about either."""
KIND = 0.4
"""Probability from which the likelier of several kinds of danger is taken, and a topic that clues speak for."""
LIKELY, ALSO_LIKELY = 0.2, 0.08
"""Probabilities from which something is asked about where no pattern knows, alone and beside another."""
OTHERWISE, HARDLY = 0.35, 0.12
"""Where something else is as likely as this, and what a pattern says only as this, the line does not simply answer."""
WISHFUL = 0.35
"""Probability of a wish about texts below which one that a pattern found is in doubt."""
STOPS = frozenset({"stop", "in doubt"})
NOTHING = frozenset({"menu", "none"})
LACKING = frozenset({LACKS, "person only"})


def heard_too(listening: Listening, meaning: Meaning, found: Collection[str], likely: Ranked, clue: HasClue) -> Meaning:
    """`found`: the kinds of danger that patterns are sure of."""
    if not likely:
        return meaning
    alarming = [(label, share) for label, share in likely if is_danger(label)]
    alarm = sum(share for _, share in alarming)
    if isinstance(meaning, Danger):
        if alarm < HARMLESS:
            return Ask((meaning.at, *_goals(listening, likely[:1])))
        return _kind(listening, meaning, found, alarming[0], clue)
    if isinstance(meaning, Move) and meaning.name in ("stop", "start"):
        return _texts(meaning, likely)
    if not alarming:
        return meaning
    first, share = alarming[0]
    if share >= DESPERATE and (alarm >= SURE or first == DESPAIR) and clue(first):
        return Danger(first.removeprefix(DANGER), _place(listening, first))
    if alarm >= ALARMING:
        besides = [meaning] if isinstance(meaning, Position) and meaning.name != HOME else []
        return Ask(tuple(dict.fromkeys([_place(listening, first), *besides])))
    return _harmless(listening, meaning, likely, alarm, clue)


def is_danger(label: str) -> bool:
    return label.startswith(DANGER) or label == DESPAIR


def _texts(meaning: Move, likely: Ranked) -> Meaning:
    """A wish about texts in a text that is like no such wish is in doubt."""
    share = _share("stop", likely) + _share("in doubt", likely) + _share("start", likely)
    return meaning if share >= WISHFUL else StopInDoubt()


def _kind(
    listening: Listening, meaning: Danger, found: Collection[str], likeliest: tuple[str, float], clue: HasClue
) -> Danger:
    """Of several kinds that patterns are sure of, the likeliest; despair also where only a clue speaks for it."""
    label, share = likeliest
    if share >= KIND and (label in found or (label == DESPAIR and clue(label))):
        return Danger(label.removeprefix(DANGER), _place(listening, label))
    return meaning


def _harmless(listening: Listening, meaning: Meaning, likely: Ranked, alarm: float, clue: HasClue) -> Meaning:
    """Of a text that is not like danger."""
    label, share = likely[0]
    hinted = _goal(listening, label)
    if isinstance(meaning, Ask | Unclear) and share >= KIND and hinted and clue(hinted.name):
        return hinted
    match meaning:
        case Ask(goals):
            kept = tuple(goal for goal in goals if alarm >= IDLE or not _is_place_of_danger(listening, goal))
            return _ask(listening, kept, likely)
        case Unclear():
            return _likeliest(listening, likely)
        case Position(name) if name == HOME:
            return _likeliest(listening, likely) if share >= OTHERWISE and label not in NOTHING else meaning
        case Position(name) if share >= OTHERWISE and _share_of(listening, name, likely) < HARDLY:
            if label in LACKING:
                return _lacks(label, meaning)
            if label in NOTHING:
                return Unclear()
            goal = _goal(listening, label)
            return Ask((goal, meaning)) if goal else meaning
        case Lacks() if share >= OTHERWISE and _share_of_lacking(likely) < HARDLY:
            goal = _goal(listening, label)
            return Ask((goal,)) if goal else Unclear() if label in NOTHING else meaning
        case StopInDoubt() if share >= OTHERWISE and not STOPS & {label} and (goal := _goal(listening, label)):
            return Ask((goal,))
    return meaning


def _ask(listening: Listening, goals: tuple[Goal, ...], likely: Ranked) -> Meaning:
    """Two to choose from, where the likeliest is another than the one; nothing is asked of what is like small talk."""
    label, share = likely[0]
    if share >= OTHERWISE and label in NOTHING:
        return Unclear()
    if share >= OTHERWISE and label in LACKING:
        return _lacks(label, next((goal for goal in goals if isinstance(goal, Position)), None))
    offered = {goal.name for goal in goals}
    more = [goal for goal in _goals(listening, likely[:1]) if share >= LIKELY and goal.name not in offered]
    asked = (*more, *goals)[:2]
    return Ask(asked) if asked else Unclear()


def _likeliest(listening: Listening, likely: Ranked) -> Meaning:
    (label, share), (_, second) = likely[0], likely[1]
    if share < LIKELY:
        return Unclear()
    if label in STOPS and share >= OTHERWISE:
        return StopInDoubt()
    if label in LACKING and share >= OTHERWISE:
        return _lacks(label, None)
    goals = _goals(listening, likely[: 2 if second >= ALSO_LIKELY else 1])
    return Ask(goals) if goals and _goal(listening, label) else Unclear()


def _lacks(label: str, offer: Position | None) -> Lacks:
    person_only = label != LACKS
    return Lacks("", None if person_only else offer, person_only)


def _share_of_lacking(likely: Ranked) -> float:
    return sum(_share(label, likely) for label in LACKING)


def _share(label: str, likely: Ranked) -> float:
    return sum(share for other, share in likely if other == label)


def _share_of(listening: Listening, topic: str, likely: Ranked) -> float:
    found = ((_goal(listening, label), share) for label, share in likely)
    return sum(share for goal, share in found if goal and goal.name == topic)


def _is_place_of_danger(listening: Listening, goal: Goal) -> bool:
    return goal in listening.dangers.values() or goal == listening.despair


def _place(listening: Listening, label: str) -> Position:
    return listening.dangers.get(label) or listening.despair or Position(HOME)


def _goals(listening: Listening, likely: Ranked) -> tuple[Goal, ...]:
    return tuple(goal for label, _ in likely if (goal := _goal(listening, label)))


def _goal(listening: Listening, label: str) -> Position | None:
    return _place(listening, label) if is_danger(label) else listening.goals.get(label)
