"""A worker's bench: what the steps of one chunk share, and how results get from it into the store."""

import hashlib
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings

from transcoding.engine.boxes import codecs_of
from transcoding.engine.ffmpeg import Progress
from transcoding.engine.outputs import RenditionOutput
from transcoding.engine.plan import Plan
from transcoding.engine.verify import key_frame_of, verify_chunk
from transcoding.models import AssetVersion, Chunk, Rendition
from transcoding.selectors.delivery import INIT, init_key_of
from transcoding.services.adopting import adopt_init, adopt_segment
from transcoding.services.claiming import Hold, LostHold
from transcoding.services.finishing import Made
from transcoding.services.outages import AWAY, outlast
from transcoding.services.progress import write_progress
from vod.lib.storage import objects


@dataclass(slots=True)
class Bench:
    """What the steps of one chunk share: `put` are the keys that it put, `found` those that were there before."""

    hold: Hold[Chunk]
    version: AssetVersion
    plan: Plan
    folder: Path
    put: list[str] = field(default_factory=list)
    found: set[str] = field(default_factory=set)

    def on_progress(self, progress: Progress) -> None:
        self.hold.is_at(progress.fraction)

    def should_stop(self) -> bool:
        due = self.hold.beat_is_due()
        stop = self.hold.should_stop()
        if due and not stop:
            # Only a number that people look at: the next beat writes it.
            with suppress(*AWAY):
                write_progress(asset_id=self.version.asset_id, version_id=self.version.pk)
        return stop

    def put_object(self, name: str, path: Path, *, shared: bool = False) -> str:
        """Puts a file once, below the version's prefix; the key, which the object's row has to name.

        `shared` is what every chunk of a rendition makes. Where the store would let a late writer replace
        an object, the key is this claim's own (ADR 0008): what no row names is never seen.
        """
        if self.should_stop():
            raise LostHold(name)
        key = f"{self.version.key_prefix}/{self._own(name, shared=shared)}"
        # Before the fact: an answer that is lost on the way may be of a write that was done.
        self.put.append(key)
        if not objects().put_absent(key, path):
            self.found.add(key)
        return key

    def _own(self, name: str, *, shared: bool) -> str:
        if objects().refuses_late_writers:
            return name
        chunk = self.hold.row
        claim = f"c{chunk.number}f{chunk.fence}" if shared else f"f{chunk.fence}"
        stem, _, suffix = name.rpartition(".")
        return f"{stem}.{claim}.{suffix}"


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
    row = outlast(lambda: Rendition.objects.get(version=bench.version, name=output.name))
    init = output.init.read_bytes()
    digest = hashlib.sha256(init).hexdigest()
    known = objects().read_bytes(init_key_of(bench.version, row)) if row.init_digest else None
    made = Made(name=output.name, codecs=codecs_of(init), init_digest=digest)
    made.key_frames = verify_chunk(bench.plan, output, expected_init=known)
    # A store may take its time; the work stays ours meanwhile.
    with bench.hold.kept_alive():
        if known is None:
            made.init_key = bench.put_object(f"{output.name}/{INIT}", output.init, shared=True)
            if made.init_key in bench.found:
                adopt_init(path=output.init, key=made.init_key)
        for segment in output.segments:
            key = bench.put_object(f"{output.name}/{segment.number:05d}.m4s", segment.path)
            size = segment.bytes
            if key in bench.found:
                there = adopt_segment(plan=bench.plan, output=output, segment=segment, key=key)
                size = len(there)
                if made.key_frames:
                    made.key_frames[segment.number] = key_frame_of(init, there)
            made.segments.append((segment.number, key, size, float(segment.seconds)))
    made.loudness, made.true_peak = output.loudness.integrated, output.loudness.true_peak
    made.copied = output.copied
    return made
