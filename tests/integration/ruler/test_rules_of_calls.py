"""Each rule of calls, on a toy call that keeps it and on toy calls that break it."""

from dataclasses import replace

import pytest
import ruler.small as toy

from ivr.audit.access import keys, menus, opening, time, voice, words
from ivr.audit.access.turns import KEYS, SILENCE
from ivr.model import Pace, Prompt

LONG = ("This sentence has many words and says nothing at all that anyone needs.",) * 3
APPLE = ("Apples.", "An apple is red.", "It is round.")
APPLE_2 = ("Apples.", "An apple can be sweet.")
THE_REST = (("A pear is green.",), ("Salt is white.",))
"""What else tells facts that every silent caller hears."""
SALT = ("Salts.", "Salt is white.")
NUMBER = toy.speech(f"Call {toy.SPOKEN}.", rate=0.75)


def greeted(*said, **more):
    """A survey of one greeting and nothing else."""
    return toy.survey(toy.walk(arrivals=[toy.arrival(*said, **more)]))


def heard(*turns, **more):
    return toy.survey(toy.walk(*turns), **more)


MUTE = greeted("Hello.")


def hasty(*turns, **greeting):
    calls = toy.journeys(hasty=toy.journey(toy.arrival(), *turns))
    return toy.survey(toy.walk(arrivals=[toy.arrival(**greeting)]), calls)


def near(naming="Salts.", silent=(*APPLE, *APPLE_2, "A pear is green.", SALT[1]), wait=10.0):
    """Key 2 leads to a segment; silence, to the main points and the warning signs."""
    overview = toy.turn(toy.at("apple", 1, touring=True), *silent, act=SILENCE, here=toy.HELLO)
    calls = toy.journeys(silent=toy.journey(toy.arrival(wait=wait), overview))
    return toy.survey(toy.walk(toy.turn(toy.SALTY, naming, SALT[1], act="2", here=toy.HELLO)), calls)


OPENING = [
    (
        opening.emergency_first,
        greeted(),
        [greeted(*LONG, *toy.GREETING), greeted("Small Line."), greeted("Small Line.", "Hello.", *toy.GREETING[1:])],
    ),
    (
        opening.usable_choice,
        hasty(toy.turn(toy.FRUIT, act="1")),
        [
            hasty(),
            hasty(toy.turn(toy.HOME, act="1")),
            hasty(toy.turn(toy.FRUIT, act="1"), live=False),
            greeted(*LONG, toy.PERSON),
        ],
    ),
    (
        opening.content_near,
        near(),
        [
            near(naming=LONG[0]),
            near(silent=APPLE),
            near(silent=(*APPLE, *APPLE_2, "A pear is green.")),
            near(silent=(*APPLE, *APPLE_2, "A pear is green.", *LONG * 10, SALT[1])),
            near(wait=75.0),
            toy.survey(),
        ],
    ),
    (opening.no_padding, greeted(), [greeted(LONG[0], *toy.GREETING), greeted("Small Line.", *LONG, toy.PERSON)]),
]


def facts_by(*keys, last=toy.SALTY):
    """All facts at the end of a way of keys."""
    places = [toy.HELLO, *(toy.at("fruit" if number == 1 else "main") for number in range(1, len(keys))), last]
    places = [place if number == 0 else f"{place}" for number, place in enumerate(places)]
    turns = [toy.turn(there, act=key, here=here) for key, here, there in zip(keys, places, places[1:], strict=False)]
    all_facts = (*APPLE, *APPLE_2, "A pear is green.", *SALT)
    return heard(*turns[:-1], toy.turn(last, *all_facts, act=keys[-1], here=turns[-1].here))


def menu(*choices, **more):
    return heard(toy.turn(toy.HOME, *choices, here=toy.HELLO, **more))


def treated(*treatments):
    """A main menu, and behind its key 1 a menu with apples."""
    walked = toy.walk(toy.turn(toy.FRUIT, "For apples, press 1.", act="1", here=toy.HELLO))
    return toy.survey(walked, libraries={"en": replace(toy.LIBRARY, treatments=treatments)})


FIVE = tuple(f"For {name}, press {key}." for key, name in enumerate(("ox", "elk", "cow", "hen", "cat"), start=1))

