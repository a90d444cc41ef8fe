"""The factory's rows: uploads, assets and their versions, renditions, and the work that makes them.

Asset (a source) → AssetVersion (plan, key prefix) → Rendition → Segment; Job and Chunk are the queue of
record. Keys are `assets/<asset>/v<n>/<rendition>/…`; no absolute path is ever stored.
"""

from typing import ClassVar

from django.conf import settings
from django.db import models

from vod.lib.rows import Row


class AssetState(models.TextChoices):
    UPLOADED = "UPLOADED", "Uploaded"
    PROBING = "PROBING", "Being looked at"
    ENCODING = "ENCODING", "Being made"
    PLAYABLE = "PLAYABLE", "Playable"
    READY = "READY", "Ready"
    FAILED = "FAILED", "Failed"
    CANCELLED = "CANCELLED", "Cancelled"


WATCHABLE = (AssetState.PLAYABLE, AssetState.READY)


class Asset(Row):
    """A source file and what was made of it.

    `wanted_for` is an opaque key of an upper app: what the uploader said the file is for. `progress` is
    0 to 1 of the whole ladder and never falls. `media_info` is the frozen result of the probe.
    """

    file_name = models.CharField(max_length=255)
    size_bytes = models.BigIntegerField()
    source_key = models.CharField(max_length=255)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    wanted_for = models.UUIDField(null=True, blank=True, db_index=True)
    state = models.CharField(max_length=10, choices=AssetState, default=AssetState.UPLOADED)
    progress = models.FloatField(default=0)
    duration_seconds = models.FloatField(null=True, blank=True)
    media_info = models.JSONField(null=True, blank=True, editable=False)
    failure_code = models.CharField(max_length=40, blank=True)
    failure_message = models.TextField(blank=True)
    failure_permanent = models.BooleanField(default=False)
    current_version = models.ForeignKey(
        "AssetVersion", null=True, blank=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )
    # Beside what says it for each version, so that a page of films asks for no more rows.
    preview_of = models.UUIDField(
        null=True,
        blank=True,
        editable=False,
        help_text="The version that has a preview, the newest one that was made.",
    )
    subtitle_changes = models.JSONField(
        null=True,
        blank=True,
        editable=False,
        help_text="What operators changed of its subtitles; see services/subtitle_changes.py.",
    )
    changed_at = models.DateTimeField(auto_now=True)

    graphql_type: ClassVar[str] = "Asset"

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=AssetState.values), name="asset_state_known"),
            models.CheckConstraint(
                condition=models.Q(progress__gte=0, progress__lte=1), name="asset_progress_share"
            ),
        ]
        indexes = [models.Index(fields=["state", "-id"])]

    def __str__(self) -> str:
        return self.file_name

    @property
    def is_watchable(self) -> bool:
        return self.state in WATCHABLE


class AssetVersion(Row):
    """One making of an asset: its plan, and the prefix of all its objects. A new making is a new version."""

    asset = models.ForeignKey(Asset, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    plan = models.JSONField(editable=False)
    key_prefix = models.CharField(max_length=255, editable=False)
    has_storyboard = models.BooleanField(default=False)
    # Defaults of the database too: the version before this one knows nothing of these.
    preview_key = models.CharField(max_length=255, blank=True, default="", db_default="", editable=False)
    preview_bytes = models.PositiveIntegerField(default=0, db_default=0, editable=False)
    published_at = models.DateTimeField(null=True, blank=True)
    promised_at = models.DateTimeField(
        null=True,
        blank=True,
        help_text="Since when no viewer of the encoded rungs may catch up with the making.",
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["asset", "number"], name="version_numbers_differ")]

    def __str__(self) -> str:
        return f"v{self.number} of {self.asset_id}"


class RenditionKind(models.TextChoices):
    VIDEO = "VIDEO"
    AUDIO = "AUDIO"
    SUBTITLES = "SUBTITLES"
    STORYBOARD = "STORYBOARD"
    IFRAMES = "IFRAMES"


class RenditionState(models.TextChoices):
    WAITING = "WAITING"
    ENCODING = "ENCODING"
    READY = "READY"


