"""A phone on a web page: dial, press, wait and text, as JSON requests of what runs in browser/."""

import re
from base64 import b64encode
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from flask import Flask, Response, abort, jsonify, request
from werkzeug.exceptions import HTTPException

from ivr.phone.call import SURE, TALK_ENDS, Call
from ivr.phone.fragments import count_fragments
from ivr.phone.handset import Handset
from ivr.phone.open_calls import OpenCalls
from ivr.phone.origin import FindOrigins, Origin, unknown
from ivr.phone.page_guard import guard
from ivr.phone.refused import UNREACHABLE, NotNow, Refused
from ivr.phone.sounds import Audible, Silence, Sound, Speech
from ivr.phone.why import TellWhy, untold

BROWSER = Path(__file__).parent / "browser"
"""What runs in the browser: served as it stands."""
KINDS = {".html": "text/html", ".css": "text/css", ".js": "text/javascript"}
WITHHELD = "withheld"
WITHHELD_NUMBER = "anonymous"

HandsetFactory = Callable[[str], Handset]
FindPlace = Callable[[str, str], str | None]
"""From a place, named as writers of the line do, and a language to the address that says it once # is pressed there.
None for a place that does not exist."""
Problem = tuple[Response, int]


def create_page(
    handset_factory: HandsetFactory,
    find_origins: FindOrigins = unknown,
    open_calls: OpenCalls | None = None,
    tell_why: TellWhy = untold,
    find_place: FindPlace | None = None,
) -> Flask:
    """`handset_factory` makes a handset for the number that the call or text comes from."""
    app = Flask(__name__, static_folder=None)
    guard(app)
    app.register_error_handler(HTTPException, _explain_http)
    app.register_error_handler(Refused, _explain_refused)
    app.register_error_handler(NotNow, _explain_not_now)
    for file in sorted(file for file in BROWSER.iterdir() if file.suffix in KINDS):
        app.add_url_rule("/" if file.name == "index.html" else f"/{file.name}", file.name, _sender(file))
    _add_calls(app, handset_factory, find_origins, OpenCalls() if open_calls is None else open_calls, find_place)
    _add_texts(app, handset_factory, find_origins, tell_why)
    return app


def _add_calls(
    app: Flask,
    handset_factory: HandsetFactory,
    find_origins: FindOrigins,
    calls: OpenCalls,
    find_place: FindPlace | None,
) -> None:
    @app.post("/calls")
    def dial() -> Response:
        call = _dialled(handset_factory(_number()), find_place)
        return jsonify(id=calls.add(call), **_view(call, call.history, find_origins))

    @app.post("/calls/<key>/<act>")
    def act(key: str, act: str) -> Response:
        do = ACTS.get(act) or abort(404)
        try:
            with calls.use(key) as call:
                told = len(call.history)
                do(call, _given())
                return jsonify(id=key, **_view(call, call.history[told:], find_origins))
        except KeyError:
            abort(404, "This call is over.")


def _dialled(handset: Handset, find_place: FindPlace | None) -> Call:
    """At the greeting, or at the place that is asked for."""
    place = _given().get("at", "")
    if not place:
        return handset.call()
    address = find_place(place, _given().get("language", "")) if find_place else None
    if address is None:
        abort(404, f"The line has no place called {place}.")
    return replace(handset, voice_url=address).call("#")


def _press(call: Call, given: Mapping[str, str]) -> None:
    keys = given.get("keys", "")
    if not re.fullmatch(r"[0-9*#]+", keys):
        abort(400, "The keys of a phone are 0 to 9, * and #.")
    call.press(keys)


def _say(call: Call, given: Mapping[str, str]) -> None:
    words, sure = given.get("words", "").strip(), given.get("confidence", "")
    if not words:
        abort(400, "Write what you say.")
    if not re.fullmatch(r"(0(\.\d+)?|1(\.0+)?)?", sure):
        abort(400, "How sure the browser is, is a number from 0 to 1.")
    if call.listening is None or not call.listening.takes_speech:
        abort(409, "The line does not listen to words just now.")
    call.say(words, float(sure) if sure else SURE)


