"""`manage.py count_ratings`: lets those maturity ratings count that RATING_SYSTEMS names."""

from typing import Any

from django.core.management.base import BaseCommand

from catalog.services.ratings import count_ratings


class Command(BaseCommand):
    help = (
        "After RATING_SYSTEMS was changed: chooses anew, for every title with ratings, the one that counts. What an "
        "operator chose by hand is chosen anew too."
    )

    def handle(self, *_args: Any, **_options: Any) -> None:
        self.stdout.write(f"{count_ratings()} titles have another rating now.")
