"""Genres and people."""

from typing import Any

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from unfold.admin import ModelAdmin

from catalog.models import Genre, Person
from catalog.services.changes import catalogue_changed


@admin.register(Genre)
class GenreAdmin(ModelAdmin):
    list_display = ("name", "slug", "titles_in_it")
    search_fields = ("name",)
    prepopulated_fields = {"slug": ("name",)}

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Genre]":
        rows: QuerySet[Genre] = super().get_queryset(request)
        return rows.annotate(counted=Count("titles"))

    def save_model(self, request: HttpRequest, obj: Genre, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        catalogue_changed()

    def delete_model(self, request: HttpRequest, obj: Genre) -> None:
        super().delete_model(request, obj)
        catalogue_changed()

    def delete_queryset(self, request: HttpRequest, queryset: "QuerySet[Genre]") -> None:
        super().delete_queryset(request, queryset)
        catalogue_changed()

    @admin.display(description="Titles", ordering="counted")
    def titles_in_it(self, genre: Any) -> int:
        return int(genre.counted)


@admin.register(Person)
class PersonAdmin(ModelAdmin):
    list_display = ("name", "credited")
    search_fields = ("name",)

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Person]":
        rows: QuerySet[Person] = super().get_queryset(request)
        return rows.annotate(counted=Count("credits__title", distinct=True))

    @admin.display(description="Titles", ordering="counted")
    def credited(self, person: Any) -> int:
        return int(person.counted)
