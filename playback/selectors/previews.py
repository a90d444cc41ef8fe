"""What lies at the address of a preview for whoever holds its token: decided here, whoever then sends the bytes."""

import hashlib
import re
from uuid import UUID

from django.utils import timezone

from accounts.models import Profile, User
from catalog.models import Title
from catalog.tokens import Viewer, read_preview_token
from playback.selectors.media import Media, Refusal
from transcoding.models import AssetVersion
from transcoding.selectors.delivery import MP4
from vod.lib.actor import Actor, operates
from vod.lib.logs import say_about

# The bytes never change; that they may be shown can.
CACHE = "private, max-age=3600"

# The one spelling, as of every media path.
_PATH = re.compile(
    r"(?P<token>[A-Za-z0-9_-]{1,16}\.[A-Za-z0-9_-]{1,64}\.[A-Za-z0-9_-]{1,64})"
    r"/(?P<version>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})"
    r"/preview\.mp4",
    re.ASCII,
)


def preview_at(address: str) -> Media | Refusal:
    """What `<token>/<asset version>/preview.mp4`, as the client sent it, may be answered with now.

    Three statements at most: who it was given to, whether that one may see the film, and what there is.
    """
    match = _PATH.fullmatch(address)
    if match is None:
        return Refusal.NOTHING
    version = UUID(match["version"])
    viewer = read_preview_token(match["token"], version=version, now=timezone.now())
    actor = _actor(viewer) if viewer else None
    if actor is None:
        return Refusal.DEAD
    say_about(version=version, user=actor.user_id)
    if not Title.objects.visible_to(actor).filter(videos__asset__versions=version).exists():
        return Refusal.DEAD
    row = AssetVersion.objects.filter(pk=version).values_list("preview_key", "preview_bytes").first()
    if row is None or not row[0]:
        return Refusal.NOTHING
    key, size = row
    return Media(MP4, size, hashlib.sha256(key.encode()).hexdigest()[:32], CACHE, key=key)


def _actor(viewer: Viewer) -> Actor | None:
    """The account and the profile as they are now; None where either is gone or closed."""
    if viewer.profile is None:
        operators = User.objects.filter(pk=viewer.user, is_active=True, is_staff=True)
        return Actor(user_id=viewer.user, is_operator=True) if operators.exists() else None
    row = (
        Profile.objects.filter(pk=viewer.profile, user=viewer.user, user__is_active=True)
        .values_list("is_kids", "maturity_limit", "user__is_staff")
        .first()
    )
    if row is None:
        return None
    is_kids, limit, is_staff = row
    return Actor(
        user_id=viewer.user,
        profile_id=viewer.profile,
        is_kids=is_kids,
        maturity_limit=limit,
        is_operator=operates(is_staff=is_staff, is_active=True, is_kids=is_kids),
    )
