"""Who may use the phone page: this machine's own browser, on the page itself, and nobody else.

The page holds the token that signs requests, so no other site may make calls through it: neither by a cross-origin
request, nor by a host name that it points at this machine.
"""

import re

from flask import Flask, Response, abort, request

LOOPBACK = ("127.0.0.1", "localhost", "::1")

_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "img-src data:; media-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-store",
}


def guard(app: Flask) -> None:
    app.config["MAX_CONTENT_LENGTH"] = 64 * 1024
    app.before_request(_refuse_strangers)
    app.after_request(_with_headers)


def _refuse_strangers() -> None:
    if _host_name() not in LOOPBACK:
        abort(403, "This page answers to this machine alone.")
    ours = f"http://{request.host}"
    if request.headers.get("Origin", ours) != ours:
        abort(403, "Another site may not use this phone.")
    foreign = request.headers.get("Sec-Fetch-Site", "none") not in ("same-origin", "none")
    if foreign and request.method != "GET":
        abort(403, "Another site may not use this phone.")


def _host_name() -> str:
    return re.sub(r":\d+$", "", request.host).strip("[]")


def _with_headers(response: Response) -> Response:
    """Pages served beside the phone may set a header themselves: a form needs another policy."""
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)
    return response
