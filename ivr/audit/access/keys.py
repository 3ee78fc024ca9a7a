"""C: keys. One meaning everywhere."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from itertools import pairwise

from ivr.audit.access.ear import Option, find
from ivr.audit.access.measurement import Measurement, Rule, in_seconds, of
from ivr.audit.access.survey import Survey
from ivr.audit.access.turns import KEYS, SILENCE, Acts, ObservedTurn
from ivr.audit.access.walk import place_in_words
from ivr.dialogue.keys import EVERYWHERE, pressed
from ivr.dialogue.url import from_path
from ivr.dialogue.utterances import PHONE_NUMBER
from ivr.library.limits import CUE_EVERY, MOST_STARS, PLACE_NAMED_WITHIN, SHORTEST_HOLD
from ivr.model import Menu, Prompt, Topic
from ivr.phone.handset import Gather, Silence, Speech

C1 = Rule("C1", "A universal key means one thing everywhere", "100 %")
C2 = Rule("C2", "Everything can be heard again, errors too", "# says the same in 100 %")
C3 = Rule("C3", "Back works everywhere", f"main menu in <= {MOST_STARS} *")
C4 = Rule("C4", "A key always interrupts", "deaf for 0 s")
C5 = Rule(
    "C5", "Wait for me: the line holds still", f">= {SHORTEST_HOLD / 60:g} min; a cue every {CUE_EVERY:g} s; any key"
)
C6 = Rule("C6", "One press at a time, keys alone suffice", "numDigits 1 everywhere")
C7 = Rule("C7", "A press is answered by naming the place", f"in the first {PLACE_NAMED_WITHIN} words", must=False)

REMARKS = (Prompt.UNKNOWN_KEY, Prompt.CONNECTING)
"""Prompts that `#` leaves out."""
C8 = Rule("C8", "A key that is announced does what was said", "100 %")
C9 = Rule("C9", "Nothing is said twice in one reply", "0, phone numbers excepted")


def one_meaning(survey: Survey) -> Measurement:
    """`6` has a meaning only if the line has more than one language, `9` only if it can send texts."""
    languages = len(survey.libraries)
    told = [EVERYWHERE[key] for key, meaning in MEANINGS.items() if meaning is says_its_prompt]
    lacking = {row.key: not row.is_live(survey.library, languages) for row in told}
    lacking |= {"6": languages < 2, "9": not sends_texts(survey)}
    meanings = {key: meaning for key, meaning in MEANINGS.items() if not lacking.get(key)}
    places = survey.walk.listening
    kept = {
        key: sum(key in acts and meaning(survey, acts[key]) for acts in places.values())
        for key, meaning in meanings.items()
    }
    astray = [f"{key}: {of(count, len(places), 'places')}" for key, count in kept.items() if count < len(places)]
    figure = of(sum(kept.values()), len(places) * len(kept), f"presses of {' '.join(kept)}")
    return C1.measured(figure, bool(places) and not astray, "; ".join(astray))


def sends_texts(survey: Survey) -> bool:
    """Whether key 9 works anywhere; it does not on a line without an account to send with."""
    return any(texts_this(survey, acts["9"]) for acts in survey.walk.listening.values() if "9" in acts)


def calls_a_person(_survey: Survey, turn: ObservedTurn) -> bool:
    return turn.dialling is not None


def goes_back(survey: Survey, turn: ObservedTurn) -> bool:
    return turn.prompt is Prompt.PLAIN and turn.position is not None and turn.position.name in survey.library.menus


def says_again(_survey: Survey, turn: ObservedTurn) -> bool:
    remark = turn.before is not None and turn.before.prompt in REMARKS
    return turn.there == turn.here or (remark and turn.prompt is Prompt.PLAIN and _same_position(turn))


def waits(_survey: Survey, turn: ObservedTurn) -> bool:
    return turn.prompt is Prompt.WAITING and _same_position(turn)


def changes_pace(_survey: Survey, turn: ObservedTurn) -> bool:
    moved = turn.state is not None and turn.before is not None and turn.state.pace is not turn.before.pace
    return moved and _same_position(turn)


def changes_language(_survey: Survey, turn: ObservedTurn) -> bool:
    return turn.state is not None and turn.before is not None and turn.state.language != turn.before.language


def texts_this(_survey: Survey, turn: ObservedTurn) -> bool:
    """Whether the line says what became of the text, and stays."""
    return turn.prompt not in (None, Prompt.UNKNOWN_KEY, Prompt.PLAIN) and _same_position(turn) and bool(turn.words)


def _same_position(turn: ObservedTurn) -> bool:
    return turn.before is not None and turn.position == turn.before.position


Meaning = Callable[[Survey, ObservedTurn], bool]
"""Whether a key's turn shows that the key did what it means."""

