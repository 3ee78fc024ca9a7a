"""docs/accessibility.md as a page on which each rule can be linked to by its name."""

from __future__ import annotations

import re
from pathlib import Path

from markdown_it import MarkdownIt
from markupsafe import Markup

from ivr.desk.running.local import ROOT

FILE = ROOT / "docs" / "accessibility.md"
ROW = re.compile(r"<tr>\s*<td>(?P<rule>[A-Z]\d)</td>")
RULE = re.compile(r"\| (?P<rule>[A-Z]\d) \|")


def rules_in(file: Path = FILE) -> frozenset[str]:
    """The names of the rules; empty if the document is not installed beside the line."""
    try:
        return frozenset(RULE.findall(file.read_text(encoding="utf-8")))
    except OSError:
        return frozenset()


def rules_page(file: Path = FILE) -> Markup:
    """The page's body. HTML inside the document is shown as text. Raises OSError."""
    body = MarkdownIt("commonmark", {"html": False}).enable("table").render(file.read_text(encoding="utf-8"))
    named = ROW.sub(lambda row: f'<tr id="{row["rule"]}" tabindex="-1"><th scope="row">{row["rule"]}</th>', body)
    named = named.replace("<th></th>", "<td></td>")
    return Markup(named.replace("<table>", '<div class="scroll"><table>').replace("</table>", "</table></div>"))  # noqa: S704
