"""What a trace of Chromium says of the page's main thread."""

import json
from typing import Any


def longest_task(trace: bytes) -> float:
    """The longest task of a renderer's main thread, in milliseconds of the processor's time.

    Not of the clock's, as a Long Tasks observer has it: on a busy machine the clock goes on while others compute.
    Event names and fields are those of the Trace Event Format: `tdur` is the thread's time in microseconds.
    """
    events: list[dict[str, Any]] = json.loads(trace)["traceEvents"]
    mains = {
        (event["pid"], event["tid"])
        for event in events
        if event.get("name") == "thread_name" and event["args"].get("name") == "CrRendererMain"
    }
    tasks: list[float] = [
        event["tdur"] / 1000
        for event in events
        if event.get("name") in {"RunTask", "ThreadControllerImpl::RunTask"}
        and (event["pid"], event["tid"]) in mains
        and "tdur" in event
    ]
    assert tasks, "the trace has no task of a page in it"
    return max(tasks)
