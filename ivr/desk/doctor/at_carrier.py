"""Checks by the carrier's API: the number's settings, and whether its texts are delivered."""

from __future__ import annotations

from ivr.carrier.chosen import carrier_of
from ivr.carrier.port import OwnNumber
from ivr.desk.connect.connecting import account_of, plan, wanted
from ivr.desk.connect.table import NOTHING
from ivr.desk.doctor.finding import Seen, fail, ok, warn
from ivr.desk.doctor.launch import Launch, NotYet

NO_ACCOUNT = "set TWILIO_ACCOUNT_SID and LINE_NUMBER: without them the line sends nothing of its own either"


def number(launch: Launch) -> Seen:
    own = _own(launch)
    goal = account_of(launch.settings).settings_for(wanted(launch.settings, launch.languages[0]))
    planned = plan(own, goal)
    wrong = [f"{one.name} is {one.before or NOTHING}" for one in planned if one.changes and one.before is not None]
    untold = [one.name for one in planned if one.before is None]
    if wrong:
        return fail(
            f"{own.number} does not lead to the line: {', '.join(wrong)}", f"python -m ivr connect {own.number}"
        )
    if untold:
        return warn(f"the carrier does not report {', '.join(untold)}", "look at the number in its console")
    return ok(f"{own.number} leads to the line at {launch.settings.public_url}")


def sender(launch: Launch) -> Seen:
    line = launch.settings.line_number
    if line is None:
        raise NotYet("set LINE_NUMBER first")
    told = carrier_of(launch.settings).registration(line)
    if told is None:
        raise NotYet(NO_ACCOUNT)
    if told.is_through is None:
        return warn(told.seen, told.remedy)
    return ok(told.seen) if told.is_through else fail(told.seen, told.remedy)


def _own(launch: Launch) -> OwnNumber:
    settings = launch.settings
    if settings.account_sid is None or settings.line_number is None:
        raise NotYet(NO_ACCOUNT)
    return account_of(settings).number(settings.line_number)
