"""What the environment holds: names that are ours or look so, quotes, addresses, accounts, where to listen."""

import pytest

from ivr.settings import Settings, WrongSetting, content_from_env, data_from_env, review_from_env
from ivr.settings.environment import NAMES, given_in, meant_by
from ivr.settings.off import switched_off
from ivr.settings.serving import Serving

TOKEN = {"TWILIO_AUTH_TOKEN": "0123456789abcdef0123456789abcdef"}
PLAIN = Settings.from_env(TOKEN)


def settings(**given):
    return Settings.from_env({**TOKEN, **given})


OTHERS = (
    *("False", "PATH", "HOME", "PORTS", "SPORT", "LISTEN_FDS", "LISTEN_PID", "LINENO", "API_URL", "AUTH_TOKEN", "DATA"),
    *("REDIS_HOST", "REDIS_PORT", "REDIS_TLS_URL", "REDIS_PASSWORD", "DATABASE_URL", "BASE_URL", "NODE_ENV", "DYNO"),
    *(
        "TWILIO_REGION",
        "TWILIO_EDGE",
        "TWILIO_LOG_LEVEL",
        "KUBERNETES_PORT",
        "REDIS_SERVICE_PORT",
        "WEB_MEMORY",
        "\udcff",
    ),
)


@pytest.mark.parametrize("name", OTHERS, ids=ascii)
def test_other_names_mean_nothing(name):
    assert settings(**{name: "http://[bad"}) == PLAIN


MISSPELT = {
    "TWILIO_AUTH_TOKN": "TWILIO_AUTH_TOKEN",
    "twilio_auth_token": "TWILIO_AUTH_TOKEN",
    "TWILIO_AUTHTOKEN": "TWILIO_AUTH_TOKEN",
    "TWILLIO_AUTH_TOKEN": "TWILIO_AUTH_TOKEN",
    "TWILIO_TOKEN": "TWILIO_AUTH_TOKEN",
    "TWILIO_AUTH_TOKEN ": "TWILIO_AUTH_TOKEN",
    "TWILIO_ACCOUNT_ID": "TWILIO_ACCOUNT_SID",
    "TWILIO_SID": "TWILIO_ACCOUNT_SID",
    "TWILIO_KEY": "TWILIO_API_KEY",
    "TWILIO_SECRET": "TWILIO_API_SECRET",
    "TWILIO_MESSAGING_SERVICE": "TWILIO_MESSAGING_SERVICE_SID",
    "Twilio_Account_Sid": "TWILIO_ACCOUNT_SID",
    "REDISURL": "REDIS_URL",
    "REDIS_URI": "REDIS_URL",
    "redis_url": "REDIS_URL",
    "HELPLINE_NUMBR": "HELPLINE_NUMBER",
    "HELP_LINE_NUMBER": "HELPLINE_NUMBER",
    "HELPLINE_NUMBERS": "HELPLINE_NUMBER",
    "HLEPLINE_NUMBER": "HELPLINE_NUMBER",
    "LINENUMBER": "LINE_NUMBER",
    "PUBLICURL": "PUBLIC_URL",
    "KEYWORD_ANSWERED_BY": "KEYWORDS_ANSWERED_BY",
    "CALLER_SECRETS": "CALLER_SECRET",
    "WEBCONCURRENCY": "WEB_CONCURRENCY",
    "WEB_CONCURENCY": "WEB_CONCURRENCY",
    "Port": "PORT",
    "LOGLEVEL": "LOG_LEVEL",
    "DATADIR": "DATA_DIR",
}


@pytest.mark.parametrize(("name", "meant"), MISSPELT.items(), ids=lambda name: name)
def test_a_name_that_looks_like_one_of_ours_is_named(name, meant):
    """By whatever reads the environment: nothing goes on with a preset where the operator has chosen."""
    env = {other: value for other, value in TOKEN.items() if other != meant} | {name: "value"}
    for read in (Settings.from_env, Serving.from_env, content_from_env, data_from_env, review_from_env):
        with pytest.raises(WrongSetting, match=f"^{name} is not a setting of the line: call it {meant}.$") as wrong:
            read(env)
        assert "value" not in str(wrong.value)


@pytest.mark.parametrize(("name", "meant"), MISSPELT.items(), ids=lambda name: name)
def test_it_may_stand_beside_the_right_one_or_be_empty(name, meant):
    assert given_in({name: " "}) == {}
    assert given_in({name: "other", meant: "value"}) == {meant: "value"}


def test_no_setting_looks_like_another():
    for name in NAMES:
        assert given_in({name: "value"}) == {name: "value"}
        assert meant_by(name) is None


@pytest.mark.parametrize("quotes", ['""', "''", "``", "\u201c\u201d", "\u2018\u2019"])
@pytest.mark.parametrize("name", sorted(NAMES))
def test_a_value_in_quotes_is_named(name, quotes):
    """As `docker --env-file` hands it on."""
    for value in ("+18005550199", "kept apart", ""):
        with pytest.raises(WrongSetting, match=f"^{name} is in quotes, ") as wrong:
            given_in({name: f" {quotes[0]}{value}{quotes[1]} "})
        assert value == "" or value not in str(wrong.value)


