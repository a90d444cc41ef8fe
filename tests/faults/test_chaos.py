"""A few rounds of the fault suite, with fixed seeds; `python -m tests.faults` plays them at length."""

from pathlib import Path

import pytest

from tests.faults.rounds import play
from tests.faults.world import Template


@pytest.mark.parametrize("seed", [1, 2])
def test_a_film_becomes_ready_by_itself_whatever_dies(template: Template, tmp_path: Path, seed: int) -> None:
    played = play(template, tmp_path, seed, rage_seconds=6.0)

    assert played.violations == [], f"{played.line()}\n{played.deeds}\n{played.logs}"
