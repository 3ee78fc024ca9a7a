"""What the log tells of a request, whichever part of the stack writes it: nothing that somebody has sent.

Gunicorn's lines about malformed requests quote them, an exception's text holds the value that was wrong, and any other
part may do either. So a fault is told by its kind and by where in the code it was; what others fill into their lines is
left out.
"""

from __future__ import annotations

import logging
import os
import re
import sys
import threading
import traceback
from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

from gunicorn.config import Config
from gunicorn.glogging import Logger
from gunicorn.http import Request
from gunicorn.http.wsgi import Response

OURS = "ivr"
LEFT_OUT = "-"
FIRST_WORDS = re.compile(r"(?:[A-Za-z]+ )*")
"""Of a line that was put together before it came here: up to what was filled in. `Invalid request from ip=...`"""
WHOLE = re.compile(r"[A-Za-z ]+[.]?")
AS_LONG_AS_A_PHONE_NUMBER = 10_000_000
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
PLACES = frozenset({"", "health", "voice", "sms", "audio", "metrics"})

log = logging.getLogger(__name__)


class Discreet(logging.Filter):
    """Made in the server's first process, where nobody calls: its lines, about the start, stay as they are."""

    def __init__(self, name: str = "") -> None:
        super().__init__(name)
        self.first_process = os.getpid()

    def filter(self, record: logging.LogRecord) -> bool:
        if record.exc_info and record.exc_info[1]:
            record.exc_text = "\n".join(_trace(record.exc_info[1]))
            record.exc_info = None
        if os.getpid() != self.first_process and record.name.partition(".")[0] != OURS:
            _leave_out(record)
        return True


def _trace(fault: BaseException | None) -> Iterator[str]:
    """As Python prints it, but for the words of the exceptions."""
    if fault is None:
        return
    yield from _trace(fault.__cause__ or (None if fault.__suppress_context__ else fault.__context__))
    yield "Traceback (most recent call last):"
    yield "".join(traceback.format_tb(fault.__traceback__)) + type(fault).__name__


def _leave_out(record: logging.LogRecord) -> None:
    if isinstance(record.args, Mapping):
        record.args = {name: _safe(value) for name, value in record.args.items()}
    elif record.args:
        record.args = tuple(map(_safe, record.args))
    elif isinstance(record.msg, str):
        record.msg = _put_together(record.msg)
    else:
        record.msg = _safe(record.msg)


def _safe(value: object) -> object:
    if isinstance(value, int | float):
        return value if abs(value) < AS_LONG_AS_A_PHONE_NUMBER else 0
    return LEFT_OUT if isinstance(value, str | bytes) else type(value).__name__


def _put_together(line: str) -> str:
    """And of what kind the fault is that is being told, if any."""
    if WHOLE.fullmatch(line):
        return line
    kind = sys.exc_info()[0]
    first = (FIRST_WORDS.match(line) or [""])[0]
    return f"{first}{LEFT_OUT}" + (f" ({kind.__name__})" if kind else "")


class WebLog(Logger):
    """Gunicorn's log. An access log, for whoever turns it on, has the time, the kind of request and what came of it."""

    def setup(self, cfg: Config) -> None:
        """Again at each reload."""
        super().setup(cfg)
        if not any(isinstance(one, Discreet) for one in self.error_log.filters):
            self.error_log.addFilter(Discreet())

    def atoms(self, resp: Response, req: Request, environ: Mapping[str, Any], request_time: timedelta) -> Any:
        told = super().atoms(resp, req, dict(environ), request_time)
        method = told["m"] if told["m"] in METHODS else LEFT_OUT
        place = str(told["U"] or "").split("/")[1:2]
        asked = f"{method} /{place[0] if place and place[0] in PLACES else LEFT_OUT}"
        return {name: told[name] for name in ("t", "s", "b", "B", "T", "D", "M", "L", "p")} | {"m": method, "r": asked}


def tell_of_threads() -> None:
    """A thread that ends with a fault tells of it here, not by Python's own hook, which prints its words."""

    def tell(ended: threading.ExceptHookArgs) -> None:
        fault = ended.exc_value or ended.exc_type()
        log.error("A thread has ended", exc_info=(ended.exc_type, fault, ended.exc_traceback))

    threading.excepthook = tell
