"""The form of a title: what people write is checked by the rules of the services."""

from typing import Any

from django import forms

from catalog import maturity
from catalog.errors import CatalogError
from catalog.models import Title
from catalog.services import wording
from catalog.services.slugs import free_slug, slug_of


class TitleForm(forms.ModelForm):
    """A title; what people write is checked by the rules of the services."""

    class Meta:
        model = Title
        fields = (
            "kind",
            "name",
            "slug",
            "original_name",
            "original_language",
            "synopsis",
            "year",
            "maturity_rating",
            "genres",
            "available_from",
            "available_until",
            "is_featured",
        )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False
            self.fields["slug"].help_text = "The address; made from the name where it is empty."

    def clean_name(self) -> str:
        return self._checked(wording.line, "name", what="the title's name", most=200)

    def clean_synopsis(self) -> str:
        return self._checked(wording.prose, "synopsis")

    def clean_original_language(self) -> str:
        return self._checked(wording.language, "original_language")

    def clean_maturity_rating(self) -> str:
        rating = self.cleaned_data["maturity_rating"]
        try:
            self.instance.minimum_age = maturity.minimum_age(rating)
        except CatalogError as error:
            raise forms.ValidationError(error.message) from error
        return maturity.normal_rating(rating)

    def clean_slug(self) -> str:
        given: str = self.cleaned_data["slug"] or ""
        if given:
            return given
        name = self.cleaned_data.get("name") or self.data.get("name", "")
        return free_slug(slug_of(name, "title"), lambda slug: Title.objects.filter(slug=slug).exists())

    def _checked(self, rule: Any, field: str, **options: Any) -> str:
        try:
            return str(rule(self.cleaned_data[field], field=field, **options))
        except CatalogError as error:
            raise forms.ValidationError(error.message) from error
