"""A request of the carrier."""

from __future__ import annotations

from urllib.parse import unquote_to_bytes

from flask import Request, abort
from gunicorn.http.errors import ParseException
from werkzeug.utils import cached_property

UPLOAD = "multipart/form-data"
"""The carrier never sends one."""
URL_ENCODED = "application/x-www-form-urlencoded"
AS_WRITTEN = "werkzeug.url_quote"
"""What becomes of escapes that are no UTF-8: they stay."""
Pairs = list[tuple[str, str]]


class Webhook(Request):
    """Reads a form in a quarter of the time that the framework takes, and no other kind of body: nothing that is sent
    is ever written to a file. Not with functools.cached_property: before Python 3.12 all threads wait there for one
    that reads."""

    @cached_property
    def pairs(self) -> Pairs:
        """All fields with their values, as they came."""
        kind = self.environ.get("CONTENT_TYPE", "").partition(";")[0].strip().lower()
        if kind == UPLOAD:
            abort(403)
        if kind != URL_ENCODED:
            return []
        return [_field(pair) for pair in self._body().replace("+", " ").split("&") if pair]

    @cached_property
    def fields(self) -> dict[str, str]:
        """Of a field that came twice, the first value."""
        return dict(reversed(self.pairs))

    def _body(self) -> str:
        """One that breaks off, or is none, is a fault of whoever sent it. One that is not in UTF-8 has no fields."""
        try:
            return self.get_data(cache=False).decode()
        except UnicodeDecodeError:
            return ""
        except (OSError, ParseException):
            abort(400)


def _field(pair: str) -> tuple[str, str]:
    name, _, value = pair.partition("=")
    return (_plain(name), _plain(value)) if "%" in pair else (name, value)


def _plain(written: str) -> str:
    return unquote_to_bytes(written).decode(errors=AS_WRITTEN) if "%" in written else written