MENUS = [
    (
        menus.few_topics,
        menu(*FIVE),
        [menu(*FIVE, "For more, press 1."), menu(*FIVE, *["To go back, press star."] * 4), MUTE],
    ),
    (
        menus.broad_not_deep,
        facts_by("1"),
        [
            heard(toy.turn(toy.SALTY, *SALT, act="1", here=toy.HELLO)),
            heard(
                toy.turn(toy.FRUIT, act="1", here=toy.HELLO),
                toy.turn(toy.HOME, act="1", here=toy.FRUIT),
                toy.turn(toy.at(tries=1), *(*APPLE, *APPLE_2, "A pear is green.", *SALT), act="1", here=toy.HOME),
            ),
        ],
    ),
    (menus.key_last, menu(*FIVE), [menu("Press 1 for fruit."), menu("For fruit, press 1, or wait."), MUTE]),
    (menus.pause_between, menu(*FIVE), [menu(*FIVE, pause=0.2), menu(*FIVE, pause=1.5), MUTE]),
    (
        menus.short_menus,
        menu(*FIVE),
        [
            menu(*FIVE, *LONG, *LONG),
            menu(*[f"For {' very' * 9} much, press {key}." for key in "12345"]),
            MUTE,
        ],
    ),
    (
        menus.in_order,
        menu(*FIVE),
        [
            menu(*reversed(FIVE)),
            menu("For one two three four five six seven eight, press 1."),
            menu("For red fruit, press 1.", "For green fruit, press 2."),
        ],
    ),
    (menus.words_people_call_with, treated("apples", "Salt"), [treated("apples", "pears")]),
]


def pressed(here=toy.SALTY, **changes):
    """A place where every key does what it should, but for `changes`: key_0, star, pound, ..."""
    as_it_should = {
        "0": toy.turn(toy.at("salt", 1, Prompt.CALLING), dialling=toy.NUMBER),
        "*": toy.turn(toy.HOME, "Main menu.", *toy.MENU),
        "#": toy.turn(here, *SALT),
        "9": toy.turn(toy.at("salt", 1, Prompt.TALKED), "It is sent."),
        "8": toy.turn(toy.at("salt", 1, Prompt.WAITING, 1), "Waiting."),
        "7": toy.turn(toy.at("salt", 1, Prompt.PACED, pace=Pace.SLOW), *SALT, rate=0.75),
        SILENCE: toy.turn(toy.at("salt", 1, Prompt.SILENT, 1), "One moment."),
        **{key: toy.turn(toy.at("salt", 1, Prompt.UNKNOWN_KEY, 1), "That key?") for key in "123456"},
    }
    acts = as_it_should | {NAMES[name]: one for name, one in changes.items()}
    return [replace(one, act=act, here=here) for act, one in acts.items()]


NAMES = {"star": "*", "pound": "#", **{f"key_{digit}": digit for digit in "0123456789"}}
UNKNOWN = toy.turn(toy.at("salt", 1, Prompt.UNKNOWN_KEY, 1), "That key?")


def again(*turns, times=10, error="That key?"):
    row = [toy.turn(toy.SALTY, error, act="#") for _ in range(times)]
    return toy.survey(toy.walk(*turns), toy.journeys(again=toy.journey(toy.arrival(), *row)))


WAIT = toy.at("salt", 1, Prompt.WAITING, 1)


def waiting(prompts=13, wait=25.0, last=toy.SALTY, **keys_there):
    turns = [toy.turn(WAIT, "Waiting.", act=SILENCE, wait=wait) for _ in range(prompts)]
    call = toy.journey(toy.arrival(), *turns, toy.turn(last, *SALT))
    acts = pressed(WAIT, pound=toy.turn(WAIT, "Waiting."), **keys_there)
    on = [replace(one, there=toy.SALTY) if one.act in "1234569" else one for one in acts]
    return toy.survey(toy.walk(*on if not keys_there else acts), toy.journeys(waiting=call))


