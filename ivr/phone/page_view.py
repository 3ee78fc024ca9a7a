"""Calls and texts in the form that the page shows: values for JSON."""

from __future__ import annotations

from base64 import b64encode
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from ivr.phone.call import Call
from ivr.phone.fragments import count_fragments
from ivr.phone.insight import Insight
from ivr.phone.origin import Origin
from ivr.phone.sounds import Audible, Silence, Sound, Speech
from ivr.phone.why import Remark


@dataclass(frozen=True)
class Seen:
    """How much of a call the page already has."""

    turns: int = 0
    documents: int = 0
    warnings: int = 0

    @classmethod
    def all_of(cls, call: Call) -> Seen:
        return cls(len(call.history), len(call.documents), len(call.warnings))


def call_view(call: Call, seen: Seen, insight: Insight) -> dict[str, Any]:
    heard = [item for turn in call.history[seen.turns :] for item in turn]
    origins = insight.find_origins([_words(item) for item in heard])
    listening = call.listening
    return {
        "heard": [_shown(item, origin) for item, origin in zip(heard, origins, strict=True)],
        "measured": _measured(heard, insight),
        "came": _came(call.documents[seen.documents :]),
        "warnings": list(call.warnings[seen.warnings :]),
        "waits": listening.timeout if listening else None,
        "hears": listening.language if listening and listening.takes_speech else None,
        "dialling": call.dialling,
        "ended": call.ended,
    }


def text_view(text: str, insight: Insight) -> dict[str, Any]:
    count = count_fragments(text)
    origins = dict.fromkeys(origin for origin in insight.find_origins(text.splitlines()) if origin)
    language = _most(origin.language for origin in origins) or insight.tell_language(text)
    return {
        "text": text,
        "fragments": count.count,
        "encoding": count.encoding,
        "language": language,
        "ease": insight.measure_ease(" ".join(text.splitlines()[1:]) or text, language),
        "origins": [{"file": origin.file, "part": origin.part} for origin in origins],
    }


def texts_view(
    texts: Iterable[str], document: str, seconds: float, why: Iterable[Remark], insight: Insight
) -> dict[str, Any]:
    return {
        "texts": [text_view(text, insight) for text in texts],
        "came": _came([(document, seconds)]),
        "why": [asdict(remark) for remark in why],
    }


def _came(documents: Iterable[tuple[str, float]]) -> list[dict[str, Any]]:
    return [{"document": document, "seconds": round(seconds, 3)} for document, seconds in documents]


def _measured(heard: list[Audible], insight: Insight) -> dict[str, Any] | None:
    """Measures of a turn, with how hard it is to understand in the language of most of its words. None: nothing was
    said."""
    spoken = [(_words(item), _language(item)) for item in heard]
    language = _most(tongue for words, tongue in spoken for _ in words.split())
    words = " ".join(words for words, tongue in spoken if words and tongue == language)
    if not words:
        return None
    return {
        "seconds": round(sum(item.seconds for item in heard), 1),
        "words": sum(len(words.split()) for words, _ in spoken),
        "ease": insight.measure_ease(words, language),
    }


def _most(languages: Iterable[str]) -> str:
    return max(Counter(languages).items(), key=lambda item: item[1], default=("", 0))[0]


def _language(item: Audible) -> str:
    return item.language if isinstance(item, Speech) else ""


def _words(item: Audible) -> str:
    """The words of an item; none for a recording that the line did not serve."""
    if isinstance(item, Silence) or (isinstance(item, Sound) and not item.data):
        return ""
    return item.text


def _shown(item: Audible, origin: Origin | None) -> dict[str, Any]:
    source = {"file": origin.file, "part": origin.part} if origin else None
    shown = {"text": _words(item), "seconds": item.seconds, "origin": source}
    match item:
        case Speech():
            return {**shown, "language": item.language, "rate": item.rate}
        case Sound() if item.data:
            return {**shown, "sound": f"data:{item.content_type};base64,{b64encode(item.data).decode()}"}
        case _:
            return {"seconds": item.seconds}
