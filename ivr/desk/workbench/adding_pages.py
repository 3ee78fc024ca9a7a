"""The pages that add a topic, move it to another menu, or delete it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Blueprint, abort, render_template, request

from ivr.desk.trying.why import remarks
from ivr.desk.workbench.adding import (
    CannotAdd,
    NewTopic,
    Wording,
    deleted,
    facts_named,
    files_of,
    menu_above,
    moved,
    paragraphs,
    renumbered,
    rooms,
    with_part,
)
from ivr.desk.workbench.bench import Bench, ChangedMeanwhile, Checked, Files, NotSound, checksum
from ivr.desk.workbench.edits import as_one_line
from ivr.desk.workbench.pages import Page, checked, to
from ivr.desk.workbench.standing import ABOUT_SIGNING, standing_of
from ivr.library.document import listed
from ivr.library.load import Content
from ivr.model import Problem

UNDERSTOOD = "Understood as"


@dataclass(frozen=True, slots=True)
class Looked:
    """The check's result for files that are not saved yet. `reached`: what each word that texters may send leads to
    now."""

    errors: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()
    reached: tuple[tuple[str, str], ...] = ()


def add_adding(app: Blueprint, bench: Bench) -> None:
    @app.get("/<tag>/new")
    def open_new(tag: str) -> Page:
        return _new_form(checked(bench, tag), tag, {}, {}, None)

    @app.post("/<tag>/new")
    def send_new(tag: str) -> Page | tuple[str, int]:
        state, given = checked(bench, tag), dict(request.form)
        new = new_topic(state.content, given)
        try:
            files = files_of(bench, state, new)
        except CannotAdd as refused:
            return _new_form(state, tag, given, refused.wrong, None), 422
        looked = look(bench, state, files, _words(new))
        if given.get("act") != "save":
            return _new_form(state, tag, given, {}, looked)
        return _saved(bench, files, f"New topic: {new.wordings[tag].title}", tag, f"topics/{new.name}") or (
            _new_form(state, tag, given, {}, looked),
            422,
        )

    @app.get("/<tag>/part/<name>")
    def open_part(tag: str, name: str) -> Page:
        return _part_form(bench, tag, name, {}, {}, None)

    @app.post("/<tag>/part/<name>")
    def send_part(tag: str, name: str) -> Page | tuple[str, int]:
        state, given = checked(bench, tag), dict(request.form)
        title = _title(state.content, tag, name)
        words = {one: _both(given, one) for one in state.content.libraries}
        try:
            files = with_part(bench, state, name, as_one_line(given.get("facts", "")), words)
        except CannotAdd as refused:
            return _part_form(bench, tag, name, given, refused.wrong, None), 422
        if given.get("act") != "save":
            return _part_form(bench, tag, name, given, {}, look(bench, state, files))
        return _saved(bench, files, f"New part: {title}", tag, f"topics/{name}") or (
            _part_form(bench, tag, name, given, {}, look(bench, state, files)),
            422,
        )

    @app.get("/<tag>/move/<name>")
    def open_move(tag: str, name: str) -> Page:
        return _move_form(bench, tag, name, {}, None)

    @app.post("/<tag>/move/<name>")
    def send_move(tag: str, name: str) -> Page | tuple[str, int]:
        state = checked(bench, tag)
        _title(state.content, tag, name)
        is_delete = request.form.get("what") == "delete"
        try:
            files = (
                deleted(bench, state, name) if is_delete else moved(bench, state, name, request.form.get("menu", ""))
            )
        except CannotAdd as refused:
            return _move_form(bench, tag, name, refused.wrong, None), 422
        title = _title(state.content, tag, name)
        what, after = (f"Deleted: {title}", "") if is_delete else (f"Moved: {title}", f"topics/{name}")
        return _saved(bench, files, what, tag, after) or (
            _move_form(bench, tag, name, {}, look(bench, state, files)),
            422,
        )


def new_topic(content: Content, given: Mapping[str, str]) -> NewTopic:
    """The topic in the form. `given`: by field; fields of a language are named like `es.title`."""

    def typed(name: str) -> str:
        return as_one_line(given.get(name, ""))

    wordings = {
        tag: Wording(
            typed(f"{tag}.title"),
            typed(f"{tag}.label"),
            typed(f"{tag}.written"),
            typed(f"{tag}.keywords"),
            paragraphs(given.get(f"{tag}.voice", "")),
            paragraphs(given.get(f"{tag}.text", "")),
        )
        for tag in content.libraries
    }
    facts = tuple(line.strip().removeprefix("- ") for line in given.get("new_facts", "").splitlines() if line.strip())
    return NewTopic(
        typed("name"),
        typed("menu"),
        typed("origin"),
        typed("source"),
        typed("reviewed"),
        facts_named(given.get("facts", "")),
        facts,
        wordings,
    )


def look(bench: Bench, state: Checked, files: Files, words: tuple[tuple[str, str], ...] = ()) -> Looked:
    """`words`: words that texters may send, each with its language."""
    known = {(one.path, one.code, one.remedy) for one in state.problems}
    found = bench.problems_of(bench.trial(files))
    warnings = tuple(
        one
        for one in found
        if one.warning and one.code not in ABOUT_SIGNING and (one.path, one.code, one.remedy) not in known
    )
    return Looked(bench.new_errors(found), warnings, tuple(_reached(state.content, tag, word) for tag, word in words))


def _reached(content: Content, tag: str, word: str) -> tuple[str, str]:
    told = (one.told for one in remarks(content, content.libraries[tag], word) if one.about == UNDERSTOOD)
    return word, next(told, "")


def _words(new: NewTopic) -> tuple[tuple[str, str], ...]:
    return tuple((tag, word) for tag, one in new.wordings.items() for word in (one.title, *listed(one.keywords)))


def _saved(bench: Bench, files: Files, what: str, tag: str, inside: str) -> Page | None:
    """None if the check rejects the files."""
    try:
        number = bench.save(files, {name: checksum(bench.read(name)) for name in files}, what)
    except NotSound:
        return None
    except ChangedMeanwhile as changed:
        abort(409, f"{changed.path} was changed just now: try again.")
    return to("open_file", tag=tag, inside=inside, saved=number) if inside else to("line", tag=tag, saved=number)


def _new_form(
    state: Checked, tag: str, given: Mapping[str, str], wrong: Mapping[str, str], looked: Looked | None
) -> str:
    return render_template(
        "new.html",
        tag=tag,
        rooms=rooms(state.content, tag),
        languages=[(one, library.language.name) for one, library in state.content.libraries.items()],
        facts=state.content.facts,
        outside=state.content.outside,
        given=given,
        wrong=wrong,
        looked=looked,
    )


def _both(given: Mapping[str, str], tag: str) -> tuple[str, str]:
    return as_one_line(given.get(f"{tag}.voice", "")), as_one_line(given.get(f"{tag}.text", ""))


def _part_form(
    bench: Bench, tag: str, name: str, given: Mapping[str, str], wrong: Mapping[str, str], looked: Looked | None
) -> str:
    state = checked(bench, tag)
    _title(state.content, tag, name)
    return render_template(
        "part.html",
        tag=tag,
        standing=standing_of(bench, state, tag, f"topics/{name}"),
        languages=[(one, library.language.name) for one, library in state.content.libraries.items()],
        facts=state.content.facts,
        given=given,
        wrong=wrong,
        looked=looked,
    )


def _move_form(bench: Bench, tag: str, name: str, wrong: Mapping[str, str], looked: Looked | None) -> str:
    state = checked(bench, tag)
    library = state.content.libraries[tag]
    _title(state.content, tag, name)
    above = menu_above(library, name)
    return render_template(
        "move.html",
        tag=tag,
        standing=standing_of(bench, state, tag, f"topics/{name}"),
        rooms=[room for room in rooms(state.content, tag) if above is None or room.menu != above[0]],
        renumbered=renumbered(library, name),
        wrong=wrong,
        looked=looked,
    )


def _title(content: Content, tag: str, name: str) -> str:
    topic = content.libraries[tag].topics.get(name)
    if topic is None:
        abort(404, "There is no such topic: was it removed or renamed?")
    return topic.title
