"""The list of Browse as one writes it with Django REST Framework alone: what ours is compared with.

The same fields by the same rules, the same authentication, nested serializers, `prefetch_related` and pages by cursor.
"""

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from rest_framework import generics, pagination, serializers

from catalog import translation
from catalog.artwork.signing import image_url
from catalog.models import ArtworkKind, Title
from playback.models import ListEntry, Rating
from vod.lib.graphql.ids import encode_id


class ArtworkSerializer(serializers.Serializer[Title]):
    """The pictures of a title, which were prefetched."""

    poster_url = serializers.SerializerMethodField()
    backdrop_url = serializers.SerializerMethodField()
    blurhash = serializers.SerializerMethodField()

    def _picture(self, title: Title, kind: str) -> Any:
        return next((picture for picture in title.artwork.all() if picture.kind == kind), None)

    def get_poster_url(self, title: Title) -> str | None:
        picture = self._picture(title, ArtworkKind.POSTER)
        return image_url(picture.key) if picture else None

    def get_backdrop_url(self, title: Title) -> str | None:
        picture = self._picture(title, ArtworkKind.BACKDROP)
        return image_url(picture.key) if picture else None

    def get_blurhash(self, title: Title) -> str | None:
        picture = self._picture(title, ArtworkKind.POSTER) or self._picture(title, ArtworkKind.BACKDROP)
        return picture.blurhash if picture else None


class TitleSerializer(serializers.ModelSerializer[Title]):
    """A card."""

    typename = serializers.SerializerMethodField()
    id = serializers.SerializerMethodField()
    name = serializers.SerializerMethodField()
    artwork = ArtworkSerializer(source="*")
    in_my_list = serializers.BooleanField()
    my_rating = serializers.CharField(allow_null=True)

    class Meta:
        model = Title
        fields = (
            "typename",
            "id",
            "slug",
            "name",
            "year",
            "maturity_rating",
            "artwork",
            "in_my_list",
            "my_rating",
        )

    def get_typename(self, title: Title) -> str:
        return title.kind.title()

    def get_id(self, title: Title) -> str:
        return encode_id(title.kind.title(), title.pk)

    def get_name(self, title: Title) -> str:
        return translation.name_of(title, self.context["request"].auth.language)


class NewestFirst(pagination.CursorPagination):
    """Pages of forty. The framework's cursor counts nothing, so neither does this: ours does."""

    page_size = 40
    ordering = ("-available_from", "-id")


class TitleList(generics.ListAPIView[Title]):
    """The titles that the asker sees."""

    serializer_class = TitleSerializer
    pagination_class = NewestFirst

    def get_queryset(self) -> "QuerySet[Title]":
        actor: Any = self.request.auth
        mine = {"profile": actor.profile_id, "title": OuterRef("pk")}
        return (
            Title.objects.visible_to(actor)
            .annotate(
                in_my_list=Exists(ListEntry.objects.filter(**mine)),
                my_rating=Subquery(Rating.objects.filter(**mine).values("value")[:1]),
            )
            .prefetch_related("artwork")
        )
