"""A year of use, as a manager sees it: in a browser, in print, and against someone who tries to work a number out."""

import json
import shutil
import subprocess
from contextlib import closing
from pathlib import Path

import pytest
from api.packages import node
from reported import use_of

from ivr.desk.report.page import report_page
from ivr.desk.report.report import report_of
from ivr.memory.calendar import Month
from ivr.memory.counts import read_counts
from ivr.memory.opening import open_connection
from ivr.settings import Settings

SCRIPT = Path(__file__).parent / "report.cjs"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


@pytest.fixture(scope="module")
def report(line_env, tmp_path_factory, content):
    env = {**line_env, "DATA_DIR": str(tmp_path_factory.mktemp("used"))}
    with closing(open_connection(Settings.from_env(env))) as connection:
        connection.ask_at_leisure(lambda client: client.ping(), None)
        use = use_of(env, content)
        month = Month.of(use.clock.today()).back(1)
        for back in range(12):
            use.month(month.back(back), 400 - 30 * back, 260 - 20 * back)
        use.fault(2)
        counts = read_counts(connection, [month.back(back) for back in range(13)])
        use.line.store.connection.close()
    return report_of(counts, month, True, content.libraries, "UTC")


def test_a_month_stands_beside_the_one_before(report):
    tiles = {tile.name: tile for tile in report.tiles}
    assert (tiles["calls"].figure.text, tiles["calls"].before.text) == ("400", "370")
    assert tiles["calls"].change.startswith("8 % more than in ")
    assert len(report.tables["months"].rows) == 12
    assert report.meaning.endswith(".")
    assert len(report.tables["hours"].rows) in (4, 8, 24)


def test_parts_never_tell_what_is_left(report):
    """Of calls and texts by weekday, the rest beside the exact numbers is nothing, or at least four."""
    for column, name in enumerate(("calls", "texts")):
        (whole,) = [tile.figure.number for tile in report.tiles if tile.name == name]
        for table in ("weekdays", "hours"):
            figures = report.tables[table].column(column)
            if not any(each.is_about for each in figures):
                rest = whole - sum(each.number or 0 for each in figures)
                assert rest == 0 or rest >= 4


def test_it_is_accessible_at_every_width_and_prints_on_four_pages(report, tmp_path):
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None:
        pytest.skip("This needs Chromium, and it is not on this machine.")
    file = tmp_path / "report.html"
    file.write_text(report_page(report), encoding="utf-8")
    done = subprocess.run(
        [node(), str(SCRIPT), browser, str(file), str(tmp_path)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["violations"] == []
    assert found["widths"] == {str(width): width for width in (320, 390, 1280, 1600)}
    assert all(pages <= 4 for pages in found["pages"].values())
