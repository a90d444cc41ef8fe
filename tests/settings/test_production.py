"""What does not start in production, tried as whoever starts it would see it."""

import json
import secrets
import subprocess
import sys
from pathlib import Path

import pytest
from pytest_django import Settings

from transcoding.checks import store_is_shared
from vod.settings.production import weakness_of

ROOT = Path(__file__).resolve().parents[2]
GOOD = {
    "VOD_ENV": "production",
    "SECRET_KEY": secrets.token_urlsafe(48),
    "ALLOWED_HOSTS": "films.example.org",
    "PUBLIC_URL": "https://films.example.org",
    "DATABASE_URL": "postgres://lantern:hunter2hunter2@127.0.0.1:1/lantern",
    "EMAIL_URL": "smtp+tls://mail:hunter3hunter3@mail.example.org",
    "MAIL_FROM": "films@example.org",
}
_SHOWN = (
    "SESSION_COOKIE_NAME SESSION_COOKIE_SECURE CSRF_COOKIE_SECURE SESSION_COOKIE_HTTPONLY SECURE_HSTS_SECONDS "
    "SECURE_SSL_REDIRECT DEBUG SANDBOX LOG_FORMAT EMAIL_HOST EMAIL_PORT EMAIL_USE_TLS EMAIL_HOST_PASSWORD"
)


def start(home: Path, *arguments: str, **changes: str | None) -> subprocess.CompletedProcess[str]:
    """`manage.py check`, or Python with these arguments, in that environment."""
    env = {**GOOD, "VOD_HOME": str(home), "PATH": "/usr/bin:/bin", **changes}
    return subprocess.run(
        [sys.executable, *(arguments or ("manage.py", "check"))],
        env={name: value for name, value in env.items() if value is not None},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_a_good_one_starts_with_everything_that_protects_people(tmp_path: Path) -> None:
    show = f"import json; from vod import settings as s; print(json.dumps({{n: getattr(s, n) for n in '{_SHOWN}'.split()}}))"

    started = start(tmp_path, "-c", show)

    assert started.returncode == 0, started.stderr
    assert json.loads(started.stdout) == {
        "SESSION_COOKIE_NAME": "__Host-sessionid",
        "SESSION_COOKIE_SECURE": True,
        "CSRF_COOKIE_SECURE": True,
        "SESSION_COOKIE_HTTPONLY": True,
        "SECURE_HSTS_SECONDS": 31536000,
        "SECURE_SSL_REDIRECT": True,
        "DEBUG": False,
        "SANDBOX": "required",
        "LOG_FORMAT": "json",
        "EMAIL_HOST": "mail.example.org",
        "EMAIL_PORT": 587,
        "EMAIL_USE_TLS": True,
        "EMAIL_HOST_PASSWORD": "hunter3hunter3",
    }


def test_all_that_is_wrong_is_told_at_once_with_what_to_do(tmp_path: Path) -> None:
    refused = start(
        tmp_path,
        SECRET_KEY="short",
        DEBUG="1",
        ALLOWED_HOSTS="*",
        PUBLIC_URL="http://films.example.org",
        DATABASE_URL=None,
        EMAIL_URL=None,
        METRICS_TOKEN="metrics",
    )

    assert refused.returncode != 0
    told = [line for line in refused.stderr.splitlines() if line.startswith("- ")]
    assert [line.split()[1] for line in told] == [
        "SECRET_KEY",
        "DEBUG",
        "ALLOWED_HOSTS",
        "PUBLIC_URL",
        "DATABASE_URL",
        "EMAIL_URL",
        "METRICS_TOKEN",
    ]
    advice = (
        "Make one:",
        "Leave it out",
        "=films.",
        "=https://",
        "ALLOW_SQLITE=1",
        "EMAIL_URL=none:",
        "Make one:",
    )
    assert [word in line for word, line in zip(advice, told, strict=True)] == [True] * 7


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"SECRET_KEY": None}, "SECRET_KEY or SECRET_KEY_FILE must be set"),
        ({"ALLOWED_HOSTS": None}, "ALLOWED_HOSTS must name the hosts"),
        ({"PUBLIC_URL": "https://other.example.org"}, "ALLOWED_HOSTS lacks the host of PUBLIC_URL"),
        ({"DATABASE_URL": "sqlite:////tmp/x.sqlite3"}, "DATABASE_URL names no PostgreSQL"),
        ({"MAIL_FROM": None}, "MAIL_FROM must name the sender"),
        ({"PUBLIC_URL": None}, "EMAIL_URL names a mail server, so PUBLIC_URL must be set"),
        ({"EMAIL_URL": "none:", "VERIFY_EMAIL": "1"}, "VERIFY_EMAIL is on, but EMAIL_URL sends no mail"),
        ({"DEBUG": "1"}, "DEBUG shows code"),
        ({"DELIVERY": "nginx", "EDGE_SECRET": "x" * 40}, "EDGE_SECRET is easily guessed"),
    ],
)
def test_each_alone_is_enough(tmp_path: Path, changes: dict[str, str | None], sentence: str) -> None:
    refused = start(tmp_path, "-c", "from vod import settings", **changes)

    assert refused.returncode != 0
    assert sentence in refused.stderr
    assert "hunter" not in refused.stderr


