"""H: the same service in every mode."""

from __future__ import annotations

from collections.abc import Iterable

from ivr.audit.access.keys import can_text
from ivr.audit.access.measurement import Measurement, Rule, of
from ivr.audit.access.survey import Survey
from ivr.audit.access.text_walk import words_of
from ivr.audit.access.turns import ObservedTurn
from ivr.model import Position, Prompt
from ivr.phone.handset import Answer

H1 = Rule("H1", "Every fact by voice and by text, saying the same", "fact sets equal, 100 %")
H2 = Rule("H2", "Text me this, everywhere; KEYS lists the keys in one text", "100 %")
H3 = Rule("H3", "Nothing needs speech, sight, an app, a picture or the internet", "all facts by keys, all by text")
H4 = Rule("H4", "A number in a text is the keys on the phone", "100 %")

UNIVERSAL = "0*#789"
OTHER_LANGUAGE = "6"


def same_facts(evidence: Survey) -> Measurement:
    heard = evidence.facts_at(position for turn in evidence.walk.different for position in evidence.heard(turn))
    read = _facts_read(evidence, evidence.texts.every)
    figure = f"{len(heard)} heard, {len(read)} read, of {len(evidence.facts)}"
    note = "Whether both say the same: print `script`, which sets them side by side, and have a clinician sign it."
    return H1.measured(figure, bool(heard) and heard == read == evidence.facts.keys(), note)


def _facts_read(evidence: Survey, answers: Iterable[Answer]) -> frozenset[str]:
    return frozenset(fact for answer in answers for fact in evidence.facts_read(answer))


def text_me_this(evidence: Survey) -> Measurement:
    """Key 9 at each segment, from a withheld number (what is said then has to be an alternative), and from a number
    that can be texted. What became of a text that was sent, only a phone can tell."""
    pressed = [(position, turn) for turn in _nines(evidence) if (position := _segment_before(evidence, turn))]
    known = {position for position, _ in pressed} - {position for position, turn in pressed if not _answered(turn)}
    sent = evidence.journeys.texted.turns[-1]
    keys = _keys_listed(evidence)
    figure = (
        f"{of(len(known), len(evidence.segments), 'segments')} withheld, "
        f"{'1' if _answered(sent) else '0'} of 1 from a number; KEYS lists {keys or 'nothing'}"
    )
    holds = len(known) == len(evidence.segments) and _answered(sent) and keys == _needed(evidence)
    if not can_text(evidence):
        note = "This line has no account to send with: set TWILIO_ACCOUNT_SID and LINE_NUMBER, and measure again."
        return H2.measured(figure, None, note)
    return H2.measured(figure, holds, "With a real phone: press 9 and see the text arrive; again from a landline.")


def _nines(evidence: Survey) -> list[ObservedTurn]:
    return [acts["9"] for acts in evidence.walk.listening.values() if "9" in acts]


def _segment_before(evidence: Survey, turn: ObservedTurn) -> Position | None:
    plain = turn.before is not None and turn.before.prompt is Prompt.PLAIN
    return turn.before.position if turn.before and plain and turn.before.position in evidence.segments else None


def _answered(turn: ObservedTurn) -> bool:
    """Neither an unknown key nor a choice: something is said about the text, and the caller stays."""
    stays = turn.before is not None and turn.position == turn.before.position
    return turn.act == "9" and stays and turn.prompt not in (Prompt.UNKNOWN_KEY, Prompt.PLAIN) and bool(turn.words)


def _needed(evidence: Survey) -> str:
    return UNIVERSAL + (OTHER_LANGUAGE if len(evidence.libraries) > 1 else "")


def _keys_listed(evidence: Survey) -> str:
    """Keys that the one text names, as words of their own."""
    word = (evidence.library.words.get("keys") or ("",))[0]
    answer = evidence.texts.moves.get(word)
    told = words_of(answer).replace(",", " ").replace(":", " ").split() if answer and len(answer.texts) == 1 else []
    return "".join(key for key in _needed(evidence) if key in told)


def nothing_else_needed(evidence: Survey) -> Measurement:
    """By keys: no silence on the way. By text: numbers, and MORE."""
    by_keys = evidence.presses_to_facts(silence=99)
    keyed = {fact for fact, presses in by_keys.items() if presses < 99}
    chains = (answer for chain in evidence.texts.chains.values() for answer in chain)
    answers = (*evidence.texts.numbers.values(), *chains)
    read = _facts_read(evidence, answers)
    total = len(evidence.facts)
    figure = f"{of(len(keyed), total, 'facts')} by keys alone, {of(len(read), total, 'by text alone')}"
    return H3.measured(figure, total > 0 and keyed == read == evidence.facts.keys())


def number_is_keys(evidence: Survey) -> Measurement:
    """Each number's keys lead from the greeting to what its text holds; sent first or last, it gets the same."""
    texts, codes = evidence.texts, {code: name for name, code in evidence.library.codes.items() if code}
    astray = [code for code in codes if not _same_place(evidence, code)]
    depends = [code for code in texts.numbers if not _is_same(texts.numbers[code], texts.in_a_row[code])]
    figure = f"{of(len(codes) - len(astray), len(codes), 'numbers')}; {len(depends)} depend on what came before"
    holds = bool(codes) and not astray and not depends and _person(evidence)
    return H4.measured(figure, holds, f"Not so: {', '.join([*astray, *depends][:5])}" if astray or depends else "")


def _is_same(first: Answer, later: Answer) -> bool:
    """The first menu may end in how to get another language."""
    return words_of(first) == words_of(later) or (bool(later.texts) and words_of(first).startswith(words_of(later)))


def _same_place(evidence: Survey, code: str) -> bool:
    turn, read = _pressed(evidence, code), evidence.texts.numbers[code]
    if turn is None or turn.position is None:
        return False
    if turn.position in evidence.segments:
        return turn.position in evidence.heard(turn) and evidence.sent(turn.position) in words_of(read)
    return turn.position.name in evidence.library.menus and evidence.has_choices(turn.position.name, read)


def _pressed(evidence: Survey, code: str) -> ObservedTurn | None:
    turn: ObservedTurn | None = evidence.walk.arrivals[0]
    for key in code:
        turn = evidence.walk.at(turn.there if turn else None).get(key)
    return turn


def _person(evidence: Survey) -> bool:
    """0 puts a caller through; a texter gets the number to call."""
    turn = _pressed(evidence, "0")
    person = evidence.library.menus["main"].person
    texted = Position(person or "", 1)
    return (
        turn is not None
        and turn.dialling is not None
        and texted in evidence.segments
        and evidence.sent(texted) in words_of(evidence.texts.numbers["0"])
    )


RULES = (same_facts, text_me_this, nothing_else_needed, number_is_keys)
