"""Forms of whatever has names in several languages: what people write is checked by the rules of the services."""

from collections.abc import Callable
from typing import Any

from django import forms

from catalog.errors import CatalogError
from catalog.services.set_translations import Translation, checked_translations


def checked(rule: Callable[..., Any], *values: Any, **options: Any) -> Any:
    """What a rule of the services makes of `values`. Raises ValidationError with its sentence."""
    try:
        return rule(*values, **options)
    except CatalogError as error:
        raise forms.ValidationError(error.message) from error


class WordsForm(forms.ModelForm):
    """Names, and synopses where there are any, by language."""

    def clean_names(self) -> dict[str, str]:
        longest = self._meta.model._meta.get_field("name").max_length
        return self._by_language("names", longest=longest)[0]

    def clean_synopses(self) -> dict[str, str]:
        return self._by_language("synopses", longest=0)[1]

    def _by_language(self, field: str, *, longest: int) -> tuple[dict[str, str], dict[str, str]]:
        given = self.cleaned_data[field]
        # An empty box is no JSON at all.
        words = {} if given is None else given
        if not isinstance(words, dict) or not all(isinstance(word, str) for word in words.values()):
            raise forms.ValidationError('Write it as {"de": "…", "pt-BR": "…"}.')
        said = "name" if field == "names" else "synopsis"
        rows = [Translation(tag, **{said: word}) for tag, word in words.items()]
        found: tuple[dict[str, str], dict[str, str]] = checked(checked_translations, rows, longest=longest)
        return found
