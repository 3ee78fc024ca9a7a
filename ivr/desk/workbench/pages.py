"""What every page of the workbench needs."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import TypeAlias

from flask import Response, abort, redirect, render_template, url_for
from werkzeug.wrappers import Response as Redirect

from ivr.desk.workbench.bench import Bench, ChangedMeanwhile, Checked, Files, NotSound, checksum
from ivr.desk.workbench.looking import Looked
from ivr.desk.workbench.meters import PACES
from ivr.library.load import Content
from ivr.library.measures import RATES

Page: TypeAlias = str | Response | Redirect
EDITABLE = re.compile(r"(topics|menus|phrases)/[a-z0-9-]+|names|glossary|words")
"""The files that a form may change, inside the folder of a language and without `.md`."""
SIGNABLE = re.compile(rf"{EDITABLE.pattern}|listening/[a-z0-9-]+")


def checked(bench: Bench, tag: str) -> Checked:
    state = bench.now()
    if tag not in state.content.libraries:
        abort(404, "The line has no such language.")
    return state


def to(view: str, **values: str) -> Redirect:
    """Where the browser goes after a form has been accepted."""
    address: Callable[..., str] = url_for
    return redirect(address(f"workbench.{view}", **values), 303)


def saved(bench: Bench, files: Files, what: str) -> str | None:
    """The number of the save; None if the check rejects the files."""
    try:
        return bench.save(files, {name: checksum(bench.read(name)) for name in files}, what)
    except NotSound:
        return None
    except ChangedMeanwhile as changed:
        abort(409, f"{changed.path} was changed just now: try again.")


def title_of(content: Content, tag: str, name: str) -> str:
    topic = content.libraries[tag].topics.get(name)
    if topic is None:
        abort(404, "There is no such topic: was it removed or renamed?")
    return topic.title


def languages(content: Content) -> list[tuple[str, str]]:
    return [(tag, library.language.name) for tag, library in content.libraries.items()]


def pieces(fields: Iterable[str], tag: str, looked: Looked, wrong: Mapping[str, str]) -> dict[str, object]:
    """What stands under each field of a page that is open, and which fields have something to mend."""
    shown = {"tag": tag, "looked": looked, "wrong": wrong}
    found = {f"under-{name}": render_template("_under.html", name=name, **shown) for name in fields}
    found["elsewhere"] = render_template("_elsewhere.html", **shown)
    found["summary"] = render_template("_count.html", **shown)
    return {"pieces": found, "bad": sorted({*wrong, *(one.field for one in looked.errors if one.field)})}


def spoken(content: Content) -> dict[str, object]:
    """What the buttons that read aloud need."""
    speeches = {tag: library.language.speech for tag, library in content.libraries.items()}
    return {"speeches": speeches, "paces": [(RATES[pace], name) for pace, name in PACES.items()]}
