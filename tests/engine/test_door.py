"""The door of the sandbox: a film in a store is read through it, and nothing else is behind it."""

import hashlib
import os
import socket
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest

from tests.engine.inside import LIBRARY, PYTHON, python, said
from transcoding.engine.door import Door
from transcoding.engine.ffmpeg import Limits, NoSandbox, run
from transcoding.engine.sandbox import Bubblewrap
from transcoding.engine.sources import Remote, open_source, size_of
from transcoding.engine.tools import find_tools, read_by_range
from transcoding.errors import FailureCode, MediaError

CONTENT = os.urandom(3_000_000)
FETCH = """
import socket, sys
def ask(text, port=8080):
    with socket.create_connection(('127.0.0.1', port), timeout=10) as door:
        door.sendall(text.encode())
        answer = b''
        while data := door.recv(65536): answer += data
    return answer.partition(b'\\r\\n\\r\\n')
"""


def film(content: bytes = CONTENT) -> Remote:
    return Remote(len(content), lambda first, length: content[first : first + length])


def test_a_tool_reads_the_whole_film_and_any_stretch_of_it(walls: Bubblewrap, tmp_path: Path) -> None:
    code = FETCH + (
        "for number, line in enumerate(('', 'Range: bytes=0-\\r\\n', 'Range: bytes=1000000-1999999\\r\\n',"
        " 'Range: bytes=2999990-9999999\\r\\n')):\n"
        "    head, _, body = ask('GET /film HTTP/1.1\\r\\nHost: x\\r\\n' + line + '\\r\\n')\n"
        "    print(head.split(b'\\r\\n')[0].decode(), [l.decode() for l in head.split(b'\\r\\n') if b'Range:' in l])\n"
        "    open(sys.argv[1] + '/' + str(number), 'wb').write(body)\n"
    )

    answers = said(python(code, walls, tmp_path, reads=[film()], writes=[tmp_path]))

    assert answers == [
        "HTTP/1.1 200 OK []",
        "HTTP/1.1 206 Partial Content ['Content-Range: bytes 0-2999999/3000000']",
        "HTTP/1.1 206 Partial Content ['Content-Range: bytes 1000000-1999999/3000000']",
        "HTTP/1.1 206 Partial Content ['Content-Range: bytes 2999990-2999999/3000000']",
    ]
    stretches = [CONTENT, CONTENT, CONTENT[1_000_000:2_000_000], CONTENT[2_999_990:]]
    assert [(tmp_path / str(number)).read_bytes() for number in range(4)] == stretches


def test_nothing_else_is_answered(walls: Bubblewrap) -> None:
    code = FETCH + (
        "for line in ('GET /', 'GET /film/../film', 'POST /film', 'PUT /film', 'GET http://127.0.0.1:8080/film'):\n"
        "    print(ask(line + ' HTTP/1.1\\r\\n\\r\\n')[0].split(b'\\r\\n')[0].decode())\n"
        "print(ask('GET /film HTTP/1.1\\r\\nRange: bytes=3000000-\\r\\n\\r\\n')[0].split(b'\\r\\n')[0].decode())\n"
        "head, _, body = ask('HEAD /film HTTP/1.1\\r\\n\\r\\n'); print(b'Length: 3000000' in head, body)\n"
        "try: print(ask('x' * 50000)[0])\n"
        "except OSError: print(b'')\n"
    )

    assert said(python(code, walls, reads=[film()])) == [
        *["HTTP/1.1 404 Not Found"] * 5,
        "HTTP/1.1 416 Range Not Satisfiable",
        "True b''",
        "b''",
    ]


