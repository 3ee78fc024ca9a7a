"""What was prepared of content saves a start from reading it, and never changes what the line says."""

import os
import shutil
import subprocess
import sys
from dataclasses import fields
from pathlib import Path

import pytest

from ivr.library import prepared
from ivr.library.library import Library
from ivr.library.prepared import FILE, key_of
from ivr.listening.listening import listening_of
from ivr.listening.understand import understand
from ivr.settings import CONTENT, DEFAULT_HELPLINE
from ivr.web import served as apart
from ivr.web.reading import WrongContent, read
from ivr.web.served import served

TEXTS = ("I cant feel my legs", "what is radiaton", "no mas mensajes", "me duele la espalda", "12", "blorptastic")
SAID, SAID_NOW = "## Voice\n\n", "## Voice\n\nSaid since this morning. "


@pytest.fixture
def root(light_words, tmp_path):
    return Path(shutil.copytree(light_words["CONTENT_DIR"], tmp_path / "content"))


@pytest.fixture
def data(tmp_path):
    return tmp_path / "data"


@pytest.fixture
def readings(monkeypatch):
    """How often content was read."""
    seen, read = [], apart._read_apart
    monkeypatch.setattr(apart, "_read_apart", lambda *what: seen.append(what) or read(*what))
    return seen


def said(words):
    """All that the line says, by where."""
    return {
        (tag, field.name): repr(getattr(library, field.name))
        for tag, library in words.libraries.items()
        for field in fields(Library)
        if field.name not in {"listening", "listens_with", "dictionary", "likeness"}
    }


def kept(root, data):
    served(root, DEFAULT_HELPLINE, data)
    assert (data / FILE).stat().st_size > 10_000
    return data / FILE


def test_the_second_start_reads_no_content_and_says_the_same(root, data, readings):
    first = served(root, DEFAULT_HELPLINE, data)
    again = served(root, DEFAULT_HELPLINE, data)
    assert len(readings) == 1
    assert (said(again), again.version) == (said(first), first.version)


def test_what_was_prepared_is_what_content_says_and_means(content, data):
    words = served(CONTENT, DEFAULT_HELPLINE, data)
    assert said(words) == said(content)
    assert words.version == content.version
    for tag, library in words.libraries.items():
        mine, theirs = listening_of(library), listening_of(content.libraries[tag])
        for text in TEXTS:
            assert repr(understand(mine, text)) == repr(understand(theirs, text))


def test_an_edited_file_is_seen_at_the_next_start(root, data, readings):
    kept(root, data)
    topic = root / "en/topics/urgent.md"
    topic.write_text(topic.read_text().replace(SAID, SAID_NOW))
    words = served(root, DEFAULT_HELPLINE, data)
    assert words.libraries["en"].topics["urgent"].segments[0].voice.startswith("Said since this morning. ")
    assert len(readings) == 2


@pytest.mark.parametrize(
    "change", ["a new file", "a renamed file", "a new folder", "another number", "moved", "python"]
)
def test_whatever_content_is_read_from_counts(root, change, monkeypatch):
    key = key_of(root, DEFAULT_HELPLINE)
    helpline, here = DEFAULT_HELPLINE, root
    match change:
        case "a new file":
            (root / "en/topics/new.md").write_text("")
        case "a renamed file":
            (root / "en/topics/urgent.md").rename(root / "en/topics/now.md")
        case "a new folder":
            (root / "fr").mkdir()
        case "another number":
            helpline = "+12025550143"
        case "moved":
            here = root.rename(root.with_name("words"))
        case "python":
            monkeypatch.setattr(sys, "version", "4.0")
    assert key_of(here, helpline) != key


def test_programs_count(root, tmp_path, monkeypatch):
    key = key_of(root, DEFAULT_HELPLINE)
    program = tmp_path / "programs/__init__.py"
    program.parent.mkdir()
    program.write_text("")
    monkeypatch.setattr(prepared.ivr, "__file__", str(program))
    other = key_of(root, DEFAULT_HELPLINE)
    program.write_text("# edited")
    assert len({key, other, key_of(root, DEFAULT_HELPLINE)}) == 3


def cut(file):
    file.write_bytes(file.read_bytes()[:-1])


