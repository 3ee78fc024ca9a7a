"""J: safety."""

from __future__ import annotations

from collections.abc import Mapping

from ivr.audit.access.measurement import NO_SIGNS, Measurement, Rule, in_seconds, of
from ivr.audit.access.survey import Survey
from ivr.audit.access.text_walk import words_of
from ivr.audit.access.turns import ObservedTurn
from ivr.audit.access.walk import place_in_words
from ivr.dialogue.url import from_path
from ivr.library.heard import Heard, words_code
from ivr.library.limits import MOST_WRONG, PRESSES_ELSEWHERE, PRESSES_FROM_MENU, SIGNS_NAMED_BY
from ivr.library.sent_words import NEVER_SAID, STILL_SAID, pattern_of
from ivr.library.signing import is_unsigned
from ivr.model import Position, Prompt, Segment, Topic

J1 = Rule(
    "J1",
    "The first warning signs are one press or one text away",
    f"<= {SIGNS_NAMED_BY:g} s; {PRESSES_FROM_MENU} press, <= {PRESSES_ELSEWHERE} elsewhere; URGENT; the others behind",
)
J2 = Rule("J2", "In bounds: no diagnosis, no wait and see; outside content signed", "0 findings")
J4 = Rule(
    "J4",
    "Symptom words can be heard on a bad line",
    f"every sign at 3 % loss; <= {100 * MOST_WRONG:g} % of words wrong at 8 kHz",
    must=False,
)

FARTHEST = 10
OUTSIDE = "outside"


def warning_signs(survey: Survey) -> Measurement:
    """The shortest way by key presses alone, from every place where keys are live."""
    if not survey.signs:
        return J1.measured("this line has no warning signs", None, NO_SIGNS)
    first, *behind = survey.signs
    presses, named = presses_to_urgent(survey), _named(survey)
    menu = [count for path, count in presses.items() if _is_main_menu(survey, path)]
    far = [path for path, count in presses.items() if count > PRESSES_ELSEWHERE]
    heard = {position for _, turn, _ in survey.segment_turns for position in survey.heard(turn)}
    astray = [position for position in behind if position not in heard]
    word = next(iter(survey.segments[first].keywords), "").lower()
    texted = word in survey.texts.first and first in survey.read_in(survey.texts.first[word])
    figure = (
        f"named by {in_seconds(named)}; {max(menu, default=99)} press from the main menu, "
        f"{max(presses.values(), default=99)} elsewhere; {word.upper() or 'no word'} {'works' if texted else 'fails'}; "
        f"{of(len(behind) - len(astray), len(behind), 'others behind')}"
    )
    near = bool(menu) and max(menu) <= PRESSES_FROM_MENU and not far and not astray
    note = f"Too far from {len(far)} of {len(presses)} places, as from: {place_in_words(far[0])}." if far else ""
    return J1.measured(figure, named <= SIGNS_NAMED_BY and near and texted, note)


def presses_to_urgent(survey: Survey) -> dict[str, int]:
    """Presses from each place where keys are live; 99 if no keys lead there."""
    cost: dict[str, int] = {}
    for step in range(1, FARTHEST):
        for path, acts in survey.walk.turns.items():
            pressed = (turn for act, turn in acts.items() if len(act) == 1)
            if path not in cost and any(_is_near(survey, turn, cost, step) for turn in pressed):
                cost[path] = step
    return {path: cost.get(path, 99) for path in survey.walk.listening}


def _is_near(survey: Survey, turn: ObservedTurn, cost: Mapping[str, int], step: int) -> bool:
    return survey.signs[0] in survey.heard(turn) or cost.get(survey.walk.walked(turn.there), 99) < step


def _is_main_menu(survey: Survey, path: str) -> bool:
    place = from_path(path)
    return place is not None and place.position == survey.home and place.prompt in (Prompt.PLAIN, Prompt.ARRIVED)


def _named(survey: Survey) -> float:
    """Seconds from the first topic of a new caller's menu until the warning signs are named."""
    greeting = survey.walk.arrivals[0]
    options = survey.topic_options(greeting)
    acts = survey.walk.at(greeting.there)
    found = [option for option in options if option.key in acts and _is_near(survey, acts[option.key], {}, 0)]
    return found[0].named - options[0].sentence.begin if found else 99.0


