"""B: menus, as they are heard."""

from __future__ import annotations

from itertools import combinations, pairwise

from ivr.audit.access.ear import Option, bare_words
from ivr.audit.access.measurement import Measurement, Rule, in_seconds, of
from ivr.audit.access.survey import Survey, middle
from ivr.audit.access.turns import SILENCE, ObservedTurn
from ivr.audit.access.walk import place_in_words
from ivr.library.limits import LONGEST_LABEL, MOST_LEVELS, MOST_SHARED, MOST_TOPICS
from ivr.library.lint.menus import ESTIMATED
from ivr.model import Prompt

MOST_OPTIONS = 8
MOST_PRESSES, MEDIAN_PRESSES = 3, 2
SHORTEST_PAUSE, LONGEST_PAUSE = 0.5, 1.0
CLOSE = 1e-6

B1 = Rule("B1", "Few topics", f"<= {MOST_TOPICS} topics, <= {MOST_OPTIONS} options")
B2 = Rule(
    "B2", "Broad, not deep", f"<= {MOST_LEVELS} levels; fact <= {MOST_PRESSES} presses, median <= {MEDIAN_PRESSES}"
)
B3 = Rule("B3", "The choice first, the key last", "100 %")
B4 = Rule("B4", "A pause between options", f"{SHORTEST_PAUSE} to {LONGEST_PAUSE} s", must=False)
B5 = Rule("B5", "Menus are short to hear", "by audio: menu <= 36 s, last topic <= 24 s (Spanish 42, 28)")
B6 = Rule(
    "B6",
    "Keys 1..n in order, labels plain and unlike",
    f"<= {LONGEST_LABEL} words; < {MOST_SHARED * 100:.0f} % shared",
    must=False,
)
B7 = Rule("B7", "Menus say the words that people call with", "100 % of the treatments")


def few_topics(survey: Survey) -> Measurement:
    """The topics in any stretch that is heard without a break, menu or not."""
    topics = max((len(survey.topic_options(turn)) for turn in survey.walk.different), default=0)
    options = max((len(survey.options(turn)) for turn in survey.walk.different), default=0)
    return B1.measured(f"{topics} topics, {options} options", 0 < topics <= MOST_TOPICS and options <= MOST_OPTIONS)


def broad_not_deep(survey: Survey) -> Measurement:
    """Listening on is not a press: a topic goes on by itself."""
    presses = survey.presses_to_facts()
    levels = 1 + max(_presses_to_menus(survey), default=MOST_LEVELS)
    missing = len(survey.facts.keys() - presses.keys())
    deepest, median = max(presses.values(), default=99), middle(presses.values())
    figure = f"{levels} levels; presses: {deepest} at most, median {median:g}; {missing} facts out of reach"
    holds = levels <= MOST_LEVELS and deepest <= MOST_PRESSES and median <= MEDIAN_PRESSES and not missing
    return B2.measured(figure, holds)


def _presses_to_menus(survey: Survey) -> list[int]:
    """Presses to each menu, through menus only."""
    cost = {str(survey.walk.arrivals[0].there): 0}
    pending = list(cost)
    for path in pending:
        for act, turn in survey.walk.at(path).items():
            is_menu = turn.prompt is Prompt.PLAIN and turn.position and turn.position.name in survey.library.menus
            if act in "12345" and act != SILENCE and is_menu and turn.there not in cost:
                cost[str(turn.there)] = cost[path] + 1
                pending.append(str(turn.there))
    return list(cost.values())


def key_last(survey: Survey) -> Measurement:
    """Every sentence that names a key to press, in menus and elsewhere."""
    options = {option.sentence.text: option for turn in survey.walk.different for option in survey.options(turn)}
    last = [text for text, option in options.items() if option.key_last and option.label]
    astray = [text for text in options if text not in last]
    return B3.measured(of(len(last), len(options), "sentences"), bool(options) and not astray, _quoted(astray))


