"""The rules of accessibility, one by one, on the running line."""

import io
import re

import pytest
from rich.console import Console

from ivr.audit.access.measurement import Measurement, in_seconds
from ivr.audit.access.table import RULES, print_table
from ivr.desk.checking.audio import estimate_of
from ivr.desk.checking.calls import milestones

NAMES = [
    *("A1", "A2", "A3", "A4"),
    *("B1", "B2", "B3", "B4", "B5", "B6", "B7"),
    *("C1", "C2", "C3", "C4", "C5", "C6", "C7", "C8", "C9"),
    *("D1", "D2", "D3", "D4", "D5", "D6", "D7", "D8"),
    *("E1", "E2", "E3", "E4", "E5", "E6"),
    *("F1", "F2"),
    *("G1", "G2", "G3", "G4", "G5"),
    *("H1", "H2", "H3", "H4"),
    *("I1", "I2", "I3", "I4"),
    *("J1", "J2", "J4", "J3"),
    *("K0", "K1", "K2", "K3"),
]
SHOULD = {"B4", "B6", "C7", "D2", "F2", "G5", "J4"}


@pytest.fixture(scope="module")
def measure():
    """Each rule is measured once in each language, for all tests here."""
    found = {}

    def measured_once(rule, survey):
        key = rule, survey.library.language.tag
        if key not in found:
            found[key] = rule(survey)
        return found[key]

    return measured_once


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_line_keeps(survey_in, rule, measure):
    """What must hold holds, or people have to judge and the table says how; what should hold is explained if not."""
    measurement = measure(rule, survey_in)
    assert measurement.holds is not False or not measurement.must, measurement
    assert measurement.holds or measurement.note, measurement


@pytest.fixture(scope="module")
def measured(survey, measure):
    return [measure(rule, survey) for rule in RULES]


def test_every_rule_is_measured_once(measured):
    assert [measurement.rule for measurement in measured] == NAMES
    assert {measurement.rule for measurement in measured if not measurement.must} == SHOULD


HELD = Measurement("A1", "A text", "1 s", "<= 2 s", True, True)
BROKEN = Measurement("A2", "A text", "3 s", "<= 2 s", True, False, "Why")
EXPLAINED = Measurement("B4", "A text", "3 s", "<= 2 s", False, False, "Why")
FOR_PEOPLE = Measurement("J2", "A text", "0", "0", True, None, "How")


@pytest.mark.parametrize(("measurements", "status"), [([HELD, EXPLAINED, FOR_PEOPLE], 0), ([HELD, BROKEN], 1)])
@pytest.mark.parametrize("terminal", [True, False])
def test_the_table_tells_all_and_its_status_whether_a_must_is_broken(measurements, status, terminal):
    out = io.StringIO()
    assert print_table(Console(file=out, force_terminal=terminal, width=100), measurements, "English") == status
    for measurement in measurements:
        assert measurement.rule in out.getvalue()
        assert measurement.note in out.getvalue()
    assert ("\x1b" in out.getvalue()) is terminal


def test_key_nine_is_measured_too(measured):
    """On a line that can send: elsewhere the ruler leaves key 9 to people."""
    measurements = {measurement.rule: measurement for measurement in measured}
    assert "9" in measurements["C1"].figure
    assert measurements["H2"].holds is True


def test_seconds_that_are_reckoned_without_a_line_are_those_of_the_running_line(survey, measured):
    """`check --audio` asks the heart alone; by the same estimate it comes to what the ruler measured."""
    library, read = survey.library, {measurement.rule: measurement.figure for measurement in measured}
    found = milestones(survey.libraries, library.language.tag, estimate_of)
    at = {(one.rule, one.what): one.seconds for one in found}
    assert read["A1"].startswith(in_seconds(at["A1", "the emergency number has been said"]))
    assert in_seconds(at["A2", "the first option begins"]) in read["A2"]
    main_points = float(re.search(r"main points from ([\d.]+) s", read["A3"])[1])
    assert main_points == pytest.approx(at["A3", "the main points begin for a silent caller"], abs=0.1)
    whole = max(one.seconds for one in found if one.rule == "B5" and one.what.endswith("menu"))
    named = max(one.seconds for one in found if one.rule == "B5" and one.what.endswith("named"))
    assert read["B5"] == f"{in_seconds(whole)}; last topic named by {in_seconds(named)}"
