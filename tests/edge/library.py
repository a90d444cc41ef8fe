"""The library that edges are tried with, made in a process of its own: `python -m tests.edge.library`.

It makes the database and the objects in VOD_HOME and says as JSON what there is.
"""

import json
import random
import sys

import django

BIG_BYTES = 3_400_000


def main() -> None:
    django.setup()
    from django.core.management import call_command

    from accounts.models import Plan
    from tests.people import make_person, make_user
    from tests.playback.library import Film, add_preview, make_film, make_segments
    from transcoding.models import Segment
    from vod.lib.storage import objects

    call_command("migrate", verbosity=0)
    Plan.objects.update(max_streams=1000)
    wide = make_person(make_user("wide@edge.example"), "Wide")
    narrow = make_person(make_user("narrow@edge.example"), "Narrow")
    narrow.user.plan = Plan.objects.create(name="Narrow", max_streams=1000, max_height=720)
    narrow.user.save()
    operator = make_person(make_user("operator@edge.example", is_staff=True), "Operator")

    def made(name: str) -> Film:
        film = make_film(name)
        make_segments(film.version, *film.version.renditions.values_list("name", flat=True), count=4)
        return film

    film, other, fleeting = made("Night train"), made("Another film"), made("Fleeting")
    for one in (film, other, fleeting):
        add_preview(one)
    # Larger than three slices, and with no two alike.
    big = Segment.objects.get(rendition__version=film.version, rendition__name="video-720", number=3)
    objects().put_bytes(big.key, random.Random(1).randbytes(BIG_BYTES))
    Segment.objects.filter(pk=big.pk).update(size_bytes=BIG_BYTES)
    json.dump(
        {
            "wide": wide.token,
            "narrow": narrow.token,
            "operator": operator.token,
            "film": film.id,
            "other": other.id,
            "prefix": film.version.key_prefix,
            "fleeting": fleeting.id,
            "fleeting_title": fleeting.title_id,
        },
        sys.stdout,
    )


if __name__ == "__main__":
    main()
