"""Whether a request comes from the carrier: its signature over the address that it called and the form it sent."""

from __future__ import annotations

import hmac
from collections.abc import Mapping

from twilio.request_validator import RequestValidator


class Signature:
    def __init__(self, token: str, public_url: str | None) -> None:
        self._validator = RequestValidator(token)
        self._public_url = public_url

    def is_valid(self, environ: Mapping[str, str], form: Mapping[str, str], header: str | None) -> bool:
        """`environ` is the WSGI environment. Its raw path counts: a framework's own idea of the address rewrites
        escapes, and a proxy changes scheme and host. The library's own check is asked second: it parses the
        address, and so loses a bare `?`, but knows when the carrier writes the port and when not."""
        address, given = self._address(environ), (header or "").encode()
        exact = self._validator.compute_signature(address, form)
        if hmac.compare_digest(exact.encode(), given):
            return True
        return bool(self._validator.validate(address, form, header or ""))

    def _address(self, environ: Mapping[str, str]) -> str:
        raw = environ.get("RAW_URI") or environ.get("REQUEST_URI") or environ.get("PATH_INFO", "")
        if not raw.startswith("/"):
            raw = "/" + raw.partition("://")[2].partition("/")[2]
        base = self._public_url or f"{environ.get('wsgi.url_scheme', 'http')}://{environ.get('HTTP_HOST', '')}"
        return base + raw
