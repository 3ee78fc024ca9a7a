"""One row of the table: a rule and what was measured for it."""

from __future__ import annotations

from dataclasses import dataclass

NOT_TURNED_ON = "not turned on"
"""The figure for a feature that is switched off on this line."""


@dataclass(frozen=True, slots=True)
class Measurement:
    """`holds`: None if people or audio are needed; then `note` says how to check it."""

    rule: str
    text: str
    figure: str
    threshold: str
    must: bool
    holds: bool | None
    note: str = ""


NO_SIGNS = "A line about health has them: main.md names their topic (`urgent:`)."
"""The note when a rule finds no warning signs."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule as docs/accessibility.md lists it."""

    name: str
    text: str
    threshold: str
    must: bool = True

    def measured(self, figure: str, holds: bool | None, note: str = "") -> Measurement:
        return Measurement(self.name, self.text, figure, self.threshold, self.must, holds, note)


def of(count: int, all_of_them: int, things: str) -> str:
    """`58 of 58 places`"""
    return f"{count} of {all_of_them} {things}"


def in_seconds(low: float, high: float | None = None) -> str:
    """`11.3 s`, or `1.8 to 5.0 s`"""
    if high is None or f"{low:.1f}" == f"{high:.1f}":
        return f"{low:.1f} s"
    return f"{low:.1f} to {high:.1f} s"
