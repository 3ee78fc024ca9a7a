"""Everything that a caller can hear and a texter can read, in order, as a document that a clinician can sign."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from ivr.desk.documents.rendering import rendered, rendered_text
from ivr.desk.documents.script.unsigned import only_unsigned
from ivr.desk.documents.script.walk import walk
from ivr.library.load import Content


def script_document(
    content: Content,
    helpline: str,
    revision: str | None = None,
    *,
    printed: date,
    only: Collection[str] = (),
    unsigned: bool = False,
) -> str:
    """One HTML page with nothing outside it, to read and to print. `content` must be free of errors; `helpline`
    is the number as it is dialled; `revision`: the operator's own name for this state of the files; `only`: the
    languages that are printed, all if none is named; `unsigned`: only the files that wait for a signature."""
    script = walk(content, helpline, revision, printed, only)
    return rendered("script.html", script=only_unsigned(script) if unsigned else script)


def script_text(
    content: Content,
    helpline: str,
    revision: str | None = None,
    *,
    printed: date | None = None,
    only: Collection[str] = (),
    unsigned: bool = False,
) -> str:
    """The same as Markdown, a sentence a line; without a date the same content gives the same text, to compare."""
    script = walk(content, helpline, revision, printed, only)
    return rendered_text("script.txt", script=only_unsigned(script) if unsigned else script)
