"""A process of its own: migrates the SQLite of VOD_HOME and puts rows of every model into it."""

import os
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))
os.environ["DJANGO_SETTINGS_MODULE"] = "vod.settings"

NOW = datetime(2026, 3, 29, 1, 30, 0, 123456, tzinfo=UTC)
INFO = {
    "rate": "24000/1001",
    "keys": [0.0, 1e16, 1e-7, 0.1],
    "notes": ["Zäh ““ 🎬", None, True],
    "b": {"a": 1},
}


def main() -> None:
    """Prints nothing; raises where a model refuses."""
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=0)
    people = fill_accounts()
    version = fill_factory(people)
    fill_catalogue(people, version)


def fill_accounts() -> dict[str, Any]:
    from allauth.account.models import EmailAddress, EmailConfirmation
    from allauth.mfa.models import Authenticator
    from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
    from allauth.usersessions.models import UserSession
    from django.contrib.admin.models import LogEntry
    from django.contrib.auth.models import Group, Permission
    from django.contrib.contenttypes.models import ContentType
    from django.contrib.sessions.models import Session

    from accounts.models import (
        AccessToken,
        AttemptCount,
        DeviceGrant,
        Invitation,
        Plan,
        Profile,
        User,
    )

    house = Plan.objects.create(name="House", max_streams=5)
    user = User.objects.create_superuser("olive@example.org", "a long password")
    guest = User.objects.create_user("gäst@example.org", "another password")
    User.objects.filter(pk=guest.pk).update(plan=house, last_login=NOW)
    group = Group.objects.create(name="Editors")
    group.permissions.add(*Permission.objects.all()[:3])
    user.groups.add(group)
    user.user_permissions.add(Permission.objects.order_by("-pk")[0])
    profile = Profile.objects.create(user=user, name="Öl Íve", maturity_limit=12, is_kids=True)
    AccessToken.objects.create(
        user=user, digest="d" * 64, active_profile=profile, password_stamp="s", expires_at=NOW
    )
    Invitation.objects.create(digest="e" * 64, plan=house, by=user, user=guest, expires_at=NOW, used_at=NOW)
    DeviceGrant.objects.create(
        digest="d" * 64,
        user_code="B" * 8,
        client_id="tv",
        name="Öl",
        user=user,
        scopes=["READ"],
        expires_at=NOW,
    )
    AttemptCount.objects.create(key="b" * 64, count=3, since=NOW)
    AttemptCount.objects.create(key="A" * 64, count=1, since=NOW)
    Session.objects.create(session_key="Zz", session_data="x", expire_date=NOW)
    Session.objects.create(session_key="aA", session_data="y", expire_date=NOW)
    address = EmailAddress.objects.create(user=user, email=user.email, primary=True)
    EmailConfirmation.objects.create(email_address=address, key="k")
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": "s"})
    UserSession.objects.create(user=user, ip="2001:db8::1", session_key="Zz", user_agent="Öl")
    app = SocialApp.objects.create(
        provider="openid_connect", provider_id="house", name="House", client_id="c"
    )
    social = SocialAccount.objects.create(user=user, provider="house", uid="u", extra_data={"a": None})
    SocialToken.objects.create(app=app, account=social, token="t")
    LogEntry.objects.create(
        user=user,
        content_type=ContentType.objects.get_for_model(User),
        object_id="1",
        object_repr="r",
        action_flag=1,
    )
    # Keys of long ago: the next one must come after all of them.
    LogEntry.objects.filter().update(id=1000)
    return {"user": user, "profile": profile}


def fill_factory(people: dict[str, Any]) -> Any:
    from transcoding.models import (
        Asset,
        Chunk,
        Job,
        Removal,
        Rendition,
        Segment,
        Sidecar,
        Upload,
        UploadPiece,
    )

    asset = Asset.objects.create(
        file_name="Film – ÄÖ.mkv",
        size_bytes=2**40,
        source_key="s",
        uploaded_by=people["user"],
        media_info=INFO,
        duration_seconds=5423.0001,
        progress=1 / 3,
    )
    Asset.objects.create(file_name="b", size_bytes=1, source_key="t", media_info=None)
    version = asset.versions.create(number=1, plan=INFO, key_prefix="p", published_at=NOW)
    Asset.objects.filter(pk=asset.pk).update(current_version=version)
    sidecar = Sidecar.objects.create(asset=asset, key="k", file_name="a.srt", size_bytes=5)
    rendition = Rendition.objects.create(version=version, name="video-720", kind="VIDEO", codec="h264")
    Rendition.objects.create(
        version=version, name="subtitles-0", kind="SUBTITLES", codec="webvtt", sidecar=sidecar, loudness=-23.4
    )
    Segment.objects.bulk_create(
        Segment(rendition=rendition, number=n, key=f"k{n}", size_bytes=n, duration_seconds=n / 7)
        for n in range(5000)
    )
    Job.objects.create(asset=asset, kind="PROBE", lease_until=NOW)
    Chunk.objects.create(version=version, kind="VIDEO", number=0, cpu_seconds=0.1)
    upload = Upload.objects.create(
        owner=people["user"], file_name="u", size_bytes=10, offset=4, expires_at=NOW, asset=asset
    )
    UploadPiece.objects.create(upload=upload, first_byte=0, size_bytes=4, etag='"ä"')
    Removal.objects.create(prefix="assets/x", due_at=NOW)
    return version


