"""What the line makes of a text that is like others: it may ask where a pattern would answer, or where none does.

Patterns say why, so they answer. The likeness to other texts cannot say why, so alone it brings no warning, no topic.
It has the line ask, chooses between kinds of danger that patterns found, lets mere clues count (words that say why, and
too little), and may say that the line lacks something, or send the menu. A question is asked where it is likely to
offer what was meant: what patterns found weighs more in that than likeness alone.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from ivr.library.library import HOME
from ivr.listening.meaning import MOST_CHOICES, Ask, Danger, Lacks, Meaning, StopInDoubt, Unclear
from ivr.listening.rules import DANGER, DESPAIR, LACKS, TEXTS, Listening
from ivr.model import Goal, Move, Position

Ranked = list[tuple[str, float]]
"""Labels with their probabilities, the likeliest first."""
HasClue = Callable[[str], bool]
"""Whether a clue of that kind of danger stands in the text, to that topic, or to a wish about texts."""

SURE = 0.6
"""Probability of danger, all kinds together, from which a clue answers, which else would say nothing."""
DESPERATE = 0.3
"""Probability that the kind of the clue has to have besides; of despair, enough alone. By the doubt in a model that has
learned from few texts, more."""
ALARMING, SOME_KIND, DESPITE, IDLE = 0.35, 0.12, 0.3, 1.5
"""Probabilities from which a text that is not read as danger is asked about as danger: of all kinds together; of the
likeliest; and of that, despair apart, where a pattern found something that the line lacks. By the doubt in a model of
few texts, these two are more. A little of each kind is no danger, but a text like no other. The last: how many times as
likely as small talk danger has to be."""
HARMLESS = 0.25
"""The same below which danger that a pattern found is asked about, not assumed."""
KIND = 0.45
"""Probability from which the likelier of several kinds of danger is taken."""
TOPIC = 0.4
"""Probability from which a topic that clues speak for is the answer."""
OTHER_KIND = 0.7
"""The same of a kind that only a clue speaks for."""
FOUND, HINTED, LACKED = 5.0, 4.0, 2.0
"""How many times as likely as by likeness alone is what a pattern found, and what it has the line ask about; by the
doubt in a model that has learned from few texts, still more."""
ANSWERED = 0.45
"""Probability from which a topic that a pattern found is the answer."""
ASKED, BESIDES = 0.4, 0.03
"""Probabilities from which something is asked about, both together, and from which the second is named."""
UNSURE = 0.2
"""Probability from which the line says that it lacks something, or how to stop the texts, where it can ask nothing."""
WISHED = 0.6
"""Probability of a wish about texts from which a clue is one."""
BARELY, WISHFUL, OTHERWISE = 0.15, 0.2, 0.35
"""Probabilities below which a wish about texts that a pattern found is in doubt, in any text, and in one that is as
much as this like something else; the last also of a stop, from which the line says how to stop the texts."""
STOPS = ("stop", "in doubt")
NOTHING = ("menu", "none")
LACKING = (LACKS, "person only")


def heard_too(listening: Listening, meaning: Meaning, found: Collection[str], likely: Ranked, clue: HasClue) -> Meaning:
    """`found`: the kinds of danger that patterns are sure of."""
    if not likely:
        return meaning
    alarming = [(label, share) for label, share in likely if is_danger(label)]
    if isinstance(meaning, Danger):
        if alarm(likely) < HARMLESS / listening.likeness.doubt:
            return Ask(_two(meaning.at, _others(listening, likely, meaning.at)))
        return _kind(listening, meaning, found, alarming[0], clue)
    if isinstance(meaning, Move) and meaning.name in ("stop", "start"):
        return _wish(listening, meaning, likely)
    shares = dict(likely)
    if shares.get("stop", 0.0) >= WISHED and clue(TEXTS):
        return Move("stop")
    sign = _sign(listening, meaning, shares, alarming, clue) if alarming else None
    if isinstance(meaning, Move):
        return sign if isinstance(sign, Danger) else meaning
    if isinstance(meaning, Lacks) and meaning.is_urgent:
        return sign if isinstance(sign, Danger) and alarming[0][0] == DESPAIR else meaning
    return sign or _harmless(listening, meaning, likely, clue)


def _wish(listening: Listening, meaning: Move, likely: Ranked) -> Meaning:
    """A wish about texts in a text that is like no such wish is in doubt."""
    wish = _all(dict(likely), (*STOPS, "start"))
    other = max(share for label, share in likely if label not in (*STOPS, *NOTHING, "start", "forget"))
    least = WISHFUL if other >= OTHERWISE else BARELY
    return meaning if wish >= least / listening.likeness.doubt else StopInDoubt()


def _sign(
    listening: Listening, meaning: Meaning, shares: Mapping[str, float], alarming: Ranked, clue: HasClue
) -> Danger | Ask | None:
    """Danger in a text that patterns read otherwise: a clue that the likeness bears out, else a question."""
    label, share = alarming[0]
    alarmed = alarm(alarming)
    topic = [meaning] if isinstance(meaning, Position) and meaning.name != HOME else []
    doubt = listening.likeness.doubt
    has_clue = share >= DESPERATE and (alarmed >= SURE or (label == DESPAIR and not topic)) and clue(label)
    if has_clue and share >= DESPERATE * doubt:
        return Danger(label.removeprefix(DANGER), _place(listening, label))
    least = DESPITE if isinstance(meaning, Lacks) and label != DESPAIR else SOME_KIND
    alarming_enough = share >= least * doubt and alarmed >= ALARMING
    if has_clue or (alarming_enough and alarmed >= max(_all(shares, LACKING), IDLE * _all(shares, NOTHING))):
        place = _place(listening, label)
        return Ask(_two(place, [*topic, *_others(listening, [*shares.items()], place)]))
    return None


def alarm(likely: Ranked) -> float:
    """Probability of danger, all kinds together."""
    return sum(share for label, share in likely if is_danger(label))


def is_danger(label: str) -> bool:
    return label.startswith(DANGER) or label == DESPAIR


def _kind(
    listening: Listening, meaning: Danger, found: Collection[str], likeliest: tuple[str, float], clue: HasClue
) -> Danger:
    """Of several kinds that patterns are sure of, the likeliest; despair also where only a clue speaks for it."""
    label, share = likeliest
    if share >= KIND and (label in found or (clue(label) and (share >= OTHER_KIND or label == DESPAIR))):
        return Danger(label.removeprefix(DANGER), _place(listening, label))
    return meaning


def _harmless(listening: Listening, meaning: Meaning, likely: Ranked, clue: HasClue) -> Meaning:
    """Of a text that is not like danger."""
    label, share = likely[0]
    hinted = _goal(listening, label)
    if isinstance(meaning, Ask | Unclear) and share >= TOPIC and hinted and clue(hinted.name):
        return hinted
    believed = _believed(listening, meaning, dict(likely))
    goals = _goals(listening, believed)
    if isinstance(meaning, Position):
        share = sum(share for goal, share in goals.items() if _is_same(listening, goal, meaning))
        if meaning.name == HOME or share >= ANSWERED:
            return meaning
    return _most_fitting(meaning, believed, goals)


def _believed(listening: Listening, meaning: Meaning, shares: Mapping[str, float]) -> dict[str, float]:
    """Probabilities by label, where what patterns found counts too."""
    named = meaning.goals if isinstance(meaning, Ask) else (meaning,) if isinstance(meaning, Position) else ()
    times = HINTED if isinstance(meaning, Ask) else LACKED if isinstance(meaning, Lacks) else FOUND
    times *= listening.likeness.doubt
    weighed = {}
    for label, share in shares.items():
        goal = _goal(listening, label)
        is_found = bool(goal) and any(_is_same(listening, goal, one) for one in named)
        is_found |= label in LACKING and isinstance(meaning, Lacks)
        is_found |= label in STOPS and isinstance(meaning, StopInDoubt)
        weighed[label] = share * (times if is_found else 1.0)
    whole = sum(weighed.values())
    return {label: share / whole for label, share in weighed.items()}


def _is_same(listening: Listening, goal: Position | None, other: Goal) -> bool:
    """Whether both are of one topic. Signs of danger are apart from each other, though one topic holds them."""
    if goal is None or not isinstance(other, Position):
        return False
    of_danger = {place.name for place in listening.dangers.values()}
    return goal == other or (goal.name == other.name and goal.name not in of_danger)


def _most_fitting(meaning: Meaning, believed: Mapping[str, float], goals: Mapping[Position, float]) -> Meaning:
    """A question if it is likely to offer what was meant; else what needs none."""
    ranked = sorted(goals, key=lambda goal: -goals[goal])
    asked = [goal for goal in ranked[:MOST_CHOICES] if goals[goal] >= BESIDES]
    share = sum(goals[goal] for goal in asked)
    lacking, stops, nothing = _all(believed, LACKING), _all(believed, STOPS), _all(believed, NOTHING)
    most = max(lacking, stops, nothing)
    if share >= ASKED and share > most:
        return Ask(tuple(asked))
    if isinstance(meaning, Lacks):
        return meaning
    if most < UNSURE:
        return Ask((meaning,)) if isinstance(meaning, Position) else Unclear()
    if lacking == most:
        return _lacks(believed, ranked[0] if ranked else None)
    return StopInDoubt() if stops == most and stops >= OTHERWISE else Unclear()


def _lacks(believed: Mapping[str, float], offer: Position | None) -> Lacks:
    person_only = believed.get("person only", 0.0) > believed.get(LACKS, 0.0)
    return Lacks("", None if person_only else offer, person_only)


def _all(shares: Mapping[str, float], labels: Collection[str]) -> float:
    return sum(shares.get(label, 0.0) for label in labels)


def _two(first: Goal, others: Collection[Goal]) -> tuple[Goal, ...]:
    return tuple(dict.fromkeys((first, *others)))[:MOST_CHOICES]


def _others(listening: Listening, likely: Ranked, place: Position) -> list[Goal]:
    """What else a text may be about that is taken for danger."""
    goals = _goals(listening, dict(likely))
    return [goal for goal in sorted(goals, key=lambda goal: -goals[goal]) if goals[goal] >= BESIDES and goal != place]


def _goals(listening: Listening, shares: Mapping[str, float]) -> dict[Position, float]:
    found: dict[Position, float] = {}
    for label, share in shares.items():
        if goal := _goal(listening, label):
            found[goal] = found.get(goal, 0.0) + share
    return found


def _place(listening: Listening, label: str) -> Position:
    return listening.dangers.get(label) or listening.despair or Position(HOME)


def _goal(listening: Listening, label: str) -> Position | None:
    return _place(listening, label) if is_danger(label) else listening.goals.get(label)
