"""The workbench as part of the pages that `make run` serves: nothing here can be reached from another machine, or by
another site (`ivr/phone/page_guard.py`)."""

from __future__ import annotations

import re
from collections.abc import Callable

from flask import Blueprint, Response, abort, render_template, request, url_for
from markupsafe import Markup, escape
from werkzeug.exceptions import HTTPException

from ivr.desk.workbench.adding_pages import add_adding
from ivr.desk.workbench.bench import Bench, ChangedMeanwhile, NotSound
from ivr.desk.workbench.editing import Edited, edit
from ivr.desk.workbench.edits import boxes
from ivr.desk.workbench.lines_pages import LINE_OF_LISTENING, PLACE, add_lines
from ivr.desk.workbench.listening_pages import add_listening
from ivr.desk.workbench.meters import PACES
from ivr.desk.workbench.moving_pages import add_moving
from ivr.desk.workbench.pages import EDITABLE, Page, checked, to
from ivr.desk.workbench.part_pages import add_parts
from ivr.desk.workbench.rules_page import rules_in, rules_page
from ivr.desk.workbench.searching import search
from ivr.desk.workbench.signing import waiting_after
from ivr.desk.workbench.signing_pages import add_signing
from ivr.desk.workbench.standing import everything, listening, others, standing_of, tree
from ivr.library.measures import RATES
from ivr.library.rules.shelf import Shelf

PREFIX = "/workbench"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)
"""As the phone page's, but forms may be sent to the workbench itself."""


def create_workbench(bench: Bench) -> Blueprint:
    app = Blueprint("workbench", __name__, url_prefix=PREFIX, static_folder="static", template_folder="templates")
    app.after_request(_with_policy)
    app.register_error_handler(HTTPException, _explain)
    app.add_app_template_filter(_remedy, "remedy")
    app.add_app_template_filter(_linked, "linked")
    app.add_app_template_filter(LINE_OF_LISTENING.match, "place_of_line")
    rules = rules_in()
    app.context_processor(lambda: {"rules": rules, "tags": _languages(bench)})
    _add_looking(app, bench)
    _add_editing(app, bench)
    add_signing(app, bench)
    add_adding(app, bench)
    add_moving(app, bench)
    add_parts(app, bench)
    add_listening(app, bench)
    add_lines(app, bench)
    return app


def _with_policy(response: Response) -> Response:
    """Requests from forms have to name their origin, so that the guard recognises its own."""
    response.headers["Content-Security-Policy"] = POLICY
    response.headers["Referrer-Policy"] = "same-origin"
    return response


def _explain(error: HTTPException) -> tuple[str, int]:
    return render_template("trouble.html", reason=error.description or error.name), error.code or 500


def _remedy(words: str) -> Markup:
    """Marks up what is between backticks: something to write, or a place."""
    pieces = re.split(r"`([^`]*)`", words)
    return Markup("").join(
        Markup("<code>{}</code>").format(piece) if number % 2 else escape(piece) for number, piece in enumerate(pieces)
    )


def _linked(words: str) -> Markup:
    """A remedy in which each line of content that it names is a link to where it can be changed."""
    found, end = Markup(), 0
    for place in PLACE.finditer(words):
        found += _remedy(words[end : place.start()]) + Markup('<a class="place" href="{}">{}</a>').format(
            _address(place), place["place"]
        )
        end = place.end()
    return found + _remedy(words[end:])


def _address(place: re.Match[str]) -> str:
    address: Callable[..., str] = url_for
    if place["name"]:
        line = place["line"]
        return address("workbench.open_lines", tag=place["tag"], name=place["name"], line=line, _anchor=f"line-{line}")
    return address("workbench.open_file", tag=place["tag"], inside=place["inside"])


def _languages(bench: Bench) -> list[tuple[str, str]]:
    return [(tag, library.language.name) for tag, library in bench.now().content.libraries.items()]


# --- looking ---------------------------------------------------------------------------------------------------


def _add_looking(app: Blueprint, bench: Bench) -> None:
    @app.get("/")
    def begin() -> Page:
        return to("line", tag=next(iter(bench.now().content.libraries)))

    @app.get("/<tag>/")
    def line(tag: str) -> Page:
        state = checked(bench, tag)
        standings = list(everything(bench, state, tag))
        errors = [problem for problem in state.problems if not problem.warning]
        return render_template(
            "line.html",
            tag=tag,
            root=tree(bench, state, tag),
            others=list(others(bench, state, tag)),
            listening=list(listening(bench, state, tag)),
            standings=standings,
            errors=errors,
            saves=bench.kept.saves()[:5],
            undone=request.args.get("undone"),
        )

    @app.get("/<tag>/search")
    def find(tag: str) -> Page:
        wanted = request.args.get("q", "").strip()
        found = search(Shelf(checked(bench, tag).content, tag), wanted)
        return render_template("found.html", tag=tag, wanted=wanted, found=found)

    @app.get("/rules")
    def rules() -> Page:
        try:
            return render_template("rules.html", body=rules_page())
        except OSError:
            return abort(404, "docs/accessibility.md is not on this machine.")

    @app.get("/saves")
    def saves() -> Page:
        return render_template("saves.html", saves=bench.kept.saves())

    @app.post("/undo/<number>")
    def undo(number: str) -> Page | tuple[str, int]:
        try:
            bench.undo(number)
        except KeyError:
            abort(404, "This save is not kept any more.")
        except ChangedMeanwhile as changed:
            reason = f"{changed.path} was changed after this save: undo the later change first."
            return render_template("trouble.html", reason=reason, later=bench.save_that_wrote(changed.path)), 409
        except NotSound as refused:
            reasons = "; ".join(problem.remedy for problem in refused.errors)
            abort(409, f"The words from before do not pass the check any more: {reasons}")
        return to("line", tag=next(iter(bench.now().content.libraries)), undone=number, _anchor="outcome")


