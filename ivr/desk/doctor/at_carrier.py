"""What the carrier's API tells: how the number is set, and whether its texts are let through."""

from __future__ import annotations

import phonenumbers

from ivr.carrier.twilio.account import CarrierRefuses, OwnNumber
from ivr.desk.connect.connecting import account_of, plan, wanted
from ivr.desk.connect.table import NOTHING
from ivr.desk.doctor.finding import Seen, fail, ok, warn
from ivr.desk.doctor.launch import Launch, NotYet

CONSOLE = "look in the carrier's console under Messaging, Regulatory Compliance"
TOLL_FREE = {
    None: "send in the toll-free verification",
    "PENDING_REVIEW": "wait for it",
    "IN_REVIEW": "wait for it",
    "TWILIO_REJECTED": "mend what was rejected and send it in again",
}


def number(launch: Launch) -> Seen:
    own = _own(launch)
    planned = plan(own, wanted(launch.settings, launch.languages[0]))
    wrong = [f"{one.name} is {one.before or NOTHING}" for one in planned if one.changes and one.before is not None]
    untold = [one.name for one in planned if one.before is None]
    if wrong:
        return fail(
            f"{own.number} does not lead to the line: {', '.join(wrong)}", f"python -m ivr connect {own.number}"
        )
    if untold:
        return warn(f"the carrier does not tell {', '.join(untold)}", "look at the number in its console")
    return ok(f"{own.number} leads to the line at {launch.settings.public_url}")


def sender(launch: Launch) -> Seen:
    """In North America, texts of a sender who is not registered are dropped on the way."""
    line = launch.settings.line_number
    if line is None:
        raise NotYet("set LINE_NUMBER first")
    parsed = phonenumbers.parse(line)
    if parsed.country_code != 1:
        return warn("cannot be told", "ask the carrier what the number's country wants of who sends texts")
    if phonenumbers.number_type(parsed) != phonenumbers.PhoneNumberType.TOLL_FREE:
        return warn(
            "10DLC, which the API is not asked about",
            f"{CONSOLE}, A2P 10DLC: the campaign has to be verified, with the number among its senders",
        )
    return _toll_free(launch)


def _toll_free(launch: Launch) -> Seen:
    try:
        status = account_of(launch.settings).tollfree_status(_own(launch))
    except CarrierRefuses:
        return warn("the carrier could not be asked about toll-free verification", CONSOLE)
    if status == "TWILIO_APPROVED":
        return ok("the toll-free number is verified")
    remedy = f"{TOLL_FREE.get(status, 'see what it says')}: {CONSOLE}, Toll-Free"
    return fail(f"toll-free verification: {status or 'not begun'}, so texts do not get through", remedy)


def _own(launch: Launch) -> OwnNumber:
    settings = launch.settings
    if settings.account_sid is None or settings.line_number is None:
        raise NotYet("set TWILIO_ACCOUNT_SID and LINE_NUMBER: without them the line sends nothing of its own either")
    return account_of(settings).number(settings.line_number)
