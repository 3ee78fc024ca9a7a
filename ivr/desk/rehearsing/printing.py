"""The end of a rehearsal: what it came to, and what no rehearsal can show."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import Console
from rich.text import Text

from ivr.desk.doctor.finding import Finding, Level
from ivr.settings import Settings


def print_end(console: Console, findings: Sequence[Finding], settings: Settings) -> None:
    console.print("\nOnly the real carrier can show:")
    for one in only_real(settings):
        console.print(Text(f"- {one}"))
    failed = [one.name for one in findings if one.level is Level.FAIL]
    passed = f"{len(findings) - len(failed)} of {len(findings)} passed"
    console.print(Text(f"\n{passed}; failed: {', '.join(failed)}." if failed else f"\n{passed}."))


def only_real(settings: Settings) -> Iterator[str]:
    """What only the real carrier can show: what every line has to try, then what depends on these settings."""
    yield "how the voices sound, and whether a key cuts them short: call from a mobile phone and from a landline"
    yield "whether texts get through the networks, which in the United States takes a registration: press 9, send CALL"
    yield "whether the carrier reaches PUBLIC_URL through what stands in front of the line: `doctor` looks"
    yield "whether the carrier gets the fallback from its real host: stop the line and call once"
    yield f"whether {settings.helpline_number} answers, and which number it sees: tell them first, then press 0"
    if settings.answers_carrier_words:
        yield "whether the carrier leaves STOP, START and HELP to the line (KEYWORDS_ANSWERED_BY): send each"
    else:
        yield "whether the carrier answers STOP, START and HELP by itself, and in which words: send each"
    if settings.hears_speech:
        yield "how well it hears what callers say, with a television on and from a car (SPEECH)"
    if len(settings.own_numbers) > 1:
        yield "whether each of the numbers has been connected, and answers first in its language: call each"
