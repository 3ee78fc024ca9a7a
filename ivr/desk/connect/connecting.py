"""Points a number's calls and texts at the line, through the carrier's API, and restores where they went before."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from ivr.carrier.account import Account, CarrierRefuses, OwnNumber, Webhooks
from ivr.carrier.chosen import carrier_of
from ivr.desk.documents.fallback import text_file, voice_file
from ivr.memory.private import new_private, private_folder
from ivr.settings import CannotStart, Settings, WrongSetting

NEAR = ("localhost", "local", "localdomain", "internal", "lan", "arpa", "test")
"""Endings of host names that no public name server resolves."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One of a number's settings. `before`: None if the carrier does not report it."""

    name: str
    before: str | None
    after: str

    @property
    def changes(self) -> bool:
        return self.before != self.after


def account_of(settings: Settings) -> Account:
    """Raises WrongSetting."""
    account = carrier_of(settings).account
    if account is None:
        raise WrongSetting("TWILIO_ACCOUNT_SID is not set: set it to the SID of the account that owns the number.")
    return account


def wanted(settings: Settings, language: str) -> Webhooks:
    """Where a number has to lead. `language`: the tag of the language that its new callers hear first. If the line
    itself answers STOP, texts get no fallback: a file cannot act on a STOP."""
    line, folder = called_at(settings), settings.fallback_url
    voice = f"{folder}/{voice_file(language)}" if folder else None
    text = f"{folder}/{text_file(language)}" if folder and not settings.answers_carrier_words else None
    return Webhooks(f"{line}/voice", f"{line}/voice/status", f"{line}/sms", voice, text)


def called_at(settings: Settings) -> str:
    """The public address. Raises WrongSetting if it is of no use to a carrier."""
    if settings.public_url is None:
        raise WrongSetting("PUBLIC_URL is not set: set it to the address that the carrier is to call.")
    if is_near(settings.public_url):
        if settings.api_url is None:  # Another API than the carrier's own may be a test, beside the line.
            raise WrongSetting(
                "PUBLIC_URL is an address on this machine or its own network, where no carrier can call: set it to "
                "the https:// address of the line as seen from outside, of a host, a proxy or a tunnel."
            )
    elif urlsplit(settings.public_url).scheme != "https":
        raise WrongSetting("PUBLIC_URL is not encrypted: what callers press could be read; write it with https://.")
    return settings.public_url


def is_near(address: str) -> bool:
    """Whether only this machine and its own network can reach the address."""
    host = (urlsplit(address).hostname or "").rstrip(".")
    try:
        return not ip_address(host).is_global
    except ValueError:
        last = host.rpartition(".")[2]
        return "." not in host or last in NEAR or last.isdigit()


def plan(number: OwnNumber, after: Mapping[str, str]) -> tuple[Setting, ...]:
    """All settings to make, in the carrier's order. A setting that should be empty and is not reported is left
    alone."""
    told = number.settings
    return tuple(
        Setting(name, told.get(name), after[name])
        for name in number.names
        if after.get(name, "") or (name in after and name in told)
    )


def carry_out(account: Account, number: OwnNumber, planned: Sequence[Setting]) -> tuple[str, ...]:
    """Makes the settings that change and reads them back. Returns those that the carrier does not report; raises
    CarrierRefuses if it kept another value."""
    changes = {one.name: one.after for one in planned if one.changes}
    if not changes:
        return ()
    account.set_number(number, changes)
    now = account.number(number.number).settings
    lost = [name for name, value in changes.items() if now.get(name, value) != value]
    if lost:
        raise CarrierRefuses(f"The carrier did not keep {', '.join(lost)}: set it in its console.")
    return tuple(name for name in changes if name not in now)


# --- undo ----------------------------------------------------------------------------------------------------


def _kept(data: Path, number: OwnNumber) -> Path:
    return data / "connect" / f"{number.sid or number.number}.json"


def keep_before(data: Path, number: OwnNumber) -> Path | None:
    """Writes the number's settings to a file, once; returns None if it exists: a second time it would hold the line's
    own addresses."""
    file = _kept(data, number)
    kept = json.dumps({"number": number.number, "before": dict(number.settings)}, indent=1)
    try:
        private_folder(file.parent)
        new_private(file, kept)
    except FileExistsError:
        return None
    except OSError:
        raise WrongSetting("DATA_DIR is not a writable folder: what --undo needs is kept there.") from None
    return file


def before(data: Path, number: OwnNumber) -> dict[str, str]:
    """How the number was set before it was connected. Raises CannotStart."""
    file = _kept(data, number)
    try:
        kept = json.loads(file.read_text())["before"]
        return {str(name): str(value) for name, value in kept.items()}
    except FileNotFoundError:
        raise CannotStart(
            f"There is nothing to undo in {file.parent}: {number.number} was not connected with this DATA_DIR, or the "
            "disk has been emptied since. Set it by hand in the carrier's console, to what `connect` printed as before."
        ) from None
    except (OSError, ValueError, LookupError, AttributeError, TypeError):
        raise CannotStart(f"{file} cannot be read: set the number in the carrier's console, then remove it.") from None


def forget_before(data: Path, number: OwnNumber) -> None:
    _kept(data, number).unlink(missing_ok=True)
