"""The installation that every round and every scenario begins with."""

import pytest

from tests.faults.world import Template, make_template


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Template:
    return make_template(tmp_path_factory.mktemp("faults"))
