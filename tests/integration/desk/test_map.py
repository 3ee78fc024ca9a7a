"""The menu as a picture: nothing left out, nothing on top of anything else, and the same in words."""

import re
from dataclasses import dataclass, replace
from itertools import combinations
from xml.etree.ElementTree import Element, fromstring

import pytest

from ivr.desk.documents.menu_map.measure import width, wrap
from ivr.desk.documents.menu_map.page import menu_map
from ivr.library.library import Library
from ivr.library.load import content_of
from ivr.model import Choice, Language, Menu, Segment, Topic
from ivr.settings import CONTENT

SVG = "{http://www.w3.org/2000/svg}"
PLAIN = "Toys"
VERDANA_BOLD = {
    **dict.fromkeys("abdghknopquxyvzces", 0.71),
    **dict.fromkeys("ijl .,:;'", 0.4),
    **dict.fromkeys("ft", 0.46),
    **dict.fromkeys("mw", 1.06),
    **dict.fromkeys("0123456789", 0.71),
    **dict.fromkeys("W", 1.13),
}
OTHERWISE = 0.87
UNTOLD = "<b>&\"]]>\x07'"


def topic(name: str, title: str, segments: int = 1) -> Topic:
    return Topic(name, title, "", (Segment("Said.", "Texted.", ()),) * segments, "source", "", "", "")


def choices(*names: str) -> tuple[Choice, ...]:
    return tuple(Choice(str(key), name, "", "") for key, name in enumerate(names, start=1))


def library(title: str = PLAIN, inner: tuple[str, ...] = ("ball", "kite")) -> Library:
    return Library(
        Language("en", "Toyish", "en-US", "Toy"),
        {
            "main": Menu("main", "Start", choices("inner", "drum"), overview="drum"),
            "inner": Menu("inner", title, choices(*inner)),
        },
        {
            "ball": topic("ball", f"{title} ball", 3),
            "kite": topic("kite", f"{title} kite"),
            "drum": topic("drum", f"{title} drum", 2),
        },
        call={"arrived": ("Toy Line.",)},
        text={"keys": ("0 a person, * back.", "# again & more.")},
        words={},
        names={"line": "Toy Line"},
    )


@dataclass(frozen=True)
class Rectangle:
    left: float
    top: float
    right: float
    bottom: float

    def holds(self, other: "Rectangle") -> bool:
        across = self.left <= other.left and other.right <= self.right
        return across and self.top <= other.top and other.bottom <= self.bottom

    def meets(self, other: "Rectangle") -> bool:
        across = self.left < other.right and other.left < self.right
        return across and self.top < other.bottom and other.top < self.bottom


def svg(found: Library) -> Element:
    return fromstring(menu_map(found))  # noqa: S314 (our own)


def number(element: Element, name: str) -> float:
    return float(element.get(name, "0"))


def rectangle(element: Element) -> Rectangle:
    left, top = number(element, "x"), number(element, "y")
    return Rectangle(left, top, left + number(element, "width"), top + number(element, "height"))


def text_rectangle(text: Element) -> Rectangle:
    """As wide and high as Verdana Bold draws it."""
    size, words = number(text, "font-size"), text.text or ""
    across = sum(VERDANA_BOLD.get(sign, OTHERWISE) for sign in words) * size
    left = number(text, "x") - (across / 2 if text.get("text-anchor") == "middle" else 0)
    return Rectangle(left, number(text, "y") - 0.8 * size, left + across, number(text, "y") + 0.22 * size)


def boxes(picture: Element) -> list[Rectangle]:
    return [rectangle(found) for found in picture.iter(f"{SVG}rect") if found.get("rx")]


def circles(picture: Element) -> list[Rectangle]:
    found = [[number(circle, name) for name in ("cx", "cy", "r")] for circle in picture.iter(f"{SVG}circle")]
    return [Rectangle(x - r, y - r, x + r, y + r) for x, y, r in found]


def texts(picture: Element) -> list[Element]:
    return list(picture.iter(f"{SVG}text"))


def drawn(picture: Element) -> str:
    return " ".join(text.text or "" for text in texts(picture))


