"""The plan of accounts that have none of their own, by this installation's settings."""

from django.conf import settings
from django.db import migrations


def make_default_plan(apps, _schema_editor):
    plan = apps.get_model("accounts", "Plan")
    if not plan.objects.filter(is_default=True).exists():
        plan.objects.create(
            name="Standard",
            max_streams=settings.PLAN_MAX_STREAMS,
            max_height=settings.PLAN_MAX_HEIGHT,
            is_default=True,
        )


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]
    operations = [migrations.RunPython(make_default_plan, migrations.RunPython.noop)]
