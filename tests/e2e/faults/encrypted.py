"""Encryption in front of a store: the server that the line brings along is built without it."""

import select
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

import trustme

from ivr.desk.running.local import HOST

HANDSHAKE = b"\x16"
"""What an encrypted connection begins with."""


def context_of(certificate: trustme.LeafCert) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(context)
    return context


def expired(authority: trustme.CA) -> trustme.LeafCert:
    return authority.issue_cert(
        HOST, not_before=datetime(2020, 1, 1, tzinfo=UTC), not_after=datetime(2021, 1, 1, tzinfo=UTC)
    )


def self_signed(folder: Path) -> tuple[ssl.SSLContext, Path]:
    """As hosted stores show it, and the file of that certificate. It is for no name."""
    folder.mkdir()
    both = trustme.CA()
    certificate, key = in_file(both.cert_pem, folder / "own.pem"), in_file(both.private_key_pem, folder / "own.key")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    return context, certificate


def in_file(blob: trustme.Blob, path: Path) -> Path:
    blob.write_to_path(str(path))
    return path


@contextmanager
def encrypting(store: int, context: ssl.SSLContext, clear_too: bool = False) -> Iterator[int]:
    """The port where the store at another port is reached with encryption. `clear_too`: also without, as servers that
    belong together reach each other."""
    listener = socket.create_server((HOST, 0), backlog=64)

    def serve(client: socket.socket) -> None:
        with client, suppress(OSError), socket.create_connection((HOST, store), 2) as server:
            if not clear_too or client.recv(1, socket.MSG_PEEK) == HANDSHAKE:
                with context.wrap_socket(client, server_side=True) as encrypted:
                    _hand_on(encrypted, server)
            else:
                _hand_on(client, server)

    def accept() -> None:
        with suppress(OSError):
            while True:
                client, _ = listener.accept()
                threading.Thread(target=serve, args=(client,), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    try:
        yield listener.getsockname()[1]
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()


def _hand_on(client: socket.socket, server: socket.socket) -> None:
    """In one thread: an encrypted socket may not be read in one and written in another."""
    other = {client: server, server: client}
    while True:
        for ready in select.select([client, server], [], [])[0]:
            data = ready.recv(65536)
            while isinstance(ready, ssl.SSLSocket) and ready.pending():
                data += ready.recv(65536)
            if not data:
                return
            other[ready].sendall(data)
