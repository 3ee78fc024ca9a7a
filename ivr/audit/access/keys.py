"""C: keys. One meaning, everywhere."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from itertools import pairwise

from ivr.audit.access.ear import find
from ivr.audit.access.evidence import Evidence
from ivr.audit.access.reading import Reading, Rule, of, seconds
from ivr.audit.access.turns import Acts, Turn
from ivr.audit.access.walk import spelled
from ivr.model import Menu, Prompt, Topic
from ivr.phone.handset import Gather, Silence, Speech

C1 = Rule("C1", "A universal key means one thing everywhere", "100 %")
C2 = Rule("C2", "Everything can be heard again, errors too", "# says the same in 100 %")
C3 = Rule("C3", "Back works everywhere", "main menu in <= 2 *")
C4 = Rule("C4", "A key always interrupts", "deaf for 0 s")
C5 = Rule("C5", "Wait for me: the line holds still", ">= 5 min; a cue every 30 s; any key")
C6 = Rule("C6", "One press at a time, keys alone suffice", "numDigits 1 everywhere")
C7 = Rule("C7", "A press is answered by naming the place", "in the first 6 words", must=False)

HOLDS, CUE_EVERY = 300.0, 30.0
NAMED_WITHIN = 6
MOST_STARS = 2


def one_meaning(evidence: Evidence) -> Reading:
    """`6` has a meaning only where the line speaks more than one language, `9` where it can send texts."""
    lacking = {"6": len(evidence.libraries) < 2, "9": not can_text(evidence)}
    meanings = {key: meaning for key, meaning in MEANINGS.items() if not lacking.get(key)}
    places = evidence.walk.listening
    kept = {
        key: sum(key in acts and meaning(evidence, acts[key]) for acts in places.values())
        for key, meaning in meanings.items()
    }
    astray = [f"{key}: {of(count, len(places), 'places')}" for key, count in kept.items() if count < len(places)]
    figure = of(sum(kept.values()), len(places) * len(kept), f"presses of {' '.join(kept)}")
    return C1.read(figure, bool(places) and not astray, "; ".join(astray))


def can_text(evidence: Evidence) -> bool:
    """Whether key 9 does anything anywhere: not on a line without an account to send with."""
    return any(texts_this(evidence, acts["9"]) for acts in evidence.walk.listening.values() if "9" in acts)


def calls_a_person(_evidence: Evidence, turn: Turn) -> bool:
    return turn.dialling is not None


def goes_back(evidence: Evidence, turn: Turn) -> bool:
    return turn.prompt is Prompt.PLAIN and turn.position is not None and turn.position.name in evidence.library.menus


def says_again(_evidence: Evidence, turn: Turn) -> bool:
    return turn.there == turn.here


def waits(_evidence: Evidence, turn: Turn) -> bool:
    return turn.prompt is Prompt.WAITING and _same_position(turn)


def changes_pace(_evidence: Evidence, turn: Turn) -> bool:
    moved = turn.state is not None and turn.before is not None and turn.state.pace is not turn.before.pace
    return moved and _same_position(turn)


def changes_language(_evidence: Evidence, turn: Turn) -> bool:
    return turn.state is not None and turn.before is not None and turn.state.language != turn.before.language


def texts_this(_evidence: Evidence, turn: Turn) -> bool:
    """The line says what became of the text, and stays."""
    return turn.prompt not in (None, Prompt.UNKNOWN_KEY, Prompt.PLAIN) and _same_position(turn) and bool(turn.words)


def _same_position(turn: Turn) -> bool:
    return turn.before is not None and turn.position == turn.before.position


MEANINGS: Mapping[str, Callable[[Evidence, Turn], bool]] = {
    "0": calls_a_person,
    "*": goes_back,
    "#": says_again,
    "9": texts_this,
    "8": waits,
    "7": changes_pace,
    "6": changes_language,
}


def heard_again(evidence: Evidence) -> Reading:
    """By `#`, in the words that the caller heard when they came; ten times in a row, at a mistake."""
    came: dict[str, set[Turn]] = {}
    for turn in evidence.walk.every:
        if turn.act != "#":
            came.setdefault(str(turn.there), set()).add(turn)
    places = evidence.walk.listening
    astray = [path for path, acts in places.items() if not _same(came.get(path, set()), acts.get("#"))]
    row = [turn.moments for turn in evidence.journeys.again.turns if turn.act == "#"]
    ten = len(row) >= 10 and len(set(row)) == 1
    figure = f"{of(len(places) - len(astray), len(places), 'places')}; ten in a row {'alike' if ten else 'differ'}"
    return C2.read(figure, bool(places) and not astray and ten, _where(astray))


def _same(came: Iterable[Turn], again: Turn | None) -> bool:
    return again is not None and again.there == again.here and {turn.moments for turn in came} <= {again.moments}


def _where(paths: list[str]) -> str:
    return f"Not at: {', '.join(map(spelled, paths[:3]))}" if paths else ""


def back_works(evidence: Evidence) -> Reading:
    stars = {path: _stars(evidence, acts) for path, acts in evidence.walk.listening.items()}
    astray = [path for path, count in stars.items() if count > MOST_STARS]
    return C3.read(f"{max(stars.values(), default=99)} * at most", bool(stars) and not astray, _where(astray))


def _stars(evidence: Evidence, acts: Acts) -> int:
    for count in range(1, MOST_STARS + 1):
        turn = acts.get("*")
        if turn is not None and turn.position == evidence.home and turn.prompt is Prompt.PLAIN:
            return count
        acts = evidence.walk.at(turn.there if turn else None)
    return 99


def always_interrupts(evidence: Evidence) -> Reading:
    """Speech, recordings and pauses that no key can stop."""
    turns = (*evidence.walk.different, *evidence.journeys.odd)
    deaf = sum(moment.end - moment.begin for turn in turns for moment in turn.moments if _is_deaf(moment.item))
    heard = sum(turn.seconds for turn in turns)
    return C4.read(f"deaf for {seconds(deaf)} of {heard:.0f} s", heard > 0 and deaf == 0)


def _is_deaf(item: object) -> bool:
    return isinstance(item, Speech | Silence) and not item.interruptible


def holds_still(evidence: Evidence) -> Reading:
    """From one prompt's first word to the next one's. Any key goes on; but `#` says it again, and 8 waits anew."""
    journey = evidence.journeys.waiting
    turns = zip(journey.turns, journey.begins, strict=True)
    prompts = [begin + turn.words[0].begin for turn, begin in turns if turn.prompt is Prompt.WAITING and turn.words]
    held = prompts[-1] - prompts[0] if prompts else 0.0
    gap = max((later - sooner for sooner, later in pairwise(prompts)), default=float("inf"))
    stuck = sum(_stuck(turn) for turn in evidence.key_turns)
    figure = f"{held / 60:.1f} min; a cue every {seconds(gap)}; {stuck} keys held up"
    return C5.read(figure, held >= HOLDS and gap <= CUE_EVERY and not stuck and _went_on(journey.turns))


def _went_on(turns: tuple[Turn, ...]) -> bool:
    return len(turns) > 1 and turns[-1].prompt is Prompt.PLAIN and turns[-1].position == turns[-2].position


def _stuck(turn: Turn) -> bool:
    waiting = turn.before is not None and turn.before.prompt is Prompt.WAITING
    return waiting and turn.act not in "#8" and turn.prompt in (None, Prompt.WAITING, Prompt.UNKNOWN_KEY)


def keys_alone(evidence: Evidence) -> Reading:
    gathers = [turn.listening for turn in evidence.walk.different if turn.listening]
    one = sum(_one_key(gather) for gather in gathers)
    return C6.read(of(one, len(gathers), "gathers"), 0 < len(gathers) == one)


def _one_key(gather: Gather) -> bool:
    """`#` has to arrive as a key, and no key may be lost while the line hopes for speech."""
    return gather.num_digits == 1 and gather.finish_on_key == "" and gather.takes_keys


def names_the_place(evidence: Evidence) -> Reading:
    """Not where a call is only offered to be carried on: there the topic must stay unspoken (I3)."""
    arrived = (
        turn
        for turn in evidence.walk.normal
        if turn.prompt is Prompt.PLAIN and turn.position and not turn.position.resuming
    )
    named = {turn: _named_in(evidence, turn) for turn in arrived}
    late = [str(turn.there) for turn, words in named.items() if words > NAMED_WITHIN]
    figure = f"{of(len(named) - len(late), len(named), 'places')}; {max(named.values(), default=99):g} words at most"
    return C7.read(figure, bool(named) and not late, _where(late))


def _named_in(evidence: Evidence, turn: Turn) -> float:
    """How many words have been said once the title has."""
    name = turn.position.name if turn.position else ""
    known: Mapping[str, Menu | Topic] = {**evidence.library.menus, **evidence.library.topics}
    span = find(turn.words, known[name].title) if name in known else None
    return span.last + 1 if span else float("inf")


RULES = (one_meaning, heard_again, back_works, always_interrupts, holds_still, keys_alone, names_the_place)
