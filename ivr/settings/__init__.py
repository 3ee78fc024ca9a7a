"""The settings of the line, read from the environment. Each error names one setting, in one sentence."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo

from ivr.settings.account import account_in, api_key_in, messaging_service_in, other_token_in, token_in
from ivr.settings.address import web_address
from ivr.settings.environment import CannotStart as CannotStart
from ivr.settings.environment import WrongSetting as WrongSetting
from ivr.settings.environment import given_in
from ivr.settings.numbers import OwnNumber, number_in, own_numbers
from ivr.settings.numbers import e164 as e164
from ivr.settings.store import store_url

DEFAULT_HELPLINE = "+18002272345"
DEFAULT_REVIEW, LONGEST_REVIEW = 12, 120
CONTENT = Path(__file__).resolve().parents[2] / "content"


@dataclass(frozen=True, slots=True)
class Settings:
    """`public_url`: where the carrier calls the line, without a slash at its end; None: taken from each request.
    `fallback_url`: the folder, hosted elsewhere, with what callers hear while the line is down. `helpline_second`:
    dialled when the helpline does not answer. `urgent_number`: dialled from the warning signs instead of the helpline.
    `own_numbers`: the line's own. `api_key`: a key and its secret for requests to the carrier; None: the token is used.
    `messaging_service`: texts go out through it. `connects_silent`: whether a caller who presses nothing is connected
    to a person in the end. `redis_url`: None for the embedded store in `data_dir`. `caller_secret`: None until
    memory/secret.py has chosen it. `time_zone`: for the days and hours in the report. `metrics_token`: None: nobody may
    read the metrics."""

    auth_token: str
    auth_token_other: str | None
    account_sid: str | None
    api_key: tuple[str, str] | None
    messaging_service: str | None
    api_url: str | None
    answers_carrier_words: bool
    hears_speech: bool
    reads_ssml: bool
    public_url: str | None
    fallback_url: str | None
    own_numbers: tuple[OwnNumber, ...]
    helpline_number: str
    helpline_second: str | None
    urgent_number: str | None
    connects_silent: bool
    redis_url: str | None
    caller_secret: bytes | None
    content_dir: Path
    data_dir: Path
    review_months: int
    time_zone: tzinfo
    metrics_token: str | None

    @property
    def line_number(self) -> str | None:
        """The number used where no call or text determines one."""
        return self.own_numbers[0].number if self.own_numbers else None

    @property
    def line_numbers(self) -> tuple[str, ...]:
        return tuple(one.number for one in self.own_numbers)

    @classmethod
    def from_env(cls, env: Mapping[str, str]) -> Settings:
        """Raises WrongSetting. An empty value counts as unset."""
        given = given_in(env)
        content, helpline = content_from_env(env)
        return cls(
            auth_token=token_in(given),
            auth_token_other=other_token_in(given),
            account_sid=account_in(given),
            api_key=api_key_in(given),
            messaging_service=messaging_service_in(given),
            api_url=_address(given, "TWILIO_API_URL"),
            answers_carrier_words=_answers_carrier_words(given),
            hears_speech=_hears_speech(given),
            reads_ssml=_reads_ssml(given),
            public_url=_public(given),
            fallback_url=_address(given, "FALLBACK_URL"),
            own_numbers=own_numbers(given),
            helpline_number=helpline,
            helpline_second=number_in(given, "HELPLINE_SECOND"),
            urgent_number=number_in(given, "URGENT_NUMBER"),
            connects_silent=_connects_silent(given),
            redis_url=store_url(given),
            caller_secret=_secret(given),
            content_dir=content,
            data_dir=data_from_env(env),
            review_months=review_from_env(env),
            time_zone=zone_from_env(env),
            metrics_token=_metrics_token(given),
        )


def look_at(env: Mapping[str, str]) -> None:
    """Raises WrongSetting for any setting that is set and wrong. Missing settings are left to the start of the line,
    since words are also checked where no line runs."""
    Settings.from_env({**env, "TWILIO_AUTH_TOKEN": env.get("TWILIO_AUTH_TOKEN", "").strip() or "none"})


def content_from_env(env: Mapping[str, str]) -> tuple[Path, str]:
    """The content folder and the helpline's number: everything needed to check or print what the line says."""
    given = given_in(env)
    return _content(given), number_in(given, "HELPLINE_NUMBER") or DEFAULT_HELPLINE


def line_from_env(env: Mapping[str, str], language: str = "") -> tuple[str, bool]:
    """The line's own number, for printed matter, and whether texts can be sent from it. `language`: the reader's, in
    case one of the numbers begins in it."""
    given = given_in(env)
    numbers = own_numbers(given)
    if not numbers:
        raise WrongSetting("LINE_NUMBER is not set: put the line's own number there, like LINE_NUMBER=+18005550199.")
    own = next((one for one in numbers if one.language == language), numbers[0])
    return own.number, account_in(given) is not None


