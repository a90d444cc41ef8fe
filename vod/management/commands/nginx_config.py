"""`manage.py nginx_config FOLDER`: the configuration of an edge for this installation."""

import ipaddress
import re
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from vod.lib.edge import DEFAULTS, NAMES, render


class Command(BaseCommand):
    help = "Writes nginx's configuration to FOLDER, filled in from this installation's settings and NAME=VALUE words."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, help="/etc/nginx, or any other")
        known = "; ".join(f"{name}: {what}" for name, what in NAMES.items())
        parser.add_argument("values", nargs="*", metavar="NAME=VALUE", help=known)

    def handle(self, *_args: Any, **options: Any) -> None:
        given = dict(word.partition("=")[::2] for word in options["values"])
        unknown = sorted(set(given) - set(NAMES))
        if unknown:
            raise CommandError(f"No such name: {', '.join(unknown)}. Known are {', '.join(NAMES)}.")
        if settings.DELIVERY != "nginx":
            self.stderr.write("DELIVERY is not nginx: the application will refuse to say what may be sent.")
        try:
            render(settings.BASE_DIR / "deploy" / "nginx", options["folder"], {**_own(), **given})
        except (ValueError, OSError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Wrote {options['folder']}/nginx.conf. Judge it with nginx -t.")


def _own() -> dict[str, str]:
    """What this installation's settings say."""
    own = {
        "LANTERN_NAME": " ".join(host for host in settings.ALLOWED_HOSTS if host != "*"),
        "EDGE_SECRET": settings.EDGE_SECRET or "",
        "LANTERN_OBJECTS": "s3" if settings.S3_BUCKET else "disk",
        "LANTERN_OBJECTS_ROOT": str(settings.MEDIA_ROOT),
        "LANTERN_BUILD": str(Path(settings.STATIC_ROOT).parent),
        "LANTERN_RESOLVER": _name_server(),
    }
    return {name: value for name, value in own.items() if value}


def _name_server() -> str:
    """This machine's name server, which nginx does not look up by itself."""
    try:
        found = re.findall(r"^nameserver\s+(\S+)", Path("/etc/resolv.conf").read_text(), re.MULTILINE)
        address = ipaddress.ip_address(found[0])
    except (OSError, IndexError, ValueError):
        return DEFAULTS["LANTERN_RESOLVER"]
    return f"[{address}]" if address.version == 6 else str(address)
