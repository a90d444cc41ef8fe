"""The form of a title: what people write is checked by the rules of the services."""

from typing import Any

from django import forms

from catalog import maturity
from catalog.admin.words_form import WordsForm, checked
from catalog.models import Title
from catalog.services import wording
from catalog.services.ratings import count_best, count_one
from catalog.services.slugs import free_slug, slug_of


class TitleForm(WordsForm):
    """A title; what people write is checked by the rules of the services."""

    class Meta:
        model = Title
        fields = (
            "kind",
            "name",
            "slug",
            "names",
            "original_name",
            "original_language",
            "synopsis",
            "synopses",
            "year",
            "countries",
            "languages",
            "maturity_rating",
            "ratings",
            "genres",
            "tags",
            "available_from",
            "available_until",
            "is_featured",
        )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False
            self.fields["slug"].help_text = "The address; made from the name where it is empty."
        if "ratings" in self.fields:
            self.fields["ratings"].help_text += " When they are changed, the one that counts is chosen anew."

    def clean_name(self) -> str:
        return str(
            checked(wording.line, self.cleaned_data["name"], field="name", what="the title's name", most=200)
        )

    def clean_synopsis(self) -> str:
        return str(checked(wording.prose, self.cleaned_data["synopsis"], field="synopsis"))

    def clean_original_language(self) -> str:
        tag = self.cleaned_data["original_language"]
        return str(checked(wording.language, tag, field="original_language"))

    def clean_countries(self) -> list[str]:
        return self._list("countries", wording.countries)

    def clean_languages(self) -> list[str]:
        return self._list("languages", wording.languages)

    def clean_maturity_rating(self) -> str:
        return str(checked(maturity.normal_rating, self.cleaned_data["maturity_rating"]))

    def clean_ratings(self) -> dict[str, str]:
        given = self.cleaned_data["ratings"]
        if given is not None and not isinstance(given, dict):
            raise forms.ValidationError('Write it as {"BBFC": "12A", "FSK": "12"}.')
        return dict(
            checked(maturity.checked_rating, str(key), str(label)) for key, label in (given or {}).items()
        )

    def clean_slug(self) -> str:
        given: str = self.cleaned_data["slug"] or ""
        if given:
            return given
        name = self.cleaned_data.get("name") or self.data.get("name", "")
        return free_slug(slug_of(name, "title"), lambda slug: Title.objects.filter(slug=slug).exists())

    def clean(self) -> Any:
        cleaned = super().clean()
        if "ratings" in self.changed_data and "maturity_rating" not in self.changed_data:
            self.instance.ratings = self.cleaned_data.get("ratings", {})
            count_best(self.instance)
        elif not self.errors:
            self.instance.ratings = self.cleaned_data.get("ratings", {})
            rating = self.cleaned_data.get("maturity_rating", "")
            if rating or not self.instance.ratings:
                count_one(self.instance, maturity.read_rating(rating))
            else:
                count_best(self.instance)
        self.cleaned_data["ratings"] = self.instance.ratings
        self.cleaned_data["maturity_rating"] = self.instance.maturity_rating
        return cleaned

    def _list(self, field: str, rule: Any) -> list[str]:
        given = self.cleaned_data[field]
        if given is not None and not isinstance(given, list):
            raise forms.ValidationError('Write it as ["…", "…"].')
        return list(checked(rule, map(str, given or []), field=field))
