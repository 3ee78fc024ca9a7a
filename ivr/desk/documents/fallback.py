"""Documents for when the line is down: one for calls and one for texts in each language, to be hosted elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from ivr.carrier.chosen import DOCUMENTS
from ivr.dialogue.fallback import fallback_call, fallback_texts
from ivr.dialogue.keys import following_language
from ivr.library.library import Library
from ivr.settings import CannotStart

LARGEST_DOCUMENT = 64 * 1024
"""Bytes that the carrier reads."""

EXAMPLE = "https://fallback.example.org"
WHERE = """\
These files answer when the line itself cannot. Host them anywhere but on the line's own machine, all in one
folder, with any host of files that names them text/xml or application/xml. With one language you can also
paste them into the carrier's own hosting (Twilio: TwiML Bins). Try it:

    curl -i {address}/{voice}

It must say 200, the type, and print the document. Set FALLBACK_URL to the address of the folder, and
`python -m ivr connect` sets the number. By hand instead, in the number's settings at the carrier:

    Voice, "Primary handler fails" (HTTP GET):      {address}/{voice}
    Messaging, "Primary handler fails" (HTTP GET):  {address}/{sms}

Leave the second one out if KEYWORDS_ANSWERED_BY is `line`: a file cannot heed STOP.
Write the files again after every change of the content or of HELPLINE_NUMBER.
"""


def write_fallback(
    libraries: Mapping[str, Library], helpline: str, folder: Path, address: str | None = None
) -> tuple[Path, ...]:
    """`address`: where the folder is hosted; None: not known yet. Raises CannotStart if the carrier would not read a
    document, or the folder cannot be written."""
    files = documents(libraries, helpline)
    first = next(iter(libraries))
    files["README.txt"] = WHERE.format(address=address or EXAMPLE, voice=voice_file(first), sms=text_file(first))
    for name, text in files.items():
        if len(text.encode()) > LARGEST_DOCUMENT:
            raise CannotStart(
                f"{name} would be larger than the 64 kB that a carrier reads: shorten the overview topic."
            )
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in files.items():
            (folder / name).write_text(text, encoding="utf-8")
    except OSError as error:
        raise CannotStart(f"{folder} cannot be written: {error.strerror}.") from None
    return tuple(folder / name for name in files)


def voice_file(tag: str) -> str:
    return f"voice-{tag}{DOCUMENTS.suffix}"


def text_file(tag: str) -> str:
    return f"sms-{tag}{DOCUMENTS.suffix}"


def documents(libraries: Mapping[str, Library], helpline: str) -> dict[str, str]:
    """By the names of their files."""
    speaker = DOCUMENTS.speaker({tag: library.language for tag, library in libraries.items()}, helpline)
    made = {}
    for tag, library in libraries.items():
        other = following_language(libraries, tag)
        there = voice_file(other) if other != tag else None
        made[voice_file(tag)] = speaker.standing(fallback_call(libraries, tag), there)
        made[text_file(tag)] = DOCUMENTS.texts(*fallback_texts(library))
    return made
