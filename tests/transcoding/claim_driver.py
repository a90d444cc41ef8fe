"""A process of its own for the claim race: `prepare COUNT` makes chunks, `claim` takes what it gets."""

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))
os.environ["DJANGO_SETTINGS_MODULE"] = "vod.settings"


def main(verb: str, value: str = "") -> None:
    """Says that it is ready, waits for a line, then prints the numbers of the chunks that it claimed."""
    import django

    django.setup()
    from django.apps import apps
    from django.db import connection

    from transcoding.models import Asset, Chunk
    from transcoding.services.claiming import claim

    if verb == "prepare":
        # The tables alone: a tenth of what all migrations take.
        with connection.schema_editor() as editor:
            for model in apps.get_models():
                editor.create_model(model)
        asset = Asset.objects.create(file_name="a", size_bytes=1, source_key="s")
        version = asset.versions.create(number=1, plan={}, key_prefix="p")
        Chunk.objects.bulk_create(
            Chunk(version=version, kind="VIDEO", number=number) for number in range(int(value))
        )
        return
    print("ready", flush=True)
    sys.stdin.readline()
    while (hold := claim(Chunk)) is not None:
        print(hold.row.number)


if __name__ == "__main__":
    main(*sys.argv[1:3])
