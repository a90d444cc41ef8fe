"""A lock file made where other platforms' packages cannot be looked up still serves those platforms."""

from typing import Any

from vod.machine.lockfile import complete


def lock() -> dict[str, Any]:
    return {
        "packages": {
            "": {"devDependencies": {"tool": "2.0.0"}},
            "node_modules/tool": {
                "version": "2.0.0",
                "dev": True,
                "optionalDependencies": {
                    "@tool/linux-x64-gnu": "2.0.0",
                    "@tool/linux-arm64-musl": "2.0.0",
                    "@tool/darwin-arm64": "2.0.0",
                    "colours": "1.0.0",
                },
            },
            "node_modules/@tool/linux-x64-gnu": {"version": "2.0.0", "integrity": "sha512-x"},
            "node_modules/app/node_modules/tool": {
                "version": "1.0.0",
                "optionalDependencies": {"@tool/darwin-arm64": "1.0.0"},
            },
        }
    }


def test_missing_platforms_are_named_with_what_they_run_on() -> None:
    # given
    found = lock()
    # when
    added = complete(found)
    # then
    assert sorted(added) == [
        "node_modules/@tool/darwin-arm64",
        "node_modules/@tool/linux-arm64-musl",
        "node_modules/app/node_modules/@tool/darwin-arm64",
    ]
    packages = found["packages"]
    assert packages["node_modules/@tool/linux-arm64-musl"] == {
        "version": "2.0.0",
        "os": ["linux"],
        "cpu": ["arm64"],
        "libc": ["musl"],
        "dev": True,
        "optional": True,
    }
    assert packages["node_modules/app/node_modules/@tool/darwin-arm64"]["version"] == "1.0.0"
    assert packages["node_modules/@tool/linux-x64-gnu"] == {"version": "2.0.0", "integrity": "sha512-x"}


def test_a_complete_file_stays_as_it_is() -> None:
    found = lock()
    complete(found)
    assert complete(found) == []
