"""The leaflet: all that a person needs to reach the line, in print that is large, and in lines that braille takes."""

import os
import re
import shutil
import subprocess
from base64 import b64decode
from dataclasses import replace
from pathlib import Path
from xml.etree.ElementTree import fromstring

import pytest
from command_lines import ivr
from test_script import of_class, words

from ivr.desk.documents.leaflet import CELLS, Giver, leaflet_of, leaflet_page, leaflet_text, picture
from ivr.dialogue.keys import EVERYWHERE
from ivr.library.library import HOME
from ivr.library.load import content_of
from ivr.library.phone_number import number_as_written
from ivr.settings import CONTENT

NUMBER, HELPLINE = "+12025550123", "+12025550100"
POINTS = 18
LOGO = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 1"><path d="M0 0h2v1H0z"/></svg>'
CSS = (Path(leaflet_of.__code__.co_filename).parent / "templates" / "leaflet.css").read_text()
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
QUIET = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update", "--no-pdf-header-footer"),
)


@pytest.fixture(scope="module")
def libraries():
    return {tag: replace(each, can_text=True) for tag, each in content_of(CONTENT, HELPLINE).libraries.items()}


@pytest.fixture(scope="module")
def library(libraries):
    return libraries["en"]


@pytest.fixture(scope="module")
def whole(library):
    """With every key there is."""
    return leaflet_of(library, NUMBER, HELPLINE, languages=2)


@pytest.fixture(scope="module")
def page(whole):
    return fromstring(leaflet_page(whole))  # noqa: S314 (our own)


def rows(page):
    return {row[0].text: row[1].text for row in page.iter("li")}


def test_the_number_stands_in_the_largest_print(page):
    (digits,) = of_class(page, "digits")
    assert digits.text == number_as_written(NUMBER)
    assert size_of(".number .digits") == max(sizes())


def test_the_helpline_s_number_is_never_broken_over_two_lines(page):
    (phone,) = of_class(page, "phone")
    assert phone.text == number_as_written(HELPLINE)
    assert "white-space: nowrap" in re.search(r"\.phone {[^}]*}", CSS)[0]


def test_every_key_and_every_number_code_stands_with_its_words(page, library):
    for key, row in EVERYWHERE.items():
        assert rows(page)[key] == library.leaflet[row.printed][0]
    choices = [choice for menu in library.menus.values() for choice in menu.choices]
    for choice in choices:
        code, _, label = choice.text.partition(" ")
        assert rows(page)[code] == label
    assert len(rows(page)) == len(list(page.iter("li"))) == len(EVERYWHERE) + len(choices)


def test_numbers_stand_below_the_menu_they_belong_to(whole):
    codes = [row.code for row in whole.codes]
    assert codes == sorted(codes)
    assert all(len(row.code) == row.level + 1 for row in whole.codes)


def test_the_warning_signs_stand_out(page, library):
    (urgent,) = of_class(page, "urgent")
    assert urgent[0].text == library.codes[library.menus[HOME].urgent]


@pytest.mark.parametrize("form", [leaflet_page, leaflet_text], ids=["page", "braille"])
def test_help_and_limits_are_named(form, whole):
    text = " ".join(form(whole).split())
    for needed in ("Bone Info Line", "call 911", number_as_written(HELPLINE), "not medical advice", "STOP"):
        assert needed in text


def test_the_front_names_no_illness(page, library):
    front = words(next(page.iter("section"))).upper()
    assert not [word for word in library.words["discreet"] if word in front]


@pytest.mark.parametrize(
    ("key", "languages", "line"), [("6", 1, {}), ("7", 2, {"can_change_pace": False}), ("9", 2, {"can_text": False})]
)
def test_a_key_that_does_nothing_on_this_line_is_not_printed(library, key, languages, line):
    sheet = leaflet_of(replace(library, **line), NUMBER, HELPLINE, languages)
    assert {row.code for row in sheet.keys} == EVERYWHERE.keys() - {key}


def test_a_sheet_for_each_language(library, whole):
    other = leaflet_of(replace(library, language=replace(library.language, tag="xx")), NUMBER, HELPLINE, languages=2)
    page = fromstring(leaflet_page(whole, other))  # noqa: S314 (our own)
    assert [article.get("lang") for article in page.iter("article")] == ["en", "xx"]
    assert len(of_class(page, "digits")) == 2
    assert "article + article { break-before: page" in CSS
    assert leaflet_text(whole, other).split("\f") == [leaflet_text(whole), leaflet_text(other)]


# --- print ---------------------------------------------------------------------------------------------------


def sizes():
    return [float(size) for size in re.findall(r"font(?:-size)?:[^;]*?([\d.]+)pt", CSS)]


def size_of(selector):
    """At most: what fits the width of the frame may be smaller on a narrow screen."""
    rules = re.findall(rf"{re.escape(selector)} {{([^}}]*)}}", CSS)
    return max(float(size) for rule in rules for size in re.findall(r"font-size:[^;]*?([\d.]+)pt", rule))


def test_nothing_is_printed_smaller_than_18_points():
    assert len(sizes()) == len(re.findall(r"font(?:-size)?:", CSS))
    assert min(sizes()) >= POINTS


def test_black_on_white_and_no_slanted_letters():
    assert set(re.findall(r"#[0-9a-f]+\b", CSS)) == {"#000", "#fff"}
    assert not re.search(r"italic|opacity|rgb|hsl", CSS)


def test_nothing_outside_the_page(whole, page):
    assert not re.search(r"url\(|@import|https?:|src=|href=", leaflet_page(whole))
    assert not {element.tag for element in page.iter()} & {"script", "link", "img", "iframe", "object"}


