"""Genres, tags and people."""

from typing import Any

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from unfold.admin import ModelAdmin

from catalog.admin.words_form import WordsForm
from catalog.models import Genre, Person, Tag
from catalog.services.changes import catalogue_changed
from catalog.services.people import delete_person
from catalog.services.words import refresh_words


class WordAdmin(ModelAdmin):
    """What genres and tags have in common."""

    form = WordsForm
    fields = ("name", "slug", "names")
    list_display = ("name", "slug", "titles_in_it")
    search_fields = ("name",)
    prepopulated_fields = {"slug": ("name",)}

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Any]":
        rows: QuerySet[Any] = super().get_queryset(request).annotate(counted=Count("titles"))
        return rows

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if change:
            refresh_words(obj.titles.values_list("pk", flat=True))
        catalogue_changed()

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        titles = list(obj.titles.values_list("pk", flat=True))
        super().delete_model(request, obj)
        refresh_words(titles)
        catalogue_changed()

    def delete_queryset(self, request: HttpRequest, queryset: "QuerySet[Any]") -> None:
        for obj in queryset:
            self.delete_model(request, obj)

    @admin.display(description="Titles", ordering="counted")
    def titles_in_it(self, word: Any) -> int:
        return int(word.counted)


@admin.register(Genre)
class GenreAdmin(WordAdmin):
    pass


@admin.register(Tag)
class TagAdmin(WordAdmin):
    pass


@admin.register(Person)
class PersonAdmin(ModelAdmin):
    list_display = ("name", "credited")
    search_fields = ("name",)

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Person]":
        rows: QuerySet[Person] = super().get_queryset(request)
        return rows.annotate(counted=Count("credits__title", distinct=True))

    def save_model(self, request: HttpRequest, obj: Person, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if change:
            refresh_words(obj.credits.order_by().values_list("title_id", flat=True).distinct())
            catalogue_changed()

    def delete_model(self, request: HttpRequest, obj: Person) -> None:
        delete_person(person_id=obj.pk)

    def delete_queryset(self, request: HttpRequest, queryset: "QuerySet[Person]") -> None:
        for key in list(queryset.order_by().values_list("pk", flat=True)):
            delete_person(person_id=key)

    @admin.display(description="Titles", ordering="counted")
    def credited(self, person: Any) -> int:
        return int(person.counted)
