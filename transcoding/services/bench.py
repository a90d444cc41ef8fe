"""A worker's bench: what the steps of one chunk share, and how results get from it into the store."""

import hashlib
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings

from transcoding.engine.boxes import codecs_of
from transcoding.engine.ffmpeg import Progress
from transcoding.engine.outputs import RenditionOutput
from transcoding.engine.plan import Plan
from transcoding.engine.verify import key_frame_of, verify_chunk
from transcoding.errors import FailureCode, MediaError
from transcoding.models import Asset, AssetState, AssetVersion, Chunk, Rendition
from transcoding.services.claiming import Hold, LostHold
from transcoding.services.finishing import Made
from transcoding.services.progress import write_progress
from vod.lib.storage import objects

_DIFFERS = "A finished piece of this film does not fit the others. Try again."


@dataclass(slots=True)
class Bench:
    """What the steps of one chunk share."""

    hold: Hold[Chunk]
    version: AssetVersion
    plan: Plan
    folder: Path
    put: list[str] = field(default_factory=list)

    def on_progress(self, progress: Progress) -> None:
        self.hold.is_at(progress.fraction)

    def should_stop(self) -> bool:
        due = self.hold.beat_is_due()
        stop = self.hold.should_stop()
        if due and not stop:
            write_progress(asset_id=self.version.asset_id, version_id=self.version.pk)
        return stop

    def put_object(self, name: str, path: Path) -> bool:
        """Puts a file once, below the version's prefix; False where the object was there before."""
        if self.should_stop():
            raise LostHold(name)
        key = f"{self.version.key_prefix}/{name}"
        written = objects().put_absent(key, path)
        if written:
            self.put.append(key)
        return written


@contextmanager
def work_folder(chunk: Chunk) -> Iterator[Path]:
    """One folder a job, named by chunk and fence, that never outlives it."""
    folder: Path = settings.WORK_ROOT / "chunks" / f"{chunk.pk}-{chunk.fence}"
    folder.mkdir(parents=True)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def put_rendition(bench: Bench, output: RenditionOutput) -> Made:
    """Verifies one rendition's piece on our own disk, then puts it. The store's bytes win over ours."""
    known = Rendition.objects.get(version=bench.version, name=output.name).init_digest
    init = output.init.read_bytes()
    digest = hashlib.sha256(init).hexdigest()
    init_key = f"{bench.version.key_prefix}/{output.name}/init.mp4"
    key_frames = verify_chunk(
        bench.plan, output, expected_init=objects().read_bytes(init_key) if known else None
    )
    written = bench.put_object(f"{output.name}/init.mp4", output.init)
    if not written and hashlib.sha256(objects().read_bytes(init_key)).hexdigest() != digest:
        raise MediaError(FailureCode.VERIFY_FAILED, _DIFFERS, tail=f"{output.name}: init differs")
    made = Made(name=output.name, codecs=codecs_of(init), init_digest=digest, key_frames=key_frames)
    for segment in output.segments:
        name = f"{output.name}/{segment.number:05d}.m4s"
        key = f"{bench.version.key_prefix}/{name}"
        written = bench.put_object(name, segment.path)
        size = segment.bytes if written else objects().size(key)
        if not written and key_frames:
            made.key_frames[segment.number] = key_frame_of(init, objects().read_bytes(key))
        made.segments.append((segment.number, key, size, float(segment.seconds)))
    made.loudness, made.true_peak = output.loudness.integrated, output.loudness.true_peak
    made.copied = output.copied
    return made


def clear_if_unwanted(bench: Bench) -> None:
    """Takes back what was put for an asset that was cancelled or deleted meanwhile."""
    wanted = (
        Asset.objects.filter(pk=bench.version.asset_id, versions=bench.version)
        .exclude(state=AssetState.CANCELLED)
        .exists()
    )
    if not wanted:
        for key in bench.put:
            objects().delete(key)
