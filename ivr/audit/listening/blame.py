"""Which line of content is to blame for how a text is understood, or why it is not."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from ivr.listening.meaning import Ask, Evidence, Understood
from ivr.listening.normalise import Text
from ivr.listening.patterns import Pattern, Way
from ivr.listening.rules import BUT_NOT, GUARDS, Listening, PatternRule

MOST_NAMED = 2
"""Most patterns that are named if none matches."""
LONGEST = 60
"""Most characters of a pattern that are shown."""
FEWEST_WORDS = 2
"""Fewest symbols of a pattern that is reported as nearly matching."""


def what_finds(understood: Understood) -> str:
    """What to change if a text is taken for something that it should not be."""
    found = _several(_place(one.pattern) for one in understood.evidence)
    if not found:
        return "no pattern does; its words are those of the line or of the carrier"
    return f"narrow {found}, or write a pattern that tells it apart under `{BUT_NOT}`"


def what_has(understood: Understood) -> str:
    """What decided how a text is understood."""
    found = _several(_place(one.pattern) for one in understood.evidence)
    return f"{found} has it so" if found else "no pattern knows it"


def why_not(listening: Listening, understood: Understood, file: str, heading: str) -> str:
    """Why a text is not understood as the heading of a file says."""
    own = {rule.pattern: rule for rule in _rules(listening, file, heading)}
    guarded = next((one for one in understood.besides if one.pattern in own), None)
    if guarded and guarded.guard:
        return f"{_place(guarded.guard)} cancels what {_place(guarded.pattern)} finds: narrow one of them"
    doubted = next((one for one in understood.evidence if one.pattern in own), None)
    if doubted and isinstance(understood.meaning, Ask):
        return f"the line only asks about it: {_doubt(understood, doubted, own)}"
    return f"{_instead(understood)}{_nearest(listening, understood.read_as, file, heading)}"


def _doubt(understood: Understood, doubted: Evidence, own: Mapping[Pattern, PatternRule]) -> str:
    """Why the line asks about something."""
    if doubted.guard:
        return f"{_place(doubted.guard)} has it so"
    if own[doubted.pattern].weak:
        return f"{_place(doubted.pattern)} is in a section of patterns that make it ask"
    others = _several(_place(one.pattern) for one in understood.evidence if one.pattern not in own)
    return f"{others} and {_place(doubted.pattern)} speak for different things with equal weight"


def _instead(understood: Understood) -> str:
    """What speaks for another meaning."""
    others = _several(_place(one.pattern) for one in understood.evidence)
    read = f"it is read as `{' '.join(understood.read_as)}`; "
    return f"{read}{others} has it mean something else; " if others else read


def _nearest(listening: Listening, words: tuple[str, ...], file: str, heading: str) -> str:
    if file == GUARDS:
        return "no kind of danger has a pattern for it"
    near = list(_near(listening, words, file, heading))
    if not near:
        return "no pattern here comes near: write one for it"
    return f"nearest {'are' if len(near) > 1 else 'is'} {_several(near)}"


def _near(listening: Listening, words: tuple[str, ...], file: str, heading: str) -> Iterator[str]:
    """The patterns that match the text in most of their words, the longest first, and what keeps each from matching."""
    present = listening.symbols.ground(Text(words, tuple(range(len(words))))).places.keys()
    ways: dict[Pattern, tuple[int, int, Way]] = {}
    for rule in _rules(listening, file, heading):
        for way in rule.pattern.ways:
            missing, shared = len(way.needs - present), len(way.needs & present)
            if shared and missing < FEWEST_WORDS:
                known = ways.get(rule.pattern)
                best = (missing, -shared, way)
                ways[rule.pattern] = min(known, best, key=lambda one: one[:2]) if known else best
    nearest = sorted(ways.items(), key=lambda one: (*one[1][:2], one[0].line))[:MOST_NAMED]
    for pattern, (_, _, way) in nearest:
        yield f"{_place(pattern)}, {_lacking(way, present)}"


def _lacking(way: Way, present: Collection[str]) -> str:
    missing = sorted(symbol for symbol in way.needs if symbol not in present)
    if missing:
        return f"which lacks {' and '.join(f'`{_short(symbol)}`' for symbol in missing)}"
    return "whose words come in another order here, too far apart, or with others between"


def _rules(listening: Listening, file: str, heading: str) -> Iterator[PatternRule]:
    """The rules that could match an example of that heading."""
    rules = {id(rule): rule for rule, _ in listening.rules}
    for rule in rules.values():
        if rule.file == file and not rule.is_clue and heading in ("", rule.section):
            yield rule


def _place(pattern: Pattern) -> str:
    where = f"{pattern.path}:{pattern.line}" if pattern.line else f"a word of {pattern.path}"
    return f"{where} (`{_short(pattern.written)}`)"


def _short(written: str) -> str:
    return written if len(written) <= LONGEST else f"{written[:LONGEST]}..."


def _several(places: Iterable[str]) -> str:
    return " and ".join(list(dict.fromkeys(places))[:MOST_NAMED])
