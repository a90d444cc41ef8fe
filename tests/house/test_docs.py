"""What people are told is what there is: settings, commands, schema operations."""

import re
from pathlib import Path

import pytest
from django.core.management import get_commands

from vod.machine.commands import COMMANDS
from vod.settings.env import env

ROOT = Path(__file__).resolve().parents[2]
PAGES = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
OURS = {"vod", "accounts", "catalog", "playback", "transcoding"}
#: Read by `make run` itself or by a shell, before there is a Django.
OF_THE_MACHINE = {
    "PORT",
    "HOST",
    "PYTHON",
    "VOD_ADMIN_EMAIL",
    "VOD_ADMIN_PASSWORD",
    "VOD_DEMO",
    "LOGS",
    "CHROMIUM",
    # Of deploy/role.sh.
    "WORKER_LANES",
    "WORKER_PROCESSES",
}


def documented_settings() -> set[str]:
    page = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    return set(re.findall(r"^\| `([A-Z0-9_]+)` \|", page, re.MULTILINE))


def test_every_setting_that_the_program_reads_stands_in_the_settings_page() -> None:
    read = {name for name in env.names if not name.endswith("_FILE")}
    assert read - documented_settings() == set()


def test_the_settings_page_names_no_setting_that_nobody_reads() -> None:
    # Some are read only in production, so the source decides here.
    source = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "vod" / "settings").glob("*.py"))
    read = set(re.findall(r'env\.\w+\(\s*"([A-Z0-9_]+)"', source))
    assert documented_settings() - read - OF_THE_MACHINE == set()


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_every_make_command_stands_on_a_page(command: str) -> None:
    assert any(f"make {command}" in page.read_text(encoding="utf-8") for page in PAGES)


def test_every_management_command_of_ours_stands_on_a_page() -> None:
    ours = {name for name, app in get_commands().items() if app in OURS}
    text = "\n".join(page.read_text(encoding="utf-8") for page in PAGES)
    assert {name for name in ours if name not in text} == set()


def test_every_link_between_pages_leads_somewhere() -> None:
    broken = []
    for page in PAGES:
        for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text(encoding="utf-8")):
            if not (page.parent / target).exists():
                broken.append(f"{page.relative_to(ROOT)}: {target}")
    assert broken == []


def test_every_decision_stands_in_the_list_of_decisions() -> None:
    listed = (ROOT / "docs" / "adr" / "README.md").read_text(encoding="utf-8")
    pages = {page.name for page in (ROOT / "docs" / "adr").glob("0*.md")}
    assert {page for page in pages if page not in listed} == set()
