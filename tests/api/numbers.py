"""A carrier's API for one number. It keeps and reports all of the number's settings, which the mock does not."""

import json
import re
import threading
from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlencode, urlsplit

from api.mock import ACCOUNT, LINE_NUMBER, NUMBER_SID

MESSAGES = f"/2010-04-01/Accounts/{ACCOUNT}/Messages.json"
NUMBERS = f"/2010-04-01/Accounts/{ACCOUNT}/IncomingPhoneNumbers"


@dataclass
class Service:
    sid: str
    numbers: list[str]
    settings: dict[str, object] = field(default_factory=lambda: {"inbound_request_url": "https://other.example.org/in"})
    campaigns: list[str] = field(default_factory=list)
    help_message: str | None = None

    def told(self) -> dict[str, object]:
        plain = {"friendly_name": f"Pool {self.sid}", "use_inbound_webhook_on_number": False}
        return {"sid": self.sid, **plain, **self.settings}

    def campaign(self, status: str) -> dict[str, object]:
        return {"campaign_status": status, "help_message": self.help_message, "help_keywords": ["HELP", "INFO"]}


@dataclass
class Carrier:
    """`settings` by the names under which they are told; `deaf`: those it takes and drops; `verifications`: None where
    it has no such thing; `asked`: methods and paths."""

    address: str
    token: str
    settings: dict[str, str | None]
    number: str = LINE_NUMBER
    deaf: tuple[str, ...] = ()
    verifications: list[dict[str, str]] | None = None
    services: list[Service] | None = None
    """Messaging Services, told one on a page; None where it has no such thing."""
    asked: list[str] = field(default_factory=list)
    messages: list[dict[str, str]] = field(default_factory=list)
    """The newest first, as Twilio lists them; told three at a time."""

    def told(self) -> dict[str, str | None]:
        return {"sid": NUMBER_SID, "phone_number": self.number, **self.settings}

    def answer(self, method: str, address: str, fields: dict[str, str], credentials: str) -> tuple[int, object]:
        parts = urlsplit(address)
        self.asked.append(f"{method} {parts.path}")
        if credentials != f"{ACCOUNT}:{self.token}":
            return 401, {"code": 20003}
        match method, parts.path:
            case "GET", path if path == f"{NUMBERS}.json":
                wanted = dict(parse_qsl(parts.query)).get("PhoneNumber")
                return 200, {"incoming_phone_numbers": [self.told()] if wanted == self.number else []}
            case "POST", path if path == f"{NUMBERS}/{NUMBER_SID}.json":
                self._set(fields)
                return 200, self.told()
            case "GET", path if path == MESSAGES:
                return 200, self._page(dict(parse_qsl(parts.query)))
            case "GET", "/v1/Tollfree/Verifications" if self.verifications is not None:
                return 200, {"verifications": self.verifications}
        if parts.path.startswith("/v1/Services") and self.services is not None:
            return self._of_services(method, parts.path.split("/")[3:], dict(parse_qsl(parts.query)), fields)
        return 404, {"code": 20404}

    def _of_services(
        self, method: str, path: list[str], query: dict[str, str], fields: dict[str, str]
    ) -> tuple[int, object]:
        """As Twilio's Messaging API v1 has them."""
        if not path:
            page, following = int(query.get("Page", 0)), None
            if page + 1 < len(self.services):
                following = f"https://messaging.twilio.com/v1/Services?PageSize=1&Page={page + 1}"
            told = [one.told() for one in self.services[page : page + 1]]
            return 200, {"services": told, "meta": {"next_page_url": following}}
        (service,) = [one for one in self.services if one.sid == path[0]]
        if method == "POST":
            assert set(fields) == {"UseInboundWebhookOnNumber"}
            service.settings["use_inbound_webhook_on_number"] = fields["UseInboundWebhookOnNumber"] == "true"
            return 200, service.told()
        if path[1] == "PhoneNumbers":
            return 200, {"phone_numbers": [{"phone_number": one} for one in service.numbers], "meta": {}}
        assert path[1:] == ["Compliance", "Usa2p"]
        return 200, {"compliance": [service.campaign(one) for one in service.campaigns], "meta": {}}

    def _page(self, query: dict[str, str]) -> dict[str, object]:
        """Twilio's own fields; it tells what the line has sent as well."""
        first = int(query.get("Page", 0)) * 3
        told = [one for one in self.messages if one["to"] == query["To"]]
        more = {**query, "Page": str(first // 3 + 1)}
        following = f"{MESSAGES}?{urlencode(more)}" if told[first + 3 :] else None
        return {"messages": told[first : first + 3], "next_page_uri": following}

    def _set(self, fields: dict[str, str]) -> None:
        for name, value in fields.items():
            key = re.sub(r"(?<!^)([A-Z])", r"_\1", name).lower()
            assert key in self.settings, f"no number has {name}"
            if name not in self.deaf:
                self.settings[key] = value


def before() -> dict[str, str | None]:
    """A new number: Twilio's own demonstration answers it, and nothing else is set."""
    names = "voice_fallback_url status_callback sms_fallback_url voice_application_sid sms_application_sid trunk_sid"
    methods = "voice_method voice_fallback_method status_callback_method sms_method sms_fallback_method"
    return {
        "voice_url": "https://demo.example.com/welcome/voice/",
        "sms_url": "https://demo.example.com/welcome/sms/reply",
        **dict.fromkeys(names.split()),
        **dict.fromkeys(methods.split(), "POST"),
    }


@contextmanager
def carrier(token: str) -> Iterator[Carrier]:
    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
            credentials = b64decode(self.headers["Authorization"].removeprefix("Basic ")).decode()
            fields = dict(parse_qsl(body, keep_blank_values=True))
            status, told = scripted.answer(self.command, self.path, fields, credentials)
            self.send_response(status)
            self.end_headers()
            self.wfile.write(json.dumps(told).encode())

        do_POST = do_GET

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Answer) as server:
        scripted = Carrier(f"http://127.0.0.1:{server.server_port}", token, before())
        threading.Thread(target=server.serve_forever, args=(0.005,), daemon=True).start()
        yield scripted
        server.shutdown()
