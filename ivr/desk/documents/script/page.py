"""All that a caller can hear and a texter can read, in order, as a document that a clinician can sign."""

from __future__ import annotations

from datetime import date

from ivr.desk.documents.rendering import rendered, rendered_text
from ivr.desk.documents.script.walk import walk
from ivr.library.load import Content


def script_document(content: Content, helpline: str, revision: str | None = None, *, printed: date) -> str:
    """One HTML page with nothing outside it, to read and to print. `content` must be free of errors; `helpline`
    is the number as it is dialled; `revision` is what the operator's own records call these files."""
    return rendered("script.html", script=walk(content, helpline, revision, printed))


def script_text(content: Content, helpline: str, revision: str | None = None, *, printed: date | None = None) -> str:
    """The same as Markdown, a sentence a line; without a date the same content gives the same text, to compare."""
    return rendered_text("script.txt", script=walk(content, helpline, revision, printed))
