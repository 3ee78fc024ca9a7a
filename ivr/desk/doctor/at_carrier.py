"""Checks by the carrier's API: how each number is set, what stands over it, and whether its texts are delivered."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from ivr.carrier.account import CannotTell
from ivr.carrier.chosen import carrier_of
from ivr.desk.connect.connecting import account_of, plan, wanted
from ivr.desk.connect.services import by_hand, leads_away, others_in, where_to
from ivr.desk.connect.table import NOTHING
from ivr.desk.doctor.finding import Level, Seen, fail, ok, warn
from ivr.desk.doctor.launch import Launch, NotYet
from ivr.settings.numbers import OwnNumber, is_toll_free

NO_ACCOUNT = (
    "TWILIO_ACCOUNT_SID or LINE_NUMBER is not set",
    "set both: without them the line sends nothing of its own either",
)
"""Why something is not looked at, and what to do."""
WORST_FIRST = (Level.FAIL, Level.WARN, Level.OK)


def number(launch: Launch) -> Seen:
    return _of_all(launch, _number)


def service(launch: Launch) -> Seen:
    """Whether texts reach the line, and leave it, past a Messaging Service."""
    return _of_all(launch, _service)


def sender(launch: Launch) -> Seen:
    if launch.settings.line_number is None:
        raise NotYet("LINE_NUMBER is not set")
    return _worst(_sender(launch, one) for one in launch.settings.own_numbers)


def _of_all(launch: Launch, look: Callable[[Launch, OwnNumber], Seen]) -> Seen:
    settings = launch.settings
    if settings.account_sid is None or settings.line_number is None:
        raise NotYet(*NO_ACCOUNT)
    return _worst(look(launch, one) for one in launch.signed_settings.own_numbers)


def _worst(seen: Iterable[Seen]) -> Seen:
    """All results that are as bad as the worst, joined into one."""
    found = list(dict.fromkeys(seen))
    level = next(level for level in WORST_FIRST if any(one.level is level for one in found))
    these = [one for one in found if one.level is level]
    remedies = dict.fromkeys(one.remedy for one in these if one.remedy)
    return Seen(level, "; ".join(one.seen for one in these), "; ".join(remedies))


def _number(launch: Launch, one: OwnNumber) -> Seen:
    if one.language and one.language not in launch.languages:
        return fail(
            f"LINE_NUMBER begins {one.number} in {one.language}, which the content does not speak",
            f"write one of {', '.join(launch.languages)} there",
        )
    account = account_of(launch.settings)
    own = account.number(one.number)
    goal = account.settings_for(wanted(launch.settings, one.language or launch.languages[0]))
    planned = plan(own, goal)
    wrong = [f"{one.name} is {one.before or NOTHING}" for one in planned if one.changes and one.before is not None]
    untold = [one.name for one in planned if one.before is None]
    if own.cannot:
        return fail(
            f"{own.number} takes no {' and no '.join(own.cannot)} at all", "ask the carrier, or choose another number"
        )
    if wrong:
        return fail(
            f"{own.number} does not lead to the line: {', '.join(wrong)}", f"python -m ivr connect {own.number}"
        )
    if untold:
        return warn(f"the carrier does not report {', '.join(untold)}", "look at the number in its console")
    return ok(f"{own.number} leads to the line at {launch.settings.public_url}")


def _service(launch: Launch, one: OwnNumber) -> Seen:
    settings, account = launch.settings, account_of(launch.settings)
    try:
        found = account.service_of(account.number(one.number))
    except CannotTell:
        if settings.messaging_service:
            return warn(
                "this carrier tells of no Messaging Service, and TWILIO_MESSAGING_SERVICE_SID is set",
                "send a text with key 9, or unset it",
            )
        return ok("this carrier has none")
    if found is None and settings.messaging_service:
        return fail(
            f"{one.number} is not in the Messaging Service of TWILIO_MESSAGING_SERVICE_SID, so it sends nothing",
            "add the number to its sender pool in the carrier's console, or unset TWILIO_MESSAGING_SERVICE_SID",
        )
    if found is None:
        return ok(f"{one.number} is in none")
    if settings.messaging_service and settings.messaging_service != found.sid:
        return fail(
            f"{one.number} is in {found.name} ({found.sid}), and TWILIO_MESSAGING_SERVICE_SID names another",
            f"set TWILIO_MESSAGING_SERVICE_SID={found.sid}",
        )
    if leads_away(found, wanted(settings, one.language or launch.languages[0])):
        shared = others_in(found, settings.line_numbers)
        return fail(
            f"{one.number} is in {found.name}, which {where_to(found)}: texts do not reach the line",
            by_hand(found, one.number) if shared else f"python -m ivr connect {one.number}",
        )
    return ok(f"{one.number} is in {found.name}, which lets texts through")


def _sender(launch: Launch, one: OwnNumber) -> Seen:
    if launch.settings.answers_carrier_words and is_toll_free(one.number):
        return fail(
            f"KEYWORDS_ANSWERED_BY is `line`, and networks answer STOP at the toll-free {one.number} themselves",
            "set it to `carrier`: this cannot be turned off",
        )
    told = carrier_of(launch.signed_settings).registration(one.number)
    if told is None:
        raise NotYet(*NO_ACCOUNT)
    if told.is_through is None:
        return warn(told.seen, told.remedy)
    return ok(told.seen) if told.is_through else fail(told.seen, told.remedy)
