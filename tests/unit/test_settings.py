"""The environment as settings, or one sentence that names the setting to mend."""

import re
from pathlib import Path

import pytest
import redis

from ivr.memory.embedded import LONGEST_SOCKET_PATH, store_address
from ivr.settings import (
    CONTENT,
    DEFAULT_HELPLINE,
    CannotStart,
    Settings,
    WrongSetting,
    content_from_env,
    data_from_env,
    line_from_env,
)
from ivr.settings.numbers import OwnNumber

TOKEN = {"TWILIO_AUTH_TOKEN": "0123456789abcdef0123456789abcdef"}
PLAIN = Settings.from_env(TOKEN)

NAMES = (
    "SPEECH",
    "PUBLIC_URL",
    "LINE_NUMBER",
    "HELPLINE_NUMBER",
    "REDIS_URL",
    "CALLER_SECRET",
    "CONTENT_DIR",
    "DATA_DIR",
)


def settings(**given):
    return Settings.from_env({**TOKEN, **given})


def test_a_token_is_enough():
    assert (PLAIN.auth_token, PLAIN.public_url, PLAIN.line_number) == (TOKEN["TWILIO_AUTH_TOKEN"], None, None)
    assert (PLAIN.helpline_number, PLAIN.redis_url) == (DEFAULT_HELPLINE, None)
    assert (PLAIN.content_dir, PLAIN.data_dir) == (CONTENT, Path("data").absolute())
    assert (CONTENT / "facts.md").is_file()


@pytest.mark.parametrize("empty", ["", " ", "\t\n"], ids=repr)
@pytest.mark.parametrize("name", NAMES)
def test_empty_counts_as_unset(name, empty):
    assert settings(**{name: empty}) == PLAIN


@pytest.mark.parametrize(
    ("name", "given", "field", "value"),
    [
        ("TWILIO_AUTH_TOKEN", " abc ", "auth_token", "abc"),
        ("PUBLIC_URL", "https://line.example.org", "public_url", "https://line.example.org"),
        ("PUBLIC_URL", " https://line.example.org/ ", "public_url", "https://line.example.org"),
        ("PUBLIC_URL", "https://line.example.org/bone//", "public_url", "https://line.example.org/bone"),
        ("PUBLIC_URL", "https://line.example.org:8443", "public_url", "https://line.example.org:8443"),
        ("REVIEW_MONTHS", "36", "review_months", 36),
        ("SPEECH", "on", "hears_speech", True),
        ("SPEECH", " On ", "hears_speech", True),
        ("SPEECH", "off", "hears_speech", False),
        ("SSML", "Off", "reads_ssml", False),
        ("SSML", "on", "reads_ssml", True),
        ("FALLBACK_URL", "https://files.example.net/down/", "fallback_url", "https://files.example.net/down"),
        ("PUBLIC_URL", "http://127.0.0.1:8000", "public_url", "http://127.0.0.1:8000"),
        ("PUBLIC_URL", "https://[::1]:8000", "public_url", "https://[::1]:8000"),
        ("PUBLIC_URL", "http://localhost", "public_url", "http://localhost"),
        ("LINE_NUMBER", "+18005550199", "line_number", "+18005550199"),
        ("LINE_NUMBER", "+1 (800) 555-0199", "line_number", "+18005550199"),
        ("LINE_NUMBER", "+18005550199, +1 800 555 0198 : es", "line_numbers", ("+18005550199", "+18005550198")),
        (
            "LINE_NUMBER",
            "+18005550199,+18005550198:es",
            "own_numbers",
            (OwnNumber("+18005550199"), OwnNumber("+18005550198", "es")),
        ),
        ("METRICS_TOKEN", "0123456789abcdef", "metrics_token", "0123456789abcdef"),
        ("HELPLINE_NUMBER", "+44 20 7946 0018", "helpline_number", "+442079460018"),
        ("HELPLINE_NUMBER", "+1.800.227.2345", "helpline_number", "+18002272345"),
        ("HELPLINE_SECOND", "+1 202 555 0191", "helpline_second", "+12025550191"),
        ("URGENT_NUMBER", "+1 202 555 0192", "urgent_number", "+12025550192"),
        ("SILENT_CALLERS", "person", "connects_silent", True),
        ("SILENT_CALLERS", "goodbye", "connects_silent", False),
        ("REDIS_URL", "redis://localhost", "redis_url", "redis://localhost"),
        ("REDIS_URL", "redis://localhost:6379/0", "redis_url", "redis://localhost:6379/0"),
        (
            "REDIS_URL",
            "rediss://:word@store.example.org:6380/1",
            "redis_url",
            "rediss://:word@store.example.org:6380/1",
        ),
        ("REDIS_URL", "unix:///run/redis.sock", "redis_url", "unix:///run/redis.sock"),
        ("REDIS_URL", "unix:///run/redis.sock?db=2", "redis_url", "unix:///run/redis.sock?db=2"),
        ("REDIS_URL", "redis://x/?db=2", "redis_url", "redis://x/?db=2"),
        ("REDIS_URL", "rediss://x:1?ssl_cert_reqs=none", "redis_url", "rediss://x:1?ssl_cert_reqs=none"),
        *(
            ("REDIS_URL", value, "redis_url", value)
            for value in (
                "redis+cluster://127.0.0.1",
                "redis+cluster://one.example.org:7000,two.example.org:7001",
                "rediss+cluster://ann:w%40rd@one:7000,two/",
                "redis+cluster://one/0",
                "redis+sentinel://one:26379,two:26379,three/line",
                "redis+sentinel://:word@one/line/2",
                "rediss+sentinel://[::1]:26379/line",
            )
        ),
        ("CALLER_SECRET", "0123456789abcdef", "caller_secret", b"0123456789abcdef"),
        ("CALLER_SECRET", "é" * 16, "caller_secret", "é".encode() * 16),
        ("DATA_DIR", "/a/b", "data_dir", Path("/a/b")),
        ("DATA_DIR", "here", "data_dir", Path("here").absolute()),
    ],
    ids=lambda value: None if isinstance(value, bytes | Path) else value,
)
def test_a_setting(name, given, field, value):
    assert getattr(settings(**{name: given}), field) == value


