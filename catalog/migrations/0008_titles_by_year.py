"""An index for titles in the order of their years, those without one last."""

from django.db import migrations, models
from django.db.models.functions import Coalesce

from vod.lib.migrations import AddIndexUnlocked


class Migration(migrations.Migration):
    # Indexes that are built while others write cannot be built in a transaction.
    atomic = False

    dependencies = [("catalog", "0007_imports")]

    operations = [
        AddIndexUnlocked(
            "title",
            models.Index(Coalesce("year", 0).desc(), models.F("id").desc(), name="titles_by_year"),
        ),
    ]
