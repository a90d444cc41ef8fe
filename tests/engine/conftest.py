"""The sandbox of this machine. It needs bubblewrap (make test installs it)."""

import shutil

import pytest

from tests.engine.inside import python
from transcoding.engine import sandbox as sandboxes
from transcoding.engine.sandbox import Bubblewrap
from transcoding.errors import MediaError


@pytest.fixture(scope="module")
def walls() -> Bubblewrap:
    program = shutil.which("bwrap")
    assert program, "bubblewrap is not here: install it (apt install bubblewrap), or use make test"
    try:
        python("pass", Bubblewrap(program))
    except MediaError:
        # Older than 0.8.
        return Bubblewrap(program, sealed=False)
    return Bubblewrap(program)


@pytest.fixture
def untried(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a process that has tried no sandbox yet."""
    monkeypatch.setattr(sandboxes, "_proved", {})
    monkeypatch.setattr(sandboxes, "_refused", {})
