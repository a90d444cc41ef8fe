"""What each of the six may do with each operation of the contract."""

from typing import Any

from tests.matrix.cells import (
    ADULTS,
    CLOSED,
    EVERYBODY,
    HOUSEHOLD,
    NOTHING,
    OK,
    OPERATORS,
    SIGNED_IN,
    UNKNOWN,
    UNSEEN,
    Given,
    Row,
    Shown,
)
from tests.matrix.world import PIN, World
from tests.people import PASSWORD

FOR_ALL = {"Garden", "Harbour"}
FOR_ADULTS = FOR_ALL | {"Cellar", "Attic"}
#: The titles that each sees.
SEEN = (UNKNOWN, FOR_ADULTS, FOR_ADULTS, FOR_ALL, FOR_ADULTS, FOR_ADULTS | {"Draft"})
#: One that is for all, and who sees it.
VISIBLE = (UNKNOWN, OK, OK, OK, OK, OK)
#: One that a child does not see, and one that only operators do.
HIDDEN = (UNKNOWN, OK, OK, NOTHING, OK, OK)
SECRET = (UNKNOWN, NOTHING, NOTHING, NOTHING, NOTHING, OK)


def given(**values: Any) -> Given:
    """An input of values that are what they are, or are looked up in the world."""

    def look_up(world: World) -> dict[str, Any]:
        return {"input": {name: value(world) if callable(value) else value for name, value in values.items()}}

    return look_up


def an(id_of: str) -> Any:
    """An id of the world."""
    return lambda world: world.ids[id_of]


def video(film: str) -> Any:
    return lambda world: world.id_of(film)


def title(film: str) -> Any:
    return lambda world: world.title_of(film)


def nothing(_world: World) -> dict[str, Any]:
    return {}


def names(connection: dict[str, Any]) -> set[str]:
    return {edge["node"]["name"] for edge in connection["edges"]}


def _at(film: str) -> Given:
    return lambda _world: {"slug": film.lower()}


def _asking(text: str) -> Given:
    return lambda _world: {"text": text}


def _found(film: str) -> Shown:
    return lambda data: OK if film in names(data["search"]) else NOTHING


def _names_of_home(data: dict[str, Any]) -> set[str]:
    rows = [names(edge["node"]["titles"]) for edge in data["home"]["rows"]["edges"]]
    return set().union(*rows, {data["home"]["hero"]["name"]})


def _shelf(data: dict[str, Any]) -> Any:
    viewer = data["viewer"]
    if viewer is None:
        return None
    shelf = viewer["activeProfile"]
    going_on = {edge["node"]["title"]["name"] for edge in shelf["continueWatching"]["edges"]}
    seen = {edge["node"]["title"]["name"] for edge in shelf["history"]["edges"]}
    return going_on | names(shelf["myList"]) | seen


def _everywhere(operation: str, *, changes: bool = True, **values: Any) -> list[Row]:
    """A mutation of a title or a video: of one for all, one for adults, one that is not published."""
    which = {"titleId": title, "videoId": video}[next(name for name in values if name.endswith("Id"))]
    key = next(name for name in values if name.endswith("Id"))
    cells = {"Garden": SIGNED_IN, "Cellar": ADULTS, "Draft": UNSEEN}
    return [
        Row(operation, film, given(**{**values, key: which(film)}), expected, changes=changes)
        for film, expected in cells.items()
    ]


