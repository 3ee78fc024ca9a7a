"""What a command writes is whole, or the file is as it was."""

import os
import stat
from errno import ENOSPC
from pathlib import Path

import pytest

from ivr.desk.documents import writing


@pytest.mark.parametrize("words", [("script",), ("map",), ("leaflet",), ("report", "--month", "tomorrow")])
def test_a_command_that_fails_leaves_the_file_as_it_was(ivr, tmp_path, words):
    file = tmp_path / "page.html"
    for before in ("as it was", None):
        if before is None:
            file.unlink()
        else:
            file.write_text(before)
        assert ivr(*words, "-o", str(file), CONTENT_DIR=str(tmp_path)).exit_code
        assert [one.name for one in tmp_path.iterdir() if one.is_file()] == ([file.name] if before else [])
        assert before is None or file.read_text() == before


def test_a_command_that_is_done_has_replaced_it(ivr, tmp_path):
    file, link = tmp_path / "map.html", tmp_path / "link.html"
    file.write_text("as it was")
    file.chmod(0o640)
    link.symlink_to(file)
    assert ivr("map", "-o", str(link)).exit_code == 0
    assert file.read_text().rstrip().endswith("</html>")
    assert file.stat().st_mode & 0o777 == 0o640
    assert link.is_symlink()


def test_what_is_no_file_is_written_to(ivr):
    assert ivr("map", "-o", os.devnull).exit_code == 0
    assert not Path(os.devnull).is_file()


@pytest.fixture
def disk_full(monkeypatch):
    """From the second file on, half of which still fits."""
    written, write = [], writing.os.fdopen

    def opened(*given):
        file = write(*given)
        written.append(file)
        if len(written) > 1:
            file.write(b"<half")
            file.close()
            raise OSError(ENOSPC, os.strerror(ENOSPC))
        return file

    return lambda: monkeypatch.setattr(writing.os, "fdopen", opened)


def test_of_several_files_all_are_replaced_or_none(ivr, tmp_path, disk_full):
    folder = tmp_path / "fallback"
    assert ivr("fallback", "-o", str(folder)).exit_code == 0
    for file in folder.iterdir():
        file.write_text("as it was")
    names = {file.name for file in folder.iterdir()}
    assert len(names) > 1
    disk_full()
    done = ivr("fallback", "-o", str(folder))
    assert done.exit_code == 1
    assert done.output.count("\n") == 1
    assert "cannot be written" in done.output
    assert {file.name: file.read_text() for file in folder.iterdir()} == dict.fromkeys(names, "as it was")


def test_a_private_file_is_private_from_the_start(tmp_path, monkeypatch):
    file, modes = tmp_path / "file", []
    file.write_text("as it was")
    file.chmod(0o644)
    sync = os.fsync

    def synced(number):
        modes.append(stat.S_IMODE(os.fstat(number).st_mode))
        sync(number)

    monkeypatch.setattr(writing.os, "fsync", synced)
    writing.replace_files({file: "new"}, private=True)
    assert file.read_text() == "new"
    assert [*modes, stat.S_IMODE(file.stat().st_mode)] == [0o600, 0o600]


def test_a_folder_in_the_place_of_one_of_them_changes_none(tmp_path):
    (tmp_path / "a").write_text("as it was")
    (tmp_path / "b").mkdir()
    with pytest.raises(IsADirectoryError):
        writing.replace_files({tmp_path / "a": "new", tmp_path / "b": "new"})
    assert (tmp_path / "a").read_text() == "as it was"
    assert {one.name for one in tmp_path.iterdir()} == {"a", "b"}
