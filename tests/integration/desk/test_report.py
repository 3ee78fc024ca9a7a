"""The report on a line that real calls and texts have gone through."""

import csv
import json
import re
import subprocess
import sys
import time
from dataclasses import dataclass
from datetime import datetime
from html.parser import HTMLParser
from io import StringIO
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import redis
from command_lines import ivr, ivr_process
from settling import settle

from ivr.desk.running.local import free_port, serving
from ivr.memory.embedded import store_address
from ivr.phone.handset import Handset

ROOT = Path(__file__).parents[3]
DOUBTFUL = "tumor"
"""A word that the line asks about."""
COMMON, RARE, RARER = "flibbertigibbet", "quomodocunquize", "zenzizenzic"
TRANSCRIBED = "2025550143"
ZONE = "Pacific/Kiritimati"
"""Fourteen hours from universal time, where the day is often another one."""


@dataclass
class Told:
    page: str
    terminal: str
    data: dict
    lines: list
    store: dict
    """What the store held then: all keys, and all values in clear."""
    files: bytes
    address: str


@pytest.fixture(scope="module")
def told(line_env, tmp_path_factory, fresh_number_of_module):
    """Seven calls that leave at a segment, six at once, nine at a menu after a wrong key, five that reach a person, two
    that do not; thirteen texts that are not understood, one of them from nobody, seventeen that are, five questions
    that are accepted, five signs of danger and three about what the line lacks."""
    data = tmp_path_factory.mktemp("reported")
    env = {**line_env, "DATA_DIR": str(data), "TIME_ZONE": ZONE}
    with serving(env, free_port()) as line:
        callers = (Handset(line, env["TWILIO_AUTH_TOKEN"], fresh_number_of_module()) for _ in range(100))
        _call(callers)
        _text(callers)
        settle()
        page = data / "page.html"
        month = f"{datetime.now(ZoneInfo(ZONE)):%Y-%m}"
        printed = ivr_process(env, "report", "-o", str(page), "--month", month)
        assert printed.returncode == 0, printed.stderr
        data_printed = [report(env, "--month", month, kind).stdout for kind in ("--json", "--csv")]
        store = everything(store_address(data))
        time.sleep(1.2)  # The store writes to its file every second.
        files = b"".join(file.read_bytes() for file in (data / "store").rglob("*") if file.is_file())
        yield Told(
            page.read_text(encoding="utf-8"),
            printed.stdout,
            json.loads(data_printed[0]),
            list(csv.DictReader(StringIO(data_printed[1]))),
            store,
            files,
            store_address(data),
        )


@pytest.fixture(scope="module")
def fresh_number_of_module():
    numbers = iter(range(3015560100, 3015560200))
    return lambda: f"+1{next(numbers)}"


def _call(callers):
    for _ in range(7):
        call = next(callers).call()
        call.press("2")
        call.hang_up()
    for _ in range(6):
        next(callers).call().hang_up()
    for _ in range(9):
        call = next(callers).call()
        call.press("1")
        call.press("5")
        call.wait()
        call.hang_up()
    for status in ["completed"] * 5 + ["no-answer"] * 2:
        call = next(callers).call()
        call.press("0")
        call.dial_ends(status)
        call.hang_up()


def _text(callers):
    for _ in range(6):
        next(callers).text(f"{COMMON} {TRANSCRIBED} a1b2c3")
    for _ in range(2):
        next(callers).text(RARE)
    same = next(callers)
    for _ in range(4):
        same.text(f"{RARE} {RARER}")
    next(callers).calling_from("anonymous").text(RARER)
    for _ in range(6):
        next(callers).text("13")
    for _ in range(11):
        next(callers).text("MENU")
    for _ in range(5):
        asked = next(callers)
        assert "Do you mean" in asked.text(DOUBTFUL).texts[0]
        asked.text("yes")
    for _ in range(5):
        next(callers).text("my legs are week")
    for _ in range(3):
        assert "do not have" in next(callers).text("how much does it cost").texts[0]


