"""`manage.py invite`: a link by which somebody makes an account, once."""

import argparse
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email

from accounts.errors import AccountError
from accounts.invitations import link_of
from accounts.models import Plan
from accounts.services.invite import MOST_DAYS, USUAL_DAYS, invite


class Command(BaseCommand):
    help = (
        "Prints a link by which one person makes an account, good once. With an address it is good for that one alone, "
        "and the address need not be verified."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", nargs="?", default="", help="the only address that it is good for")
        parser.add_argument("--operator", action="store_true", help="the account may do everything")
        parser.add_argument("--plan", default="", help="the plan of the account, by its name")
        parser.add_argument(
            "--days", type=_days, default=USUAL_DAYS, help=f"days that it is good for, at most {MOST_DAYS}"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        plan = Plan.objects.filter(name=options["plan"]).first()
        if options["plan"] and plan is None:
            known = ", ".join(Plan.objects.order_by("name").values_list("name", flat=True))
            raise CommandError(f"There is no plan {options['plan']}. There are: {known}.")
        if options["email"]:
            try:
                validate_email(options["email"])
            except ValidationError:
                raise CommandError(f"{options['email']} is no e-mail address.") from None
        try:
            _, secret = invite(
                email=options["email"],
                plan=plan,
                makes_operator=options["operator"],
                days=options["days"],
            )
        except AccountError as error:
            raise CommandError(error.message) from None
        self.stdout.write(link_of(secret))


def _days(text: str) -> int:
    days = int(text) if text.isdigit() else 0
    if not 1 <= days <= MOST_DAYS:
        raise argparse.ArgumentTypeError(f"between 1 and {MOST_DAYS}")
    return days
