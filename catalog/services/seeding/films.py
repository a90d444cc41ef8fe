"""Films that all titles of a seeded library share: rows as the factory leaves them, with nothing in the store.

So what says that it can be watched looks so everywhere, and asking for a segment of it finds nothing.
"""

from fractions import Fraction

from transcoding.engine.media import AudioTrack, Chapter, MediaInfo, VideoTrack
from transcoding.engine.plan import Plan, make_plan
from transcoding.models import Asset, AssetState, AssetVersion, Rendition, RenditionKind, RenditionState

_BUILD = "seeded"
_MINUTES = {"film": (84, 91, 97, 103, 112, 124, 141), "episode": (24, 42, 51), "trailer": (2,)}
_LANGUAGES = (("en", "English"), ("fr", "Français"))


def shared_films() -> dict[str, list[Asset]]:
    """Assets by what they are for: film, episode, trailer."""
    return {use: [_asset(use, minutes) for minutes in lengths] for use, lengths in _MINUTES.items()}


def _asset(use: str, minutes: int) -> Asset:
    info = _media(60 * minutes, chapters=use == "film")
    plan = make_plan(info, build=_BUILD)
    asset = Asset.objects.create(
        file_name=f"seeded-{use}-{minutes}.mp4",
        size_bytes=info.size_bytes,
        source_key=f"seeded/{use}-{minutes}",
        state=AssetState.READY,
        progress=1,
        duration_seconds=float(info.duration),
        media_info=info.to_json(),
    )
    version = AssetVersion.objects.create(
        asset=asset,
        number=1,
        plan=plan.to_json(),
        key_prefix=f"assets/{asset.pk}/v1",
        published_at=asset.created_at,
    )
    Rendition.objects.bulk_create(_renditions(version, plan))
    asset.current_version = version
    asset.save(update_fields=["current_version"])
    return asset


def _renditions(version: AssetVersion, plan: Plan) -> list[Rendition]:
    whole = {"version": version, "state": RenditionState.READY, "progress": 1, "is_offered": True}
    rows = [
        Rendition(
            **whole, name=rung.name, kind=RenditionKind.VIDEO, codec="h264", codecs="avc1.640028",
            width=rung.width, height=rung.height, bitrate=rung.maxrate,
        )
        for rung in plan.video
    ]  # fmt: skip
    rows += [
        Rendition(
            **whole, name=audio.name, kind=RenditionKind.AUDIO, codec="aac", codecs="mp4a.40.2", channels=2,
            bitrate=audio.bitrate, language=language, label=label, is_default=place == 0,
        )
        for place, (audio, (language, label)) in enumerate(zip(plan.audio, _LANGUAGES, strict=True))
    ]  # fmt: skip
    rows += [
        Rendition(
            **whole, name=f"subtitles-{language}", kind=RenditionKind.SUBTITLES, codec="webvtt",
            language=language, label=label,
        )
        for language, label in _LANGUAGES
    ]  # fmt: skip
    return rows


def _media(seconds: int, *, chapters: bool) -> MediaInfo:
    zero, length = Fraction(0), Fraction(seconds)
    picture = VideoTrack(
        index=0, codec="h264", profile="High", pixel_format="yuv420p", width=1920, height=1080, display_width=1920,
        display_height=1080, sample_aspect=Fraction(1), rotation=0, rate=Fraction(24), variable_rate=False,
        frames=seconds * 24, interlaced=False, transfer="bt709", primaries="bt709", matrix="bt709",
        full_range=False, hdr=False, start=zero, duration=length,
    )  # fmt: skip
    sounds = tuple(
        AudioTrack(
            index=number, codec="aac", language=language, title=label, channels=2, layout="stereo", sample_rate=48_000,
            default=number == 1, start=zero, duration=length,
        )
        for number, (language, label) in enumerate(_LANGUAGES, start=1)
    )  # fmt: skip
    parts = (
        tuple(
            Chapter(start=length * part / 6, end=length * (part + 1) / 6, title=f"Chapter {part + 1}")
            for part in range(6)
        )
        if chapters
        else ()
    )
    return MediaInfo(
        container="mov,mp4,m4a,3gp,3g2,mj2", size_bytes=seconds * 600_000, start=zero, duration=length, video=picture,
        audio=sounds, subtitles=(), chapters=parts, notes=(),
    )  # fmt: skip
