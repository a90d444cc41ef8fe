"""Whatever operators change in the admin they change through the API too, and nobody else does."""

from typing import Any

from django.contrib import admin
from django.test import RequestFactory
from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLList,
    GraphQLNonNull,
    get_named_type,
)

from catalog.models import Genre, Title
from catalog.schema import CatalogMutations
from tests.conftest import Ask
from tests.people import Person as Asker
from vod.schema import schema

# Where each field that an operator can change in the admin is changed through the API: a mutation's input field.
SET_BY = {
    "title.kind": "CreateMovieInput.name CreateSeriesInput.name",
    "title.name": "UpdateTitleInput.name",
    "title.slug": "UpdateTitleInput.slug",
    "title.names": "SetTranslationsInput.translations",
    "title.original_name": "UpdateTitleInput.originalName",
    "title.original_language": "UpdateTitleInput.originalLanguage",
    "title.synopsis": "UpdateTitleInput.synopsis",
    "title.synopses": "SetTranslationsInput.translations",
    "title.year": "UpdateTitleInput.year UpdateTitleInput.clearYear",
    "title.countries": "UpdateTitleInput.countries",
    "title.languages": "UpdateTitleInput.languages",
    "title.maturity_rating": "UpdateTitleInput.maturityRating",
    "title.ratings": "SetRatingsInput.ratings",
    "title.genres": "UpdateTitleInput.genres",
    "title.tags": "UpdateTitleInput.tags",
    "title.available_from": "SetAvailabilityInput.availableFrom",
    "title.available_until": "SetAvailabilityInput.availableUntil",
    "title.is_featured": "UpdateTitleInput.isFeatured",
    "title.publish": "PublishTitleInput.titleId",
    "title.unpublish": "UnpublishTitleInput.titleId",
    "credit.person": "SetCreditsInput.credits",
    "credit.role": "SetCreditsInput.credits",
    "credit.character": "SetCreditsInput.credits",
    "credit.position": "SetCreditsInput.credits",
    "alternativename.name": "SetAlternativeNamesInput.names",
    "alternativename.language": "SetAlternativeNamesInput.names",
    "alternativename.country": "SetAlternativeNamesInput.names",
    "alternativename.position": "SetAlternativeNamesInput.names",
    "season.series": "CreateSeasonInput.seriesId",
    "season.number": "UpdateSeasonInput.number",
    "season.name": "UpdateSeasonInput.name",
    "season.names": "SetTranslationsInput.translations",
    "episode.season": "UpdateEpisodeInput.seasonNumber",
    "episode.number": "UpdateEpisodeInput.number",
    "episode.name": "UpdateEpisodeInput.name",
    "episode.synopsis": "UpdateEpisodeInput.synopsis",
    "episode.names": "SetTranslationsInput.translations",
    "episode.synopses": "SetTranslationsInput.translations",
    "video.title": "CreateTrailerInput.titleId",
    "video.episode": "CreateEpisodeInput.seriesId",
    "video.kind": "UpdateTrailerInput.kind",
    "video.name": "UpdateTrailerInput.name",
    "video.names": "SetTranslationsInput.translations",
    "video.asset": "AttachAssetInput.assetId DetachAssetInput.videoId",
    "video.pending_asset": "AttachAssetInput.assetId DetachAssetInput.videoId",
    "video.chapters": "SetChaptersInput.chapters",
    "marker.kind": "SetMarkersInput.markers",
    "marker.start_seconds": "SetMarkersInput.markers",
    "marker.end_seconds": "SetMarkersInput.markers",
    "genre.name": "UpdateGenreInput.name",
    "genre.slug": "UpdateGenreInput.slug",
    "genre.names": "SetTranslationsInput.translations",
    "tag.name": "UpdateTagInput.name",
    "tag.slug": "UpdateTagInput.slug",
    "tag.names": "SetTranslationsInput.translations",
    "person.name": "UpdatePersonInput.name",
    "collection.name": "UpdateCollectionInput.name",
    "collection.slug": "UpdateCollectionInput.slug",
    "collection.synopsis": "UpdateCollectionInput.synopsis",
    "collection.names": "SetTranslationsInput.translations",
    "collection.synopses": "SetTranslationsInput.translations",
    "collection.shown_from": "UpdateCollectionInput.shownFrom",
    "collection.shown_until": "UpdateCollectionInput.shownUntil",
    "collection.home_place": "UpdateCollectionInput.homePlace",
    "collectionentry.title": "SetCollectionTitlesInput.titleIds",
    "collectionentry.position": "SetCollectionTitlesInput.titleIds",
    # What can be taken away there.
    "title.delete": "DeleteTitleInput.titleId",
    "season.delete": "DeleteSeasonInput.seasonId",
    "episode.delete": "DeleteEpisodeInput.episodeId",
    "video.delete": "DeleteTrailerInput.videoId",
    "genre.delete": "DeleteGenreInput.genreId",
    "tag.delete": "DeleteTagInput.tagId",
    "person.delete": "DeletePersonInput.personId",
    "collection.delete": "DeleteCollectionInput.collectionId",
    "artwork.delete": "RemoveArtworkInput.id",
}


