"""The line's own words in English alone, without what free texts are understood with. A server of them starts in half
the time: for tests of stores, workers and connections, which send nothing that has to be understood."""

import shutil
from pathlib import Path

from ivr.settings import CONTENT

UNDERSTANDING = ("listening", "likeness.json.gz", "dictionary.*")
STILL_READ = ("reactions.md", "automatic.md")
"""Of listening: what a phone or a machine wrote by itself is answered as ever."""


def light_content(folder: Path) -> Path:
    root = folder / "content"
    shutil.copytree(CONTENT / "en", root / "en", ignore=shutil.ignore_patterns(*UNDERSTANDING))
    shutil.copy(CONTENT / "facts.md", root)
    (root / "en/listening").mkdir()
    for name in STILL_READ:
        shutil.copy(CONTENT / "en/listening" / name, root / "en/listening")
    return root
