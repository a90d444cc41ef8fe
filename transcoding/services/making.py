"""Making one chunk: encode in a folder of its own, verify there, put once, then write the rows."""

import time
from collections.abc import Callable

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
from transcoding.services.leftovers import clear_after
from transcoding.services.makers.av1 import make_av1
from transcoding.services.makers.copy import make_copy, make_original
from transcoding.services.makers.picture import make_picture
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
            with source_of(version.asset.source_key, hold=hold) as source:
                made, usage = MAKERS[chunk.kind](bench, source)
            finish = finish_av1_chunk if chunk.kind == ChunkKind.AV1 else finish_chunk
            outlast(lambda: finish(hold, plan=plan, made=made, cpu_seconds=usage.cpu_seconds))
        except (LostHold, MediaError, ObjectDoesNotExist, OSError) as error:
            # Whatever breaks once rows and objects are gone: what it means is that the work is not ours.
            ours = outlast(hold.is_ours)
            outlast(lambda: clear_after(bench))
            if ours:
                raise
            raise LostHold(str(chunk.pk)) from error
    ENCODE_SPEED.labels(chunk.kind).observe(
        film_seconds(plan, chunk) / max(time.monotonic() - started, 0.001)
    )
