"""One line of the table: a rule and what was measured of it."""

from __future__ import annotations

from dataclasses import dataclass

NOT_TURNED_ON = "not turned on"
"""The figure of what this line does not do."""


@dataclass(frozen=True, slots=True)
class Measurement:
    """`holds` is None where people or audio are needed: `note` then says how to do it."""

    rule: str
    text: str
    figure: str
    threshold: str
    must: bool
    holds: bool | None
    note: str = ""


NO_SIGNS = "A line about health has them: main.md names their topic (`urgent:`)."
"""What people are told where a rule finds no warning signs."""


@dataclass(frozen=True, slots=True)
class Rule:
    """As docs/accessibility.md lists it."""

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