def _dial_ends(call: Call, given: Mapping[str, str]) -> None:
    status = given.get("status", "")
    if status not in TALK_ENDS:
        abort(400, f"A dialled talk can end as {', '.join(TALK_ENDS)}.")
    call.dial_ends(status)


ACTS: Mapping[str, Callable[[Call, Mapping[str, str]], None]] = {
    "press": _press,
    "say": _say,
    "wait": lambda call, _: call.wait(),
    "hang-up": lambda call, _: call.hang_up(),
    "dial-ends": _dial_ends,
}


def _add_texts(app: Flask, handset_factory: HandsetFactory, find_origins: FindOrigins, tell_why: TellWhy) -> None:
    @app.post("/texts")
    def text() -> Response:
        number = _number()
        if number == WITHHELD_NUMBER:
            abort(400, "A text cannot be sent from a withheld number.")
        words = _given().get("words", "")
        answer = handset_factory(number).text(words)
        if answer.refused:
            raise answer.refused
        why = [asdict(remark) for remark in tell_why(number, words)]
        return jsonify(texts=[_text(text, find_origins) for text in answer.texts], why=why)


def _given() -> Mapping[str, str]:
    given = request.get_json()
    if not isinstance(given, dict) or not all(isinstance(value, str) for value in given.values()):
        abort(400, "Send a JSON object of texts.")
    return given


def _number() -> str:
    number = re.sub(r"[\s().-]", "", _given().get("number", ""))
    if number.lower() == WITHHELD:
        return WITHHELD_NUMBER
    if not re.fullmatch(r"\+?[0-9]{3,15}", number):
        abort(400, "Write the number you call from like +12025550143, or withhold it.")
    return number


def _text(text: str, find_origins: FindOrigins) -> dict[str, Any]:
    count = count_fragments(text)
    origins = dict.fromkeys(origin for origin in find_origins(text.splitlines()) if origin)
    return {
        "text": text,
        "fragments": count.count,
        "encoding": count.encoding,
        "origins": [asdict(origin) for origin in origins],
    }


def _view(call: Call, turns: Iterable[tuple[Audible, ...]], find_origins: FindOrigins) -> dict[str, Any]:
    """`turns`: those that the page has not been told of."""
    heard = [item for turn in turns for item in turn]
    origins = find_origins([_words(item) for item in heard])
    listening = call.listening
    return {
        "heard": [_shown(item, origin) for item, origin in zip(heard, origins, strict=True)],
        "waits": listening.timeout if listening else None,
        "hears": listening.language if listening and listening.takes_speech else None,
        "dialling": call.dialling,
        "ended": call.ended,
    }


def _words(item: Audible) -> str:
    """None of a recording that the line did not hand out."""
    if isinstance(item, Silence) or (isinstance(item, Sound) and not item.data):
        return ""
    return item.text


def _shown(item: Audible, origin: Origin | None) -> dict[str, Any]:
    source = asdict(origin) if origin else None
    shown = {"text": _words(item), "seconds": item.seconds, "origin": source}
    match item:
        case Speech():
            return {**shown, "language": item.language, "rate": item.rate}
        case Sound() if item.data:
            return {**shown, "sound": f"data:{item.content_type};base64,{b64encode(item.data).decode()}"}
        case _:
            return {"seconds": item.seconds}


def _sender(file: Path) -> Callable[[], Response]:
    return lambda: Response(file.read_bytes(), content_type=f"{KINDS[file.suffix]}; charset=utf-8")


def _problem(sentence: str, status: int) -> Problem:
    return jsonify(error=sentence), status


def _explain_http(error: HTTPException) -> Problem:
    return _problem(error.description or error.name, error.code or 500)


def _explain_not_now(not_now: NotNow) -> Problem:
    return _problem(f"Not now: {not_now}.", 409)


def _explain_refused(refused: Refused) -> Problem:
    if refused.code == UNREACHABLE:
        return _problem("The line does not answer. Is it running?", 502)
    return _problem(f"The call broke off. A carrier would log {refused}.", 502)
