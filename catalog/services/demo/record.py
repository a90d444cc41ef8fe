"""What the demo library has already made, kept in `VOD_HOME/demo`: a title that an operator removed stays removed."""

import json
from pathlib import Path

from django.conf import settings

from catalog.models import Title


def demo_folder() -> Path:
    return Path(settings.VOD_HOME) / "demo"


def seeded() -> list[str]:
    """Names of titles that were seeded; empty again when the database was begun anew."""
    try:
        names = json.loads((demo_folder() / "seeded.json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        return []
    return list(names) if Title.objects.exists() else []


def remember(names: list[str]) -> None:
    folder = demo_folder()
    folder.mkdir(parents=True, exist_ok=True)
    waiting = folder / "seeded.json.new"
    waiting.write_text(json.dumps(names, ensure_ascii=False), encoding="utf-8")
    waiting.replace(folder / "seeded.json")
