"""How the line is served. Every number here is an upper bound on what a caller may have to wait for."""

import ctypes
import gc
import logging
import logging.config
import os
import subprocess
import sys
from contextlib import suppress

from ivr.settings import CannotStart
from ivr.settings.env_file import take_env_file
from ivr.settings.serving import Serving
from ivr.web.discreet import tell_of_threads

# Reading content makes hundreds of thousands of objects and no garbage: looking for some takes a fifth of the time.
gc.disable()

try:
    take_env_file(os.environ)
    serving = Serving.from_env(os.environ)
except CannotStart as wrong:
    raise SystemExit(str(wrong)) from None
bind = serving.bind

# A turn takes a few milliseconds and waits for nothing but the store, whose time-outs are under a second. What a caller
# asks the carrier's API for may wait for seconds: four at once (carrier/twilio/api.py), and two that are delivered
# again (web/outbound.py), so that half of the threads are always there for everyone else.
workers = serving.workers
threads = 12
# A connection takes a thread only while a whole request is answered (docs/decisions/019-*). So many may be open in each
# worker: half of the files that a process may have open on most machines. Beyond that, the longest idle are closed.
worker_connections = 500
worker_class = "ivr.web.server.worker.Worker"

# Settings and content are read once, before the first worker: what the line could fall over on stops the start, in
# plain words. So a reload (HUP) renews the workers only; USR2 starts a server with what is new beside the old one.
preload_app = True

# Seconds in which the whole check has to be done; it takes less than one.
CHECK_SECONDS = 60


def when_ready(_server):
    """Before the first worker: what is there then is for good, and no worker goes through it for garbage."""
    give_back()
    gc.freeze()
    gc.enable()


def give_back():
    """Has the C library give memory that reading content took for a moment back to the machine: 4 MB of every worker.
    Only glibc can be told to."""
    with suppress(AttributeError, OSError):
        ctypes.CDLL(None).malloc_trim(0)


def on_reload(server):
    """SIGHUP: content is read anew before the workers are replaced. With a mistake in it, the old words stay. Whatever
    goes wrong: a fault in here would stop the whole server."""
    try:
        check_content()
        server.app.callable = server.app.load()
        gc.unfreeze()
        gc.collect()  # Or else the line from before lives on in the new workers, with a thread of its own.
        give_back()
        gc.freeze()
    except Exception as reason:
        unforeseen = not isinstance(reason, CannotStart)
        server.log.error("The line goes on with the words from before. Mend this:\n%s", reason, exc_info=unforeseen)


def check_content():
    """In a process of its own: no serving process holds what the rules on words need."""
    command = [sys.executable, "-m", "ivr.audit"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=CHECK_SECONDS, check=False)  # noqa: S603
    if done.returncode:
        raise CannotStart(done.stderr.strip())


# The carrier gives up after 15 seconds: a worker that hangs is replaced before that, and a restart lets turns finish.
timeout = 12
graceful_timeout = 12
keepalive = 75

# No header says where a request came to: PUBLIC_URL does. (Gunicorn would believe a proxy on this machine.)
forwarded_allow_ips = ""

# A turn's line says what kind of turn it was, where, how long it took and how the store is; never who. So there is no
# access log: its lines would add addresses, and nothing that a turn's line does not say.
accesslog = None

# Nothing that somebody sent, from any part of the stack. An access log that is turned on after all is kept to that too.
logger_class = "ivr.web.discreet.WebLog"
tell_of_threads()

# Not as gunicorn's logconfig_dict: with that it makes up an access line for each request, and throws it away.
# What no line says is not looked up for it (the library's own way to say so): the thread, the place in the code.
logging.logThreads = logging.logMultiprocessing = False
logging._srcfile = None
logging.config.dictConfig(
    {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
        "filters": {"discreet": {"()": "ivr.web.discreet.Discreet"}},
        "handlers": {"gathering": {"()": "ivr.web.log.Gathering", "formatter": "line", "filters": ["discreet"]}},
        "root": {"level": "WARNING", "handlers": ["gathering"]},
        "loggers": {"ivr": {"level": serving.log_level}},
    }
)

# No control socket: the line is steered by its process manager alone.
control_socket_disable = True
