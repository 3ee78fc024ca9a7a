"""A line on this machine, such as an old release, that accepts the signatures of some carriers and not of others."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl

from api.files import VOICE

from ivr.carrier.twilio.render import RETRIES
from ivr.phone.signing import Signing


@contextmanager
def guarding(token: str, *known: Signing, webhooks: tuple[str, ...] = ("/voice", "/sms")) -> Iterator[str]:
    """Its address. A call or a text is answered with the same document; what is not signed as `known`, with 403."""

    class Guard(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.send_response(self._status())
            self.send_header("Content-Type", "text/xml")
            self.end_headers()
            self.wfile.write(VOICE.encode())

        def _status(self) -> int:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            fields = dict(parse_qsl(body, keep_blank_values=True))
            url = f"http://{self.headers['Host']}{self.path}{RETRIES}"
            signed = [one.signed(token, url, fields).items() <= dict(self.headers).items() for one in known]
            return 404 if self.path not in webhooks else 200 if any(signed) else 403

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Guard) as server:
        threading.Thread(target=server.serve_forever, args=(0.005,), daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
