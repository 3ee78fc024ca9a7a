"""The short form of the script: only what stands in files that wait for a signature."""

from __future__ import annotations

from dataclasses import replace

from ivr.desk.documents.script.parts import Entry, LanguageScript, Script


def only_unsigned(script: Script) -> Script:
    return replace(script, short=True, languages=tuple(map(_language, script.languages)))


def _language(whole: LanguageScript) -> LanguageScript:
    waiting = {file.path for file in whole.files if file.unsigned}

    def waits(inside: str) -> bool:
        return any(path.endswith(f"/{whole.tag}/{inside}") for path in waiting)

    stops = tuple(stop for stop in whole.stops if _path(stop) in waiting)
    places = {(stop.code, stop.title) for stop in stops}
    return replace(
        whole,
        stops=stops,
        call_phrases=whole.call_phrases if waits("phrases/call.md") else (),
        text_phrases=whole.text_phrases if waits("phrases/text.md") else (),
        keywords=tuple(row for row in whole.keywords if (row.code, row.title) in places),
        words=whole.words if waits("words.md") else (),
        others=tuple(other for other in whole.others if other.path in waiting),
        facts=(),
        files=tuple(file for file in whole.files if file.unsigned),
    )


def _path(stop: Entry) -> str:
    entry = stop.menu or stop.topic
    return entry.path if entry else ""
