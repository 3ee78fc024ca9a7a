"""H: the same service in every mode."""

from __future__ import annotations

from collections.abc import Iterable

from ivr.audit.access.keys import sends_texts
from ivr.audit.access.measurement import Measurement, Rule, of
from ivr.audit.access.survey import Survey
from ivr.audit.access.text_walk import words_of
from ivr.audit.access.turns import ObservedTurn
from ivr.model import Position, Prompt
from ivr.phone.handset import TextsReceived

H1 = Rule("H1", "Every fact by voice and by text, saying the same", "fact sets equal, 100 %")
H2 = Rule("H2", "Text me this, everywhere; KEYS lists the keys in one text", "100 %")
H3 = Rule("H3", "Nothing needs speech, sight, an app, a picture or the internet", "all facts by keys, all by text")
H4 = Rule("H4", "A number in a text is the keys on the phone", "100 %")

UNIVERSAL = "0*#789"
OTHER_LANGUAGE = "6"


def same_facts(survey: Survey) -> Measurement:
    heard = survey.facts_at(position for turn in survey.walk.different for position in survey.heard(turn))
    read = _facts_read(survey, survey.texts.every)
    figure = f"{len(heard)} heard, {len(read)} read, of {len(survey.facts)}"
    note = "Whether both say the same: print `script`, which sets them side by side, and have a clinician sign it."
    return H1.measured(figure, bool(heard) and heard == read == survey.facts.keys(), note)


def _facts_read(survey: Survey, answers: Iterable[TextsReceived]) -> frozenset[str]:
    return frozenset(fact for answer in answers for fact in survey.facts_read(answer))


def text_me_this(survey: Survey) -> Measurement:
    """Key 9 at each segment: from a withheld number, where the line has to offer an alternative, and from a number that
    can be texted. Whether the text arrives can only be seen on a phone."""
    pressed = [(position, turn) for turn in _nines(survey) if (position := _segment_before(survey, turn))]
    known = {position for position, _ in pressed} - {position for position, turn in pressed if not _answered(turn)}
    sent = survey.journeys.texted.turns[-1]
    keys = _keys_listed(survey)
    figure = (
        f"{of(len(known), len(survey.segments), 'segments')} withheld, "
        f"{'1' if _answered(sent) else '0'} of 1 from a number; KEYS lists {keys or 'nothing'}"
    )
    holds = len(known) == len(survey.segments) and _answered(sent) and keys == _needed(survey)
    if not sends_texts(survey):
        note = "This line has no account to send with: set TWILIO_ACCOUNT_SID and LINE_NUMBER, and measure again."
        return H2.measured(figure, None, note)
    return H2.measured(figure, holds, "With a real phone: press 9 and see the text arrive; again from a landline.")


def _nines(survey: Survey) -> list[ObservedTurn]:
    return [acts["9"] for acts in survey.walk.listening.values() if "9" in acts]


def _segment_before(survey: Survey, turn: ObservedTurn) -> Position | None:
    plain = turn.before is not None and turn.before.prompt is Prompt.PLAIN
    return turn.before.position if turn.before and plain and turn.before.position in survey.segments else None


def _answered(turn: ObservedTurn) -> bool:
    """Whether the line says something about the text and the caller stays where they were; false for an unknown key and
    for a choice."""
    stays = turn.before is not None and turn.position == turn.before.position
    return turn.act == "9" and stays and turn.prompt not in (Prompt.UNKNOWN_KEY, Prompt.PLAIN) and bool(turn.words)


def _needed(survey: Survey) -> str:
    return UNIVERSAL + (OTHER_LANGUAGE if len(survey.libraries) > 1 else "")


def _keys_listed(survey: Survey) -> str:
    """The keys that the one text names as separate words."""
    word = (survey.library.words.get("keys") or ("",))[0]
    answer = survey.texts.moves.get(word)
    told = words_of(answer).replace(",", " ").replace(":", " ").split() if answer and len(answer.texts) == 1 else []
    return "".join(key for key in _needed(survey) if key in told)


def nothing_else_needed(survey: Survey) -> Measurement:
    """By keys: no silence on the way. By text: numbers, and MORE."""
    by_keys = survey.presses_to_facts(silence=99)
    keyed = {fact for fact, presses in by_keys.items() if presses < 99}
    chains = (answer for chain in survey.texts.chains.values() for answer in chain)
    answers = (*survey.texts.numbers.values(), *chains)
    read = _facts_read(survey, answers)
    total = len(survey.facts)
    figure = f"{of(len(keyed), total, 'facts')} by keys alone, {of(len(read), total, 'by text alone')}"
    return H3.measured(figure, total > 0 and keyed == read == survey.facts.keys())


def number_is_keys(survey: Survey) -> Measurement:
    """From the greeting, each number's keys lead to what its text says; sent as the first or the last text, it gets the
    same answer."""
    texts, codes = survey.texts, {code: name for name, code in survey.library.codes.items() if code}
    astray = [code for code in codes if not _same_place(survey, code)]
    depends = [code for code in texts.numbers if not _is_same(texts.numbers[code], texts.in_a_row[code])]
    figure = f"{of(len(codes) - len(astray), len(codes), 'numbers')}; {len(depends)} depend on what came before"
    holds = bool(codes) and not astray and not depends and _person(survey)
    return H4.measured(figure, holds, f"Not so: {', '.join([*astray, *depends][:5])}" if astray or depends else "")


def _is_same(first: TextsReceived, later: TextsReceived) -> bool:
    """Whether the answers agree. The first menu may end with how to get another language."""
    return words_of(first) == words_of(later) or (bool(later.texts) and words_of(first).startswith(words_of(later)))


def _same_place(survey: Survey, code: str) -> bool:
    turn, read = _pressed(survey, code), survey.texts.numbers[code]
    if turn is None or turn.position is None:
        return False
    if turn.position in survey.segments:
        return turn.position in survey.heard(turn) and turn.position in survey.read_in(read)
    return turn.position.name in survey.library.menus and survey.has_choices(turn.position.name, read)


def _pressed(survey: Survey, code: str) -> ObservedTurn | None:
    turn: ObservedTurn | None = survey.walk.arrivals[0]
    for key in code:
        turn = survey.walk.at(turn.there if turn else None).get(key)
    return turn


def _person(survey: Survey) -> bool:
    """Key 0 connects a caller; a texter gets the number to call."""
    turn = _pressed(survey, "0")
    person = survey.library.menus["main"].person
    texted = Position(person or "", 1)
    return (
        turn is not None
        and turn.dialling is not None
        and texted in survey.segments
        and texted in survey.read_in(survey.texts.numbers["0"])
    )


RULES = (same_facts, text_me_this, nothing_else_needed, number_is_keys)
