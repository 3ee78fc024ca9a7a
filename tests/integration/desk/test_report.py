"""The report on a line that real calls and texts have gone through."""

import subprocess
import sys
import time
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path

import pytest
import redis
from settling import settle

from ivr.desk.running.local import free_port, serving
from ivr.memory.embedded import store_address
from ivr.phone.handset import Handset

ROOT = Path(__file__).parents[3]
DOUBTFUL = "tumor"
"""A word that the line asks about."""
COMMON, RARE, RARER = "flibbertigibbet", "quomodocunquize", "zenzizenzic"
TRANSCRIBED = "2025550143"


@dataclass
class Told:
    page: str
    terminal: str
    store: dict
    """What the store held then: all keys, and all values in clear."""
    files: bytes
    address: str


@pytest.fixture(scope="module")
def told(line_env, tmp_path_factory, fresh_number_of_module):
    """Seven calls that leave at a segment, six at a menu after a wrong key, five that reach a person, two that do not;
    thirteen texts that are not understood, one of them from nobody, six that are, five questions that are accepted,
    five signs of danger and three about what the line lacks."""
    data = tmp_path_factory.mktemp("reported")
    env = {**line_env, "DATA_DIR": str(data)}
    with serving(env, free_port()) as line:
        callers = (Handset(line, env["TWILIO_AUTH_TOKEN"], fresh_number_of_module()) for _ in range(100))
        _call(callers)
        _text(callers)
        settle()
        page = data / "page.html"
        printed = report(env, "-o", str(page), "--days", "2")
        assert printed.returncode == 0, printed.stderr
        store = everything(store_address(data))
        time.sleep(1.2)  # The store writes to its file every second.
        files = b"".join(file.read_bytes() for file in (data / "store").rglob("*") if file.is_file())
        yield Told(page.read_text(encoding="utf-8"), printed.stdout, store, files, store_address(data))


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
    for _ in range(5):
        asked = next(callers)
        assert "Do you mean" in asked.text(DOUBTFUL).texts[0]
        asked.text("yes")
    for _ in range(5):
        next(callers).text("my legs are week")
    for _ in range(3):
        assert "do not have" in next(callers).text("how much does it cost").texts[0]


def report(env, *words):
    return subprocess.run(
        [sys.executable, "-m", "ivr", "report", *words], env=env, cwd=ROOT, capture_output=True, text=True, timeout=60
    )


def everything(address):
    with redis.Redis.from_url(address) as client:
        return {
            key: client.hgetall(key) if client.type(key) == b"hash" else client.get(key) for key in client.keys("*")
        }


class Page(HTMLParser):
    """Tables by their captions, what may be fetched, headings, and what stands inside figures."""

    def __init__(self, page):
        super().__init__()
        self.tables, self.images, self.attributes, self.headings, self.stack = {}, [], [], [], []
        self._caption, self.figures, self.language, self.title = "", 0, None, ""
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        self.attributes += [(tag, name, value or "") for name, value in attrs]
        self.stack.append(tag)
        self.figures += tag == "figure"
        self.language = found.get("lang") if tag == "html" else self.language
        if found.get("role") == "img":
            self.images.append(found)
        if tag in ("h1", "h2", "h3"):
            self.headings.append(int(tag[1]))
        if tag == "table":
            self._caption = ""
        if tag == "tr" and self._caption:
            self.tables.setdefault(self._caption, []).append([])

    def handle_endtag(self, tag):
        if tag in self.stack:
            while self.stack.pop() != tag:
                pass

    def handle_data(self, data):
        where = self.stack[-1] if self.stack else ""
        if where == "caption":
            self._caption = data.removesuffix(", in numbers")
        elif where in ("td", "th") and self._caption:
            self.tables[self._caption][-1].append(data)
        elif where == "title":
            self.title = data

    def row(self, table, label):
        (found,) = [row[1:] for row in self.tables[table] if row[0] == label]
        return found


@pytest.fixture(scope="module")
def page(told):
    return Page(told.page)


def in_both(told, page, label, number):
    assert page.row("In short", label) == [number]
    (line,) = [line for line in told.terminal.splitlines() if line.strip().startswith(f"{label}  ")]
    assert line.removeprefix(f"  {label}").strip() == number


@pytest.mark.parametrize(
    ("label", "number"),
    [
        ("Calls", "20"),
        ("Texts", "37"),
        ("Wrong keys", "6"),
        ("People reached with key 0", "5"),
        ("Times nobody was reached with key 0", "under 5"),
        ("Texts sent with key 9", "0"),
        ("Faults of the line", "0"),
        ("Silences", "6"),
    ],
)
def test_the_numbers_are_what_was_done(told, page, label, number):
    in_both(told, page, label, number)


@pytest.mark.parametrize(
    ("label", "number"),
    [
        ("Texts answered with what to do in danger", "5"),
        ("Questions asked, instead of an answer", "5"),
        ("Questions and offers accepted", "5"),
        ("Texts not understood", "13"),
        ("Texts about what the line lacks", "under 5"),
    ],
)
def test_how_texts_were_understood_is_told_with_what_to_do_about_it(told, page, label, number):
    assert page.row("How texts were understood", label) == [number]
    advice = told.page.partition(f"<strong>{label}:</strong> ")[2].partition("</li>")[0]
    assert advice.endswith(".")
    assert len(advice.split()) > 8
    printed = " ".join(told.terminal.split())
    assert " ".join(label.split()[:3]) in printed
    assert advice.split()[0] in printed


def test_each_day_has_its_calls_and_texts(page):
    days = page.tables["Calls and texts a day"][1:]
    assert [day[1:] for day in days] in ([["0", "0"], ["20", "37"]], [["20", "37"], ["0", "0"]])