KEYS_CASES = [
    (
        keys.one_meaning,
        heard(*pressed()),
        [heard(*pressed(**{name: UNKNOWN})) for name in ("key_0", "star", "key_7", "key_8")]
        + [
            heard(*pressed(), *pressed(WAIT, pound=toy.turn(WAIT, "Waiting."), key_9=nine))
            for nine in (UNKNOWN, toy.turn(toy.SALTY, *SALT))
        ]
        + [toy.survey()]
        + [heard(*pressed(), libraries={"en": toy.LIBRARY, "xx": toy.OTHER})],
    ),
    (
        keys.heard_again,
        again(*pressed(), toy.turn(toy.SALTY, *SALT, act="2", here=toy.HOME)),
        [
            again(*pressed(pound=toy.turn(toy.SALTY, "Again.")), toy.turn(toy.SALTY, *SALT, act="2", here=toy.HOME)),
            again(*pressed(pound=toy.turn(toy.HOME, *SALT))),
            again(*pressed(), times=9),
        ],
    ),
    (
        keys.back_works,
        heard(*pressed()),
        [heard(*pressed(star=UNKNOWN)), heard(*pressed(star=toy.turn(toy.FRUIT, "Fruit.")))],
    ),
    (keys.always_interrupts, greeted(), [greeted(live=False)]),
    (
        keys.holds_still,
        waiting(),
        [waiting(prompts=5), waiting(wait=31.0), waiting(last=WAIT), waiting(key_1=toy.turn(WAIT, "Waiting."))],
    ),
    (
        keys.keys_alone,
        greeted(),
        [
            greeted(listening=toy.gather(**changed))
            for changed in ({"num_digits": 2}, {"num_digits": None}, {"finish_on_key": "#"}, {"takes_keys": False})
        ],
    ),
    (
        keys.names_the_place,
        heard(toy.turn(toy.SALTY, *SALT, here=toy.HOME)),
        [heard(toy.turn(toy.SALTY, SALT[1], here=toy.HOME)), heard(toy.turn(toy.SALTY, LONG[0], *SALT, here=toy.HOME))],
    ),
]


def announced(*said, **acts):
    """What is said at the main menu, and what its keys do."""
    came = toy.turn(toy.HOME, *said, act="*", here=toy.SALTY)
    turns = [replace(one, act=NAMES[name], here=toy.HOME) for name, one in acts.items()]
    return heard(came, toy.silence(toy.HOME, toy.at(prompt=Prompt.SILENT, tries=1), "Silence 1."), *turns)


ANNOUNCED = [
    (
        keys.does_what_was_said,
        announced("For salt, press 2.", key_2=toy.turn(toy.SALTY, *SALT)),
        [
            announced("For salt, press 2.", key_2=toy.turn(toy.FRUIT, "Fruit.")),
            announced(
                "For the moon, press 3.", key_3=toy.turn(toy.at(prompt=Prompt.UNKNOWN_KEY, tries=1), "That key?")
            ),
            announced("For a person, press 0.", key_0=toy.turn(toy.SALTY, *SALT)),
            announced("Hello."),
        ],
    ),
    (
        keys.nothing_twice,
        announced(*toy.MENU, f"Call {toy.SPOKEN}.", f"Call {toy.SPOKEN}."),
        [announced(*toy.MENU, toy.MENU[0])],
    ),
]


def silent_call(wait=20.0, end=True, **more):
    """Silence at the main menu: three prompts, goodbye, the end."""
    places = [toy.at(prompt=Prompt.SILENT, tries=n, patient=True) for n in (1, 2, 3)]
    places.append(toy.at(prompt=Prompt.GOODBYE, tries=1, patient=True))
    said = [("Silence 1.",), ("Silence 2.",), ("Silence 3.", toy.PERSON), ("Goodbye.",)]
    first = toy.silence(toy.HELLO, places[0], *said[0], wait=wait)
    rest = [
        toy.silence(here, there, *words_there, wait=wait)
        for here, there, words_there in zip(places, places[1:], said[1:], strict=False)
    ]
    over = [toy.silence(places[-1], None)] if end else []
    staying = [toy.turn(toy.HOME, *toy.MENU, act=key, here=place, wait=wait) for place in places for key in KEYS]
    silent = toy.journey(toy.arrival(), first, *rest, *over)
    return toy.walk(first, *rest, *over, *staying, **more), silent


