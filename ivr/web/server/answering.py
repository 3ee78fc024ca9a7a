"""Answers a request that has arrived in full: gunicorn's parser, the application, gunicorn's response. Nothing here
waits for a client."""

from __future__ import annotations

from collections.abc import MutableMapping
from datetime import UTC, datetime
from typing import Any, cast

from gunicorn.http import Request
from gunicorn.http.errors import NoMoreData
from gunicorn.http.wsgi import Response, create
from gunicorn.workers.base import Worker

from ivr.web.server.connection import ClientConnection


class AnsweringWorker(Worker):
    """`max_requests`, hooks and logging work as in gunicorn's own workers."""

    def answer(self, connection: ClientConnection) -> None:
        """Never raises. Leaves the response in the connection, to be sent by the loop."""
        request: Request | None = None
        try:
            request = next(connection.parser)
            self._respond(connection, request)
            connection.parser.finish_body()
            connection.may_go_on &= connection.is_read()
        except (NoMoreData, StopIteration):  # The request is incomplete.
            connection.may_go_on = False
        except Exception as fault:
            connection.may_go_on = False
            connection.going.clear()
            self._refuse(connection, request, fault)
        connection.write()

    def _refuse(self, connection: ClientConnection, request: Request | None, fault: Exception) -> None:
        try:
            self.handle_error(request, cast(Any, connection), connection.client, fault)
        except Exception as another:
            self.log.error("A fault could not be answered: %s", type(another).__name__)

    def _respond(self, connection: ClientConnection, request: Request) -> None:
        response: Response | None = None
        environ: MutableMapping[str, Any] = {}
        began = datetime.now(UTC)
        self.cfg.pre_request(self, request)
        try:
            made, environ = create(request, cast(Any, connection), connection.client, connection.server, self.cfg)
            response = made
            environ["wsgi.multithread"] = True
            self._count()
            if not (connection.may_go_on and self.alive and self.cfg.keepalive):
                response.force_close()
            self._run(environ, response)
            self.log.access(response, request, environ, datetime.now(UTC) - began)
            connection.may_go_on &= not response.should_close()
        finally:
            self.cfg.post_request(self, request, environ, response)

    def _run(self, environ: MutableMapping[str, Any], response: Response) -> None:
        body = self.wsgi(environ, cast(Any, response.start_response))
        try:
            for piece in body:
                response.write(piece)
            response.close()
        finally:
            if hasattr(body, "close"):
                body.close()

    def _count(self) -> None:
        self.nr += 1
        if self.nr >= self.max_requests and self.alive:
            self.log.info("Autorestarting worker after current request.")
            self.alive = False
