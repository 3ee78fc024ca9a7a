"""Each rule of texts, of both together, of people and of safety: kept by one toy line, broken by others."""

from dataclasses import replace
from itertools import pairwise

import pytest
import ruler.small as toy
from test_rules_of_calls import CASES as CALLS

from ivr.audit.access import help_first, modes, people, safety, spoken, texts
from ivr.audit.access.table import RULES
from ivr.audit.access.turns import NOBODY, TALK
from ivr.library.heard import Heard, Hearing, words_code
from ivr.model import Prompt, Segment
from ivr.phone.handset import TextsReceived

MENU = toy.answer("Small Line\n1 fruit\n2 salt")
FRUIT = toy.answer("Small Line 1\n11 apples\n12 pears")
RED, SWEET = toy.answer("Small Line 11\nRed apple."), toy.answer("Small Line 11\nSweet apple.")
PEAR, SALT = toy.answer("Small Line 12\nGreen pear."), toy.answer("Small Line 2\nWhite salt.")
KEYS = toy.answer("Small Line. 0 a person, * back, # again, 7 faster, 8 wait, 9 text.")
NUMBERS = {"0": PEAR, "1": FRUIT, "2": SALT, "11": RED, "12": PEAR}
NOTHING = TextsReceived()

RIGHT = {
    "numbers": NUMBERS,
    "keywords": {"apple": RED, "urgent": SALT},
    "moves": {"KEYS": KEYS, "MORE": MENU},
    "unknown": {"qwrtz": MENU},
    "carrier": {"STOP": NOTHING},
    "opted_out": {"STOP": NOTHING},
    "stop_in_a_sentence": {"stop please": NOTHING},
    "in_a_row": NUMBERS,
    "chains": {"11": (RED, SWEET)},
    "alike": {"1": (FRUIT, FRUIT)},
    "after_forget": MENU,
}


def texted(**changes):
    return toy.survey(letters=toy.texts(**{**RIGHT, **changes}))


def first(answer):
    """The answer to one number is this one."""
    return texted(numbers={**NUMBERS, "1": answer})


def known(word, name):
    """A menu has this word."""
    words = {**toy.LIBRARY.words, name: (word,)}
    return replace(texted(), libraries={"en": replace(toy.LIBRARY, words=words)})


TEXTS = [
    (
        texts.short,
        texted(),
        [first(toy.answer("Small Line " + "a" * 300)), first(toy.answer("1 fruit\n2 salt")), toy.survey()],
    ),
    (
        texts.plain_characters,
        texted(),
        [first(toy.answer("Small Line \u201cquoted\u201d")), first(toy.answer("Small Line https://line.example"))],
    ),
    (
        texts.carrier_words,
        texted(),
        [
            texted(carrier={"STOP": MENU}),
            texted(opted_out={"STOP": MENU}),
            texted(stop_in_a_sentence={"stop please": MENU}),
            known("STOP", "back"),
            texted(carrier={}),
        ],
    ),
    (
        texts.forgiving,
        texted(),
        [texted(alike={"1": (FRUIT, MENU)}), first(NOTHING), texted(unknown={"qwrtz": toy.answer("Small Line?")})],
    ),
    (texts.discreet, texted(), [first(toy.answer("Small Line: your tumor")), toy.survey()]),
]


PARTS = (("apple", 1), ("apple", 2), ("pear", 1), ("salt", 1))


def nine(name, part):
    return toy.turn(toy.at(name, part, Prompt.TALKED), "I cannot text you.", act="9", here=toy.at(name, part))