@pytest.mark.parametrize("value", ["it's", 'a "b" c', "'", '"abc'])
def test_a_quote_inside_is_a_character_like_any(value):
    assert given_in({"CALLER_SECRET": value}) == {"CALLER_SECRET": value}


ACCOUNT = "AC" + "0123456789abcdef" * 2
API = {"TWILIO_API_URL": "https://api.example.org"}


@pytest.mark.parametrize(
    ("account", "own", "fits"),
    [
        (ACCOUNT, {}, True),
        (ACCOUNT.upper(), {}, True),
        (ACCOUNT, API, True),
        ("12345678-90ab-cdef-1234-567890abcdef", API, True),
        ("acme_1", API, True),
        ("AC1", {}, False),
        (ACCOUNT + "0", {}, False),
        (ACCOUNT[:-1] + "g", {}, False),
        ("SK" + ACCOUNT[2:], {}, False),
        (ACCOUNT[2:], {}, False),
        ("12345678-90ab-cdef-1234-567890abcdef", {}, False),
        ("AC 1", API, False),
        ("../x", API, False),
        ("\u00c4C1", API, False),
    ],
)
def test_an_account_has_the_shape_of_its_carrier_s(account, own, fits):
    if fits:
        assert settings(TWILIO_ACCOUNT_SID=account, **own).account_sid == account
        return
    with pytest.raises(WrongSetting, match=r"^TWILIO_ACCOUNT_SID is not an account"):
        settings(TWILIO_ACCOUNT_SID=account, **own)


def test_an_account_is_no_token():
    with pytest.raises(WrongSetting, match=r"^TWILIO_AUTH_TOKEN is an account, ") as wrong:
        settings(TWILIO_AUTH_TOKEN=ACCOUNT)
    assert ACCOUNT not in str(wrong.value)


KEY = {"TWILIO_API_KEY": "SK" + ACCOUNT[2:], "TWILIO_API_SECRET": "s3cret"}
SERVICE = "MG" + ACCOUNT[2:]


def test_a_key_goes_with_its_secret_and_its_account():
    made = settings(TWILIO_ACCOUNT_SID=ACCOUNT, **KEY)
    assert (made.api_key, made.auth_token) == (("SK" + ACCOUNT[2:], "s3cret"), TOKEN["TWILIO_AUTH_TOKEN"])
    assert settings(TWILIO_ACCOUNT_SID="acme", **API, **{**KEY, "TWILIO_API_KEY": "mine"}).api_key == ("mine", "s3cret")
    for name, without in (
        ("TWILIO_API_SECRET", {"TWILIO_API_SECRET": ""}),
        ("TWILIO_API_KEY", {"TWILIO_API_KEY": ""}),
        ("TWILIO_API_KEY", {"TWILIO_API_KEY": ACCOUNT}),
        ("TWILIO_API_SECRET", {"TWILIO_API_SECRET": "two words"}),
        ("TWILIO_ACCOUNT_SID", {"TWILIO_ACCOUNT_SID": ""}),
    ):
        with pytest.raises(WrongSetting, match=f"^{name} is not ") as wrong:
            settings(**{"TWILIO_ACCOUNT_SID": ACCOUNT, **KEY, **without})
        assert "s3cret" not in str(wrong.value)


def test_a_messaging_service_has_the_shape_of_its_carrier_s():
    assert settings(TWILIO_MESSAGING_SERVICE_SID=SERVICE).messaging_service == SERVICE
    assert settings(TWILIO_MESSAGING_SERVICE_SID="pool-1", **API).messaging_service == "pool-1"
    for wrong in (ACCOUNT, SERVICE[:-1], "pool-1"):
        with pytest.raises(WrongSetting, match=r"^TWILIO_MESSAGING_SERVICE_SID is not a Messaging Service"):
            settings(TWILIO_MESSAGING_SERVICE_SID=wrong)


@pytest.mark.parametrize("name", ["PUBLIC_URL", "FALLBACK_URL", "TWILIO_API_URL"])
@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("HTTPS://Line.Example.ORG", "https://line.example.org"),
        ("https://LINE.example.org:8443/Bone/", "https://line.example.org:8443/Bone"),
        ("https://line.example.org:", "https://line.example.org"),
        ("https://l\u00efne.example.org", "https://xn--lne-zma.example.org"),
        ("https://L\u00cfNE.Example.org/a", "https://xn--lne-zma.example.org/a"),
        ("https://\uff4c\uff49\uff4e\uff45.example.org", "https://line.example.org"),
        ("https://line\u3002example.org", "https://line.example.org"),
        ("https://xn--lne-zma.example.org", "https://xn--lne-zma.example.org"),
        ("https://line.example.org/b\u00f6ne", "https://line.example.org/b%C3%B6ne"),
        ("https://line.example.org/b%C3%B6ne", "https://line.example.org/b%C3%B6ne"),
        ("https://[2001:DB8::1]:8000", "https://[2001:db8::1]:8000"),
        ("https://my_line.example.org", "https://my_line.example.org"),
    ],
)
def test_an_address_is_mended(name, written, meant):
    assert getattr(settings(**{name: written}), WEB_ADDRESSES[name]) == meant


