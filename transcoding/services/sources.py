"""The film that work is about, as the tools of this machine can read it."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from transcoding.engine.sources import Remote, Source
from transcoding.engine.tools import read_by_range
from transcoding.models import Chunk, Job
from transcoding.services.claiming import Hold
from transcoding.services.toolbox import tools
from vod.lib.storage import objects


@contextmanager
def source_of(key: str, *, hold: Hold[Chunk] | Hold[Job] | None = None) -> Iterator[Source]:
    """The source: a file of the store's or of this machine, or one that is read by range where that can be done.

    Work that is held stays ours while a whole film is fetched, however long that takes. Raises FileNotFoundError, or
    OSError of the store.
    """
    ranges = objects().by_range(key)
    if ranges is not None and read_by_range(tools()):
        with ranges as reader:
            yield Remote(reader.size, reader.read)
        return
    with ExitStack() as kept:
        with ExitStack() as fetching:
            if hold is not None:
                fetching.enter_context(hold.kept_alive())
            path = kept.enter_context(objects().local_copy(key))
        yield path
