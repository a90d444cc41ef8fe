"""System checks that really try what they check. They run with `check --deploy`, not at every start."""

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core import checks
from django.core.checks import CheckMessage, Error, Tags, register

from transcoding.engine.ffmpeg import Limits, run
from transcoding.engine.sandbox import SandboxMode, try_sandbox
from transcoding.engine.tools import NEEDED_ENCODERS, NEEDED_FILTERS, find_tools, read_by_range
from transcoding.errors import FailureCode, MediaError
from transcoding.services.toolbox import tools
from vod.lib.storage import objects
from vod.lib.storage.bucket import State, Wishes, see_to_bucket
from vod.lib.storage.s3 import S3Store
from vod.lib.storage.store import trial_key

_PRIVATE = "Films are paid for, and addresses can be guessed: only Lantern may read the bucket."
_SET_UP = "manage.py set_up_bucket sees to it."
_SAMPLE = Limits(wall_seconds=60, cpu_seconds=60)


@register(Tags.compatibility, deploy=True)
def ffmpeg_works(app_configs: Sequence[Any] | None, **_options: Any) -> list[CheckMessage]:
    """Finds the tools and encodes a second of picture and sound with them."""
    try:
        found = tools()
        missing = sorted((NEEDED_ENCODERS - found.encoders) | (NEEDED_FILTERS - found.filters))
        if missing:
            return [
                Error(
                    f"This ffmpeg lacks {', '.join(missing)}.",
                    hint="Set FFMPEG to a build that has them, or leave it empty for the wheel's.",
                    id="transcoding.E002",
                )
            ]
        with tempfile.TemporaryDirectory() as folder:
            completed = run(
                [
                    *(str(found.ffmpeg), "-loglevel", "error"),
                    *("-f", "lavfi", "-i", "testsrc2=size=128x72:rate=25:duration=1"),
                    *("-f", "lavfi", "-i", "sine=duration=1", "-c:v", "libx264", "-c:a", "aac"),
                    str(Path(folder) / "sample.mp4"),
                ],
                limits=_SAMPLE,
                sandbox=found.sandbox,
                writes=[Path(folder)],
            )
    except MediaError as error:
        if error.code is FailureCode.SANDBOX_UNAVAILABLE:
            # The check of the sandbox says it.
            return []
        return [Error(error.sentence, hint=error.tail or None, id="transcoding.E001")]
    if completed.returncode:
        return [Error("ffmpeg cannot make a sample film.", hint=completed.tail, id="transcoding.E003")]
    return []


@register(Tags.security, deploy=True)
def sandbox_holds(app_configs: Sequence[Any] | None, **_options: Any) -> list[CheckMessage]:
    """Tries the sandbox: ffmpeg works in it, and can neither read another file nor reach the network."""
    mode = SandboxMode(settings.SANDBOX)
    if mode is SandboxMode.OFF:
        return [
            checks.Warning(
                "Films are opened without a sandbox (SANDBOX=off).",
                hint="Set SANDBOX=required, or auto.",
                id="transcoding.W003",
            )
        ]
    try:
        found = find_tools(settings.FFMPEG or None, settings.FFPROBE or None, sandbox=SandboxMode.OFF)
    except MediaError:
        # The check of ffmpeg says it.
        return []
    sandbox, reason = try_sandbox(found.ffmpeg)
    if sandbox is not None:
        return []
    if mode is SandboxMode.REQUIRED:
        return [
            Error(
                "SANDBOX=required, and the sandbox does not work: films wait.",
                hint=f"{reason}.",
                id="transcoding.E005",
            )
        ]
    return [
        checks.Warning(
            "Films are opened with limits only, because the sandbox does not work (SANDBOX=auto).",
            hint=f"{reason}.",
            id="transcoding.W002",
        )
    ]


@register(Tags.files, deploy=True)
def store_can_be_used(app_configs: Sequence[Any] | None, **_options: Any) -> list[CheckMessage]:
    """Writes, reads and removes an object, and tries what becomes of a late writer."""
    key, written = trial_key(), b"Lantern was here."
    try:
        objects().put_bytes(key, written)
        kept = objects().read_bytes(key)
        objects().delete(key)
        refuses = objects().refuses_late_writers
    except OSError as error:
        return [Error(f"The object store cannot be used: {error}.", id="transcoding.E004")]
    if kept != written:
        return [Error("The object store gives back other bytes than it was given.", id="transcoding.E006")]
    if refuses:
        return []
    return [
        checks.Info(
            "The store lets a late writer replace an object, so each object's name carries the number of its claim.",
            hint="Nothing has to be done. Hard links, or an S3 that honours If-None-Match, save a few leftovers.",
            id="transcoding.I001",
        )
    ]


@register(Tags.files, deploy=True)
def store_is_shared(app_configs: Sequence[Any] | None, **_options: Any) -> list[CheckMessage]:
    """Says so where objects lie on a disk: right for one machine, and no fault, but not for two."""
    if settings.S3_BUCKET or not settings.PRODUCTION:
        return []
    return [
        checks.Info(
            "Objects lie on the disk of this machine, where roles on other machines cannot reach them.",
            hint="With more than one machine set S3_BUCKET.",
            id="transcoding.I002",
        )
    ]


@register(Tags.security, deploy=True)
def bucket_is_private(app_configs: Sequence[Any] | None, **_options: Any) -> list[CheckMessage]:
    """Tries the bucket as somebody without a key, and looks for what `set_up_bucket` sees to."""
    store = objects()
    if not isinstance(store, S3Store):
        return []
    messages: list[CheckMessage] = []
    try:
        for finding in see_to_bucket(store, Wishes()):
            if finding.state is State.WRONG and finding.about == "private":
                messages.append(Error(finding.sentence, hint=_PRIVATE, id="transcoding.E007"))
            elif finding.state is State.MISSING and finding.about != "bucket":
                messages.append(checks.Warning(finding.sentence, hint=_SET_UP, id="transcoding.W004"))
    except OSError:
        # The check of the store says it.
        return []
    return messages


@register(Tags.compatibility, deploy=True)
def films_are_read_by_range(app_configs: Sequence[Any] | None, **_options: Any) -> list[CheckMessage]:
    """Tries the door of the sandbox, where films lie in a store that is elsewhere."""
    try:
        if not isinstance(objects(), S3Store) or read_by_range(tools()):
            return []
    except MediaError:
        # The checks of ffmpeg and of the sandbox say it.
        return []
    return [
        checks.Info(
            "Each worker's machine copies whole films from the bucket, since its tools cannot read them by range.",
            hint="That takes a sandbox (SANDBOX), and an ffmpeg and ffprobe that can do http.",
            id="transcoding.I003",
        )
    ]
