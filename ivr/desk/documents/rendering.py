"""Fills the documents' templates: those in HTML escape their values, those in plain text do not."""

from __future__ import annotations

import re
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=select_autoescape(enabled_extensions=("html",)),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    keep_trailing_newline=True,
)


def rendered(template: str, **values: object) -> str:
    return TEMPLATES.get_template(template).render(**values)


def rendered_text(template: str, **values: object) -> str:
    """Plain text, without consecutive blank lines."""
    return re.sub(r"\n{3,}", "\n\n", rendered(template, **values)).strip() + "\n"
