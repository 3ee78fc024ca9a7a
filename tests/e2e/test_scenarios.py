"""Each file in tests/e2e/scenarios is a call or a conversation with the running line."""

from pathlib import Path

import pytest
from scenario import Stage

from ivr.library.load import Content
from ivr.phone.handset import Handset

FILES = sorted((Path(__file__).parent / "scenarios").glob("*.scenario"))
IN_WORDS = [file for file in FILES if file.stem.startswith("in-words")]
"""With a line that listens to words."""
BY_KEYS = [file for file in FILES if file not in IN_WORDS]


@pytest.mark.parametrize("file", IN_WORDS, ids=lambda file: file.stem)
def test_scenario_in_words(file: Path, speaking: Handset, content: Content) -> None:
    Stage(content.libraries, speaking).play(file)


@pytest.mark.parametrize("file", BY_KEYS, ids=lambda file: file.stem)
def test_scenario(file: Path, handset: Handset, content: Content) -> None:
    Stage(content.libraries, handset).play(file)


def test_all_kinds_of_caller_are_here() -> None:
    """Fewer files than this means that some were not found."""
    assert len(FILES) >= 14
    assert IN_WORDS
