"""For pytest: of all tests, those that use the database."""

import pytest

_FIXTURES = {"db", "transactional_db", "django_db_setup"}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leaves out what no database could change."""
    kept: list[pytest.Item] = []
    left_out: list[pytest.Item] = []
    for item in items:
        fixtures = set(getattr(item, "fixturenames", ()))
        uses_it = (
            fixtures & _FIXTURES or item.get_closest_marker("django_db") or "postgres" in item.path.parts
        )
        (kept if uses_it else left_out).append(item)
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = kept
