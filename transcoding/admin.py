"""The factory's rows in the admin: what is where, how far, and what went wrong."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from unfold.admin import ModelAdmin, TabularInline

from transcoding.asset_errors import AssetError
from transcoding.models import Asset, AssetVersion, Chunk, Job, Rendition, Segment, Upload
from transcoding.selectors.pace import MAKING, pace_of
from transcoding.selectors.waiting import why_films_wait
from transcoding.services.cancel import cancel_asset
from transcoding.services.delete import delete_asset
from transcoding.services.order_av1 import order_av1
from transcoding.services.retry import retry_asset


def progress_bar(share: float) -> SafeString:
    """A share of the whole as a bar and in words."""
    return format_html(
        '<progress max="1" value="{}" style="width:8rem;vertical-align:middle;accent-color:var(--color-primary-500, orange)" aria-label="Progress">'
        "</progress> {}",
        f"{share:.3f}",
        f"{share:.0%}",
    )


class MachineMade(ModelAdmin):
    """Rows that only the factory writes: to be read here, not changed."""

    def has_add_permission(self, _request: HttpRequest, *_args: Any) -> bool:
        return False

    def has_change_permission(self, _request: HttpRequest, _row: Any = None) -> bool:
        return False

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        reason = why_films_wait()
        if reason and request.method == "GET":
            self.message_user(request, reason, messages.WARNING)
        return super().changelist_view(request, extra_context)

    @admin.display(description="progress", ordering="progress")
    def bar(self, row: Any) -> SafeString:
        return progress_bar(row.progress)


class VersionInline(TabularInline):
    model = AssetVersion
    fk_name = "asset"
    fields = ("number", "key_prefix", "has_storyboard", "published_at")
    readonly_fields = fields
    extra = 0
    can_delete = False
    show_change_link = True

    def has_add_permission(self, _request: HttpRequest, *_args: Any) -> bool:
        return False


@admin.register(Asset)
class AssetAdmin(MachineMade):
    list_display = ("file_name", "state", "bar", "pace", "length", "size", "trouble", "created_at")
    list_filter = ("state", "failure_code", "created_at")
    search_fields = ("file_name", "failure_code", "failure_message")
    date_hierarchy = "created_at"
    inlines = (VersionInline,)
    exclude = ("media_info",)
    readonly_fields = ("notes",)
    actions = ("try_again", "cancel_making", "make_av1")

    @admin.display(description="speed and time left")
    def pace(self, row: Asset) -> str:
        found = pace_of([row.pk]).get(row.pk) if row.state in MAKING else None
        if found is None:
            return "–"
        minutes = max(1, round(found.seconds_left / 60))
        return f"{found.speed:.1f}x, {minutes} min left"

    @admin.display(description="length", ordering="duration_seconds")
    def length(self, row: Asset) -> str:
        if row.duration_seconds is None:
            return "–"
        minutes, seconds = divmod(round(row.duration_seconds), 60)
        return f"{minutes // 60}:{minutes % 60:02d}:{seconds:02d}"

    @admin.display(description="size", ordering="size_bytes")
    def size(self, row: Asset) -> str:
        return f"{row.size_bytes / 1e6:,.1f} MB"

    @admin.display(description="left out")
    def notes(self, row: Asset) -> SafeString:
        """What is not made of the file, and what looks wrong with it."""
        notes = (row.media_info or {}).get("notes") or []
        return format_html_join("", "{}<br>", ((note,) for note in notes))

    @admin.display(description="what is wrong")
    def trouble(self, row: Asset) -> str:
        return row.failure_message

    @admin.action(description="Try again")
    def try_again(self, request: HttpRequest, rows: "QuerySet[Asset]") -> None:
        self._each(request, rows, retry_asset, "{} will be tried again.")

    @admin.action(description="Cancel the making")
    def cancel_making(self, request: HttpRequest, rows: "QuerySet[Asset]") -> None:
        self._each(request, rows, cancel_asset, "{} is cancelled.")

    @admin.action(description="Make in AV1 too")
    def make_av1(self, request: HttpRequest, rows: "QuerySet[Asset]") -> None:
        self._each(request, rows, order_av1, "{} will be made in AV1 when nothing else waits.")

    def _each(self, request: HttpRequest, rows: "QuerySet[Asset]", verb: Any, done: str) -> None:
        for row in rows:
            try:
                verb(asset_id=row.pk)
                self.message_user(request, done.format(row.file_name), messages.SUCCESS)
            except AssetError as error:
                self.message_user(request, f"{row.file_name}: {error.message}", messages.WARNING)

    def delete_model(self, _request: HttpRequest, row: Asset) -> None:
        delete_asset(asset_id=row.pk)

    def delete_queryset(self, _request: HttpRequest, rows: "QuerySet[Asset]") -> None:
        for row in rows:
            delete_asset(asset_id=row.pk)


@admin.register(AssetVersion)
class AssetVersionAdmin(MachineMade):
    list_display = ("asset", "number", "has_storyboard", "published_at", "created_at")
    list_filter = ("has_storyboard", "published_at")
    search_fields = ("asset__file_name", "key_prefix")
    list_select_related = ("asset",)

    def has_delete_permission(self, _request: HttpRequest, _row: Any = None) -> bool:
        return False


@admin.register(Rendition)
class RenditionAdmin(MachineMade):
    list_display = (
        "name",
        "film",
        "kind",
        "codecs",
        "width",
        "height",
        "rate",
        "language",
        "state",
        "is_offered",
        "bar",
    )
    list_filter = ("kind", "state", "codec", "language")
    search_fields = ("name", "version__asset__file_name", "label")
    list_select_related = ("version__asset",)

    @admin.display(description="film", ordering="version__asset__file_name")
    def film(self, row: Rendition) -> str:
        return row.version.asset.file_name

    @admin.display(description="peak", ordering="bitrate")
    def rate(self, row: Rendition) -> str:
        return f"{row.bitrate / 1000:,.0f} kbit/s" if row.bitrate else "–"


class WorkAdmin(MachineMade):
    list_filter = ("state", "kind", "failure_code")
    date_hierarchy = "created_at"


@admin.register(Chunk)
class ChunkAdmin(WorkAdmin):
    list_display = (
        "film",
        "kind",
        "part",
        "number",
        "state",
        "bar",
        "attempt",
        "owner",
        "cpu_seconds",
        "started_at",
    )
    search_fields = ("version__asset__file_name", "owner", "failure_message")
    list_select_related = ("version__asset",)

    @admin.display(description="film", ordering="version__asset__file_name")
    def film(self, row: Chunk) -> str:
        return row.version.asset.file_name


@admin.register(Job)
class JobAdmin(WorkAdmin):
    list_display = (
        "asset",
        "kind",
        "state",
        "attempt",
        "owner",
        "started_at",
        "finished_at",
        "failure_message",
    )
    search_fields = ("asset__file_name", "owner", "failure_message")
    list_select_related = ("asset",)


@admin.register(Segment)
class SegmentAdmin(MachineMade):
    list_display = ("key", "number", "size_bytes", "duration_seconds")
    search_fields = ("key",)
    show_full_result_count = False


@admin.register(Upload)
class UploadAdmin(MachineMade):
    list_display = ("file_name", "kind", "owner", "bar", "asset", "expires_at")
    list_filter = ("kind", "created_at")
    search_fields = ("file_name", "owner__email")
    list_select_related = ("owner", "asset")

    @admin.display(description="arrived", ordering="offset")
    def bar(self, row: Upload) -> SafeString:
        return progress_bar(row.offset / row.size_bytes if row.size_bytes else 1.0)
