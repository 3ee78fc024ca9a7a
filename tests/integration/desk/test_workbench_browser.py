"""The workbench in a real browser: by keyboard, with and without JavaScript, in each colour scheme, narrow and wide."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from api.packages import node
from small_content import copy_language
from workbench import desk, page_of

from ivr.phone.page_server import serve_page

SCRIPT = Path(__file__).parent / "workbench.cjs"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
LIGHT, DARK = {"colorScheme": "light", "forcedColors": "none"}, {"colorScheme": "dark", "forcedColors": "none"}
FORCED = {"forcedColors": "active"}
PAGES = [
    "en/",
    "en/search?q=apples",
    "rules",
    "saves",
    "en/edit/menus/main",
    "en/edit/menus/fruit",
    "en/edit/phrases/call",
    "es/edit/topics/plums",
    "en/sheet",
    "en/listen?words=plums",
    "en/lines/reactions?q=l",
    "en/new",
    "en/move/apples",
    "en/part/apples",
    "en/part/apples/1",
    "en/facts/apples",
    "es/sign/topics/plums",
    "en/history/topics/apples",
]
VIEWS = {
    "wide": {"context": {"viewport": {"width": 1600, "height": 900}}, "colors": [LIGHT, DARK], "scripts": True},
    "narrow": {"context": {"viewport": {"width": 320, "height": 640}}, "colors": [DARK, FORCED], "scripts": True},
    "zoomed, without modules": {
        "context": {"viewport": {"width": 320, "height": 225}, "reducedMotion": "reduce"},
        "colors": [LIGHT],
        "scripts": False,
    },
}


@pytest.fixture
def browser():
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        pytest.skip("This needs Chromium, and it is not on this machine.")
    return found


@pytest.mark.parametrize("view", VIEWS)
def test_a_topic_is_edited_by_keyboard(browser, tmp_path, view):
    bench = desk(tmp_path)
    copy_language("es")(bench.root)
    running = serve_page(page_of(bench.root, bench.data), port=0)
    given = json.dumps({**VIEWS[view], "pages": PAGES})
    command = [node(), str(SCRIPT), browser, f"{running.url}workbench/", given]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=240, check=False)
    finally:
        running.close()
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["violations"] == found["tooSmall"] == found["wide"] == found["errors"] == []
    assert found["reached"], "the first box of words is some Tabs away"
    assert found["focused"] == "voice/1", "what the check says takes nobody away from where they type"
    assert found["refused"].startswith("Not saved, 1 to mend")
    assert found["saved"].startswith("Saved")
    assert found["told"].startswith("Saved."), (
        "what came of a save is where the reader is, wherever the page was opened"
    )
    assert found["first"] == "Skip to the page"
    assert b"I love apples" in bench.file("en/topics/apples.md")