def report(env, *words):
    """In this process. Where what it logs counts too, a test runs one of its own."""
    return ivr(env, "report", *words)


def everything(address):
    with redis.Redis.from_url(address) as client:
        return {
            key: client.hgetall(key) if client.type(key) == b"hash" else client.get(key) for key in client.keys("*")
        }


class Page(HTMLParser):
    """Tables by their captions, what may be fetched, headings."""

    def __init__(self, page):
        super().__init__()
        self.tables, self.attributes, self.headings, self.stack = {}, [], [], []
        self._caption, self._cell, self.language, self.title = "", None, None, ""
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        self.attributes += [(tag, name, value or "") for name, value in attrs]
        self.stack.append(tag)
        self.language = found.get("lang") if tag == "html" else self.language
        if tag in ("h1", "h2", "h3"):
            self.headings.append(int(tag[1]))
        if tag == "tr":
            self.tables.setdefault(self._caption, []).append([])
        if tag in ("td", "th"):
            self._cell = ""

    def handle_endtag(self, tag):
        if tag in self.stack:
            while self.stack.pop() != tag:
                pass
        if tag in ("td", "th"):
            self.tables[self._caption][-1].append(self._cell)
            self._cell = None

    def handle_data(self, data):
        where = self.stack[-1] if self.stack else ""
        if where == "caption":
            self._caption = data
        elif self._cell is not None:
            self._cell += data
        elif where == "title":
            self.title = data

    def row(self, table, label):
        (found,) = [row[1:] for row in self.tables[table] if row[0] == label]
        return found


@pytest.fixture(scope="module")
def page(told):
    return Page(told.page)


def short(told, name):
    return told.data["short"][name]["shown"]


def table(told, name):
    return {row["label"]: [each["shown"] for each in row["figures"]] for row in told.data["tables"][name]["rows"]}


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("calls", "29"),
        ("texts", "48"),
        ("calls_with_fact", "24 %"),
        ("minutes_to_a_person", "5"),
        ("reached", "5"),
        ("not_reached", "under 5"),
        ("key_9", "0"),
    ],
)
def test_the_numbers_are_what_was_done(told, name, number):
    assert short(told, name) == number
    title = told.data["short"][name]["title"]
    assert re.search(rf"{re.escape(title[:30])}.*\b{number}", told.terminal.replace("\n", " "))
    assert number in told.page


def test_people_are_about_those_who_called_or_texted(told):
    """68, and one who withheld the number: a sketch is right within a few."""
    assert abs(told.data["short"]["people"]["number"] - 68) <= 3


def test_a_text_that_is_answered_with_a_fact_is_counted(told):
    """Six of 48 ask for one by its number; what the others get is for the content to say."""
    assert 6 / 48 * 100 <= told.data["short"]["texts_with_fact"]["number"] < 50


def test_what_costs_is_counted(told):
    """A call takes a begun minute or more, an answer one fragment or two."""
    assert 29 <= told.data["short"]["minutes"]["number"] <= 29 * 5
    assert 48 <= told.data["short"]["fragments"]["number"] <= 96


@pytest.mark.parametrize(
    ("label", "number"),
    [
        ("Answered with what to do in danger", "about 10"),
        ("Asked about, instead of an answer", "about 10"),
        ("Took what a question or an offer named", "about 10"),
        ("Not understood", "about 10"),
        ("About what the line lacks", "under 5"),
    ],
)
def test_how_texts_were_understood(told, page, label, number):
    """Three were about what the line lacks: beside exact numbers they could be worked out."""
    assert table(told, "understanding")[label] == page.row("How texts were understood", label) == [number]


def test_what_needs_attention_comes_first_with_what_to_do(told):
    points = told.data["attention"]
    needs = [point["needs_attention"] for point in points]
    assert needs == sorted(needs, reverse=True)
    assert {point["title"] for point in points if point["needs_attention"]} == {"Texts not understood"}
    assert len(points) == 8
    assert told.page.index("Texts not understood:") < told.page.index("In order")
    assert "Give topics the words" in " ".join(told.page.split())
    assert "Give topics the" in " ".join(told.terminal.split())


