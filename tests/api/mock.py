"""A mock of the carrier's API that others wrote (npm: emulate), running on this machine for as long as it is needed."""

import json
import re
import subprocess
import time
import urllib.error
import urllib.request
from base64 import b64encode
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from api.packages import HERE, MODULES, node

ACCOUNT = "AC" + "1" * 32
NUMBER_SID = "PN" + "1" * 32
LINE_NUMBER = "+12025550100"
START_SECONDS = 20
EVENTS = re.compile(r"<td>([^<]*)</td><td>([^<]*)</td><td>([^<]*)</td><td>(ok|failed)</td>")


@dataclass(frozen=True)
class Mock:
    """`token` is the account's; `LINE_NUMBER` is the one number that the account has."""

    address: str
    token: str

    def texts(self, to: str) -> list[dict[str, Any]]:
        return self._ask(f"{self._account()}/Messages.json?{urlencode({'To': to})}")["messages"]

    def calls(self, to: str) -> list[dict[str, Any]]:
        return self._ask(f"{self._account()}/Calls.json?{urlencode({'To': to})}")["calls"]

    def lead_to(self, line: str, fragment: str = "") -> None:
        """As an operator does in the console: where the number's texts and calls go. The mock signs the fragment."""
        urls = {"SmsUrl": f"{line}/sms{fragment}", "VoiceUrl": f"{line}/voice{fragment}"}
        self._ask(f"{self._account()}/IncomingPhoneNumbers/{NUMBER_SID}.json", urls)

    def simulate(self, what: str, **fields: str) -> dict[str, Any]:
        return self._ask(f"/_twilio/simulate/{what}", fields)

    def webhooks(self) -> list[tuple[str, str, str]]:
        """Event, address and answered status of those it has sent, the newest first, as its own pages show them."""
        with urllib.request.urlopen(f"{self.address}/?tab=webhooks", timeout=5) as page:
            rows = EVENTS.findall(page.read().decode())
        return [(unescape(event), unescape(url), status) for event, url, status, _ in rows]

    def _account(self) -> str:
        return f"/2010-04-01/Accounts/{ACCOUNT}"

    def _ask(self, path: str, fields: Mapping[str, str] | None = None) -> Any:
        signed = {"Authorization": "Basic " + b64encode(f"{ACCOUNT}:{self.token}".encode()).decode()}
        body = urlencode(fields).encode() if fields is not None else None
        request = urllib.request.Request(self.address + path, body, signed)
        with urllib.request.urlopen(request, timeout=15) as answer:
            return json.load(answer)


@contextmanager
def running(token: str, port: int, folder: Path) -> Iterator[Mock]:
    """`folder`: where what it starts with may be written."""
    seed = folder / "seed.json"
    number = {"sid": NUMBER_SID, "phone_number": LINE_NUMBER}
    seed.write_text(
        json.dumps({"twilio": {"account": {"sid": ACCOUNT, "auth_token": token}, "phone_numbers": [number]}})
    )
    command = [node(), "--require", str(HERE / "only-here.cjs"), str(MODULES / "emulate" / "dist" / "index.js")]
    options = ["start", "--service", "twilio", "--port", str(port), "--seed", str(seed)]
    with (folder / "mock.log").open("wb") as said:
        process = subprocess.Popen([*command, *options], cwd=folder, stdout=said, stderr=subprocess.STDOUT)
        try:
            mock = Mock(f"http://127.0.0.1:{port}", token)
            _await(process, mock.address, folder / "mock.log")
            yield mock
        finally:
            process.kill()
            process.wait()


def _await(process: subprocess.Popen[bytes], address: str, said: Path) -> None:
    until = time.monotonic() + START_SECONDS
    while not _answers(address):
        assert process.poll() is None, said.read_text()
        assert time.monotonic() < until, said.read_text()
        time.sleep(0.05)


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=2) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False
