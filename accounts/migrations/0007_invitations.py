"""Invitations, plans that end, accounts that are to be erased."""

import django.db.models.deletion
import vod.lib.rows
from django.conf import settings
from django.db import migrations, models


def limit_children(apps, _schema_editor):
    """Until now the admin let a child's profile have no limit, or one that services do not give."""
    children = apps.get_model("accounts", "Profile").objects.filter(is_kids=True)
    children.filter(maturity_limit__isnull=True).update(maturity_limit=7)
    children.filter(maturity_limit__gt=12).update(maturity_limit=12)


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0006_had_profile'),
    ]

    operations = [
        migrations.AddField(
            model_name='user',
            name='erases_at',
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='user',
            name='plan_until',
            field=models.DateTimeField(blank=True, help_text='When the plan ends; then the default plan counts.', null=True),
        ),
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.UUIDField(default=vod.lib.rows.new_id, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('digest', models.CharField(editable=False, max_length=64, unique=True)),
                ('email', models.EmailField(blank=True, help_text='Good for this address alone; empty: for any.', max_length=254, verbose_name='address')),
                ('makes_operator', models.BooleanField(default=False, help_text='The account may do everything.')),
                ('expires_at', models.DateTimeField(verbose_name='good until')),
                ('used_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('plan', models.ForeignKey(blank=True, help_text='The plan of the account; empty: the default one.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='accounts.plan')),
                ('user', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-id'],
            },
        ),
        migrations.RunPython(
            limit_children,
            migrations.RunPython.noop,
            hints={"reviewed": "it writes the few rows that the admin made, and locks no other"},
        ),
    ]