def fill_catalogue(people: dict[str, Any], version: Any) -> None:
    from catalog.models import Artwork, Credit, Episode, Genre, Marker, Person, Season, Title, Video
    from catalog.services.words import refresh_search_text
    from playback.models import ListEntry, Play, PlaybackSession, Progress, QualityEvent, Rating

    genre = Genre.objects.create(slug="dräma", name="Dräma")
    title = Title.objects.create(
        kind="SERIES", slug="s", name="Amélie", synopsis="“A”\nb\t🎬", published_at=NOW
    )
    title.genres.add(genre)
    Credit.objects.create(title=title, person=Person.objects.create(name="Ida"), role="Director")
    refresh_search_text(title)
    episode = Episode.objects.create(season=Season.objects.create(series=title, number=1), number=1, name="e")
    Artwork.objects.create(title=title, kind="POSTER", key="k", width=1, height=1, blurhash="b")
    Artwork.objects.create(episode=episode, kind="STILL", key="l", width=1, height=1, blurhash="b")
    video = Video.objects.create(title=title, episode=episode, kind="EPISODE", asset=version.asset)
    Marker.objects.create(video=video, kind="INTRO", start_seconds=0.5, end_seconds=9.25)
    fill_groups(title)
    fill_made(title, video)
    profile = people["profile"]
    stream = PlaybackSession.objects.create(
        user=people["user"],
        profile=profile,
        video=video,
        version=version,
        device_name="d",
        max_height=720,
        lease_expires_at=NOW + timedelta(seconds=90),
    )
    QualityEvent.objects.create(
        session=stream, at=NOW, kind="STALL", seconds=0.125, bitrate=2**40, fatal=True
    )
    Progress.objects.create(profile=profile, video=video, position_seconds=12.5, updated_at=NOW)
    ListEntry.objects.create(profile=profile, title=title)
    Rating.objects.create(profile=profile, title=title, value="LOVE")
    Play.objects.create(profile=profile, title=title, day=NOW.date())


def fill_groups(title: Any) -> None:
    from catalog.models import AlternativeName, Collection, CollectionEntry, Publication, Tag

    title.tags.add(Tag.objects.create(slug="hafen", name="Hafen", names={"en": "Harbour"}))
    AlternativeName.objects.create(title=title, name="Die fabelhafte Welt", language="de", country="DE")
    Publication.objects.create(title=title, published_at=NOW, available_from=NOW)
    collection = Collection.objects.create(slug="c", name="C", synopses={"de": "„Sammlung“"}, shown_from=NOW)
    CollectionEntry.objects.create(collection=collection, title=title)


def fill_made(title: Any, video: Any) -> None:
    from catalog.models import Edition, ImportedFile, ImportFolder, Neighbours, Popularity

    Popularity.objects.create(title=title, trending=1 / 3, plays=7)
    Neighbours.objects.create(title=title, others=[["ab" * 16, 0.1, 0.5, 12, ["Häfen"]]], made_at=NOW)
    # The catalogue's own is there already where something above has changed it.
    Edition.objects.get_or_create(name="catalogue", defaults={"value": "w", "renewed_at": NOW})
    folder = ImportFolder.objects.create(mark="m" * 64, name="Filme")
    ImportedFile.objects.create(
        folder=folder,
        path="Amélie (2001)/Amélie.mkv",
        path_mark="p" * 64,
        size_bytes=2**40,
        modified_ns=1_774_748_400_123_456_789,
        title=title,
        video=video,
        asset_key=video.asset_id,
        is_done=True,
    )


if __name__ == "__main__":
    main()
