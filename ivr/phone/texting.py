"""Parses the answer to a text as the carrier does."""

from dataclasses import dataclass
from xml.etree.ElementTree import Element

from ivr.phone.carrier_rules import check_texting
from ivr.phone.fragments import Encoding, count_fragments
from ivr.phone.refused import FALLS_BACK, Refused
from ivr.phone.twiml_reader import parse
from ivr.phone.wire import Fetched, Wire, resolve

LONGEST_BODY = 1600
MOST_TEXTS = 10
MOST_REDIRECTS = 10


@dataclass(frozen=True)
class TextsReceived:
    """`refused`: the texter got nothing and is not told; the carrier logged this."""

    texts: tuple[str, ...] = ()
    document: str = ""
    answer_seconds: float = 0.0
    refused: Refused | None = None

    @property
    def fragments(self) -> tuple[int, ...]:
        return tuple(count_fragments(text).count for text in self.texts)

    @property
    def encoding(self) -> tuple[Encoding, ...]:
        return tuple(count_fragments(text).encoding for text in self.texts)


def send_text(wire: Wire, text_url: str, fields: dict[str, str], fallback_url: str | None = None) -> TextsReceived:
    """Never raises: what the carrier did not accept, or did not get, is in `refused`."""
    url = wire.public_url + text_url
    answer = _ask(wire, "POST", url, fields)
    if answer.refused and fallback_url is not None and answer.refused.code in FALLS_BACK:
        return _ask(wire, "GET", fallback_url, {**fields, "ErrorCode": str(answer.refused.code), "ErrorUrl": url})
    return answer


def _ask(wire: Wire, method: str, url: str, fields: dict[str, str]) -> TextsReceived:
    fetched = Fetched(b"", "", 0.0)
    try:
        for _ in range(MOST_REDIRECTS):
            fetched = wire.ask(method, url, fields)
            texts, redirect = read_texts(fetched)
            if redirect is None:
                return _answer(fetched, texts)
            method, url = "POST", resolve(url, redirect)
        raise Refused(11215, f"{MOST_REDIRECTS} redirects and no answer")
    except Refused as refused:
        return _answer(fetched, (), refused)


def read_texts(fetched: Fetched) -> tuple[tuple[str, ...], str | None]:
    """The bodies, and the target of a Redirect; anything after a Redirect is ignored."""
    response = parse(fetched.document, fetched.content_type)
    check_texting(response)
    texts: list[str] = []
    for verb in response:
        if verb.tag == "Redirect":
            return tuple(texts), (verb.text or "").strip()
        texts.append(_body(verb))
    if len(texts) > MOST_TEXTS:
        raise Refused(14109, f"{len(texts)} texts in one answer; the carrier sends {MOST_TEXTS}")
    return tuple(texts), None


def _body(text: Element) -> str:
    bodies = [body.text or "" for body in text.findall("Body")] or [text.text or ""]
    words = "".join(bodies)
    if not words.strip() and text.find("Media") is None:
        raise Refused(14103, "<Message> has no words")
    if len(words) > LONGEST_BODY:
        raise Refused(21617, f"<Message> has {len(words)} characters; the carrier sends {LONGEST_BODY}")
    return words


def _answer(fetched: Fetched, texts: tuple[str, ...], refused: Refused | None = None) -> TextsReceived:
    return TextsReceived(texts, fetched.document.decode(errors="replace"), fetched.seconds, refused)
