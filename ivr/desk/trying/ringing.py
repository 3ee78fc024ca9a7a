"""Whether the line has called a number on the phone page of `run`, which plays its carrier."""

from __future__ import annotations

import json
from http.client import HTTPException
from pathlib import Path

from ivr.carrier.exchange import Exchange
from ivr.desk.running.local import HOST
from ivr.desk.running.whereabouts import told_page, told_port
from ivr.phone.handset import Handset

SECONDS = 2.0


def page_of(data: Path, handset: Handset) -> str | None:
    """The address of the page that plays the carrier of the handset's line; None if there is none."""
    port = told_page(data)
    return f"http://{HOST}:{port}/" if port and handset.line == f"http://{HOST}:{told_port(data)}" else None


def calls_on(page: str, number: str) -> int:
    """How many calls ring there for a number."""
    try:
        answer = Exchange("GET", f"{page}rings/{number}", "", {}, SECONDS).answer()
        return int(json.loads(answer.body)["rings"])
    except (OSError, HTTPException, ValueError, LookupError):
        return 0
