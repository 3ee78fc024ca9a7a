"""Lines that can send."""

from api.mock import ACCOUNT, LINE_NUMBER

from ivr.desk.running.local import free_port, serving


def sending_env(line_env, data, api: str, port: int) -> dict[str, str]:
    return {
        **line_env,
        "DATA_DIR": str(data),
        "TWILIO_ACCOUNT_SID": ACCOUNT,
        "LINE_NUMBER": LINE_NUMBER,
        "TWILIO_API_URL": api,
        "PUBLIC_URL": f"http://127.0.0.1:{port}",
    }


def sending_line(line_env, data, api: str, *words: str, port: int | None = None, **more):
    """`words`: for gunicorn."""
    port = port or free_port()
    return serving({**sending_env(line_env, data, api, port), **more}, port, *words)
