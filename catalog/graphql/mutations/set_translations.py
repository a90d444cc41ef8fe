from typing import Any

import graphene

from catalog.graphql.mutations.base import OperatorMutation
from catalog.services.set_translations import Translation, set_translations
from vod.lib.graphql.ids import split_id
from vod.lib.graphql.node import Node


class TranslationInput(graphene.InputObjectType):
    """What something is called in a language."""

    language = graphene.String(required=True, description="A BCP 47 tag, such as de or pt-BR.")
    name = graphene.String(description="What it is called.")
    synopsis = graphene.String(description="What it is about, where it is something that has a synopsis.")


class SetTranslations(OperatorMutation):
    """Replaces the names and synopses, in other languages than the library's own, of anything that has a name."""

    class Input:
        """What it is, and its translations."""

        id = graphene.ID(
            required=True, description="A movie, series, season, episode, video, genre, tag or collection."
        )
        translations = graphene.List(
            graphene.NonNull(TranslationInput), required=True, description="All of them, each language once."
        )

    translated = graphene.Field(Node, description="What it is, as it is now.")

    @classmethod
    def change(cls, id: str, translations: Any) -> Any:
        kind, key = split_id(id) or ("", None)
        given = [
            Translation(one.language, one.get("name") or "", one.get("synopsis") or "")
            for one in translations
        ]
        return cls(translated=set_translations(kind=kind, key=key, translations=given), errors=[])
