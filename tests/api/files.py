"""A web host for files on this machine, such as an operator uses for the fallback."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

VOICE = '<Response><Say voice="Polly.Joanna-Neural" language="en-US">The line is down.</Say></Response>'
TEXT = "<Response><Message>The line is down.</Message></Response>"


@dataclass
class Files:
    """`texts` by method and path, such as `GET /voice-en.xml`. Anything else is not there."""

    address: str
    content_type: str = "text/xml"
    texts: dict[str, str] = field(default_factory=dict)


@contextmanager
def hosting() -> Iterator[Files]:
    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            text = files.texts.get(f"{self.command} {self.path}")
            self.send_response(404 if text is None else 200)
            self.send_header("Content-Type", files.content_type)
            self.end_headers()
            self.wfile.write((text or "").encode())

        do_POST = do_GET

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Answer) as server:
        files = Files(f"http://127.0.0.1:{server.server_port}")
        threading.Thread(target=server.serve_forever, args=(0.005,), daemon=True).start()
        try:
            yield files
        finally:
            server.shutdown()