def test_presses_to_the_first_segment_are_a_mean(told, page):
    """Seven calls pressed once and came to one; six pressed twice and seven once, and came to none."""
    in_both(told, page, "Key presses before the first segment (mean)", f"{(7 + 12 + 7) / 7:.1f}")


def test_where_callers_leave_is_named_by_title(told, page, content):
    library = content.libraries["en"]
    left = {row[0]: row[1] for row in page.tables["Where callers leave"][1:]}
    depends = f"{library.codes['depends']} {library.topics['depends'].title}, part 1"
    types = f"{library.codes['types']} {library.menus['types'].title}"
    assert left == {depends: "7", types: "6", library.menus["main"].title: "7"}
    assert depends in told.terminal
    assert page.row("Silences and wrong keys", types) == ["6", "6"]


def test_topics_are_all_listed_and_none_is_not_told_from_few(page, content):
    library = content.libraries["en"]
    rows = page.tables["Topics heard"][1:]
    assert len(rows) == len(library.topics)
    assert page.row("Topics heard", f"{library.codes['depends']} {library.topics['depends'].title}") == ["7", "under 5"]
    assert page.row("Topics heard", f"{library.codes['one-area']} {library.topics['one-area'].title}") == [
        "under 5",
        "6",
    ]
    assert page.row("Topics heard", f"{library.codes['urgent']} {library.topics['urgent'].title}") == ["under 5", "5"]
    assert page.row("Topics heard", f"{library.codes['about']} {library.topics['about'].title}") == ["under 5"] * 2


def test_no_small_number_stands_anywhere(page):
    cells = [cell for rows in page.tables.values() for row in rows[1:] for cell in row[1:]]
    assert cells
    assert not {"1", "2", "3", "4"} & set(cells)


def test_a_word_is_shown_once_five_callers_have_used_it(told, page):
    ((word, callers),) = page.tables["Words the line does not know"][1:]
    assert word.startswith(f"{COMMON} (")
    assert callers == "6"
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


def test_every_chart_has_words_and_a_table(page):
    drawn = {"Calls and texts a day", "Topics heard", "Where callers leave", "Silences and wrong keys"}
    assert drawn <= set(page.tables)
    assert len(page.images) == page.figures == len(drawn | {"Languages"})
    assert all(image["aria-label"].startswith("Bar chart: ") for image in page.images)
    assert all(value == "true" for tag, name, value in page.attributes if tag == "svg" and name == "aria-hidden")


def test_a_chart_holds_no_more_than_its_table(told):
    """Bars are drawn of what is shown: two calls that reached nobody, and four texts of one caller, have none."""
    assert "<desc" not in told.page
    assert "<script" not in told.page


def test_the_page_is_whole_and_in_order(told, page):
    assert page.language == "en"
    assert "report" in page.title
    assert page.headings[0] == 1
    assert all(after - before <= 1 for before, after in zip(page.headings, page.headings[1:], strict=False))
    fetching = [value for _, name, value in page.attributes if name in ("src", "href", "xlink:href", "srcset", "data")]
    assert not fetching
    assert "http" not in told.page
    assert "url(" not in told.page
    assert "@import" not in told.page
    ids = [value for _, name, value in page.attributes if name == "id"]
    assert len(ids) == len(set(ids))


def test_a_line_that_nobody_has_called_has_a_report(line_env, tmp_path):
    done = report({**line_env, "DATA_DIR": str(tmp_path / "new")}, "-o", str(tmp_path / "page.html"))
    assert done.returncode == 0, done.stderr
    page = Page((tmp_path / "page.html").read_text(encoding="utf-8"))
    assert page.row("In short", "Calls") == ["0"]
    assert len(page.tables["Calls and texts a day"]) == 31
    assert not page.images, "a chart without a bar tells nothing"


def test_a_store_that_is_down_is_told_in_one_sentence(line_env, tmp_path):
    env = {**line_env, "REDIS_URL": f"redis://127.0.0.1:{free_port()}"}
    done = report(env, "-o", str(tmp_path / "page.html"))
    assert done.returncode == 1
    assert "REDIS_URL" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "page.html").exists()


def test_the_page_can_go_where_the_table_does_not(line_env, tmp_path):
    done = report({**line_env, "DATA_DIR": str(tmp_path / "new")}, "-o", "-")
    assert done.stdout.startswith("<!DOCTYPE html>")
    assert "In short" in done.stderr


def test_what_is_hidden_is_explained_below(told):
    note = "“under 5” is a number from 1 to 4, hidden because so few could point to somebody"
    assert note in " ".join(told.terminal.split())
    assert note in " ".join(told.page.split())


def test_the_store_is_named_without_its_password(line_env, told, tmp_path):
    words = ("-o", str(tmp_path / "page.html"))
    data = tmp_path / "new"
    assert f"\nCounted in the embedded store in {data}\n" in report({**line_env, "DATA_DIR": str(data)}, *words).stdout
    with redis.Redis.from_url(told.address) as client:
        client.acl_setuser("reader", enabled=True, passwords=["+secret"], keys=["*"], categories=["+@all"])
    address = told.address.replace("unix://", "unix://reader:secret@")
    done = report({**line_env, "REDIS_URL": address}, *words)
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


def test_a_span_of_no_days_is_answered_with_a_sentence(line_env, tmp_path):
    done = report({**line_env, "DATA_DIR": str(tmp_path / "new")}, "--days", "0")
    assert done.returncode == 2
    assert "--days" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_page_that_cannot_be_written_is_told(line_env, tmp_path):
    done = report({**line_env, "DATA_DIR": str(tmp_path / "new")}, "-o", str(tmp_path / "no" / "page.html"))
    assert done.returncode == 1
    assert "page.html" in done.stderr
    assert "Traceback" not in done.stderr
