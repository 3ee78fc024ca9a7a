"""The environment as the line reads it: only its own names, with their values taken literally.

A misspelt setting would have no effect and give no error, so a name that looks like one of ours stops the start.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

NAMES = frozenset(
    {
        "CALLER_SECRET",
        "CONTENT_DIR",
        "DATA_DIR",
        "ENV_FILE",
        "FALLBACK_URL",
        "HELPLINE_NUMBER",
        "HELPLINE_SECOND",
        "KEYWORDS_ANSWERED_BY",
        "LINE_NUMBER",
        "LISTEN",
        "LOG_LEVEL",
        "METRICS_TOKEN",
        "PORT",
        "PUBLIC_URL",
        "REDIS_OPTIONS",
        "REDIS_URL",
        "REVIEW_MONTHS",
        "SILENT_CALLERS",
        "SPEECH",
        "SSML",
        "TIME_ZONE",
        "TWILIO_ACCOUNT_SID",
        "TWILIO_API_KEY",
        "TWILIO_API_SECRET",
        "TWILIO_API_URL",
        "TWILIO_AUTH_TOKEN",
        "TWILIO_AUTH_TOKEN_OTHER",
        "TWILIO_MESSAGING_SERVICE_SID",
        "URGENT_NUMBER",
        "WEB_CONCURRENCY",
    }
)
"""Every setting that anything reads. docs/settings.md lists the same."""
QUOTES = "\"'`\u2018\u2019\u201c\u201d"
"""A shell removes plain quotes; `docker --env-file`, and others that read such files, keep them."""
CARRIERS_OWN = "TWILIO_"


class CannotStart(RuntimeError):
    """The message tells the operator in plain words what to fix first. Gunicorn prints a RuntimeError's message and
    exits."""


class WrongSetting(CannotStart):
    """The message names the setting, what is wrong with it and what to write instead."""


def given_in(env: Mapping[str, str]) -> dict[str, str]:
    """The line's own settings, without surrounding blanks; an empty value counts as unset. Raises WrongSetting."""
    given = {name: env[name].strip() for name in sorted(NAMES) if env.get(name, "").strip()}
    for name, value in given.items():
        if len(value) > 1 and value[0] in QUOTES and value[-1] in QUOTES:
            raise WrongSetting(f"{name} is in quotes, which count as part of it here: write it without them.")
    for name in sorted(env):
        meant = meant_by(name)
        if meant is not None and meant not in given and env[name].strip():
            raise WrongSetting(f"{ascii(name)[1:-1]} is not a setting of the line: call it {meant}.")
    return given


@lru_cache(1024)
def meant_by(name: str) -> str | None:
    """The setting that a name is probably a misspelling of; None for a correct name, or one of another program."""
    if name in NAMES:
        return None
    near = process.extractOne(_plain(name), PLAIN, scorer=OSA.distance, score_cutoff=_most_slips(_plain(name)))
    return near[2] if near else _shortened(name)


def _plain(name: str) -> str:
    """The name without what is easily mistaken: capitals and the separators of words."""
    return re.sub("[^A-Z0-9]", "", name.upper())


PLAIN = {name: _plain(name) for name in sorted(NAMES)}


def _most_slips(plain: str) -> int:
    """How many characters may be wrong. Few in short names, which resemble the names of other programs."""
    return 0 if len(plain) < 8 else 1 if len(plain) < 12 else 2


def _shortened(name: str) -> str | None:
    """The setting that is meant when a word is left out: TWILIO_TOKEN for TWILIO_AUTH_TOKEN."""
    words = set(name.upper().split("_"))
    if not name.upper().startswith(CARRIERS_OWN) or len(words) < 2:
        return None
    return min((own for own in NAMES if words < set(own.split("_"))), key=len, default=None)