ACCOUNTS = [
    Row("SignUp", "an address of one's own", given(email="new@example.org", password=PASSWORD), EVERYBODY),
    Row("SignUp", "Olive's address", given(email="Olive@example.org", password=PASSWORD), ("EMAIL_TAKEN",) * 6),
    Row("SignIn", "with the password", given(email="olive@example.org", password=PASSWORD), EVERYBODY),
    Row("SignIn", "without it", given(email="olive@example.org", password="x"), ("WRONG_CREDENTIALS",) * 6),
    Row("SignOut", "here", nothing, SIGNED_IN),
    Row("Viewer", "oneself", nothing, (NOTHING, *["olive"] * 3, "stella", "oscar"),
        lambda data: data["viewer"] and data["viewer"]["email"].removesuffix("@example.org")),
    Row("CreateProfile", "in one's account", given(name="Nora"), (UNKNOWN, OK, OK, CLOSED, OK, OK)),
    Row("UpdateProfile", "Arthur's", given(profileId=an("other adult"), name="Art", pin="1234"), HOUSEHOLD),
    Row("UpdateProfile", "the child's own limit",
        given(profileId=an("kid"), isKids=False, maturityLimit=None), HOUSEHOLD),
    Row("UpdateProfile", "the child's own looks", given(profileId=an("kid"), autoplayNext=False), HOUSEHOLD),
    Row("DeleteProfile", "Arthur's", given(profileId=an("other adult")), HOUSEHOLD),
    Row("DeleteProfile", "the child's", given(profileId=an("kid")), HOUSEHOLD),
    Row("ActivateProfile", "the child's", given(profileId=an("kid")),
        (UNKNOWN, OK, OK, OK, "NOT_FOUND", "NOT_FOUND")),
    Row("ActivateProfile", "Pia's without her PIN", given(profileId=an("locked")),
        (UNKNOWN, *["PIN_REQUIRED"] * 3, "NOT_FOUND", "NOT_FOUND")),
    Row("ActivateProfile", "Pia's with a wrong PIN", given(profileId=an("locked"), pin="0000"),
        (UNKNOWN, *["WRONG_PIN"] * 3, "NOT_FOUND", "NOT_FOUND")),
    Row("ActivateProfile", "Pia's with her PIN", given(profileId=an("locked"), pin=PIN),
        (UNKNOWN, OK, OK, OK, "NOT_FOUND", "NOT_FOUND")),
]  # fmt: skip

BROWSING = [
    Row("Home", "what it shows", nothing, SEEN, _names_of_home),
    Row("Browse", "what it lists", nothing, SEEN, lambda data: names(data["titles"])),
    Row("Genres", "how many titles they count", nothing, (UNKNOWN, 4, 4, 2, 4, 5),
        lambda data: sum(genre["titleCount"] for genre in data["genres"])),
    *[
        Row("TitlePage", film, _at(film), cells)
        for film, cells in {"Garden": VISIBLE, "Cellar": HIDDEN, "Attic": HIDDEN, "Draft": SECRET}.items()
    ],
    Row("TitlePage", "what is similar to Garden", lambda _world: {"slug": "garden"},
        (UNKNOWN, *[seen - {"Garden"} for seen in SEEN[1:] if isinstance(seen, set)]),
        lambda data: names(data["title"]["similar"])),
    *[
        Row("Search", film, _asking(film), cells,
            _found(film))
        for film, cells in {"Garden": VISIBLE, "Cellar": HIDDEN, "Attic": HIDDEN, "Draft": SECRET}.items()
    ],
]  # fmt: skip

SHELF = [
    Row("Shelf", "what stands on it", nothing, (NOTHING, {"Garden", "Cellar"}, NOTHING, NOTHING, NOTHING, NOTHING),
        _shelf),
    *_everywhere("AddToMyList", changes=False, titleId=None),
    *_everywhere("RemoveFromMyList", changes=False, titleId=None),
    *_everywhere("RateTitle", titleId=None, rating="LOVE"),
    *_everywhere("MarkWatched", videoId=None, watched=True),
    *_everywhere("RemoveFromContinueWatching", changes=False, videoId=None),
]  # fmt: skip

WATCHING = [
    *_everywhere("StartPlayback", videoId=None, deviceName="Tablet"),
    Row("StartPlayback", "Attic", given(videoId=video("Attic"), deviceName="Tablet"), ADULTS),
    Row("Heartbeat", "of Olive's stream", given(sessionId=an("stream"), positionSeconds=5.0, state="PLAYING"),
        (UNKNOWN, OK, *["NOT_FOUND"] * 4)),
    Row("StopPlayback", "of Olive's stream", given(sessionId=an("stream"), positionSeconds=5.0),
        (UNKNOWN, OK, OK, OK, "NOT_FOUND", "NOT_FOUND")),
]  # fmt: skip

