"""The licence of every package in requirements.txt, as the installed packages tell it: `make licences`.

Exits with 1 if the GPL or the LGPL is among them, or if one states none: docs/decisions/020-* says why. Only what is
installed for this Python and this machine can be asked; a wheel's licence is the same elsewhere.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[1]
NAMED = re.compile(r"^[A-Za-z0-9].*?(?=\s*\\?$)", re.MULTILINE)
COPYLEFT = re.compile(r"\bA?GPL|General Public License|Affero", re.IGNORECASE)
LESSER = re.compile(r"LGPL|Lesser General Public|Library General Public", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Licence:
    """`choices`: whoever uses the package may choose any one of these."""

    package: str
    version: str
    choices: tuple[str, ...]

    @property
    def problem(self) -> str | None:
        if not any(self.choices):
            return "tells no licence"
        if any(not COPYLEFT.search(choice) and not LESSER.search(choice) for choice in self.choices):
            return None
        if any(LESSER.search(choice) for choice in self.choices):
            return "is under the LGPL"
        return "is under the GPL"


def required(text: str) -> list[str]:
    """The packages of a requirements file that belong on this machine."""
    found = [Requirement(line) for line in NAMED.findall(text)]
    return [one.name for one in found if one.marker is None or one.marker.evaluate()]


def licence_of(package: str) -> Licence:
    try:
        told = distribution(package)
    except PackageNotFoundError:
        return Licence(package, "not installed", ())
    return Licence(package, told.version, _choices(told))


def _choices(told: Distribution) -> tuple[str, ...]:
    """A licence expression takes precedence; of several classifiers each is a choice, as pyphen's three are."""
    expression = _told(told, "License-Expression")
    if expression:
        return tuple(re.split(r"\s+OR\s+", expression[0].strip("()")))
    prefix = "License :: OSI Approved :: "
    named = [line.removeprefix(prefix) for line in _told(told, "Classifier") if line.startswith(prefix)]
    written = [text.strip().partition("\n")[0] for text in _told(told, "License")]
    return tuple(named or filter(None, written))


def _told(told: Distribution, field: str) -> list[str]:
    return told.metadata.get_all(field) or []


def main() -> int:
    licences = [licence_of(name) for name in required((ROOT / "requirements.txt").read_text(encoding="utf-8"))]
    wrong = [(one, problem) for one in licences if (problem := one.problem)]
    for one in licences:
        print(f"{one.package} {one.version}: {' or '.join(one.choices)}")
    for one, problem in wrong:
        print(f"-> {one.package} {problem}: choose another package.", file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
