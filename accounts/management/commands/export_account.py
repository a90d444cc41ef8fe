"""`manage.py export_account`: all that is kept about an account, as JSON."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.exporting import written
from accounts.models import User


class Command(BaseCommand):
    help = "Writes all that is kept about an account, as JSON, to a file or to the output."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", help="the address of the account")
        parser.add_argument(
            "--output", type=Path, metavar="FILE", help="a new file; the output where it is left out"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        user = User.objects.filter(email__iexact=options["email"].strip()).first()
        if user is None:
            raise CommandError(f"There is no account {options['email']}.")
        target: Path | None = options["output"]
        if target is None:
            for piece in written(user.pk):
                self.stdout.write(piece, ending="")
            return
        try:
            with target.open("x", encoding="utf-8") as file:
                file.writelines(written(user.pk))
        except OSError as error:
            raise CommandError(f"{target} cannot be written: {error.strerror}.") from error