def turned(file):
    written = bytearray(file.read_bytes())
    written[-100] ^= 1
    file.write_bytes(written)


def emptied(file):
    file.write_bytes(b"")


def folder_instead(file):
    file.unlink()
    file.mkdir()


def link_instead(file):
    file.rename(file.with_name("elsewhere"))
    file.symlink_to("elsewhere")


@pytest.mark.parametrize("spoil", [cut, turned, emptied, folder_instead, link_instead])
def test_a_broken_file_is_as_good_as_none(root, data, readings, spoil):
    spoil(kept(root, data))
    words = served(root, DEFAULT_HELPLINE, data)
    assert len(readings) == 2
    assert said(words) == said(served(root, DEFAULT_HELPLINE, data / "other"))


@pytest.mark.parametrize("mode", [0o620, 0o602, 0o666])
def test_what_others_may_write_is_not_taken(root, data, readings, mode):
    kept(root, data).chmod(mode)
    served(root, DEFAULT_HELPLINE, data)
    assert len(readings) == 2
    assert (data / FILE).stat().st_mode & 0o777 == 0o600


def test_what_belongs_to_another_is_not_taken(root, data, readings, monkeypatch):
    kept(root, data)
    mine = os.geteuid()
    monkeypatch.setattr(os, "geteuid", lambda: mine + 1)
    served(root, DEFAULT_HELPLINE, data)
    assert len(readings) == 2


@pytest.mark.parametrize("where", ["a file", "no such place"])
def test_where_nothing_can_be_written_a_start_reads_content_each_time(root, tmp_path, readings, where):
    data = Path("/proc/data")
    if where == "a file":
        data = tmp_path / "data"
        data.write_text("")
    for _ in range(2):
        assert said(served(root, DEFAULT_HELPLINE, data))
    assert len(readings) == 2


def test_where_no_process_can_be_started_the_line_reads_by_itself(root, data, monkeypatch):
    monkeypatch.setattr(sys, "executable", "/no/python")
    assert said(served(root, DEFAULT_HELPLINE, data)) == said(read(root, DEFAULT_HELPLINE))
    assert not (data / FILE).exists()


def test_content_edited_while_it_was_read_is_not_kept(root, data, monkeypatch):
    read_now = apart._read_apart

    def edited_meanwhile(*what):
        topic = root / "en/topics/urgent.md"
        topic.write_text(topic.read_text().replace(SAID, SAID_NOW))
        return read_now(*what)

    monkeypatch.setattr(apart, "_read_apart", edited_meanwhile)
    served(root, DEFAULT_HELPLINE, data)
    assert not (data / FILE).exists()


def test_wrong_content_is_never_kept_and_told_as_ever(root, data):
    (root / "en/menus/main.md").unlink()
    with pytest.raises(WrongContent, match=r"menus/main\.md"):
        served(root, DEFAULT_HELPLINE, data)
    assert not (data / FILE).exists()


@pytest.mark.parametrize("module", [["ivr", "check"], ["ivr.audit"]])
def test_a_check_spares_the_start_reading(root, data, readings, module):
    data.mkdir()
    env = {**os.environ, "CONTENT_DIR": str(root), "DATA_DIR": str(data), "HELPLINE_NUMBER": DEFAULT_HELPLINE}
    subprocess.run([sys.executable, "-m", *module], cwd=CONTENT.parent, env=env, capture_output=True, check=False)
    words = served(root, DEFAULT_HELPLINE, data)
    assert not readings
    assert said(words) == said(read(root, DEFAULT_HELPLINE))


def test_no_serving_process_holds_what_content_is_read_with(root, data):
    act = (
        "import sys\nfrom pathlib import Path\nimport ivr.web.app as app\n"
        f"app.served(Path({str(root)!r}), {DEFAULT_HELPLINE!r}, Path({str(data)!r}))\nprint(*sys.modules)"
    )
    command = [sys.executable, "-c", act]
    found = subprocess.run(command, cwd=CONTENT.parent, capture_output=True, text=True, check=True)
    loaded = set(found.stdout.split())
    assert not loaded & {"frontmatter", "yaml", "markdown_it", "ivr.library.load", "ivr.web.reading"}
