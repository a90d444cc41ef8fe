"""For pytest: writes the tests that failed to the file that FAILED_TESTS names, for `make test` to ask them again."""

import os
from pathlib import Path

import pytest


class Failures:
    """Collects ids; says nothing where the run itself went wrong, which no second look makes good."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.ids: dict[str, None] = {}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            self.ids[report.nodeid] = None

    def pytest_sessionfinish(self, session: pytest.Session, exitstatus: int) -> None:
        if exitstatus == pytest.ExitCode.TESTS_FAILED and not session.shouldfail:
            self.file.write_text("".join(f"{name}\n" for name in self.ids))


def pytest_configure(config: pytest.Config) -> None:
    # A process of xdist has its tests reported by the one that leads.
    if (name := os.environ.get("FAILED_TESTS")) and not hasattr(config, "workerinput"):
        config.pluginmanager.register(Failures(Path(name)))
