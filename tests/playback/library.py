"""Titles whose media is made by hand: rows as the factory leaves them, and a few bytes in the store."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from catalog.models import Episode, Season, Title, TitleKind, Video, VideoKind
from tests.engine.films import film
from transcoding.engine.plan import Plan, make_plan
from transcoding.models import Asset, AssetState, AssetVersion, Rendition, RenditionKind, Segment
from vod.lib.graphql.ids import encode_id
from vod.lib.storage import objects

SECONDS = 30.0


@dataclass(frozen=True)
class Film:
    """A video that can be watched, with everything it hangs on."""

    title: Title
    video: Video
    version: AssetVersion

    @property
    def id(self) -> str:
        return encode_id("Video", self.video.pk)

    @property
    def title_id(self) -> str:
        return encode_id(self.title.graphql_type, self.title.pk)


def make_title(name: str, *, kind: str = TitleKind.MOVIE, minimum_age: int | None = 0) -> Title:
    """A published title."""
    return Title.objects.create(
        kind=kind,
        slug=name.lower().replace(" ", "-"),
        name=name,
        minimum_age=minimum_age,
        maturity_rating="" if minimum_age is None else str(minimum_age),
        published_at=timezone.now() - timedelta(days=1),
        available_from=timezone.now() - timedelta(days=1),
    )


def make_version(*, state: str = AssetState.READY) -> AssetVersion:
    """A version of a new asset of SECONDS, with rungs and sound as planned but nothing made yet."""
    asset = Asset.objects.create(
        file_name="film.mp4",
        size_bytes=1,
        source_key="sources/x/source",
        state=state,
        progress=1 if state == AssetState.READY else 0.5,
        duration_seconds=SECONDS,
    )
    plan = make_plan(film(), build="test")
    version = AssetVersion.objects.create(
        asset=asset, number=1, plan=plan.to_json(), key_prefix=f"assets/{asset.pk}/v1"
    )
    for rung in plan.video:
        Rendition.objects.create(
            version=version, name=rung.name, kind=RenditionKind.VIDEO, codec="h264", codecs="avc1.640028",
            width=rung.width, height=rung.height, init_digest="x", is_offered=True,
        )  # fmt: skip
    for audio in plan.audio:
        Rendition.objects.create(
            version=version, name=audio.name, kind=RenditionKind.AUDIO, codec="aac", codecs="mp4a.40.2",
            channels=2, init_digest="x", is_offered=True,
        )  # fmt: skip
    asset.current_version = version
    asset.save()
    return version


def make_segments(version: AssetVersion, *names: str, count: int = 2) -> None:
    """The first segments of renditions, each with bytes that say whose they are."""
    plan = Plan.from_json(version.plan)
    for name in names:
        rendition = Rendition.objects.get(version=version, name=name)
        objects().put_bytes(f"{version.key_prefix}/{name}/init.mp4", f"init of {name}".encode())
        for number in range(count):
            key = f"{version.key_prefix}/{name}/{number:05d}.m4s"
            body = segment_bytes(name, number)
            objects().put_bytes(key, body)
            Segment.objects.create(
                rendition=rendition, number=number, key=key, size_bytes=len(body),
                duration_seconds=float(plan.segment_durations(name)[number]),
            )  # fmt: skip


CLIP = b"a clip of a few seconds. " * 40


def add_preview(film: "Film") -> None:
    """The film has a preview, as the factory leaves it."""
    key = f"{film.version.key_prefix}/preview.mp4"
    objects().put_bytes(key, CLIP)
    AssetVersion.objects.filter(pk=film.version.pk).update(preview_key=key, preview_bytes=len(CLIP))
    Asset.objects.filter(pk=film.version.asset_id).update(preview_of=film.version.pk)


def segment_bytes(name: str, number: int) -> bytes:
    return f"secret bytes of {name}, segment {number}. ".encode() * 20


def make_film(
    name: str = "Night train", *, minimum_age: int | None = 0, state: str = AssetState.READY
) -> Film:
    """A published movie."""
    title = make_title(name, minimum_age=minimum_age)
    version = make_version(state=state)
    video = Video.objects.create(title=title, kind=VideoKind.FEATURE, asset=version.asset)
    return Film(title, video, version)


def make_series(name: str = "Harbour", *, seasons: tuple[int, ...] = (2, 2)) -> list[Film]:
    """A published series with so many episodes in each season; its episodes in order."""
    title = make_title(name, kind=TitleKind.SERIES)
    films = []
    for number, episodes in enumerate(seasons, start=1):
        season = Season.objects.create(series=title, number=number)
        for place in range(1, episodes + 1):
            episode = Episode.objects.create(season=season, number=place, name=f"Part {place}")
            version = make_version()
            video = Video.objects.create(
                title=title, episode=episode, kind=VideoKind.EPISODE, asset=version.asset
            )
            films.append(Film(title, video, version))
    return films