@pytest.mark.parametrize("name", ["PUBLIC_URL", "FALLBACK_URL", "TWILIO_API_URL"])
@pytest.mark.parametrize("written", ["ann:w0rd@", "ann@", ":w0rd@", "@", "a%40b:w0rd@"])
def test_an_address_with_a_user_is_refused_and_the_password_not_printed(name, written):
    with pytest.raises(WrongSetting, match=f"^{name} is an address with a user or a password: ") as wrong:
        settings(**{name: f"https://{written}line.example.org"})
    assert "w0rd" not in str(wrong.value)


WEB_ADDRESSES = {"PUBLIC_URL": "public_url", "FALLBACK_URL": "fallback_url", "TWILIO_API_URL": "api_url"}


@pytest.mark.parametrize(
    ("given", "bind", "workers"),
    [
        ({}, "127.0.0.1:8000", 2),
        ({"PORT": "5000"}, ":5000", 2),
        ({"LISTEN": "::", "PORT": "5000"}, "[::]:5000", 2),
        ({"LISTEN": "::1"}, "[::1]:8000", 2),
        ({"LISTEN": "[::1]"}, "[::1]:8000", 2),
        ({"LISTEN": "fe80::1%eth0"}, "[fe80::1%eth0]:8000", 2),
        ({"LISTEN": "10.0.0.1"}, "10.0.0.1:8000", 2),
        ({"LISTEN": "localhost"}, "localhost:8000", 2),
        ({"LISTEN": "Localhost"}, "localhost:8000", 2),
        ({"LISTEN": " ", "PORT": " 80 ", "WEB_CONCURRENCY": " 4 "}, ":80", 4),
    ],
)
def test_where_the_web_server_listens(given, bind, workers):
    served = Serving.from_env(given)
    assert (served.bind, served.workers) == (bind, workers)


@pytest.mark.parametrize(
    ("name", "given"),
    [
        *(("PORT", value) for value in ("x", "0", "65536", "-1", "80.0", "8000/tcp", "\u0665", "tcp://a:80")),
        *(("WEB_CONCURRENCY", value) for value in ("many", "0", "-1", "2.5", "65", "1000", "\u0662", "", " ")),
        *(
            ("LISTEN", value)
            for value in (
                "127.0.0.1:8000",
                "http://a",
                "a b",
                ":::",
                "[::1",
                "*",
                "unix:/s",
                "127.0.0.256",
                "127.0.1",
                "8000",
                "nonsense",
                "line.example.org",
                "localhos",
            )
        ),
        *(("LOG_LEVEL", value) for value in ("loud", "10", "critical")),
    ],
    ids=lambda value: ascii(value)[:40],
)
def test_a_wrong_setting_of_the_web_server_is_named_in_a_sentence(name, given):
    with pytest.raises(WrongSetting, match=f"^{name} is ") as wrong:
        Serving.from_env({name: given})
    assert "\n" not in str(wrong.value)
    assert len(str(wrong.value)) < 200


ALL_ON = {
    "TWILIO_ACCOUNT_SID": ACCOUNT,
    "LINE_NUMBER": "+18005550199",
    "PUBLIC_URL": "https://line.example.org",
    "FALLBACK_URL": "https://files.example.org",
}


@pytest.mark.parametrize(
    ("without", "more", "off"),
    [
        ((), {}, {}),
        (("LINE_NUMBER",), {}, {"Key 9": "LINE_NUMBER is not set.", "CALL": "LINE_NUMBER is not set."}),
        (
            ("LINE_NUMBER", "TWILIO_ACCOUNT_SID", "PUBLIC_URL"),
            {},
            {
                "Key 9": "TWILIO_ACCOUNT_SID and LINE_NUMBER are not set.",
                "CALL": "TWILIO_ACCOUNT_SID, LINE_NUMBER and PUBLIC_URL are not set.",
            },
        ),
        (("PUBLIC_URL",), {}, {"CALL": "PUBLIC_URL is not set."}),
        (("FALLBACK_URL",), {}, {"The fallback": "FALLBACK_URL is not set."}),
        ((), {"KEYWORDS_ANSWERED_BY": "line"}, {"The fallback of texts": "KEYWORDS_ANSWERED_BY is `line`."}),
        (("FALLBACK_URL",), {"KEYWORDS_ANSWERED_BY": "line"}, {"The fallback": "FALLBACK_URL is not set."}),
    ],
)
def test_what_is_off_is_named_with_the_reason(without, more, off):
    given = {name: value for name, value in ALL_ON.items() if name not in without}
    sentences = list(switched_off(settings(**given, **more)))
    named = {sentence.partition(" is off")[0]: sentence.rpartition(": ")[2] for sentence in sentences}
    assert named == {**off, "Speech": "SPEECH is not `on`."}


def test_a_line_that_listens_is_not_told_that_speech_is_off():
    assert list(switched_off(settings(**ALL_ON, SPEECH="on"))) == []