def resets(times=10, ended=False):
    warning = toy.turn(toy.at(prompt=Prompt.SILENT, tries=3), "Silence 3.", act=SILENCE, here=toy.HOME)
    back = toy.turn(None if ended else toy.HOME, act="1")
    return toy.journey(toy.arrival(), *[warning, back] * times)


def silent(wait=20.0, calls=None, **more):
    walked, call = silent_call(wait, **more)
    return toy.survey(walked, calls or toy.journeys(silent=call, resets=resets()))


def goodbye_again():
    """`#` at the goodbye says it again; then the line hangs up after 20 seconds."""
    walked, call = silent_call()
    goodbye = toy.at(prompt=Prompt.GOODBYE, tries=1, patient=True)
    acts = {**walked.turns[goodbye], "#": toy.turn(goodbye, "Goodbye.", act="#", here=goodbye, wait=20.0)}
    return toy.survey(replace(walked, turns={**walked.turns, goodbye: acts}), toy.journeys(silent=call))


def keys_that_end():
    walked, call = silent_call()
    warning = toy.at(prompt=Prompt.SILENT, tries=3, patient=True)
    acts = {**walked.turns[warning], "1": toy.turn(None, here=warning)}
    walked = replace(walked, turns={**walked.turns, warning: acts})
    return toy.survey(walked, toy.journeys(silent=call, resets=resets()))


SILENCES = ("Silence 1.", "Silence 2.", "Silence 3.")
OTHERS = ("Other key 1.", "Other key 2.", "Other key 3.")


def prompts(silences=SILENCES, others=OTHERS, third=(toy.PERSON,)):
    turns = [
        toy.turn(toy.at(prompt=prompt, tries=n), said, *(third if n == 3 else ()), act=str(n), here=place)
        for prompt, row, place in ((Prompt.SILENT, silences, toy.HOME), (Prompt.UNKNOWN_KEY, others, toy.HELLO))
        for n, said in enumerate(row, start=1)
    ]
    return heard(*turns)


def ends(*turns, fault=f"Call {toy.SPOKEN}."):
    library = replace(toy.LIBRARY, call={**toy.LIBRARY.call, "fault": (fault,)})
    dialling = toy.turn(toy.at(prompt=Prompt.CALLING), act="0", here=toy.HOME, dialling=toy.NUMBER)
    return toy.survey(toy.walk(dialling, *turns), libraries={"en": library})


def dead_ear():
    return toy.turn(toy.SALTY, *SALT, here=toy.HOME, listening=toy.gather(action_on_empty_result=False))


def late(there=None, **keys_there):
    """Keys at the first segment of apples, and the same keys while the second is being named."""
    here = toy.at("apple", 1)
    timely = {"1": toy.turn(toy.at("apple", 2), *APPLE_2), "*": toy.turn(toy.FRUIT, "Fruit.")}
    acts = (
        timely
        | {"1": toy.turn(there or toy.at("apple", 2), *APPLE_2)}
        | {NAMES[name]: one for name, one in keys_there.items()}
    )
    walked = toy.walk(*(replace(one, act=act, here=here) for act, one in timely.items()))
    pressed_late = {act: replace(one, act=act, here=here) for act, one in acts.items()}
    return toy.survey(replace(walked, late={here: pressed_late}))


def no_late_key():
    """The line does not listen while it names what comes next."""
    return toy.survey(replace(toy.walk(), late={toy.at("apple", 1): {}}))


def given_up(*said, last=Prompt.GOODBYE, wait=45.0, only_asked=False, asked=3):
    """A caller who presses nothing; and a line that dials of its own accord."""
    segments = [
        toy.turn(toy.at("apple", part, touring=True), *words, act=SILENCE) for part, words in enumerate(said, 1)
    ]
    call = toy.journey(toy.arrival(), *segments, toy.turn(toy.at(prompt=last), "It ends.", act=SILENCE))
    here = toy.at(prompt=Prompt.CONNECTING, only_asked=only_asked)
    told = toy.silence(toy.HOME, here, "I will connect you.", wait=wait)
    dials = toy.silence(here, toy.at(prompt=Prompt.CALLING_UNASKED), dialling=toy.NUMBER)
    offers = [toy.at(prompt=Prompt.TEXT_FAILED, tries=tries) for tries in range(asked)]
    ways = list(zip([toy.FRUIT, *offers], [*offers, toy.at(prompt=Prompt.SILENT, tries=3)], strict=True))
    asks = [toy.silence(here, there, f"Question {number}.") for number, (here, there) in enumerate(ways)]
    return toy.survey(toy.walk(told, dials, *asks), toy.journeys(silent=call))