def in_bounds(survey: Survey) -> Measurement:
    """The scan finds only the words that words.md lists; a person has to read the rest."""
    words = survey.library.words
    never, allowed = pattern_of(words.get(NEVER_SAID, ())), pattern_of(words.get(STILL_SAID, ()))
    heard = {sentence.text for turn in survey.walk.different for sentence in turn.sentences}
    read = {sentence for answer in survey.texts.every for sentence in words_of(answer).splitlines()}
    found = [text for text in sorted(heard | read) if never.search(allowed.sub("", text))]
    outside = [topic for topic in survey.library.topics.values() if _is_from_outside(survey, topic)]
    unmarked = [topic.name for topic in outside if topic.origin != OUTSIDE]
    unsigned = [topic.name for topic in outside if is_unsigned(topic)]
    figure = f"{of(len(found), len(heard | read), 'sentences')}; {len(unmarked)} unmarked, {len(unsigned)} unsigned"
    if found or unmarked or not heard:
        return J2.measured(figure, False, " | ".join([*found[:2], *unmarked]))
    if unsigned:
        how = f"A clinician reads `script` and signs {', '.join(unsigned)}: name, date, code of the words."
        return J2.measured(figure, None, how)
    return J2.measured(figure, True, "A clinician still reads `script` whenever words change.")


def _is_from_outside(survey: Survey, topic: Topic) -> bool:
    facts = (fact for segment in topic.segments for fact in segment.facts)
    return topic.origin == OUTSIDE or any(map(survey.is_from_outside, facts))


def heard_on_a_bad_line(survey: Survey) -> Measurement:
    """What the test bench wrote down (`ivr.library.heard`), for words that have not changed since."""
    if survey.tried is None:
        return J4.measured("not tried", None, "Run `make hear`: it writes docs/heard.md beside the content.")
    dangers = {_numbered(position): survey.segments[position] for position in survey.signs}
    if survey.tried.language not in ("", survey.library.language.name):
        return _by_people(survey, dangers)
    if _is_of_another_line(survey, survey.tried, dangers):
        return J4.measured(
            "not tried: docs/heard.md is of another line",
            None,
            "Call on a bad line, and write down the signs you hear.",
        )
    wanted = [(name, sign) for name, segment in dangers.items() for sign in segment.signs]
    heard = {(name, sign) for name, hearing in survey.tried.hearings.items() for sign in hearing.signs}
    missed = [f"{name} ({sign})" for name, sign in wanted if (name, sign) not in heard]
    nameless = [name for name, segment in dangers.items() if not segment.signs]
    stale = [name for name, segment in dangers.items() if not _as_tried(survey.tried, name, segment)]
    wrong = _wrong(survey.tried)
    figure = (
        f"{of(len(wanted) - len(missed), len(wanted), 'signs')} heard; {wrong:.1%} of words wrong at 8 kHz; "
        f"{survey.tried.file} of content {survey.tried.version or 'unknown'}"
    )
    notes = {
        "Not heard": missed,
        "Without `signs:` in their topic": nameless,
        "Changed since they were tried, or never tried": stale,
        "Too many wrong words": ["change what is heard wrong"] if wrong > MOST_WRONG else [],
    }
    told = [f"{what}: {', '.join(which)}." for what, which in notes.items() if which]
    return J4.measured(
        figure, bool(dangers) and not told, " ".join([*told, "`make hear` tries again."] if told else [])
    )


def _by_people(survey: Survey, dangers: Mapping[str, Segment]) -> Measurement:
    """If the bench has no voice for the language, lists the signs for people to listen for."""
    language, code = survey.library.language.name, survey.library.codes[survey.signs[0].name]
    count = sum(len(segment.signs) for segment in dangers.values())
    if nameless := [name for name, segment in dangers.items() if not segment.signs]:
        return J4.measured(f"{count} signs named", False, f"Without `signs:` in their topic: {', '.join(nameless)}.")
    how = (
        f"`make hear` has no voice for {language}. Three people who speak it call on mobile phones, press {code} and "
        "write down each sign that they hear: those under `signs:` in the topic's header."
    )
    return J4.measured(f"{count} signs named; not tried in {language}", None, how)


def _is_of_another_line(survey: Survey, tried: Heard, dangers: Mapping[str, Segment]) -> bool:
    """Whether none of these words was tried, and segments were that this line does not have."""
    here = set(map(_numbered, survey.segments))
    return not tried.hearings.keys() <= here and not any(_as_tried(tried, *one) for one in dangers.items())


def _numbered(position: Position) -> str:
    return f"{position.name}.{position.part}"


def _as_tried(tried: Heard, name: str, segment: Segment) -> bool:
    return name in tried.hearings and tried.hearings[name].code == words_code(segment.voice)


def _wrong(tried: Heard) -> float:
    """Share of wrong words over all segments that were tried."""
    hearings = tried.hearings.values()
    return sum(one.telephone * one.words for one in hearings) / max(1, sum(one.words for one in hearings))


RULES = (warning_signs, in_bounds, heard_on_a_bad_line)
