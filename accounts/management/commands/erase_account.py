"""`manage.py erase_account`: an account and all that hangs on it, gone at once."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.models import User
from accounts.services.erase_account import erase_account


class Command(BaseCommand):
    help = "Erases an account at once, with all that is kept about it. Asks first, unless --yes says so."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", help="the address of the account")
        parser.add_argument("--yes", action="store_true", help="do not ask")

    def handle(self, *_args: Any, **options: Any) -> None:
        user = User.objects.filter(email__iexact=options["email"].strip()).first()
        if user is None:
            raise CommandError(f"There is no account {options['email']}.")
        if not options["yes"] and input(f"Type {user.email} to erase it for good: ").strip() != user.email:
            raise CommandError("Nothing was erased.")
        erase_account(user_id=user.pk)
        self.stdout.write("Erased.")
