"""Carries out the page's requests: calls, keys, silence, words, texts."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from flask import Flask, Response, abort, jsonify

from ivr.phone.call import SURE, TALK_ENDS, Call
from ivr.phone.handset import Handset
from ivr.phone.insight import Insight
from ivr.phone.open_calls import OpenCalls
from ivr.phone.page_carrier import Arrivals, call_path
from ivr.phone.page_given import WITHHELD_NUMBER, Given, HandsetFactory, given, number_in
from ivr.phone.page_view import Seen, call_view, texts_view
from ivr.phone.pretend_carrier import Sent, answered_fields


def add_calls(
    app: Flask, handset_factory: HandsetFactory, insight: Insight, calls: OpenCalls, arrivals: Arrivals
) -> None:
    def view(key: str, call: Call, seen: Seen) -> Response:
        return jsonify(id=key, **call_view(call, seen, insight), **arrivals.since(call.caller))

    @app.post("/calls")
    def dial() -> Response:
        handset = handset_factory(number_in(given()))
        rings = given().get("answers", "")
        call = _answered(handset, arrivals.pick_up(rings)) if rings else _dialled(handset, insight)
        return view(calls.add(call), call, Seen())

    @app.post("/calls/<key>/<act>")
    def act(key: str, act: str) -> Response:
        do = ACTS.get(act) or abort(404)
        try:
            with calls.use(key) as call:
                seen = Seen.all_of(call)
                do(call, given())
                return view(key, call, seen)
        except KeyError:
            abort(404, "This call is over.")


def add_texts(app: Flask, handset_factory: HandsetFactory, insight: Insight, arrivals: Arrivals) -> None:
    @app.post("/texts")
    def text() -> Response:
        number = number_in(given())
        if number == WITHHELD_NUMBER:
            abort(400, "A text cannot be sent from a withheld number.")
        words = given().get("words", "")
        answer = handset_factory(number).text(words)
        if answer.refused:
            raise answer.refused
        why = insight.tell_why(number, words)
        view = texts_view(answer.texts, answer.document, answer.answer_seconds, why, insight)
        return jsonify(**view, **arrivals.since(number))


def _dialled(handset: Handset, insight: Insight) -> Call:
    """A new call, at the greeting or at the requested place."""
    place = given().get("at", "")
    if not place:
        return handset.call()
    address = insight.find_place(place, given().get("language", ""))
    if address is None:
        abort(404, f"The line has no place called {place}. One that was saved just now is there in a few seconds.")
    return replace(handset, voice_url=address).call("#")


def _answered(handset: Handset, ringing: Sent) -> Call:
    """Answers a call that the line made."""
    return replace(handset, voice_url=call_path(handset, ringing)).call(**answered_fields(ringing))


def _press(call: Call, sent: Given) -> None:
    keys = sent.get("keys", "")
    if not re.fullmatch(r"[0-9*#]+", keys):
        abort(400, "The keys of a phone are 0 to 9, * and #.")
    call.press(keys)


def _say(call: Call, sent: Given) -> None:
    words, sure = sent.get("words", "").strip(), sent.get("confidence", "")
    if not words:
        abort(400, "Write what you say.")
    if not re.fullmatch(r"(0(\.\d+)?|1(\.0+)?)?", sure):
        abort(400, "How sure the browser is, is a number from 0 to 1.")
    if call.listening is None or not call.listening.takes_speech:
        abort(409, "The line does not listen to words just now.")
    call.say(words, float(sure) if sure else SURE)


def _dial_ends(call: Call, sent: Given) -> None:
    status = sent.get("status", "")
    if status not in TALK_ENDS:
        abort(400, f"A dialled talk can end as {', '.join(TALK_ENDS)}.")
    call.dial_ends(status)


ACTS: Mapping[str, Callable[[Call, Given], None]] = {
    "press": _press,
    "say": _say,
    "wait": lambda call, _: call.wait(),
    "hang-up": lambda call, _: call.hang_up(),
    "dial-ends": _dial_ends,
}
