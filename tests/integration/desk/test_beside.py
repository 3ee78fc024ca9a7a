"""What the phone page shows beside calls and texts, of the content that the line has taken up."""

from small_content import small_content

from ivr.desk.trying.beside import BesideNow
from ivr.library.load import content_of
from ivr.settings import DEFAULT_HELPLINE


def test_a_call_can_begin_at_every_menu_and_segment(content):
    beside = BesideNow(content)
    for places, library in zip(beside.places(), content.libraries.values(), strict=True):
        assert (places.language, places.name) == (library.language.tag, library.language.name)
        assert len(places.places) == len(library.menus) + len(library.numbers)
        addresses = [beside.address(place.at, places.language) for place in places.places]
        assert all(address and address.startswith(f"/voice/{places.language}/") for address in addresses)
        assert len(set(addresses)) == len(addresses)
    assert beside.address("nothing", "en") is beside.address("main", "xx") is None


def test_ease_is_measured_by_the_formula_of_the_language(content):
    beside = BesideNow(content)
    speech = {tag: library.language.speech for tag, library in content.libraries.items()}
    assert beside.ease("This is plain. You can do it. " * 3, speech["en"]).startswith("reading grade ")
    assert beside.ease("Esto es fácil. " * 7, speech["es"]).startswith("INFLESZ ")
    assert beside.ease("Words. " * 20, "de-DE") == beside.ease("Too few words.", speech["en"]) == ""


def test_a_text_of_the_line_is_told_its_language(content):
    beside = BesideNow(content)
    for library in content.libraries.values():
        texts = [segment.text for topic in library.topics.values() for segment in topic.segments]
        assert {beside.language(text) for text in texts} == {library.language.speech}


def test_what_the_line_takes_up_is_shown_from_then_on(content, tmp_path):
    beside = BesideNow(content)
    beside.take(content_of(small_content(tmp_path), DEFAULT_HELPLINE))
    (english,) = beside.places()
    assert {"main", "apples.1"} <= {place.at for place in english.places}