def test_a_content_folder_of_ones_own(tmp_path):
    assert settings(CONTENT_DIR=str(tmp_path)).content_dir == tmp_path


def test_no_secret_is_made_from_the_token():
    assert PLAIN.caller_secret is None


@pytest.mark.parametrize(
    ("name", "given"),
    [
        *(("TWILIO_AUTH_TOKEN", value) for value in ("", "  ", "two words", "a\nb", "töken", "a\x00b", "\udcff")),
        *(
            ("PUBLIC_URL", value)
            for value in (
                "line.example.org",
                "ftp://line.example.org",
                "//line.example.org",
                "https://",
                "https:///voice",
                "https://line.example.org/voice",
                "https://line.example.org/sms/",
                "https://:8000",
                "http://[bad",
                "https://x:99999",
                "https://x:port",
                "https://line.example.org?a=1",
                "https://line.example.org/#top",
                "https://line.example.org?",
                "https://line.example.org/#",
                "https://exa mple.org",
                "https://line.example.org/a b",
                "https://a\nb.org",
                "https://a\tb.org",
                "https://a\x00b.org",
                "https://a\u00a0b.org",
                "https://https://line.example.org",
                "https://line.example.org//bone",
                "https://line..example.org",
                "https://.example.org",
                "https://line.example.org:0",
                "https://a%20b.org",
                "https://a,b.org",
                "https://-\u00ef.org",
                "https://[::1%25eth0]",
                "https://[v1.x]",
                "https:\\\\line.example.org",
                "https://\udcff.org",
                "False",
                "javascript:alert(1)",
            )
        ),
        *(
            (name, value)
            for name in ("LINE_NUMBER", "HELPLINE_NUMBER")
            for value in (
                "+12272345",
                "8002272345",
                "+1800",
                "+999123456",
                "a number",
                "+",
                "+1800227234567890",
                "911",
                "False",
            )
        ),
        *(
            ("LINE_NUMBER", value)
            for value in (
                "+18005550199,",
                ",",
                "+18005550199;+18005550198",
                "+18005550199,+18005550199",
                "+18005550199:es,+1 800 555 0199",
                "+18005550199:",
                "+18005550199:Spanish",
                "+18005550199:e s",
                ":es",
            )
        ),
        *(("METRICS_TOKEN", value) for value in ("short", "a" * 15, "a" * 15 + "\u00e9", "two words and more")),
        *(
            ("REDIS_URL", value)
            for value in (
                "localhost:6379",
                "http://localhost:6379",
                "redis:",
                "redis://",
                "unix://",
                "redis://[bad",
                "redis://x:99999",
                "REDIS",
                "redis://x/abc",
                "redis://x/0/1",
                "redis://x?db=abc",
                "redis://x/0?db=-1",
                "unix:///run/redis.sock?db=one",
                "False",
                "redis+cluster://",
                "redis+cluster:",
                "redis+cluster://one,",
                "redis+cluster://one,,two",
                "redis+cluster://one:port",
                "redis+cluster://one:1,two:99999",
                "redis+cluster://one, two",
                "redis+cluster://one/1",
                "redis+cluster://one?db=1",
                "redis+cluster://one#a",
                "redis+cluster://[bad",
                "unix+cluster:///run/redis.sock",
                "redis+sentinel://one:26379",
                "redis+sentinel://one:26379/",
                "redis+sentinel://one:26379//0",
                "redis+sentinel:///line",
                "redis+sentinel://:26379/line",
                "redis+sentinel://one/line/zero",
                "redis+sentinel://one/line/0/1",
                "redis+sentinel://one/line?db=1",
                "redis+other://one/line",
            )
        ),
        *(("SILENT_CALLERS", value) for value in ("persons", "Person", "0", "+18002272345")),
        *((name, value) for name in ("HELPLINE_SECOND", "URGENT_NUMBER") for value in ("911", "my team", "8002272345")),
        *(("CALLER_SECRET", value) for value in ("short", "a" * 15, " " + "a" * 15 + " ", "\udcff" * 16)),
        *(("CONTENT_DIR", value) for value in ("/no/such/folder", __file__, "a\x00b", "x" * 5000, "\udcff")),
    ],
    ids=lambda value: ascii(value)[:40],
)
def test_a_wrong_setting_is_named_in_a_sentence(name, given):
    with pytest.raises(WrongSetting) as wrong:
        settings(**{name: given})
    text = str(wrong.value)
    assert text.startswith((f"{name} is ", f"{name} has "))
    assert re.findall(r"\b[A-Z]+(?:_[A-Z]+)+\b", text) == [name]
    assert "\n" not in text
    assert len(text) < 200
    assert text.encode()
    assert isinstance(wrong.value, CannotStart)
    assert wrong.value.__cause__ is None
    assert wrong.value.__suppress_context__ or wrong.value.__context__ is None