def test_addresses_are_verified_where_there_is_mail(tmp_path: Path) -> None:
    show = "from vod import settings as s; print(s.VERIFY_EMAIL, s.ACCOUNT_EMAIL_VERIFICATION)"

    assert start(tmp_path, "-c", show).stdout.split() == ["True", "mandatory"]
    assert start(tmp_path, "-c", show, EMAIL_URL="none:").stdout.split() == ["False", "none"]
    assert start(tmp_path, "-c", show, VERIFY_EMAIL="0").stdout.split() == ["False", "none"]


def test_sqlite_starts_where_it_is_meant(tmp_path: Path) -> None:
    assert (
        start(tmp_path, "-c", "from vod import settings", DATABASE_URL=None, ALLOW_SQLITE="1").returncode == 0
    )


def test_secrets_come_from_files(tmp_path: Path) -> None:
    for name in ("SECRET_KEY", "DATABASE_URL", "EMAIL_URL"):
        (tmp_path / name).write_text(GOOD[name] + "\n")
    files: dict[str, str | None] = {
        f"{name}_FILE": str(tmp_path / name) for name in ("SECRET_KEY", "DATABASE_URL", "EMAIL_URL")
    }
    show = (
        "from vod import settings as s; print(s.SECRET_KEY, s.DATABASES['default']['PASSWORD'], s.EMAIL_HOST)"
    )

    started = start(tmp_path, "-c", show, SECRET_KEY=None, DATABASE_URL=None, EMAIL_URL=None, **files)

    assert started.stdout.split() == [GOOD["SECRET_KEY"], "hunter2hunter2", "mail.example.org"], (
        started.stderr
    )


@pytest.mark.parametrize(
    "secret",
    [
        "",
        "a" * 64,
        "abcabcabc" * 8,
        "Qw3-Qw3-" * 6,
        "x" * 10 + "0123456789",
        "django-insecure-0a1b2c3d4e5f6g7h8i9j0k1l2m3n4o5p",
        "please-changeme-0123456789-abcdefghijklmnop",
    ],
)
def test_weak_secrets_are_known(tmp_path: Path, secret: str) -> None:
    assert weakness_of(secret, made_for_embedded=tmp_path / "none")


def test_the_secret_of_an_embedded_start_is_not_taken_along(tmp_path: Path) -> None:
    secret = secrets.token_urlsafe(48)
    (tmp_path / "secret").write_text(secret)

    assert "embedded" in weakness_of(secret, made_for_embedded=tmp_path / "secret")
    assert weakness_of(secrets.token_urlsafe(48), made_for_embedded=tmp_path / "secret") == ""


@pytest.mark.parametrize(
    ("production", "bucket", "said"), [(True, "", 1), (True, "films", 0), (False, "", 0)]
)
def test_a_store_on_a_disk_is_told_of_and_not_refused(
    settings: Settings, production: bool, bucket: str, said: int
) -> None:
    settings.PRODUCTION, settings.S3_BUCKET = production, bucket

    assert len(store_is_shared(None)) == said