def test_hours_and_weekdays_hold_all_calls_and_texts(told):
    now = datetime.now(ZoneInfo(ZONE))
    today = table(told, "weekdays")[f"{now:%A}"]
    assert today == ["29", "48"]
    assert table(told, "hours").keys() == {"00:00 to 06:00", "06:00 to 12:00", "12:00 to 18:00", "18:00 to 24:00"}
    assert any(figures[1] == "48" for figures in table(told, "hours").values())


def test_where_callers_leave_is_named_by_title(told, content):
    library = content.libraries["en"]
    depends = f"{library.codes['depends']} {library.topics['depends'].title}, part 1"
    types = f"{library.codes['types']} {library.menus['types'].title}"
    left = table(told, "leaving")
    assert left == {depends: ["7"], types: ["9"], library.menus["main"].title: ["13"], "All other places": ["0"]}
    assert depends in told.terminal
    assert table(told, "trouble")[types] == ["9", "9"]


def test_topics_are_all_listed(page, content):
    library = content.libraries["en"]
    listed = {row[0] for row in page.tables["Topics"][1:-1]}
    assert listed == {f"{library.codes[name]} {library.topics[name].title}" for name in library.order}


def test_no_small_number_stands_anywhere(told, page):
    cells = [cell for rows in page.tables.values() for row in rows[1:] for cell in row[1:]]
    assert cells
    assert not {"1", "2", "3", "4"} & set(cells)
    assert not [line for line in told.lines if line["number"] in {"1", "2", "3", "4"}]


def test_a_word_is_shown_once_five_callers_have_used_it(told):
    assert table(told, "words") == {COMMON: ["6"]}
    assert COMMON in told.page
    assert COMMON in told.terminal


@pytest.mark.parametrize("word", [RARE, RARER, TRANSCRIBED, "a1b2c3", TRANSCRIBED[-7:]])
def test_a_word_of_few_callers_is_nowhere(told, word):
    """One caller who sends it often is one caller; digits are no words. Not in the store's files either."""
    held = repr(told.store).encode() + told.page.encode() + told.terminal.encode()
    assert COMMON.upper().encode() in held
    assert COMMON.upper().encode() in told.files
    assert word.upper().encode() not in held.upper() + told.files.upper()


def test_what_is_kept_of_words_goes_by_itself(told):
    assert len([key for key in told.store if key.startswith(b"word:")]) == 3
    assert len([key for key in told.store if key.startswith(b"words:")]) == 1


def test_people_are_a_sketch_and_hours_are_of_the_month(told):
    """No caller's name in the store, nor a hash of one, nor a day with an hour."""
    counted = {key.decode(): value for key, value in told.store.items() if key.startswith(b"count:")}
    month = told.data["month"]
    today = datetime.now(ZoneInfo(ZONE)).date().isoformat()
    assert counted.keys() == {f"count:{month}", f"count:{month}:people", f"count:{today}"}
    assert counted[f"count:{month}:people"].startswith(b"HYLL")
    assert not [name for name in counted[f"count:{today}"] if b" at " in name or b"minute" in name]
    callers = {key[8:-1] for key in told.store if key.startswith(b"caller:{")}
    assert callers
    assert not [caller for caller in callers if caller in repr(list(counted.values())).encode()]


def test_lines_and_json_hold_what_the_page_shows(told):
    """And no more: a hidden number has no number there."""
    assert {line["month"] for line in told.lines} == {told.data["month"]}
    shown = {(line["table"], line["row"], line["column"]): line for line in told.lines}
    assert shown["short", "calls", told.data["month"]]["number"] == "29"
    assert shown["short", "not_reached", told.data["month"]]["number"] == ""
    for name, found in told.data["tables"].items():
        for row in found["rows"]:
            for head, each in zip(found["heads"][1:], row["figures"], strict=True):
                line = shown[name, row["label"].lstrip("'"), head]
                number = "" if each["number"] is None else str(each["number"])
                assert (line["shown"], line["number"]) == (each["shown"], number)
                assert each["shown"] in told.page


