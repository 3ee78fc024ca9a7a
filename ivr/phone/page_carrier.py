"""The pretend carrier on the page's server: its API for the line, and what has arrived for the page."""

from contextlib import suppress
from typing import Any

from flask import Flask, Response, abort, jsonify

from ivr.phone.carrier_api import add_api
from ivr.phone.handset import Handset
from ivr.phone.insight import Insight
from ivr.phone.page_given import HandsetFactory, given, number_in
from ivr.phone.page_view import text_view
from ivr.phone.pretend_carrier import Fate, PretendCarrier, Sent, delivery_fields, unanswered_fields
from ivr.phone.refused import Refused


class Arrivals:
    """The texts and calls that arrive for a number while the page uses it. `carrier` None: nothing ever arrives."""

    def __init__(self, carrier: PretendCarrier | None, handset_factory: HandsetFactory, insight: Insight) -> None:
        self._carrier, self._handset_factory, self._insight = carrier, handset_factory, insight

    def since(self, number: str) -> dict[str, Any]:
        """By then the carrier has reported to the line what became of each text."""
        if self._carrier is None:
            return {"arrived": [], "lost": 0, "rings": None}
        texts = self._carrier.collect(number)
        for text in texts:
            self._report(text, delivery_fields(text, self._carrier.account))
        ringing = self._carrier.ringing(number)
        return {
            "arrived": [text_view(text.words, self._insight) for text in texts if not text.is_lost],
            "lost": sum(text.is_lost for text in texts),
            "rings": {"sid": ringing.sid, "from": ringing.from_} if ringing else None,
        }

    def pick_up(self, name: str) -> Sent:
        return (self._carrier and self._carrier.pick_up(name)) or abort(404, "This call does not ring any more.")

    def ring_out(self, name: str) -> None:
        call = self.pick_up(name)
        if self._carrier:
            self._report(call, unanswered_fields(call, self._carrier.account))

    def _report(self, one: Sent, fields: dict[str, str]) -> None:
        if one.report:
            with suppress(Refused):
                self._handset_factory(one.to).report(one.report, fields)


def call_path(handset: Handset, call: Sent) -> str:
    """The path of the first request of a call, relative to the address that the carrier knows."""
    base = (handset.public_url or handset.line).rstrip("/")
    if not call.url.startswith(base + "/"):
        abort(502, f"The line wants to be asked at {call.url}, which is not where it is.")
    return call.url.removeprefix(base)


def add_carrier(app: Flask, carrier: PretendCarrier | None, arrivals: Arrivals) -> None:
    def shown() -> Response:
        return jsonify(pretends=carrier is not None, fate=carrier.fate if carrier else "")

    app.add_url_rule("/carrier", "carrier", shown)
    if carrier is None:
        return

    @app.post("/carrier")
    def choose() -> Response:
        wanted = given().get("fate", "")
        if wanted not in set(Fate):
            abort(400, f"A text of the line can have the fate {', '.join(Fate)}.")
        carrier.fate = Fate(wanted)
        return shown()

    @app.post("/arrivals")
    def look() -> Response:
        return jsonify(arrivals.since(number_in(given())))

    @app.get("/rings/<number>")
    def rings(number: str) -> Response:
        return jsonify(rings=carrier.count_ringing(number))

    @app.post("/rings-out")
    def ring_out() -> Response:
        arrivals.ring_out(given().get("sid", ""))
        return jsonify({})

    add_api(app, carrier)
