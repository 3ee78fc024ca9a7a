"""An application whose answers are larger than what any network holds for a client that does not take them."""

LARGE = b"x" * 16_000_000


def app(environ, start_response):
    body = LARGE if environ["PATH_INFO"] == "/large" else b"well"
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(len(body)))])
    return [body]
