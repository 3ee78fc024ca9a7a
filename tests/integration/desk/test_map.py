"""The menu as a page: nothing left out, and each choice stands below the menu that offers it."""

from dataclasses import replace
from xml.etree.ElementTree import Element, fromstring

from ivr.desk.documents.menu_map import menu_map
from ivr.dialogue.keys import live_keys
from ivr.library.library import Library
from ivr.library.load import content_of
from ivr.model import Choice, Language, Menu, Segment, Topic
from ivr.settings import CONTENT

PLAIN = "Toys"


def topic(name: str, title: str, segments: int = 1) -> Topic:
    return Topic(name, title, "", (Segment("Said.", "Texted.", ()),) * segments, "source", "", "", "")


def choices(*names: str) -> tuple[Choice, ...]:
    return tuple(Choice(str(key), name, "", "") for key, name in enumerate(names, start=1))


def library(title: str = PLAIN, inner: tuple[str, ...] = ("ball", "kite")) -> Library:
    return Library(
        Language("en", "Toyish", "en-US", "Toy"),
        {
            "main": Menu("main", "Start", choices("inner", "drum"), silent=("drum",)),
            "inner": Menu("inner", title, choices(*inner), keywords=("PLAY", "FUN")),
        },
        {
            "ball": topic("ball", f"{title} ball", 3),
            "kite": topic("kite", f"{title} kite"),
            "drum": topic("drum", f"{title} drum", 2),
        },
        call={},
        text={"keys": ("0 a person, * back.", "# again & more.")},
        words={},
        names={"line": "Toy Line"},
    )


def page(found: Library) -> Element:
    return fromstring(menu_map(found).removeprefix("<!DOCTYPE html>"))  # noqa: S314 (our own)


def words(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


def boxes(found: Element) -> list[Element]:
    return [element for element in found.iter("div") if "box" in (element.get("class") or "").split()]


def tree(entry: Element) -> tuple[str, list[object]]:
    """What a box of the tree says, and the same of each choice below it."""
    (box,) = entry.findall("div")
    return words(box), [tree(choice) for below in entry.findall("ul") for choice in below.findall("li")]


def root(found: Element) -> Element:
    (entry,) = found.findall(".//ul[@class='tree']/li")
    return entry


# --- what is on it -----------------------------------------------------------------------------------------


def test_each_menu_and_topic_stands_below_the_menu_that_offers_it_with_keys_words_and_parts() -> None:
    assert tree(root(page(library()))) == (
        "Start Menu: asks for one more key Read to a caller who presses no key: 2",
        [
            (
                "Key 1 1 Toys Call: press 1 Text: send 1, PLAY, FUN Menu: asks for one more key",
                [
                    ("Key 1 11 Toys ball Call: press 1, then 1 Text: send 11 3 parts", []),
                    ("Key 2 12 Toys kite Call: press 1, then 2 Text: send 12 1 part", []),
                ],
            ),
            ("Key 2 2 Toys drum Call: press 2 Text: send 2 2 parts", []),
        ],
    )


def test_the_page_has_a_name_and_says_what_language_its_words_are_in() -> None:
    found = page(library())
    assert [words(name) for name in (*found.iter("title"), *found.iter("h1"))] == ["Toy Line: the menu, in Toyish"] * 2
    said = [paragraph for paragraph in found.iter("p") if "Toys" in words(paragraph)]
    assert len(said) == len(boxes(found)) - 1
    assert {paragraph.get("lang") for paragraph in said} == {"en"}


def test_the_keys_that_mean_the_same_everywhere_stand_below_in_the_words_of_the_content() -> None:
    paragraphs = [words(paragraph) for paragraph in page(library()).iter("p")]
    assert paragraphs[-2:] == ["0 a person, * back.", "# again & more."]


def test_a_choice_that_leads_to_another_box_or_in_a_circle_says_so_and_ends() -> None:
    said = [words(box) for box in boxes(page(library(inner=("ball", "kite", "drum", "main"))))]
    assert said.count("Key 2 2 Toys drum Call: press 2 Text: send 2 2 parts") == 1
    assert said.count("Key 3 2 Toys drum Shown elsewhere on this page") == 1
    assert said.count("Key 4 Start Shown elsewhere on this page") == 1


def test_all_real_languages_are_drawn_whole() -> None:
    for found in content_of(CONTENT, "+12025550100").libraries.values():
        said = [words(box) for box in boxes(page(found))]
        assert len(said) == len(found.codes)
        for name, entry in {**found.menus, **found.topics}.items():
            assert any(" ".join(f"{found.codes[name]} {entry.title}".split()) in box for box in said)


def test_words_are_the_first_of_each_part_and_the_others_are_counted() -> None:
    toy = library()
    parts = (("A", "B", "C", "D"), (), ("E", "F", "A"))
    topics = {
        **toy.topics,
        "drum": replace(toy.topics["drum"], segments=tuple(Segment("", "", (), words) for words in parts)),
    }
    (box,) = [words(box) for box in boxes(page(replace(toy, topics=topics))) if "drum" in words(box)]
    assert "Text: send 2, A, E, B, F, C or one other word" in box


def test_a_stranger_reads_what_each_key_does_in_the_words_of_the_leaflet() -> None:
    for found in content_of(CONTENT, "+12025550100").libraries.values():
        (keys,) = fromstring(menu_map(found, 2).removeprefix("<!DOCTYPE html>")).findall(".//ul[@class='keys']")  # noqa: S314
        assert {row[0].text: row[1].text for row in keys} == {
            key.key: found.leaflet[key.printed][0] for key in live_keys(found, 2)
        }


# --- how it is drawn ---------------------------------------------------------------------------------------


def test_a_title_cannot_break_out_of_its_place() -> None:
    toy = library("<b>&\"]]>'")
    assert any("11 <b>&\"]]>' ball" in words(box) for box in boxes(page(toy)))


def test_it_needs_nothing_from_outside() -> None:
    drawing = menu_map(library())
    for outside in ("//", "href", "src=", "url(", "@import", "<script"):
        assert outside not in drawing


def test_the_same_library_gives_the_same_page_and_another_menu_another() -> None:
    toy = library()
    assert menu_map(toy) == menu_map(library())
    assert menu_map(replace(toy, menus={"main": toy.menus["main"]})) != menu_map(toy)