# --- what is on it -----------------------------------------------------------------------------------------


def test_it_names_every_menu_and_topic_with_code_and_segments() -> None:
    picture = svg(library())
    assert len(boxes(picture)) == 5
    for words in ("Start menu no key pressed: 2", "1 Toys menu", "11 Toys ball 3 segments", "12 Toys kite 1 segment"):
        assert words in drawn(picture)
    assert "2 Toys drum 2 segments" in drawn(picture)


def test_each_way_bears_its_key_on_the_way_into_its_box() -> None:
    picture = svg(library())
    keys = [text for text in texts(picture) if text.get("text-anchor") == "middle"]
    titles = {
        (text.text or "").split(" ")[0]: number(text, "y") for text in texts(picture) if PLAIN in (text.text or "")
    }
    assert [key.text for key in keys] == ["1", "1", "2", "2"]
    for key, code in zip(keys, ("1", "11", "12", "2"), strict=True):
        assert abs(number(key, "y") - titles[code]) < 30
    assert len(circles(picture)) == len(list(picture.iter(f"{SVG}path"))) == 4


def test_the_picture_has_a_name_and_the_whole_tree_in_words() -> None:
    picture = svg(library())
    assert picture.get("role") == "img"
    title, listed = picture.find(f"{SVG}title"), picture.find(f"{SVG}desc")
    assert title is not None
    assert listed is not None
    assert {picture.get("aria-labelledby"), picture.get("aria-describedby")} == {title.get("id"), listed.get("id")}
    assert "Toy Line" in (title.text or "")
    assert (listed.text or "").split("\n") == [
        "Start (menu, no key pressed: 2)",
        "  Key 1: 1 Toys (menu)",
        "    Key 1: 11 Toys ball (3 segments)",
        "    Key 2: 12 Toys kite (1 segment)",
        "  Key 2: 2 Toys drum (2 segments)",
    ]


def test_the_keys_that_mean_the_same_everywhere_stand_below_in_the_words_of_the_content() -> None:
    picture = svg(library())
    legend = [text for text in texts(picture) if "back" in (text.text or "") or "again" in (text.text or "")]
    assert [text.text for text in legend] == ["0 a person, * back.", "# again & more."]
    assert min(number(text, "y") for text in legend) > max(box.bottom for box in boxes(picture))


def test_a_choice_that_leads_to_another_box_or_in_a_circle_says_so_and_ends() -> None:
    picture = svg(library(inner=("ball", "kite", "drum", "main")))
    assert drawn(picture).count("2 segments") == 1
    assert drawn(picture).count("2 Toys drum shown elsewhere") == 1
    assert drawn(picture).count("Start shown elsewhere") == 1


def test_all_real_languages_are_drawn_whole() -> None:
    for found in content_of(CONTENT, "+12025550100").libraries.values():
        picture = svg(found)
        assert len(boxes(picture)) == len(found.codes)
        for name, entry in {**found.menus, **found.topics}.items():
            assert " ".join(f"{found.codes[name]} {entry.title}".split()) in drawn(picture)


# --- how it is drawn ---------------------------------------------------------------------------------------

TITLES = (PLAIN, "W" * 90, "a very long title that goes on and on " * 9, "A" * 12 + " of " + "mm" * 30, "q")


@pytest.mark.parametrize("title", TITLES)
def test_nothing_overlaps_and_nothing_leaves_the_page_whatever_the_title(title: str) -> None:
    picture = svg(library(title))
    page = Rectangle(0, 0, number(picture, "width"), number(picture, "height"))
    for one, other in combinations([*boxes(picture), *circles(picture)], 2):
        assert not one.meets(other)
    for one, other in combinations([text_rectangle(text) for text in texts(picture)], 2):
        assert not one.meets(other)
    for found in [*boxes(picture), *circles(picture), *map(text_rectangle, texts(picture))]:
        assert page.holds(found)
    outlines = [*boxes(picture), *circles(picture)]
    for text in texts(picture):
        crossed = [outline for outline in outlines if outline.meets(text_rectangle(text))]
        assert all(outline.holds(text_rectangle(text)) for outline in crossed), text.text