def fallback_from_env(env: Mapping[str, str]) -> str | None:
    """The address of the folder, hosted elsewhere, with what callers hear while the line is down."""
    return _address(given_in(env), "FALLBACK_URL")


def public_from_env(env: Mapping[str, str]) -> str | None:
    """The address that the carrier calls and includes in its signature."""
    return _public(given_in(env))


def review_from_env(env: Mapping[str, str]) -> int:
    """Months after which a clinician has to review the words again."""
    written = given_in(env).get("REVIEW_MONTHS", str(DEFAULT_REVIEW))
    if not re.fullmatch(r"[0-9]{1,3}", written) or not 1 <= int(written) <= LONGEST_REVIEW:
        raise WrongSetting(f"REVIEW_MONTHS is not a number of months: write one from 1 to {LONGEST_REVIEW}.")
    return int(written)


def zone_from_env(env: Mapping[str, str]) -> tzinfo:
    """The operator's time zone."""
    name = given_in(env).get("TIME_ZONE")
    if name is None:
        return UTC
    try:
        return ZoneInfo(name)
    except (LookupError, OSError, ValueError):
        raise WrongSetting(
            "TIME_ZONE is not a time zone that this machine knows: write one like America/New_York, with a city."
        ) from None


def data_from_env(env: Mapping[str, str]) -> Path:
    return Path(given_in(env).get("DATA_DIR", "data")).absolute()


def _answers_carrier_words(given: Mapping[str, str]) -> bool:
    by = given.get("KEYWORDS_ANSWERED_BY", "carrier")
    if by not in ("carrier", "line"):
        raise WrongSetting("KEYWORDS_ANSWERED_BY is neither `carrier` nor `line`: write who answers STOP and HELP.")
    return by == "line"


def _hears_speech(given: Mapping[str, str]) -> bool:
    speech = given.get("SPEECH", "off").lower()
    if speech not in ("on", "off"):
        raise WrongSetting(
            "SPEECH is neither `on` nor `off`: write whether callers may speak instead of pressing keys."
        )
    return speech == "on"


def ssml_from_env(env: Mapping[str, str]) -> bool:
    """Whether the carrier's voice can change pace and make pauses (SSML)."""
    return _reads_ssml(given_in(env))


def _reads_ssml(given: Mapping[str, str]) -> bool:
    ssml = given.get("SSML", "on").lower()
    if ssml not in ("on", "off"):
        raise WrongSetting("SSML is neither `on` nor `off`: write whether the carrier's voice reads pace and breaks.")
    return ssml == "on"


def _connects_silent(given: Mapping[str, str]) -> bool:
    end = given.get("SILENT_CALLERS", "goodbye")
    if end not in ("goodbye", "person"):
        raise WrongSetting(
            "SILENT_CALLERS is neither `goodbye` nor `person`: write how a call ends if the caller presses nothing."
        )
    return end == "person"


def _secret(given: Mapping[str, str]) -> bytes | None:
    secret = given.get("CALLER_SECRET")
    if secret is None:
        return None
    if len(secret) < 16:
        raise WrongSetting("CALLER_SECRET is too short: use 16 characters or more, made at random.")
    try:
        return secret.encode()
    except UnicodeEncodeError:
        raise WrongSetting("CALLER_SECRET is not plain text: use letters and digits, made at random.") from None


def _metrics_token(given: Mapping[str, str]) -> str | None:
    token = given.get("METRICS_TOKEN")
    if token is not None and not re.fullmatch(r"[A-Za-z0-9._~+/=-]{16,}", token):
        raise WrongSetting("METRICS_TOKEN is not a token: use 16 or more letters and digits, made at random.")
    return token


def _address(given: Mapping[str, str], name: str) -> str | None:
    return web_address(name, given[name]) if name in given else None


def _public(given: Mapping[str, str]) -> str | None:
    address = _address(given, "PUBLIC_URL")
    if address and address.endswith(("/voice", "/sms")):
        raise WrongSetting(
            "PUBLIC_URL is the address of a webhook: leave out /voice or /sms, which the line adds itself."
        )
    return address


def _content(given: Mapping[str, str]) -> Path:
    folder = Path(given.get("CONTENT_DIR", CONTENT)).absolute()
    try:
        is_folder = folder.is_dir()
    except (OSError, ValueError):
        is_folder = False
    if not is_folder:
        raise WrongSetting("CONTENT_DIR is not a folder: put the path of the folder there that holds facts.md.")
    return folder
