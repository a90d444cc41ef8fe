import django.core.validators
from django.conf import settings
from django.db import migrations, models


def keep_the_number_of_profiles(apps, _schema_editor):
    """Until now the setting counted for every plan."""
    apps.get_model("accounts", "Plan").objects.update(max_profiles=settings.PROFILES_PER_ACCOUNT)


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0004_device_codes'),
    ]

    operations = [
        migrations.AddField(
            model_name='plan',
            name='downloads',
            field=models.BooleanField(default=False, help_text='May keep films on devices.'),
        ),
        migrations.AddField(
            model_name='plan',
            name='max_profiles',
            field=models.PositiveSmallIntegerField(default=6, validators=[django.core.validators.MinValueValidator(1)], verbose_name='profiles'),
        ),
        migrations.AddField(
            model_name='profile',
            name='audio_description',
            field=models.BooleanField(default=False, help_text='Prefers sound that describes the picture.'),
        ),
        migrations.AddField(
            model_name='profile',
            name='audio_language',
            field=models.CharField(blank=True, max_length=35),
        ),
        migrations.AddField(
            model_name='profile',
            name='autoplay_next',
            field=models.BooleanField(default=True, help_text='The next episode begins by itself.'),
        ),
        migrations.AddField(
            model_name='profile',
            name='autoplay_previews',
            field=models.BooleanField(default=True, help_text='Previews play by themselves.'),
        ),
        migrations.AddField(
            model_name='profile',
            name='caption_style',
            field=models.JSONField(blank=True, default=dict, editable=False),
        ),
        migrations.AddField(
            model_name='profile',
            name='subtitle_language',
            field=models.CharField(blank=True, max_length=35),
        ),
        migrations.AddField(
            model_name='profile',
            name='subtitles_describe_sound',
            field=models.BooleanField(default=False, help_text='Prefers subtitles for the deaf and hard of hearing.'),
        ),
        migrations.AlterField(
            model_name='plan',
            name='max_height',
            field=models.PositiveIntegerField(default=2160, help_text='In pixels.', verbose_name='greatest height'),
        ),
        migrations.AlterField(
            model_name='plan',
            name='max_streams',
            field=models.PositiveSmallIntegerField(default=2, help_text='0: may browse, but not watch.', verbose_name='streams at once'),
        ),
        migrations.RunPython(
            keep_the_number_of_profiles,
            migrations.RunPython.noop,
            hints={"reviewed": "there is a handful of plans"},
        ),
    ]
