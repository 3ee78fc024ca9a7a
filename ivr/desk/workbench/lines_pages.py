"""The lines of a file of listening: found, and removed if the check still holds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from flask import Blueprint, abort, render_template, request

from ivr.desk.workbench.bench import Bench, ChangedMeanwhile, Checked, NotSound, checksum
from ivr.desk.workbench.edits import BULLET, lines_of, paragraph_end
from ivr.desk.workbench.looking import Looked, look
from ivr.desk.workbench.pages import Page, checked, to
from ivr.desk.workbench.standing import standing_of
from ivr.library.rules.shelf import Shelf

LINE_OF_LISTENING = re.compile(r"[^/]+/(?P<tag>[a-z-]+)/listening/(?P<name>[a-z0-9-]+)\.md:(?P<line>\d+)")
"""As `text --why` names a line."""
PLACE = re.compile(
    r"(?P<place>[^\s/`]+/(?P<tag>[a-z-]+)/"
    r"(?:listening/(?P<name>[a-z0-9-]+)|(?P<inside>(?:topics|menus)/[a-z0-9-]+|words))\.md:(?P<line>\d+))"
)
"""A line of content in a remedy."""
NAME = re.compile(r"[a-z0-9-]+")


@dataclass(frozen=True, slots=True)
class Item:
    """`line`: its line in the file, from 1."""

    line: int
    words: str


@dataclass(frozen=True, slots=True)
class Group:
    """A heading with its lines, those alone that were looked for."""

    heading: str
    items: tuple[Item, ...]
    is_open: bool


def add_lines(app: Blueprint, bench: Bench) -> None:
    @app.get("/<tag>/lines/<name>")
    def open_lines(tag: str, name: str) -> Page:
        return _page(bench, tag, name, frozenset(), None)

    @app.post("/<tag>/lines/<name>")
    def remove_lines(tag: str, name: str) -> Page | tuple[str, int]:
        state = checked(bench, tag)
        written = _written(bench, state, tag, name)
        if checksum(written) != request.form.get("opened"):
            abort(409, "The file was changed meanwhile: open it again.")
        known = {item.line for group in _groups(state, tag, name, written, "") for item in group.items}
        gone = frozenset(int(one) for one in request.form.getlist("gone") if one.isdecimal()) & known
        if not gone:
            return _page(bench, tag, name, gone, None, "Tick the lines to remove.")
        files = {f"{tag}/listening/{name}.md": without_lines(written.decode("utf-8"), gone).encode()}
        if request.form.get("act") != "save":
            return _page(bench, tag, name, gone, look(bench, state, files))
        try:
            number = bench.save(files, {one: checksum(written) for one in files}, f"Removed from {name}: {len(gone)}")
        except NotSound:
            return _page(bench, tag, name, gone, look(bench, state, files)), 422
        except ChangedMeanwhile:
            abort(409, "The file was changed just now: open it again.")
        return to("open_lines", tag=tag, name=name, q=request.form.get("q", ""), saved=number)


def without_lines(text: str, gone: frozenset[int]) -> str:
    """The text without the items of lists that begin on these lines."""
    lines = lines_of(text)
    dropped = {index for line in gone for index in range(line - 1, paragraph_end(lines, line - 1))}
    return "".join(words for index, words in enumerate(lines) if index not in dropped)


def _written(bench: Bench, state: Checked, tag: str, name: str) -> bytes:
    written = bench.read(f"{tag}/listening/{name}.md") if NAME.fullmatch(name) else None
    if written is None or name not in state.content.libraries[tag].listening:
        abort(404, "There is no such file of listening.")
    return written


def _groups(state: Checked, tag: str, name: str, written: bytes, wanted: str) -> Iterator[Group]:
    """The headings that have lines with these words in them."""
    document = state.content.as_written[f"{Shelf(state.content, tag).base}/listening/{name}.md"]
    lines = lines_of(written.decode("utf-8").removeprefix("\ufeff"))
    at = request.args.get("line", "")
    for heading, paragraphs in document.sections.items():
        items = [Item(one.line, one.text) for one in paragraphs if BULLET.match(lines[one.line - 1])]
        found = tuple(one for one in items if wanted.casefold() in one.words.casefold())
        if found:
            yield Group(heading, found, bool(wanted) or any(str(one.line) == at for one in found))


def _page(bench: Bench, tag: str, name: str, gone: frozenset[int], looked: Looked | None, refused: str = "") -> str:
    state = checked(bench, tag)
    number = request.args.get("saved", "") if request.method == "GET" else ""
    written, wanted = _written(bench, state, tag, name), request.values.get("q", "").strip()
    return render_template(
        "lines.html",
        tag=tag,
        name=name,
        standing=standing_of(bench, state, tag, f"listening/{name}"),
        groups=list(_groups(state, tag, name, written, wanted)),
        opened=checksum(written),
        sought=wanted,
        gone=gone,
        looked=looked,
        wrong={},
        refused=refused,
        saved=number if number.isdecimal() else "",
    )
