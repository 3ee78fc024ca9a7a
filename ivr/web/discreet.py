"""Keeps whatever a client sent out of the log, whichever part of the stack writes the line.

Gunicorn quotes malformed requests, an exception's message holds the offending value, and any other part may do either.
So a fault is logged by its type and its place in the code, and the values that others put into their lines are left
out."""

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
"""The part of an already formatted line before the first value, as in `Invalid request from ip=...`."""
WHOLE = re.compile(r"[A-Za-z ]+[.]?")
AS_LONG_AS_A_PHONE_NUMBER = 10_000_000
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
PLACES = frozenset({"", "health", "voice", "sms", "audio", "metrics"})

log = logging.getLogger(__name__)


class Discreet(logging.Filter):
    """Created in the master process, which serves no request: that process's own lines, about the start, are
    unchanged."""

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
    """A traceback as Python prints it, without the exceptions' messages."""
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
    """The constant part of a formatted line, and the type of the fault being logged, if any."""
    if WHOLE.fullmatch(line):
        return line
    kind = sys.exc_info()[0]
    first = (FIRST_WORDS.match(line) or [""])[0]
    return f"{first}{LEFT_OUT}" + (f" ({kind.__name__})" if kind else "")


class WebLog(Logger):
    """Gunicorn's logger. An access log, if the operator turns it on, has the time, the kind of request and its
    status."""

    def setup(self, cfg: Config) -> None:
        """Called again at each reload."""
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
    """Logs a fault that ends a thread here, in place of Python's own hook, which prints the exception's message."""

    def tell(ended: threading.ExceptHookArgs) -> None:
        fault = ended.exc_value or ended.exc_type()
        log.error("A thread has ended", exc_info=(ended.exc_type, fault, ended.exc_traceback))

    threading.excepthook = tell
