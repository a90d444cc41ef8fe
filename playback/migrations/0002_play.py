import django.db.models.deletion
from django.db import migrations, models

import vod.lib.rows


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_default_plan"),
        ("catalog", "0002_search_on_postgresql"),
        ("playback", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Play",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=vod.lib.rows.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("day", models.DateField()),
                (
                    "profile",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="accounts.profile"
                    ),
                ),
                (
                    "title",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="catalog.title"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["day", "title"], name="plays_by_day")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("profile", "title", "day"), name="one_play_a_day_per_profile"
                    )
                ],
            },
        ),
    ]
