"""J3: what follows the warning signs that somebody has asked for."""

from __future__ import annotations

from ivr.audit.access.ear import find_all
from ivr.audit.access.measurement import NO_SIGNS, Measurement, Rule, of
from ivr.audit.access.survey import Survey
from ivr.audit.access.turns import SILENCE, ObservedTurn
from ivr.audit.access.walk import place_in_words
from ivr.dialogue.state import asked_for_signs
from ivr.library.limits import BEFORE_DIALLING
from ivr.library.measures import sentences
from ivr.library.phrases import CallPhrase
from ivr.library.sent_words import SOOTHING, pattern_of
from ivr.model import Prompt

J3 = Rule(
    "J3",
    "After warning signs that were asked for nothing soothes, and help comes first",
    "911 first; a person offered first; silence repeats, then connects once",
)


def help_first(survey: Survey) -> Measurement:
    """Wherever a key led to the signs. Soothing words are listed in words.md."""
    if not survey.signs:
        return J3.measured("this line has no warning signs", None, NO_SIGNS)
    soothing_words = pattern_of(survey.library.words.get(SOOTHING, ()))
    signs = [turn for turn in survey.walk.normal if turn.state and asked_for_signs(survey.library, turn.state)]
    heard = [turn for turn in signs if turn.position in survey.heard(turn)]
    soothing = [s.text for turn in signs for s in turn.sentences if soothing_words.search(s.text)]
    late = [turn for turn in heard if not (_begins_with_emergency(survey, turn) and _offers_help(survey, turn))]
    first = [turn for turn in heard if turn.prompt is Prompt.PLAIN and _may_connect(survey, turn)]
    left = [turn for turn in first if not _connects(survey, turn)]
    figure = (
        f"{of(len(heard) - len(late), len(heard), 'turns begin with help')}; {len(soothing)} sentences that soothe; "
        f"{of(len(first) - len(left), len(first), 'silences end with a person')}"
    )
    note = " | ".join([*soothing[:2], *(place_in_words(turn.there) for turn in [*late, *left][:3])])
    return J3.measured(figure, bool(first) and not (soothing or late or left), note)


def _begins_with_emergency(survey: Survey, turn: ObservedTurn) -> bool:
    first = sentences(survey.said_by(turn.position))[0] if turn.position else ""
    return " ".join(survey.library.names.get("emergency", "-")) in first


def _offers_help(survey: Survey, turn: ObservedTurn) -> bool:
    """Whether a person is the first key offered, after what its phrase says about who is there."""
    options, call = survey.options(turn), survey.library.call
    phrases = [call.get(phrase, ()) for phrase in (CallPhrase.SIGNS_PERSON, CallPhrase.SIGNS_TEAM)]
    told = any(words and find_all(turn.words, words) for words in phrases)
    return told and bool(options) and options[0].key == "0"


def _may_connect(survey: Survey, turn: ObservedTurn) -> bool:
    """Whether the line may connect from here: at the first of the signs, if it has not dialled by itself yet."""
    return turn.position in survey.signs[:1] and turn.state is not None and not turn.state.only_asked


def _connects(survey: Survey, turn: ObservedTurn) -> bool:
    """One silence repeats the signs; at the next the line announces that it will dial, which any key stops; then it
    dials."""
    again = survey.walk.at(turn.there).get(SILENCE)
    warned = survey.walk.at(again.there).get(SILENCE) if again else None
    dialled = survey.walk.at(warned.there).get(SILENCE) if warned else None
    if again is None or warned is None or dialled is None or warned.listening is None:
        return False
    long_enough = warned.prompt is Prompt.CONNECTING and warned.listening.timeout >= BEFORE_DIALLING
    return turn.position in survey.heard(again) and long_enough and dialled.dialling is not None


RULES = (help_first,)
