"""The present editions of what answers depend on."""

from collections.abc import Collection

from catalog.models import Edition


def editions(names: Collection[str]) -> str:
    """A word that changes whenever one of the named editions does. One statement."""
    rows = Edition.objects.filter(name__in=names).order_by("name").values_list("name", "value")
    return " ".join(f"{name}={value}" for name, value in rows)
