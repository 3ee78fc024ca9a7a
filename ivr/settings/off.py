"""Which features the settings leave switched off, and why. Logged at the start, so that no operator learns it from a
caller."""

from __future__ import annotations

from collections.abc import Iterator

from ivr.settings import Settings


def switched_off(settings: Settings) -> Iterator[str]:
    """One sentence for each feature."""
    sender = {"TWILIO_ACCOUNT_SID": settings.account_sid, "LINE_NUMBER": settings.line_number}
    sending, calling = _unset(**sender), _unset(**sender, PUBLIC_URL=settings.public_url)
    if sending:
        yield f"Key 9 is off, no caller can get a text: {sending}."
    if calling:
        yield f"CALL is off, no texter can get a call: {calling}."
    if settings.fallback_url is None:
        yield "The fallback is off, callers hear an error while the line is down: FALLBACK_URL is not set."
    elif settings.answers_carrier_words:
        yield "The fallback of texts is off, since a file cannot heed STOP: KEYWORDS_ANSWERED_BY is `line`."
    if not settings.hears_speech:
        yield "Speech is off, callers press keys: SPEECH is not `on`."


def _unset(**given: str | None) -> str:
    """Which of these settings are missing, in words; empty if none is."""
    missing = [name for name, value in given.items() if value is None]
    listed = " and ".join([", ".join(missing[:-1]), missing[-1]] if len(missing) > 1 else missing)
    return f"{listed} {'is' if len(missing) == 1 else 'are'} not set" if missing else ""
