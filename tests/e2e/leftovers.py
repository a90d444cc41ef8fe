"""What a page holds on to: live objects, listeners, timers and memory, after its garbage was collected."""

from dataclasses import dataclass

from playwright.sync_api import CDPSession, Page

#: Before the page's own script: which intervals run.
COUNT_INTERVALS = """(() => {
  const running = new Set();
  const { setInterval: set, clearInterval: clear } = window;
  window.setInterval = (...rest) => { const id = set(...rest); running.add(id); return id; };
  window.clearInterval = (id) => { running.delete(id); clear(id); };
  window.intervalsRunning = () => running.size;
})()"""


@dataclass(frozen=True)
class Leftovers:
    """Counts, and bytes of the script heap."""

    videos: int
    sources: int
    contexts: int
    intervals: int
    listeners: int
    nodes: int
    heap: int


def leftovers(page: Page, session: CDPSession) -> Leftovers:
    """What is alive now. The page must have been opened with COUNT_INTERVALS as an init script."""
    for _ in range(3):
        session.send("HeapProfiler.collectGarbage")
    dom = session.send("Memory.getDOMCounters")
    return Leftovers(
        videos=_alive(session, "HTMLVideoElement"),
        sources=_alive(session, "MediaSource"),
        contexts=_alive(session, "AudioContext"),
        intervals=page.evaluate("window.intervalsRunning()"),
        listeners=dom["jsEventListeners"],
        nodes=dom["nodes"],
        heap=int(session.send("Runtime.getHeapUsage")["usedSize"]),
    )


def _alive(session: CDPSession, kind: str) -> int:
    prototype = session.send("Runtime.evaluate", {"expression": f"{kind}.prototype"})["result"]["objectId"]
    found = session.send("Runtime.queryObjects", {"prototypeObjectId": prototype})["objects"]["objectId"]
    count = session.send(
        "Runtime.callFunctionOn",
        {
            "objectId": found,
            "functionDeclaration": "function () { return this.length; }",
            "returnByValue": True,
        },
    )["result"]["value"]
    for held in (found, prototype):
        session.send("Runtime.releaseObject", {"objectId": held})
    return int(count)
