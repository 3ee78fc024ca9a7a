"""What a texter who sends HELP is answered. Where the carrier answers, whoever asks for help gets its words alone: they
have to name the emergency number and the helpline."""

from __future__ import annotations

import re

from ivr.carrier.account import CannotTell
from ivr.desk.connect.connecting import account_of
from ivr.desk.doctor.at_carrier import NO_ACCOUNT
from ivr.desk.doctor.finding import Seen, ok, warn
from ivr.desk.doctor.launch import Launch, NotYet
from ivr.library.phone_number import number_as_written
from ivr.settings.numbers import OwnNumber

BETWEEN = r"[\s().-]*"
SEND = "send HELP to the line and read what comes"
WHERE = (
    "in the carrier's console, under Messaging, Services, Opt-Out Management, write the words of the phrase `help` in "
    f"phrases/text.md, which names both, and register the same with the campaign; then {SEND}"
)


def answer(launch: Launch) -> Seen:
    settings = launch.settings
    if settings.answers_carrier_words:
        return ok("the line answers it itself, with the phrase `help`")
    if settings.account_sid is None or settings.line_number is None:
        raise NotYet(*NO_ACCOUNT)
    answers = {number.number: _answers(launch, number) for number in launch.signed_settings.own_numbers}
    if untold := [number for number, found in answers.items() if found is None]:
        return warn(f"this carrier does not tell what it answers to HELP at {', '.join(untold)}", SEND)
    if unset := [number for number, found in answers.items() if not found]:
        return warn(
            f"no campaign of {', '.join(unset)} has an answer to HELP; the carrier's usual one names nobody to call",
            WHERE,
        )
    lacking = {name for found in answers.values() for one in found or () for name in _lacking(launch, one)}
    if lacking:
        return warn(f"the answer that is registered for HELP does not name {' and '.join(sorted(lacking))}", WHERE)
    return ok(f"the answer that is registered names the emergency number and the helpline; {SEND}")


def _answers(launch: Launch, number: OwnNumber) -> tuple[str, ...] | None:
    """None if the carrier cannot tell."""
    account = account_of(launch.settings)
    try:
        service = account.service_of(account.number(number.number))
    except CannotTell:
        return None
    return service.help_answers if service else ()


def _lacking(launch: Launch, words: str) -> list[str]:
    helpline = number_as_written(launch.settings.helpline_number)
    emergencies = {library.names.get("emergency", "") for library in launch.content.libraries.values()}
    return [number for number in (helpline, *filter(None, emergencies)) if not _pattern(number).search(words)]


def _pattern(number: str) -> re.Pattern[str]:
    """Its digits, however they are separated, with or without the country's 1."""
    digits = re.sub(r"\D", "", number)
    country, national = (rf"(?:1{BETWEEN})?", digits[1:]) if number.startswith("1-") else ("", digits)
    return re.compile(rf"(?<!\d){country}{BETWEEN.join(national)}(?!\d)")
