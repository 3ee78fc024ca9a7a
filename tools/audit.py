"""Known vulnerabilities of every pinned package: `make audit`. Each advisory service is asked until one answers.

Exits with 0 if all packages were looked up and none is known to be vulnerable, with 1 if one is, and with 2 if some
could not be looked up and nothing is known of the others: that proves nothing either way.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
SERVICES = ("pypi", "osv")
FOUND, NOT_ASKED = 1, 2
SECONDS = 300

Report = list[dict[str, Any]]
"""For each package its name, and its version and `vulns`, or else `skip_reason`."""


def asked(service: str) -> Report | None:
    """None if the service does not answer as it should."""
    command = [sys.executable, "-m", "pip_audit", "--no-deps", "--disable-pip", "--format", "json"]
    command += ["--vulnerability-service", service, "--requirement", str(ROOT / "requirements-dev.txt")]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=False)  # noqa: S603
        report: Report = json.loads(done.stdout)["dependencies"]
    except (subprocess.TimeoutExpired, ValueError, KeyError, TypeError):
        return None
    return report


def verdict(report: Report | None) -> tuple[int, list[str]]:
    """The exit status, and what to print."""
    if report is None:
        return NOT_ASKED, ["not reached"]
    known = [f"{one['name']} {one['version']}: {_told(found)}" for one in report for found in one.get("vulns", ())]
    skipped = [one["name"] for one in report if "skip_reason" in one]
    if skipped:
        known.append(f"not looked up, {len(skipped)} of {len(report)}: {', '.join(skipped)}")
    status = FOUND if len(known) > bool(skipped) else NOT_ASKED if skipped or not report else 0
    return status, known or [f"{len(report)} packages looked up, nothing known of them"]


def _told(found: dict[str, Any]) -> str:
    fixed = found.get("fix_versions")
    return f"{found['id']}, {f'mended in {fixed[0]}' if fixed else 'not mended yet'}"


def main() -> int:
    for service in SERVICES:
        status, lines = verdict(asked(service))
        print(*(f"{service}: {line}" for line in lines), sep="\n")
        if status != NOT_ASKED:
            return status
    print("No advisory service answered for every package, so this says nothing: run it where one can be reached.")
    return NOT_ASKED


if __name__ == "__main__":
    sys.exit(main())