class Rendition(Row):
    """One stream of a version. `bitrate` is the peak in bits a second, known when it is whole."""

    version = models.ForeignKey(AssetVersion, on_delete=models.CASCADE, related_name="renditions")
    name = models.CharField(max_length=40)
    kind = models.CharField(max_length=10, choices=RenditionKind)
    codec = models.CharField(max_length=20)
    codecs = models.CharField(max_length=40, blank=True, help_text="RFC 6381, from the configuration record.")
    width = models.PositiveIntegerField(null=True, blank=True)
    height = models.PositiveIntegerField(null=True, blank=True)
    bitrate = models.PositiveIntegerField(null=True, blank=True)
    language = models.CharField(max_length=35, blank=True)
    label = models.CharField(max_length=120, blank=True)
    channels = models.PositiveSmallIntegerField(null=True, blank=True)
    is_default = models.BooleanField(default=False)
    is_forced = models.BooleanField(default=False)
    is_hearing_impaired = models.BooleanField(default=False)
    is_copied = models.BooleanField(default=False, help_text="The samples are the source's own.")
    is_offered = models.BooleanField(
        default=False, help_text="Stands in the master: it is whole, or no viewer catches up with its making."
    )
    loudness = models.FloatField(null=True, blank=True, help_text="Integrated, in LUFS (EBU R 128).")
    true_peak = models.FloatField(null=True, blank=True, help_text="In dBTP.")
    state = models.CharField(max_length=10, choices=RenditionState, default=RenditionState.WAITING)
    progress = models.FloatField(default=0)
    init_digest = models.CharField(max_length=64, blank=True, editable=False)
    init_key = models.CharField(
        max_length=255,
        blank=True,
        editable=False,
        help_text="Object that is fetched before the segments: the init, or the index of a storyboard.",
    )
    sidecar = models.ForeignKey(
        "Sidecar",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="renditions",
        editable=False,
        help_text="The file of its own that these subtitles came in.",
    )

    class Meta:
        ordering = ["kind", "-height", "name"]
        constraints = [models.UniqueConstraint(fields=["version", "name"], name="rendition_names_differ")]

    def __str__(self) -> str:
        return self.name


class Segment(models.Model):
    """One verified segment that lies in the store.

    `key_frame_start` and `key_frame_bytes` are where its first picture lies in it, from the `moof` on; of video only.
    """

    id = models.BigAutoField(primary_key=True)
    rendition = models.ForeignKey(Rendition, on_delete=models.CASCADE, related_name="segments")
    number = models.PositiveIntegerField()
    key = models.CharField(max_length=255)
    size_bytes = models.PositiveIntegerField()
    duration_seconds = models.FloatField()
    key_frame_start = models.PositiveIntegerField(null=True)
    key_frame_bytes = models.PositiveIntegerField(null=True)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["rendition", "number"], name="segment_numbers_differ")]

    def __str__(self) -> str:
        return self.key


class WorkState(models.TextChoices):
    WAITING = "WAITING"
    RUNNING = "RUNNING"
    DONE = "DONE"
    FAILED = "FAILED"
    CANCELLED = "CANCELLED"


class Work(Row):
    """Abstract: a unit of work that is claimed by one conditional update.

    `attempt` is counted before the work starts, and `losses` are the starts whose worker was never heard of again;
    `fence` grows with every claim, and only the holder of the
    newest one may write; the lease is in database time. `priority`: smaller goes first.
    """

    state = models.CharField(max_length=10, choices=WorkState, default=WorkState.WAITING)
    priority = models.IntegerField(default=0)
    attempt = models.PositiveIntegerField(default=0)
    losses = models.PositiveIntegerField(default=0)
    owner = models.CharField(max_length=120, blank=True)
    fence = models.PositiveIntegerField(default=0)
    lease_until = models.DateTimeField(null=True, blank=True)
    not_before = models.DateTimeField(null=True, blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    progress = models.FloatField(default=0)
    cpu_seconds = models.FloatField(default=0)
    failure_code = models.CharField(max_length=40, blank=True)
    failure_message = models.TextField(blank=True)

    class Meta:
        abstract = True


class JobKind(models.TextChoices):
    PROBE = "PROBE"
    PUBLISH = "PUBLISH"


class Job(Work):
    """Work on an asset as a whole."""

    asset = models.ForeignKey(Asset, on_delete=models.CASCADE, related_name="jobs")
    kind = models.CharField(max_length=10, choices=JobKind)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["asset", "kind"], name="one_job_of_a_kind")]
        indexes = [models.Index(fields=["state", "priority", "id"])]

    def __str__(self) -> str:
        return f"{self.kind} of {self.asset_id}"


class ChunkKind(models.TextChoices):
    VIDEO = "VIDEO"
    AUDIO = "AUDIO"
    STORYBOARD = "STORYBOARD"
    SUBTITLES = "SUBTITLES"
    COPY = "COPY"
    ORIGINAL = "ORIGINAL"
    AV1 = "AV1"
    PREVIEW = "PREVIEW"


# What comes after a film is ready, and changes nothing about that, whatever becomes of it.
AFTERWARDS = (ChunkKind.AV1, ChunkKind.PREVIEW)


