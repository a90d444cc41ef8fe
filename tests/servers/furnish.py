"""``python -m tests.servers.furnish``: a database with an operator and a film to fetch, for a web process to serve.

Prints what a client needs as JSON. Settings come from the environment, as for everything else.
"""

import json

import django
from django.core.management import call_command

# Larger than what the kernel buffers between two processes.
SEGMENT_BYTES = 16 * 1024 * 1024


def main() -> None:
    django.setup()
    from django.db import transaction

    call_command("migrate", verbosity=0)
    with transaction.atomic():
        print(json.dumps(_furnish()))


def _furnish() -> dict[str, str]:
    from tests.people import make_person, make_user
    from tests.playback.library import make_film, make_segments
    from transcoding.models import Segment
    from vod.lib.storage import objects

    person = make_person(make_user("oscar@example.org", is_staff=True), "Oscar")
    film = make_film()
    make_segments(film.version, "video-720", count=1)
    segment = Segment.objects.get()
    objects().put_bytes(segment.key, b"\0" * SEGMENT_BYTES)
    Segment.objects.update(size_bytes=SEGMENT_BYTES)
    return {"token": person.token, "video": film.id, "segment": "video-720/00000.m4s"}


if __name__ == "__main__":
    main()
