"""Why nothing came of a request, in words for an operator."""

from __future__ import annotations

import errno
import socket
import ssl

NO_NETWORK = (errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN)


def why_unreached(error: Exception) -> str:
    match error:
        case socket.gaierror(errno=socket.EAI_AGAIN):
            return "no name server answers; perhaps this machine has no network"
        case socket.gaierror():
            return "nobody knows that name; perhaps it is misspelt, or this machine has no network"
        case ssl.SSLCertVerificationError():
            return f"its certificate is not to be trusted ({getattr(error, 'verify_message', error)})"
        case ssl.SSLError():
            return "what listens there does not encrypt as https:// does"
        case TimeoutError():
            return "no answer came in time"
        case ConnectionRefusedError():
            return "nothing listens there"
        case OSError() if error.errno in NO_NETWORK:
            return "there is no way there; perhaps this machine has no network"
        case ConnectionError():
            return "the connection broke off before there was an answer"
        case OSError():
            return error.strerror or "the connection failed"
        case _:
            return "what answers there does not answer as a web server does"