OWN_MEANINGS: Mapping[str, Meaning] = {
    "0": calls_a_person,
    "*": goes_back,
    "#": says_again,
    "9": texts_this,
    "8": waits,
    "7": changes_pace,
    "6": changes_language,
}
"""Keys that do more than say something."""


def says_its_prompt(survey: Survey, turn: ObservedTurn) -> bool:
    """Whether the line says something and stands where the table of keys leads from there. A key that dials, hangs up
    or asks for something outside the dialogue fails this, and needs a meaning of its own."""
    there = pressed(survey.libraries, turn.before, turn.act) if turn.before else None
    return there is not None and bool(turn.words) and (turn.prompt, turn.position) == (there.prompt, there.position)


MEANINGS: Mapping[str, Meaning] = {
    **OWN_MEANINGS,
    **{key: says_its_prompt for key in EVERYWHERE if key not in OWN_MEANINGS},
}


def heard_again(survey: Survey) -> Measurement:
    """By `#`, in the words that the caller heard on arriving; ten times in a row at an unknown key."""
    came: dict[str, set[ObservedTurn]] = {}
    for turn in survey.walk.every:
        if turn.act != "#":
            came.setdefault(str(turn.there), set()).add(turn)
    places = survey.walk.listening
    astray = [path for path, acts in places.items() if not _same(path, came.get(path, set()), acts.get("#"))]
    row = [turn.moments for turn in survey.journeys.again.turns if turn.act == "#"]
    ten = len(row) >= 10 and len(set(row)) == 1
    figure = f"{of(len(places) - len(astray), len(places), 'places')}; ten in a row {'alike' if ten else 'differ'}"
    return C2.measured(figure, bool(places) and not astray and ten, _where(astray))


def _same(path: str, came: Iterable[ObservedTurn], again: ObservedTurn | None) -> bool:
    """Whether both are the same from the first word on, except for a remark before it: about an unknown key, or that
    the line is about to dial."""
    if again is None:
        return False
    if (state := from_path(path)) and state.prompt in REMARKS:
        return again.position == state.position and all(again.prompt is Prompt.PLAIN for _ in came)
    return again.there == again.here and all(_says(turn, _items(again)) for turn in came)


def _says(turn: ObservedTurn, items: tuple[object, ...]) -> bool:
    """Whether the turn says exactly these items. Callers who get there by silence may hear the reason first."""
    return _items(turn)[-len(items) :] == items if turn.act == SILENCE else _items(turn) == items


def _items(turn: ObservedTurn) -> tuple[object, ...]:
    """What is heard, apart from the quiet in which a late key counts."""
    return tuple(moment.item for moment in turn.moments)


def _where(paths: list[str]) -> str:
    return f"Not at: {', '.join(map(place_in_words, paths[:3]))}" if paths else ""


def back_works(survey: Survey) -> Measurement:
    stars = {path: _stars(survey, acts) for path, acts in survey.walk.listening.items()}
    astray = [path for path, count in stars.items() if count > MOST_STARS]
    return C3.measured(f"{max(stars.values(), default=99)} * at most", bool(stars) and not astray, _where(astray))


def _stars(survey: Survey, acts: Acts) -> int:
    for count in range(1, MOST_STARS + 1):
        turn = acts.get("*")
        if turn is not None and turn.position == survey.home and turn.prompt is Prompt.PLAIN:
            return count
        acts = survey.walk.at(turn.there if turn else None)
    return 99


def always_interrupts(survey: Survey) -> Measurement:
    """Speech, recordings and pauses that no key can interrupt."""
    turns = (*survey.walk.different, *survey.journeys.odd)
    deaf = sum(moment.end - moment.begin for turn in turns for moment in turn.moments if _is_deaf(moment.item))
    heard = sum(turn.seconds for turn in turns)
    return C4.measured(f"deaf for {in_seconds(deaf)} of {heard:.0f} s", heard > 0 and deaf == 0)


def _is_deaf(item: object) -> bool:
    return isinstance(item, Speech | Silence) and not item.interruptible


def holds_still(survey: Survey) -> Measurement:
    """From the first word of one prompt to that of the next. Any key goes on, except that `#` repeats and 8 starts the
    wait again."""
    journey = survey.journeys.waiting
    turns = zip(journey.turns, journey.begins, strict=True)
    prompts = [begin + turn.words[0].begin for turn, begin in turns if turn.prompt is Prompt.WAITING and turn.words]
    held = prompts[-1] - prompts[0] if prompts else 0.0
    gap = max((later - sooner for sooner, later in pairwise(prompts)), default=float("inf"))
    stuck = sum(_stuck(turn) for turn in survey.key_turns)
    figure = f"{held / 60:.1f} min; a cue every {in_seconds(gap)}; {stuck} keys held up"
    return C5.measured(figure, held >= SHORTEST_HOLD and gap <= CUE_EVERY and not stuck and _went_on(journey.turns))


