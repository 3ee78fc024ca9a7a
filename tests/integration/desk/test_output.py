"""What a command writes is whole, or the file is as it was."""

import os
from pathlib import Path

import pytest


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
