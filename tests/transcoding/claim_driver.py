"""A process of its own for the claim race: `prepare COUNT` makes chunks, `claim MOMENT` takes what it gets."""

import os
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))
os.environ["DJANGO_SETTINGS_MODULE"] = "vod.settings"


def main(verb: str, value: str) -> None:
    """Prints the numbers of the chunks that it claimed; all processes begin at `MOMENT`."""
    import django

    django.setup()
    from django.core.management import call_command

    from transcoding.models import Asset, Chunk
    from transcoding.services.claiming import claim

    if verb == "prepare":
        call_command("migrate", verbosity=0)
        asset = Asset.objects.create(file_name="a", size_bytes=1, source_key="s")
        version = asset.versions.create(number=1, plan={}, key_prefix="p")
        Chunk.objects.bulk_create(
            Chunk(version=version, kind="VIDEO", number=number) for number in range(int(value))
        )
        return
    time.sleep(max(0.0, float(value) - time.time()))
    while (hold := claim(Chunk)) is not None:
        print(hold.row.number)


if __name__ == "__main__":
    main(*sys.argv[1:3])
