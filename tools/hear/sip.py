"""Just enough of SIP over UDP to take calls on loopback: INVITE, BYE, OPTIONS and INFO."""

from __future__ import annotations

import re
import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass

HOST = "127.0.0.1"
SHORT_NAMES = {"v": "via", "f": "from", "t": "to", "i": "call-id", "m": "contact"}
TAG = "hear"
LONGEST_MESSAGE = 65535


@dataclass(frozen=True, slots=True)
class Request:
    method: str
    headers: tuple[tuple[str, str], ...]
    """Full names in lower case. Some occur several times."""
    body: str

    def all_of(self, name: str) -> list[str]:
        return [value for known, value in self.headers if known == name]

    def one(self, name: str) -> str:
        return next(iter(self.all_of(name)), "")


@dataclass(frozen=True, slots=True)
class Offer:
    """Where the caller wants to receive sound, and the payload type of keys."""

    peer: tuple[str, int]
    key_type: int


def parse(message: str) -> Request:
    head, _, body = message.partition("\r\n\r\n")
    first, *lines = head.split("\r\n")
    pairs = (line.partition(":") for line in lines)
    headers = ((name.strip().lower(), value.strip()) for name, _, value in pairs)
    return Request(first.split(" ")[0], tuple((SHORT_NAMES.get(name, name), value) for name, value in headers), body)


def offer_in(body: str) -> Offer | None:
    """None without sound, or without an address."""
    address, port = re.search(r"c=IN IP4 (\S+)", body), re.search(r"m=audio (\d+)", body)
    if not (address and port):
        return None
    keys = re.search(r"a=rtpmap:(\d+) telephone-event/8000", body)
    return Offer((address[1], int(port[1])), int(keys[1]) if keys else 101)


def answer_to(offer: Offer, port: int) -> str:
    """Offers PCMU and keys, nothing else."""
    lines = [
        *("v=0", f"o=- 1 1 IN IP4 {HOST}", "s=-", f"c=IN IP4 {HOST}", "t=0 0"),
        f"m=audio {port} RTP/AVP 0 {offer.key_type}",
        "a=rtpmap:0 PCMU/8000",
        f"a=rtpmap:{offer.key_type} telephone-event/8000",
        f"a=fmtp:{offer.key_type} 0-15",
        *("a=ptime:20", "a=sendrecv"),
    ]
    return "".join(f"{line}\r\n" for line in lines)


def response(status: str, request: Request, port: int, body: str = "") -> str:
    to = request.one("to")
    lines = [
        f"SIP/2.0 {status}",
        *(f"Via: {via}" for via in request.all_of("via")),
        *(f"Record-Route: {route}" for route in request.all_of("record-route")),
        f"From: {request.one('from')}",
        f"To: {to if 'tag=' in to else f'{to};tag={TAG}'}",
        f"Call-ID: {request.one('call-id')}",
        f"CSeq: {request.one('cseq')}",
        f"Contact: <sip:line@{HOST}:{port}>",
        *(["Content-Type: application/sdp"] if body else []),
        f"Content-Length: {len(body)}",
    ]
    return "".join(f"{line}\r\n" for line in lines) + f"\r\n{body}"


class Exchange:
    """`takes_call`: given what the caller offers, the port where the line's sound comes from. `hung_up`: once the
    caller is gone."""

    def __init__(self, takes_call: Callable[[Offer], int], hung_up: Callable[[], None]) -> None:
        self._takes_call, self._hung_up = takes_call, hung_up
        self._answers: dict[str, str] = {}
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind((HOST, 0))
        self._open = True
        threading.Thread(target=self._serve, daemon=True).start()

    @property
    def port(self) -> int:
        return int(self._socket.getsockname()[1])

    def close(self) -> None:
        """Sends itself a datagram to end the wait for one: closing the socket does not."""
        self._open = False
        self._socket.sendto(b"", (HOST, self.port))

    def _serve(self) -> None:
        with self._socket:
            while self._open:
                message, sender = self._socket.recvfrom(LONGEST_MESSAGE)
                if answer := self._answer(parse(message.decode(errors="replace"))):
                    self._socket.sendto(answer.encode(), sender)

    def _answer(self, request: Request) -> str:
        match request.method:
            case "INVITE":
                return self._invited(request)
            case "BYE":
                self._hung_up()
                return response("200 OK", request, self.port)
            case "OPTIONS" | "INFO" | "CANCEL":
                return response("200 OK", request, self.port)
            case _:
                return ""

    def _invited(self, request: Request) -> str:
        """The same answer to the same call: over UDP a request may be repeated."""
        call = request.one("call-id")
        if call not in self._answers:
            offer = offer_in(request.body)
            body = answer_to(offer, self._takes_call(offer)) if offer else ""
            self._answers[call] = response("200 OK" if body else "488 Not Acceptable Here", request, self.port, body)
        return self._answers[call]
