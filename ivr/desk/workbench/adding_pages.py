"""The page that adds a topic."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Blueprint, render_template, request

from ivr.desk.workbench.adding import CannotAdd, files_of, wrong_in
from ivr.desk.workbench.bench import Bench
from ivr.desk.workbench.choices import label_of
from ivr.desk.workbench.facts import next_name
from ivr.desk.workbench.looking import Looked
from ivr.desk.workbench.pages import Page, checked, languages, pieces, saved, spoken, to
from ivr.desk.workbench.rooms import first_choice, rooms
from ivr.desk.workbench.topic_typed import look_at, names_of_fields, new_topic

DRAFTS, UNNAMED = "new", "unnamed"
"""Where drafts of new topics are kept, and what one is called that has no title yet."""


def add_adding(app: Blueprint, bench: Bench) -> None:
    @app.get("/<tag>/new")
    def open_new(tag: str) -> Page:
        draft = bench.kept.draft(f"{DRAFTS}/{request.args.get('draft', '')}")
        return _form(bench, tag, draft.words if draft else {}, {}, None)

    @app.post("/<tag>/new")
    def send_new(tag: str) -> Page | tuple[str, int]:
        state, given, act = checked(bench, tag), _given(), request.form.get("act")
        new = new_topic(state.content, given)
        draft = new.name or UNNAMED
        opened = request.form.get("draft", "")
        if act in ("draft", "drop"):
            bench.kept.drop_draft(f"{DRAFTS}/{opened}")  # Its title may have changed, and with it the draft's name.
        if act == "draft":
            bench.kept.keep_draft(f"{DRAFTS}/{draft}", "", given)
            return to("open_new", tag=tag, draft=draft)
        if act == "drop":
            return to("open_new", tag=tag)
        try:
            files = files_of(bench, state, new)
        except CannotAdd as refused:
            return _form(bench, tag, given, refused.wrong, look_at(bench, state, new)), 422
        number = saved(bench, files, f"New topic: {new.wordings[tag].title}") if act == "save" else None
        if number is None:
            return _form(bench, tag, given, {}, look_at(bench, state, new)), 422 if act == "save" else 200
        bench.kept.drop_draft(f"{DRAFTS}/{opened or draft}")
        return to("open_file", tag=tag, inside=f"topics/{new.name}", saved=number)

    @app.post("/<tag>/new/check")
    def check_new(tag: str) -> dict[str, object]:
        state, given = checked(bench, tag), _given()
        new = new_topic(state.content, given)
        wrong = {name: why for name, why in wrong_in(state.content, new) if given.get(name, "").strip()}
        looked = look_at(bench, state, new, request.form.get("whole") == "1")
        return pieces(names_of_fields(state.content), tag, looked, wrong)


def _given() -> dict[str, str]:
    return {name: words for name, words in request.form.items() if name not in ("act", "whole", "draft")}


def _form(bench: Bench, tag: str, given: Mapping[str, str], wrong: Mapping[str, str], looked: Looked | None) -> str:
    state = checked(bench, tag)
    known = rooms(state.content, tag)
    libraries = state.content.libraries.items()
    return render_template(
        "new.html",
        tag=tag,
        rooms=known,
        labels={one: label_of(first_choice(library.menus[known[0].menu])) for one, library in libraries},
        languages=languages(state.content),
        facts=state.content.facts,
        next_fact=next_name(state.content),
        **spoken(state.content),
        drafts=list(bench.kept.drafts(DRAFTS)),
        draft=request.values.get("draft", ""),
        given=given,
        wrong=wrong,
        looked=looked,
    )
