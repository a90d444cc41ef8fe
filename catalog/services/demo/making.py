"""Makes the demo library's films one after the other, in the background, and gives each to the factory."""

import fcntl
import os
import shutil
import tempfile
from pathlib import Path

from django.conf import settings
from django.db.models import Q

from catalog.demo.kinds import Film
from catalog.demo.programme import Wanted, videos
from catalog.demo.render import render_film
from catalog.models import Video
from catalog.services.demo.record import demo_folder, seeded
from transcoding.engine.tools import Tools
from transcoding.models import WATCHABLE, Asset, AssetState
from transcoding.services.ingest import add_source

#: Films in the factory at once: more would only take each other's time. The first has it for itself: it is waited for.
IN_THE_FACTORY = 2
OVER = (AssetState.READY, AssetState.FAILED, AssetState.CANCELLED)


def make_next_film(*, tools: Tools) -> bool:
    """Makes one film that is missing and queues it. False when there is none, or the factory has enough to do.

    Two at once do not happen: the second finds the folder's lock taken. A crash in mid-film leaves nothing but
    a folder of work; the film is made again. Raises MediaError when ffmpeg fails.
    """
    folder = demo_folder()
    names = seeded() if folder.is_dir() else []
    if not names:
        return False
    lock = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    else:
        found = _next(folder, names)
        if found is None:
            return False
        _make(*found, tools)
        return True
    finally:
        os.close(lock)


def _next(folder: Path, names: list[str]) -> tuple[Wanted, Video] | None:
    """The first video without a film and without one under way; None while the factory has enough of ours."""
    found: tuple[Wanted, Video] | None = None
    busy = watchable = 0
    for wanted in videos(folder):
        video = _video(wanted) if wanted.entry.name in names else None
        if video is None:
            continue
        assets = Asset.objects.filter(
            Q(wanted_for=video.pk) | Q(pk__in=[video.asset_id, video.pending_asset_id])
        )
        states = list(assets.values_list("state", flat=True))
        busy += any(state not in OVER for state in states)
        watchable += any(state in WATCHABLE for state in states)
        if not states:
            found = found or (wanted, video)
    return found if busy < (IN_THE_FACTORY if watchable else 1) else None


def _video(wanted: Wanted) -> Video | None:
    rows = Video.objects.filter(title__name=wanted.entry.name, title__year=wanted.entry.year)
    if wanted.season:
        rows = rows.filter(episode__season__number=wanted.season, episode__number=wanted.number)
    else:
        rows = rows.filter(episode=None)
    return rows.order_by("pk").first()


def _make(wanted: Wanted, video: Video, tools: Tools) -> None:
    root = Path(settings.WORK_ROOT)
    root.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="demo-", dir=root) as work:
        path = Path(work) / "film.mp4"
        if isinstance(wanted.source, Film):
            render_film(wanted.source, path, tools)
        else:
            # The factory takes its source away; the package stays whole.
            shutil.copyfile(wanted.source, path)
        add_source(path=path, file_name=f"{video.name}.mp4", wanted_for=video.pk)
