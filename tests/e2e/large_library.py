"""A library of many titles, one of which is a real film, for tests that look around in it."""

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.e2e.client import Client, wait_until
from tests.e2e.product import OPERATOR, ROOT, Product
from transcoding.engine.tools import find_tools

FILM = "A light in the window"
TITLES = 1100


def tiny_film(folder: Path) -> Path:
    """Twenty seconds that move, in two chapters: long enough for a preview, and as small as a ladder begins."""
    chapters = folder / "chapters.txt"
    chapters.write_text(
        ";FFMETADATA1\n"
        "[CHAPTER]\nTIMEBASE=1/1\nSTART=0\nEND=9\ntitle=Dusk\n"
        "[CHAPTER]\nTIMEBASE=1/1\nSTART=9\nEND=20\ntitle=Dawn\n"
    )
    command = f"{find_tools().ffmpeg} -v error -f lavfi -i testsrc2=s=256x144:r=12:d=20"
    options = "-map_chapters 1 -c:v libx264 -preset ultrafast -pix_fmt yuv420p"
    target = folder / "film.mkv"
    subprocess.run([*command.split(), "-i", str(chapters), *options.split(), str(target)], check=True)
    return target


def manage(home: Path, command: str) -> None:
    """`manage.py command` in the installation of `home`."""
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("VOD_", "DJANGO_"))
    }
    subprocess.run(
        [sys.executable, "manage.py", *command.split()],
        cwd=ROOT,
        env={**environment, "VOD_HOME": str(home)},
        check=True,
        capture_output=True,
    )


def preview_of(operator: Client, slug: str) -> str | None:
    query = "query P($slug: String!) { title(slug: $slug) { ... on Movie { video { previewUrl } } } }"
    body = json.dumps({"query": query, "variables": {"slug": slug}}).encode()
    _, _, answer = operator.request("POST", "/graphql/", body, {"Content-Type": "application/json"})
    url: str | None = json.loads(answer)["data"]["title"]["video"]["previewUrl"]
    return url


def fill(product: Product, folder: Path) -> str:
    """Puts the film and the many titles in, and answers the film's slug once it has a preview."""
    manage(product.home, f"seed_catalogue --titles {TITLES} --profiles 20 --views 12")
    operator = Client(product.address)
    operator.sign_in(OPERATOR, product.password)
    movie = operator.change(
        "CreateMovie",
        name=FILM,
        year=2019,
        synopsis="Somebody is awake.",
        genres=["Drama"],
        isFeatured=True,
    )["movie"]
    asset = operator.upload(tiny_film(folder))
    operator.wait_for_asset(asset, "READY", 120)
    # Ordered now and not by the clock.
    manage(product.home, "make_previews")
    operator.change("AttachAsset", videoId=movie["video"]["id"], assetId=asset)
    operator.change("PublishTitle", titleId=movie["id"])
    wait_until(lambda: preview_of(operator, movie["slug"]) is not None, 120, "preview")
    return str(movie["slug"])