def test_the_page_is_whole_and_in_order(told, page):
    assert page.language == "en"
    assert page.title.endswith(", so far"), "this month is not over"
    assert "This month is not over." in told.page
    assert page.headings[0] == 1
    assert all(after - before <= 1 for before, after in zip(page.headings, page.headings[1:], strict=False))
    fetching = [value for _, name, value in page.attributes if name in ("src", "href", "xlink:href", "srcset", "data")]
    assert not fetching
    for outside in ("http", "url(", "@import", "<script"):
        assert outside not in told.page
    ids = [value for _, name, value in page.attributes if name == "id"]
    assert len(ids) == len(set(ids))


def test_a_line_that_nobody_has_called_has_a_report(line_env, tmp_path):
    done = report({**line_env, "DATA_DIR": str(tmp_path / "new")}, "-o", str(tmp_path / "page.html"))
    assert done.returncode == 0, done.stderr
    page = Page((tmp_path / "page.html").read_text(encoding="utf-8"))
    assert "Nobody called or texted in" in (tmp_path / "page.html").read_text(encoding="utf-8")
    assert page.row("Days of the week", "Monday") == ["0", "0"]
    assert "`--month " in done.stdout, "how to see the month that is not over"


def test_a_store_that_is_down_is_told_in_one_sentence(line_env, tmp_path):
    env = {**line_env, "REDIS_URL": f"redis://127.0.0.1:{free_port()}"}
    done = ivr_process(env, "report", "-o", str(tmp_path / "page.html"))
    assert done.returncode == 1
    assert "REDIS_URL" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "page.html").exists()


def test_the_page_can_go_where_the_table_does_not(line_env, tmp_path):
    done = report({**line_env, "DATA_DIR": str(tmp_path / "new")}, "-o", "-")
    assert done.stdout.startswith("<!DOCTYPE html>")
    assert "In short" in done.stderr


def test_the_store_is_named_without_its_password(line_env, told, tmp_path):
    words = ("-o", str(tmp_path / "page.html"))
    data = tmp_path / "new"
    assert f"\nCounted in the embedded store in {data}\n" in report({**line_env, "DATA_DIR": str(data)}, *words).stdout
    with redis.Redis.from_url(told.address) as client:
        client.acl_setuser("reader", enabled=True, passwords=["+secret"], keys=["*"], categories=["+@all"])
    address = told.address.replace("unix://", "unix://reader:secret@")
    done = ivr_process({**line_env, "REDIS_URL": address}, "report", *words)
    assert f"\nCounted in {told.address}\n" in done.stdout
    assert "secret" not in done.stdout + done.stderr + (tmp_path / "page.html").read_text(encoding="utf-8")


def test_the_page_is_written_though_nobody_reads_the_tables(line_env, tmp_path):
    """As with `| head`."""
    command = [sys.executable, "-m", "ivr", "report", "-o", str(tmp_path / "page.html")]
    env = {**line_env, "DATA_DIR": str(tmp_path / "new")}
    with subprocess.Popen(command, env=env, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as printing:
        printing.stdout.close()
        assert b"Traceback" not in printing.stderr.read()
    assert (tmp_path / "page.html").read_text(encoding="utf-8").rstrip().endswith("</html>")


@pytest.mark.parametrize("month", ["2026", "2026-13", "10/2026", "2019-10", "2999-01", "tomorrow"])
def test_a_month_that_is_none_or_not_kept_is_answered_with_a_sentence(line_env, tmp_path, month):
    done = report({**line_env, "DATA_DIR": str(tmp_path / "new")}, "--month", month)
    assert done.returncode == 2
    assert "--month" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_page_that_cannot_be_written_is_told(line_env, tmp_path):
    done = report({**line_env, "DATA_DIR": str(tmp_path / "new")}, "-o", str(tmp_path / "no" / "page.html"))
    assert done.returncode == 1
    assert "page.html" in done.stderr
    assert "Traceback" not in done.stderr