def _went_on(turns: tuple[ObservedTurn, ...]) -> bool:
    return len(turns) > 1 and turns[-1].prompt is Prompt.PLAIN and turns[-1].position == turns[-2].position


def _stuck(turn: ObservedTurn) -> bool:
    waiting = turn.before is not None and turn.before.prompt is Prompt.WAITING
    return waiting and turn.act not in "#8" and turn.prompt in (None, Prompt.WAITING, Prompt.UNKNOWN_KEY)


def keys_alone(survey: Survey) -> Measurement:
    gathers = [turn.listening for turn in survey.walk.different if turn.listening]
    one = sum(_one_key(gather) for gather in gathers)
    return C6.measured(of(one, len(gathers), "gathers"), 0 < len(gathers) == one)


def _one_key(gather: Gather) -> bool:
    """Whether `#` arrives as a key, and no key is lost while the line listens for speech."""
    return gather.num_digits == 1 and gather.finish_on_key == "" and gather.takes_keys


def names_the_place(survey: Survey) -> Measurement:
    """Except where the line only offers to carry on: there the topic must not be spoken (I3)."""
    arrived = (
        turn
        for turn in survey.walk.normal
        if turn.prompt is Prompt.PLAIN and turn.position and not turn.position.resuming
    )
    named = {turn: _named_in(survey, turn) for turn in arrived}
    late = [str(turn.there) for turn, words in named.items() if words > PLACE_NAMED_WITHIN]
    figure = f"{of(len(named) - len(late), len(named), 'places')}; {max(named.values(), default=99):g} words at most"
    return C7.measured(figure, bool(named) and not late, _where(late))


def _named_in(survey: Survey, turn: ObservedTurn) -> float:
    """Number of words until the title has been said."""
    name = turn.position.name if turn.position else ""
    known: Mapping[str, Menu | Topic] = {**survey.library.menus, **survey.library.topics}
    span = find(turn.words, known[name].title) if name in known else None
    return span.last + 1 if span else float("inf")


def does_what_was_said(survey: Survey) -> Measurement:
    """Presses every key that the line names, where it names it."""
    came = {str(turn.there): turn for turn in survey.walk.every}
    announced = [
        (path, option)
        for path in survey.walk.listening
        if path in came
        for option in survey.options(came[path])
        if option.key in KEYS
    ]
    astray = [(path, option) for path, option in announced if not _does(survey, path, option)]
    note = "; ".join(f"{option.sentence.text} at {place_in_words(path)}" for path, option in astray[:3])
    figure = of(len(announced) - len(astray), len(announced), "announced keys")
    return C8.measured(figure, bool(announced) and not astray, note)


def _does(survey: Survey, path: str, option: Option) -> bool:
    turn = survey.walk.at(path)[option.key]
    if option.key in MEANINGS:
        return MEANINGS[option.key](survey, turn)
    leads_to = _leads_to(survey).get(option.sentence.text)
    if leads_to is not None:
        return turn.position == survey.library.at(leads_to)
    says_it_slowly_again = turn.there == path and turn.prompt is Prompt.DICTATED
    return says_it_slowly_again or (turn.there != path and turn.prompt is not Prompt.UNKNOWN_KEY)


def _leads_to(survey: Survey) -> Mapping[str, str]:
    """Where each key leads according to the sentences of menus and of offers."""
    library = survey.library
    offers = {topic.offer: name for name, topic in library.topics.items()}
    return offers | {choice.voice: choice.leads_to for menu in library.menus.values() for choice in menu.choices}


def nothing_twice(survey: Survey) -> Measurement:
    """Numbers to be written down are repeated on purpose."""
    twice: dict[str, ObservedTurn] = {}
    for turn in survey.walk.different:
        told = [sentence.text for sentence in turn.sentences if not PHONE_NUMBER.search(sentence.text)]
        twice.update({text: turn for text in told if told.count(text) > 1})
    where = "; ".join(f"{text} at {place_in_words(turn.there)}" for text, turn in list(twice.items())[:3])
    turns = len(survey.walk.different)
    return C9.measured(f"{len(twice)} sentences, in {turns} replies", bool(turns) and not twice, where)


RULES = (
    one_meaning,
    heard_again,
    back_works,
    always_interrupts,
    holds_still,
    keys_alone,
    names_the_place,
    does_what_was_said,
    nothing_twice,
)
