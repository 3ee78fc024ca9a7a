"""Serves the phone page on a port of this machine, for this machine only."""

import threading
from dataclasses import dataclass
from typing import Any

from flask import Flask
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

from ivr.phone.page_guard import LOOPBACK


@dataclass(frozen=True)
class RunningPage:
    url: str
    _server: BaseWSGIServer
    _thread: threading.Thread

    def close(self) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


class _Quiet(WSGIRequestHandler):
    def log(self, *_: Any) -> None:
        pass


def serve_page(app: Flask, host: str = "127.0.0.1", port: int = 8001) -> RunningPage:
    """Runs in a thread of its own; port 0 takes a free one. Raises ValueError for a host that others can reach."""
    if host not in LOOPBACK:
        raise ValueError(f"the phone page is for this machine alone, not for {host}")
    server = make_server(host, port, app, threaded=True, request_handler=_Quiet)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    shown = f"[{host}]" if ":" in host else host
    return RunningPage(f"http://{shown}:{server.server_port}/", server, thread)
