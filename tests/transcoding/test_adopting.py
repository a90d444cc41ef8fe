"""What lies in the store where a segment should go: another worker's, a torn one, somebody else's."""

from pathlib import Path

import pytest

from transcoding.models import Asset, AssetState, Chunk, Segment, WorkState
from transcoding.services.claiming import claim
from transcoding.services.making import make_chunk
from transcoding.services.working import work_once
from vod.lib.storage import objects


def first_piece(planned: Asset) -> tuple[str, bytes]:
    """The key and bytes of the first segment of the picture; its row is gone, and its chunk waits again."""
    hold = claim(Chunk)
    assert hold is not None
    make_chunk(hold)
    segment = Segment.objects.get()
    content = objects().read_bytes(segment.key)
    segment.delete()
    planned.versions.get().renditions.update(init_digest="", init_key="")
    Chunk.objects.filter(pk=hold.row.pk).update(state=WorkState.WAITING)
    return segment.key, content


def put(key: str, content: bytes) -> None:
    """Replaces the object, as only a test or a fault may."""
    objects().delete(key)
    objects().put_bytes(key, content)


def make_all(planned: Asset) -> None:
    while work_once():
        pass
    planned.refresh_from_db()
    assert planned.state == AssetState.READY, planned.failure_message


@pytest.mark.parametrize("torn", [b"", b"half", None], ids=["empty", "another's", "cut"])
def test_a_torn_segment_without_a_row_gives_way(planned: Asset, torn: bytes | None) -> None:
    key, whole = first_piece(planned)
    put(key, whole[: len(whole) // 2] if torn is None else torn)

    make_all(planned)

    assert objects().read_bytes(key) == whole
    assert Segment.objects.get(key=key).size_bytes == len(whole)


def test_another_whole_segment_stays_and_its_row_describes_it(planned: Asset) -> None:
    key, whole = first_piece(planned)
    # A box that players skip (ISO/IEC 14496-12, 8.1.2): another object with the same picture.
    other = whole + b"\0\0\0\x10free\0\0\0\0\0\0\0\0"
    put(key, other)

    make_all(planned)

    assert objects().read_bytes(key) == other
    assert Segment.objects.get(key=key).size_bytes == len(other)


def test_the_same_segment_stays_untouched(planned: Asset) -> None:
    key, _ = first_piece(planned)
    path = objects().local_path(key)  # type: ignore[attr-defined]
    before = path.stat()

    make_all(planned)

    assert (path.stat().st_ino, path.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_a_torn_init_segment_without_a_row_gives_way(planned: Asset, tmp_path: Path) -> None:
    key, _ = first_piece(planned)
    init = f"{key.rpartition('/')[0]}/init.mp4"
    whole = objects().read_bytes(init)
    put(init, whole[:20])

    make_all(planned)

    assert objects().read_bytes(init) == whole
