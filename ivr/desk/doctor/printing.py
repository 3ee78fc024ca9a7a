"""How findings are printed: for people, and for programs."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, replace

from rich.console import Console
from rich.text import Text

from ivr.desk.doctor.finding import Finding, Level

COLOURS = {Level.OK: "green", Level.WARN: "yellow", Level.FAIL: "bold red", Level.SKIP: "yellow"}
WIDTH = max(len(level) for level in Level)


def is_ready(findings: Sequence[Finding]) -> bool:
    return not _named(findings, Level.FAIL)


def print_findings(console: Console, findings: Sequence[Finding]) -> None:
    """A line each with the remedy below it, then the verdict. Identical findings share one line, but each check that
    was not made has its own."""
    for one in _together(findings):
        print_finding(console, one)
    console.print(Text(_verdict(findings)))


def print_finding(console: Console, one: Finding) -> None:
    console.print(Text(f"{one.level:{WIDTH}}", style=COLOURS[one.level]) + Text(f"  {one.name}: {one.seen}"))
    if one.remedy:
        console.print(Text(f"{'':{WIDTH}}  -> {one.remedy}"))


def _together(findings: Sequence[Finding]) -> list[Finding]:
    names: dict[Finding, list[str]] = {}
    for one in findings:
        names.setdefault(one if one.level is Level.SKIP else replace(one, name=""), []).append(one.name)
    return [replace(one, name=", ".join(named)) for one, named in names.items()]


def as_json(findings: Sequence[Finding]) -> str:
    return json.dumps({"ready": is_ready(findings), "findings": [asdict(one) for one in findings]}, indent=2)


def _verdict(findings: Sequence[Finding]) -> str:
    failed, warned, left = (", ".join(_named(findings, level)) for level in (Level.FAIL, Level.WARN, Level.SKIP))
    verdict = (
        f"Not ready: {failed}." if failed else f"Ready, if you have thought about: {warned}." if warned else "Ready."
    )
    return f"{verdict} Not looked at: {left}." if left else verdict


def _named(findings: Sequence[Finding], level: Level) -> list[str]:
    return [one.name for one in findings if one.level is level]
