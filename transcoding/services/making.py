"""Making one chunk: encode in a folder of its own, verify there, put once, then write the rows."""

import time
from collections.abc import Callable
from functools import partial

from django.core.exceptions import ObjectDoesNotExist

from transcoding.engine.ffmpeg import Usage
from transcoding.engine.plan import Plan
from transcoding.engine.sources import Source
from transcoding.errors import MediaError
from transcoding.models import AssetVersion, Chunk, ChunkKind
from transcoding.selectors.speeds import film_seconds
from transcoding.services.bench import Bench, work_folder
from transcoding.services.claiming import Hold, LostHold
from transcoding.services.finishing import Made, finish_chunk
from transcoding.services.finishing_av1 import finish_av1_chunk
from transcoding.services.finishing_preview import finish_preview
from transcoding.services.leftovers import clear_after, clear_unnamed
from transcoding.services.makers.av1 import make_av1
from transcoding.services.makers.copy import make_copy, make_original
from transcoding.services.makers.picture import make_picture
from transcoding.services.makers.preview import make_preview
from transcoding.services.makers.sound import make_sound
from transcoding.services.makers.storyboard import make_storyboard
from transcoding.services.makers.subtitles import make_subtitles
from transcoding.services.outages import outlast
from transcoding.services.sources import source_of
from vod.lib.logs import say_about
from vod.lib.metrics import ENCODE_SPEED

MAKERS: dict[str, Callable[[Bench, Source], tuple[list[Made], Usage]]] = {
    ChunkKind.VIDEO: make_picture,
    ChunkKind.AUDIO: make_sound,
    ChunkKind.STORYBOARD: make_storyboard,
    ChunkKind.SUBTITLES: make_subtitles,
    ChunkKind.AV1: make_av1,
    ChunkKind.COPY: make_copy,
    ChunkKind.ORIGINAL: make_original,
}
Finish = Callable[[], None]


def make_chunk(hold: Hold[Chunk]) -> None:
    """Makes the chunk and its rows. Raises MediaError, LostHold or OSError of the store."""
    chunk = hold.row
    version = AssetVersion.objects.select_related("asset").filter(pk=chunk.version_id).first()
    if version is None:
        raise LostHold(str(chunk.pk))
    plan = Plan.from_json(version.plan)
    say_about(asset=version.asset_id)
    started = time.monotonic()
    with work_folder(chunk) as folder:
        bench = Bench(hold, version, plan, folder)
        try:
            outlast(_make_preview(bench) if chunk.kind == ChunkKind.PREVIEW else _make(bench))
        except (LostHold, MediaError, ObjectDoesNotExist, OSError) as error:
            # Whatever breaks once rows and objects are gone: what it means is that the work is not ours.
            ours = outlast(hold.is_ours)
            outlast(lambda: clear_after(bench))
            if ours:
                raise
            raise LostHold(str(chunk.pk)) from error
    if chunk.kind == ChunkKind.PREVIEW:
        clear_unnamed(version)
        return
    ENCODE_SPEED.labels(chunk.kind).observe(
        film_seconds(plan, chunk) / max(time.monotonic() - started, 0.001)
    )


def _make(bench: Bench) -> Finish:
    """Makes a piece of the film from its source; the answer writes its rows."""
    hold = bench.hold
    with source_of(bench.version.asset.source_key, hold=hold) as source:
        made, usage = MAKERS[hold.row.kind](bench, source)
    finish = finish_av1_chunk if hold.row.kind == ChunkKind.AV1 else finish_chunk
    return partial(finish, hold, plan=bench.plan, made=made, cpu_seconds=usage.cpu_seconds)


def _make_preview(bench: Bench) -> Finish:
    """Makes the preview from what is there; the source, which may be far away and large, is not asked for."""
    clip, usage = make_preview(bench)
    return partial(finish_preview, bench.hold, clip=clip, cpu_seconds=usage.cpu_seconds)
