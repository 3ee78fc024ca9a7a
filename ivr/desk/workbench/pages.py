"""What every page of the workbench needs."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeAlias

from flask import Response, abort, redirect, url_for
from werkzeug.wrappers import Response as Redirect

from ivr.desk.workbench.bench import Bench, Checked

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
