"""The values in the page's requests, by name."""

import re
from collections.abc import Callable, Mapping
from typing import TypeAlias

from flask import abort, request

from ivr.phone.handset import Handset

WITHHELD = "withheld"
WITHHELD_NUMBER = "anonymous"

HandsetFactory: TypeAlias = Callable[[str], Handset]
Given: TypeAlias = Mapping[str, str]


def given() -> Given:
    sent = request.get_json()
    if not isinstance(sent, dict) or not all(isinstance(value, str) for value in sent.values()):
        abort(400, "Send a JSON object of texts.")
    return sent


def number_in(sent: Given) -> str:
    number = re.sub(r"[\s().-]", "", sent.get("number", ""))
    if number.lower() == WITHHELD:
        return WITHHELD_NUMBER
    if not re.fullmatch(r"\+?[0-9]{3,15}", number):
        abort(400, "Write the number you call from like +12025550143, or withhold it.")
    return number
