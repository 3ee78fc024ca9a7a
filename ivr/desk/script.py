"""All that a caller can hear and a texter can read, in order, as a document that a clinician can sign."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from ivr.desk.script_walk import walk
from ivr.library.load import Content

TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent),
    autoescape=select_autoescape(enabled_extensions=("html",)),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    keep_trailing_newline=True,
)


def rendered(template: str, **values: object) -> str:
    return TEMPLATES.get_template(template).render(**values)


def rendered_text(template: str, **values: object) -> str:
    """Plain text, with no more than one blank line anywhere."""
    return re.sub(r"\n{3,}", "\n\n", rendered(template, **values)).strip() + "\n"


def script_document(content: Content, helpline: str, revision: str | None = None, *, printed: date) -> str:
    """One HTML page with nothing outside it, to read and to print. `content` must be free of errors; `helpline`
    is the number as it is dialled; `revision` is what the operator's own records call these files."""
    return rendered("script.html", script=walk(content, helpline, revision, printed))


def script_text(content: Content, helpline: str, revision: str | None = None, *, printed: date | None = None) -> str:
    """The same as Markdown, a sentence a line; without a date the same content gives the same text, to compare."""
    return rendered_text("script.txt", script=walk(content, helpline, revision, printed))
