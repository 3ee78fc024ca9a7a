"""The pages for signing: a sheet to read and to print, the form for what is written on it, and the history of
changes."""

from __future__ import annotations

from flask import Blueprint, abort, render_template, request, url_for
from werkzeug.wrappers import Response as Redirect

from ivr.desk.workbench.bench import Bench, ChangedMeanwhile, NotSound
from ivr.desk.workbench.history import has_repository, revisions
from ivr.desk.workbench.pages import EDITABLE, SIGNABLE, Page, checked, to
from ivr.desk.workbench.signing import NotSigned, sheet, sheets, sign, waiting_after
from ivr.desk.workbench.standing import Standing, standing_of

TYPED_ONCE = ("reviewer", "date")
"""What stays in the form until the browser is closed. Never the code: it shows which words were read."""


def add_signing(app: Blueprint, bench: Bench) -> None:
    @app.get("/<tag>/sheet")
    def all_sheets(tag: str) -> Page:
        found = [(tag, one) for one in sheets(bench, checked(bench, tag), tag)]
        return render_template("sheet.html", tag=tag, sheets=found, printed=bench.kept.today())

    @app.get("/<tag>/sheets/<number>")
    def sheets_of_save(tag: str, number: str) -> Page:
        state = checked(bench, tag)
        waiting = waiting_after(bench, number)
        found = [(one.tag, sheet(bench, state, one.tag, one.standing.inside)) for one in waiting]
        return render_template("sheet.html", tag=tag, sheets=found, printed=bench.kept.today(), save=number)

    @app.get("/<tag>/sheet/<path:inside>")
    def one_sheet(tag: str, inside: str) -> Page:
        _standing(bench, tag, inside)
        found = [(tag, sheet(bench, checked(bench, tag), tag, inside))]
        return render_template("sheet.html", tag=tag, sheets=found, printed=bench.kept.today())

    @app.get("/<tag>/sign/<path:inside>")
    def open_signing(tag: str, inside: str) -> Page:
        return _form(bench, tag, inside, {name: request.cookies.get(name, "") for name in TYPED_ONCE}, {})

    @app.post("/<tag>/sign/<path:inside>")
    def send_signing(tag: str, inside: str) -> Page | tuple[str, int]:
        _standing(bench, tag, inside)
        given = {name: words.strip() for name, words in request.form.items()}
        try:
            number = sign(bench, tag, inside, given)
        except NotSigned as refused:
            return _form(bench, tag, inside, given, refused.wrong), 422
        except ChangedMeanwhile:
            abort(409, "The file was changed just now: print a new sheet and have it read.")
        except NotSound as refused_words:
            abort(409, f"The words do not pass the check: {refused_words.errors[0].remedy}")
        if not EDITABLE.fullmatch(inside):
            return _remembering(given, to("line", tag=tag, saved=number))
        of_save = {"save": request.args["save"]} if request.args.get("save", "").isdecimal() else {}
        return _remembering(given, to("open_file", tag=tag, inside=inside, signed=number, **of_save))

    @app.get("/<tag>/history/<path:inside>")
    def history(tag: str, inside: str) -> Page:
        standing = _standing(bench, tag, inside)
        found = list(revisions(bench.root, tag, inside)) if has_repository(bench.root) else None
        return render_template("history.html", tag=tag, standing=standing, revisions=found)


def _remembering(given: dict[str, str], redirect: Redirect) -> Redirect:
    """The next form of the same browser begins with this name and date."""
    for name in TYPED_ONCE:
        redirect.set_cookie(name, given[name], path=url_for("workbench.begin"), httponly=True, samesite="Strict")
    return redirect


def _standing(bench: Bench, tag: str, inside: str) -> Standing:
    try:
        if SIGNABLE.fullmatch(inside):
            return standing_of(bench, checked(bench, tag), tag, inside)
    except KeyError:
        pass
    return abort(404, "There is no such file: was it removed or renamed?")


def _form(bench: Bench, tag: str, inside: str, given: dict[str, str], wrong: dict[str, str]) -> str:
    standing = _standing(bench, tag, inside)
    return render_template("sign.html", tag=tag, standing=standing, given=given, wrong=wrong)