def test_nobody_but_the_film_can_be_called(walls: Bubblewrap) -> None:
    code = (
        "import os, socket, sys\n"
        "print([name for _, name in socket.if_nameindex()])\n"
        "def call(family, place):\n"
        "    try:\n"
        "        with socket.socket(family) as one: one.settimeout(2); one.connect(place); return 'connected'\n"
        "    except OSError as error: return error.strerror\n"
        "print(call(socket.AF_INET, ('127.0.0.1', 8080)))\n"
        "print({call(socket.AF_INET, ('127.0.0.1', port)) for port in (22, 80, 443, 5432, 6379, 8000, int(sys.argv[1]))})\n"
        "print({call(socket.AF_INET, (host, 8080)) for host in sys.argv[3:]})\n"
        "print('connected' in (call(socket.AF_INET6, ('::1', 8080)), call(socket.AF_UNIX, '\\0' + sys.argv[2])))\n"
        "print(sorted(os.listdir('/proc/self/fd'))[:3], len(os.listdir('/proc/self/fd')))\n"
        "rows = open('/proc/net/tcp').read().splitlines()[1:]\n"
        "print([row.split()[1] for row in rows if row.split()[3] == '0A'])\n"
    )
    name = f"lantern-{os.getpid()}"
    with socket.socket() as listener, socket.socket(socket.AF_UNIX) as abstract:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        abstract.bind("\0" + name)
        abstract.listen()
        port = str(listener.getsockname()[1])
        # 192.0.2.1 is nobody's (RFC 5737), 169.254.169.254 a cloud's.
        hosts = ("192.0.2.1", "169.254.169.254", "10.0.0.1")

        answers = said(python(code, walls, port, name, *hosts, reads=[film()]))

        listener.settimeout(0.1)
        with pytest.raises(TimeoutError):
            listener.accept()
    assert answers == [
        "['lo']",
        "connected",
        "{'Connection refused'}",
        "{'Network is unreachable'}",
        "False",
        "['0', '1', '2'] 4",
        "['00000000:1F90']",
    ]


def test_a_sandbox_with_a_door_is_as_strict_as_one_without(walls: Bubblewrap, tmp_path: Path) -> None:
    code = (
        "import ctypes, os, sys\n"
        "print(sorted(os.environ), [p for p in sys.argv[1:] if os.path.exists(p)])\n"
        "print([l.split()[1] for l in open('/proc/self/status') if l.startswith(('CapEff', 'CapBnd', 'NoNewPrivs'))])\n"
        "print(sorted(n for n in os.listdir('/proc') if n.isdigit()))\n"
        "print(ctypes.CDLL(None, use_errno=True).unshare(0x10000000))\n"
        "print(os.readlink('/proc/self/ns/user') == os.readlink('/proc/1/ns/user'))\n"
    )
    places = ("/etc/passwd", "/bin/sh", str(tmp_path), "/run", "/sys")

    without = said(python(code, walls, *places))

    assert said(python(code, walls, *places, reads=[film()])) == without


def test_a_tool_may_hang_up_seek_and_call_again_many_times(walls: Bubblewrap) -> None:
    code = FETCH + (
        "import hashlib\n"
        "for number in range(60):\n"
        "    with socket.create_connection(('127.0.0.1', 8080)) as door:\n"
        "        door.sendall(b'GET /film HTTP/1.1\\r\\nRange: bytes=%d-\\r\\n\\r\\n' % (number * 40000)); door.recv(1000)\n"
        "print(hashlib.md5(ask('GET /film HTTP/1.1\\r\\n\\r\\n')[2]).hexdigest() == sys.argv[1])\n"
    )
    threads = threading.active_count()
    digest = hashlib.md5(CONTENT, usedforsecurity=False).hexdigest()

    assert said(python(code, walls, digest, reads=[film()])) == ["True"]
    assert threading.active_count() == threads


def test_a_store_that_fails_ends_the_tool_with_its_own_word(walls: Bubblewrap) -> None:
    def read(first: int, length: int) -> bytes:
        if first >= 1_000_000:
            raise OSError("the store is away")
        return CONTENT[first : first + length]

    code = FETCH + "ask('GET /film HTTP/1.1\\r\\n\\r\\n'); import time; time.sleep(60)"
    began = time.monotonic()

    with pytest.raises(OSError, match="the store is away"):
        python(code, walls, reads=[Remote(len(CONTENT), read)])

    assert time.monotonic() - began < 10


def test_waiting_for_the_store_is_no_time_of_the_tools(walls: Bubblewrap) -> None:
    def read(first: int, length: int) -> bytes:
        time.sleep(0.7)
        return CONTENT[first : first + length]

    code = FETCH + "print(len(ask('GET /film HTTP/1.1\\r\\n\\r\\n')[2]))"

    completed = python(code, walls, reads=[Remote(len(CONTENT), read)], limits=Limits(wall_seconds=1.5))
    assert said(completed) == ["3000000"]
    with pytest.raises(MediaError) as caught:
        python(code + "\nimport time; time.sleep(60)", walls, reads=[film()], limits=Limits(wall_seconds=1.5))
    assert caught.value.code is FailureCode.TIMEOUT


