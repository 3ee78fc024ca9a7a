"""What a carrier meets when it calls: the line at its public address, and the fallback at another."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from http.client import HTTPException
from typing import Any
from xml.etree.ElementTree import canonicalize

from ivr.carrier.chosen import DOCUMENTS
from ivr.carrier.exchange import ApiResponse, Exchange
from ivr.carrier.unreached import why_unreached
from ivr.desk.connect.connecting import called_at, is_near
from ivr.desk.doctor.finding import Seen, fail, ok, warn
from ivr.desk.doctor.launch import Launch
from ivr.desk.documents.fallback import documents, text_file, voice_file
from ivr.desk.trying.failed import remedy, what_came
from ivr.phone.handset import Handset
from ivr.phone.refused import Refused
from ivr.phone.signing import CARRIERS, TWILIO, Signing
from ivr.phone.texting import read_texts
from ivr.phone.twiml_reader import read_voice
from ivr.phone.wire import Fetched
from ivr.settings import CannotStart

SECONDS = 10.0
TIMES_ASKED, BETWEEN = 4, 1.0
"""How often a line that says its store is down is asked again, and the seconds between: a line looks for a lost store
at least every two seconds."""
STORES = {
    "down": ("does not reach its store", "look at REDIS_URL there"),
    "refusing": (
        "has a store that can be read but not written",
        "check whether it is full or a replica, and the rights of its user (docs/settings.md)",
    ),
    "another secret's": (
        "has a store that was made with another secret, so nobody who opted out is known",
        "restore the previous CALLER_SECRET there, and restart the line (docs/operators.md)",
    ),
}
"""What /health says about the store, and what to do."""
NOT_AS_HERE = "run this version of the line there, and let no proxy drop a header or rewrite an address"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def reachable(launch: Launch) -> Seen:
    address = called_at(launch.settings)
    told = _patient_health(f"{address}/health")
    if told.get("content") != launch.content.version:
        return fail(
            f"{address} says content {told.get('content')}, and here is {launch.content.version}",
            "deploy again; where the words were changed in the line's own folder, reload (`systemctl "
            "reload` and its service's name, or `kill -HUP` to gunicorn's first process); or run this where the line "
            "runs",
        )
    if told.get("store") != "up":
        seen, mend = STORES.get(str(told.get("store")), STORES["down"])
        return fail(f"the line at {address} {seen}", mend)
    if is_near(address):
        return warn(f"{address} answers, but only near this machine", "set PUBLIC_URL to where the carrier can call")
    return ok(f"{address} answers, with this content and its store up")


def _patient_health(url: str) -> dict[str, Any]:
    for _ in range(TIMES_ASKED - 1):
        told = _health(url)
        if told.get("store") != "down":
            return told
        time.sleep(BETWEEN)
    return _health(url)


def _health(url: str) -> dict[str, Any]:
    answer = _asked("GET", url)
    try:
        told = json.loads(answer.body)
    except ValueError:
        told = None
    if answer.status != 200 or not isinstance(told, dict) or told.get("line") != "up":
        raise CannotStart(
            f"{url} is answered with {answer.status}, not by a line: set PUBLIC_URL to the address of the line's server"
        )
    return told


def round_trip(launch: Launch) -> Seen:
    """The line accepts what the carrier has signed, and nothing else."""
    address = called_at(launch.signed_settings)
    first, *others = carriers(launch).items()
    try:
        seconds = _handset(launch, address, first[1]).call().answer_seconds
    except Refused as refused:
        return fail(f"a signed call {what_came(refused)}", remedy(refused))
    for kind, webhook in (("call", "/voice"), ("text", "/sms")):
        unsigned = _asked("POST", address + webhook, "anybody=anything").status
        if unsigned != 403:
            return fail(
                f"an unsigned {kind} is answered with {unsigned}, not 403", "find out what answers in place of the line"
            )
    for name, signing in others:
        try:
            _handset(launch, address, signing).call()
        except Refused as refused:
            return fail(f"a call that is signed as {name} signs it {what_came(refused)}", NOT_AS_HERE)
    return ok(f"a signed call is answered in {seconds:.1f} s, unsigned requests with 403")


def carriers(launch: Launch) -> Mapping[str, Signing]:
    """How to sign: as Twilio; if the API is elsewhere, as each carrier it could be."""
    return CARRIERS if launch.settings.api_url else {"Twilio": TWILIO}


def _handset(launch: Launch, address: str, signing: Signing) -> Handset:
    """A phone whose carrier is set up as `connect` would do it."""
    return Handset(
        address,
        launch.settings.auth_token,
        line_number=launch.settings.line_number or Handset.line_number,
        voice_url=DOCUMENTS.webhook("/voice"),
        status_callbacks=False,
        signing=signing,
    )


def fallback(launch: Launch) -> Seen:
    folder = launch.settings.fallback_url
    if folder is None:
        return warn(
            "none: while the line is down, callers hear an error and texters nothing",
            "host what `python -m ivr fallback` writes apart from the line, set FALLBACK_URL, connect again",
        )
    faults, stale = [], []
    today = documents(launch.content.libraries, launch.settings.helpline_number)
    for name in _wanted(launch):
        try:
            hosted = _hosted(f"{folder}/{name}", is_voice=name.startswith("voice"))
        except (CannotStart, Refused) as fault:
            faults.append(f"{name}: {fault}")
        else:
            stale += [] if _alike(hosted, today[name]) else [name]
    if faults:
        return fail("; ".join(faults), "host there what `python -m ivr fallback` writes, as text/xml")
    if stale:
        return warn(
            f"{' and '.join(stale)} at {folder} is not what the content and HELPLINE_NUMBER make today",
            "run `python -m ivr fallback` and host what it writes",
        )
    return ok(f"{folder} answers with today's documents, which the carrier reads")


def _alike(hosted: str, today: str) -> bool:
    """Compares without regard to line endings, which a host or an editor may change."""
    return canonicalize(hosted) == canonicalize(today)


def _wanted(launch: Launch) -> list[str]:
    """Names of the hosted files. Another language's file for calls is fetched when a key is pressed, and leads back."""
    first, *others = launch.languages
    voices = [voice_file(tag) for tag in (first, *others)]
    return voices if launch.settings.answers_carrier_words else [*voices, text_file(first)]


def _hosted(url: str, is_voice: bool) -> str:
    """The document. Raises CannotStart or Refused if the carrier could not fetch or read it."""
    answer = _asked("GET", url)
    if answer.status != 200:
        raise CannotStart(f"GET is answered with {answer.status}")
    if is_voice:
        read_voice(answer.body.encode(), answer.content_type)
    else:
        read_texts(Fetched(answer.body.encode(), answer.content_type, 0.0))
    return answer.body


def _asked(method: str, url: str, form: str = "") -> ApiResponse:
    try:
        return Exchange(method, url, form, FORM, SECONDS).answer()
    except (OSError, HTTPException, ValueError) as error:
        raise CannotStart(
            f"{url} cannot be reached, since {why_unreached(error)}: look at the address, at what stands before it, "
            "and whether it runs"
        ) from None
