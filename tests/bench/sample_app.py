"""A turn as the tutorials of the field write it: the carrier's own signature check, a session in a Redis hash for each
call, TwiML built with the helper library, a menu as long as ours."""

import os

import redis
from flask import Flask, Response, abort, request
from twilio.request_validator import RequestValidator
from twilio.twiml.voice_response import Gather, VoiceResponse

SESSION_SECONDS = 3600
MENU = (
    "Main menu.",
    "For types of treatment, press 1.",
    "For what your choice depends on, press 2.",
    "For questions to ask your doctor, press 3.",
    "For warning signs that need help today, press 4.",
    "For more about this line, press 5.",
    "To talk with a person, press 0.",
    "To hear this again, press pound.",
)

app = Flask(__name__, static_folder=None)
validator = RequestValidator(os.environ["TWILIO_AUTH_TOKEN"])
sessions = redis.Redis.from_url(os.environ["REDIS_URL"], decode_responses=True)


@app.post("/voice")
def voice() -> Response:
    if not validator.validate(request.url, request.form, request.headers.get("X-Twilio-Signature", "")):
        abort(403)
    key = f"session:{request.form['CallSid']}"
    session = sessions.hgetall(key)
    sessions.hset(key, mapping={"step": int(session.get("step", 0)) + 1, "digits": request.form.get("Digits", "")})
    sessions.expire(key, SESSION_SECONDS)
    response = VoiceResponse()
    gather = Gather(num_digits=1, action="/voice", method="POST", timeout=10)
    for words in MENU:
        gather.say(words, voice="Polly.Joanna-Neural", language="en-US")
    response.append(gather)
    response.redirect("/voice", method="POST")
    return Response(str(response), mimetype="text/xml")
