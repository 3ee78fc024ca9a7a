"""The pretend carrier's REST API, for the line's own client."""

from flask import Flask, abort, request

from ivr.phone.pretend_carrier import Answer, PretendCarrier
from ivr.phone.request_fields import API_VERSION

ACCOUNTS = f"/{API_VERSION}/Accounts/<account>"


def add_api(app: Flask, carrier: PretendCarrier) -> None:
    @app.post(f"{ACCOUNTS}/Messages.json")
    def message(account: str) -> Answer:
        _let_in(carrier, account)
        return carrier.take_text(request.form)

    @app.post(f"{ACCOUNTS}/Calls.json")
    def call(account: str) -> Answer:
        _let_in(carrier, account)
        return carrier.take_call(request.form)

    @app.get(f"{ACCOUNTS}/IncomingPhoneNumbers.json")
    def numbers(account: str) -> Answer:
        _let_in(carrier, account)
        wanted = request.args.get("PhoneNumber", "")
        found = [one.told() for one in carrier.numbers if wanted in ("", one.number)]
        return {"incoming_phone_numbers": found}, 200

    @app.post(f"{ACCOUNTS}/IncomingPhoneNumbers/<name>.json")
    def number(account: str, name: str) -> Answer:
        _let_in(carrier, account)
        found = next((one for one in carrier.numbers if one.sid == name), None) or abort(404)
        found.set(request.form)
        return found.told(), 200


def _let_in(carrier: PretendCarrier, account: str) -> None:
    sent = request.authorization
    if account != carrier.account or sent is None or not carrier.knows(sent.username, sent.password):
        abort(401, "Authenticate with the account and its token.")
