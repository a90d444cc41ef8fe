"""What the asynchronous door makes of requests and responses, with a little application behind it."""

import asyncio
import io
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from django.http import FileResponse, HttpResponse, StreamingHttpResponse

from tests.serving.inside import GONE, answer_of, body_of, scope_of, serve
from vod.lib.serving.door import Door
from vod.lib.serving.receiving import DEFERRED, ReceivingResponse, Reception

Environ = dict[str, Any]

# The door treats database connections as between two requests, if there are any.
pytestmark = pytest.mark.django_db


class Application:
    """Remembers what it was asked and answers with `response`, as Django's handler does."""

    def __init__(self, response: Callable[[Environ], Any] | None = None) -> None:
        self.asked: list[Environ] = []
        self._response = response or (lambda _: HttpResponse("fine"))

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Any:
        self.asked.append(environ)
        response = self._response(environ)
        start_response(f"{response.status_code} {response.reason_phrase}", list(response.items()))
        if isinstance(response, FileResponse):
            return environ["wsgi.file_wrapper"](response.file_to_stream, response.block_size)
        return response


class Noting(Reception):
    """Keeps what comes."""

    def __init__(self, length: int, *, enough: int | None = None) -> None:
        self.length = length
        self.came: list[bytes] = []
        self.finished = 0
        self._enough = enough

    def begin(self) -> HttpResponse | None:
        return None

    def write(self, block: bytes) -> bool:
        self.came.append(block)
        return self._enough is None or sum(map(len, self.came)) < self._enough

    def busy(self) -> "Future[Any] | None":
        return None

    def finish(self) -> HttpResponse:
        self.finished += 1
        return HttpResponse(b"".join(self.came), status=201, headers={"Upload-Offset": "9"})


def receiving(reception: Reception) -> Application:
    def response(_environ: Environ) -> HttpResponse:
        promise = ReceivingResponse(reception)
        promise["X-Request-Id"] = "abc"
        return promise

    return Application(response)


def test_the_environ_says_what_was_sent() -> None:
    application = Application()
    headers = [
        ("Host", "films.example"),
        ("Cookie", "a=1"),
        ("Cookie", "b=2"),
        ("X-Two", "1"),
        ("X-Two", "2"),
        ("Content-Type", "text/plain"),
        ("Content-Length", "5"),
    ]

    sent = serve(
        scope_of("POST", "/caf%C3%A9/%2e", headers, query="a=b&c"),
        body_of(b"hello", 3),
        application=application,
    )

    environ = application.asked[0]
    assert answer_of(sent).content == b"fine"
    assert environ["PATH_INFO"] == "/café/.".encode().decode("latin-1")
    assert environ["RAW_URI"] == "/caf%C3%A9/%2e?a=b&c"
    assert environ["QUERY_STRING"] == "a=b&c"
    assert environ["REMOTE_ADDR"] == "127.0.0.1"
    assert environ["HTTP_HOST"] == "films.example"
    assert environ["HTTP_COOKIE"] == "a=1; b=2"
    assert environ["HTTP_X_TWO"] == "1,2"
    assert (environ["CONTENT_TYPE"], environ["CONTENT_LENGTH"]) == ("text/plain", "5")
    assert environ["wsgi.input"].read() == b"hello"


def test_a_name_that_could_pass_for_another_is_dropped() -> None:
    application = Application()

    serve(scope_of("GET", "/", [("X_Forwarded_For", "1.2.3.4")]), body_of(b""), application=application)

    assert "HTTP_X_FORWARDED_FOR" not in application.asked[0]


def test_a_whole_address_as_the_target_is_its_path() -> None:
    application = Application()

    serve(scope_of("GET", "http://evil.example/home", [("Host", "a")]), body_of(b""), application=application)

    assert application.asked[0]["PATH_INFO"] == "/home"
    assert application.asked[0]["HTTP_HOST"] == "a"


def test_a_body_without_a_length_gets_one() -> None:
    application = Application()

    serve(
        scope_of("POST", "/", [("Transfer-Encoding", "chunked")]),
        body_of(b"12345", 2),
        application=application,
    )

    assert application.asked[0]["CONTENT_LENGTH"] == "5"
    assert "HTTP_TRANSFER_ENCODING" not in application.asked[0]


@pytest.mark.parametrize("says", [True, False])
def test_too_large_a_body_takes_no_thread(says: bool) -> None:
    application = Application()
    headers = [("Content-Length", "11")] if says else [("Transfer-Encoding", "chunked")]

    sent = serve(
        scope_of("POST", "/", headers), body_of(b"12345678901", 3), application=application, most_bytes=10
    )

    assert answer_of(sent).status_code == 413
    assert application.asked == []


def test_who_goes_away_in_the_middle_of_a_small_body_takes_no_thread() -> None:
    application = Application()

    sent = serve(
        scope_of("POST", "/", [("Content-Length", "10")]),
        [*body_of(b"12345", 2)[:1], GONE],
        application=application,
    )

    assert sent == []
    assert application.asked == []


