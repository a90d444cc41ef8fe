"""Making one chunk: encode in a folder of its own, verify there, put once, then write the rows."""

import hashlib
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist

from transcoding.engine.boxes import codecs_of
from transcoding.engine.encode import RenditionOutput, encode_audio, encode_video_chunk
from transcoding.engine.ffmpeg import Progress, Usage
from transcoding.engine.plan import ChunkSpec, Plan
from transcoding.engine.thumbnails import make_storyboard
from transcoding.engine.verify import verify_chunk
from transcoding.errors import FailureCode, MediaError
from transcoding.models import Asset, AssetState, AssetVersion, Chunk, ChunkKind, Rendition
from transcoding.services.claiming import Hold, LostHold
from transcoding.services.finishing import Made, finish_chunk
from transcoding.services.progress import write_progress
from transcoding.services.toolbox import tools
from vod.lib.storage import objects

_DIFFERS = "A finished piece of this film does not fit the others. Try again."


@dataclass(slots=True)
class _Bench:
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


def make_chunk(hold: Hold[Chunk]) -> None:
    """Makes the chunk and its rows. Raises MediaError, LostHold or OSError of the store."""
    chunk = hold.row
    version = AssetVersion.objects.select_related("asset").filter(pk=chunk.version_id).first()
    if version is None:
        raise LostHold(str(chunk.pk))
    plan = Plan.from_json(version.plan)
    with _work_folder(chunk) as folder:
        bench = _Bench(hold, version, plan, folder)
        try:
            made, usage = _make(bench, objects().local_path(version.asset.source_key))
            finish_chunk(hold, plan=plan, made=made, cpu_seconds=usage.cpu_seconds)
        except (LostHold, MediaError, ObjectDoesNotExist, OSError) as error:
            # Whatever breaks once rows and objects are gone: what it means is that the work is not ours.
            if hold.is_ours():
                raise
            _clear_if_unwanted(bench)
            raise LostHold(str(chunk.pk)) from error


@contextmanager
def _work_folder(chunk: Chunk) -> Iterator[Path]:
    """One folder a job, named by chunk and fence, that never outlives it."""
    folder: Path = settings.WORK_ROOT / "chunks" / f"{chunk.pk}-{chunk.fence}"
    folder.mkdir(parents=True)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _make(bench: _Bench, source: Path) -> tuple[list[Made], Usage]:
    chunk, plan, found = bench.hold.row, bench.plan, tools()
    if chunk.kind == ChunkKind.STORYBOARD:
        board = make_storyboard(
            source,
            plan,
            bench.folder,
            tools=found,
            on_progress=bench.on_progress,
            should_stop=bench.should_stop,
        )
        return [_put_storyboard(bench, board.files, board.vtt)], board.usage
    if chunk.kind == ChunkKind.AUDIO:
        result = encode_audio(
            source,
            plan,
            bench.folder,
            tools=found,
            on_progress=bench.on_progress,
            should_stop=bench.should_stop,
        )
    else:
        result = encode_video_chunk(
            source,
            plan,
            ChunkSpec(chunk.number, chunk.first_segment, chunk.end_segment),
            bench.folder,
            tools=found,
            on_progress=bench.on_progress,
            should_stop=bench.should_stop,
        )
    return [_put_rendition(bench, output) for output in result.renditions], result.usage


def _put_rendition(bench: _Bench, output: RenditionOutput) -> Made:
    """Verifies one rendition's piece on our own disk, then puts it. The store's bytes win over ours."""
    known = Rendition.objects.get(version=bench.version, name=output.name).init_digest
    init = output.init.read_bytes()
    digest = hashlib.sha256(init).hexdigest()
    init_key = f"{bench.version.key_prefix}/{output.name}/init.mp4"
    verify_chunk(bench.plan, output, expected_init=objects().read_bytes(init_key) if known else None)
    written = bench.put_object(f"{output.name}/init.mp4", output.init)
    if not written and hashlib.sha256(objects().read_bytes(init_key)).hexdigest() != digest:
        raise MediaError(FailureCode.VERIFY_FAILED, _DIFFERS, tail=f"{output.name}: init differs")
    made = Made(name=output.name, codecs=codecs_of(init), init_digest=digest)
    for segment in output.segments:
        name = f"{output.name}/{segment.number:05d}.m4s"
        key = f"{bench.version.key_prefix}/{name}"
        written = bench.put_object(name, segment.path)
        size = segment.bytes if written else objects().size(key)
        made.segments.append((segment.number, key, size, float(segment.seconds)))
    return made


def _put_storyboard(bench: _Bench, sheets: tuple[Path, ...], vtt: Path) -> Made:
    board = bench.plan.storyboard
    made = Made(name=board.name)
    per_sheet = float(board.interval * board.columns * board.rows)
    for number, sheet in enumerate(sheets):
        name = f"{board.name}/{sheet.name}"
        bench.put_object(name, sheet)
        key = f"{bench.version.key_prefix}/{name}"
        made.segments.append((number, key, objects().size(key), per_sheet))
    bench.put_object(f"{board.name}/index.vtt", vtt)
    return made


def _clear_if_unwanted(bench: _Bench) -> None:
    """Takes back what was put for an asset that was cancelled or deleted meanwhile."""
    wanted = (
        Asset.objects.filter(pk=bench.version.asset_id, versions=bench.version)
        .exclude(state=AssetState.CANCELLED)
        .exists()
    )
    if not wanted:
        for key in bench.put:
            objects().delete(key)
