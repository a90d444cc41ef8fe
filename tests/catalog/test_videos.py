"""What the API says about something that can be watched, and what operators say about it."""

from typing import Any

import pytest

from catalog.services.attach_asset import attach_asset
from catalog.services.create_episode import create_episode
from tests.catalog.conftest import MakeAsset, MakeTitle, feature_of
from tests.conftest import Ask
from tests.people import Person
from transcoding.models import Asset, AssetVersion, Rendition, RenditionKind, RenditionState
from vod.lib.graphql.ids import encode_id


def with_tracks(asset: Asset) -> Asset:
    """A version of the asset with two sound tracks, one of subtitles and one picture."""
    version = AssetVersion.objects.create(asset=asset, number=1, plan={}, key_prefix=f"assets/{asset.pk}/v1")
    for name, kind, language, label, channels in (
        ("video-720", RenditionKind.VIDEO, "", "", None),
        ("audio-2", RenditionKind.AUDIO, "de", "Deutsch", 6),
        ("audio-1", RenditionKind.AUDIO, "en", "English", 2),
        ("subtitles-1", RenditionKind.SUBTITLES, "", "", None),
    ):
        Rendition.objects.create(
            version=version,
            name=name,
            kind=kind,
            codec="x",
            language=language,
            label=label,
            channels=channels,
            is_default=language == "en",
            state=RenditionState.READY,
        )
    asset.current_version = version
    asset.media_info = {
        "start": "1/2",
        "chapters": [
            {"start": "1/2", "end": "30/1", "title": "Dusk"},
            {"start": "61/2", "end": "90/1", "title": ""},
        ],
    }
    asset.save()
    return asset


def test_a_video_tells_its_tracks_chapters_and_markers(
    gql: Ask, owner: Person, operator: Person, movie: MakeTitle, asset: MakeAsset
) -> None:
    title = movie("Lamp")
    video = feature_of(title)
    attach_asset(video_id=video.pk, asset_id=with_tracks(asset()).pk)
    markers = [
        {"kind": "CREDITS", "startSeconds": 80.5, "endSeconds": 90},
        {"kind": "INTRO", "startSeconds": 0, "endSeconds": 4},
    ]
    answer = gql(
        "SetMarkers", {"input": {"videoId": encode_id("Video", video.pk), "markers": markers}}, as_=operator
    )
    assert answer["data"]["setMarkers"]["errors"] == []

    shown = gql("TitlePage", {"slug": "lamp"}, as_=owner)["data"]["title"]["video"]

    assert shown["durationSeconds"] == 90.0
    assert shown["isPlayable"] is True
    assert shown["markers"] == markers[::-1]
    assert shown["chapters"] == [
        {"title": "Dusk", "startSeconds": 0.0},
        {"title": "Chapter 2", "startSeconds": 30.0},
    ]
    assert shown["audioTracks"] == [
        {"language": "en", "label": "English", "channels": 2, "isDefault": True},
        {"language": "de", "label": "Deutsch", "channels": 6, "isDefault": False},
    ]
    assert shown["subtitleTracks"] == [{"language": "und", "label": "Subtitles", "kind": "SUBTITLES"}]


def test_a_sound_track_says_by_how_much_a_player_levels_it(
    gql: Ask, owner: Person, movie: MakeTitle, asset: MakeAsset
) -> None:
    film = with_tracks(asset())
    Rendition.objects.filter(version__asset=film, name="audio-1").update(loudness=-29.07, true_peak=-9.0)
    attach_asset(video_id=feature_of(movie("Lamp")).pk, asset_id=film.pk)
    levels = "audioTracks { label loudness truePeak gainDb }"

    answer = gql(f'{{ title(slug: "lamp") {{ ... on Movie {{ video {{ {levels} }} }} }} }}', as_=owner)

    assert answer["data"]["title"]["video"]["audioTracks"] == [
        {"label": "English", "loudness": -29.07, "truePeak": -9.0, "gainDb": 8.0},
        {"label": "Deutsch", "loudness": None, "truePeak": None, "gainDb": 0.0},
    ]


@pytest.mark.parametrize(
    ("start", "end"), [(5, 5), (5, 4), (-1, 4), (0, float("1e999")), (float("-1e999"), 4)]
)
def test_markers_that_cannot_be_are_refused_and_the_old_ones_stay(
    gql: Ask, operator: Person, movie: MakeTitle, start: float, end: float
) -> None:
    video = feature_of(movie("Lamp"))
    video.markers.create(kind="INTRO", start_seconds=0, end_seconds=4)
    markers = [{"kind": "INTRO", "startSeconds": start, "endSeconds": end}]

    answer = gql(
        "SetMarkers", {"input": {"videoId": encode_id("Video", video.pk), "markers": markers}}, as_=operator
    )

    # Infinity is no number of GraphQL, so such a question is not even asked.
    refused = answer.get("errors") or answer["data"]["setMarkers"]["errors"]
    assert refused
    assert [(one.start_seconds, one.end_seconds) for one in video.markers.all()] == [(0, 4)]


def test_trailers_and_extras_stand_beside_the_film(
    gql: Ask, owner: Person, operator: Person, movie: MakeTitle
) -> None:
    title = movie("Lamp")
    for name, kind in (("Making of", "EXTRA"), ("Trailer", "TRAILER")):
        wanted = {"titleId": encode_id("Movie", title.pk), "name": name, "kind": kind}
        answer = gql("CreateTrailer", {"input": wanted}, as_=operator)["data"]["createTrailer"]
        assert (answer["video"]["kind"], answer["errors"]) == (kind, [])

    page = gql("TitlePage", {"slug": "lamp"}, as_=owner)["data"]["title"]

    assert [video["kind"] for video in page["trailers"]] == ["TRAILER", "EXTRA"]
    assert page["video"]["kind"] == "FEATURE"


def test_a_video_knows_its_title_and_episode(gql: Ask, owner: Person, series: MakeTitle) -> None:
    show = series("Brook")
    episode = create_episode(series_id=show.pk, season_number=2, number=3, name="Out")
    document = """query($id: ID!) { node(id: $id) { ... on Video {
        name title { name } episode { number name season { number name series { name seasonCount } } video { id } }
    } } }"""
    key = encode_id("Video", episode.video.pk)

    node: dict[str, Any] = gql(document, {"id": key}, as_=owner)["data"]["node"]

    assert node == {
        "name": "Out",
        "title": {"name": "Brook"},
        "episode": {
            "number": 3,
            "name": "Out",
            "season": {"number": 2, "name": "Season 2", "series": {"name": "Brook", "seasonCount": 1}},
            "video": {"id": key},
        },
    }


def test_a_title_is_changed_where_something_new_is_given(
    gql: Ask, owner: Person, operator: Person, movie: MakeTitle
) -> None:
    title = movie("Lamp", year=1961, genres=["Drama"], synopsis="Light.")
    wanted = {"titleId": encode_id("Movie", title.pk), "name": "Candle", "maturityRating": "12A"}

    answer = gql("UpdateTitle", {"input": wanted}, as_=operator)["data"]["updateTitle"]

    assert answer["errors"] == []
    page = gql("TitlePage", {"slug": "lamp"}, as_=owner)["data"]["title"]
    assert (page["name"], page["year"], page["maturityRating"], page["synopsis"]) == (
        "Candle",
        1961,
        "12A",
        "Light.",
    )
    assert page["genres"] == [{"slug": "drama", "name": "Drama"}]