def printed_pages(html, folder):
    (folder / "leaflet.html").write_text(html, encoding="utf-8")
    to = [f"--user-data-dir={folder / 'profile'}", f"--print-to-pdf={folder / 'leaflet.pdf'}"]
    subprocess.run(
        [CHROMIUM, *QUIET, *to, (folder / "leaflet.html").as_uri()],
        check=True,
        capture_output=True,
        timeout=120,
        env={"PATH": os.environ["PATH"], "HOME": str(folder)},
    )
    pdf = (folder / "leaflet.pdf").read_bytes()
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here to print the leaflet with")
@pytest.mark.parametrize("paper", ["Letter", "A4"])
def test_each_language_fits_two_sides_of_one_sheet_whoever_hands_it_out(libraries, tmp_path, paper):
    """A name of three lines, and a number longer than any there is."""
    logo = tmp_path / "logo.svg"
    logo.write_text(LOGO)
    long = Giver("The Department of Supportive Care of the County Hospital of Springfield", picture(logo))
    sheets = [
        leaflet_of(each, number, HELPLINE, languages=2, giver=giver)
        for each in libraries.values()
        for number, giver in ((NUMBER, long), ("+491512345678901", Giver()))
    ]
    html = leaflet_page(*sheets)
    assert html.count("@page {") == 1
    assert printed_pages(html.replace("@page {", f"@page {{ size: {paper};"), tmp_path) == 2 * len(sheets)


# --- whoever hands it out ---------------------------------------------------------------------------------


def test_whoever_hands_it_out_stands_on_the_back_and_in_braille(library, tmp_path):
    """On the back: a clinic's name may name the illness."""
    logo = tmp_path / "logo.SVG"
    logo.write_text(LOGO)
    sheet = leaflet_of(library, NUMBER, HELPLINE, 2, Giver("Bone & Breast <Clinic>", picture(logo)))
    front, back = fromstring(leaflet_page(sheet)).iter("section")  # noqa: S314 (our own)
    assert "Clinic" not in words(front)
    (given,) = of_class(back, "from")
    assert words(given) == "From: Bone & Breast <Clinic>"
    (image,) = given.iter("img")
    assert b64decode(image.get("src").removeprefix("data:image/svg+xml;base64,")).decode() == LOGO
    assert leaflet_text(sheet).endswith("From:\nBone & Breast <Clinic>\n")


def test_without_a_name_there_is_room_for_a_stamp_on_paper_alone(page, whole):
    (given,) = of_class(page, "stamp")
    assert words(given) == "From:"
    assert re.search(r"\.stamp { display: none; }.*@media print {.*\.from {[^}]*display: flex", CSS, re.DOTALL)
    assert "From:" not in leaflet_text(whole)


@pytest.mark.parametrize(
    ("options", "told"),
    [(["--logo", "logo.png"], "--name"), (["--name", "Clinic", "--logo", "logo.gif"], ".png")],
)
def test_a_logo_that_cannot_be_printed_is_told(env, tmp_path, monkeypatch, options, told):
    monkeypatch.chdir(tmp_path)
    for name in ("logo.png", "logo.gif"):
        (tmp_path / name).touch()
    done = ivr(env, "leaflet", *options)
    assert done.returncode == 2
    assert told in done.stderr
    assert done.stdout == ""


# --- braille -------------------------------------------------------------------------------------------------


def test_lines_fit_a_braille_page(whole):
    lines = leaflet_text(whole).splitlines()
    assert max(map(len, lines)) <= CELLS
    assert all(line.isascii() and line.isprintable() for line in lines)
    assert not re.search(r"[*#_|<>=]|--|\S {2,}", "\n".join(lines))


def test_braille_has_the_same_words(whole):
    text = " ".join(leaflet_text(whole).split())
    for row in (*whole.keys, *whole.codes):
        assert row.words in text
        assert not row.code.isdecimal() or f"{row.code} {row.words}" in text
    for paragraphs in (part for name, part in whole.phrases.items() if not name.startswith("key-") and name != "from"):
        assert all(paragraph in text for paragraph in paragraphs)
    assert whole.number in text


# --- the command -------------------------------------------------------------------------------------------


@pytest.fixture
def env(tmp_path):
    return {"PATH": "", "DATA_DIR": str(tmp_path / "data"), "LINE_NUMBER": NUMBER}


@pytest.mark.parametrize(("options", "begins"), [([], "<!DOCTYPE html>"), (["--plain"], "Bone Info Line\n")])
def test_the_command_writes_a_file(env, tmp_path, options, begins):
    done = ivr(env, "leaflet", *options, "-o", str(tmp_path / "leaflet"))
    assert done.returncode == 0, done.stderr
    text = (tmp_path / "leaflet").read_text()
    assert text.startswith(begins)
    assert number_as_written(NUMBER) in text
    assert "get it as a text" not in text


def test_key_9_is_printed_where_the_line_has_an_account(env):
    done = ivr({**env, "TWILIO_ACCOUNT_SID": "AC" + "1" * 32}, "leaflet", "--plain")
    assert "9 to get it as a text" in done.stdout


@pytest.mark.parametrize("number", ["", "me"])
def test_without_the_line_s_number_one_sentence_tells_how_to_set_it(env, number):
    done = ivr({**env, "LINE_NUMBER": number}, "leaflet")
    assert done.returncode == 1
    assert done.stdout == ""
    (sentence,) = done.stderr.splitlines()
    assert "LINE_NUMBER" in sentence
    assert "+1800" in sentence


def test_a_language_that_the_line_does_not_speak(env):
    done = ivr(env, "leaflet", "--language", "xx")
    assert done.returncode == 2
    assert "--language" in done.stderr
