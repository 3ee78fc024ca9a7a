"""A third language is a folder: it is loaded, checked, walked by phone and by text, and printed, without any code."""

import re
from dataclasses import replace
from datetime import date
from io import StringIO
from types import SimpleNamespace

import pytest
from rich.console import Console
from small_content import loaded
from third_language import with_third_language

from ivr.desk.checking.printing import print_check
from ivr.desk.doctor import words
from ivr.desk.doctor.launch import Problems
from ivr.desk.documents.fallback import documents
from ivr.desk.documents.leaflet import leaflet_of, leaflet_page
from ivr.desk.documents.script.page import script_text
from ivr.desk.report.figures import languages
from ivr.dialogue.metrics import turn_names
from ivr.library.lint import check
from ivr.library.measures import gsm_units
from ivr.library.sent_text import as_sent
from ivr.memory.counts import Counts
from ivr.model import Position, Pressed, State
from ivr.phone.handset import Handset, Speech
from ivr.phone.wsgi import Wsgi
from ivr.settings import DEFAULT_HELPLINE, Settings
from ivr.web.app import create_app

ADDRESS, NUMBER, DAY = "http://line.example:8000", "+12025550123", date(2031, 1, 1)


def languages_of(call):
    return {item.language for item in call.heard if isinstance(item, Speech)}


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    return with_third_language(tmp_path_factory.mktemp("third"))


@pytest.fixture(scope="module")
def content(root):
    return loaded(root)


@pytest.fixture(scope="module")
def library(content):
    return content.libraries["eo"]


@pytest.fixture(scope="module")
def handset(root, tmp_path_factory, line_env):
    data = tmp_path_factory.mktemp("data-of-three")
    env = {**line_env, "CONTENT_DIR": str(root), "DATA_DIR": str(data), "PUBLIC_URL": ADDRESS}
    settings = Settings.from_env(env)
    return Handset(ADDRESS, settings.auth_token, "+12025550177", transport=Wsgi(create_app(settings)))


@pytest.fixture
def in_esperanto(handset, fresh_number):
    """A new caller's call that has been led to the third language by key 6 alone."""
    call = replace(handset, number=fresh_number()).call()
    assert languages_of(call) == {"en-US", "pl-PL"}
    call.press("6")
    return call


def test_it_is_loaded_and_waits_for_nothing_but_signatures(content):
    assert list(content.libraries) == ["en", "eo", "fr"]
    assert not content.problems
    found = [problem for problem in check(content) if "/eo/" in problem.path]
    assert {problem.code for problem in found} == {"unsigned"}
    assert "content/eo/phrases/call.md" in {problem.path for problem in found}
    assert "content/eo/language.md" not in {problem.path for problem in found}


def test_the_doctor_asks_for_its_translator_and_its_clinician(content, monkeypatch):
    monkeypatch.setattr(words, "check", check)
    found = words.signed(SimpleNamespace(content=content, problems=Problems()))
    assert found.level == "FAIL"
    assert re.match(r"unsigned: \d+ files, which `check` lists", found.seen)
    first, *_ = [problem for problem in check(content) if problem.code == "unsigned" and "/eo/" in problem.path]
    assert "translator" in first.remedy
    assert "reads Esperanto" in first.remedy


def test_check_says_by_what_its_words_are_measured(content):
    console = Console(file=StringIO(), width=200)
    print_check(console, content, [])
    assert "en by Flesch-Kincaid; eo by the lengths of sentences only" in console.file.getvalue()


def test_every_segment_is_heard_in_it_by_keys(in_esperanto, library):
    for name, code in library.codes.items():
        call = in_esperanto.fork()
        for key in code:
            call.press(key)
        for part, segment in enumerate(library.topics[name].segments if name in library.topics else (), start=1):
            if part > 1:
                call.press("1")
            assert segment.voice.partition("{")[0] in call.said
        for choice in library.menus[name].choices if name in library.menus else ():
            assert choice.voice in call.said
        assert languages_of(call) == ({"pl-PL"} if code else {"pl-PL", "fr-FR"})  # The greeting offers the next one.


def test_key_6_keeps_the_place_and_comes_round(in_esperanto, content):
    in_esperanto.press("2")
    for tag in ("fr", "en", "eo"):
        in_esperanto.press("6")
        assert content.libraries[tag].topics["plums"].segments[0].voice in in_esperanto.said


def test_every_answer_by_text_is_in_plain_characters(handset, fresh_number, library):
    texter = replace(handset, number=fresh_number())
    texter.text("ESPERANTO")
    for name, code in library.codes.items():
        answer = texter.text(code or "MENUO")
        assert answer.texts
        assert set(answer.encoding) == {"GSM-7"}
        words = library.topics[name].segments[0].text if name in library.topics else library.menus[name].choices[0].text
        assert as_sent(library.language, words) in answer.texts[0]


def test_the_report_tells_languages_apart(content):
    numbers = {
        "heard in en": 40,
        "heard in eo": 20,
        "texted in eo": 12,
        "texted in fr": 30,
        "heard in xx": 9,
        "changed to eo": 7,
    }
    rows = {row.label: row.figures for row in languages(Counts({DAY: numbers}), content.libraries).rows}
    assert [figure.text for figure in rows["Esperanto"]] == ["20", "12", "too few to show"]
    assert rows["xx"][0].text == "9"
    assert rows.keys() == {"English", "Esperanto", "Français", "xx"}


def test_a_call_counts_the_language_that_it_hears():
    home, plums = Position("main"), Position("plums", 1)
    assert "changed to eo" in turn_names(State("en", home), Pressed("6"), State("eo", home))
    assert "heard in eo" not in turn_names(State("en", home), Pressed("6"), State("eo", home))
    assert "heard in eo" in turn_names(State("eo", home), Pressed("2"), State("eo", plums))
    assert "heard in fr" in turn_names(State("eo", plums), Pressed("6"), State("fr", plums))
    assert not {"heard in eo", "changed to eo"} & {*turn_names(State("eo", plums), Pressed("#"), State("eo", plums))}


def test_documents_have_it_too(content, library):
    leaflets = [leaflet_of(each, NUMBER, DEFAULT_HELPLINE, languages=3) for each in content.libraries.values()]
    page = leaflet_page(*leaflets)
    assert page.count("<article lang=") == 3
    assert "ĉerizoj" in page
    assert "ruĝaj" in script_text(content, DEFAULT_HELPLINE, only=("eo",))
    files = documents(content.libraries, DEFAULT_HELPLINE)
    assert {"voice-eo.xml", "sms-eo.xml", "voice.xml"} <= files.keys()
    assert files["voice.xml"].count('language="pl-PL"') > 0
    assert gsm_units(as_sent(library.language, library.topics["plums"].segments[0].text)) is not None