TIME = [
    (time.long_enough, greeted(), [greeted(wait=5.0)]),
    (time.patience, silent(), [silent(wait=10.0), toy.survey()]),
    (
        time.warned,
        silent(),
        [
            silent(wait=10.0),
            keys_that_end(),
            silent(calls=toy.journeys(resets=resets(times=9))),
            silent(calls=toy.journeys(resets=resets(ended=True))),
        ],
    ),
    (
        time.told_apart,
        prompts(),
        [
            prompts(others=("Silence 1.", "Silence 2.", "Silence 3.")),
            prompts(silences=("Silence 1.", "Silence 1.", "Silence 3.")),
            prompts(others=("That is wrong.", "Other key 2.", "Other key 3.")),
            prompts(others=("Other key 1.", LONG[0] * 3, "Other key 3.")),
            prompts(third=()),
            prompts(silences=("Silence 1.",)),
        ],
    ),
    (
        time.no_dead_end,
        ends(),
        [
            ends(dead_ear()),
            ends(toy.turn(None, act="1", here=toy.HOME)),
            ends(toy.silence(toy.HOME, None, verbs=("Say",))),
            ends(fault="Sorry."),
        ],
    ),
    (
        time.slow_enough,
        toy.survey(toy.walk(), toy.journeys(silent=silent_call()[1])),
        [
            silent(wait=5.0),
            toy.survey(toy.walk(), toy.journeys(silent=silent_call(end=False)[1])),
            goodbye_again(),
        ],
    ),
    (
        time.late_keys,
        late(),
        [
            late(there=toy.at("pear", 1)),
            late(star=toy.turn(toy.HOME, *toy.MENU)),
            no_late_key(),
            toy.survey(),
        ],
    ),
    (
        time.nobody_given_up,
        given_up(APPLE, APPLE_2, *THE_REST),
        [
            given_up(APPLE, *THE_REST),
            given_up(APPLE, APPLE_2, THE_REST[0]),
            given_up(APPLE, APPLE_2, APPLE_2, *THE_REST),
            given_up(APPLE, APPLE_2, *THE_REST, last=Prompt.SILENT),
            given_up(APPLE, APPLE_2, *THE_REST, wait=20.0),
            given_up(APPLE, APPLE_2, *THE_REST, only_asked=True),
            given_up(APPLE, APPLE_2, *THE_REST, asked=2),
            given_up(APPLE, APPLE_2, *THE_REST, asked=4),
            toy.survey(),
        ],
    ),
]


def segment(*said, position=("apple", 1), **more):
    return heard(toy.turn(toy.at(*position), *said, here=toy.HOME), **more)


def library_with(voice, facts=("G1",), text="Red apple."):
    """The small library, with these words in its first segment."""
    first = replace(toy.APPLE.segments[0], voice=voice, facts=facts, text=text)
    topics = {"apple": replace(toy.APPLE, segments=(first,))}
    return {"libraries": {"en": replace(toy.LIBRARY, topics=topics)}}


def only(voice, *before, facts=("G1",), text="Red apple.", **more):
    """That segment, heard."""
    return segment(*before, voice, **library_with(voice, facts, text), **more)


SIGNS = "Salt may be white. "
HARD = "Osteolytic metastatic lesions necessitate individualised multidisciplinary pharmacological considerations."
GLOSSARY = {"cider": ("juice gone old",)}

