"""The script that a clinician signs. Real content is walked, never quoted; toy content holds what is shown of it."""

import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from xml.etree.ElementTree import Element, fromstring

import pytest
from answered import answered

from ivr.desk.documents.recording import recording_sheet
from ivr.desk.documents.rendering import rendered_text
from ivr.desk.documents.script.page import script_document, script_text
from ivr.desk.documents.script.unsigned import only_unsigned
from ivr.desk.documents.script.walk import walk
from ivr.dialogue.utterances import segment_spoken
from ivr.library.library import Library
from ivr.library.lint import check
from ivr.library.load import Content, content_of
from ivr.library.phrases import CallPhrase, LeafletPhrase, TextPhrase
from ivr.model import Position
from ivr.settings import CONTENT

HELPLINE = "+12025550100"
DAY = date(2031, 7, 9)


@pytest.fixture(scope="module")
def real() -> Content:
    return content_of(CONTENT, HELPLINE)


@pytest.fixture(scope="module")
def page(real: Content) -> Element:
    return page_of(real)


def page_of(content: Content, revision: str | None = None) -> Element:
    """The document as a tree: it is written so that an XML reader, too, can read it."""
    return fromstring(script_document(content, HELPLINE, revision, printed=DAY))  # noqa: S314 (our own)


def words(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


def by_id(page: Element, name: str) -> Element:
    found = page.find(f".//*[@id='{name}']")
    assert found is not None, name
    return found


def of_class(element: Element, name: str) -> list[Element]:
    return [found for found in element.iter() if name in found.get("class", "").split()]


def positions(content: Content) -> Iterator[tuple[str, Position]]:
    for tag, library in content.libraries.items():
        for topic in library.topics.values():
            for part in range(1, len(topic.segments) + 1):
                yield tag, Position(topic.name, part)


# --- toy content -------------------------------------------------------------------------------------------

MAIN = """---
title: Toy menu
choices:
  1: fruit
  2: tools
silent: apple
person: saw
---

## Voice

For fruit, press 1.

For tools, press 2.

## Text

1 fruit

2 tools
"""
FRUIT = """---
title: Fruit
choices:
  1: apple
---

## Voice

For apples, press 1.

## Text

11 apples
"""
TOOLS = """---
title: Tools
choices:
  1: saw
---

## Voice

For saws, press 1.

## Text

21 saws
"""
APPLE = """---
title: Apples & <b>pears</b>
offer: For apples, press 1.
facts:
  1: A1, A2
  2: A2
keywords:
  1: APPLE, CIDER
origin: source
source: The <i>orchard</i>
reviewed: 2030-01-02
---

## Voice

An apple is a fruit. Pears are fruit too.

Apples float.

## Text

Apples and pears are fruit.

They float.
"""
SAW = """---
title: Saws
offer: For saws, press 1.
facts:
  1: X1
keywords:
  1: SAW
origin: outside
source: The shed
reviewed: {reviewed}
reviewer: {reviewer}
signed: {signed}
---

## Voice

A saw cuts.

## Text

Saws cut.
"""
FACTS = """# Facts

- A1: Apples are fruit.
- A2: They & others float.
- A3: Nobody says this.
- X1: Saws cut.
"""
WORDS = "".join(
    f"## {name}\n\n{listed}\n\n"
    for name, listed in {
        "more": "MORE",
        "back": "BACK",
        "again": "AGAIN, ECHO",
        "menu": "MENU",
        "keys": "KEYS",
        "urgent": "BLOOD",
        "alone": "CIDER",
        "discreet": "HIDDEN",
        "11": "ELEVEN",
        "forget": "FORGET",
    }.items()
)
LANGUAGES = {"en": "Toyish", "fr": "Jouet"}


def phrases(tag: str, kind) -> str:
    return "".join(
        f"## {phrase}\n\n{tag} {phrase} {' '.join(f'{{{slot}}}' for slot in sorted(phrase.slots))}.\n\n"
        for phrase in kind
    )


READING = {"en": "reading: Flesch-Kincaid\n"}


def write(root: Path, reviewed: str = "", reviewer: str = "", signed: str = "") -> Path:
    for tag, name in LANGUAGES.items():
        files = {
            "language.md": f"---\nname: {name}\nspeech: {tag}\nvoice: Toy\n{READING.get(tag, '')}---\n",
            "names.md": f"---\nline: {tag} arrived\nhelpline_name: Toys\nhelpline_hours: never\nemergency: 999\n---\n",
            "words.md": WORDS,
            "glossary.md": "## pears\n\n- fruit\n",
            "phrases/call.md": phrases(tag, CallPhrase),
            "phrases/text.md": phrases(tag, TextPhrase),
            "phrases/leaflet.md": phrases(tag, LeafletPhrase),
            "menus/main.md": MAIN,
            "menus/fruit.md": FRUIT,
            "menus/tools.md": TOOLS,
            "topics/apple.md": APPLE,
            "topics/saw.md": SAW.format(reviewed=reviewed, reviewer=reviewer, signed=signed),
        }
        for path, text in files.items():
            file = root / tag / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
    (root / "facts.md").write_text(FACTS, encoding="utf-8")
    return root


@pytest.fixture
def toy(tmp_path: Path) -> Content:
    content = content_of(write(tmp_path / "toys"), HELPLINE)
    assert not content.problems
    return content


# --- everything is in it -----------------------------------------------------------------------------------


@lru_cache(maxsize=4)
def accented(library: Library) -> Library:
    """The script keeps the accents that a text loses on its way out."""
    return replace(library, language=replace(library.language, in_texts=()))


def sentences_of(library: Library, position: Position) -> list[str]:
    return [line.words for line in segment_spoken(library, position) if line.words]


def test_the_page_holds_every_segment_as_it_is_said_and_as_it_is_texted(real: Content, page: Element) -> None:
    for tag, position in positions(real):
        library = real.libraries[tag]
        segment = library.topics[position.name].segments[position.part - 1]
        section = by_id(page, f"{tag}-{position.name}-{position.part}")
        (said,), (texted,) = of_class(section, "words"), of_class(section, "texted")
        assert [words(line) for line in said] == sentences_of(library, position)
        assert texted.text == "\n\n".join(answered(accented(library), library.words["again"][0], position).texts)
        for fact in segment.facts:
            assert f"{fact} {real.facts[fact]}" in words(section)


def test_the_plain_script_holds_every_segment_a_sentence_a_line(real: Content) -> None:
    lines = [line.strip() for line in script_text(real, HELPLINE).splitlines()]
    for tag, position in positions(real):
        library = real.libraries[tag]
        spoken = sentences_of(library, position)
        texts = answered(accented(library), library.words["again"][0], position).texts
        for run in (spoken, *(text.split("\n") for text in texts)):
            assert any(lines[start : start + len(run)] == run for start in range(len(lines))), position


def test_both_hold_every_phrase_keyword_word_and_fact(real: Content, page: Element) -> None:
    for whole in (words(page), " ".join(script_text(real, HELPLINE).split())):
        for library in real.libraries.values():
            spoken = [words for phrase in (*library.call.values(), *library.text.values()) for words in phrase]
            choices = [words for menu in library.menus.values() for c in menu.choices for words in (c.voice, c.text)]
            keywords = [word for topic in library.topics.values() for s in topic.segments for word in s.keywords]
            sent = [word for name, found in library.words.items() if name in ("more", "urgent") for word in found]
            assert [found for found in (*spoken, *choices, *sent) if found not in whole] == []
            assert [keyword for keyword in keywords if keyword.upper() not in whole.upper()] == []
            assert [name for name, fact in real.facts.items() if fact not in whole] == []


def test_every_phrase_stands_once_in_its_section_even_one_of_no_known_moment(toy: Content) -> None:
    library = toy.libraries["en"]
    more = replace(library, call={**library.call, "yodel": ("Holla.",), "unknown-key-9": ("Nine.",)})
    page = page_of(replace(toy, libraries={"en": more}))
    names = [words(term) for found in of_class(page, "phrases") for term in found.iter("dt")]
    assert sorted(names) == sorted([*more.call, *more.text])


def test_topics_stand_in_the_order_of_their_codes(real: Content, page: Element) -> None:
    for tag, library in real.libraries.items():
        ids = [element.get("id") for element in page.iter("article")]
        wanted = [f"{tag}-arrival", *(f"{tag}-{name}" for name in library.codes)]
        assert [name for name in ids if (name or "").startswith(f"{tag}-")] == wanted


def test_a_topic_that_no_menu_leads_to_is_in_it_all_the_same(toy: Content) -> None:
    library = toy.libraries["en"]
    lost = {**library.menus, "main": replace(library.menus["main"], choices=library.menus["main"].choices[:1])}
    page = page_of(replace(toy, libraries={"en": replace(library, menus=lost)}))
    assert "A saw cuts." in words(by_id(page, "en-saw-1"))


# --- what it says about them -------------------------------------------------------------------------------


def test_a_segment_shows_what_comes_before_and_after_it_and_its_measures(toy: Content) -> None:
    section = by_id(page_of(toy), "en-apple-1")
    before, after = of_class(section, "frame")
    assert words(before).startswith("en place-first 2 Apples")
    assert words(after) == "en go-on ."
    assert words(of_class(section, "measures")[0]).startswith("Said: 5 seconds, 9 words, reading grade ")
    assert "Texted: 1 fragment, 62 units." in words(of_class(section, "measures")[0])


def test_another_language_has_no_grade_that_was_not_made_for_it(toy: Content) -> None:
    page = page_of(toy)
    assert "grade" in words(by_id(page, "en-apple-1"))
    assert "grade" not in words(by_id(page, "fr-apple-1"))


def test_words_are_marked_with_their_language_even_inside_another(toy: Content) -> None:
    page = page_of(toy)
    assert page.get("lang") == "en"
    spoken = {words(line): line.get("lang") for line in by_id(page, "en-arrival").iter("p") if line.get("lang")}
    assert spoken["en arrived ."] == "en"
    assert spoken["fr language-key ."] == "fr"
    assert {line.get("lang") for line in of_class(by_id(page, "fr-apple-1"), "texted")} == {"fr"}


def test_outside_content_without_a_reviewer_is_plainly_unsigned(toy: Content) -> None:
    page = page_of(toy)
    assert "UNSIGNED" in words(by_id(page, "en-saw"))
    assert "toys/en/topics/saw.md" in words(by_id(page, "en-saw"))
    assert "UNSIGNED" in words(by_id(page, "en-apple")), "what comes from the source is put in other words here"
    waiting = words(of_class(page, "cover")[0])
    assert "21 Saws" in waiting
    assert "toys/en/phrases/call.md" in waiting
    assert script_text(toy, HELPLINE).count("UNSIGNED: 21 Saws") == len(LANGUAGES)


def codes(text: str) -> dict[str, str]:
    """The code of each file's words, as it is printed in the sign-off sheet of the plain script."""
    return dict(re.findall(r"(?m)^- (\S+\.md)\n(?:  - .*\n)*?  - code of the words: (\w+)", text))


@pytest.mark.parametrize(
    ("day", "name", "code", "signed"),
    [
        ("2031-01-01", "Dr. Toy", True, True),
        ("2031-01-01", "Dr. Toy", False, False),
        ("", "Dr. Toy", True, False),
        ("2031-01-01", "", True, False),
    ],
)
def test_a_name_a_date_and_the_code_of_the_words_sign(
    toy: Content, tmp_path: Path, day: str, name: str, code: bool, signed: bool
) -> None:
    printed = codes(script_text(toy, HELPLINE))["toys/en/topics/saw.md"] if code else "01234567"
    root = write(tmp_path / "toys", day, name, printed)
    shutil.rmtree(root / "fr")
    content = content_of(root, HELPLINE)
    document = script_document(content, HELPLINE, printed=DAY)
    page = fromstring(document)  # noqa: S314 (our own)
    assert ("UNSIGNED" not in words(by_id(page, "en-saw"))) == signed
    assert name in document
    waiting = {problem.path for problem in check(content) if problem.code == "unsigned"}
    assert signed == ("toys/en/topics/saw.md" not in waiting)


def test_the_short_form_holds_what_waits_for_a_signature_and_nothing_else(toy: Content, tmp_path: Path) -> None:
    """Of these, one topic is signed."""
    signed = codes(script_text(toy, HELPLINE, only=("en",)))
    root = write(tmp_path / "toys", "2031-01-01", "Dr. Toy", signed["toys/en/topics/saw.md"])
    content = content_of(root, HELPLINE)
    for form in (script_text(content, HELPLINE, only=("en",), unsigned=True), words(short_of(content))):
        assert "what waits for a signature" in form
        assert "Saws cut" not in form
    waiting = {problem.path for problem in check(content) if problem.code == "unsigned" and "/en/" in problem.path}
    text = script_text(content, HELPLINE, only=("en",), unsigned=True)
    assert "toys/en/topics/saw.md" not in codes(text)
    assert "toys/en/topics/apple.md" in codes(text)
    assert codes(text).items() <= codes(script_text(content, HELPLINE, only=("en",))).items()
    assert codes(text).keys() <= waiting


def short_of(content: Content) -> Element:
    return fromstring(script_document(content, HELPLINE, printed=DAY, only=("en",), unsigned=True))  # noqa: S314 (our own)


def test_where_all_is_signed_the_short_form_says_so(toy: Content) -> None:
    (whole,) = walk(toy, HELPLINE, None, DAY, ("en",)).languages
    everything = replace(whole, files=tuple(replace(file, unsigned=False) for file in whole.files))
    short = only_unsigned(replace(walk(toy, HELPLINE, None, DAY, ("en",)), languages=(everything,)))
    (left,) = short.languages
    assert (left.stops, left.call_phrases, left.text_phrases, left.keywords, left.words, left.others, left.files) == (
        (),
    ) * 7
    assert "No file is waiting for a signature" in rendered_text("script.txt", script=short)
    assert "## " not in rendered_text("script.txt", script=short)


def test_every_link_of_the_short_form_leads_somewhere(toy: Content, tmp_path: Path) -> None:
    signed = codes(script_text(toy, HELPLINE, only=("en",)))
    page = short_of(
        content_of(write(tmp_path / "toys", "2031-01-01", "Dr. Toy", signed["toys/en/topics/saw.md"]), HELPLINE)
    )
    ids = {element.get("id") for element in page.iter()}
    assert {link.get("href", "").removeprefix("#") for link in page.iter("a")} <= ids


def test_a_translation_is_signed_by_its_translator_and_a_clinician(toy: Content) -> None:
    page = page_of(toy)
    english, french = of_class(page, "language")
    for language, labels in ((english, []), (french, ["Translator"])):
        (signing,) = of_class(language, "signing")
        fields = [words(field) for block in of_class(signing, "signature") for field in block]
        assert [field for field in fields if field == "Translator"] == labels
        assert fields[-4:] == ["Name", "Role", "Date", "Signature"]
    waiting = [words(one) for one in of_class(of_class(french, "cover")[0], "unsigned")]
    assert "fr/phrases/call.md" in " ".join(waiting)
    assert "no one named" in words(of_class(french, "files")[0])
    assert "translator" not in words(english).replace("names the translator too, after “translator”", "")


def test_one_language_alone(toy: Content) -> None:
    page = fromstring(script_document(toy, HELPLINE, printed=DAY, only=("fr",)))  # noqa: S314 (our own)
    assert len(of_class(page, "language")) == 1
    assert "# fr arrived" in script_text(toy, HELPLINE, only=("fr",))
    assert "# en arrived" not in script_text(toy, HELPLINE, only=("fr",))
    assert [takes.tag for takes in recording_sheet(toy, only=("fr",)).languages] == ["fr"]


def test_a_text_keeps_its_accents_and_is_measured_without_them(tmp_path: Path) -> None:
    root = write(tmp_path / "toys")
    language, topic = root / "fr/language.md", root / "fr/topics/apple.md"
    language.write_text(language.read_text().replace("voice: Toy", "voice: Toy\nin-texts: á a"))
    topic.write_text(topic.read_text().replace("## Text\n\n", "## Text\n\nÁlma. ", 1))
    section = by_id(page_of(content_of(root, HELPLINE)), "fr-apple-1")
    assert "Álma." in words(of_class(section, "texted")[0])
    assert " units." in words(of_class(section, "measures")[0])


def test_a_signature_that_is_entered_changes_no_code_and_a_word_does(toy: Content, tmp_path: Path) -> None:
    before = codes(script_text(toy, HELPLINE))
    root = write(tmp_path / "toys", "2031-01-01", "Dr. Toy", "01234567")
    signed = content_of(root, HELPLINE)
    assert signed.version != toy.version
    assert codes(script_text(signed, HELPLINE)) == before
    call = root / "en" / "phrases" / "call.md"
    call.write_text(call.read_text(encoding="utf-8").replace("en arrived", "en has arrived"), encoding="utf-8")
    after = codes(script_text(content_of(root, HELPLINE), HELPLINE))
    assert {path for path in after if after[path] != before[path]} == {"toys/en/phrases/call.md"}


def test_the_table_of_facts_shows_where_each_is_said_and_which_is_not(toy: Content) -> None:
    table = next(one for one in page_of(toy).iter("table") if words(next(one.iter("th"))) == "Fact")
    where = {words(row[0]): [words(link) for link in row[1].iter("a")] or words(row[1]) for row in table.iter("tr")}
    assert where == {
        "Fact": "Where",
        "A1 Apples are fruit.": ["11 Apples & <b>pears</b>, part 1"],
        "A2 They & others float.": ["11 Apples & <b>pears</b>, part 1", "11 Apples & <b>pears</b>, part 2"],
        "A3 Nobody says this.": "NOWHERE",
        "X1 Saws cut.": ["21 Saws, part 1"],
    }


def test_a_fact_that_is_not_in_the_list_is_called_so(toy: Content) -> None:
    content = replace(toy, facts={})
    assert "A1 NOT IN THE LIST" in words(by_id(page_of(content), "en-apple-1"))
    assert "- A1: NOT IN THE LIST" in script_text(content, HELPLINE)


def test_words_a_texter_may_send_lead_somewhere_and_only_those_are_listed(toy: Content) -> None:
    text = script_text(toy, HELPLINE)
    assert "- 11 Apples & <b>pears</b>, part 1: 11, ELEVEN, Apples & <b>pears</b>, APPLE, CIDER*\n" in text
    assert "- 21 Saws, part 1: 21, 0, Saws, SAW\n" in text
    assert "- again: AGAIN, ECHO\n" in text
    assert "- forget: FORGET\n" in text
    assert "HIDDEN" not in text
    assert "STOP" in text


# --- the document itself -----------------------------------------------------------------------------------


def test_the_first_page_names_the_line_the_version_and_the_day_and_can_be_signed(toy: Content) -> None:
    cover = words(of_class(page_of(toy, "rev-7 <x>"), "cover")[0])
    for wanted in ("en arrived", toy.version, "rev-7 <x>", "2031-07-09", "1-202-555-0100"):
        assert wanted in cover
    signature = of_class(of_class(page_of(toy), "cover")[0], "signature")[0]
    assert [words(line) for line in signature] == ["Name", "Role", "Date", "Signature"]


def test_a_writers_signs_are_never_markup(toy: Content) -> None:
    document = script_document(toy, HELPLINE, "<script>", printed=DAY)
    for raw in ("<b>", "<i>", "<script>", "Apples & "):
        assert raw not in document
    assert "Apples & <b>pears</b>" in words(page_of(toy))


def test_it_needs_nothing_from_outside_and_every_link_leads_somewhere(real: Content, toy: Content) -> None:
    for content in (real, toy):
        document = script_document(content, HELPLINE, printed=DAY)
        page = page_of(content)
        assert "//" not in document
        assert not {"link", "script", "img", "iframe"} & {element.tag for element in page.iter()}
        assert "@import" not in document
        assert "url(" not in document
        ids = [element.get("id") for element in page.iter() if element.get("id")]
        assert len(ids) == len(set(ids))
        links = {link.get("href", "") for link in page.iter("a")}
        assert links
        assert {link.removeprefix("#") for link in links} <= set(ids)


def test_the_contents_list_every_menu_and_topic(real: Content, page: Element) -> None:
    links = {link.get("href") for contents in of_class(page, "contents") for link in contents.iter("a")}
    for tag, library in real.libraries.items():
        assert {f"#{tag}-{name}" for name in library.codes} <= links


def test_the_same_content_gives_the_same_plain_text_and_a_day_only_adds_a_line(toy: Content) -> None:
    text = script_text(toy, HELPLINE)
    assert script_text(toy, HELPLINE) == text
    dated = script_text(toy, HELPLINE, "rev-7", printed=DAY)
    assert set(dated.splitlines()) - set(text.splitlines()) == {"- Revision: rev-7", "- Printed: 2031-07-09"}
    assert set(text.splitlines()) <= set(dated.splitlines())


def test_every_file_has_a_row_to_sign(real, page):
    text = script_text(real, HELPLINE)
    rows = [(words(row[0]), row) for table in of_class(page, "files") for row in table.findall("./tbody/tr")]
    assert {path for path, _ in rows} == real.documents.keys()
    for path, row in rows:
        header = real.documents[path].header
        assert words(row[1]).partition(": ")[2] == (header["source"].words.text if "source" in header else "")
        assert [words(cell) for cell in row[-3:]] == ["", "", ""]
        if "/listening/" in path:
            assert words(row[-4]) == "on a sheet of its own, from the workbench"
            assert path not in codes(text), "its words are not in the script, so nobody who signs it has read them"
            continue
        code, _, how = words(row[-4]).partition(" ")
        assert code == codes(text)[path]
        needs_none = path.removeprefix("content/en/") in ("words.md", "medical.md", "language.md", "content/facts.md")
        assert how == ("signed on paper only" if needs_none else "")
    sheets = [rest.partition("\n# ")[0] for rest in text.split("\n## G.")[1:]]
    assert [real.version in sheet for sheet in sheets] == [False] * len(real.libraries)
    assert text.count("(signed on paper only)") == sum("signed on paper only" in words(row[-4]) for _, row in rows)


def test_the_code_of_the_words_stands_beside_each_place_to_sign(toy):
    page, printed = page_of(toy), codes(script_text(toy, HELPLINE))
    box = words(of_class(by_id(page, "en-saw"), "unsigned")[0])
    assert f"Code of the words: {printed['toys/en/topics/saw.md']}" in box
    assert "after “reviewer”, “reviewed” and “signed”" in box
    assert f"Code of the words{printed['toys/en/topics/apple.md']}" in words(by_id(page, "en-apple"))