def called(**changes):
    """A line with all facts by key: 1 fruit (11 apples, 12 pears), 2 salt, 0 a person, 9 a text."""
    apple, apple_2, pear = toy.at("apple", 1), toy.at("apple", 2), toy.at("pear", 1)
    ways = {
        "fruit": toy.turn(toy.FRUIT, "Fruit.", "For apples, press 1.", act="1", here=toy.HELLO),
        "salt": toy.turn(toy.SALTY, "Salts.", "Salt is white.", act="2", here=toy.HELLO),
        "person": toy.turn(toy.at(prompt=Prompt.CALLING), act="0", here=toy.HELLO, dialling=toy.NUMBER),
        "apple": toy.turn(apple, "An apple is red.", "It is round.", act="1", here=toy.FRUIT),
        "pear": toy.turn(pear, "A pear is green.", act="2", here=toy.FRUIT),
        "more": toy.turn(apple_2, "An apple can be sweet.", act="1", here=apple),
        **{f"nine_{name}_{part}": nine(name, part) for name, part in PARTS},
    }
    quiet = [toy.silence(place, toy.HOME) for place in (toy.HELLO, toy.FRUIT, apple, apple_2, pear, toy.SALTY)]
    return toy.walk(*[one for one in (ways | changes).values() if one], *quiet)


SENT = toy.turn(toy.at("salt", 1, Prompt.TALKED), "It is sent.", act="9", here=toy.SALTY)


def both(walked=None, sent=SENT, **changes):
    calls = toy.journeys(texted=toy.journey(toy.arrival(), sent))
    return toy.survey(walked or called(), calls, toy.texts(**{**RIGHT, **changes}))


UNKNOWN_KEY = toy.turn(toy.at("apple", 1, Prompt.UNKNOWN_KEY, 1), "That key?", act="9", here=toy.at("apple", 1))
BY_SILENCE = toy.silence(toy.at("apple", 1), toy.at("apple", 2), "An apple can be sweet.")
ASTRAY = toy.turn(toy.SALTY, "Salt is white.", act="1", here=toy.FRUIT)

MODES = [
    (
        modes.same_facts,
        both(),
        [both(called(pear=None)), both(chains={}), both(numbers={**NUMBERS, "2": MENU}, keywords={}, in_a_row={})],
    ),
    (
        modes.text_me_this,
        both(),
        [
            both(called(nine_apple_1=UNKNOWN_KEY)),
            both(called(nine_pear_1=None)),
            both(sent=replace(SENT, there=toy.SALTY)),
            both(moves={"KEYS": toy.answer("Small Line. 0 a person, * back.")}),
        ],
    ),
    (modes.nothing_else_needed, both(), [both(called(more=BY_SILENCE)), both(chains={})]),
    (
        modes.number_is_keys,
        both(),
        [
            both(called(apple=ASTRAY)),
            both(called(person=None)),
            both(numbers={**NUMBERS, "1": MENU}, in_a_row={**NUMBERS, "1": MENU}),
            both(in_a_row={**NUMBERS, "11": SALT}),
        ],
    ),
]

NUMBER = f"The number is {toy.SPOKEN}."
BACK = toy.at("pear", 1, Prompt.UNREACHED)


def ringing(nobody=(NUMBER, NUMBER), talked="Welcome back.", back=BACK, name="pear", **first_call):
    """Key 0 at a segment, and what the end of the dial brings."""
    here, calling = toy.at(name, 1), toy.at(name, 1, Prompt.CALLING)
    turns = [
        toy.turn(calling, act="0", here=here, dialling=toy.NUMBER),
        toy.silence(here, toy.HOME),
        toy.turn(back, *nobody, act=NOBODY, here=calling),
        toy.turn(toy.at(name, 1, Prompt.TALKED), talked, act=TALK, here=calling),
        toy.turn(toy.at(name, 1, Prompt.UNREACHED), "Back.", act="*", here=calling),
    ]
    turns += (
        [toy.turn(toy.HOME, act="0", here=toy.HOME), toy.silence(toy.HOME, None)] if first_call.pop("deaf", 0) else []
    )
    alone = toy.journey(toy.arrival(), toy.turn(BACK, *nobody, act=NOBODY))
    return toy.survey(toy.walk(*turns, arrivals=[toy.arrival(**first_call)]), toy.journeys(unreached=alone))