class ChunkPart(models.TextChoices):
    """Which rungs of the ladder a VIDEO chunk makes: the lowest can go ahead of the others."""

    ALL = "ALL"
    LOW = "LOW"
    REST = "REST"


class Chunk(Work):
    """A run of whole segments that one worker makes at one go, for all renditions of its kind (and part)."""

    version = models.ForeignKey(AssetVersion, on_delete=models.CASCADE, related_name="chunks")
    kind = models.CharField(max_length=10, choices=ChunkKind)
    part = models.CharField(max_length=4, choices=ChunkPart, default=ChunkPart.ALL)
    number = models.PositiveIntegerField()
    first_segment = models.PositiveIntegerField(default=0)
    end_segment = models.PositiveIntegerField(default=0)
    weight = models.FloatField(default=1, help_text="Its part of the work on the version.")

    class Meta:
        ordering = ["priority", "id"]
        constraints = [
            models.UniqueConstraint(fields=["version", "kind", "part", "number"], name="chunk_parts_differ")
        ]
        indexes = [models.Index(fields=["state", "priority", "id"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.number} of {self.version_id}"


class Sidecar(Row):
    """Subtitles that came in a file of their own: part of the asset's sources, in every version of it."""

    asset = models.ForeignKey(Asset, on_delete=models.CASCADE, related_name="sidecars")
    key = models.CharField(max_length=255)
    file_name = models.CharField(max_length=255)
    size_bytes = models.PositiveIntegerField()
    language = models.CharField(max_length=35, blank=True)
    label = models.CharField(max_length=120, blank=True)
    is_forced = models.BooleanField(default=False)
    is_hearing_impaired = models.BooleanField(default=False)
    # SHA-256 of its bytes; rows of before the column have none.
    digest = models.CharField(max_length=64, blank=True, default="", db_default="", editable=False)

    def __str__(self) -> str:
        return self.file_name


class UploadKind(models.TextChoices):
    FILM = "film"
    SUBTITLES = "subtitles"
    ARTWORK = "artwork"


class Upload(Row):
    """A tus upload. Bytes up to `offset` are safe; `asset` is there once a film is complete.

    With `part_bytes` the bytes go into the bucket as they arrive: parts of that size of the multipart upload
    `multipart_id` of `content_key`, and the rest in objects of their own (`UploadPiece`); afterwards there is only
    `content_key`. Who writes has made `writer` its own and says again and again until when. Without `part_bytes`
    they are a file of the machine that took the upload.
    """

    # An upload outlives its owner until its time is over: its bytes have to be removed, not only its row.
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    kind = models.CharField(max_length=10, choices=UploadKind, default=UploadKind.FILM)
    file_name = models.CharField(max_length=255)
    wanted_for = models.UUIDField(null=True, blank=True)
    size_bytes = models.BigIntegerField()
    offset = models.BigIntegerField(default=0)
    expires_at = models.DateTimeField()
    asset = models.ForeignKey(Asset, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    # Defaults of the database too: the version before this one knows nothing of these.
    part_bytes = models.BigIntegerField(default=0, db_default=0)
    multipart_id = models.TextField(blank=True, default="", db_default="")
    content_key = models.CharField(max_length=255, blank=True, default="", db_default="")
    writer = models.UUIDField(null=True, blank=True)
    writer_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(offset__gte=0) & models.Q(offset__lte=models.F("size_bytes")),
                name="upload_offset_within_size",
            )
        ]

    def __str__(self) -> str:
        return self.file_name


class UploadPiece(Row):
    """Bytes of an upload that are in the bucket, from `first_byte` on.

    A part of the multipart upload has its `etag` (its number follows from `first_byte`); what does not fill a part
    yet is an object of its own, `key`.
    """

    upload = models.ForeignKey(Upload, on_delete=models.CASCADE, related_name="pieces")
    first_byte = models.BigIntegerField()
    size_bytes = models.BigIntegerField()
    etag = models.CharField(max_length=255, blank=True, default="")
    key = models.CharField(max_length=255, blank=True, default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["upload", "first_byte"], name="one_piece_from_a_byte")]

    def __str__(self) -> str:
        return f"{self.upload_id} from {self.first_byte}"


class Removal(Row):
    """An order to remove every object below `prefix`: made with the rows' end, carried out `rounds` times so far."""

    prefix = models.CharField(max_length=255, unique=True)
    due_at = models.DateTimeField(db_index=True)
    rounds = models.PositiveSmallIntegerField(default=0)

    def __str__(self) -> str:
        return self.prefix
