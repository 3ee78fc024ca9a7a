"""`make audit`: what it makes of what the advisory services say, and that silence is told from a clean bill."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tools.audit import FOUND, NOT_ASKED, verdict

ROOT = Path(__file__).parents[2]
CLEAN = {"name": "flask", "version": "3.1.3", "vulns": []}
SKIPPED = {"name": "rich", "skip_reason": "Dependency not found on PyPI"}
WEAK = {"name": "urllib3", "version": "1.0", "vulns": [{"id": "PYSEC-1", "fix_versions": ["1.1", "2.0"]}]}
UNMENDED = {"name": "jinja2", "version": "2.0", "vulns": [{"id": "PYSEC-2", "fix_versions": []}]}


@pytest.mark.parametrize(
    ("report", "status", "lines"),
    [
        ([CLEAN], 0, ["1 packages looked up, nothing known of them"]),
        ([WEAK, CLEAN], FOUND, ["urllib3 1.0: PYSEC-1, mended in 1.1"]),
        ([UNMENDED], FOUND, ["jinja2 2.0: PYSEC-2, not mended yet"]),
        ([WEAK, SKIPPED], FOUND, ["urllib3 1.0: PYSEC-1, mended in 1.1", "not looked up, 1 of 2: rich"]),
        ([CLEAN, SKIPPED], NOT_ASKED, ["not looked up, 1 of 2: rich"]),
        ([SKIPPED], NOT_ASKED, ["not looked up, 1 of 1: rich"]),
        (None, NOT_ASKED, ["not reached"]),
    ],
)
def test_what_a_service_says(report, status, lines):
    assert verdict(report) == (status, lines)


def test_a_report_of_nothing_is_no_clean_bill():
    assert verdict([])[0] == NOT_ASKED


SCRIPT = """
import sys
told = {told!r}
print(told[sys.argv[sys.argv.index("--vulnerability-service") + 1]])
"""


@pytest.mark.parametrize(
    ("pypi", "osv", "status", "says"),
    [
        ([CLEAN], None, 0, "pypi: 1 packages looked up"),
        ([WEAK], None, FOUND, "pypi: urllib3 1.0"),
        ([SKIPPED], [CLEAN], 0, "osv: 1 packages looked up"),
        (None, [WEAK], FOUND, "osv: urllib3 1.0"),
        ([SKIPPED], None, NOT_ASKED, "this says nothing"),
        (None, None, NOT_ASKED, "osv: not reached"),
    ],
)
def test_the_second_service_is_asked_where_the_first_does_not_know(tmp_path, pypi, osv, status, says):
    """The auditor itself stands in for its services: it is not a part of what the tests run on."""
    told = {
        name: "no answer" if report is None else json.dumps({"dependencies": report})
        for name, report in (("pypi", pypi), ("osv", osv))
    }
    (tmp_path / "pip_audit.py").write_text(SCRIPT.format(told=told))
    done = subprocess.run(
        [sys.executable, ROOT / "tools" / "audit.py"],
        env={"PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == status, done.stderr
    assert says in done.stdout
