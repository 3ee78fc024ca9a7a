"""The page of the bench: what is written is read again, and a spoiled row counts as not tried."""

from ivr.library.heard import FILE, Heard, Hearing, file_of, heard_beside, parse_tables, tables, words_code

SPINE = Hearing(
    "urgent.1", "0a1b2c3d", 90, 0.011, 0.022, 0.033, "call", "2020-01-31", ("stool", "arm or leg"), ("band",)
)
FRUIT = Hearing("fruit.1", "4e5f6a7b", 12, 0.0, 0.0, 0.083, "quick", "2020-02-01")
PAGE = f"Of content version `c0ffee`: so.\n\n{tables([SPINE, FRUIT])}\n"


def test_what_is_written_is_read_again():
    assert parse_tables(PAGE) == Heard("c0ffee", {"fruit.1": FRUIT, "urgent.1": SPINE})
    assert parse_tables(f"Recogniser: such, offline. English only.\n\n{PAGE}").language == "English"


def test_a_row_that_somebody_spoiled_counts_as_not_tried():
    assert parse_tables(PAGE.replace("| 90 |", "| ninety |")).hearings == {"fruit.1": FRUIT}
    assert parse_tables(PAGE.replace("3.3 %", "some")).hearings == {"fruit.1": FRUIT}


def test_a_page_of_something_else_holds_nothing():
    assert parse_tables("# Heard\n\n| a | b |\n|---|---|\n| 1 | 2 |\n") == Heard()


def test_the_code_is_of_the_words_not_of_how_they_are_laid_out():
    assert words_code("Salt  is\nwhite.") == words_code("Salt is white.")
    assert words_code("Salt is white.") != words_code("Salt is grey.")


def test_it_stands_beside_the_content(tmp_path):
    content, page = tmp_path / "content", tmp_path / FILE
    assert heard_beside(content) is None
    page.parent.mkdir()
    page.write_text(PAGE, encoding="utf-8")
    assert heard_beside(content) == parse_tables(PAGE)
    page.write_bytes(b"\xff")
    assert heard_beside(content) is None


def test_each_language_has_a_page_of_its_own(tmp_path):
    """Where one is missing, the first language's page says in which language was tried."""
    content = tmp_path / "content"
    for tag, language in (("en", "English"), ("es", "Español")):
        page = tmp_path / file_of(tag)
        page.parent.mkdir(exist_ok=True)
        page.write_text(f"Recogniser: such, offline. {language} only.\n\n{PAGE}", encoding="utf-8")
    assert [heard_beside(content, tag).language for tag in ("en", "es", "fr")] == ["English", "Español", "English"]
    assert heard_beside(content, "es").file == "docs/heard-es.md"
