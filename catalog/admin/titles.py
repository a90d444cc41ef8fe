"""Movies and series."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from unfold.admin import ModelAdmin, TabularInline
from unfold.decorators import display

from catalog import search
from catalog.admin.showing import preview_of, state_of
from catalog.admin.title_form import TitleForm
from catalog.models import AlternativeName, Artwork, Credit, Season, Title, TitleKind, Video, VideoKind
from catalog.selectors.readiness import is_playable
from catalog.services.changes import catalogue_changed
from catalog.services.delete_title import delete_title
from catalog.services.publish_title import note_publication, publish_title
from catalog.services.unpublish_title import unpublish_title
from catalog.services.words import refresh_search_text
from vod.lib.transactions import transactional


class ArtworkInline(TabularInline):
    """Pictures are given through the API or made from the film; here they are looked at and removed."""

    model = Artwork
    fk_name = "title"
    fields = ("kind", "preview", "width", "height", "is_made")
    readonly_fields = fields
    extra = 0
    tab = True

    def has_add_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        return False

    @admin.display(description="Picture")
    def preview(self, artwork: Artwork) -> Any:
        return preview_of(artwork.key, 110 if artwork.kind == "POSTER" else 220)


class CreditInline(TabularInline):
    model = Credit
    fields = ("person", "role", "character", "position")
    autocomplete_fields = ("person",)
    extra = 0
    tab = True


class AlternativeNameInline(TabularInline):
    model = AlternativeName
    fields = ("name", "language", "country", "position")
    extra = 0
    tab = True


class SeasonInline(TabularInline):
    model = Season
    fields = ("number", "name")
    extra = 0
    show_change_link = True
    tab = True


class VideoInline(TabularInline):
    """The film, trailers and extras; episodes have pages of their own."""

    model = Video
    fields = ("kind", "name", "asset", "pending_asset", "state")
    readonly_fields = ("state",)
    raw_id_fields = ("asset", "pending_asset")
    extra = 0
    show_change_link = True
    tab = True

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Video]":
        rows: QuerySet[Video] = super().get_queryset(request)
        return rows.exclude(kind=VideoKind.EPISODE).select_related("asset", "pending_asset")

    @admin.display(description="State")
    def state(self, video: Video) -> str:
        return state_of(video)


@admin.register(Title)
class TitleAdmin(ModelAdmin):
    form = TitleForm
    list_display = (
        "poster",
        "name",
        "kind",
        "year",
        "maturity_rating",
        "visibility",
        "films",
        "available_from",
    )
    list_display_links = ("poster", "name")
    list_filter = ("kind", "genres", "is_featured", "maturity_rating")
    # Without any there is no box to type in; what is typed is looked for as people look for it.
    search_fields = ("name",)
    search_help_text = f"By names, people, genres and tags; the {search.MOST} best."
    ordering = ("-id",)
    filter_horizontal = ("genres",)
    autocomplete_fields = ("tags",)
    readonly_fields = ("visibility", "minimum_age", "created_at")
    inlines = (ArtworkInline, CreditInline, AlternativeNameInline, SeasonInline, VideoInline)
    actions = ("publish", "unpublish")
    list_per_page = 50
    fieldsets = (
        (None, {"fields": ("kind", "name", "slug", "synopsis")}),
        ("Facts", {"fields": ("year", "maturity_rating", "minimum_age", "ratings", "genres", "tags")}),
        ("Where it was made", {"fields": ("original_name", "original_language", "countries", "languages")}),
        ("In other languages", {"fields": ("names", "synopses")}),
        (
            "Who sees it",
            {"fields": ("visibility", "available_from", "available_until", "is_featured", "created_at")},
        ),
    )

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Title]":
        rows: QuerySet[Title] = super().get_queryset(request)
        return rows.prefetch_related("artwork", "videos__asset", "videos__pending_asset")

    def get_search_results(
        self, request: HttpRequest, queryset: "QuerySet[Title]", search_term: str
    ) -> "tuple[QuerySet[Title], bool]":
        if not search_term.strip():
            return queryset, False
        keys = [rank.title for rank in search.find(queryset.order_by(), search_term)]
        return queryset.filter(pk__in=keys), False

    @admin.display(description="Poster")
    def poster(self, title: Title) -> Any:
        found = next((one for one in title.artwork.all() if one.kind == "POSTER"), None)
        return preview_of(found.key, 40) if found else "–"

    @display(
        description="People see it",
        label={
            "Now": "success",
            "Draft": "warning",
            "Withdrawn": "warning",
            "Later": "info",
            "No longer": "danger",
        },
    )
    def visibility(self, title: Title) -> str:
        now = timezone.now()
        if title.published_at is None:
            return "Draft" if title.withdrawn_at is None else "Withdrawn"
        if title.available_until is not None and title.available_until <= now:
            return "No longer"
        return "Now" if title.available_from <= now else "Later"

    @admin.display(description="Films")
    def films(self, title: Title) -> str:
        videos = [v for v in title.videos.all() if v.kind in (VideoKind.FEATURE, VideoKind.EPISODE)]
        if title.kind == TitleKind.MOVIE:
            return state_of(videos[0] if videos else None)
        ready = sum(is_playable(video.asset) for video in videos)
        return f"{ready} of {len(videos)} episodes can be watched"

    def get_readonly_fields(self, request: HttpRequest, obj: Title | None = None) -> tuple[str, ...]:
        # A movie that became a series would leave its film and its ids behind.
        return self.readonly_fields if obj is None else (*self.readonly_fields, "kind")

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        title: Title = form.instance
        if title.kind == TitleKind.MOVIE:
            Video.objects.get_or_create(title=title, kind=VideoKind.FEATURE, defaults={"name": title.name})
        note_publication(title)
        refresh_search_text(title)
        catalogue_changed()

    def delete_model(self, request: HttpRequest, obj: Title) -> None:
        delete_title(title_id=obj.pk)

    def delete_queryset(self, request: HttpRequest, queryset: "QuerySet[Title]") -> None:
        for key in list(queryset.order_by().values_list("pk", flat=True)):
            delete_title(title_id=key)

    @admin.action(description="Let people see these titles", permissions=["change"])
    def publish(self, request: HttpRequest, chosen: "QuerySet[Title]") -> None:
        _publish(chosen)
        self.message_user(request, f"{len(chosen)} published.")

    @admin.action(description="Withdraw these titles", permissions=["change"])
    def unpublish(self, request: HttpRequest, chosen: "QuerySet[Title]") -> None:
        _unpublish(chosen)
        self.message_user(request, f"{len(chosen)} withdrawn.")


@transactional
def _publish(chosen: "QuerySet[Title]") -> None:
    for title in chosen:
        publish_title(title_id=title.pk, available_until=title.available_until)


@transactional
def _unpublish(chosen: "QuerySet[Title]") -> None:
    for title in chosen:
        unpublish_title(title_id=title.pk)
