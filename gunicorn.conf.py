"""How the line is served. Every number here is an upper bound on what a caller may have to wait for."""

import os

bind = f"0.0.0.0:{os.environ.get('PORT', '8000')}"

# A turn takes a few milliseconds and waits for nothing but the store, whose time-outs are under a second.
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = 8
worker_class = "gthread"

# Settings and content are read and checked once, before the first worker: a mistake stops the start, in plain words.
# So a reload (HUP) renews the workers only; USR2 starts a server with what is new beside the old one.
preload_app = True

# The carrier gives up after 15 seconds: a worker that hangs is replaced before that, and a restart lets turns finish.
timeout = 12
graceful_timeout = 12
keepalive = 75

# Paths hold places, not people; still, no line a request: counting is the report's business.
accesslog = None

# No control socket: the line is steered by its process manager alone.
control_socket_disable = True
