"""What can be watched."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from unfold.admin import ModelAdmin, TabularInline
from unfold.decorators import display

from catalog.admin.showing import STATES, state_of
from catalog.admin.words_form import WordsForm, checked
from catalog.models import Marker, Video
from catalog.services.changes import catalogue_changed
from catalog.services.set_chapters import ChapterStart, checked_chapters
from catalog.services.set_markers import length_of


class MarkerInline(TabularInline):
    model = Marker
    fields = ("kind", "start_seconds", "end_seconds")
    extra = 0


class VideoForm(WordsForm):
    """A video; its chapters are checked as those that come through the API."""

    class Meta:
        model = Video
        fields = ("title", "episode", "kind", "name", "names", "asset", "pending_asset", "chapters")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields[
            "chapters"
        ].help_text = 'Those of the file where it is empty: [{"title": "…", "start_seconds": 0}].'

    def clean_chapters(self) -> list[dict[str, object]] | None:
        given = self.cleaned_data["chapters"]
        if given is None:
            return None
        try:
            starts = [ChapterStart(str(one.get("title") or ""), float(one["start_seconds"])) for one in given]
        except (AttributeError, KeyError, TypeError, ValueError):
            raise forms.ValidationError('Write it as [{"title": "…", "start_seconds": 0}].') from None
        chapters: list[dict[str, object]] = checked(checked_chapters, starts, length_of(self.instance))
        return chapters


@admin.register(Video)
class VideoAdmin(ModelAdmin):
    form = VideoForm
    list_display = ("name", "title", "kind", "state", "asset", "pending_asset")
    list_filter = ("kind",)
    list_select_related = ("title", "asset", "pending_asset")
    search_fields = ("name", "title__name")
    autocomplete_fields = ("title",)
    raw_id_fields = ("asset", "pending_asset", "episode")
    inlines = (MarkerInline,)
    ordering = ("-id",)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        catalogue_changed()

    def delete_model(self, request: HttpRequest, obj: Video) -> None:
        super().delete_model(request, obj)
        catalogue_changed()

    def delete_queryset(self, request: HttpRequest, queryset: "QuerySet[Video]") -> None:
        super().delete_queryset(request, queryset)
        catalogue_changed()

    @display(description="State", label=STATES)
    def state(self, video: Video) -> str:
        return state_of(video)
