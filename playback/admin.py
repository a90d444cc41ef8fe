"""Operators' pages for watching: who watches what, and where. The rows are players' work, so they are read."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from unfold.admin import ModelAdmin
from unfold.decorators import display

from playback.models import ListEntry, PlaybackSession, Progress, Rating


class ReadAdmin(ModelAdmin):
    """Rows that nobody makes or changes by hand; deleting one is allowed."""

    def has_add_permission(self, _request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        return False


def _clock(seconds: float) -> str:
    hours, rest = divmod(int(seconds), 3600)
    return f"{hours}:{rest // 60:02}:{rest % 60:02}"


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
        episode = session.video.episode
        return f"{session.video.title}: {episode}" if episode else str(session.video.title)

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
        episode = progress.video.episode
        return f"{progress.video.title}: {episode}" if episode else str(progress.video.title)

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
