"""What the check remembers of a language changes nothing in what it finds."""

import pytest
from small_content import copy_language, loaded, swap
from small_listening import small_listening

from ivr.audit import Checker, check

WORM = "listening/danger-worm.md"
CHANGES = {
    "an example": swap(f"es/{WORM}", "- a bitter peel", "- a sweet peel"),
    "a pattern of the first language": swap(f"en/{WORM}", "- [sour] .. [skin]", "- [sour] .. branch"),
    "a file that the first language has": lambda root: (root / f"en/{WORM}").rename(
        root / "en/listening/danger-wasp.md"
    ),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_a_second_check_finds_what_a_first_would_find(tmp_path, change):
    root = small_listening(tmp_path)
    copy_language("es")(root)
    checker = Checker()
    before = checker.check(loaded(root))
    assert checker.check(loaded(root)) == before
    change(root)
    after = check(loaded(root))
    assert after != before
    assert checker.check(loaded(root)) == after
