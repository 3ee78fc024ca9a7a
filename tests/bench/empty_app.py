"""What no Flask application can be faster than: a route that does nothing."""

from flask import Flask

app = Flask(__name__, static_folder=None)


@app.post("/")
def nothing() -> str:
    return ""
