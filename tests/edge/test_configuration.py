"""The shipped configuration: nginx takes every form of it, and envsubst fills it in as our command does."""

import os
import re
import subprocess
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from tests.servers.nginx import ROOT, SHIPPED
from vod.lib.edge import DEFAULTS, NAMES, render
from vod.machine.edges import judge
from vod.machine.engines import find_nginx

VALUES = {
    **DEFAULTS,
    "LANTERN_NAME": "lantern.example www.lantern.example",
    "LANTERN_OBJECTS": "s3",
    "LANTERN_OBJECTS_ROOT": "/srv/objects",
    "LANTERN_BUILD": "/srv/build",
    "EDGE_SECRET": "x" * 40,
}


@pytest.mark.parametrize("listen", ["tls", "plain"])
@pytest.mark.parametrize("objects", ["disk", "s3"])
def test_nginx_takes_it_without_a_warning(tmp_path: Path, listen: str, objects: str) -> None:
    nginx = find_nginx(os.environ)
    assert nginx is not None
    assert judge(nginx, tmp_path, {"LANTERN_LISTEN": listen, "LANTERN_OBJECTS": objects}) == ""


def test_a_mistake_is_told(tmp_path: Path) -> None:
    nginx = find_nginx(os.environ)
    assert nginx is not None
    assert "invalid" in judge(nginx, tmp_path, {"LANTERN_OBJECTS": "disk", "LANTERN_CACHE_SIZE": "much"})


def test_every_name_of_the_templates_is_known_and_documented() -> None:
    used = {
        name for path in SHIPPED.rglob("*.template") for name in re.findall(r"\$\{(\w+)\}", path.read_text())
    }
    assert used == set(NAMES)
    page = (ROOT / "docs" / "delivery.md").read_text(encoding="utf-8")
    assert [name for name in NAMES if f"`{name}`" not in page] == []


def test_envsubst_fills_it_in_alike(tmp_path: Path) -> None:
    """As the official image does: only names that stand in the environment."""
    render(SHIPPED, tmp_path, VALUES)
    for template in SHIPPED.rglob("*.template"):
        done = subprocess.run(
            ["envsubst", " ".join(f"${{{name}}}" for name in VALUES)],
            input=template.read_bytes(),
            env={"PATH": os.environ["PATH"], **VALUES},
            capture_output=True,
            check=True,
        )
        assert done.stdout == (tmp_path / template.relative_to(SHIPPED).with_suffix("")).read_bytes()


@pytest.mark.parametrize("value", ["", "a; b", "$host", "{", 'a"b', "a\nb", "a\\b", "a # b", " a"])
def test_a_value_stays_a_value(tmp_path: Path, value: str) -> None:
    with pytest.raises(ValueError, match="LANTERN_NAME"):
        render(SHIPPED, tmp_path, {**VALUES, "LANTERN_NAME": value})


def test_the_command_fills_in_what_the_installation_knows(tmp_path: Path, settings: Settings) -> None:
    settings.DELIVERY, settings.EDGE_SECRET = "nginx", "s" * 40
    settings.ALLOWED_HOSTS = ["lantern.example"]

    call_command("nginx_config", tmp_path / "conf", "LANTERN_PORT=8080", stdout=StringIO())

    site = (tmp_path / "conf" / "lantern" / "tls.conf").read_text()
    assert "server_name lantern.example;" in site
    assert "listen 8080;" in site
    assert "s" * 40 in (tmp_path / "conf" / "lantern" / "stream.conf").read_text()
    assert str(settings.MEDIA_ROOT) in (tmp_path / "conf" / "lantern" / "object-disk.conf").read_text()


def test_the_command_names_what_is_wrong(tmp_path: Path, settings: Settings) -> None:
    settings.DELIVERY, settings.EDGE_SECRET, settings.ALLOWED_HOSTS = "nginx", "s" * 40, ["*"]
    with pytest.raises(CommandError, match="LANTERN_NAME"):
        call_command("nginx_config", tmp_path, stdout=StringIO())
    with pytest.raises(CommandError, match="No such name: LANTERN_PRT"):
        call_command("nginx_config", tmp_path, "LANTERN_PRT=1", stdout=StringIO())
