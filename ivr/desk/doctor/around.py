"""What surrounds the words: the settings, the store, the helpline."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace

import phonenumbers
from phonenumbers import MatchType, is_number_match

from ivr.desk.doctor.finding import Seen, fail, failing, ok, warn
from ivr.desk.doctor.launch import Launch, NotYet
from ivr.library.library import Library
from ivr.library.load import Content
from ivr.library.names import COMPLAINTS, OPERATOR, PUBLISHED_NUMBER
from ivr.library.names import FILE as NAMES
from ivr.library.phone_number import number_as_written
from ivr.library.rules.shelf import Shelf
from ivr.memory.embedded import damages
from ivr.memory.opening import LEISURE, open_connection
from ivr.memory.secret import FILE, settle_secret
from ivr.memory.trial import sights
from ivr.memory.trouble import UNKNOWN, fault_at, trouble
from ivr.settings import CannotStart

UNLIKE = (MatchType.NO_MATCH, MatchType.NOT_A_NUMBER)
NO_STORE = "the store does not answer"


def settings(launch: Launch) -> Seen:
    if isinstance(launch.given, CannotStart):
        first = failing(launch.given)
        return replace(first, remedy=" Wrong as well: ".join([first.remedy, *launch.also_wrong]))
    file = launch.env_file
    if file and file.is_open:
        return warn(f"others on this machine may read {file.path}", f"chmod 600 {file.path}")
    if file and file.strange:
        return warn(
            f"{file.path} sets {', '.join(file.strange)}, which nothing of the line reads",
            "remove it there, unless another program is to have it",
        )
    return ok("every setting can be understood")


def store(launch: Launch) -> Seen:
    given = launch.settings
    with closing(open_connection(given)) as connection:
        is_up = connection.ask_at_leisure(lambda client: bool(client.ping()), False)
    if not is_up:
        fault = fault_at(given.redis_url, LEISURE) if given.redis_url else None
        return fail(*(trouble(fault) if fault else UNKNOWN))
    if given.redis_url is None:
        if damaged := [*damages(given.data_dir / "store").values()]:
            return warn(*damaged[-1].split(": ", 1))
        return warn(
            f"the embedded store, on this machine alone, in {given.data_dir}",
            "set REDIS_URL, unless the line runs on one machine whose disk outlives a restart",
        )
    return ok("the store of REDIS_URL answers")


def opt_outs(launch: Launch) -> Seen:
    """Whether the store does everything that the line asks of it, and keeps what it accepts."""
    address = launch.settings.redis_url
    if address is None:
        return ok("the embedded store writes them to its disk")
    found = sights(address, LEISURE)
    if found is None:
        raise NotYet(NO_STORE)
    if found:
        level = fail if found[0].fails else warn
        return level("; ".join(one.seen for one in found), "; ".join(dict.fromkeys(one.remedy for one in found)))
    return ok("the store does everything that the line asks of it, keeps it on a disk and has a replica")


def secret(launch: Launch) -> Seen:
    given = launch.settings
    with closing(open_connection(given)) as connection:
        settle_secret(given, connection, keep=False)
        if connection.left_alone:
            raise NotYet(NO_STORE)
    if given.caller_secret is None:
        return ok(f"kept in {given.data_dir / FILE}: back that file up together with the store")
    return ok("CALLER_SECRET matches the store, or the store is new")


def helpline(launch: Launch) -> Seen:
    """Cannot tell whether somebody answers there; only a call can."""
    number = launch.settings.helpline_number
    if number in launch.settings.line_numbers:
        return fail("HELPLINE_NUMBER is the line's own", "set it to the number where people answer")
    if not phonenumbers.is_valid_number(phonenumbers.parse(number)):
        return fail(f"{number} belongs to nobody", "set HELPLINE_NUMBER to the number where people answer, and call it")
    if not launch.helpline_set:
        return warn(
            f"{number_as_written(number)}, which is the default",
            "call it; if it is right, set HELPLINE_NUMBER to it to confirm",
        )
    published_numbers = [*_published(launch.content)]
    for path, name, published in published_numbers:
        if is_number_match(published, number) in UNLIKE:
            return warn(
                f"callers are told {number_as_written(number)} for {name}, but {path} has {published} as its number",
                "call it, and write into that file who answers there, when, and the number",
            )
    if without := [
        tag for tag in launch.content.libraries if not any(f"/{tag}/" in one[0] for one in published_numbers)
    ]:
        return warn(
            f"{NAMES} of {', '.join(without)} does not say which number its helpline publishes",
            f"write it there as `{PUBLISHED_NUMBER}:`, so that name, hours and number can be compared",
        )
    told = "; ".join(dict.fromkeys(_called(one) for one in launch.content.libraries.values()))
    return ok(f"{number_as_written(number)}, confirmed by HELPLINE_NUMBER; callers are told {told}")


def _called(library: Library) -> str:
    return ", ".join(filter(None, (library.names.get("helpline_name"), library.names.get("helpline_hours"))))


def operator(launch: Launch) -> Seen:
    """Who runs the line, and where to complain. A number or an address has to contain a digit or an `@`."""
    for tag, library in launch.content.libraries.items():
        place = library.names.get(COMPLAINTS, "")
        if not library.names.get(OPERATOR) or not re.search(r"[\d@]", place):
            return warn(
                f"callers cannot find out who runs the line and where to complain ({tag}/{NAMES})",
                f"write your name there as `{OPERATOR}:`, and as `{COMPLAINTS}:` what to do, with a phone number as "
                "it is said (8 0 0, 5 5 5, 0 1 4 2) or an address; it is said and signed with the words",
            )
    return ok("callers are told who runs the line and where to complain, where they ask for it")


def silent_callers(launch: Launch) -> Seen:
    """Only the operator knows whether the helpline has agreed to calls that nobody asked for."""
    if not launch.settings.connects_silent:
        return ok("their calls end with the helpline's number")
    number = number_as_written(launch.settings.helpline_number)
    return warn(
        f"callers who press nothing are connected to {number} (SILENT_CALLERS)",
        "ask the helpline whether it agrees: somebody connected like this may be unable to speak",
    )


def _published(content: Content) -> Iterator[tuple[str, str, str]]:
    """For each language: the path of its names.md, the helpline's name there, and its published number."""
    for tag, library in content.libraries.items():
        document = Shelf(content, tag).file(NAMES)
        entry = document.header.get(PUBLISHED_NUMBER) if document else None
        if document and entry and entry.words.text:
            yield document.path, library.names.get("helpline_name", ""), entry.words.text
