"""`manage.py ensure_operator`: the first operator's account, once."""

import json
from dataclasses import asdict
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email

from accounts.services.ensure_operator import ensure_operator
from vod.settings.env import env


class Command(BaseCommand):
    help = (
        "Makes the operator VOD_ADMIN_EMAIL unless that account exists, with VOD_ADMIN_PASSWORD, and prints as JSON what "
        "it did. Without VOD_ADMIN_PASSWORD it makes up a password and prints it; in production, where output is kept, it "
        "prints a link instead, good once and for a day, by which the first operator chooses one. An account that exists "
        "is never changed."
    )

    def handle(self, *_args: Any, **_options: Any) -> None:
        email = env.text("VOD_ADMIN_EMAIL", "operator@lantern.example", "Address of the first operator")
        password = env.secret(
            "VOD_ADMIN_PASSWORD", "Password of the first operator, when the account is made"
        )
        try:
            validate_email(email)
        except ValidationError:
            raise CommandError("VOD_ADMIN_EMAIL must be an e-mail address.") from None
        done = ensure_operator(email=email, password=password, invites=settings.VOD_ENV == "production")
        self.stdout.write(json.dumps(asdict(done)))
