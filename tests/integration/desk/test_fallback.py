"""The files for when the line is down, as callers and texters meet them: the line dead, a plain file server alive."""

import re
import shutil
import threading
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from command_lines import ivr

from ivr.desk.documents.fallback import LARGEST_DOCUMENT, MOST_TEXTS, VOICE_IN_ALL, write_fallback
from ivr.desk.running.local import free_port
from ivr.library.library import HOME
from ivr.library.load import content_of
from ivr.library.measures import RATES
from ivr.library.phone_number import number_as_said, number_as_written
from ivr.model import Pace
from ivr.phone.handset import Handset, Silence, Speech
from ivr.settings import CONTENT, CannotStart

HELPLINE = "+12025550100"
KEYS = "0123456789*#"
LANGUAGES = {"en": ("English", "en-US"), "fr": ("French", "fr-FR")}


class _Files(BaseHTTPRequestHandler):
    """Answers GET with a file, and nothing else, as any host of files does."""

    def do_GET(self):
        file = self.server.folder / self.path.partition("?")[0].lstrip("/")
        found = file.is_file()
        self.send_response(200 if found else 404)
        self.send_header("Content-Type", "text/xml")
        self.end_headers()
        self.wfile.write(file.read_bytes() if found else b"")

    def log_message(self, *_):
        pass


@contextmanager
def hosting(folder):
    with ThreadingHTTPServer(("127.0.0.1", 0), _Files) as server:
        server.folder = folder
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()


def libraries_of(folder, *tags):
    """The real words, under each of these tags: what tells them apart is the voice's language."""
    shutil.copytree(CONTENT, folder, ignore=shutil.ignore_patterns("en", "es"))
    for tag in tags:
        name, speech = LANGUAGES[tag]
        shutil.copytree(CONTENT / "en", folder / tag)
        (folder / tag / "language.md").write_text(f"---\nname: {name}\nspeech: {speech}\nvoice: Polly.Joanna\n---\n")
    content = content_of(folder, HELPLINE)
    assert not content.problems
    return content.libraries


@pytest.fixture(params=[("en",), ("en", "fr")], ids=["one language", "two languages"])
def libraries(request, tmp_path):
    return libraries_of(tmp_path / "content", *request.param)


@pytest.fixture
def alone(tmp_path):
    return libraries_of(tmp_path / "content", "en")


@contextmanager
def dead_line(libraries, folder):
    """A phone for each language whose line is down."""
    write_fallback(libraries, HELPLINE, folder)
    with hosting(folder) as host:
        dead = Handset(f"http://127.0.0.1:{free_port()}", "token")
        yield {
            tag: replace(dead, fallback_url=f"{host}/voice-{tag}.xml", text_fallback_url=f"{host}/sms-{tag}.xml")
            for tag in libraries
        }


def paragraphs(library, name):
    return [segment.voice for segment in library.topics[name].segments]


def test_a_caller_hears_what_matters_and_is_put_through(libraries, tmp_path):
    with dead_line(libraries, tmp_path / "files") as phones:
        for tag, library in libraries.items():
            call = phones[tag].call()
            home = library.menus[HOME]
            expected = [library.call["arrived"][0], library.call["fallback"][0], library.call["person-key"][0]]
            expected += paragraphs(library, home.urgent) + paragraphs(library, home.overview)
            found = [call.said.find(words) for words in expected]
            assert -1 not in found
            assert found == sorted(found)
            assert call.said.count(number_as_said(HELPLINE)) == 2
            assert {fact for segment in library.topics[home.overview].segments for fact in segment.facts} >= {
                f"G{number}" for number in range(1, 6)
            }
            call.wait()
            assert call.dialling == HELPLINE


@pytest.mark.parametrize("tags", [("en", "fr")])
def test_one_document_says_every_language_after_the_other_and_then_connects(tmp_path, tags):
    libraries = libraries_of(tmp_path / "content", *tags)
    with dead_line(libraries, tmp_path / "files") as phones:
        one = replace(phones["en"], fallback_url=phones["en"].fallback_url.replace("voice-en.xml", VOICE_IN_ALL))
        call = one.call()
        said = [(item.language, item.text) for item in call.heard if isinstance(item, Speech)]
        spoken_in = [language for language, _ in said]
        changes = [one for one, other in zip(spoken_in, [None, *spoken_in], strict=False) if one != other]
        assert changes == ["en-US", "fr-FR", "en-US", "fr-FR"]
        home = libraries["en"].menus[HOME]
        for words in paragraphs(libraries["en"], home.urgent) + paragraphs(libraries["en"], home.overview):
            assert call.said.count(words) == len(tags)
        assert call.said.count(number_as_said(HELPLINE)) == 2 * len(tags)
        assert call.said.count(libraries["en"].call["fallback-number"][-1]) == 1
        call.wait()
        assert call.dialling == HELPLINE


