"""`manage.py check_migrations`: refuses migrations that would lock a large table of PostgreSQL for long."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db.migrations.loader import MigrationLoader

from vod.lib.migration_locks import long_locks

# What there was before anybody ran this on PostgreSQL: there it meets empty tables only.
_BEFORE = {
    ("accounts", "0001_initial"),
    ("accounts", "0002_default_plan"),
    ("catalog", "0001_initial"),
    ("playback", "0001_initial"),
    ("transcoding", "0001_initial"),
    ("transcoding", "0002_full_strength"),
}
_OURS = {app for app, _ in _BEFORE}


class Command(BaseCommand):
    help = "Refuses migrations that would lock a large table of PostgreSQL for long."
    requires_system_checks = ()

    def handle(self, *_args: Any, **_options: Any) -> None:
        loader = MigrationLoader(None)
        found = [
            trouble
            for key in sorted(loader.graph.nodes)
            if key[0] in _OURS and key not in _BEFORE
            for trouble in long_locks(loader.graph.nodes[key], loader.project_state(key, at_end=False))
        ]
        if found:
            raise CommandError("\n".join(found))
        self.stdout.write("No migration locks a large table for long.")
