"""`make run`: everything from a fresh checkout to an address to open."""

import http.client
import os
import shutil
from collections.abc import Mapping

from vod.machine.clips import fetch_clips
from vod.machine.console import Console
from vod.machine.data import Operator, prepare_data
from vod.machine.errors import Problem
from vod.machine.layout import Layout
from vod.machine.preflight import DEFAULT_HOST, hold_home, read_port, require_folder, require_port
from vod.machine.programs import programs
from vod.machine.setup import prepare
from vod.machine.supervisor import Supervisor

#: Addresses to listen at that are no addresses to call.
ANYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - looked up here, not bound


def run(layout: Layout, outer: Mapping[str, str], console: Console) -> int:
    """Sets up, starts and keeps running. Returns 0 after Ctrl-C or TERM; raises Problem before that."""
    host = outer.get("HOST") or DEFAULT_HOST
    port = read_port(outer.get("PORT"))
    demo = _demo_wanted(outer.get("VOD_DEMO"))
    require_folder(layout.home, "make run VOD_HOME=/other/place")
    lock = hold_home(layout.home)
    require_port(host, port)
    env = {**layout.environment(outer), "PORT": str(port), "HOST": host}
    console.say("Lantern")
    node = prepare(layout, env, console)
    if demo:
        fetch_clips(layout, env, node, console)
    operator = prepare_data(layout, env, console, demo=demo)
    # What processes counted that are gone would be added to what the new ones count.
    shutil.rmtree(layout.home / "metrics", ignore_errors=True)
    starting = console.step("Web and worker")
    starting.begin()
    address = f"http://{_as_typed(host)}:{port}/"

    def ready() -> bool:
        starting.tick()
        return is_alive(ANYWHERE.get(host, host), port)

    def announce() -> None:
        starting.done()
        for text in farewell_lines(address, operator):
            console.say(text)
        os.pwrite(lock, f"process {os.getpid()} at {address}\n".encode(), 0)

    supervisor = Supervisor(
        programs=programs(layout, env, host, port),
        logs=layout.logs,
        say=console.say,
        ready=ready,
        announce=announce,
        echo=outer.get("LOGS") == "terminal",
    )
    status = supervisor.run()
    console.say("Stopped.")
    return status


def farewell_lines(address: str, operator: Operator) -> list[str]:
    """What stands last on the screen: where to go, who may sign in, how to stop."""
    if operator.password:
        login = f"  Operator  {operator.email}   password  {operator.password}   (shown this once)"
    elif operator.created:
        login = f"  Operator  {operator.email}   with the password of VOD_ADMIN_PASSWORD"
    else:
        login = f"  Operator  {operator.email}   with the password from the first start"
    return ["", f"  Open      {address}", login, "  Stop      Ctrl-C", ""]


def is_alive(host: str, port: int) -> bool:
    """True when /healthz answers 200 within a second."""
    connection = http.client.HTTPConnection(host, port, timeout=1.0)
    try:
        connection.request("GET", "/healthz", headers={"Host": "localhost"})
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _demo_wanted(text: str | None) -> bool:
    if text in (None, "", "1", "true", "yes", "on"):
        return True
    if text in ("0", "false", "no", "off"):
        return False
    raise Problem(f"VOD_DEMO is {text!r}, but must be 1 or 0: make run VOD_DEMO=0")


def _as_typed(host: str) -> str:
    shown = "localhost" if host in ANYWHERE or host == "127.0.0.1" else host
    return f"[{shown}]" if ":" in shown else shown
