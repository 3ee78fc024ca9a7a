"""What a text is read with is made before the server forks: no worker's first text pays for it."""

import pkgutil
from importlib import import_module

import pytest
from posting import signature

import ivr.listening
from ivr.settings import Settings
from ivr.web.app import create_app

URL = "http://localhost/sms"


def kept_by_listening():
    """Every cache of the listening, by its name."""
    modules = [import_module(f"ivr.listening.{found.name}") for found in pkgutil.iter_modules(ivr.listening.__path__)]
    kept = {f"{one.__module__}.{name}": one for module in modules for name, one in vars(module).items() if is_kept(one)}
    assert "ivr.listening.listening.listening_of" in kept
    assert len(kept) >= 5
    return kept


def is_kept(one):
    return hasattr(one, "cache_info")


@pytest.fixture(scope="module")
def app(line_env):
    return create_app(Settings.from_env({**line_env, "TWILIO_AUTH_TOKEN": "token", "REDIS_URL": "unix:///no-store"}))


def made():
    return {name: one.cache_info().misses for name, one in kept_by_listening().items()}


@pytest.mark.parametrize(
    "words", ["I cant feel my legs", "Loved \u201c12\u201d", "> 12", "\U0001f44d", "blorptastic", "12"]
)
def test_a_text_makes_nothing_that_the_start_could_have_made(app, words):
    before = made()
    form = {"Body": words, "From": "+12025550143", "To": "+18005550199", "MessageSid": f"SM{len(words)}"}
    answered = app.test_client().post("/sms", data=form, headers={"X-Twilio-Signature": signature("token", URL, form)})
    assert answered.status_code == 200
    assert made() == before


def test_the_start_makes_it(line_env):
    before = made()
    own = {"REDIS_URL": "unix:///no-store", "HELPLINE_SECOND": "+12025550199"}  # No other test's line has this library.
    create_app(Settings.from_env({**line_env, "TWILIO_AUTH_TOKEN": "token", **own}))
    assert all(count > before[name] for name, count in made().items())
