"""What operators change through the API: all that the admin's pages change, by operators alone, with codes for mistakes."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.test import Client

from catalog.models import Artwork, Episode, Genre, Marker, Person, Publication, Season, Tag, Video
from catalog.selectors.editions import editions
from catalog.selectors.home import CATALOGUE
from catalog.services.artwork import put_artwork
from catalog.services.attach_asset import attach_asset
from catalog.services.create_episode import create_episode
from catalog.services.create_trailer import create_trailer
from catalog.services.set_credits import CreditLine, set_credits
from tests.catalog.conftest import MakeAsset, MakeTitle, feature_of
from tests.conftest import Ask
from tests.people import Person as Asker
from vod.lib.graphql.ids import encode_id
from vod.lib.storage import objects


def change(gql: Ask, person: Asker, mutation: str, wanted: str, /, **given: Any) -> dict[str, Any]:
    """The payload of a mutation, with `wanted` of what it returns and the codes of its errors."""
    kind = f"{mutation[0].upper()}{mutation[1:]}Input"
    ask = f"mutation($input: {kind}!) {{ {mutation}(input: $input) {{ {wanted} errors {{ field code }} }} }}"
    answer = gql(ask, {"input": given}, as_=person)
    assert "errors" not in answer, answer
    payload: dict[str, Any] = answer["data"][mutation]
    return payload


def test_seasons_and_episodes_are_made_changed_and_taken_away(
    gql: Ask, operator: Asker, series: MakeTitle
) -> None:
    show = series("Brook")
    mine = encode_id("Series", show.pk)
    made = change(gql, operator, "createSeason", "season { id name }", seriesId=mine, number=1)
    season = made["season"]["id"]
    assert made == {"season": {"id": season, "name": "Season 1"}, "errors": []}
    twice = change(gql, operator, "createSeason", "season { id }", seriesId=mine, number=1)
    assert twice["errors"] == [{"field": "number", "code": "DUPLICATE"}]
    changed = change(
        gql, operator, "updateSeason", "season { number name }", seasonId=season, number=0, name="Extras"
    )
    assert changed["season"] == {"number": 0, "name": "Extras"}
    one, two = (
        create_episode(series_id=show.pk, season_number=0, number=number, name=f"Part {number}")
        for number in (1, 2)
    )
    episode = encode_id("Episode", one.pk)
    taken = change(gql, operator, "updateEpisode", "episode { id }", episodeId=episode, number=2)
    assert taken == {"episode": None, "errors": [{"field": "number", "code": "DUPLICATE"}]}
    moved = change(
        gql,
        operator,
        "updateEpisode",
        "episode { number name season { number } video { name } }",
        episodeId=episode,
        seasonNumber=3,
        number=2,
        name="Away",
    )
    assert moved["episode"] == {
        "number": 2,
        "name": "Away",
        "season": {"number": 3},
        "video": {"name": "Away"},
    }
    gone = change(gql, operator, "deleteEpisode", "deletedEpisodeId", episodeId=episode)
    assert gone == {"deletedEpisodeId": episode, "errors": []}
    change(gql, operator, "deleteSeason", "deletedSeasonId", seasonId=season)
    assert list(Season.objects.values_list("number", flat=True)) == [3]
    assert (Episode.objects.count(), Video.objects.count()) == (0, 0)
    assert two.season.number == 0


def test_trailers_films_and_chapters(
    gql: Ask, operator: Asker, owner: Asker, movie: MakeTitle, asset: MakeAsset
) -> None:
    title = movie("Lamp")
    there = {"chapters": [{"start": "1", "title": "Of the file"}], "start": "1"}
    film = feature_of(title)
    trailer = create_trailer(title_id=title.pk, name="Look")
    attach_asset(video_id=film.pk, asset_id=asset(media_info=there).pk)
    video, side = encode_id("Video", film.pk), encode_id("Video", trailer.pk)

    def chapters(*given: tuple[str, float]) -> dict[str, Any]:
        rows = [{"title": name, "startSeconds": start} for name, start in given]
        return change(gql, operator, "setChapters", PARTS, videoId=video, chapters=rows)

    of_file = [{"title": "Of the file", "startSeconds": 0.0}]
    answer = change(gql, operator, "setChapters", PARTS, videoId=video)
    assert answer["video"]["chapters"] == of_file
    assert chapters(("End", 80.0), ("", 0.0))["video"]["chapters"] == [
        {"title": "Chapter 1", "startSeconds": 0.0},
        {"title": "End", "startSeconds": 80.0},
    ]
    for given, code in (
        ([("a", 90.0)], "OUT_OF_RANGE"),
        ([("a", -1.0)], "OUT_OF_RANGE"),
        ([("a", 1.0), ("b", 1.0001)], "DUPLICATE"),
        ([("x" * 201, 1.0)], "INVALID"),
        ([("a", n / 10) for n in range(501)], "INVALID"),
    ):
        assert chapters(*given) == {"video": None, "errors": [{"field": "chapters", "code": code}]}
    assert chapters()["video"]["chapters"] == []
    answer = change(gql, operator, "setChapters", PARTS, videoId=video, chapters=None)
    assert answer["video"]["chapters"] == of_file

    renamed = change(
        gql, operator, "updateTrailer", "video { name kind }", videoId=side, name="More", kind="EXTRA"
    )
    assert renamed["video"] == {"name": "More", "kind": "EXTRA"}
    for name in ("updateTrailer", "deleteTrailer"):
        refused = change(gql, operator, name, "", videoId=video)
        assert refused["errors"] == [{"field": "videoId", "code": "INVALID"}]
    change(gql, operator, "deleteTrailer", "deletedVideoId", videoId=side)
    out = change(gql, operator, "detachAsset", "video { id isPlayable }", videoId=video)
    assert out["video"] == {"id": video, "isPlayable": False}
    assert [(one.kind, one.asset) for one in Video.objects.all()] == [("FEATURE", None)]


PARTS = "video { chapters { title startSeconds } }"


def test_pages_are_remembered_no_longer_than_their_markers_and_chapters(
    gql: Ask, operator: Asker, movie: MakeTitle
) -> None:
    video = encode_id("Video", feature_of(movie("Lamp")).pk)
    seen = {editions([CATALOGUE])}
    for name, field in (("setMarkers", "markers"), ("setChapters", "chapters")):
        change(gql, operator, name, "", videoId=video, **{field: []})
        seen.add(editions([CATALOGUE]))
    assert len(seen) == 3


def test_markers_lie_within_the_film_and_those_of_a_kind_apart(
    gql: Ask, operator: Asker, movie: MakeTitle, asset: MakeAsset
) -> None:
    film = feature_of(movie("Lamp"))
    attach_asset(video_id=film.pk, asset_id=asset(duration_seconds=90.4).pk)

    def markers(*spans: tuple[str, float, float]) -> dict[str, Any]:
        rows = [{"kind": kind, "startSeconds": start, "endSeconds": end} for kind, start, end in spans]
        return change(
            gql,
            operator,
            "setMarkers",
            "video { markers { kind startSeconds endSeconds } }",
            videoId=encode_id("Video", film.pk),
            markers=rows,
        )

    kept = markers(("CREDITS", 80, 91), ("INTRO", 0, 5), ("RECAP", 3, 9))
    assert [(one["kind"], one["endSeconds"]) for one in kept["video"]["markers"]] == [
        ("INTRO", 5.0),
        ("RECAP", 9.0),
        ("CREDITS", 90.4),
    ]
    for spans, code in (
        ([("CREDITS", 80, 92)], "OUT_OF_RANGE"),
        ([("CREDITS", 90.4, 90.9)], "OUT_OF_RANGE"),
        ([("INTRO", 5, 5)], "INVALID"),
        ([("INTRO", 0, 5), ("INTRO", 4, 8)], "OVERLAP"),
    ):
        assert markers(*spans) == {"video": None, "errors": [{"field": "markers", "code": code}]}
    assert Marker.objects.count() == 3


def test_people_genres_and_tags(gql: Ask, operator: Asker, owner: Asker, movie: MakeTitle) -> None:
    title = movie("Lamp", genres=["Drama"], tags=["Harbour"])
    set_credits(title_id=title.pk, credits=[CreditLine("Ida Holm", "Director")])
    person = encode_id("Person", Person.objects.get().pk)
    change(gql, operator, "updatePerson", "person { id }", personId=person, name="Ada Holm")
    made = change(gql, operator, "createPerson", "person { name }", name="  Per   Dahl ")
    assert made["person"] == {"name": "Per Dahl"}
    search = "query($text: String!) { search(text: $text) { totalCount } }"
    assert gql(search, {"text": "ada"}, as_=owner)["data"]["search"]["totalCount"] == 1
    listed = gql('{ people(text: "ad") { edges { node { name } } } }', as_=operator)["data"]["people"]
    assert listed["edges"] == [{"node": {"name": "Ada Holm"}}]
    answer = gql("{ people { totalCount } }", as_=owner)
    assert answer["errors"][0]["extensions"]["code"] == "FORBIDDEN"
    for kind, model, row in (("Genre", Genre, title.genres.get()), ("Tag", Tag, title.tags.get())):
        word, key = kind.lower(), encode_id(kind, row.pk)
        made = change(gql, operator, f"create{kind}", f"{word} {{ slug }}", name="Noir")
        assert made[word] == {"slug": "noir"}
        for given, code in (
            ({"name": "noir"}, "DUPLICATE"),
            ({"slug": "noir"}, "DUPLICATE"),
            ({"slug": "a/b"}, "INVALID"),
            ({"name": ""}, "REQUIRED"),
        ):
            answer = change(
                gql, operator, f"update{kind}", f"{word} {{ slug }}", **{f"{word}Id": key}, **given
            )
            assert answer == {word: None, "errors": [{"field": next(iter(given)), "code": code}]}
        answer = change(
            gql,
            operator,
            f"update{kind}",
            f"{word} {{ name slug }}",
            **{f"{word}Id": key},
            name="X",
            slug="y",
        )
        assert answer[word] == {"name": "X", "slug": "y"}
        change(gql, operator, f"delete{kind}", f"deleted{kind}Id", **{f"{word}Id": key})
        assert list(model.objects.values_list("name", flat=True)) == ["Noir"]
    gone = change(gql, operator, "deletePerson", "deletedPersonId", personId=person)
    assert gone["deletedPersonId"] == person
    assert gql(search, {"text": "ada"}, as_=owner)["data"]["search"]["totalCount"] == 0


STATE = "title { state availableUntil publications { withdrawnAt availableUntil } }"


def test_what_was_published_and_is_no_more_is_withdrawn_with_its_history(
    gql: Ask, operator: Asker, owner: Asker, movie: MakeTitle
) -> None:
    title = movie("Lamp", published=False)
    mine = encode_id("Movie", title.pk)
    window = {"availableFrom": "2020-01-01T00:00:00Z", "availableUntil": "2400-01-01T00:00:00Z"}

    draft = change(gql, operator, "setAvailability", STATE, titleId=mine, **window)
    assert (draft["title"]["state"], draft["title"]["publications"]) == ("DRAFT", [])
    assert draft["title"]["availableUntil"] == "2400-01-01T00:00:00+00:00"
    still = change(gql, operator, "unpublishTitle", STATE, titleId=mine)
    assert still["title"]["state"] == "DRAFT"
    out = change(gql, operator, "publishTitle", STATE, titleId=mine)
    assert (out["title"]["state"], len(out["title"]["publications"])) == ("PUBLISHED", 1)
    seen = gql('{ title(slug: "lamp") { state publications { publishedAt } } }', as_=owner)
    assert seen["data"]["title"] == {"state": None, "publications": None}
    back = change(gql, operator, "unpublishTitle", STATE, titleId=mine)
    assert back["title"]["state"] == "WITHDRAWN"
    assert gql("TitlePage", {"slug": "lamp"}, as_=owner)["data"]["title"] is None
    again = change(gql, operator, "publishTitle", STATE, titleId=mine)
    assert again["title"]["state"] == "PUBLISHED"
    assert [one["withdrawnAt"] is None for one in again["title"]["publications"]] == [True, False]
    wrong = {**window, "availableUntil": "2019-01-01T00:00:00Z"}
    refused = change(gql, operator, "setAvailability", STATE, titleId=mine, **wrong)
    assert refused["errors"] == [{"field": "availableUntil", "code": "INVALID"}]
    assert Publication.objects.count() == 2


FACTS = """title { slug year countries languages tags { slug } originalLanguage
  alternativeNames { name language country } }"""


def test_facts_of_a_title(gql: Ask, operator: Asker, movie: MakeTitle) -> None:
    movie("Other")
    mine = encode_id("Movie", movie("Lamp", year=1961).pk)
    given = {
        "slug": "the-lamp",
        "clearYear": True,
        "countries": ["de", "FR", "de"],
        "languages": ["DE", "pt_br"],
        "tags": ["Harbour", "harbour"],
        "originalLanguage": "zh-hant",
    }
    change(gql, operator, "updateTitle", "title { id }", titleId=mine, **given)
    names = [{"name": "Lampe", "language": "de"}, {"name": "Lampe", "language": "DE"}, {"name": "La lampe"}]
    answer = change(gql, operator, "setAlternativeNames", FACTS, titleId=mine, names=names)
    assert answer["title"] == {
        "slug": "the-lamp",
        "year": None,
        "countries": ["DE", "FR"],
        "languages": ["de", "pt-BR"],
        "tags": [{"slug": "harbour"}],
        "originalLanguage": "zh-Hant",
        "alternativeNames": [
            {"name": "Lampe", "language": "de", "country": None},
            {"name": "La lampe", "language": None, "country": None},
        ],
    }
    for wrong, field, code in (
        ({"slug": "other"}, "slug", "DUPLICATE"),
        ({"slug": "a b"}, "slug", "INVALID"),
        ({"countries": ["ZZ"]}, "countries", "INVALID"),
        ({"countries": ["Germany"]}, "countries", "INVALID"),
        ({"languages": ["German please"]}, "languages", "INVALID"),
        ({"tags": [str(n) for n in range(51)]}, "tags", "INVALID"),
    ):
        answer = change(gql, operator, "updateTitle", "title { id }", titleId=mine, **wrong)
        assert answer == {"title": None, "errors": [{"field": field, "code": code}]}, wrong
    for name in ({"name": "x", "country": "XX"}, {"name": "x", "language": "?"}, {"name": "x" * 201}):
        answer = change(gql, operator, "setAlternativeNames", FACTS, titleId=mine, names=[name])
        assert answer == {"title": None, "errors": [{"field": "names", "code": "INVALID"}]}, name


CREDITS = """query($id: ID!, $first: Int, $after: String) { node(id: $id) { ... on Person {
  credits(first: $first, after: $after) { totalCount pageInfo { hasNextPage endCursor }
    edges { node { role title { name } } } } } } }"""


def test_what_a_person_did_is_told_as_far_as_the_asker_sees_it(
    gql: Ask, owner: Asker, kid: Asker, operator: Asker, movie: MakeTitle
) -> None:
    for name, year, rating in (("Old", 1950, "U"), ("New", 2020, "18"), ("Middle", 1990, "U")):
        title = movie(name, year=year, maturity_rating=rating)
        set_credits(title_id=title.pk, credits=[CreditLine("Ida Holm", "Director")])
    draft = movie("Draft", published=False, year=2030)
    set_credits(title_id=draft.pk, credits=[CreditLine("Ida Holm", "Writer")])
    ida = encode_id("Person", Person.objects.get().pk)

    def told(person: Asker, **more: Any) -> tuple[list[str], dict[str, Any]]:
        page = gql(CREDITS, {"id": ida, **more}, as_=person)["data"]["node"]["credits"]
        return [edge["node"]["title"]["name"] for edge in page["edges"]], page

    first, page = told(owner, first=2)
    assert (first, page["totalCount"]) == (["New", "Middle"], 3)
    assert page["pageInfo"]["hasNextPage"] is True
    assert told(owner, first=2, after=page["pageInfo"]["endCursor"])[0] == ["Old"]
    assert told(kid)[0] == ["Middle", "Old"]
    assert told(operator)[0] == ["Draft", "New", "Middle", "Old"]
    wrong = gql(CREDITS, {"id": ida, "first": 101}, as_=owner)
    assert wrong["errors"][0]["extensions"]["code"] == "BAD_INPUT"


def test_a_picture_is_there_in_sizes_and_can_be_taken_away(
    gql: Ask,
    operator: Asker,
    series: MakeTitle,
    picture: Callable[..., Path],
    django_capture_on_commit_callbacks: Any,
) -> None:
    show = series("Brook")
    episode = create_episode(series_id=show.pk, season_number=1, number=1, name="Out")
    put_artwork(source=picture(780, 1170), kind="POSTER", title=show)
    put_artwork(source=picture(640, 360), kind="STILL", episode=episode)
    ask = """{ title(slug: "brook") { artwork { posterUrl posterSrcset backdropSrcset }
      ... on Series { seasons { episodes { edges { node { stillUrl stillSrcset } } } } } } }"""

    page = gql(ask, as_=operator)["data"]["title"]

    sizes = [one.split() for one in page["artwork"]["posterSrcset"].split(", ")]
    assert [width for _, width in sizes] == ["185w", "342w", "500w", "780w"]
    assert sizes[-1][0] == page["artwork"]["posterUrl"]
    assert page["artwork"]["backdropSrcset"] is None
    for address, _ in sizes:
        sent = Client().get(address)
        assert (sent.status_code, bool(b"".join(sent.streaming_content))) == (200, True)  # type: ignore[attr-defined]
    still = page["seasons"][0]["episodes"]["edges"][0]["node"]
    assert [one.split()[1] for one in still["stillSrcset"].split(", ")] == ["320w", "640w"]
    keys = [key for row in Artwork.objects.all() for key in row.keys]
    assert len(keys) == 6
    for kind, row, which in (("Series", show, "POSTER"), ("Episode", episode, "STILL")):
        mine = encode_id(kind, row.pk)
        with django_capture_on_commit_callbacks(execute=True):
            answer = change(gql, operator, "removeArtwork", "pictured { id }", id=mine, kind=which)
        assert answer == {"pictured": {"id": mine}, "errors": []}
        again = change(gql, operator, "removeArtwork", "pictured { id }", id=mine, kind=which)
        assert again["errors"] == [{"field": "kind", "code": "NOT_FOUND"}]
    assert not any(map(objects().exists, keys))