def spoken_late():
    return toy.walk(arrivals=[toy.arrival(*["Many words before anything of use is said."] * 7, toy.PERSON)])


def secret(kept=("caller:abc place",), walked=None, second=None, number="+12025550100"):
    calls = toy.journeys(withheld_next=toy.journey(second or toy.arrival()), left=toy.journey(number=number))
    return toy.survey(walked or called(), calls, kept=kept)


def broken_off(*said, stopped="apple", forgotten=None, after_forget=MENU, **more):
    """A call left at apple 2; the next one offers to carry on; key 1 does; FORGET was texted by somebody else."""
    offer = said or ("Small Line.", "To carry on, press 1.")
    returned = toy.arrival(*offer, there=more.get("there", toy.at("apple", 2, Prompt.ARRIVED, resuming=True)))
    there = toy.at(stopped, 2 if stopped == "apple" else 1)
    calls = toy.journeys(
        left=toy.journey(toy.arrival(), toy.turn(toy.at("apple", 2), act="1")),
        returned=toy.journey(returned),
        carried_on=toy.journey(returned, toy.turn(there, act="1")),
        forgotten=toy.journey(forgotten or toy.arrival()),
    )
    return toy.survey(calls=calls, letters=toy.texts(**{**RIGHT, "after_forget": after_forget}))


def spoken_in(*said, libraries=("en",)):
    known = {"en": toy.LIBRARY, "xx": toy.OTHER}
    greeting = toy.arrival(*toy.GREETING, *said)
    return toy.survey(toy.walk(arrivals=[greeting]), libraries={tag: known[tag] for tag in libraries})


FOREIGN = toy.speech("Autrement, press 6.", language="xx-XX")

PEOPLE = [
    (
        people.a_person,
        ringing(),
        [
            ringing(nobody=(NUMBER,)),
            ringing(nobody=("Nobody.",), talked="Nobody."),
            ringing(back=toy.HOME),
            ringing(deaf=1),
            replace(ringing(), walk=replace(ringing().walk, arrivals=spoken_late().arrivals)),
        ],
    ),
    (
        people.a_person,
        ringing(name="salt", back=toy.at("salt", 1, Prompt.UNREACHED), nobody=("Call 9 1 1.",)),
        [ringing(name="salt", back=toy.at("salt", 1, Prompt.UNREACHED), nobody=("Nobody.",))],
    ),
    (
        people.private,
        secret(),
        [
            secret(kept=("From=+1 2025550100",)),
            secret(walked=called(pear=None)),
            secret(second=toy.arrival("Welcome back.")),
            secret(walked=replace(called(), arrivals=(toy.arrival(listening=toy.gather(num_digits=4)),))),
        ],
    ),
    (
        people.picked_up,
        broken_off(),
        [
            broken_off(*["Many words before anything of use is said."] * 4, "To carry on, press 1."),
            broken_off("To carry on with Apples, press 1."),
            broken_off(stopped="salt"),
            broken_off(there=toy.HELLO),
            broken_off(forgotten=toy.arrival("Welcome back.")),
            broken_off(after_forget=SWEET),
        ],
    ),
    (
        people.right_language,
        spoken_in(FOREIGN, libraries=("en", "xx")),
        [
            spoken_in(toy.speech("Bonjour.", language="xx-XX")),
            spoken_in(toy.speech("Bonjour.", language="")),
            spoken_in(libraries=("en", "xx")),
            spoken_in("Autrement, press 6.", libraries=("en", "xx")),
            spoken_in(*["Many words before anything of use is said."] * 5, FOREIGN, libraries=("en", "xx")),
        ],
    ),
]