_MARKER = {"kind": "INTRO", "startSeconds": 1.0, "endSeconds": 2.0}
_CREDIT = {"personName": "Ada", "role": "Director"}
OPERATING = [
    Row(operation, "", inputs, OPERATORS)
    for operation, inputs in {
        "CreateMovie": given(name="Lighthouse"),
        "CreateSeries": given(name="Lighthouse"),
        "CreateEpisode": given(seriesId=title("Harbour"), seasonNumber=1, number=9, name="Night"),
        "CreateTrailer": given(titleId=title("Garden"), name="Soon", kind="TRAILER"),
        "SetArtwork": given(titleId=title("Garden"), kind="POSTER", uploadId=an("artwork upload")),
        "AddSubtitles": given(
            videoId=video("Garden"),
            uploadId=an("subtitles upload"),
            language="de",
            label="Deutsch",
            kind="SUBTITLES",
        ),
        "SetMarkers": given(videoId=video("Garden"), markers=[_MARKER]),
        "SetCredits": given(titleId=title("Garden"), credits=[_CREDIT]),
        "UpdateTitle": given(titleId=title("Garden"), name="Gardens"),
        "PublishTitle": given(titleId=title("Draft")),
        "UnpublishTitle": given(titleId=title("Garden")),
        "DeleteTitle": given(titleId=title("Garden")),
        "AttachAsset": given(videoId=video("Garden"), assetId=an("spare asset")),
        "RetryAsset": given(assetId=an("failed asset")),
        "CancelAsset": given(assetId=an("encoding asset")),
        "DeleteAsset": given(assetId=an("failed asset")),
    }.items()
]
FACTORY = [
    Row("Assets", "all of them", nothing, OPERATORS),
    Row("Asset", "one of them", lambda world: {"id": world.ids["spare asset"]}, OPERATORS),
]

# Olive's household and no other, and those who run the library.
_OWN = (NOTHING, OK, OK, OK, NOTHING, OK)
_NODES = {
    "User": ("account", _OWN),
    "Profile": ("other adult", _OWN),
    # Olive's and Stella's are the same one.
    "Plan": ("plan", (NOTHING, OK, OK, OK, OK, OK)),
    "AccessToken": ("token", (NOTHING, OK, OK, NOTHING, NOTHING, NOTHING)),
    "BrowserSession": ("browser", (NOTHING, OK, OK, NOTHING, NOTHING, NOTHING)),
    "PlaybackSession": ("stream", (NOTHING, OK, NOTHING, NOTHING, NOTHING, NOTHING)),
    "Asset": ("spare asset", (NOTHING, NOTHING, NOTHING, NOTHING, NOTHING, OK)),
    "Season": ("season", VISIBLE),
    "Episode": ("episode", VISIBLE),
    "Genre": ("genre", VISIBLE),
    "Tag": ("tag", VISIBLE),
    "Collection": ("collection", VISIBLE),
    "Person": ("maker of Cellar", HIDDEN),
    "SubtitleTrack": ("track of Cellar", HIDDEN),
    "HomeRow": ("home row", VISIBLE),
}


def _node(id_of: Any) -> Given:
    return lambda world: {"id": id_of(world)}


NODES = [
    *[Row("Node", kind, _node(an(key)), cells) for kind, (key, cells) in _NODES.items()],
    Row("Node", "Plan of nobody", _node(an("other plan")), (NOTHING,) * 5 + (OK,)),
    *[
        Row("Node", kind, _node(of(film)), cells)
        for film, cells in {"Garden": VISIBLE, "Cellar": HIDDEN, "Attic": HIDDEN, "Draft": SECRET}.items()
        for kind, of in (("Movie", title), ("Video", video), ("Video", lambda film: an(f"trailer of {film}")))
    ],
    Row("Node", "Series", _node(title("Harbour")), VISIBLE),
]

ROWS = [*ACCOUNTS, *BROWSING, *SHELF, *WATCHING, *OPERATING, *FACTORY, *NODES]