def test_the_number_is_said_slowly_with_time_for_a_pen(alone, tmp_path):
    with dead_line(alone, tmp_path / "files") as phones:
        heard = phones["en"].call().heard
    numbers = [
        at for at, item in enumerate(heard) if isinstance(item, Speech) and number_as_said(HELPLINE) in item.text
    ]
    assert {heard[at].rate for at in numbers} == {RATES[Pace.SLOW] / 100}
    before = heard[: numbers[0]]
    assert any(isinstance(item, Silence) and item.seconds >= 5 for item in before[-5:])


def test_a_key_interrupts_every_word_and_the_time_for_it_is_long(libraries, tmp_path):
    with dead_line(libraries, tmp_path / "files") as phones:
        for phone in phones.values():
            call = phone.call()
            assert all(item.interruptible for item in call.heard)
            assert call.listening.timeout >= 10
            call.wait()
            call.dial_ends("no-answer")
            assert call.heard
            assert all(item.interruptible for item in call.heard)
            assert call.listening.timeout >= 20


def test_emergency_service_and_warning_signs_come_early(alone, tmp_path):
    with dead_line(alone, tmp_path / "files") as phones:
        call = phones["en"].call()
    begins = {moment.item.text: moment.begin for moment in call.timeline if isinstance(moment.item, Speech)}
    ends = {moment.item.text: moment.end for moment in call.timeline if isinstance(moment.item, Speech)}
    title = f"{alone['en'].topics[alone['en'].menus[HOME].urgent].title}."
    assert begins["To hear this again, press pound."] < begins[title]
    assert ends["Bone Info Line."] <= 5
    assert ends[alone["en"].call["arrived"][1]] <= 15
    assert begins[alone["en"].call["person-key"][0]] <= 15
    assert begins[title] <= 25


@pytest.mark.parametrize("key", KEYS)
def test_no_key_traps_anybody(alone, tmp_path, key):
    """0 puts through at once; any other is answered with the same from the start."""
    with dead_line(alone, tmp_path / "files") as phones:
        call = phones["en"].call()
        beginning = call.said
        call.press(key, after=3)
        if key == "0":
            assert call.dialling == HELPLINE
            return
        assert call.said == beginning
        assert_got(call)
        call.press("0")
        assert call.dialling == HELPLINE


def assert_got(call):
    """The line's own silence is all that went wrong: no key is answered only because the carrier falls back again."""
    (dead,) = call.warnings
    assert dead.startswith("11205")


def test_another_language_is_offered_in_itself_and_key_6_leads_there_and_back(tmp_path):
    with dead_line(libraries_of(tmp_path / "content", "en", "fr"), tmp_path / "files") as phones:
        call = phones["en"].call()
        assert spoken_in(call) == ["en-US", "fr-FR", "en-US"]
        offer = next(moment for moment in call.timeline if getattr(moment.item, "language", "") == "fr-FR")
        assert offer.begin <= 20
        call.press("6")
        assert spoken_in(call) == ["fr-FR", "en-US", "fr-FR"]
        call.press("6")
        assert spoken_in(call) == ["en-US", "fr-FR", "en-US"]
        call.press("0")
        assert call.dialling == HELPLINE


def spoken_in(call):
    """The languages in the order they take over."""
    languages = [item.language for item in call.heard if isinstance(item, Speech)]
    return [tag for at, tag in enumerate(languages) if at == 0 or languages[at - 1] != tag]


@pytest.mark.parametrize("status", ["completed", "busy", "no-answer", "failed"])
def test_after_the_talk_the_number_is_said_before_the_call_ends(alone, tmp_path, status):
    with dead_line(alone, tmp_path / "files") as phones:
        call = phones["en"].call()
        call.wait()
        call.dial_ends(status)
        assert call.said.count(number_as_said(HELPLINE)) == 2
        assert not call.ended
        call.wait()
        assert call.ended


