"""A rehearsal of an evening on the air: the line as it is served, a pretend carrier, and people who call and text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ivr.desk.doctor.finding import Finding, Level
from ivr.desk.rehearsing.acts import ACTS, Act
from ivr.desk.rehearsing.stage import Stage, Wrong
from ivr.phone.refused import NotNow, Refused
from ivr.settings import CannotStart


def rehearse(stage: Stage, acts: Mapping[str, Act] = ACTS) -> Iterator[Finding]:
    """One finding for each act, as soon as it ends. A failing act does not stop the others. Raises CannotStart if the
    line does not start at all."""
    stage.up()
    for name, act in acts.items():
        yield _played(stage, name, act)


def _played(stage: Stage, name: str, act: Act) -> Finding:
    try:
        return Finding(name, Level.OK, act(stage), "")
    except (Wrong, CannotStart) as reason:
        return Finding(name, Level.FAIL, str(reason), "")
    except Refused as refused:
        return Finding(name, Level.FAIL, f"the carrier would log {refused}", "")
    except NotNow as ended:
        return Finding(name, Level.FAIL, f"a key could not be pressed: {ended}", "")