def test_a_file_comes_in_blocks_and_is_closed(tmp_path: Path) -> None:
    content = b"0123456789" * 20_000
    path = tmp_path / "file"
    path.write_bytes(content)
    opened: list[io.BufferedReader] = []

    def response(_environ: Environ) -> HttpResponse:
        opened.append(path.open("rb"))
        return FileResponse(opened[0])  # type: ignore[return-value]

    sent = serve(scope_of("GET", "/", []), body_of(b""), application=Application(response))

    assert answer_of(sent).content == content
    assert answer_of(sent)["Content-Length"] == str(len(content))
    assert max(len(message.get("body", b"")) for message in sent) == 65536
    assert opened[0].closed


def test_an_event_stream_needs_no_thread() -> None:
    async def events() -> Any:
        for number in range(3):
            yield f"data: {number}\n\n".encode()

    def response(_environ: Environ) -> HttpResponse:
        return StreamingHttpResponse(events(), content_type="text/event-stream")  # type: ignore[return-value]

    sent = serve(scope_of("GET", "/", []), body_of(b""), application=Application(response))

    assert answer_of(sent).content == b"data: 0\n\ndata: 1\n\ndata: 2\n\n"


def test_the_answer_of_a_large_body_keeps_what_the_middleware_said() -> None:
    reception = Noting(9)
    application = receiving(reception)

    sent = serve(
        scope_of("PATCH", "/api/uploads/x", [("Content-Length", "9")]),
        body_of(b"123456789", 4),
        application=application,
    )

    answer = answer_of(sent)
    assert application.asked[0][DEFERRED] is True
    assert application.asked[0]["wsgi.input"].read() == b""
    assert (answer.status_code, answer.content) == (201, b"123456789")
    assert (answer["X-Request-Id"], answer["Upload-Offset"], answer["Content-Length"]) == ("abc", "9", "9")
    assert reception.finished == 1


def test_what_came_before_the_sender_went_is_finished() -> None:
    reception = Noting(100)

    serve(
        scope_of("PATCH", "/api/uploads/x", [("Content-Length", "100")]),
        [*body_of(b"12345678", 2)[:1], GONE],
        application=receiving(reception),
    )

    assert b"".join(reception.came) == b"1234"
    assert reception.finished == 1


def test_a_sender_that_keeps_back_more_than_was_announced_is_cut() -> None:
    reception = Noting(4)

    serve(
        scope_of("PATCH", "/api/uploads/x", [("Content-Length", "8")]),
        body_of(b"12345678", 2),
        application=receiving(reception),
    )

    assert b"".join(reception.came) == b"1234"


def test_blocks_are_gathered() -> None:
    content = b"x" * (3 * 1024 * 1024)
    reception = Noting(len(content))

    serve(
        scope_of("PATCH", "/api/uploads/x", [("Content-Length", str(len(content)))]),
        body_of(content, 300),
        application=receiving(reception),
    )

    assert b"".join(reception.came) == content
    assert len(reception.came) <= 4


def test_a_reception_that_wants_no_more_gets_no_more() -> None:
    reception = Noting(4 * 1024 * 1024, enough=1)

    sent = serve(
        scope_of("PATCH", "/api/uploads/x", [("Content-Length", str(reception.length))]),
        body_of(b"x" * reception.length, 8),
        application=receiving(reception),
    )

    assert answer_of(sent).status_code == 201
    assert sum(map(len, reception.came)) < reception.length
    assert reception.finished == 1


def test_a_reception_that_fails_is_finished_and_answered() -> None:
    class Failing(Noting):
        def write(self, block: bytes) -> bool:
            raise RuntimeError("no such thing")

    reception = Failing(9)

    sent = serve(
        scope_of("PATCH", "/api/uploads/x", [("Content-Length", "9")]),
        body_of(b"123456789"),
        application=receiving(reception),
    )

    assert answer_of(sent).status_code == 500
    assert reception.finished == 1


def test_the_door_lives_and_dies_with_its_server() -> None:
    sent = serve(
        {"type": "lifespan"},
        [{"type": "lifespan.startup"}, {"type": "lifespan.shutdown"}],
        application=Application(),
    )

    assert [message["type"] for message in sent] == [
        "lifespan.startup.complete",
        "lifespan.shutdown.complete",
    ]


def test_probes_are_answered_while_every_page_thread_waits() -> None:
    held = threading.Event()

    def respond(environ: Environ) -> HttpResponse:
        if environ["PATH_INFO"] == "/slow":
            held.wait(10)
        return HttpResponse("fine")

    with ThreadPoolExecutor(1) as pages:
        door = Door(
            Application(respond),
            pages=pages,
            movers=pages,
            deferring="/api/uploads/",
            most_bytes=1024,
            probes=("/healthz",),
        )

        async def ask(path: str) -> int:
            sent: list[dict[str, Any]] = []

            async def send(message: Any) -> None:
                sent.append(message)

            async def receive() -> dict[str, Any]:
                return body_of(b"")[0]

            await door(scope_of("GET", path, []), receive, send)
            return int(sent[0]["status"])

        async def both() -> None:
            slow = asyncio.ensure_future(ask("/slow"))
            await asyncio.sleep(0.05)
            try:
                assert await asyncio.wait_for(ask("/healthz"), 3) == 200
                assert not slow.done()
            finally:
                held.set()
            assert await slow == 200

        asyncio.run(both())