def warned(presses=1, said=toy.GREETING, answer=SALT):
    """The warning signs so many presses away from fruit, and one from the greeting unless they are out of reach."""
    to_salt = [toy.turn(toy.SALTY, "Salt is white.", act="2", here=toy.HELLO)]
    way = [toy.at("fruit", tries=n) for n in range(presses)]
    on = [toy.turn(there, act="3", here=here) for here, there in pairwise(way)]
    last = [toy.turn(toy.SALTY, "Salt is white.", act="4", here=way[-1])] if way else []
    quiet = [toy.silence(place, toy.HOME) for place in (toy.HELLO, *way)]
    walked = toy.walk(*(to_salt if way else []), *on, *last, *quiet, arrivals=[toy.arrival(*said)])
    return toy.survey(walked, letters=toy.texts(**{**RIGHT, "keywords": {"urgent": answer}}))


def without_signs():
    menus = {**toy.LIBRARY.menus, "main": replace(toy.LIBRARY.menus["main"], urgent=None)}
    return toy.survey(libraries={"en": replace(toy.LIBRARY, menus=menus)})


def behind(part=2, is_heard=True):
    """`warned`, and another danger: which part of the topic it is, and whether anyone hears it."""
    name = "salt"
    other = Segment("Salt can burn.", "Burning salt.", ("X6",))
    topic = toy.LIBRARY.topics[name]
    segments = (*topic.segments[: part - 1], other, *topic.segments[part - 1 :])
    library = replace(toy.LIBRARY, topics={**toy.LIBRARY.topics, name: replace(topic, segments=segments)})
    known = warned()
    acts = dict(known.walk.turns)
    if is_heard:
        there = toy.at(name, part)
        acts[toy.SALTY] = {"1": toy.turn(there, "Salt can burn.", here=toy.SALTY), **acts.get(toy.SALTY, {})}
    walked = replace(known.walk, turns=acts)
    return replace(known, walk=walked, libraries={"en": library}, facts={**toy.FACTS, "X6": "Salt can burn."})


def signed(*said, **changes):
    salt = replace(toy.SALT, **changes)
    library = replace(toy.LIBRARY, topics={**toy.LIBRARY.topics, "salt": salt})
    return toy.survey(toy.walk(arrivals=[toy.arrival(*toy.GREETING, *said)]), libraries={"en": library})


HELP = "Call your team. For a person, press 0."
SIGNS = "If it burns, call 9 1 1. Salt is white."


def asked(*said, again=SIGNS, wait=45.0, after=Prompt.CONNECTING, dialling=toy.NUMBER):
    """The warning signs, come to by key 2, and what silence leads to."""
    salt = replace(toy.SALT, segments=(replace(toy.SALT.segments[0], voice=SIGNS),))
    library = replace(
        toy.LIBRARY,
        topics={**toy.LIBRARY.topics, "salt": salt},
        call={**toy.LIBRARY.call, "signs-person": (HELP,)},
        names={**toy.LIBRARY.names, "emergency": "911"},
    )
    places = [toy.at("salt", 1), toy.at("salt", 1, Prompt.SILENT, 1), toy.at("salt", 1, after)]
    walked = toy.walk(
        toy.turn(places[0], *(said or (SIGNS, HELP)), act="2", here=toy.HELLO),
        toy.silence(places[0], places[1], again, HELP),
        toy.silence(places[1], places[2], "I will connect you.", wait=wait),
        toy.silence(places[2], toy.at("salt", 1, Prompt.CALLING_UNASKED), dialling=dialling),
    )
    return toy.survey(walked, libraries={"en": library})


LATE = ("Small Line.", "For fruit, press 1.", *["Many words before anything of use is said."] * 7, "For salt, press 2.")

SAFETY = [
    (safety.warning_signs, warned(), [warned(presses=0), warned(presses=3), warned(said=LATE), warned(answer=PEAR)]),
    (safety.warning_signs, behind(), [behind(is_heard=False), behind(part=1)]),
    (
        safety.in_bounds,
        signed(),
        [signed("You may wait and see."), signed("You have gout."), signed(origin="source")],
    ),
]

