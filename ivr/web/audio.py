"""Recorded segments, unsigned and open to all: a carrier fetches them like any other file."""

from __future__ import annotations

import re
from pathlib import Path

from flask import Blueprint, Response, abort, send_file

from ivr.model import Recording
from ivr.web.line import Line

KINDS = {".mp3": "audio/mpeg", ".wav": "audio/wav"}
VERSION = re.compile(r"\.[0-9a-f]{12}\.(?:mp3|wav)$")
FOR_GOOD = "public, max-age=31536000, immutable"
"""The name contains a hash of the file, so what it names never changes."""


def create_audio(line: Line) -> Blueprint:
    audio = Blueprint("audio", __name__, url_prefix="/audio")
    recordings = {found.name: found for library in line.libraries.values() for found in library.recordings.values()}
    newest = {VERSION.sub("", name): found for name, found in recordings.items()}

    @audio.get("/<anything:name>")
    def recording(name: str) -> Response:
        """A call that began before the content changed may ask for a version that is gone; it gets the new one."""
        if name in recordings:
            return _sent(recordings[name], FOR_GOOD)
        return _sent(newest.get(VERSION.sub("", name)), "no-store")

    return audio


def _sent(recording: Recording | None, caching: str) -> Response:
    if recording is None or not Path(recording.file).is_file():
        abort(404)
    answer = send_file(recording.file, mimetype=KINDS[Path(recording.file).suffix], conditional=True)
    answer.headers["Cache-Control"] = caching
    return answer
