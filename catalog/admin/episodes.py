"""Seasons and episodes."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from unfold.admin import ModelAdmin, StackedInline, TabularInline
from unfold.decorators import display

from catalog.admin.showing import STATES, preview_of, state_of
from catalog.admin.words_form import WordsForm
from catalog.models import Episode, Season, Video, VideoKind
from catalog.services.changes import catalogue_changed
from catalog.services.episodes import delete_episode
from catalog.services.seasons import delete_season


class EpisodeVideoInline(StackedInline):
    model = Video
    fk_name = "episode"
    fields = ("asset", "pending_asset", "state")
    readonly_fields = ("state",)
    raw_id_fields = ("asset", "pending_asset")
    max_num = 1
    extra = 0
    can_delete = False

    def has_add_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        return False

    @admin.display(description="State")
    def state(self, video: Video) -> str:
        return state_of(video)


class EpisodeInline(TabularInline):
    model = Episode
    form = WordsForm
    fields = ("number", "name", "synopsis")
    extra = 0
    show_change_link = True


@admin.register(Season)
class SeasonAdmin(ModelAdmin):
    form = WordsForm
    fields = ("series", "number", "name", "names")
    list_display = ("series", "number", "name")
    list_select_related = ("series",)
    search_fields = ("series__name", "name")
    autocomplete_fields = ("series",)
    inlines = (EpisodeInline,)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        for episode in form.instance.episodes.filter(video__isnull=True):
            make_video(episode)
        catalogue_changed()

    def delete_model(self, request: HttpRequest, obj: Season) -> None:
        delete_season(season_id=obj.pk)

    def delete_queryset(self, request: HttpRequest, queryset: "QuerySet[Season]") -> None:
        for key in list(queryset.order_by().values_list("pk", flat=True)):
            delete_season(season_id=key)


@admin.register(Episode)
class EpisodeAdmin(ModelAdmin):
    form = WordsForm
    fields = ("season", "number", "name", "synopsis", "names", "synopses")
    list_display = ("still", "name", "series", "season_number", "number", "state")
    list_display_links = ("still", "name")
    list_select_related = ("season__series", "video__asset", "video__pending_asset")
    search_fields = ("name", "season__series__name")
    autocomplete_fields = ("season",)
    inlines = (EpisodeVideoInline,)
    ordering = ("season__series__name", "season__number", "number")

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Episode]":
        rows: QuerySet[Episode] = super().get_queryset(request)
        return rows.prefetch_related("artwork")

    def save_model(self, request: HttpRequest, obj: Episode, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if not Video.objects.filter(episode=obj).exists():
            make_video(obj)
        catalogue_changed()

    def delete_model(self, request: HttpRequest, obj: Episode) -> None:
        delete_episode(episode_id=obj.pk)

    def delete_queryset(self, request: HttpRequest, queryset: "QuerySet[Episode]") -> None:
        for key in list(queryset.order_by().values_list("pk", flat=True)):
            delete_episode(episode_id=key)

    @admin.display(description="Still")
    def still(self, episode: Episode) -> Any:
        found = next(iter(episode.artwork.all()), None)
        return preview_of(found.key, 96) if found else "–"

    @admin.display(description="Series", ordering="season__series__name")
    def series(self, episode: Episode) -> str:
        return episode.season.series.name

    @admin.display(description="Season", ordering="season__number")
    def season_number(self, episode: Episode) -> int:
        return episode.season.number

    @display(description="Film", label=STATES)
    def state(self, episode: Episode) -> str:
        return state_of(getattr(episode, "video", None))


def make_video(episode: Episode) -> Video:
    """The video of an episode that was made by hand."""
    series = episode.season.series
    return Video.objects.create(title=series, episode=episode, kind=VideoKind.EPISODE, name=episode.name)
