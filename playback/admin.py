"""Operators' pages for watching: who watches what, and where. The rows are players' work, so they are read."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from unfold.admin import ModelAdmin
from unfold.decorators import display

from catalog.models import Video
from playback.models import ListEntry, PlaybackSession, Progress, QualityEvent, Rating


class ReadAdmin(ModelAdmin):
    """Rows that nobody makes or changes by hand; deleting one is allowed."""

    def has_add_permission(self, _request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        return False


def _clock(seconds: float) -> str:
    hours, rest = divmod(int(seconds), 3600)
    return f"{hours}:{rest // 60:02}:{rest % 60:02}"


def _film(video: Video) -> str:
    return f"{video.title}: {video.episode}" if video.episode else str(video.title)


@admin.register(PlaybackSession)
class PlaybackSessionAdmin(ReadAdmin):
    list_display = ("device_name", "is_live", "user", "profile", "film", "state", "created_at", "until")
    list_filter = ("state", "created_at")
    list_select_related = ("user", "profile", "video__title", "video__episode")
    search_fields = ("device_name", "user__email", "profile__name", "video__title__name")
    date_hierarchy = "created_at"
    ordering = ("-id",)
    exclude = ("login",)
    actions = ("stop",)

    @display(description="Now", label={"Watching": "success", "Over": "info"})
    def is_live(self, session: PlaybackSession) -> str:
        return "Watching" if session.is_live(timezone.now()) else "Over"

    @display(description="Film", ordering="video__title__name")
    def film(self, session: PlaybackSession) -> str:
        return _film(session.video)

    @display(description="Ended, or ends without a beat", ordering="lease_expires_at")
    def until(self, session: PlaybackSession) -> Any:
        return session.ended_at or session.lease_expires_at

    @admin.action(description="Stop these streams", permissions=["delete"])
    def stop(self, request: HttpRequest, chosen: "QuerySet[PlaybackSession]") -> None:
        now = timezone.now()
        live = PlaybackSession.objects.live(now).filter(pk__in=chosen.values("pk"))
        stopped = live.update(ended_at=now)
        self.message_user(request, f"{stopped} stopped.")


@admin.register(Progress)
class ProgressAdmin(ReadAdmin):
    list_display = ("profile", "film", "position", "completed", "hidden", "updated_at")
    list_filter = ("completed", "hidden", "updated_at")
    list_select_related = ("profile", "video__title", "video__episode")
    search_fields = ("profile__name", "profile__user__email", "video__title__name")
    ordering = ("-updated_at",)

    @display(description="Film", ordering="video__title__name")
    def film(self, progress: Progress) -> str:
        return _film(progress.video)

    @display(description="Position", ordering="position_seconds")
    def position(self, progress: Progress) -> str:
        return _clock(progress.position_seconds)


@admin.register(ListEntry)
class ListEntryAdmin(ReadAdmin):
    list_display = ("title", "profile", "created_at")
    list_select_related = ("title", "profile")
    search_fields = ("title__name", "profile__name", "profile__user__email")
    ordering = ("-id",)


@admin.register(Rating)
class RatingAdmin(ReadAdmin):
    list_display = ("title", "profile", "value", "created_at")
    list_filter = ("value",)
    list_select_related = ("title", "profile")
    search_fields = ("title__name", "profile__name", "profile__user__email")
    ordering = ("-id",)


@admin.register(QualityEvent)
class QualityEventAdmin(ReadAdmin):
    list_display = ("at", "kind", "what", "film", "device", "position")
    list_filter = ("kind", "code", "fatal", "at")
    list_select_related = ("session__video__title", "session__video__episode")
    search_fields = ("session__video__title__name", "session__user__email", "session__device_name")
    date_hierarchy = "at"
    ordering = ("-id",)
    raw_id_fields = ("session",)

    @display(description="What")
    def what(self, event: QualityEvent) -> str:
        words = (
            event.seconds is not None and f"{event.seconds:.2f} s",
            event.height is not None and f"{event.height}p",
            event.bitrate is not None and f"{event.bitrate / 1e6:.1f} Mbit/s",
            event.code,
            event.status is not None and str(event.status),
            event.fatal and "fatal",
        )
        return ", ".join(word for word in words if word)

    @display(description="Film", ordering="session__video__title__name")
    def film(self, event: QualityEvent) -> str:
        return _film(event.session.video)

    @display(description="Device", ordering="session__device_name")
    def device(self, event: QualityEvent) -> str:
        return event.session.device_name

    @display(description="Position", ordering="position_seconds")
    def position(self, event: QualityEvent) -> str:
        return "" if event.position_seconds is None else _clock(event.position_seconds)
