"""The page that moves a topic to another menu, or deletes it."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Blueprint, render_template, request

from ivr.desk.workbench.adding import CannotAdd
from ivr.desk.workbench.bench import Bench
from ivr.desk.workbench.facts import own_facts, without_facts
from ivr.desk.workbench.looking import Looked, look
from ivr.desk.workbench.moving import deleted, menu_above, moved, renumbered
from ivr.desk.workbench.pages import Page, checked, saved, title_of, to
from ivr.desk.workbench.rooms import rooms
from ivr.desk.workbench.standing import standing_of


def add_moving(app: Blueprint, bench: Bench) -> None:
    @app.get("/<tag>/move/<name>")
    def open_move(tag: str, name: str) -> Page:
        return _form(bench, tag, name, {}, None)

    @app.post("/<tag>/move/<name>")
    def send_move(tag: str, name: str) -> Page | tuple[str, int]:
        state = checked(bench, tag)
        title = title_of(state.content, tag, name)
        is_delete = request.form.get("what") == "delete"
        own = own_facts(bench, state.content, name)
        gone = [fact for fact in request.form.getlist("facts") if fact in own] if is_delete else []
        try:
            files = (
                deleted(bench, state, name) if is_delete else moved(bench, state, name, request.form.get("menu", ""))
            )
        except CannotAdd as refused:
            return _form(bench, tag, name, refused.wrong, None), 422
        if gone:
            files = {**files, "facts.md": without_facts(bench, gone)}
        number = saved(bench, files, f"{'Deleted' if is_delete else 'Moved'}: {title}")
        if number is None:
            return _form(bench, tag, name, {}, look(bench, state, files)), 422
        if is_delete:
            return to("line", tag=tag, saved=number)
        return to("open_file", tag=tag, inside=f"topics/{name}", saved=number)


def _form(bench: Bench, tag: str, name: str, wrong: Mapping[str, str], looked: Looked | None) -> str:
    state = checked(bench, tag)
    library = state.content.libraries[tag]
    title_of(state.content, tag, name)
    above = menu_above(library, name)
    return render_template(
        "move.html",
        tag=tag,
        standing=standing_of(bench, state, tag, f"topics/{name}"),
        rooms=[room for room in rooms(state.content, tag) if above is None or room.menu != above[0]],
        renumbered=renumbered(library, name),
        own_facts=own_facts(bench, state.content, name),
        ticked=request.form.getlist("facts") if request.form.get("what") == "delete" else None,
        wrong=wrong,
        looked=looked,
    )
