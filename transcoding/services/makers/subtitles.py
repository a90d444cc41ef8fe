"""All subtitles of a film: the source's own tracks in one pass, and the files beside it."""

from pathlib import Path

from transcoding.engine.ffmpeg import Usage
from transcoding.engine.sources import Source
from transcoding.engine.subtitles.extract import FILE, extract_subtitles
from transcoding.engine.subtitles.faults import UnusableSubtitles
from transcoding.models import Asset, Rendition, RenditionKind
from transcoding.services.bench import Bench
from transcoding.services.finishing import Made
from transcoding.services.subtitles import sidecar_text
from transcoding.services.toolbox import tools
from vod.lib.storage import objects
from vod.lib.transactions import transactional


def make_subtitles(bench: Bench, source: Source) -> tuple[list[Made], Usage]:
    """Every subtitle rendition that is not there yet; what cannot be read is left out with a note."""
    result = extract_subtitles(
        source,
        bench.plan,
        bench.folder,
        tools=tools(),
        on_progress=bench.on_progress,
        should_stop=bench.should_stop,
    )
    made = [_put(bench, output.name, output.path) for output in result.outputs]
    left_out = dict(result.left_out)
    beside = Rendition.objects.filter(
        version=bench.version, kind=RenditionKind.SUBTITLES, sidecar__isnull=False, segments=None
    )
    for row in beside.select_related("sidecar").order_by("name"):
        assert row.sidecar is not None
        path = bench.folder / f"{row.name}.vtt"
        try:
            path.write_text(sidecar_text(row.sidecar, bench.plan), encoding="utf-8", newline="\n")
        except (UnusableSubtitles, FileNotFoundError):
            left_out[row.name] = f"The subtitles {row.sidecar.file_name} cannot be read and are left out."
            continue
        made.append(_put(bench, row.name, path))
    if left_out:
        _leave_out(bench, left_out)
    return made, result.usage


def _put(bench: Bench, name: str, path: Path) -> Made:
    key = bench.put_object(f"{name}/{FILE}", path)
    made = Made(name=name)
    made.segments.append((0, key, objects().size(key), float(bench.plan.duration)))
    return made


@transactional
def _leave_out(bench: Bench, left_out: dict[str, str]) -> None:
    """Takes the renditions away that cannot be made, and says so among the asset's notes."""
    asset = Asset.objects.select_for_update().get(pk=bench.version.asset_id)
    if not bench.hold.is_ours():
        return
    Rendition.objects.filter(version=bench.version, name__in=left_out).delete()
    info = dict(asset.media_info or {})
    notes = list(info.get("notes") or [])
    info["notes"] = notes + [note for note in left_out.values() if note not in notes]
    Asset.objects.filter(pk=asset.pk).update(media_info=info)
