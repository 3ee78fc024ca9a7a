"""The page of the bench: what is written is read again, and a spoiled row counts as not tried."""

from ivr.library.heard import FILE, Heard, Hearing, heard_beside, read, tables, words_code

SPINE = Hearing(
    "urgent.1", "0a1b2c3d", 90, 0.011, 0.022, 0.033, "call", "2020-01-31", ("stool", "arm or leg"), ("band",)
)
FRUIT = Hearing("fruit.1", "4e5f6a7b", 12, 0.0, 0.0, 0.083, "quick", "2020-02-01")
PAGE = f"Of content version `c0ffee`: so.\n\n{tables([SPINE, FRUIT])}\n"


def test_what_is_written_is_read_again():
    assert read(PAGE) == Heard("c0ffee", {"fruit.1": FRUIT, "urgent.1": SPINE})
    assert read(f"Recogniser: such, offline. English only.\n\n{PAGE}").language == "English"


def test_a_row_that_somebody_spoiled_counts_as_not_tried():
    assert read(PAGE.replace("| 90 |", "| ninety |")).hearings == {"fruit.1": FRUIT}
    assert read(PAGE.replace("3.3 %", "some")).hearings == {"fruit.1": FRUIT}


def test_a_page_of_something_else_holds_nothing():
    assert read("# Heard\n\n| a | b |\n|---|---|\n| 1 | 2 |\n") == Heard()


def test_the_code_is_of_the_words_not_of_how_they_are_laid_out():
    assert words_code("Salt  is\nwhite.") == words_code("Salt is white.")
    assert words_code("Salt is white.") != words_code("Salt is grey.")


def test_it_stands_beside_the_content(tmp_path):
    content, page = tmp_path / "content", tmp_path / FILE
    assert heard_beside(content) is None
    page.parent.mkdir()
    page.write_text(PAGE, encoding="utf-8")
    assert heard_beside(content) == read(PAGE)
    page.write_bytes(b"\xff")
    assert heard_beside(content) is None