@pytest.mark.parametrize("key", KEYS)
def test_any_key_after_the_talk_starts_again(alone, tmp_path, key):
    with dead_line(alone, tmp_path / "files") as phones:
        call = phones["en"].call()
        beginning = call.said
        call.press("0")
        call.press("*")
        assert call.said != beginning
        call.press(key)
        assert call.said == beginning
        assert_got(call)


def test_a_texter_gets_the_helpline_and_the_warning_signs(libraries, tmp_path):
    with dead_line(libraries, tmp_path / "files") as phones:
        for tag, library in libraries.items():
            answer = phones[tag].text("RADIATION")
            assert answer.refused is None
            urgent = library.topics[library.menus[HOME].urgent].segments
            (about, *warning), others = answer.texts[: len(urgent) + 1], answer.texts[len(urgent) + 1 :]
            assert about.startswith("Bone Info Line.")
            assert "911" in about
            assert number_as_written(HELPLINE) in about
            assert len(urgent) > 1
            assert [segment.text in text for segment, text in zip(urgent, warning, strict=True)] == [True] * len(urgent)
            assert all("911" in text for text in (*warning, *others))
            assert len(answer.texts) <= MOST_TEXTS
            assert bool(others) == (len(libraries) > 1)
            most = [4 if segment.follow_up else 2 for segment in urgent]
            assert all(size <= room for size, room in zip(answer.fragments, (2, *most, 2, *most), strict=False))
            assert set(answer.encoding) == {"GSM-7"}


def test_no_document_is_larger_than_a_carrier_reads(alone, tmp_path):
    goals = alone["en"].topics["goals"]
    for many, folder in ((1, "small"), (500, "large")):
        topics = {**alone["en"].topics, "goals": replace(goals, segments=goals.segments * many)}
        libraries = {"en": replace_topics(alone["en"], topics)}
        if many == 1:
            files = write_fallback(libraries, HELPLINE, tmp_path / folder)
            assert all(file.stat().st_size < LARGEST_DOCUMENT for file in files)
        else:
            with pytest.raises(CannotStart, match=r"voice-en\.xml"):
                write_fallback(libraries, HELPLINE, tmp_path / folder)
            assert not (tmp_path / folder).exists()


def replace_topics(library, topics):
    given = ("language", "menus", "call", "text", "words")
    return type(library)(**{name: getattr(library, name) for name in given}, topics=topics)


# --- the command -------------------------------------------------------------------------------------------


@pytest.fixture
def env(tmp_path):
    return {"PATH": "", "DATA_DIR": str(tmp_path / "data"), "HELPLINE_NUMBER": HELPLINE}


def test_the_command_writes_a_folder_and_says_where_it_goes(env, tmp_path):
    done = ivr(env, "fallback", "-o", str(tmp_path / "new" / "files"))
    assert done.returncode == 0, done.stderr
    written_files = {file.name: file.read_text() for file in (tmp_path / "new" / "files").iterdir()}
    of_languages = {f"{kind}-{tag}.xml" for kind in ("voice", "sms") for tag in ("en", "es")}
    assert written_files.keys() == {*of_languages, "voice.xml", "README.txt"}
    assert all(name in done.stdout for name in written_files)
    assert HELPLINE in written_files["voice-en.xml"]
    assert "voice-en.xml" in written_files["README.txt"]
    assert "sms-en.xml" in written_files["README.txt"]


def addresses_named(env, folder):
    done = ivr(env, "fallback", "-o", str(folder))
    assert done.returncode == 0, done.stderr
    return re.findall(r"https?://\S+", (folder / "README.txt").read_text())


def test_it_says_where_the_setting_has_them(env, tmp_path):
    files = "https://files.example.net/line"
    named = addresses_named({**env, "FALLBACK_URL": f"{files}/"}, tmp_path / "files")
    assert named == [f"{files}/voice-en.xml"] * 2 + [f"{files}/sms-en.xml"]
    assert all(
        address.startswith("https://fallback.example.org/") for address in addresses_named(env, tmp_path / "two")
    )


def test_a_folder_that_cannot_be_written_is_named_in_a_sentence(env, tmp_path):
    (tmp_path / "taken").write_text("")
    done = ivr(env, "fallback", "-o", str(tmp_path / "taken" / "files"))
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert len(done.stderr.splitlines()) == 1
