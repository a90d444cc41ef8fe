"""What of a seeded library runs in a process of its own.

``tokens COUNT KIND`` prints a bearer token a line. ``statements TOKEN`` reads a request's body from its input and prints
how many SQL statements it costs. ``places`` prints as JSON where benchmarks of the catalogue look.
"""

from __future__ import annotations

import json
import sys


def tokens(count: int, kind: str) -> None:
    """Tokens of profiles without a limit of age (``adult``), or of children's (``kid``), the most active first."""
    import django

    django.setup()
    from django.db.models import Count

    from accounts.models import Profile
    from playback.models import Progress
    from tests.people import make_token

    busy = (
        Progress.objects.values("profile")
        .annotate(n=Count("pk"))
        .order_by("-n", "profile")
        .values_list("profile", flat=True)
    )
    of_kind = {"is_kids": True} if kind == "kid" else {"is_kids": False, "maturity_limit": None}
    found = Profile.objects.filter(**of_kind).select_related("user").in_bulk()
    chosen = [found[key] for key in busy if key in found][:count]
    for profile in chosen:
        print(make_token(profile.user, profile))


def statements(token: str, body: str) -> None:
    """Statements of one answer in a process that has answered before, with nothing remembered by the cache."""
    import django

    django.setup()
    from django.core.cache import cache
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    def post() -> int:
        with CaptureQueriesContext(connection) as asked:
            answer = Client().post(
                "/graphql/",
                body,
                content_type="application/json",
                headers={"Authorization": f"Bearer {token}", "Host": "localhost"},
            )
        assert "errors" not in answer.json(), answer.json()["errors"]
        return len(asked)

    post()
    cache.clear()
    print(post())


def places() -> None:
    """The slugs of series of a hundred episodes, and the cursor before page 2,000 of forty titles."""
    import django

    django.setup()
    from django.db.models import Count

    from catalog.models import Title
    from catalog.selectors.titles import ORDERS, TitleFilter, browse
    from vod.lib.actor import Actor
    from vod.lib.graphql.connections import encode_cursor

    seen = Title.objects.visible_to(Actor())
    long = seen.annotate(n=Count("seasons__episodes")).filter(n=100).order_by("-id")
    page = 40 * 1999
    rows = browse(Actor(), TitleFilter()).order_by(*ORDERS["NEWEST"])
    (last,) = rows[page - 1 : page]
    found = {
        "series": list(long.values_list("slug", flat=True)[:40]),
        "deep": encode_cursor([last.available_from, last.pk]),
    }
    print(json.dumps(found))


if __name__ == "__main__":
    if sys.argv[1] == "tokens":
        tokens(int(sys.argv[2]), sys.argv[3])
    elif sys.argv[1] == "statements":
        statements(sys.argv[2], sys.stdin.read())
    else:
        places()