def test_a_menu_taller_than_all_below_it_keeps_its_distance() -> None:
    toy = library(inner=("ball",))
    tall = {name: replace(menu, title="a tall title " * 40) for name, menu in toy.menus.items()}
    picture = svg(replace(toy, menus=tall))
    for one, other in combinations(boxes(picture), 2):
        assert not one.meets(other)
    assert min(box.top for box in boxes(picture)) > max(number(text, "y") for text in texts(picture)[:1])


@pytest.mark.parametrize("title", TITLES)
def test_lines_run_outside_all_boxes_but_those_they_join(title: str) -> None:
    picture = svg(library(title))
    for path in picture.iter(f"{SVG}path"):
        x, y, step, turn, end = map(float, re.findall(r"-?[\d.]+", path.get("d", "")))
        upright = Rectangle(x + step, min(y, turn), x + step, max(y, turn))
        level = Rectangle(x + step, turn, end, turn)
        for box in boxes(picture):
            assert not box.meets(upright)
            assert not box.meets(level)
        assert any(box.right == pytest.approx(x, abs=0.1) and box.top < y < box.bottom for box in boxes(picture))
        assert any(box.left == pytest.approx(end, abs=0.1) and box.top < turn < box.bottom for box in boxes(picture))


def test_the_page_is_as_wide_as_what_is_on_it() -> None:
    short, long = svg(library("q")), svg(library("many words " * 20))
    assert number(long, "width") > number(short, "width")
    for picture in (short, long):
        assert number(picture, "width") - max(box.right for box in boxes(picture)) < 100
        assert picture.get("viewBox") == f"0 0 {picture.get('width')} {picture.get('height')}"


def test_letters_are_large_and_stand_out() -> None:
    picture = svg(library())
    assert min(number(text, "font-size") for text in texts(picture)) >= 16
    dark = {"#000000", "#0b2f6b"}
    fills = {rectangle(found): found.get("fill") for found in picture.iter(f"{SVG}rect") if found.get("rx")}
    for text in texts(picture):
        around = next((fill for box, fill in fills.items() if box.holds(text_rectangle(text))), "#ffffff")
        assert (text.get("fill") in dark) != (around in dark)


def test_a_title_cannot_break_out_of_its_place() -> None:
    picture = svg(library(UNTOLD))
    assert "11 <b>&\"]]>' ball" in drawn(picture)
    assert not list(picture.iter(f"{SVG}b"))


def test_it_needs_nothing_from_outside() -> None:
    drawing = menu_map(library()).replace('xmlns="http://www.w3.org/2000/svg"', "")
    for outside in ("//", "href", "url(", "@import", "<style", "<script"):
        assert outside not in drawing


def test_the_same_library_gives_the_same_picture_and_another_menu_another() -> None:
    toy = library()
    assert menu_map(toy) == menu_map(library())
    assert menu_map(replace(toy, menus={"main": toy.menus["main"]})) != menu_map(toy)


# --- room for words ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", ["one two three", "W" * 50, "漢字" * 20, "  spaced   out ", "e\u0301" * 40])
def test_wrapped_lines_fit_and_keep_every_sign(words: str) -> None:
    lines = wrap(words, 18, 120)
    assert all(width(line, 18) <= 120 for line in lines)
    assert "".join(lines).replace(" ", "") == "".join(words.split())


def test_no_words_take_no_line() -> None:
    assert wrap("  ", 18, 120) == ()


@pytest.mark.parametrize(
    ("sign", "verdana_bold"),
    [("W", 1.13), ("m", 1.06), ("%", 1.28), ("Q", 0.87), ("a", 0.67), ("(", 0.54), ("t", 0.46), ("&", 0.86)],
)
def test_no_sign_is_measured_narrower_than_the_widest_plain_font_draws_it(sign: str, verdana_bold: float) -> None:
    assert width(sign, 1) >= verdana_bold


def test_a_narrow_sign_is_not_given_the_room_of_a_wide_one() -> None:
    assert width("i", 1) < width("a", 1) < width("W", 1)