HEARING = Hearing("salt.1", words_code("Salt is white."), 3, 0.0, 0.05, 0.1, "call", "2020-01-31", ("white",))


def tried(library=toy.LIBRARY, **changes):
    hearings = {"salt.1": replace(HEARING, **changes)}
    return toy.survey(libraries={"en": library}, tried=Heard("abcd", hearings))


def test_what_was_heard_of_another_line_says_nothing_of_this_one():
    others = {"pepper.1": replace(HEARING, segment="pepper.1"), "salt.1": replace(HEARING, code="another")}
    measured = safety.heard_on_a_bad_line(toy.survey(tried=Heard("abcd", others)))
    assert (measured.holds, "of another line" in measured.figure) == (None, True)


def salt_with(*segments):
    return replace(toy.LIBRARY, topics={**toy.LIBRARY.topics, "salt": replace(toy.SALT, segments=segments)})


WHITE = toy.SALT.segments[0]

SAFETY.append(
    (
        safety.heard_on_a_bad_line,
        tried(),
        [
            tried(code=words_code("Salt is grey.")),
            tried(signs=(), not_heard=("white",)),
            tried(telephone=0.08),
            tried(salt_with(replace(WHITE, signs=()))),
            tried(salt_with(replace(WHITE, signs=("white", "salt")))),
            tried(salt_with(WHITE, replace(WHITE, voice="Salt burns.", signs=("white",)))),
            toy.survey(tried=Heard()),
            replace(tried(salt_with(replace(WHITE, signs=()))), tried=Heard(language="French")),
        ],
    )
)

HELP_FIRST = [
    (
        help_first.help_first,
        asked(),
        [
            asked(SIGNS, "There is no hurry.", HELP),
            asked(SIGNS, "For more, press 1.", HELP),
            asked(SIGNS, "For a person, press 0."),
            asked(again="Take your time."),
            asked(wait=20.0),
            asked(after=Prompt.GOODBYE),
            asked(dialling=None),
            toy.survey(),
        ],
    ),
]

CASES = [*TEXTS, *MODES, *PEOPLE, *SAFETY, *HELP_FIRST]
KEPT = [(rule, good) for rule, good, _ in CASES]
BROKEN = [(rule, bad) for rule, _, bads in CASES for bad in bads]


def name_of(case):
    return getattr(case, "__name__", "")


@pytest.mark.parametrize(("rule", "good"), KEPT, ids=name_of)
def test_a_rule_that_is_kept_holds(rule, good):
    reading = rule(good)
    assert reading.holds is True, reading


@pytest.mark.parametrize(("rule", "bad"), BROKEN, ids=name_of)
def test_a_rule_that_is_broken_does_not_hold(rule, bad):
    reading = rule(bad)
    assert reading.holds is False, reading


@pytest.mark.parametrize(
    ("rule", "survey"),
    [
        (people.private, secret(kept=None)),
        (safety.warning_signs, without_signs()),
        (help_first.help_first, without_signs()),
        (safety.in_bounds, signed(reviewer="")),
        (safety.in_bounds, signed(words_code="01234567")),
        (safety.heard_on_a_bad_line, toy.survey()),
        (safety.heard_on_a_bad_line, toy.survey(tried=Heard(language="French"))),
    ],
    ids=name_of,
)
def test_what_only_people_can_judge_says_how(rule, survey):
    reading = rule(survey)
    assert reading.holds is None
    assert reading.note


def test_every_rule_is_tried_with_what_keeps_and_what_breaks_it():
    """Those of a line that listens to words in a file of their own: test_rules_of_speech.py."""
    tried = dict.fromkeys(rule for rule, _, _ in (*CALLS, *CASES))
    assert [*tried] == [rule for rule in RULES if rule not in spoken.RULES]