# --- editing ---------------------------------------------------------------------------------------------------


def _add_editing(app: Blueprint, bench: Bench) -> None:
    @app.get("/<tag>/edit/<path:inside>")
    def open_file(tag: str, inside: str) -> Page:
        draft = bench.kept.draft(f"{tag}/{inside}.md")
        made = _made(bench, tag, inside, dict(draft.words) if draft else None)
        told = {name: request.args.get(name, "") for name in ("saved", "signed")}
        return _form(bench, tag, made, draft=draft, **{k: v if v.isdecimal() else "" for k, v in told.items()})

    @app.post("/<tag>/edit/<path:inside>")
    def send_file(tag: str, inside: str) -> Page | tuple[str, int]:
        given, act = _given(), request.form.get("act", "check")
        name, opened = f"{tag}/{inside}.md", request.form.get("opened", "")
        if act == "drop":
            bench.kept.drop_draft(name)
            return to("open_file", tag=tag, inside=inside)
        made = _made(bench, tag, inside, given, whole=True)
        if act == "draft":
            bench.kept.keep_draft(name, opened, given)
            return to("open_file", tag=tag, inside=inside)
        if act != "save" or not made.is_changed:
            return _form(bench, tag, made, looked=True)
        return _save(bench, tag, made, given, opened)

    @app.post("/<tag>/check/<path:inside>")
    def check(tag: str, inside: str) -> dict[str, object]:
        """Pieces of the page by their id, for what is typed there just now."""
        made = _made(bench, tag, inside, _given(), whole=request.form.get("whole") == "1")
        pieces = {"summary": render_template("_summary.html", made=made, looked=True)}
        fields = [*made.fields, *(field for part in made.parts for field in part.fields)]
        sides = [side for part in made.parts for side in (part.voice, part.text) if side]
        for side in sides:
            pieces[f"under-{side.field.id}"] = render_template("_side.html", side=side, tag=tag)
        for field in fields:
            pieces[f"under-{field.id}"] = render_template("_remarks.html", field=field, tag=tag)
        for number, part in enumerate(made.parts, start=1):
            pieces[f"uneven-{number}"] = render_template("_uneven.html", part=part)
        for name in ("about", "elsewhere", "menu"):
            pieces[f"all-{name}"] = render_template(f"_{name}_all.html", made=made)
        bad = [field.id for field in (*fields, *(side.field for side in sides)) if field.has_error]
        return {"pieces": pieces, "bad": bad}


def _made(bench: Bench, tag: str, inside: str, given: dict[str, str] | None, whole: bool = False) -> Edited:
    state = checked(bench, tag)
    if not EDITABLE.fullmatch(inside):
        abort(404, "There is no such file here to edit.")
    try:
        return edit(bench, state, tag, inside, given, whole)
    except KeyError:
        return abort(404, "There is no such file: was it removed or renamed?")


def _given() -> dict[str, str]:
    """The boxes: all fields that are sent, except the form's own."""
    return {name: words for name, words in request.form.items() if name not in ("act", "opened", "whole")}


def _save(bench: Bench, tag: str, made: Edited, given: dict[str, str], opened: str) -> Page | tuple[str, int]:
    name = f"{tag}/{made.inside}.md"
    if not made.files:
        bench.kept.keep_draft(name, opened, given)
        return _form(bench, tag, made, looked=True, refused=True), 422
    title = standing_of(bench, bench.now(), tag, made.inside).title
    try:
        number = bench.save(made.files, {name: opened}, f"{title} ({tag})")
    except NotSound:
        bench.kept.keep_draft(name, opened, given)
        return _form(bench, tag, made, looked=True, refused=True), 422
    except ChangedMeanwhile:
        bench.kept.keep_draft(name, opened, given)
        return _form(bench, tag, made, looked=True, theirs=_theirs(bench, tag, made.inside, given)), 409
    bench.kept.drop_draft(name)
    return to("open_file", tag=tag, inside=made.inside, saved=number)


def _theirs(bench: Bench, tag: str, inside: str, given: dict[str, str]) -> list[tuple[str, str]]:
    """What the file now contains wherever that differs from what was typed."""
    content = bench.now().content
    known = boxes(content.as_written[f"{Shelf(content, tag).base}/{inside}.md"])
    return [(name, known[name].words) for name, words in given.items() if name in known and known[name].words != words]


def _form(bench: Bench, tag: str, made: Edited, **more: object) -> str:
    told: dict[str, object] = {
        "draft": None,
        "saved": "",
        "signed": "",
        "looked": False,
        "refused": False,
        "theirs": None,
        **more,
    }
    standing = standing_of(bench, bench.now(), tag, made.inside)
    speech = made.content.libraries[tag].language.speech
    paces = [(RATES[pace], name) for pace, name in PACES.items()]
    told["left"] = list(waiting_after(bench, request.args.get("save", "")))
    told["waiting"] = list(waiting_after(bench, str(told["saved"])))
    return render_template("edit.html", tag=tag, made=made, standing=standing, speech=speech, paces=paces, **told)