WORDS = [
    (
        words.short_segments,
        only("An apple is red."),
        [
            only(" ".join(f"Apple {number} is red." for number in range(20))),
            only("Apple, " * 70 + "red and round and sweet and good."),
            toy.survey(),
        ],
    ),
    (
        words.short_segments,
        only(SIGNS * 20, facts=("X2",)),
        [only(SIGNS * 20, facts=("X6",)), only(SIGNS * 23, facts=("X2",)), only("Salt. " * 80, facts=("X2",))],
    ),
    (
        words.few_facts,
        only("An apple is red."),
        [only("An apple is red.", facts=("G1", "G2", "G3", "X1")), toy.survey()],
    ),
    (words.reading_level, only("An apple is red."), [only(HARD), only("An apple is red.", text=HARD)]),
    (
        words.built_for_the_ear,
        only("An apple is red."),
        [
            only("An apple is red " + "and red " * 10 + "too."),
            only(HARD),
            only("An apple is red.", " ".join(["So"] * 21) + "."),
        ],
    ),
    (
        words.explained,
        only("Try cider, juice gone old.", glossary=GLOSSARY),
        [
            only("Try cider.", glossary=GLOSSARY),
            only("Try cider, juice gone old.", text="Try cider.", glossary=GLOSSARY),
            only("Try cider, a b c d e f g h i j k.", glossary={"cider": ("a b c d e f g h i j k",)}),
            only("Try ale, so. And rum, so. And gin, so.", glossary=dict.fromkeys(("ale", "rum", "gin"), ("so",))),
        ],
    ),
    (
        words.explained,
        only("Try cider, an apple\u2019s juice.", glossary={"cider": ("an apple's juice",)}),
        [only("Try cider, an apples juice.", glossary={"cider": ("an apple's juice",)})],
    ),
    (
        words.as_people_say,
        segment(NUMBER, NUMBER),
        [
            segment(NUMBER),
            segment(NUMBER, NUMBER, "Call 202-555-0100."),
            segment(NUMBER, NUMBER, "Ask the NHS."),
            segment(*[f"Call {toy.SPOKEN}."] * 2),
            segment(*[toy.speech("Call 1 2 0 2 5 5 5 0 1 0 0.", rate=0.75)] * 2),
            segment("Nothing."),
        ],
    ),
]


def paced(rates=(0.75, 1.25, 1.0, 0.75), default=1.0, next_rate=0.75, said=SALT):
    start = toy.turn(toy.SALTY, *SALT, act="2", rate=default)
    turns = [toy.turn(toy.at("salt", 1, Prompt.PACED), *said, act="7", rate=rate) for rate in rates]
    call = toy.journey(toy.arrival(rate=default), start, *turns)
    return toy.survey(calls=toy.journeys(paced=call, paced_next=toy.journey(toy.arrival(rate=next_rate))))


def sounding(pause=0.7, **more):
    return heard(toy.turn(toy.at("apple", 1), *APPLE, here=toy.HOME, pause=pause, **more))


VOICE = [
    (
        voice.pace,
        paced(),
        [
            paced(rates=(0.75, 1.0, 0.75)),
            paced(rates=(0.9, 1.25, 1.0, 0.9), next_rate=0.9),
            paced(next_rate=1.0),
            paced(default=1.25),
            paced(said=("Something else.",)),
        ],
    ),
    (voice.clean_sound, sounding(), [sounding(pause=0.4), toy.survey(toy.walk(arrivals=[toy.arrival("Hello.")]))]),
]

CASES = [*OPENING, *MENUS, *KEYS_CASES, *ANNOUNCED, *TIME, *WORDS, *VOICE]


KEPT = [(rule, good) for rule, good, _ in CASES]
BROKEN = [(rule, bad) for rule, _, bads in CASES for bad in bads]


def name_of(case):
    return getattr(case, "__name__", "")


@pytest.mark.parametrize(("rule", "good"), KEPT, ids=name_of)
def test_a_rule_that_is_kept_holds(rule, good):
    measurement = rule(good)
    assert measurement.holds is True, measurement


@pytest.mark.parametrize(("rule", "bad"), BROKEN, ids=name_of)
def test_a_rule_that_is_broken_does_not_hold(rule, bad):
    measurement = rule(bad)
    assert measurement.holds is False, measurement


def test_a_recording_has_to_be_listened_to():
    measurement = voice.clean_sound(sounding(recordings=("tune.mp3",)))
    assert measurement.holds is None
    assert measurement.note


def test_a_grade_is_for_english_only():
    other = replace(toy.LIBRARY, language=toy.OTHER.language)
    measurement = words.reading_level(toy.survey(libraries={"xx": other}))
    assert measurement.holds is None
    assert measurement.note
