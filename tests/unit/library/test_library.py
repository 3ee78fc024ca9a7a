"""Where things stand: numbers, menus above, the order of topics, and what is near a place that is gone."""

from dataclasses import replace

import pytest

from ivr.library.library import Library, fill
from ivr.model import Choice, Language, Menu, Position, Segment, Topic


def menu(name, *leads_to):
    return Menu(name, name, tuple(Choice(str(key), there, "", "") for key, there in enumerate(leads_to, start=1)))


def topic(name, parts):
    segments = tuple(Segment(f"{name} {part}", "", ()) for part in range(1, parts + 1))
    return Topic(name, name, "", segments, "source", "", "", "")


def library(menus, topics):
    return Library(
        Language("en", "English", "en-US", "A-Voice"),
        {each.name: each for each in menus},
        {each.name: each for each in topics},
        {},
        {},
        {},
    )


SMALL = library(
    [menu("main", "salt", "fruit", "bread"), menu("fruit", "pear", "apple"), menu("lost", "nut")],
    [topic("apple", 3), topic("bread", 1), topic("nut", 2), topic("pear", 1), topic("salt", 2)],
)
"""1 salt; 2 fruit (21 pear, 22 apple); 3 bread. Nothing leads to `lost` and its nut."""


def test_a_code_is_the_keys_to_press():
    assert SMALL.codes == {"main": "", "salt": "1", "fruit": "2", "pear": "21", "apple": "22", "bread": "3"}


def test_parents_are_the_menus_above():
    assert SMALL.parents == {"salt": "main", "fruit": "main", "bread": "main", "pear": "fruit", "apple": "fruit"}


def test_topics_come_in_the_order_of_the_menus():
    assert SMALL.order == ("salt", "pear", "apple", "bread")


@pytest.mark.parametrize(
    ("menus", "codes"),
    [
        ([], {"main": ""}),
        ([menu("main")], {"main": ""}),
        ([menu("main", "gone")], {"main": "", "gone": "1"}),
        ([menu("main", "main", "fruit"), menu("fruit", "main")], {"main": "", "fruit": "2"}),
        ([menu("main", "a"), menu("a", "b"), menu("b", "a", "c")], {"main": "", "a": "1", "b": "11", "c": "112"}),
        ([menu("main", "a", "c"), menu("a", "c")], {"main": "", "a": "1", "c": "2"}),
        (
            [menu("main", "a", "b"), menu("a", "c"), menu("b", "d"), menu("d", "c")],
            {"main": "", "a": "1", "c": "11", "b": "2", "d": "21"},
        ),
    ],
    ids=[
        "no menu",
        "no choice",
        "a choice that leads nowhere",
        "a circle",
        "a deeper circle",
        "a short way",
        "two ways",
    ],
)
def test_odd_menus_still_have_codes(menus, codes):
    odd = library(menus, [])
    assert odd.codes == codes
    assert list(odd.codes.values()) == sorted(odd.codes.values())


@pytest.mark.parametrize(
    ("position", "said"),
    [
        (Position("apple", 1), "apple 1"),
        (Position("apple", 3), "apple 3"),
        (Position("nut", 2), "nut 2"),
        (Position("apple", 3, resuming=True), "apple 3"),
        (Position("apple", 0), None),
        (Position("apple", -1), None),
        (Position("apple", 4), None),
        (Position("fruit"), None),
        (Position("fruit", 1), None),
        (Position("gone", 1), None),
        (Position("", 0), None),
    ],
)
def test_segment(position, said):
    assert getattr(SMALL.segment(position), "voice", None) == said


@pytest.mark.parametrize(
    ("position", "nearest"),
    [
        (Position("main"), Position("main")),
        (Position("fruit"), Position("fruit")),
        (Position("apple", 3), Position("apple", 3)),
        (Position("apple", 3, resuming=True), Position("apple", 3, resuming=True)),
        (Position("apple", 4), Position("fruit")),
        (Position("apple", 4, resuming=True), Position("fruit")),
        (Position("apple", 0), Position("fruit")),
        (Position("bread", 2), Position("main")),
        (Position("fruit", 1), Position("fruit")),
        (Position("fruit", 0, resuming=True), Position("fruit")),
        (Position("nut", 9), Position("main")),
        (Position("gone", 1), Position("main")),
        (Position("", 0), Position("main")),
    ],
    ids=lambda position: f"{position.name or 'nowhere'} {position.part}{' offered' if position.resuming else ''}",
)
def test_nearest(position, nearest):
    assert SMALL.nearest(position) == nearest
    assert SMALL.nearest(nearest) == nearest


@pytest.mark.parametrize(
    ("position", "above"),
    [
        (Position("main"), Position("main")),
        (Position("fruit"), Position("main")),
        (Position("apple", 3), Position("fruit")),
        (Position("bread", 1), Position("main")),
        (Position("apple", 3, resuming=True), Position("main")),
        (Position("gone", 1), Position("main")),
    ],
)
def test_above(position, above):
    assert SMALL.above(position) == above


@pytest.mark.parametrize(
    ("position", "after"),
    [
        (Position("salt", 1), Position("salt", 2)),
        (Position("salt", 2), Position("pear", 1)),
        (Position("pear", 1), Position("apple", 1)),
        (Position("apple", 3), Position("bread", 1)),
        (Position("bread", 1), None),
        (Position("nut", 1), Position("nut", 2)),
        (Position("nut", 2), None),
        (Position("gone", 1), None),
        (Position("apple", 0), Position("apple", 1)),
    ],
)
def test_after(position, after):
    assert SMALL.after(position) == after


def test_going_on_leads_through_every_reachable_segment_once():
    position, heard = Position("salt", 1), []
    while position:
        heard.append(SMALL.segment(position).voice)
        position = SMALL.after(position)
    assert heard == ["salt 1", "salt 2", "pear 1", "apple 1", "apple 2", "apple 3", "bread 1"]


@pytest.mark.parametrize(
    ("position", "last"), [(Position("apple", 1), False), (Position("apple", 3), True), (Position("bread", 1), True)]
)
def test_is_last(position, last):
    assert SMALL.is_last(position) is last


@pytest.mark.parametrize(
    ("name", "position"), [("fruit", Position("fruit")), ("main", Position("main")), ("apple", Position("apple", 1))]
)
def test_where_a_choice_leads(name, position):
    assert SMALL.at(name) == position


def test_a_library_made_of_another_finds_its_places_anew():
    changed = replace(SMALL, menus={"main": menu("main", "apple")})
    assert (changed.codes, changed.order) == ({"main": "", "apple": "1"}, ("apple",))


@pytest.mark.parametrize(
    ("sentence", "slots", "filled"),
    [
        ("Hello.", {"a": "b"}, "Hello."),
        ("{a}, {b}.", {"a": "1", "b": "2"}, "1, 2."),
        ("{a} {a}", {"a": "1"}, "1 1"),
        ("{a} {b}", {"a": "{b}", "b": "2"}, "{b} 2"),
        ("{missing}", {"a": "1"}, "{missing}"),
        ("{a", {"a": "1"}, "{a"),
        ("{{a}}", {"a": "1"}, "{1}"),
        ("{}", {"": "1"}, "{}"),
        ("{a.b} {a!r} {0}", {"a": "1"}, "{a.b} {a!r} {0}"),
        ("{a}", {"a": "\\1 \\g<0>"}, "\\1 \\g<0>"),
    ],
)
def test_fill(sentence, slots, filled):
    assert fill(sentence, slots) == filled