def _quoted(texts: list[str]) -> str:
    return f"Not so: {' | '.join(texts[:3])}" if texts else ""


def pause_between(survey: Survey) -> Measurement:
    """Except where a segment is dictated: those pauses are for writing."""
    turns = (turn for turn in survey.walk.different if turn.prompt is not Prompt.DICTATED)
    pauses = [pause for turn in turns for pause in _pauses(survey.options(turn))]
    if not pauses:
        return B4.measured("no two options in a row", False)
    holds = min(pauses) >= SHORTEST_PAUSE - CLOSE and max(pauses) <= LONGEST_PAUSE + CLOSE
    return B4.measured(in_seconds(min(pauses), max(pauses)), holds)


def _pauses(options: tuple[Option, ...]) -> list[float]:
    """The pause after each option that another one follows directly."""
    return [
        one.sentence.pause
        for one, other in pairwise(options)
        if one.sentence.pause is not None and abs(one.sentence.end + one.sentence.pause - other.sentence.begin) < CLOSE
    ]


def short_menus(survey: Survey) -> Measurement:
    """From the title, or from the first topic if a prompt comes first, to the last word."""
    lengths = {turn: _menu_length(survey, turn) for turn in survey.menu_turns}
    if not lengths:
        return B5.measured("no menu heard", False)
    longest, named = (max(values) for values in zip(*lengths.values(), strict=True))
    language = survey.library.language
    longest_menu, last_choice_by = ESTIMATED * language.longest_menu, ESTIMATED * language.last_choice_by
    astray = [turn.there for turn, (whole, last) in lengths.items() if whole > longest_menu or last > last_choice_by]
    figure = f"{in_seconds(longest)}; last topic named by {in_seconds(named)}"
    return B5.measured(figure, not astray, _quoted([place_in_words(path) for path in astray]))


def _menu_length(survey: Survey, turn: ObservedTurn) -> tuple[float, float]:
    begin = 0.0 if turn.prompt is Prompt.PLAIN else survey.topic_options(turn)[0].sentence.begin
    return turn.words[-1].end - begin, survey.topic_options(turn)[-1].named - begin


def in_order(survey: Survey) -> Measurement:
    small = frozenset(word.lower() for word in survey.library.words.get("small", ()))
    menus = [survey.topic_options(turn) for turn in survey.menu_turns]
    ordered = sum([option.key for option in menu] == [str(n) for n in range(1, len(menu) + 1)] for menu in menus)
    longest = max((len(option.label) for menu in menus for option in menu), default=0)
    shared = max((_shared(a, b, small) for menu in menus for a, b in combinations(menu, 2)), default=0.0)
    figure = f"{of(ordered, len(menus), 'menus in order')}; {longest} words; {shared:.0%} shared"
    holds = 0 < len(menus) == ordered and longest <= LONGEST_LABEL and shared < MOST_SHARED
    note = "Whether the most needed comes first, and labels are plain: ask five people what they expect behind each."
    return B6.measured(figure, holds, note)


def _shared(one: Option, other: Option, small: frozenset[str]) -> float:
    first, second = (set(bare_words(" ".join(option.label))) - small for option in (one, other))
    return len(first & second) / max(1, min(len(first), len(second)))


def words_people_call_with(survey: Survey) -> Measurement:
    """The treatments that the glossary names, in the main menu or in the menu behind its key 1."""
    main = survey.walk.at(str(survey.walk.arrivals[0].there))
    said = " ".join(turn.said for turn in (survey.walk.arrivals[0], main["1"])).lower()
    missing = [word for word in survey.library.treatments if word.lower() not in said]
    named = len(survey.library.treatments) - len(missing)
    return B7.measured(of(named, len(survey.library.treatments), "treatments"), not missing, ", ".join(missing))


RULES = (few_topics, broad_not_deep, key_last, pause_between, short_menus, in_order, words_people_call_with)
