"""What Prometheus would store."""

from prometheus_client.parser import text_string_to_metric_families

Series = tuple[str, tuple[tuple[str, str], ...]]


def series(text: bytes) -> set[Series]:
    """Each series by name and labels; the times of creation, which scrapers ignore, are left out."""
    return set(values(text))


def values(text: bytes) -> dict[Series, float]:
    """The value of each."""
    return {
        (sample.name, tuple(sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(text.decode())
        for sample in family.samples
        if not sample.name.endswith("_created")
    }