def changed_in_the_admin(operator: Asker) -> set[str]:
    request = RequestFactory().get("/admin/")
    request.user = operator.user
    found = set()
    for model, page in admin.site._registry.items():
        if model._meta.app_label != "catalog":
            continue
        name = model._meta.model_name
        found |= {f"{name}.{field}" for field in page.get_form(request)().fields}
        found |= {f"{name}.{action}" for action in page.get_actions(request) if action != "delete_selected"}
        if page.has_delete_permission(request):
            found.add(f"{name}.delete")
        for inline in page.get_inline_instances(request):
            fields = inline.get_formset(request).form().fields
            found |= {f"{inline.model._meta.model_name}.{field}" for field in fields}
    return {one for one in found if one.partition(".")[2] not in ("id", "DELETE")}


def test_whatever_the_admin_changes_some_mutation_changes(operator: Asker) -> None:
    inputs = schema.graphql_schema.type_map
    for places in SET_BY.values():
        for place in places.split():
            kind, _, field = place.partition(".")
            assert field in inputs[kind].fields, place
    # A bare picture can be removed there alone within its title's page.
    assert changed_in_the_admin(operator) - SET_BY.keys() == set()


def of_any_sort(kind: Any) -> Any:
    """A value that an input of this type takes."""
    if isinstance(kind, GraphQLNonNull):
        return of_any_sort(kind.of_type)
    if isinstance(kind, GraphQLList):
        return []
    if isinstance(kind, GraphQLInputObjectType):
        required = {name: one for name, one in kind.fields.items() if isinstance(one.type, GraphQLNonNull)}
        return {name: of_any_sort(one.type) for name, one in required.items()}
    if isinstance(kind, GraphQLEnumType):
        return next(iter(kind.values))
    return {"Int": 1, "Float": 1.0, "Boolean": True}.get(kind.name, "x")


def test_nobody_but_operators_may_ask_for_any_of_it(
    gql: Ask, owner: Asker, kid: Asker, operator: Asker
) -> None:
    fields = schema.graphql_schema.mutation_type.fields
    ours = {name for name in vars(CatalogMutations) if not name.startswith("_")}
    assert len(ours) > 40
    for name, field in fields.items():
        snake = "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name)
        if snake not in ours:
            continue
        kind = get_named_type(field.args["input"].type)
        ask = f"mutation($input: {kind.name}!) {{ {name}(input: $input) {{ errors {{ code }} }} }}"
        for person, code in ((None, "UNAUTHENTICATED"), (owner, "FORBIDDEN"), (kid, "FORBIDDEN")):
            answer = gql(ask, {"input": of_any_sort(kind)}, as_=person)
            assert answer["data"][name]["errors"] == [{"code": code}], name
        if any(one.lower().endswith("id") for one in of_any_sort(kind)):
            answer = gql(ask, {"input": of_any_sort(kind)}, as_=operator)
            assert answer["data"][name]["errors"] in (
                [{"code": "NOT_FOUND"}],
                [{"code": "REQUIRED"}],
                [{"code": "INVALID"}],
            ), name
    assert (Title.objects.count(), Genre.objects.count()) == (0, 0)
