"""J: safety."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ivr.audit.access.measurement import Measurement, Rule, in_seconds, of
from ivr.audit.access.survey import OTHER_DANGERS, URGENT_FACT, Survey
from ivr.audit.access.text_walk import words_of
from ivr.audit.access.turns import ObservedTurn
from ivr.audit.access.walk import place_in_words
from ivr.dialogue.url import from_path
from ivr.library.heard import Heard, words_code
from ivr.library.limits import MOST_WRONG, PRESSES_ELSEWHERE, PRESSES_FROM_MENU, SIGNS_NAMED_BY
from ivr.library.signing import is_unsigned
from ivr.model import Position, Prompt, Segment, Topic

J1 = Rule(
    "J1",
    "Warning signs (X2, then X6 to X8) are one press or one text away",
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
OUTSIDE, FACTS_FROM_OUTSIDE = "outside", "X"
OUT_OF_BOUNDS = re.compile(
    r"\b(wait and see|wait a (day|week|while)|nothing to worry|do(n't| not) worry|no need to (call|see|worry)"
    r"|you (probably |may |might |must )?have (cancer|a tumou?r|bone met\w+|an infection)|it is (probably|not) cancer"
    r"|you (should|must) (take|stop)|stop taking|start taking|your (dose|diagnosis))\b",
    re.IGNORECASE,
)
ALLOWED = re.compile(r"\bsay you have cancer\b", re.IGNORECASE)
"""What a caller is told to say is no diagnosis."""


def warning_signs(survey: Survey) -> Measurement:
    """Presses alone, the nearest way, from every place where keys are live."""
    presses, named = presses_to_urgent(survey), _named(survey)
    menu = [count for path, count in presses.items() if _is_main_menu(survey, path)]
    far = [path for path, count in presses.items() if count > PRESSES_ELSEWHERE]
    behind = [fact for fact in OTHER_DANGERS if fact in survey.facts]
    astray = [fact for fact in behind if not _follows(survey, fact)]
    word = _urgent_word(survey)
    texted = word in survey.texts.first and URGENT_FACT in survey.facts_read(survey.texts.first[word])
    figure = (
        f"named by {in_seconds(named)}; {max(menu, default=99)} press from the main menu, "
        f"{max(presses.values(), default=99)} elsewhere; {word.upper() or 'no word'} {'works' if texted else 'fails'}; "
        f"{of(len(behind) - len(astray), len(behind), 'others behind')}"
    )
    near = bool(menu) and max(menu) <= PRESSES_FROM_MENU and not far and not astray
    note = f"Too far from {len(far)} of {len(presses)} places, as from: {place_in_words(far[0])}." if far else ""
    return J1.measured(figure, named <= SIGNS_NAMED_BY and near and texted, note)


def _urgent_word(survey: Survey) -> str:
    """What the line tells people to send: URGENT, or its like. Empty if there is none."""
    position = survey.position_of(URGENT_FACT)
    keywords = survey.segments[position].keywords if position else ()
    return next(iter(keywords), "").lower()


def _follows(survey: Survey, fact: str) -> bool:
    """Whether the caller who goes on from the warning signs hears this fact in the same topic."""
    start, there = survey.position_of(URGENT_FACT), survey.position_of(fact)
    heard = {position for _, turn, _ in survey.segment_turns for position in survey.heard(turn)}
    return start is not None and there in heard and (there.name, there.part > start.part) == (start.name, True)


def presses_to_urgent(survey: Survey) -> dict[str, int]:
    """For each place where keys are live; 99 where no keys lead there."""
    cost: dict[str, int] = {}
    for step in range(1, FARTHEST):
        for path, acts in survey.walk.turns.items():
            pressed = (turn for act, turn in acts.items() if len(act) == 1)
            if path not in cost and any(_is_near(survey, turn, cost, step) for turn in pressed):
                cost[path] = step
    return {path: cost.get(path, 99) for path in survey.walk.listening}


def _is_near(survey: Survey, turn: ObservedTurn, cost: Mapping[str, int], step: int) -> bool:
    told = URGENT_FACT in survey.facts_at(survey.heard(turn))
    return told or cost.get(survey.walk.walked(turn.there), 99) < step


def _is_main_menu(survey: Survey, path: str) -> bool:
    place = from_path(path)
    return place is not None and place.position == survey.home and place.prompt in (Prompt.PLAIN, Prompt.ARRIVED)


def _named(survey: Survey) -> float:
    """Seconds into the menu of a new caller's greeting, from its first topic, until the warning signs are named."""
    greeting = survey.walk.arrivals[0]
    options = survey.topic_options(greeting)
    acts = survey.walk.at(greeting.there)
    found = [option for option in options if option.key in acts and _is_near(survey, acts[option.key], {}, 0)]
    return found[0].named - options[0].sentence.begin if found else 99.0


