"""Documents for when the line is down: one for calls and one for texts in each language, to be hosted elsewhere.

Nobody can tell which language a texter reads, so each document for texts has the other languages too, after its own.
One document for calls says all languages in turn, for hosts where one file cannot lead to another.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from ivr.carrier.chosen import DOCUMENTS
from ivr.desk.documents.writing import replace_files
from ivr.dialogue.fallback import fallback_call, fallback_call_in_all, fallback_texts
from ivr.dialogue.keys import following_language
from ivr.library.library import Library
from ivr.model import TextReply
from ivr.settings import CannotStart

LARGEST_DOCUMENT = 64 * 1024
"""The most bytes that the carrier reads."""
MOST_TEXTS = 10
"""How many texts a carrier sends for one document."""

EXAMPLE = "https://fallback.example.org"
WHERE = """\
These files answer when the line itself cannot. Host them anywhere but on the line's own machine, all in one
folder, with any file host that serves them as text/xml or application/xml. {bins} Try it:

    curl -i {address}/{voice}

It must say 200, the type, and print the document. Set FALLBACK_URL to the address of the folder, and
`python -m ivr connect` sets the number. By hand instead, in the number's settings at the carrier:

    Voice, "Primary handler fails" (HTTP GET):      {address}/{voice}
    Messaging, "Primary handler fails" (HTTP GET):  {address}/{sms}

Leave the second one out if KEYWORDS_ANSWERED_BY is `line`: a file cannot act on a STOP.
Write the files again after every change of the content or of HELPLINE_NUMBER.
"""


ONE = """\
You can also
paste them into the carrier's own hosting (Twilio: TwiML Bins)."""
SEVERAL = """\
Key 6 leads from
one language's file for calls to the other's. The carrier's own hosting (Twilio: TwiML Bins) cannot do that: paste
{voice} there, which says all languages in turn, and {sms}."""


def write_fallback(
    libraries: Mapping[str, Library], helpline: str, folder: Path, address: str | None = None
) -> tuple[Path, ...]:
    """`address`: where the folder is hosted; None: not known yet. Raises CannotStart if the carrier would not read a
    document, or the folder cannot be written."""
    files = documents(libraries, helpline)
    first = next(iter(libraries))
    files["README.txt"] = WHERE.format(
        address=address or EXAMPLE,
        voice=voice_file(first),
        sms=text_file(first),
        bins=(SEVERAL if len(libraries) > 1 else ONE).format(voice=VOICE_IN_ALL, sms=text_file(first)),
    )
    for name, text in files.items():
        if len(text.encode()) > LARGEST_DOCUMENT:
            raise CannotStart(
                f"{name} would be larger than the 64 kB that a carrier reads: shorten the overview topic."
            )
    try:
        folder.mkdir(parents=True, exist_ok=True)
        replace_files({folder / name: text for name, text in files.items()})
    except OSError as error:
        raise CannotStart(f"{folder} cannot be written: {error.strerror}.") from None
    return tuple(folder / name for name in files)


VOICE_IN_ALL = f"voice{DOCUMENTS.suffix}"


def voice_file(tag: str) -> str:
    return f"voice-{tag}{DOCUMENTS.suffix}"


def text_file(tag: str) -> str:
    return f"sms-{tag}{DOCUMENTS.suffix}"


def documents(libraries: Mapping[str, Library], helpline: str) -> dict[str, str]:
    """The documents by file name."""
    speaker = DOCUMENTS.speaker({tag: library.language for tag, library in libraries.items()}, helpline)
    made = {}
    for tag in libraries:
        other = following_language(libraries, tag)
        there = voice_file(other) if other != tag else None
        made[voice_file(tag)] = speaker.standing(fallback_call(libraries, tag), there)
        made[text_file(tag)] = DOCUMENTS.texts(*_texts(libraries, tag))
    if len(libraries) > 1:
        made[VOICE_IN_ALL] = speaker.standing(fallback_call_in_all(libraries))
    return made


def _texts(libraries: Mapping[str, Library], tag: str) -> Iterator[TextReply]:
    """All texts of one language, then for each other one the helpline and as many warning signs as there is room
    for."""
    own = fallback_texts(libraries[tag])
    yield from own
    others = [library for other, library in libraries.items() if other != tag]
    for library in others:
        yield from fallback_texts(library)[: (MOST_TEXTS - len(own)) // len(others)]
