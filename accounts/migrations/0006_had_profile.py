"""A token whose profile was deleted is told from one that never had any."""

from django.db import migrations, models


def note_profiles(apps, _schema_editor):
    apps.get_model("accounts", "AccessToken").objects.filter(active_profile__isnull=False).update(had_profile=True)


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0005_preferences_and_plans'),
    ]

    operations = [
        migrations.AddField(
            model_name='accesstoken',
            name='had_profile',
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.RunPython(
            note_profiles,
            migrations.RunPython.noop,
            hints={"reviewed": "it locks the rows of live tokens alone, and those for a moment"},
        ),
    ]
