"""Enums of the catalogue's API."""

from enum import Enum
from typing import Any

import graphene

from catalog import maturity, models


def _enum(choices: Any, name: str, about: str, **values: str) -> Any:
    def describe(value: Any) -> str | None:
        return about if value is None else values.get(value.name)

    return graphene.Enum.from_enum(choices, name=name, description=describe)


class _Order(Enum):
    NEWEST = "NEWEST"
    OLDEST = "OLDEST"
    NAME = "NAME"
    YEAR = "YEAR"
    YEAR_ASCENDING = "YEAR_ASCENDING"


class _RowKind(Enum):
    CONTINUE_WATCHING = "CONTINUE_WATCHING"
    MY_LIST = "MY_LIST"
    NEW = "NEW"
    SERIES = "SERIES"
    GENRE = "GENRE"
    TRENDING = "TRENDING"
    TOP_TEN = "TOP_TEN"
    BECAUSE_YOU_WATCHED = "BECAUSE_YOU_WATCHED"
    COLLECTION = "COLLECTION"


class _TrailerKind(Enum):
    TRAILER = "TRAILER"
    EXTRA = "EXTRA"


TitleKind = _enum(
    models.TitleKind,
    "TitleKind",
    "The two kinds of title.",
    MOVIE="One film.",
    SERIES="Seasons of episodes.",
)
TitleOrder = _enum(
    _Order,
    "TitleOrder",
    "How a list of titles is ordered.",
    NEWEST="What came into the library last goes first.",
    OLDEST="What came into the library first goes first.",
    NAME="By name, without regard to case and accents.",
    YEAR="The latest year of release first; titles without a year last.",
    YEAR_ASCENDING="The earliest year of release first; titles without a year before it.",
)
HomeRowKind = _enum(
    _RowKind,
    "HomeRowKind",
    "What a row of the home page is.",
    CONTINUE_WATCHING="What the profile has begun.",
    MY_LIST="What the profile has put on its list.",
    NEW="What came into the library last.",
    SERIES="Series, the newest first.",
    GENRE="One genre.",
    TRENDING="What people watch these days.",
    TOP_TEN="The ten most watched.",
    BECAUSE_YOU_WATCHED="Close to something that the profile has watched.",
    COLLECTION="Put together by an editor.",
)
VideoKind = _enum(
    models.VideoKind,
    "VideoKind",
    "What a video is.",
    FEATURE="The film itself.",
    EPISODE="An episode of a series.",
    TRAILER="A trailer.",
    EXTRA="Something beside the film.",
)
TrailerKind = _enum(
    _TrailerKind,
    "TrailerKind",
    "What can be added beside a film.",
    TRAILER="A trailer.",
    EXTRA="Something beside the film.",
)
MarkerKind = _enum(
    models.Marker.Kind,
    "MarkerKind",
    "What a marked stretch of a video is.",
    INTRO="The opening.",
    RECAP="What happened before.",
    CREDITS="The credits at the end.",
)
SubtitleKind = _enum(
    models.SubtitleKind,
    "SubtitleKind",
    "Whom subtitles are for.",
    SUBTITLES="For those who do not know the language.",
    CAPTIONS="For those who do not hear it: with sounds.",
    FORCED="Only what is foreign in the film itself.",
)
ArtworkKind = _enum(
    models.ArtworkKind,
    "ArtworkKind",
    "What a picture is.",
    POSTER="Upright, 2:3.",
    BACKDROP="Wide, 16:9.",
    STILL="Wide, 16:9, of an episode.",
)
TitleState = _enum(
    models.TitleState,
    "TitleState",
    "Whether people are let see a title.",
    DRAFT="It was never published.",
    PUBLISHED="People see it while it is available.",
    WITHDRAWN="It was published and is no more.",
)
RatingSystem = _enum(
    Enum("_RatingSystem", [(key, key) for key in maturity.SYSTEMS]),
    "RatingSystem",
    "Who rates titles for maturity.",
    **{key: f"{system.name}." for key, system in maturity.SYSTEMS.items()},
)
