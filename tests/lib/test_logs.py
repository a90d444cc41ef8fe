import json
import logging
import sys
import threading
import time
from collections.abc import Iterator

import pytest

from vod.lib import logs
from vod.lib.logs import JsonFormatter, LineFormatter, about, say_about, speak_anew, without_secrets


@pytest.fixture(autouse=True)
def nothing_said_before() -> Iterator[None]:
    mark = logs._about.set(logs._NOTHING)
    yield
    logs._about.reset(mark)


SECRET = "s3cr3t-Value-0123456789"


def record(message: str, *args: object, **extra: object) -> logging.LogRecord:
    made = logging.LogRecord("x", logging.INFO, __file__, 1, message, args, None)
    made.created = 0.0
    made.__dict__.update(extra)
    return made


def line(message: str, *args: object) -> str:
    return LineFormatter().format(record(message, *args))


@pytest.mark.parametrize(
    ("message", "kept"),
    [
        ("GET /stream/k1.abcdefghijklmnop.qrstuvwxyz/v/master.m3u8", "GET /stream/k1.abcde…/v/master.m3u8"),
        (
            "GET /accounts/password/reset/key/3f-c0ffee-0123456789abcdef/",
            "GET /accounts/password/reset/key/…/",
        ),
        ("GET /previews/k1.abcdefghijklmnop.x/v/preview.mp4", "GET /previews/k1.abcde…/v/preview.mp4"),
        ("GET /images/abcdefghijklmnop/poster.webp", "GET /images/abcdefgh…/poster.webp"),
        ("Authorization: Bearer ltn_0123456789abcdef", "Authorization: Bearer ltn_0123…"),
        ("sent Bearer ltn_0123456789abcdef", "sent Bearer ltn_0123…"),
        ("GET /title/some-long-name-of-a-film", "GET /title/some-long-name-of-a-film"),
        ("the token of this film is dead", "the token of this film is dead"),
        ("postgres://db/lantern is away", "postgres://db/lantern is away"),
    ],
)
def test_tokens_are_cut_out_of_log_lines(message: str, kept: str) -> None:
    assert line(message).endswith(kept)
    assert line("%s", message).endswith(kept)


@pytest.mark.parametrize(
    "message",
    [
        f"postgres://lantern:{SECRET}@db/lantern",
        f"connecting to redis://:{SECRET}@cache:6379/0 failed",
        f"smtp+tls://me%40example.org:{SECRET}@mail:587",
        f"GET https://s3/b/k?X-Amz-Algorithm=AWS4&X-Amz-Signature={SECRET}&X-Amz-Expires=60",
        f"GET https://s3/b/k?X-Amz-Security-Token={SECRET}&x=1",
        f"GET https://s3/b/k?X-Amz-Credential={SECRET}%2Fus-east-1",
        f"GET https://s3/b/k?AWSAccessKeyId=A&Signature={SECRET}",
        f"Authorization: AWS4-HMAC-SHA256 Credential=A/b, Signature={SECRET}",
        f"Authorization: Basic {SECRET}",
        f"Cookie: a=b; __Host-sessionid={SECRET}; csrftoken=x{SECRET}",
        f"Set-Cookie: __Host-sessionid={SECRET}; Secure",
        f"{{'Cookie': 'sessionid={SECRET}'}}",
        f'{{"email": "a@b.c", "password": "{SECRET}"}}',
        f'{{\\"password\\": \\"{SECRET}\\"}}',
        f"password={SECRET}&email=a",
        f"variables {{'pin': '{SECRET}'}}",
        f'{{"newPassword":"{SECRET}","accessToken": null}}',
        f"accessToken: {SECRET}",
        f"SECRET_KEY={SECRET}",
        f"S3_SECRET_KEY: {SECRET}",
        f"X-CSRFToken: {SECRET}",
        f"session {SECRET} of Settings",
    ],
)
@pytest.mark.parametrize("kind", [LineFormatter, JsonFormatter])
def test_no_secret_of_any_kind_gets_into_a_line(
    message: str, kind: type[LineFormatter] | type[JsonFormatter]
) -> None:
    # Of the last one nothing but its value tells that it is one.
    formatter = kind([SECRET] if message.startswith("session") else [])

    assert SECRET not in formatter.format(record("%s", message))
    assert SECRET not in formatter.format(record("said", fields={"detail": message}))
    try:
        raise ValueError(message)
    except ValueError:
        failed = record("failed")
        failed.exc_info = sys.exc_info()
        assert SECRET not in formatter.format(failed)
    with about(asset=message):
        assert SECRET not in formatter.format(record("worked"))


def test_a_setting_that_is_read_later_is_cut_out_too() -> None:
    secrets: set[str] = set()
    formatter = LineFormatter(secrets)
    secrets.add(SECRET)

    assert SECRET not in formatter.format(record(f"a word: {SECRET}"))


@pytest.mark.parametrize(
    "piece", ["password", "a.", "a_", "a://", "Cookie ", "://a:", "Bearer ", "x:y@", "token="]
)
def test_a_long_line_is_cleaned_in_good_time(piece: str) -> None:
    started = time.process_time()
    without_secrets(piece * (200_000 // len(piece)))

    assert time.process_time() - started < 2


def test_a_line_has_time_level_logger_and_what_it_is_about() -> None:
    with about(request="abc123"):
        assert line("said %d", 1) == "1970-01-01T00:00:00Z INFO x [abc123] said 1"
        say_about(asset="a1", profile=None)
        assert line("said") == "1970-01-01T00:00:00Z INFO x [abc123 asset=a1] said"
    assert line("said") == "1970-01-01T00:00:00Z INFO x [-] said"
    say_about(asset="a1")
    assert line("said") == "1970-01-01T00:00:00Z INFO x [-] said"


def test_an_event_is_one_line_whatever_it_holds() -> None:
    assert line("GET %s", "/a\nroot INFO x [-] forged\r\x1b[2J").endswith(
        "GET /a\\nroot INFO x [-] forged\\r\\x1b[2J"
    )
    assert "\n" not in JsonFormatter().format(record("a\nb"))


def test_a_json_line_is_one_object_with_words_of_its_own() -> None:
    with about(request="r1", session="s1", asset="a1", job="j1", message="is taken"):
        said = json.loads(JsonFormatter().format(record("GET %s", "/", fields={"status": 200})))

    assert said == {
        "time": "1970-01-01T00:00:00.000+00:00",
        "level": "INFO",
        "logger": "x",
        "message": "GET /",
        "request": "r1",
        "session": "s1",
        "asset": "a1",
        "job": "j1",
        "status": 200,
    }


def test_a_traceback_stays_inside_of_its_object() -> None:
    try:
        raise RuntimeError("broken")
    except RuntimeError:
        failed = record("failed")
        failed.exc_info = sys.exc_info()

    said = json.loads(JsonFormatter().format(failed))

    assert said["trouble"].endswith("RuntimeError: broken")


def test_what_one_message_says_is_forgotten_by_the_next() -> None:
    def work() -> None:
        speak_anew(task="one", asset="a1")
        speak_anew(task="two")
        found.append(line("said"))

    found: list[str] = []
    thread = threading.Thread(target=work)
    thread.start()
    thread.join()

    assert found == ["1970-01-01T00:00:00Z INFO x [- task=two] said"]
