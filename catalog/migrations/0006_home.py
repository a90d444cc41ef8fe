"""What the home page is chosen from, and what its remembered answers depend on."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

from vod.lib.migrations import AddIndexUnlocked


class Migration(migrations.Migration):
    # Indexes that are built while others write cannot be built in a transaction.
    atomic = False

    dependencies = [("catalog", "0005_similar_titles")]

    operations = [
        migrations.CreateModel(
            name="Edition",
            fields=[
                ("name", models.CharField(max_length=80, primary_key=True, serialize=False)),
                ("value", models.CharField(max_length=32)),
                ("renewed_at", models.DateTimeField(db_index=True, default=django.utils.timezone.now)),
            ],
        ),
        migrations.CreateModel(
            name="Popularity",
            fields=[
                (
                    "title",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="popularity",
                        serialize=False,
                        to="catalog.title",
                    ),
                ),
                ("trending", models.FloatField()),
                ("plays", models.PositiveIntegerField()),
            ],
            options={"verbose_name_plural": "popularity"},
        ),
        AddIndexUnlocked(
            "title",
            models.Index(
                name="titles_by_newness",
                fields=["-available_from", "-id", "minimum_age", "published_at", "available_until"],
            ),
        ),
        AddIndexUnlocked(
            "title",
            models.Index(
                name="titles_featured",
                fields=["-available_from", "-id"],
                condition=models.Q(("is_featured", True)),
            ),
        ),
        migrations.RemoveIndex(model_name="title", name="catalog_tit_availab_9c4f84_idx"),
    ]
