"""A request from the carrier and its response, without what the framework does for browsers.

Microseconds of processor time that the framework takes around a request, by `timeit` (docs/speed.md):

| the framework's own | addresses matched without their host | and the response sent as it is |
|---|---|---|
| 43 | 36 | 25 |
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from flask import Flask, Request, Response, abort
from gunicorn.http.errors import ParseException
from werkzeug.routing import MapAdapter

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

LARGEST_BODY = 256 * 1024
"""Ten times what a text of 1600 characters takes, however it is escaped."""
UPLOAD = "multipart/form-data"
"""A media type that no carrier sends."""


class Webhook(Request):
    """Reads a body in a fraction of the time that the framework takes for a form, since that clears 128 kB of memory
    first. Nothing that is sent is ever written to a file."""

    def body(self, media_type: str) -> str:
        """The body; can be read once. Empty if it is of another media type or not UTF-8. A body that is missing or too
        long raises the HTTP error for the sender."""
        kind = self.environ.get("CONTENT_TYPE", "").partition(";")[0].strip().lower()
        if kind == UPLOAD:
            abort(403)
        return self._read() if kind == media_type else ""

    def _read(self) -> str:
        if (self.content_length or 0) > LARGEST_BODY:
            abort(413)
        try:
            body: bytes = self.environ["wsgi.input"].read(LARGEST_BODY + 1)
        except (OSError, ParseException):
            abort(400)
        if len(body) > LARGEST_BODY:
            abort(413)
        try:
            return body.decode()
        except UnicodeDecodeError:
            return ""


class Document(Response):
    """A whole document, whose headers are complete and which nothing has to be closed for. The framework would look at
    its address, length and status once more, and wrap it to be closed."""

    def __call__(self, _environ: WSGIEnvironment, start_response: StartResponse) -> list[bytes]:
        start_response(self.status, self.headers.to_wsgi_list())
        return cast(list[bytes], self.response)


class WebhookApp(Flask):
    request_class = Webhook

    def create_url_adapter(self, request: Request | None) -> MapAdapter | None:
        """The line writes no address of its own and looks at nobody's host (PUBLIC_URL says where it is), so paths are
        matched alone."""
        if request is None:
            return None
        path = request.environ.get("PATH_INFO", "").encode("latin-1").decode(errors="replace")
        return self.url_map.bind("", path_info=path, default_method=request.environ["REQUEST_METHOD"])
