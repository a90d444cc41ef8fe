"""Collections, with their titles in the editor's order."""

from typing import Any

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from unfold.admin import ModelAdmin, TabularInline
from unfold.decorators import display

from catalog.admin.showing import preview_of
from catalog.admin.words_form import WordsForm
from catalog.models import Collection, CollectionEntry
from catalog.services.changes import catalogue_changed
from catalog.services.collections import delete_collection


class EntryInline(TabularInline):
    model = CollectionEntry
    fields = ("title", "position")
    autocomplete_fields = ("title",)
    extra = 0


@admin.register(Collection)
class CollectionAdmin(ModelAdmin):
    """Pictures are given through the API; here they are looked at."""

    form = WordsForm
    list_display = ("name", "home_place", "is_shown", "shown_from", "shown_until", "titles_in_it")
    search_fields = ("name",)
    prepopulated_fields = {"slug": ("name",)}
    readonly_fields = ("picture",)
    fields = (
        "name",
        "slug",
        "synopsis",
        "names",
        "synopses",
        "shown_from",
        "shown_until",
        "home_place",
        "picture",
    )
    inlines = (EntryInline,)

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Collection]":
        rows: QuerySet[Collection] = super().get_queryset(request)
        return rows.select_related("poster", "backdrop").annotate(counted=Count("entries"))

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        catalogue_changed()

    def delete_model(self, request: HttpRequest, obj: Collection) -> None:
        delete_collection(collection_id=obj.pk)

    def delete_queryset(self, request: HttpRequest, queryset: "QuerySet[Collection]") -> None:
        for key in queryset.values_list("pk", flat=True):
            delete_collection(collection_id=key)

    @display(description="Shown now", boolean=True)
    def is_shown(self, collection: Collection) -> bool:
        return Collection.objects.live().filter(pk=collection.pk).exists()

    @admin.display(description="Titles", ordering="counted")
    def titles_in_it(self, collection: Any) -> int:
        return int(collection.counted)

    @admin.display(description="Picture")
    def picture(self, collection: Collection) -> Any:
        found = collection.backdrop or collection.poster
        return preview_of(found.key, 220) if found else "–"
