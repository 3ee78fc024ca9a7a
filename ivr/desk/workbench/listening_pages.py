"""Listening: how a text is read, and what a new example or pattern would change."""

from __future__ import annotations

import re
from collections.abc import Iterator

from flask import Blueprint, render_template, request

from ivr.desk.trying.why import remarks
from ivr.desk.workbench.bench import Bench, Checked
from ivr.desk.workbench.edits import LINE_END, as_one_line, lines_of, paragraph_end
from ivr.desk.workbench.looking import Looked, look
from ivr.desk.workbench.pages import Page, checked, saved, to
from ivr.desk.workbench.standing import listening
from ivr.library.document import Document
from ivr.library.library import Library
from ivr.library.rules.shelf import Shelf

EXAMPLES, OTHER_EXAMPLES, PATTERNS = "examples", "other examples", "patterns"
OF_SIGNS = re.compile(r"danger-.+|despair")
WITH_HEADINGS = ("topics", "lacks", "texts", "moves", "answers")
KINDS = {
    "example": "A text that means it",
    "other": "A text that looks like it and does not mean it",
    "pattern": "A pattern that finds it",
}


def add_listening(app: Blueprint, bench: Bench) -> None:
    @app.get("/<tag>/listen")
    def listen(tag: str) -> Page:
        return _page(bench, tag, as_one_line(request.args.get("words", "")), {}, None)

    @app.post("/<tag>/listen")
    def add_line(tag: str) -> Page | tuple[str, int]:
        state, given = checked(bench, tag), {name: as_one_line(words) for name, words in request.form.items()}
        meaning, kind, line = given.get("meaning", ""), given.get("kind", ""), given.get("line", "")
        words = given.get("words", "")
        if meaning not in dict(meanings(state.content.libraries[tag])) or kind not in KINDS or not line:
            return _page(bench, tag, words, given, None, "Choose what it means, and write a line."), 422
        name, after = _with_line(bench, state, tag, meaning, kind, line)
        files = {name: after.encode()}
        if given.get("act") != "save":
            return _page(bench, tag, words, given, look(bench, state, files))
        number = saved(bench, files, f"Listening: {line}")
        if number is None:
            return _page(bench, tag, words, given, look(bench, state, files)), 422
        return to("listen", tag=tag, words=line if kind != "pattern" else "", saved=number)


def meanings(library: Library) -> Iterator[tuple[str, str]]:
    """What a line can mean: `danger-emergency/` is a whole file, `topics/goals.1` a heading of one."""
    for name in sorted(library.listening):
        if OF_SIGNS.fullmatch(name):
            yield f"{name}/", name.replace("-", ": ", 1)
        elif name in WITH_HEADINGS:
            for heading in library.listening[name].sections:
                if heading not in (EXAMPLES, OTHER_EXAMPLES, "but not") and "," not in heading:
                    yield f"{name}/{heading}", f"{name}: {_named(library, heading)}"


def _named(library: Library, heading: str) -> str:
    topic = library.topics.get(heading.partition(".")[0])
    return f"{heading} ({topic.title})" if topic else heading


def _with_line(bench: Bench, state: Checked, tag: str, meaning: str, kind: str, line: str) -> tuple[str, str]:
    """The file's name, and its text with the line added to the end of its list."""
    file, _, heading = meaning.partition("/")
    name = f"{tag}/listening/{file}.md"
    document = state.content.as_written[f"{Shelf(state.content, tag).base}/listening/{file}.md"]
    section = {"example": EXAMPLES, "other": OTHER_EXAMPLES, "pattern": heading or PATTERNS}[kind]
    words = f"{heading}: {line}" if heading and kind != "pattern" else line
    return name, with_item((bench.read(name) or b"").decode("utf-8"), document, section, words)


def with_item(text: str, document: Document, section: str, words: str) -> str:
    """The text with one more item at the end of a section's list. A missing section is added at the end of the file."""
    lines = lines_of(text)
    found = LINE_END.search(lines[0])
    end = found[0] if found else "\n"
    if lines and not LINE_END.search(lines[-1]):
        lines[-1] += end
    items = document.sections.get(section)
    if items:
        lines.insert(paragraph_end(lines, items[-1].line - 1), f"- {words}{end}")
    elif section in document.lines:
        lines[document.lines[section] : document.lines[section]] = [end, f"- {words}{end}"]
    else:
        lines += [end, f"## {section}{end}", end, f"- {words}{end}"]
    return "".join(lines)


def _page(bench: Bench, tag: str, words: str, given: dict[str, str], looked: Looked | None, refused: str = "") -> str:
    state = checked(bench, tag)
    library = state.content.libraries[tag]
    number = request.args.get("saved", "") if request.method == "GET" else ""
    return render_template(
        "listen.html",
        tag=tag,
        words=words,
        files=list(listening(bench, state, tag)),
        told=remarks(state.content, library, words) if words else (),
        meanings=list(meanings(library)),
        kinds=KINDS,
        given=given,
        looked=looked,
        wrong={},
        refused=refused,
        saved=number if number.isdecimal() else "",
    )