def in_bounds(survey: Survey) -> Measurement:
    """A scan finds only words that were thought of; a person reads the rest."""
    heard = {sentence.text for turn in survey.walk.different for sentence in turn.sentences}
    read = {sentence for answer in survey.texts.every for sentence in words_of(answer).splitlines()}
    found = [text for text in sorted(heard | read) if OUT_OF_BOUNDS.search(ALLOWED.sub("", text))]
    outside = [topic for topic in survey.library.topics.values() if _is_from_outside(topic)]
    unmarked = [topic.name for topic in outside if topic.origin != OUTSIDE]
    unsigned = [topic.name for topic in outside if is_unsigned(topic)]
    figure = f"{of(len(found), len(heard | read), 'sentences')}; {len(unmarked)} unmarked, {len(unsigned)} unsigned"
    if found or unmarked or not heard:
        return J2.measured(figure, False, " | ".join([*found[:2], *unmarked]))
    if unsigned:
        how = f"A clinician reads `script` and signs {', '.join(unsigned)}: name, date, code of the words."
        return J2.measured(figure, None, how)
    return J2.measured(figure, True, "A clinician still reads `script` whenever words change.")


def _is_from_outside(topic: Topic) -> bool:
    facts = (fact for segment in topic.segments for fact in segment.facts)
    return topic.origin == OUTSIDE or any(fact.startswith(FACTS_FROM_OUTSIDE) for fact in facts)


def heard_on_a_bad_line(survey: Survey) -> Measurement:
    """As the bench wrote it down (`ivr.library.heard`), of those words that are still the same."""
    if survey.tried is None:
        return J4.measured("not tried", None, "Run `make hear`: it writes docs/heard.md beside the content.")
    dangers = {_numbered(position): one for position, one in survey.segments.items() if _is_danger(one)}
    if survey.tried.language not in ("", survey.library.language.name):
        return _by_people(survey.library.language.name, dangers)
    wanted = [(name, sign) for name, segment in dangers.items() for sign in segment.signs]
    heard = {(name, sign) for name, hearing in survey.tried.hearings.items() for sign in hearing.signs}
    missed = [f"{name} ({sign})" for name, sign in wanted if (name, sign) not in heard]
    nameless = [name for name, segment in dangers.items() if not segment.signs]
    stale = [name for name, segment in dangers.items() if not _as_tried(survey.tried, name, segment)]
    wrong = _wrong(survey.tried)
    figure = (
        f"{of(len(wanted) - len(missed), len(wanted), 'signs')} heard; {wrong:.1%} of words wrong at 8 kHz; "
        f"docs/heard.md of content {survey.tried.version or 'unknown'}"
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


def _by_people(language: str, dangers: Mapping[str, Segment]) -> Measurement:
    """Where the bench has no voice for the language, the signs are listed for those who listen."""
    count = sum(len(segment.signs) for segment in dangers.values())
    if nameless := [name for name, segment in dangers.items() if not segment.signs]:
        return J4.measured(f"{count} signs named", False, f"Without `signs:` in their topic: {', '.join(nameless)}.")
    how = (
        f"`make hear` has no voice for {language}. Three people who speak it call on mobile phones, press 4 and write "
        "down each sign that they hear: those under `signs:` in the topic's header."
    )
    return J4.measured(f"{count} signs named; not tried in {language}", None, how)


def _is_danger(segment: Segment) -> bool:
    return not {URGENT_FACT, *OTHER_DANGERS}.isdisjoint(segment.facts)


def _numbered(position: Position) -> str:
    return f"{position.name}.{position.part}"


def _as_tried(tried: Heard, name: str, segment: Segment) -> bool:
    return name in tried.hearings and tried.hearings[name].code == words_code(segment.voice)


def _wrong(tried: Heard) -> float:
    """Of all segments that were tried."""
    hearings = tried.hearings.values()
    return sum(one.telephone * one.words for one in hearings) / max(1, sum(one.words for one in hearings))


RULES = (warning_signs, in_bounds, heard_on_a_bad_line)