def test_a_call_can_be_ended_while_the_store_is_silent(walls: Bubblewrap) -> None:
    go_on = threading.Event()

    def read(first: int, length: int) -> bytes:
        go_on.wait(60)
        return CONTENT[first : first + length]

    began = time.monotonic()
    try:
        with pytest.raises(MediaError) as caught:
            python(
                FETCH + "ask('GET /film HTTP/1.1\\r\\n\\r\\n')",
                walls,
                reads=[Remote(len(CONTENT), read)],
                should_stop=lambda: time.monotonic() - began > 1,
            )
    finally:
        go_on.set()

    assert caught.value.code is FailureCode.CANCELLED
    assert time.monotonic() - began < 10


@pytest.mark.parametrize(("proc", "sealed"), [(False, True), (True, False), (False, False)])
def test_the_door_opens_in_weaker_sandboxes_too(walls: Bubblewrap, proc: bool, sealed: bool) -> None:
    code = FETCH + "print(len(ask('GET /film HTTP/1.1\\r\\n\\r\\n')[2]))"

    assert said(python(code, replace(walls, proc=proc, sealed=sealed), reads=[film()])) == ["3000000"]


def test_a_door_that_does_not_open_is_the_sandboxs_fault(
    walls: Bubblewrap, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A handle that is no socket: nothing can be handed out on it.
    with Path(os.devnull).open("wb") as nowhere:
        monkeypatch.setattr(Door, "handle", property(lambda _self: nowhere.fileno()))

        with pytest.raises(MediaError) as caught:
            python("print('started')", walls, reads=[film()])

    assert caught.value.code is FailureCode.SANDBOX_UNAVAILABLE
    assert not caught.value.permanent
    assert "door does not open" in caught.value.tail


def test_a_sandbox_that_does_not_start_is_told_of_with_a_door_too(walls: Bubblewrap, tmp_path: Path) -> None:
    with pytest.raises(MediaError) as caught:
        run(
            [PYTHON, "-c", "pass"],
            limits=Limits(wall_seconds=20),
            sandbox=Bubblewrap("/bin/false"),
            reads=[LIBRARY, film()],
        )

    assert caught.value.code is FailureCode.SANDBOX_UNAVAILABLE


def test_there_is_no_door_without_a_sandbox() -> None:
    with pytest.raises(ValueError, match="door of a sandbox"):
        python("pass", NoSandbox(), reads=[film()])


def test_this_machines_tools_read_by_range_where_there_is_a_sandbox(walls: Bubblewrap) -> None:
    assert read_by_range(find_tools(sandbox="required"))
    assert not read_by_range(find_tools(sandbox="off"))


def test_a_film_in_a_store_is_read_by_ourselves_as_a_file(tmp_path: Path) -> None:
    path = tmp_path / "film"
    path.write_bytes(CONTENT)
    for source in (path, film()):
        with open_source(source) as file:
            assert size_of(source) == 3_000_000
            assert file.read(10) == CONTENT[:10]
            file.seek(1_500_000)
            assert file.read(700_000) == CONTENT[1_500_000:2_200_000]
            file.seek(-5, os.SEEK_END)
            assert file.read() == CONTENT[-5:]
            assert file.read(1) == b""


def test_a_tool_that_seeks_faster_than_the_store_answers_is_never_refused(walls: Bubblewrap) -> None:
    """Each seek hangs up on a call that still waits for its bytes."""

    def slowly(first: int, length: int) -> bytes:
        time.sleep(0.3)
        return CONTENT[first : first + length]

    code = FETCH + (
        "for number in range(24):\n"
        "    with socket.create_connection(('127.0.0.1', 8080), timeout=10) as door:\n"
        "        door.sendall(b'GET /film HTTP/1.1\\r\\nRange: bytes=%d-\\r\\n\\r\\n' % (number * 1000))\n"
        "        print(door.recv(12))\n"
    )

    assert said(python(code, walls, reads=[Remote(len(CONTENT), slowly)])) == ["b'HTTP/1.1 206'"] * 24


def test_whatever_ends_the_reading_is_not_the_films_fault(walls: Bubblewrap) -> None:
    def breaks(_first: int, _length: int) -> bytes:
        raise RuntimeError("something of a library's own")

    with pytest.raises(OSError, match="something of a library's own"):
        python(FETCH + "ask('GET /film HTTP/1.1\\r\\n\\r\\n')", walls, reads=[Remote(len(CONTENT), breaks)])
