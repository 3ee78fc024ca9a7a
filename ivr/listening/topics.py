"""Which topics a text names, whether the line has them, and how strongly each is meant."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ivr.listening.meaning import MOST_CHOICES, Ask, Lacks
from ivr.listening.reading import Found, Hit, Reading, clues_of, unguarded, unguarded_clues
from ivr.listening.rules import LACKS, TOPICS
from ivr.model import Goal

STRONG, PART, WEAK = 1.0, 0.3, 0.5
"""Weights. STRONG: a pattern of a topic; PART: each of its words after the first; WEAK: a mere hint."""
CLEAR = 0.9
"""A topic is the answer if it outweighs every other by this much."""
ENOUGH_CLUES = 2
"""Clues of one kind, at different places, that make the line ask in a language without a model of words."""


def lacks(reading: Reading) -> Found | None:
    hits = unguarded(reading, LACKS)
    if not hits:
        return None
    subjects = reading.listening.subjects

    def weight(hit: Hit) -> tuple[bool, bool, int]:
        subject = subjects[hit.rule.section]
        return subject.is_urgent, subject.person_only, hit.span[1] - hit.span[0]

    hit = max(hits, key=weight)
    subject = subjects[hit.rule.section]
    return Lacks(subject.name, subject.offer, subject.person_only, subject.is_urgent), [hit]


def topic(reading: Reading) -> Found | None:
    """The topic, if it is named and nothing else; otherwise the one with most weight, or two to choose from if their
    weights are close."""
    hits_here = unguarded(reading, TOPICS)
    named = [hit for hit in hits_here if hit.rule.whole and not hit.rule.weak]
    weighed = weighed_of(named or hits_here)
    if not weighed:
        return None
    goals = reading.listening.goals
    (first, weight, hits), *others = weighed
    near = [other for other in others if other[1] > weight - CLEAR and goals[other[0]].name != goals[first].name]
    if weight >= STRONG and not any(other[1] >= STRONG for other in near):
        return goals[first], hits
    chosen = [(first, weight, hits), *near][:MOST_CHOICES]
    return Ask(tuple(goals[name] for name, _, _ in chosen)), [hit for _, _, found in chosen for hit in found]


def clues(reading: Reading) -> Found | None:
    """If nothing else is known, and there is no model of words to weigh clues by: a question about what several clues
    speak for, the most urgent first."""
    listening = reading.listening
    if listening.has_model:
        return None
    found: list[tuple[Goal, list[Hit]]] = [
        (at, _of_clues(clues_of(reading, file))) for file, at in listening.kinds.items()
    ]
    topics = _of_clues(unguarded_clues(reading, TOPICS))
    found += [(goal, [hit for hit in topics if hit.rule.section == name]) for name, goal in listening.goals.items()]
    best = max(found, key=lambda one: len({hit.span for hit in one[1]}), default=None)
    if best is None or len({hit.span for hit in best[1]}) < ENOUGH_CLUES:
        return None
    return Ask((best[0],)), best[1]


def _of_clues(hits: Iterable[Hit]) -> list[Hit]:
    return [hit for hit in hits if hit.rule.is_clue]


def weighed_of(hits: Sequence[Hit]) -> list[tuple[str, float, list[Hit]]]:
    """Segments and menus by weight; equal ones in the order of the text. Matches inside a longer match do not count."""
    longest = [hit for hit in hits if not any(_is_within(hit, other) for other in hits)]
    weights: dict[str, float] = {}
    found: dict[str, list[Hit]] = {}
    for hit in {
        (hit.rule.section, hit.span): hit for hit in sorted(longest, key=lambda hit: not hit.rule.weak)
    }.values():
        size = hit.span[1] - hit.span[0]
        weights[hit.rule.section] = weights.get(hit.rule.section, 0.0) + (
            WEAK if hit.rule.weak else STRONG + PART * size
        )
        found.setdefault(hit.rule.section, []).append(hit)
    weighed = [(name, weight, found[name]) for name, weight in weights.items()]
    return sorted(weighed, key=lambda one: (-one[1], min(hit.span for hit in one[2])))


def _is_within(hit: Hit, other: Hit) -> bool:
    (start, end), (begin, last) = hit.span, other.span
    return begin <= start and end <= last and last - begin > end - start and (hit.rule.weak or not other.rule.weak)