@pytest.mark.parametrize("given", ["yes", "1", "true", "onn", "False", "\udcff"], ids=ascii)
@pytest.mark.parametrize("name", ["SPEECH", "SSML"])
def test_speech_and_ssml_are_on_or_off(name, given):
    with pytest.raises(WrongSetting, match=rf"^{name} is neither `on` nor `off`: ") as wrong:
        settings(**{name: given})
    assert "\n" not in str(wrong.value)
    assert str(wrong.value).encode()


def test_what_is_printed_in_a_language_has_the_number_that_begins_in_it():
    env = {"LINE_NUMBER": "+18005550199,+18005550198:es,+18005550197:es"}
    told = {tag: line_from_env(env, tag)[0] for tag in ("", "en", "es", "fr")}
    assert told == {"": "+18005550199", "en": "+18005550199", "es": "+18005550198", "fr": "+18005550199"}


def test_a_missing_token_is_named():
    with pytest.raises(WrongSetting, match="TWILIO_AUTH_TOKEN is not set"):
        Settings.from_env({})


def test_the_sentence_on_the_content_folder_says_what_to_put_there():
    with pytest.raises(WrongSetting, match="put the path of the folder there"):
        settings(CONTENT_DIR="/no/such/folder")


@pytest.mark.parametrize("name", ["a b", "a\tb", 'a"b', "it's", "a\nb", "x" * 300, "\udcff"], ids=ascii)
def test_a_data_folder_that_the_store_cannot_use_is_named(tmp_path, name):
    with pytest.raises(CannotStart, match=r"^DATA_DIR is ") as wrong:
        store_address(tmp_path / name)
    assert "\n" not in str(wrong.value)
    assert not list(tmp_path.iterdir())


def test_a_data_folder_below_a_file_is_named(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(CannotStart, match=r"^DATA_DIR is "):
        store_address(tmp_path / "file" / "data")


@pytest.mark.parametrize("name", ["a%20b", "a#b", "a?b"])
def test_a_data_folder_with_odd_signs_can_be_used(tmp_path, name):
    with redis.Redis.from_url(store_address(tmp_path / name)) as client:
        assert client.ping()


def test_a_data_folder_whose_path_has_too_many_bytes_for_a_socket_can_be_used(tmp_path):
    """Too many bytes, not too many characters."""
    room = LONGEST_SOCKET_PATH - len(str(tmp_path / "x" / "store" / "socket")) + 1
    with redis.Redis.from_url(store_address(tmp_path / ("\u00e9" * room))) as client:
        assert client.ping()


@pytest.mark.parametrize("option", ["socket_timeout=soon", "max_connections=many"])
def test_a_store_with_an_option_that_cannot_be_is_named(option):
    with pytest.raises(WrongSetting, match=rf"^REDIS_URL has .*{option.partition('=')[0]}"):
        settings(REDIS_URL=f"redis://127.0.0.1:1?{option}")


@pytest.mark.parametrize(
    ("name", "given"), [("TWILIO_AUTH_TOKEN", "a word"), ("TWILIO_AUTH_TOKEN", "wörd"), ("CALLER_SECRET", "a word")]
)
def test_a_wrong_secret_is_not_printed(name, given):
    with pytest.raises(WrongSetting) as wrong:
        settings(**{name: given})
    assert given not in str(wrong.value)


def test_content_and_data_need_no_token(tmp_path):
    assert content_from_env({}) == (CONTENT, DEFAULT_HELPLINE)
    assert content_from_env({"CONTENT_DIR": str(tmp_path), "HELPLINE_NUMBER": "+1 202 555 0143"}) == (
        tmp_path,
        "+12025550143",
    )
    assert data_from_env({"DATA_DIR": str(tmp_path)}) == tmp_path
    with pytest.raises(WrongSetting, match="HELPLINE_NUMBER"):
        content_from_env({"HELPLINE_NUMBER": "x"})


def test_settings_do_not_change():
    with pytest.raises(AttributeError):
        PLAIN.auth_token = "another"
