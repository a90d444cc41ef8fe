"""What kind of installation this is, where its data lives, and its secret."""

import os
import secrets
from pathlib import Path

from vod.settings.env import env

BASE_DIR = Path(__file__).resolve().parent.parent.parent
VOD_ENV = env.choice("VOD_ENV", "embedded", "Kind of installation", of=("embedded", "production", "test"))
PRODUCTION = VOD_ENV == "production"
VOD_HOME = env.folder("VOD_HOME", BASE_DIR / "var", "Folder of all data of this installation")
SITE_NAME = env.text("SITE_NAME", "Lantern", "Name of the installation, as people see it")

DEBUG = env.flag("DEBUG", False, "Show stack traces in the browser; never in production")
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", [] if PRODUCTION else ["*"], "Host names that the site answers to")
PUBLIC_URL = env.text(
    "PUBLIC_URL", "", "Address of the site as people type it, for links and upload locations"
)
if PUBLIC_URL:
    CSRF_TRUSTED_ORIGINS = [PUBLIC_URL.rstrip("/")]

ROOT_URLCONF = "vod.urls"
WSGI_APPLICATION = "vod.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "en"
TIME_ZONE = "UTC"
USE_TZ = True
USE_I18N = True


def _secret() -> str:
    """The key that signs everything: given, or made once and kept in `VOD_HOME` (not in production)."""
    given = env.secret("SECRET_KEY", "Key that signs sessions, tokens and addresses")
    if given is not None:
        return given
    if PRODUCTION:
        # production.py refuses it, together with whatever else is wrong.
        return ""
    path = VOD_HOME / "secret"
    VOD_HOME.mkdir(parents=True, exist_ok=True)
    # Web, worker and beat may all start first: the file is linked into place whole, and the first one wins.
    mine = VOD_HOME / f".secret-{os.getpid()}"
    if not path.exists():
        mine.write_text(secrets.token_urlsafe(48), encoding="ascii")
        mine.chmod(0o600)
        try:
            os.link(mine, path)
        except FileExistsError:
            pass
        finally:
            mine.unlink()
    return path.read_text(encoding="ascii").strip()


SECRET_KEY = _secret()
env.secrets.add(SECRET_KEY)
_former = env.secret("FORMER_SECRET_KEY", "Key before this one: what it signed and encrypted still holds")
SECRET_KEY_FALLBACKS = [_former] if _former else []
