"""Batched reads of accounts' rows."""

from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

from accounts.models import Profile
from vod.lib.graphql.deferred import Loader


class ProfilesByUser(Loader[UUID, list[Profile]]):
    """All profiles of an account, oldest first."""

    def batch(self, keys: Sequence[UUID]) -> Sequence[list[Profile]]:
        found: dict[UUID, list[Profile]] = defaultdict(list)
        for profile in Profile.objects.filter(user_id__in=keys):
            found[profile.user_id].append(profile)
        return [found[key] for key in keys]
