"""What operators changed of a film's subtitles, as every later making of it has to know.

`Asset.subtitle_changes` holds `tracks`: by the name of a track of the source itself what is different of it, null
where it was taken away; `default`: which one is shown unasked, by its name or by "sidecar:<key>", null for none (where
it is missing, the source says so); `next`: the least number that no track has ever had. A file beside the source says
itself what it is.
"""

from typing import Any

from transcoding.models import Asset, Rendition

CHANGEABLE = ("language", "label", "is_forced", "is_hearing_impaired")


def changes_of(asset: Asset) -> dict[str, Any]:
    return {"tracks": {}, "next": 0, **(asset.subtitle_changes or {})}


def as_changed(asset: Asset, rows: list[Rendition]) -> list[Rendition]:
    """The source's own tracks as operators left them, without those that they took away."""
    tracks = changes_of(asset)["tracks"]
    for row in rows:
        for field, value in (tracks.get(row.name) or {}).items():
            setattr(row, field, value)
    return [row for row in rows if tracks.get(row.name, row) is not None]


def mark_default(asset: Asset, rows: list[Rendition]) -> None:
    """Marks the one that an operator chose, where one was chosen."""
    changes = changes_of(asset)
    if "default" in changes:
        for row in rows:
            row.is_default = name_for_good(row) == changes["default"]


def name_for_good(row: Rendition) -> str:
    """What a track is known by in all makings: files beside the source may have another number in each."""
    return f"sidecar:{row.sidecar_id}" if row.sidecar_id else row.name


def number_of(row: Rendition) -> int:
    return int(row.name.rpartition("-")[2])


def first_free(asset: Asset) -> int:
    """The least number that no track which is gone had: an address never changes its bytes."""
    return int(changes_of(asset)["next"])
