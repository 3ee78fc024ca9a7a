"""What a text's likeness to other texts changes: the line may ask where a pattern would answer, or where no pattern
does.

Patterns can give a reason, so they answer. The likeness cannot, so alone it leads neither to a warning nor to a topic.
It makes the line ask, chooses between kinds of danger that patterns found, lets mere clues count (words that are a
reason, but a weak one), and may make the line say that it lacks something, or send the menu. A question is asked if it
is likely to offer what was meant; what patterns found weighs more in that than likeness alone.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from functools import lru_cache

from ivr.library.library import HOME
from ivr.listening.meaning import MOST_CHOICES, Ask, Danger, Lacks, Meaning, StopInDoubt, Unclear
from ivr.listening.rules import DANGER, DESPAIR, LACKS, NAMED, TEXTS, Listening
from ivr.model import Goal, Move, Position

Ranked = list[tuple[str, float]]
"""Labels with their probabilities, the likeliest first."""
HasClue = Callable[[str], bool]
"""Whether the text contains a clue to the given kind of danger, topic or wish about texts."""

SURE = 0.6
"""Probability of danger, of all kinds together, from which a clue is answered that would otherwise count for
nothing."""
DESPERATE = 0.3
"""Probability that the clue's own kind must have as well; for despair this alone is enough. Higher by the doubt in a
model that has learned from few texts."""
BEYOND = 1.5
"""How many times as likely as what the line lacks despair has to be, where a pattern found such a subject."""
ALARMING, SOME_KIND, IDLE = 0.35, 0.12, 2.2
"""Probabilities from which the line asks about danger in a text that is not read as danger. ALARMING: of all kinds
together. SOME_KIND: of the likeliest kind; higher by the doubt in a model of few texts. A little of each kind is no
danger, only a text unlike any other. IDLE: how many times as likely danger has to be as
small talk and what the line lacks."""
UNFOUND, UNFOUND_KIND, DESPITE = 0.38, 0.2, 0.38
"""UNFOUND, UNFOUND_KIND: the same where no pattern found anything. DESPITE: of the likeliest kind, where a pattern
found something that the line lacks. The last two are higher by that doubt as well."""
HARMLESS, DISMISSED, DISMISSING = 0.35, 0.06, 0.6
"""Probabilities for danger that a pattern found. HARMLESS: of danger, all kinds together, below which the line asks
instead of assuming. DISMISSED: the same, below which the sign counts for nothing, if small talk and what the line lacks
are as likely as DISMISSING."""
KIND = 0.45
"""Probability from which the likelier of several kinds of danger is taken."""
TOPIC = 0.4
"""Probability from which a topic that only clues speak for is the answer."""
OTHER_KIND = 0.7
"""Probability from which a kind of danger is taken that only a clue speaks for."""
FOUND, HINTED, LACKED = 5.0, 4.0, 3.0
"""Factors on the probability by likeness. FOUND: for what a pattern found; HINTED: for what a pattern makes the line
ask about; LACKED: for what the line lacks. Higher by the doubt in a model that has learned from few texts."""
ANSWERED = 0.45
"""Probability from which a topic that a pattern found is the answer."""
ASKED, BESIDES, DESPAIR_BESIDES = 0.4, 0.03, 0.15
"""ASKED: probability, of both things together, from which the line asks. BESIDES: probability from which the second
thing is named; DESPAIR_BESIDES: the same for despair, which nobody is asked about for no reason."""
OFFERED = 0.2
"""Probability from which the nearest topic is offered where the likeness finds that the line lacks something."""
UNSURE = 0.2
"""Probability from which the line, if it can ask nothing, says that it lacks something or how to stop the texts."""
WISHED, MOST_WISHED = 0.6, 0.85
"""WISHED: probability of a wish about texts from which a clue counts as one. MOST_WISHED: the same where texts are no
more than named."""
IDLY = 0.75
"""Probability that a text is small talk from which what the line lacks counts for nothing."""
BARELY, WISHFUL, OTHERWISE = 0.2, 0.25, 0.35
"""Probabilities about a wish that a pattern found. It is in doubt below BARELY in any text, and below WISHFUL in a text
that resembles something else with at least OTHERWISE. OTHERWISE is also the probability of a stop from which the line
says how to stop the texts."""
STOPS = ("stop", "in doubt")
NONE = "none"
NOTHING = ("menu", NONE)
STEPS = ("again", "back", "more", "call", "forget", "start", "language")
LACKING = (LACKS, "person only")
MOST_KEPT = 16
"""Languages whose goals by label are kept, as many as `listening.py` keeps."""


def heard_too(listening: Listening, meaning: Meaning, found: Collection[str], likely: Ranked, clue: HasClue) -> Meaning:
    """The meaning after the likeness has been considered. `found`: the kinds of danger that patterns are sure of."""
    if not likely:
        return meaning
    alarming = [(label, share) for label, share in likely if is_danger(label)]
    if isinstance(meaning, Danger):
        if alarm(likely) < HARMLESS / listening.likeness.doubt:
            return _unalarming(listening, meaning, likely)
        return _kind(listening, meaning, found, alarming[0], clue)
    if isinstance(meaning, Move) and meaning.name in ("stop", "start"):
        return _wish(listening, meaning, likely)
    shares = dict(likely)
    wished = shares.get("stop", 0.0)
    if (wished >= WISHED and clue(TEXTS)) or (wished >= MOST_WISHED and clue(NAMED)):
        return Move("stop")
    sign = _sign(listening, meaning, shares, alarming, clue) if alarming else None
    if isinstance(meaning, Move):
        return sign if isinstance(sign, Danger) else meaning
    if isinstance(meaning, Lacks) and meaning.is_urgent:
        return sign if isinstance(sign, Danger) and alarming[0][0] == DESPAIR else meaning
    return sign or _harmless(listening, meaning, likely, clue)


def is_dismissed(listening: Listening, meaning: Meaning, likely: Ranked) -> bool:
    """Whether danger that a pattern found is an idiom, a joke or somebody's past by all that the text resembles. A text
    that resembles nothing is no reason to dismiss a sign, nor is a wish about texts."""
    if not isinstance(meaning, Danger) or not likely:
        return False
    harmless = _all(dict(likely), (*LACKING, *NOTHING))
    return alarm(likely) < DISMISSED / listening.likeness.doubt and harmless >= DISMISSING


def _unalarming(listening: Listening, meaning: Danger, likely: Ranked) -> Ask:
    """The meaning of a text in which a pattern found danger that the text does not resemble: it is asked about at the
    least."""
    return Ask(_two(meaning.at, _others(listening, likely, meaning.at)))


def _wish(listening: Listening, meaning: Move, likely: Ranked) -> Meaning:
    """A wish about texts is in doubt if the text does not resemble such wishes."""
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
    doubt, lacks = listening.likeness.doubt, isinstance(meaning, Lacks)
    desperate = label == DESPAIR and not topic and share >= BEYOND * (_all(shares, LACKING) if lacks else 0.0)
    has_clue = share >= DESPERATE and (alarmed >= SURE or desperate) and clue(label)
    if has_clue and share >= DESPERATE * doubt:
        return Danger(label.removeprefix(DANGER), _place(listening, label))
    is_unfound = isinstance(meaning, Unclear)
    least = DESPITE if lacks else UNFOUND_KIND if is_unfound else SOME_KIND
    alarming_enough = share >= least * doubt and alarmed >= (UNFOUND if is_unfound else ALARMING)
    if has_clue or (alarming_enough and alarmed >= IDLE * _all(shares, (*LACKING, *NOTHING))):
        place = _place(listening, label)
        return Ask(_two(place, [*topic, *_others(listening, [*shares.items()], place)]))
    return None


def alarm(likely: Ranked) -> float:
    """The probability of danger, all kinds together."""
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
    """The meaning of a text that does not resemble danger."""
    label, share = likely[0]
    hinted = _goal(listening, label)
    if isinstance(meaning, Ask | Unclear) and share >= TOPIC and hinted and clue(hinted.name):
        return hinted
    believed = _believed(listening, meaning, dict(likely))
    goals = _goals(listening, _but_danger(believed) if isinstance(meaning, Unclear | Lacks) else believed)
    if isinstance(meaning, Position):
        share = sum(share for goal, share in goals.items() if _is_same(listening, goal, meaning))
        if meaning.name == HOME or share >= ANSWERED:
            return meaning
    return _most_fitting(listening, meaning, believed, goals)


def _believed(listening: Listening, meaning: Meaning, shares: Mapping[str, float]) -> dict[str, float]:
    """Probabilities by label, in which what patterns found counts as well. A question about the line's own words is
    like a text in which a phone quotes them, and no such text comes here as a topic."""
    named = meaning.goals if isinstance(meaning, Ask) else (meaning,) if isinstance(meaning, Position) else ()
    times = HINTED if isinstance(meaning, Ask) else LACKED if isinstance(meaning, Lacks) else FOUND
    times *= listening.likeness.doubt
    weighed = {}
    goals = goals_of(listening) if named else {}
    for label, share in shares.items():
        if label == NONE and isinstance(meaning, Position):
            continue
        goal = goals.get(label)
        is_found = goal is not None and any(_is_same(listening, goal, one) for one in named)
        is_found |= label in LACKING and isinstance(meaning, Lacks)
        is_found |= label in STOPS and isinstance(meaning, StopInDoubt)
        weighed[label] = share * (times if is_found else 1.0)
    whole = sum(weighed.values())
    return {label: share / whole for label, share in weighed.items()}


def _but_danger(believed: Mapping[str, float]) -> dict[str, float]:
    """Danger that no pattern speaks for is asked about by `_sign` or not at all."""
    return {label: share for label, share in believed.items() if not is_danger(label)}


def _is_same(listening: Listening, goal: Position | None, other: Goal) -> bool:
    """Whether both goals are in one topic. Signs of danger stay distinct although one topic holds them all."""
    if goal is None or not isinstance(other, Position):
        return False
    of_danger = {place.name for place in listening.dangers.values()}
    return goal == other or (goal.name == other.name and goal.name not in of_danger)


def _most_fitting(
    listening: Listening, meaning: Meaning, believed: Mapping[str, float], goals: Mapping[Position, float]
) -> Meaning:
    """A question if it is likely to offer what was meant; otherwise a meaning that needs no question."""
    ranked = sorted(goals, key=lambda goal: -goals[goal])
    asked = [goal for goal in ranked if goals[goal] >= _least(listening, goal)][:MOST_CHOICES]
    share = sum(goals[goal] for goal in asked)
    lacking, stops, nothing = _all(believed, LACKING), _all(believed, STOPS), _all(believed, NOTHING)
    most = max(lacking, stops, nothing)
    if share >= ASKED and share > max(most, _all(believed, STEPS)):
        return Ask(tuple(asked))
    if isinstance(meaning, Lacks):
        return Unclear() if nothing >= IDLY else meaning
    if most < UNSURE:
        return Ask((meaning,)) if isinstance(meaning, Position) else Unclear()
    if lacking == most:
        return _lacks(believed, next((goal for goal in ranked if goals[goal] >= OFFERED), None))
    return StopInDoubt() if stops == most and stops >= OTHERWISE else Unclear()


def _lacks(believed: Mapping[str, float], offer: Position | None) -> Lacks:
    person_only = believed.get("person only", 0.0) > believed.get(LACKS, 0.0)
    return Lacks("", None if person_only else offer, person_only)


def _all(shares: Mapping[str, float], labels: Collection[str]) -> float:
    return sum(shares.get(label, 0.0) for label in labels)


def _two(first: Goal, others: Collection[Goal]) -> tuple[Goal, ...]:
    return tuple(dict.fromkeys((first, *others)))[:MOST_CHOICES]


def _others(listening: Listening, likely: Ranked, place: Position) -> list[Goal]:
    """What else a text that is taken for danger may be about."""
    goals = _goals(listening, dict(likely))
    ranked = sorted(goals, key=lambda goal: -goals[goal])
    return [goal for goal in ranked if goals[goal] >= _least(listening, goal) and goal != place]


def _least(listening: Listening, goal: Position) -> float:
    """The probability from which a goal is named in a question."""
    return DESPAIR_BESIDES if goal == listening.despair else BESIDES


def _goals(listening: Listening, shares: Mapping[str, float]) -> dict[Position, float]:
    found: dict[Position, float] = {}
    goals = goals_of(listening)
    for label, share in shares.items():
        if goal := goals.get(label):
            found[goal] = found.get(goal, 0.0) + share
    return found


@lru_cache(MOST_KEPT)
def goals_of(listening: Listening) -> Mapping[str, Position | None]:
    """What `_goal` says of each label, for the loops over all of them."""
    return {label: _goal(listening, label) for label in listening.likeness.labels}


def _place(listening: Listening, label: str) -> Position:
    return listening.dangers.get(label) or listening.despair or Position(HOME)


def _goal(listening: Listening, label: str) -> Position | None:
    return _place(listening, label) if is_danger(label) else listening.goals.get(label)
