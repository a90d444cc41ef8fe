import logging

import pytest

from vod.lib.http import request_id
from vod.lib.logs import LineFormatter, RequestIdFilter, SecretsFilter


def line(message: str, *args: object) -> str:
    record = logging.LogRecord("x", logging.INFO, __file__, 1, message, args, None)
    record.created = 0.0
    RequestIdFilter().filter(record)
    SecretsFilter().filter(record)
    return LineFormatter().format(record)


@pytest.mark.parametrize(
    ("message", "kept"),
    [
        ("GET /stream/k1.abcdefghijklmnop.qrstuvwxyz/v/master.m3u8", "GET /stream/k1.abcde…/v/master.m3u8"),
        ("GET /images/abcdefghijklmnop/poster.webp", "GET /images/abcdefgh…/poster.webp"),
        ("Authorization: Bearer ltn_0123456789abcdef", "Authorization: Bearer ltn_0123…"),
        ("GET /title/some-long-name-of-a-film", "GET /title/some-long-name-of-a-film"),
    ],
)
def test_tokens_are_cut_out_of_log_lines(message: str, kept: str) -> None:
    assert line(message).endswith(kept)
    assert line("%s", message).endswith(kept)


def test_a_line_has_time_level_logger_and_request() -> None:
    mark = request_id.set("abc123")
    try:
        assert line("said %d", 1) == "1970-01-01T00:00:00Z INFO x [abc123] said 1"
    finally:
        request_id.reset(mark)
